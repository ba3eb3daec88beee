"""The days of a calendar file are those of the reminders, and a later file changes an earlier."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar_days import HORIZON, CalendarDay, Kind, Plan, plan, revised
from bot.domain.race import Distance, Race, Rank
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, Schedule, TrainingDay, weekday_of
from bot.domain.standing import standing
from bot.domain.week import RunDay, RunKind, RunningWeek

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)  # a Tuesday
MON_THU = (TrainingDay(WEEK[0], time(7)), TrainingDay(WEEK[3], time(18, 30)))
EVERY_DAY = tuple(TrainingDay(day, time(7)) for day in WEEK)
BERLIN = Runner(1, zone="Europe/Berlin", schedule=MON_THU)


def planned(
    runner: Runner = BERLIN,
    *,
    schedule: Schedule | None = None,
    week: RunningWeek | None = None,
    races: Sequence[Race] = (),
    moved: dict[date, datetime] | None = None,
    taken: frozenset[date] = frozenset(),
    done: int = 0,
) -> Plan:
    if schedule is not None:
        runner = replace(runner, schedule=schedule)
    return plan(
        runner,
        NOW,
        lambda day: standing(week or {}, races, day),
        moved=moved or {},
        taken=taken,
        done=done,
    )


def days(found: Plan) -> list[date]:
    return [each.day for each in found.days]


def test_twelve_weeks_of_training_days_are_planned() -> None:
    found = planned()
    assert len(found.days) == 24
    assert {weekday_of(each.day) for each in found.days} == {WEEK[0], WEEK[3]}
    assert max(days(found)) < TODAY + HORIZON
    first = found.days[0].starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert first == datetime(2026, 11, 26, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def test_without_training_days_nothing_is() -> None:
    assert planned(schedule=()).days == ()


def test_days_away_are_left_out_and_said() -> None:
    away = replace(BERLIN, away_from=TODAY, away_until=date(2026, 12, 7))
    assert days(planned(away))[0] == date(2026, 12, 7)
    assert planned(away).away
    assert not planned().away


def test_a_day_that_needs_no_session_is_left_out() -> None:
    assert date(2026, 11, 26) not in days(planned(taken=frozenset({date(2026, 11, 26)})))


def test_a_moment_that_has_passed_is_left_out() -> None:
    assert TODAY not in days(planned(schedule=(TrainingDay(WEEK[1], time(7)),)))
    assert TODAY in days(planned(schedule=(TrainingDay(WEEK[1], time(7, 1)),)))


def test_a_moved_session_is_on_its_new_date() -> None:
    friday = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    found = planned(moved={friday.date(): friday}, taken=frozenset({date(2026, 11, 26)}))
    assert (found.days[0].day, found.days[0].starts_at) == (friday.date(), friday)


@pytest.mark.parametrize("distance", Distance)
@pytest.mark.parametrize("weekdays", [MON_THU, EVERY_DAY])
def test_near_a_race_there_are_the_days_that_it_leaves(
    distance: Distance, weekdays: Schedule
) -> None:
    race = Race(1, distance, TODAY + timedelta(days=40))
    found = planned(schedule=weekdays, races=[race])
    assert found.spared
    by_week: dict[date, int] = {}
    for each in found.days:
        season = each.standing.season
        assert each.standing.allowed > 0
        monday = each.day - timedelta(days=each.day.weekday())
        by_week[monday] = by_week.get(monday, 0) + 1
        assert season.race is None or by_week[monday] <= season.sessions
    assert race.day not in days(found)
    assert race.day - timedelta(days=1) not in days(found)


def test_sessions_done_this_week_count() -> None:
    race = Race(1, Distance.HALF, TODAY + timedelta(days=12))
    assert date(2026, 11, 26) in days(planned(races=[race]))
    assert date(2026, 11, 26) not in days(planned(races=[race], done=1))


def test_the_kind_follows_the_season_and_the_running_week() -> None:
    week = {WEEK[6]: RunDay(RunKind.LONG)}
    saturday = (TrainingDay(WEEK[5], time(7)),)
    assert {each.kind for each in planned(schedule=saturday, week=week).days} == {Kind.LIGHT}
    race = Race(1, Distance.HALF, date(2026, 12, 20), Rank.MAIN)
    kinds = {each.day: (each.kind, each.race_days) for each in planned(races=[race]).days}
    assert kinds[date(2026, 11, 26)] == (Kind.STRENGTH, None)
    assert kinds[date(2026, 12, 7)] == (Kind.TAPER, 13)
    assert kinds[date(2026, 12, 14)] == (Kind.LIGHT, 6)
    assert kinds[date(2026, 12, 28)] == (Kind.HALF, None)


# Files one after another


def file(found: Plan, stored: Sequence[CalendarDay] = (), now: datetime = NOW):
    numbers = count(len(stored))
    return revised(stored, found.days, "Europe/Berlin", now, lambda: f"uid-{next(numbers)}")


LATER = NOW + timedelta(hours=1)


def test_a_second_file_is_the_same_as_the_first() -> None:
    first = file(planned())
    assert file(planned(), first, LATER) == first
    assert {each.revision for each in first} == {0}
    assert len({each.uid for each in first}) == len(first)


def test_a_changed_day_keeps_its_uid_and_gets_the_next_revision() -> None:
    first = file(planned())
    later = replace(BERLIN, schedule=(TrainingDay(WEEK[0], time(8)), MON_THU[1]))
    second = file(planned(later), first, LATER)
    assert [each.uid for each in second] == [each.uid for each in first]
    changed = [each for each in second if weekday_of(each.day) is WEEK[0]]
    assert {(each.revision, each.changed_at) for each in changed} == {(1, LATER)}
    same = [each for each in second if weekday_of(each.day) is WEEK[3]]
    assert {(each.revision, each.changed_at) for each in same} == {(0, NOW)}


def test_another_zone_or_another_race_is_a_change() -> None:
    first = file(planned())
    lisbon = planned(replace(BERLIN, zone="Europe/Lisbon"))
    moved = revised(first, lisbon.days, "Europe/Lisbon", LATER, lambda: "new")
    assert {each.revision for each in moved} == {1}
    raced = file(planned(races=[Race(1, Distance.TEN, TODAY + timedelta(days=60))]), first, LATER)
    assert all(each.revision == 1 for each in raced if each.day < TODAY + timedelta(days=60))


def test_a_day_that_is_gone_is_cancelled_once_and_may_come_back() -> None:
    first = file(planned())
    second = file(planned(schedule=MON_THU[:1]), first, LATER)
    off = [each for each in second if each.is_cancelled]
    assert {weekday_of(each.day) for each in off} == {WEEK[3]}
    assert {each.revision for each in off} == {1}
    third = file(planned(schedule=MON_THU[:1]), second, LATER + timedelta(hours=1))
    assert third == second
    back = file(planned(), third, LATER + timedelta(hours=2))
    assert not any(each.is_cancelled for each in back)
    assert {each.revision for each in back if weekday_of(each.day) is WEEK[3]} == {2}
    assert [each.uid for each in back] == [each.uid for each in first]


def test_what_lies_behind_is_forgotten() -> None:
    first = file(planned())
    after = first[0].starts_at + timedelta(minutes=1)
    second = revised(first, planned().days[1:], "Europe/Berlin", after, lambda: "new")
    assert second == first[1:]
