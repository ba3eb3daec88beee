"""Where a runner stands on a date, and where a missed session goes."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain.prescription import SET_CAPS, SeasonPhase
from bot.domain.race import LAST_DAYS, Allowed, Distance, Race, Rank
from bot.domain.run_plan import Planned
from bot.domain.schedule import WEEK, weekday_of
from bot.domain.standing import digest, has_week, moves, next_free_day, standing
from bot.domain.week import USUAL_KINDS, Rule, RunDay, RunKind, propose
from tests.domain.test_week import week

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 30)
USUAL = week("- h e e - e l")


def test_a_date_before_the_long_run_is_for_the_trunk() -> None:
    saturday = standing(USUAL, (), MONDAY + 5 * DAY)
    assert saturday.allowed is Allowed.LIGHT
    assert saturday.rule is Rule.LONG_NEXT
    assert not saturday.forbids_legs


def test_a_hard_day_before_another_hard_one_has_half_a_session() -> None:
    assert standing(week("h h e e e e e"), (), MONDAY).allowed is Allowed.HALF
    assert standing(week("e h e e e e e"), (), MONDAY).allowed is Allowed.LIGHT


def test_a_training_race_counts_as_a_hard_or_a_long_run() -> None:
    parkrun = Race(1, Distance.FIVE, MONDAY + 3 * DAY, Rank.TRAINING)
    assert standing({}, [parkrun], MONDAY + 2 * DAY).rule is Rule.HARD_NEXT
    half = Race(1, Distance.HALF, MONDAY + 3 * DAY, Rank.TRAINING)
    assert standing({}, [half], MONDAY + 4 * DAY).rule is Rule.LONG_BEFORE


def test_without_a_week_and_a_race_every_date_is_for_the_legs() -> None:
    assert standing({}, (), MONDAY).allowed is Allowed.LEGS
    assert not has_week({})
    assert not has_week({day: RunDay() for day in WEEK})
    assert has_week(USUAL)


def test_a_missed_session_moves_to_the_next_date_that_breaks_no_rule() -> None:
    friday = MONDAY + 4 * DAY
    assert next_free_day(USUAL, (), MONDAY + DAY, [friday]) == MONDAY + 2 * DAY
    assert next_free_day(USUAL, (), MONDAY + DAY, [MONDAY + 3 * DAY, MONDAY + 8 * DAY]) is None


def test_a_session_in_the_way_of_a_race_moves_to_the_nearest_free_date() -> None:
    parkrun = Race(1, Distance.FIVE, MONDAY + 6 * DAY, Rank.TRAINING)
    tuesday, saturday = MONDAY + DAY, MONDAY + 5 * DAY
    (move,) = moves({}, [parkrun], MONDAY, [tuesday, saturday])
    assert (move.day, move.to) == (saturday, saturday - DAY)
    (taken,) = moves({}, [parkrun], MONDAY, [tuesday, saturday], [saturday - DAY])
    assert taken.to == saturday - 2 * DAY
    assert digest([move]) != digest([taken])


def test_a_session_in_the_way_keeps_away_from_strength_work_in_the_plan() -> None:
    parkrun = Race(1, Distance.FIVE, MONDAY + 6 * DAY, Rank.TRAINING)
    gym = Planned(strength=frozenset({MONDAY + 3 * DAY}))
    (move,) = moves({}, [parkrun], MONDAY, [MONDAY + 5 * DAY], plan=gym)
    assert move.to not in [MONDAY + number * DAY for number in (2, 3, 4)]


def test_where_no_date_near_has_room_the_session_stays() -> None:
    race = Race(1, Distance.MARATHON, MONDAY + 5 * DAY)
    (move,) = moves({}, [race], MONDAY, [MONDAY + 2 * DAY])
    assert move.to is None


def test_what_the_week_alone_rules_out_is_no_move() -> None:
    race = Race(1, Distance.MARATHON, MONDAY + 100 * DAY)
    assert moves(USUAL, [race], MONDAY, [MONDAY + 5 * DAY]) == ()


@pytest.mark.parametrize("distance", Distance)
@pytest.mark.parametrize("rank", Rank)
def test_no_move_goes_where_it_may_not_or_onto_another(distance: Distance, rank: Rank) -> None:
    for number in range(1, 20):
        race = Race(1, distance, MONDAY + number * DAY, rank)
        planned = [MONDAY + step * DAY for step in (1, 3, 5, 8, 10, 12)]
        found = moves(USUAL, [race], MONDAY, planned)
        after = [move.to or move.day for move in found]
        after += [day for day in planned if day not in [move.day for move in found]]
        assert len(set(after)) == len(planned)
        for move in found:
            assert move.to is None or move.to > MONDAY
            assert move.to is None or standing(USUAL, [race], move.to).allowed is Allowed.LEGS


def test_a_missed_session_never_moves_into_the_last_days() -> None:
    race = Race(1, Distance.MARATHON, MONDAY + 9 * DAY)
    assert next_free_day(USUAL, [race], MONDAY, []) is None


@pytest.mark.parametrize("distance", Distance)
def test_twenty_weeks_to_race_day_have_the_sets_of_their_phase_and_spare_the_last_days(
    distance: Distance,
) -> None:
    race = Race(1, distance, MONDAY + 20 * 7 * DAY - DAY)
    days = set(propose(USUAL).weekdays)
    sessions: dict[date, tuple[SeasonPhase, int]] = {}
    for number in range(20 * 7):
        today = MONDAY + number * DAY
        now = standing(USUAL, [race], today)
        done = [day for day in sessions if (today - day).days < 7 and day >= today - 6 * DAY]
        this_week = [day for day in done if day.isocalendar()[:2] == today.isocalendar()[:2]]
        if weekday_of(today) not in days or len(this_week) >= now.season.sessions:
            continue
        if now.allowed is Allowed.LEGS:
            sessions[today] = (now.season.phase, SET_CAPS[now.season.phase])
    left = [(race.day - day).days for day in sessions]
    assert min(left) >= LAST_DAYS[distance].legs
    for day, (phase, sets) in sessions.items():
        if phase in (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK):
            assert sets == 1
        assert sets <= SET_CAPS[SeasonPhase.PEAK] or (race.day - day).days > 28
    assert len(sessions) == len(set(sessions))


def _check(kinds: tuple[RunKind, ...], race: Race) -> None:
    plan = {day: RunDay(kind) for day, kind in zip(WEEK, kinds, strict=True)}
    for number in (0, 1, 3, 5, 9, 12, 20, 30, 60, 90):
        today = race.day - number * DAY
        now = standing(plan, [race], today)
        if now.allowed >= Allowed.HALF:
            assert kinds[(today.weekday() + 1) % 7] is not RunKind.LONG
            assert kinds[today.weekday()] is not RunKind.LONG
            assert number >= LAST_DAYS[race.distance].legs
        if now.allowed is Allowed.LEGS:
            assert kinds[(today.weekday() + 1) % 7] is not RunKind.HARD


def test_a_sample_of_all_weeks_before_a_race_spares_the_legs() -> None:
    race = Race(1, Distance.MARATHON, MONDAY + 100 * DAY)
    for number, kinds in enumerate(product(USUAL_KINDS, repeat=7)):
        if number % 211 == 0:
            _check(kinds, race)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "distance"), list(enumerate(Distance)))
def test_every_week_before_a_race_spares_the_legs(first: int, distance: Distance) -> None:
    """Each week with one distance, and each three days in a row with every distance."""
    race = Race(1, distance, MONDAY + 100 * DAY)
    weeks = list(product(USUAL_KINDS, repeat=7))[first :: len(Distance)]
    for day in range(7):
        around = {(*week, *week[:2])[day : day + 3] for week in weeks}
        assert len(around) == len(USUAL_KINDS) ** 3
    for kinds in weeks:
        _check(kinds, race)
