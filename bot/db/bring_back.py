"""Queries that put the rows of an export in place of what is stored of a runner.

Rows get new ids, so that no button from before the export counts; references to them are adjusted.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from types import SimpleNamespace

from sqlalchemy import Table, delete, func, insert, select, update

from bot.db import incidents, screening, warning_signs
from bot.db.archived_rows import POLICIES, BrokenError, Policy
from bot.db.engine import Connection
from bot.db.personal_data import OWNER, Row
from bot.db.tables import METADATA
from bot.domain.bring_back import Strictness, health, part, strictness
from bot.domain.frozen import frozen
from bot.domain.own_routine import MOST_ROUTINES, PREFIX
from bot.domain.reminder import State
from bot.domain.rests import rests
from bot.domain.runner import Runner, Screening
from bot.domain.screening import Condition, Declared, Detail
from bot.domain.session import Phase

CHUNK = 500  # rows in one statement
OVER = frozenset({State.SENT.value, State.REFUSED.value, State.UNKNOWN.value, State.DROPPED.value})
ENDED = frozenset({Phase.FINISHED.value, Phase.STOPPED.value})
# Columns of `runners` that are brought; the others are about the chat, or are merged.
OF_RUNNER = (
    *("zone", "place", "away_from", "away_until", "bands_told_at"),
    *("own_pace", "sound_told", "hours"),
)
# Tables that are replaced, of whose present rows something is needed, too.
ALSO_PRESENT = ("own_routines", "prescriptions")


@frozen
class Brought:
    """The rows of an export by table, without its sessions, which are read page by page."""

    tables: Mapping[str, Sequence[Row]]
    sessions: Callable[[], Iterable[Sequence[Row]]]

    def of(self, table: str) -> Sequence[Row]:
        return self.tables.get(table, ())

    @property
    def runner(self) -> Row:
        """Raises BrokenError unless there is exactly one."""
        if len(self.of("runners")) != 1:
            raise BrokenError("runners")
        return self.of("runners")[0]


async def session_dates(
    connection: Connection, runner: int
) -> tuple[datetime | None, datetime | None]:
    """Return when the first session was begun and the last one."""
    begun = _table("sessions").c.created_at
    query = select(func.min(begun), func.max(begun)).where(_table("sessions").c[OWNER] == runner)
    first, last = (await connection.execute(query)).one()
    return first, last


@frozen
class Now:
    """The runner as stored now: the local date, and when they last trained; None: never."""

    runner: Runner
    today: date
    trained_at: datetime | None


async def bring(
    connection: Connection, now: Now, brought: Brought, new_code: Callable[[], str]
) -> None:
    """Put the rows of the export in place of the runner's; `new_code` makes a link's code."""
    before = await _present(connection, now.runner.id)
    await _clear(connection, now.runner.id)
    await _save_runner(connection, now, brought)
    codes = _codes(before["own_routines"], brought.of("own_routines"), new_code)
    await _insert(connection, "own_routines", _own_routines(before, brought, codes))
    ids = await _bring_sessions(connection, brought, codes)
    for name in ("step_logs", "prescribed"):
        rows = (row for row in brought.of(name) if row["session_id"] in ids)
        await _insert(connection, name, (_of_session(row, ids) for row in rows))
    for name in ("bands", "run_days"):
        await _insert(connection, name, brought.of(name))
    zone = {"zone": brought.runner["zone"]}
    await _insert(connection, "schedule", (row | zone for row in brought.of("schedule")))
    await _bring_plan(connection, brought)
    await _insert(connection, "races", (_race(row) for row in brought.of("races")))
    await _bring_pain(connection, now.today, before, brought, ids)
    await _bring_messages(connection, now.today, before, brought, codes)


def _table(name: str) -> Table:
    return METADATA.tables[name]


async def _insert(connection: Connection, name: str, rows: Iterable[Row]) -> None:
    all_rows = list(rows)
    for start in range(0, len(all_rows), CHUNK):
        await connection.execute(insert(_table(name)), all_rows[start : start + CHUNK])


async def _present(connection: Connection, runner: int) -> dict[str, list[Row]]:
    """Return the present rows of the tables whose rows are merged, in the order of their keys."""
    found: dict[str, list[Row]] = {}
    merged = (name for name, policy in POLICIES.items() if policy is Policy.MERGED)
    for name in (*merged, *ALSO_PRESENT):
        if name == "runners":
            continue
        table = _table(name)
        query = select(table).where(table.c[OWNER] == runner).order_by(*table.primary_key)
        found[name] = [dict(row) for row in (await connection.execute(query)).mappings()]
    return found


async def _clear(connection: Connection, runner: int) -> None:
    """Delete all rows but those that stay; those of sessions go with them."""
    for name, policy in POLICIES.items():
        table = _table(name)
        if policy is not Policy.LEFT and OWNER in table.c:
            await connection.execute(delete(table).where(table.c[OWNER] == runner))


# The runner, and what sessions wait for


async def _save_runner(connection: Connection, now: Now, brought: Brought) -> None:
    """Merge the runner's own row.

    When they last trained counts on as training without the coach, in case the export does not
    know of it: the hours until the next session are not shortened.
    """
    row, runner = brought.runner, now.runner
    merged = health(runner, _runner(brought))
    trained = (now.trained_at, runner.elsewhere_at, row["elsewhere_at"])
    cleared = (runner.cleared_at, row["cleared_at"])
    values = {name: row[name] for name in OF_RUNNER} | {
        "screening": merged.screening and merged.screening.value,
        "screened_at": merged.screened_at,
        "elsewhere_at": max((at for at in trained if at is not None), default=None),
        "cleared_at": max((at for at in cleared if at is not None), default=None),
    }
    table = _table("runners")
    await connection.execute(update(table).where(table.c.id == runner.id).values(values))
    await screening.save_conditions(connection, runner.id, merged.conditions)
    if merged.sign is not None:
        await warning_signs.save(connection, runner.id, merged.sign)


def _runner(brought: Brought) -> Runner:
    """Return the runner of the export, with what sessions wait for."""
    row = brought.runner
    signs = [warning_signs.built(SimpleNamespace(**sign)) for sign in brought.of("warning_signs")]
    return Runner(
        row["id"],
        screening=Screening(row["screening"]) if row["screening"] else None,
        screened_at=row["screened_at"],
        reported_sign=signs[0] if signs else None,
        conditions=tuple(
            Declared(
                Condition(each["condition"]),
                each["told_at"],
                Detail(each["detail"]) if each["detail"] else None,
                each["settled_at"],
            )
            for each in brought.of("conditions")
        ),
    )


# Sessions and routines


def _codes(
    before: Iterable[Row], rows: Sequence[Row], new_code: Callable[[], str]
) -> dict[str, str]:
    """Return the new codes by those in the export; a code stays if its link works now."""
    if len(rows) > MOST_ROUTINES:
        raise BrokenError("own_routines")
    present = {row["code"] for row in before}
    return {row["code"]: row["code"] if row["code"] in present else new_code() for row in rows}


def _own_routines(
    before: Mapping[str, Sequence[Row]], brought: Brought, codes: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the routines; the original of a copy is kept only if the copy is stored now."""
    kept_from = {row["code"]: row["kept_from"] for row in before["own_routines"]}
    for row in brought.of("own_routines"):
        code = codes[row["code"]]
        yield row | {"code": code, "kept_from": kept_from.get(code)}


