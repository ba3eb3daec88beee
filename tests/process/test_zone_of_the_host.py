"""The time zone of the machine has no part in anything, also where its name is wrong."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.process.coach_process import CoachProcess, eventually
from tests.process.job_store import next_wake
from tests.process.runner import Runner

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["America/New York", "CET-1CEST", "UTC+1", " ", ""])
async def test_a_coach_is_the_same_in_any_zone(coach: CoachProcess, ann: Runner, zone: str) -> None:
    coach.settings = {"TZ": zone, "LOG_LEVEL": "DEBUG"}
    coach.cold = True
    started = datetime.now(UTC)
    await coach.start()
    await ann.is_ready()
    await ann.says("/timezone Berlin")
    local = datetime.now(BERLIN)
    assert any(f"{moment:%H:%M} there now" in ann.messages[-1].text for moment in around(local))
    await ann.says("/reminders daily 07:00")
    due = local.replace(hour=7, minute=0, second=0, microsecond=0)
    due += timedelta(days=1 if due <= local else 0)
    await eventually(lambda: next_wake(coach.jobs))
    assert next_wake(coach.jobs) == due
    for words, days in (("2 weeks", 14), ("day after tomorrow", 2), ("tomorrow", 1)):
        await ann.says(f"/away {words}")
        until = datetime.now(BERLIN).date() + timedelta(days=days)
        assert f"{until:%A} {until.day} {until:%B %Y}" in ann.messages[-1].text
    stamps = [line.partition(" ")[0] for line in coach.stderr.splitlines()]
    assert stamps
    assert all(started <= datetime.fromisoformat(stamp) <= datetime.now(UTC) for stamp in stamps)


def around(moment: datetime) -> tuple[datetime, datetime]:
    """It may have been a minute ago."""
    return moment, moment - timedelta(minutes=1)
