"""Bringing back an export: it is checked first, then used in one transaction.

It replaces what is stored, but loosens nothing: warning signs, rests, conditions and what sessions
wait for are the stricter of both. It brings nothing that lives in the chat: no open session, no
timer, no id of a message, no link that does not work now.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.archives import Archive, page_of
from bot.content import Catalogue
from bot.db import bring_back as rows
from bot.db import personal_data, prescriptions, reminders, runners, sent_archives, sessions
from bot.db.archived_rows import (
    BrokenError,
    ForeignError,
    TooManyError,
    check_number,
    table_of,
    typed,
)
from bot.db.bring_back import Brought, Now
from bot.db.engine import Connection, Database, is_away, transaction
from bot.db.personal_data import Row
from bot.domain.bring_back import Contents, Preview, Refusal, SentArchive
from bot.domain.own_routine import PREFIX
from bot.domain.wish import is_light
from bot.runtime.scheduler import Calendar
from bot.services import rests, runner_states, session_plans, suggestions
from bot.services.own_routines import new_id

log = logging.getLogger(__name__)

EXPIRES = timedelta(hours=1)
PAGE = 20  # sessions
SESSIONS = "sessions"


class _RolledBackError(Exception):
    """Raised to roll back the trial of an export that can be brought back."""

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self.contents = contents


async def look(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    archive: Archive,
    sent: SentArchive,
) -> Preview | Refusal:
    """Return what the export would bring; store where it is, so that it can be used.

    The export is brought back and rolled back, so that one that can't be used is refused at once.
    """
    now = sent.asked_at
    try:
        brought = await _brought(archive, runner)
        async with db.write(runner) as connection:
            await runners.ensure(connection, runner, now)
            raise _RolledBackError(
                await _bring(connection, catalogue, runner, archive, brought, now)
            )
    except _RolledBackError as looked:
        contents = looked.contents
    except Exception as error:
        return _refused(error)
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await sent_archives.save(connection, runner, sent)
        known = await runners.get(connection, runner)
        present = await personal_data.counts(connection, runner)
    zone = brought.runner["zone"] or (known and known.zone) or "UTC"
    return Preview(contents, present, zone, sent.number)


async def use(
    db: Database,
    catalogue: Catalogue,
    calendar: Calendar,
    runner: int,
    archive: Archive,
    sent: SentArchive,
    now: datetime,
) -> Contents | Refusal | None:
    """Bring the export back; None: it has been used or left meanwhile.

    While a session is under way, it is refused, and can be used later.
    """
    try:
        brought = await _brought(archive, runner)
        async with db.write(runner) as connection:
            if await sent_archives.get(connection, runner) != sent:
                return None
            current = await sessions.current(connection, runner)
            if current is not None and current.session.is_under_way:
                return Refusal.BUSY
            contents = await _bring(connection, catalogue, runner, archive, brought, now)
            await sent_archives.remove(connection, runner)
            slots = await runners.slots(connection)
    except Exception as error:
        return _refused(error)
    calendar.reconcile(slots)
    return contents


async def get_sent(db: Database, runner: int, key: int | None, now: datetime) -> SentArchive | None:
    """Return the last export sent, unless it has another number or was sent too long ago."""
    async with db.read() as connection:
        sent = await sent_archives.get(connection, runner)
    if sent is None or key not in (None, sent.number) or now - sent.asked_at >= EXPIRES:
        return None
    return sent


@transaction
async def leave(connection: Connection, runner: int, sent: SentArchive) -> None:
    """Forget where the export is."""
    if await sent_archives.get(connection, runner) == sent:
        await sent_archives.remove(connection, runner)


def _refused(error: Exception) -> Refusal:
    """Return why an export is refused, by the error that it led to."""
    if is_away(error):
        raise error
    if isinstance(error, ForeignError):
        return Refusal.FOREIGN
    if isinstance(error, TooManyError):
        return Refusal.LARGE
    log.warning("an export is not brought back: %s", type(error).__name__)
    return Refusal.BROKEN


async def _brought(archive: Archive, runner: int) -> Brought:
    """Return the rows of the export, checked; those of sessions are unpacked page by page."""
    tables: dict[str, list[Row]] = {}
    pages: list[bytes] = []
    numbers: Counter[str] = Counter()
    for line in archive.pages:
        name, page = page_of(line)
        numbers[name] += len(page)
        check_number(name, numbers[name])
        checked = typed(table_of(name), page, runner)
        if name == SESSIONS:
            pages.append(line)
        else:
            tables.setdefault(name, []).extend(checked)
        await asyncio.sleep(0)  # let other tasks run

    def unpacked() -> Iterator[Sequence[Row]]:
        for line in pages:
            yield typed(table_of(SESSIONS), page_of(line)[1], runner)

    return Brought(tables, unpacked)


async def _bring(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    archive: Archive,
    brought: Brought,
    now: datetime,
) -> Contents:
    """Put the export in place of what is stored, and read all of it as the coach reads it."""
    state = await runner_states.get(connection, catalogue, runner, now)
    loading = (each.begun for each in state.trained if each.loads and not is_light(each.routine))
    present = Now(state.runner, rests.today(state.runner, now), max(loading, default=None))
    await rows.bring(connection, present, brought, lambda: new_id().removeprefix(PREFIX))
    await _read(connection, catalogue, runner, now)
    numbers = await personal_data.counts(connection, runner)
    return Contents(archive.made_at, numbers, *await rows.session_dates(connection, runner))


async def _read(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """Read what was brought; any error shows that the coach could not work with it."""
    own = await runner_states.with_own_routines(connection, catalogue, runner)
    state = await runner_states.get(connection, own, runner, now)
    suggestions.routine_for(own, state, now)
    for routine in own.routines.values():
        session_plans.plan(own, routine, state)
        await asyncio.sleep(0)
    await reminders.earlier(connection, [runner])
    await reminders.history(connection, runner)
    after = 0
    while page := await sessions.page(connection, runner, after, PAGE):
        for session in page:
            if any(entry.step not in range(len(session.steps)) for entry in session.log):
                raise BrokenError(SESSIONS)
        await prescriptions.prescribed_in(connection, [session.id for session in page])
        after = page[-1].id