def _routine(routine: str | None, codes: Mapping[str, str]) -> str | None:
    """Return the id of a routine under its new code."""
    if routine is None or not routine.startswith(PREFIX):
        return routine
    code = routine.removeprefix(PREFIX)
    return PREFIX + codes.get(code, code)


async def _bring_sessions(
    connection: Connection, brought: Brought, codes: Mapping[str, str]
) -> dict[int, int]:
    """Insert the sessions that have ended; return the new ids by those in the export."""
    table = _table("sessions")
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    ids: dict[int, int] = {}
    count = 0
    for page in brought.sessions():
        ended = [row for row in page if row["ended_at"] is not None and row["phase"] in ENDED]
        new = [
            _without_id(row) | {"routine": _routine(row["routine"], codes), "due_at": None}
            for row in ended
        ]
        if new:
            found = (await connection.execute(statement, new)).scalars().all()
            ids |= dict(zip((row["id"] for row in ended), found, strict=True))
            count += len(new)
    if len(ids) != count:
        raise BrokenError("sessions")
    return ids


def _of_session(row: Row, ids: Mapping[int, int]) -> Row:
    return row | {"session_id": ids[row["session_id"]]}


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


async def _bring_plan(connection: Connection, brought: Brought) -> None:
    """Insert the running plan that was in use; one that was only looked at is not brought."""
    used = [row for row in brought.of("run_plans") if row["expires_at"] is None]
    if len(used) > 1:
        raise BrokenError("run_plans")
    for row in used:
        table = _table("run_plans")
        statement = insert(table).values(_without_id(row)).returning(table.c.id)
        plan = (await connection.execute(statement)).scalar_one()
        entries = (each for each in brought.of("run_plan_entries") if each["plan_id"] == row["id"])
        new = (_without_id(each) | {"plan_id": plan} for each in entries)
        await _insert(connection, "run_plan_entries", new)


def _race(row: Row) -> Row:
    """Return a race; a question that was being sent is not sent again."""
    is_sending = row["state"] == State.SENDING.value
    return _without_id(row) | ({"state": State.UNKNOWN.value} if is_sending else {})


# Pain: each part of the body follows the history by which it rests more strictly


