"""A runner's season by time travel: the week, a race, the sessions to it, race day, the return.

Each reminder on the way is started and its session walked to the end. The race is the half marathon
in ten weeks, or a marathon in twenty.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.load import SESSIONS_A_WEEK
from bot.domain.prescription import SeasonPhase
from bot.domain.race import LAST_DAYS, RETURN, Distance, phase_before
from bot.domain.schedule import week_of
from bot.domain.session import Rating
from tests.conversations.stage import TUESDAY, Runner
from tests.databases import rows

DAY = timedelta(days=1)
SPARES_LEGS = ("core-and-upper-back", "taper-week", "before-a-run")
WEEK = "/week easy mon wed, hard tue 07:00, rest fri, long sun 09:00"


@dataclass
class Season:
    """What came on the way: what each date's message said, and which session was done, how long."""

    runner: Runner
    race: date
    said: dict[date, str] = field(default_factory=dict)
    done: dict[date, str] = field(default_factory=dict)
    sets: dict[date, int] = field(default_factory=dict)  # the most of one exercise

    async def go(self, first: date, last: date) -> None:
        for number in range((last - first).days + 1):
            await self._evening(first + number * DAY)

    async def _evening(self, day: date) -> None:
        """After the reminder of 18:00 in Berlin, in winter and in summer."""
        before = len(self.runner.messages)
        await self.runner.stage.travel(datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC))
        for message in self.runner.messages[before:]:
            self.said[day] = self.said.get(day, "") + message.text
        if "Today is a training day" in self.said.get(day, ""):
            await self._train(day)

    async def _train(self, day: date) -> None:
        await self.runner.taps("Start")
        if "Rest today" in self.runner.shown.labels:  # the week has had all its sets
            await self.runner.taps("Rest today")
            return
        while "Done" in self.runner.shown.labels:
            await self.runner.taps("Done")
        await self.runner.taps("Just right")
        session = rows(self.runner.stage.database, "SELECT * FROM sessions ORDER BY id")[-1]
        steps = session["steps"]
        steps = json.loads(steps) if isinstance(steps, str) else steps
        self.done[day] = str(session["routine"])
        self.sets[day] = max(step["set_number"] for step in steps if step["exercise"])

    def days_left(self, day: date) -> int:
        return (self.race - day).days


async def a_runner_in_training(runner: Runner) -> None:
    """One who has trained for five weeks."""
    for week in range(5):
        for day in (5, 2):
            at = TUESDAY - timedelta(days=7 * week + day)
            await runner.has_trained("marathon-five", at, Rating.RIGHT)
    await runner.says("/timezone Berlin")
    await runner.says(WEEK)
    await runner.taps("Use these days")
    await runner.taps("18:00")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("distance", "words", "race"),
    [
        (Distance.HALF, "/race half 31 January", date(2027, 1, 31)),
        (Distance.MARATHON, "/race marathon 11 April", date(2027, 4, 11)),
    ],
)
async def test_a_season(bea: Runner, distance: Distance, words: str, race: date) -> None:
    await a_runner_in_training(bea)
    await bea.says(words)
    season = Season(bea, race)
    await season.go(TUESDAY.date(), race + DAY)
    await keeps_the_rules_before(season, distance)
    await season.go(race + 2 * DAY, race + 2 * DAY)
    assert "How did " in season.said[race + 2 * DAY]
    await bea.taps("I ran it")
    await season.go(race + 3 * DAY, race + (RETURN[distance].half + 14) * DAY)
    comes_back_step_by_step(season, distance)
    never_twice_on_one_date(bea)
    assert sum("How did " in text for text in season.said.values()) == 1


async def keeps_the_rules_before(season: Season, distance: Distance) -> None:
    last = LAST_DAYS[distance]
    by_week: dict[tuple[date, SeasonPhase], int] = {}
    assert season.done
    for day, routine in season.done.items():
        days = season.days_left(day)
        phase = phase_before(distance, days)
        assert days >= last.light
        assert days >= last.legs or routine in SPARES_LEGS, (days, routine)
        assert "your " in season.said[day]
        assert ("days to" in season.said[day]) or ("weeks to" in season.said[day])
        if phase in (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK):
            assert season.sets[day] == 1
            assert routine in SPARES_LEGS
        assert season.sets[day] <= 3
        week = (week_of(day)[0], phase)
        by_week[week] = by_week.get(week, 0) + 1
    for (_, phase), count in by_week.items():
        assert count <= SESSIONS_A_WEEK[phase]
    assert {phase for _, phase in by_week} >= {SeasonPhase.BUILD, SeasonPhase.PEAK}
    assert any(count == 2 for count in by_week.values())


def comes_back_step_by_step(season: Season, distance: Distance) -> None:
    back = RETURN[distance]
    after = {-season.days_left(day): day for day in season.done if day > season.race}
    assert all(days > back.nothing for days in after)
    for days, day in after.items():
        if days <= back.light:
            assert season.done[day] in ("before-a-run", "core-and-upper-back")
        elif days <= back.half:
            assert season.sets[day] == 1
            assert "one set of each, and nothing becomes harder" in season.said[day]
        else:
            assert "since your" not in season.said[day]
    assert max(after) > back.half


def never_twice_on_one_date(runner: Runner) -> None:
    dates = [str(row["local_date"]) for row in rows(runner.stage.database, "reminders")]
    assert len(dates) == len(set(dates))
