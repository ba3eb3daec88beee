"""Where races put a date: phases, the last days, and the return."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.prescription import SeasonPhase
from bot.domain.race import (
    ALWAYS_MAIN,
    Allowed,
    Distance,
    Race,
    Rank,
    distance_of,
    main_race,
    phase_before,
    season,
)

DAY = timedelta(days=1)
RACE_DAY = date(2027, 4, 4)
BASE, BUILD, PEAK = SeasonPhase.BASE, SeasonPhase.BUILD, SeasonPhase.PEAK
TAPER, RACE_WEEK, RECOVERY = SeasonPhase.TAPER, SeasonPhase.RACE_WEEK, SeasonPhase.RECOVERY
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    *("Asia/Kathmandu", "Pacific/Kiritimati", "America/Santiago"),
)


# One far off, which counts, so that the others do not.
FAR = Race(9, Distance.MARATHON, RACE_DAY + 400 * DAY)


def race(
    distance: Distance = Distance.MARATHON, *, day: date = RACE_DAY, rank: Rank = Rank.MAIN
) -> Race:
    return Race(1, distance, day, rank)


@pytest.mark.parametrize(
    ("distance", "first_days"),
    [
        (Distance.MARATHON, {BASE: 85, BUILD: 43, PEAK: 22, TAPER: 8, RACE_WEEK: 0}),
        (Distance.HALF, {BASE: 78, BUILD: 36, PEAK: 15, TAPER: 8, RACE_WEEK: 0}),
        (Distance.TEN, {BASE: 71, BUILD: 29, PEAK: 8, RACE_WEEK: 0}),
        (Distance.FIVE, {BASE: 71, BUILD: 29, PEAK: 8, RACE_WEEK: 0}),
        (Distance.ULTRA, {BASE: 99, BUILD: 50, PEAK: 22, TAPER: 8, RACE_WEEK: 0}),
        (Distance.LONG_ULTRA, {BASE: 99, BUILD: 50, PEAK: 22, TAPER: 8, RACE_WEEK: 0}),
    ],
)
def test_the_days_to_the_race_make_the_phase(
    distance: Distance, first_days: dict[SeasonPhase, int]
) -> None:
    for days in range(200):
        expected = next(phase for phase, fewest in first_days.items() if days >= fewest)
        assert phase_before(distance, days) is expected
        assert season([race(distance)], RACE_DAY - days * DAY).phase is expected


@pytest.mark.parametrize(
    ("distance", "rank", "legs", "light"),
    [
        (Distance.FIVE, Rank.MAIN, 4, 3),
        (Distance.TEN, Rank.MAIN, 5, 3),
        (Distance.HALF, Rank.MAIN, 7, 4),
        (Distance.MARATHON, Rank.MAIN, 10, 5),
        (Distance.ULTRA, Rank.MAIN, 14, 6),
        (Distance.LONG_ULTRA, Rank.MAIN, 14, 6),
        (Distance.FIVE, Rank.MINOR, 3, 2),
        (Distance.TEN, Rank.MINOR, 3, 2),
        (Distance.HALF, Rank.MINOR, 5, 2),
        (Distance.MARATHON, Rank.MINOR, 10, 5),
    ],
)
def test_nothing_loads_the_legs_in_the_last_days(
    distance: Distance, rank: Rank, legs: int, light: int
) -> None:
    for days in range(40):
        allowed = season([race(distance, rank=rank), FAR], RACE_DAY - days * DAY).allowed
        expected = Allowed.LEGS if days >= legs else Allowed.LIGHT
        assert allowed is (expected if days >= light else Allowed.NOTHING)


@pytest.mark.parametrize(
    ("distance", "nothing", "light", "half"),
    [
        (Distance.FIVE, 1, 2, 4),
        (Distance.TEN, 2, 4, 6),
        (Distance.HALF, 4, 7, 10),
        (Distance.MARATHON, 7, 14, 21),
        (Distance.ULTRA, 10, 17, 28),
        (Distance.LONG_ULTRA, 14, 21, 35),
    ],
)
def test_the_return_has_its_days(distance: Distance, nothing: int, light: int, half: int) -> None:
    for days in range(1, 60):
        after = season([race(distance)], RACE_DAY + days * DAY)
        expected = Allowed.LEGS
        for last, allowed in ((half, Allowed.HALF), (light, Allowed.LIGHT), (nothing, 0)):
            if days <= last:
                expected = Allowed(allowed)
        assert after.allowed is expected
        assert after.phase is (RECOVERY if days <= half else BASE)


def test_who_did_not_start_is_back_in_base() -> None:
    missed = replace(race(), started=False)
    assert season([missed], RACE_DAY + DAY).phase is BASE
    assert season([missed], RACE_DAY + DAY).allowed is Allowed.LEGS


def test_who_stopped_early_returns_as_from_the_distance_reached() -> None:
    part = replace(race(), started=True, reached=Distance.TEN)
    assert season([part], RACE_DAY + 3 * DAY).allowed is Allowed.LIGHT
    assert season([part], RACE_DAY + 7 * DAY).phase is BASE


def test_a_training_race_makes_no_phase() -> None:
    assert season([race(rank=Rank.TRAINING)], RACE_DAY - DAY).race is None


def test_on_the_day_of_a_training_race_there_is_no_strength_work() -> None:
    assert season([race(Distance.FIVE, rank=Rank.TRAINING)], RACE_DAY).allowed is Allowed.NOTHING
    assert season([race(Distance.FIVE, rank=Rank.TRAINING)], RACE_DAY + DAY).race is None


def test_a_smaller_race_that_is_the_only_one_counts_in_all() -> None:
    alone = race(Distance.HALF, rank=Rank.MINOR)
    assert season([alone], RACE_DAY - 6 * DAY).allowed is Allowed.LIGHT
    assert season([alone, FAR], RACE_DAY - 6 * DAY).allowed is Allowed.LEGS


def test_of_two_races_on_one_weekend_the_phases_follow_the_longer() -> None:
    short = Race(2, Distance.FIVE, RACE_DAY - DAY)
    long = race(Distance.HALF, rank=Rank.MINOR)
    assert main_race([short, long], RACE_DAY - 60 * DAY) == long
    assert season([short, long], RACE_DAY - 80 * DAY).phase is BASE
    assert season([short], RACE_DAY - 71 * DAY).phase is BUILD


def test_a_race_in_three_days_leaves_no_leg_work_and_begins_with_the_return() -> None:
    for distance in Distance:
        near = race(distance)
        assert season([near], RACE_DAY - 3 * DAY).allowed <= Allowed.LIGHT
        assert season([near], RACE_DAY - DAY).allowed is Allowed.NOTHING
        assert season([near], RACE_DAY).allowed is Allowed.NOTHING
        assert season([near], RACE_DAY + DAY).phase is RECOVERY


def test_between_two_near_marathons_no_leg_session_is_in_either_window() -> None:
    for apart in range(7, 40):
        second = Race(2, Distance.MARATHON, RACE_DAY + apart * DAY)
        for number in range(1, apart):
            between = season([race(), second], RACE_DAY + number * DAY)
            assert number > 21 or between.phase in (RECOVERY, RACE_WEEK)
            if number <= 14 or apart - number < 10:
                assert between.allowed <= Allowed.LIGHT


def test_the_phases_follow_the_main_race_and_a_minor_one_has_its_own_last_days() -> None:
    minor = Race(2, Distance.TEN, RACE_DAY - 30 * DAY, Rank.MINOR)
    both = [minor, race()]
    assert main_race(both, minor.day) == race()
    assert season(both, minor.day).phase is PEAK
    assert season(both, minor.day - 2 * DAY).allowed is Allowed.LIGHT
    assert season(both, minor.day - 2 * DAY).race == minor


def test_between_two_near_races_there_is_one_small_session_a_week_and_no_progress() -> None:
    second = Race(2, Distance.HALF, RACE_DAY + 25 * DAY)
    between = season([race(), second], RACE_DAY + 15 * DAY)
    assert between.phase is RACE_WEEK
    assert between.sessions == 1


def test_of_two_races_on_one_weekend_the_stricter_rules() -> None:
    short = Race(2, Distance.FIVE, RACE_DAY - DAY, Rank.MINOR)
    assert season([short, race()], RACE_DAY - 9 * DAY).allowed is Allowed.LIGHT


def test_the_last_week_of_peak_has_one_session() -> None:
    by_days = {
        days: season([race()], RACE_DAY - days * DAY).sessions for days in (43, 29, 28, 22, 21)
    }
    assert by_days == {43: 2, 29: 2, 28: 1, 22: 1, 21: 1}


@pytest.mark.parametrize(
    ("kilometres", "distance"),
    [
        *((3, Distance.FIVE), (5, Distance.FIVE), (8, Distance.TEN), (15, Distance.HALF)),
        *((21.0975, Distance.HALF), (30, Distance.MARATHON), (42.195, Distance.MARATHON)),
        *((50, Distance.ULTRA), (100, Distance.LONG_ULTRA)),
    ],
)
def test_another_distance_counts_as_the_nearest_longer(
    kilometres: float, distance: Distance
) -> None:
    assert distance_of(kilometres) is distance


@pytest.mark.breadth(2)
@pytest.mark.parametrize("zone", ZONES)
def test_phases_change_at_local_midnight_across_both_clock_changes(zone: str) -> None:
    local = ZoneInfo(zone)
    for day in (RACE_DAY, date(2026, 11, 8)):
        before = None
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - 120 * DAY
        while moment.astimezone(local).date() <= day:
            today = moment.astimezone(local).date()
            now = season([race(day=day)], today)
            if before is not None and before[1] != now:
                assert today == before[0] + DAY
            before = (today, now)
            moment += timedelta(minutes=30)


def test_any_two_races_allow_no_more_than_each_alone() -> None:
    for first, second, apart, rank in product(Distance, Distance, range(0, 50, 10), Rank):
        pair = [race(first), Race(2, second, RACE_DAY + apart * DAY, rank)]
        for number in range(-60, 120, 7):
            today = RACE_DAY + number * DAY
            both = season(pair, today)
            assert both.allowed <= min(season([each, FAR], today).allowed for each in pair)
            assert both.sessions <= 3


def test_marathons_and_longer_always_have_their_full_last_days() -> None:
    assert {each for each in Distance if each in ALWAYS_MAIN} == {
        *(Distance.MARATHON, Distance.ULTRA, Distance.LONG_ULTRA)
    }