async def _bring_pain(
    connection: Connection,
    today: date,
    before: Mapping[str, Sequence[Row]],
    brought: Brought,
    ids: Mapping[int, int],
) -> None:
    """Insert the reports and answers, with new ids in their order; they refer to each other."""
    present = _Pain.of(before["incidents"], before["rest_answers"])
    past = _Pain.of(brought.of("incidents"), brought.of("rest_answers"))
    stays = {key for key in {*present.parts, *past.parts} if present.goes_before(past, key)}
    for pain, parts, sessions in ((past, past.parts - stays, ids), (present, stays, {})):
        await pain.insert(connection, parts, sessions)
    reported = [row for row in present.reports if row["day"] >= today]
    lost = [row for row in reported if part(row["region"]) not in stays]
    known = [_plain_report(row) for row in past.reports]
    for row in lost:
        if _plain_report(row) not in known:
            await _insert(connection, "incidents", [_without_id(row) | {"session_id": None}])
    await _bring_mornings(connection, before, brought)
    await _bring_swaps(connection, before, brought)
    doses = {row["exercise"]: row for row in brought.of("prescriptions")}
    if present.strict:  # what rests gets no heavier band
        doses |= {row["exercise"]: row for row in before["prescriptions"]}
    await _insert(connection, "prescriptions", doses.values())


def _plain_report(row: Row) -> Row:
    return {name: row[name] for name in ("region", "side", "kind", "score", "day")}


@frozen
class _Pain:
    """Reports and answers, with how strictly each part of the body rests by them."""

    reports: Sequence[Row]
    answers: Sequence[Row]
    strict: Mapping[str, Strictness]

    @classmethod
    def of(cls, reports: Sequence[Row], answers: Sequence[Row]) -> "_Pain":
        pains = [SimpleNamespace(**row) for row in reports if row["kind"] != incidents.ACHE]
        events = incidents.in_order(pains, [SimpleNamespace(**row) for row in answers])
        ordered = sorted(reports, key=itemgetter("id"))
        return cls(ordered, sorted(answers, key=itemgetter("id")), strictness(rests(events)))

    @property
    def parts(self) -> set[str]:
        return {part(row["region"]) for row in (*self.reports, *self.answers)}

    def goes_before(self, other: "_Pain", key: str) -> bool:
        """Return whether the part keeps this history: it is the stricter, or else the later one."""
        own, others = self.strict.get(key), other.strict.get(key)
        if own is not None or others is not None:
            return own is not None and (others is None or own > others)
        return self._last(key) > other._last(key)

    def _last(self, key: str) -> date:
        days = (row["day"] for row in self.reports if part(row["region"]) == key)
        return max(days, default=date.min)

    async def insert(
        self, connection: Connection, parts: Collection[str], sessions: Mapping[int, int]
    ) -> None:
        """Insert what is about these parts; `sessions` are the new ids by the old ones."""
        table = _table("incidents")
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        chosen = [row for row in self.reports if part(row["region"]) in parts]
        new = [_without_id(row) | {"session_id": sessions.get(row["session_id"])} for row in chosen]
        found = (await connection.execute(statement, new)).scalars().all() if new else ()
        ids = dict(zip((row["id"] for row in chosen), found, strict=True))

        olds = list(ids)

        def after(old: int) -> int:
            place = bisect_right(olds, old)
            return ids[olds[place - 1]] if place else 0

        answers = [row for row in self.answers if part(row["region"]) in parts]
        await _insert(
            connection,
            "rest_answers",
            (
                _without_id(row) | {"after_incident": after(row["after_incident"])}
                for row in answers
            ),
        )


async def _bring_mornings(
    connection: Connection, before: Mapping[str, Sequence[Row]], brought: Brought
) -> None:
    """Keep the present questions; if there are none, bring those that are over."""
    kept = before["mornings"]
    past = sorted(brought.of("mornings"), key=lambda row: row["day"])
    over = [_without_id(row) for row in past if row["state"] in OVER]
    await _insert(connection, "mornings", kept or over)


async def _bring_swaps(
    connection: Connection, before: Mapping[str, Sequence[Row]], brought: Brought
) -> None:
    """Keep the swaps that were made for a rest, and bring the others."""
    kept = {row["exercise"]: row for row in before["swaps"] if row["region"] is not None}
    found = {row["exercise"]: row for row in brought.of("swaps")} | kept
    await _insert(connection, "swaps", found.values())


async def _bring_messages(
    connection: Connection,
    today: date,
    before: Mapping[str, Sequence[Row]],
    brought: Brought,
    codes: Mapping[str, str],
) -> None:
    """Bring reminders that are over, what was asked, and the days of the last calendar file.

    The present reminders from today on are kept, so that none comes twice. So are questions that
    were asked, and the last calendar file, if there is one.
    """
    kept = [row for row in before["reminders"] if row["local_date"] >= today]
    dates = {row["local_date"] for row in kept}
    past = [
        _without_id(row) | {"routine": _routine(row["routine"], codes)}
        for row in brought.of("reminders")
        if row["state"] in OVER and row["local_date"] not in dates
    ]
    await _insert(connection, "reminders", kept)
    await _insert(connection, "reminders", past)
    asked = {row["topic"]: row for row in (*brought.of("asked"), *before["asked"])}
    await _insert(connection, "asked", asked.values())
    await _insert(
        connection, "calendar_days", before["calendar_days"] or brought.of("calendar_days")
    )
