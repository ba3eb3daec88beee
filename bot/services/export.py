"""All stored data of a runner, as a file for people and programs.

The file is a zip with data.json (every row, by table, with the version of the format) and sets.csv
(RFC 4180, UTF-8: a row for each step of work that was done, skipped or left out).
"""

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.archives.reading import DATA, FORMAT, PROGRAM, SETS
from bot.db import personal_data
from bot.db.engine import Database
from bot.db.personal_data import Row
from bot.domain.frozen import frozen
from bot.domain.session import Part

Stored = dict[str, list[Row]]

COLUMNS = (
    "session",
    "date",
    "time",
    "utc",
    "routine",
    "exercise",
    "name",
    "form",
    "set",
    "sets",
    "side",
    "target_seconds",
    "actual_seconds",
    "target_from",
    "target_to",
    "target_unit",
    "outcome",
    "band",
    "level",
    "tempo",
    "variant",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@frozen
class Export:
    """The name of a file, with the runner's local date, and its content."""

    name: str
    content: bytes


async def export(db: Database, runner: int, now: datetime) -> Export | None:
    """Return the runner's data as a file; None if nothing is stored."""
    stored: Stored = {}
    async with db.snapshot() as connection:
        async for table, rows in personal_data.rows(connection, runner):
            stored.setdefault(table, []).extend(rows)
    if not stored:
        return None
    zone = ZoneInfo(stored["runners"][0]["zone"] or "UTC")
    content = await asyncio.to_thread(_zip, stored, zone, now)
    return Export(f"bandcoach-{now.astimezone(zone):%Y-%m-%d}.zip", content)


def _zip(stored: Stored, zone: ZoneInfo, now: datetime) -> bytes:
    """Return the zip file; to be called in a thread, because it takes long."""
    file = io.BytesIO()
    local_time = now.astimezone(zone).timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ((DATA, _json(stored, now)), (SETS, _csv(stored, zone))):
            member = zipfile.ZipInfo(name, local_time)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode())
    return file.getvalue()


def _json(stored: Stored, now: datetime) -> str:
    text = io.StringIO()
    everything = {"program": PROGRAM, "format": FORMAT, "made_at": now, "tables": stored}
    json.dump(everything, text, indent=2, ensure_ascii=False, default=_plain)
    return text.getvalue()


def _plain(value: object) -> str:
    """Return a date or time in ISO 8601; raise TypeError for other values."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def _csv(stored: Stored, zone: ZoneInfo) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    sessions = {row["id"]: row for row in stored.get("sessions", [])}
    for log in stored.get("step_logs", []):
        session = sessions.get(log["session_id"])
        if session is not None and _is_work(session["steps"][log["step"]]):
            writer.writerow(_safe(cell) for cell in _set(session, log, zone))
    return text.getvalue()


def _is_work(step: Row) -> bool:
    return step["exercise"] is not None and step.get("part", Part.WORK) == Part.WORK


def _set(session: Row, log: Row, zone: ZoneInfo) -> Iterator[Any]:
    """Yield the cells of a step of work, in the order of COLUMNS."""
    step = session["steps"][log["step"]]
    local = log["at"].astimezone(zone)
    yield from (session["id"], f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}")
    yield log["at"].astimezone(UTC).isoformat(timespec="seconds")
    yield from (session["routine"], step["exercise"], step["name"], step["form"])
    yield from (step["set_number"], step["sets"], step["side"])
    yield from _targets(session, step, log)
    yield from (log["outcome"], step["band"], step.get("level"))
    yield from (step.get("tempo", 0), step.get("variant", 1))


def _targets(session: Row, step: Row, log: Row) -> Iterator[Any]:
    """Yield target and actual seconds, and the target repetitions: lowest, highest and unit.

    A counted step at the runner's own pace has no target seconds.
    """
    count = step.get("count", 0) * (2 if step.get("each_side") else 1)
    counts = count and not session["timed"]
    yield from (None if counts else step["work"], log["seconds"])
    yield from (count, count, step["unit"]) if count else step["about"] or (None, None, None)


def _safe(cell: object) -> object:
    """Prefix text that a spreadsheet would take for a formula with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
