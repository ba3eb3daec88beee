"""Strength days in the running week: the typical weeks, and every week there is."""

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import islice, product

import pytest

from bot.domain.prescription import SeasonPhase
from bot.domain.schedule import WEEK, Weekday
from bot.domain.week import (
    USUAL_KINDS,
    Kind,
    Proposal,
    Rule,
    RunDay,
    RunKind,
    RunningWeek,
    Why,
    around_weekday,
    broken_rules,
    in_the_way,
    moved,
    propose,
    sessions_wanted,
)

LETTERS = {
    "e": RunKind.EASY,
    "h": RunKind.HARD,
    "l": RunKind.LONG,
    "-": RunKind.REST,
    "n": RunKind.NONE,
}
MON, TUE, WED, THU, FRI, SAT, SUN = WEEK


def week(letters: str, at: time | None = None) -> RunningWeek:
    """A week by its letters from Monday on, with runs at this time."""
    return {
        day: RunDay(LETTERS[letter], at) for day, letter in zip(WEEK, letters.split(), strict=True)
    }


def days(proposal: Proposal, kind: Kind = Kind.LEGS) -> list[Weekday]:
    return [placed.weekday for placed in proposal.days if placed.kind is kind]


@pytest.mark.parametrize(
    ("letters", "legs"),
    [
        ("- h e e - e l", [TUE, THU]),
        ("e h e h - e l", [TUE, THU]),
        ("n e n h n n l", [TUE, THU]),
        ("e h e e h e l", [TUE, FRI]),
        ("n n n n n n l", [TUE, THU]),
        ("n h n e n h l", [TUE, THU]),
        ("h e h e h e l", [WED, FRI]),
        ("e h e e h h l", [TUE]),
        ("n n n n n n n", [MON, THU]),
        ("h n e n e n l", [WED, FRI]),
    ],
)
def test_the_typical_weeks_have_these_days(letters: str, legs: list[Weekday]) -> None:
    assert days(propose(week(letters))) == legs


def test_in_the_first_two_weeks_the_second_day_after_is_kept_free_of_long_runs() -> None:
    assert days(propose(week("e n e e n l n"), sore=True)) == [MON, WED]


def test_before_an_evening_run_a_hard_day_is_no_day_for_the_legs() -> None:
    proposal = propose(week("n h n e n n l", time(19)), slot=time(7))
    assert days(proposal) == [WED, FRI]
    assert (TUE, Rule.RUN_FIRST) in [(each.weekday, each.rule) for each in proposal.avoided]


def test_three_hours_after_a_hard_run_are_good_and_six_are_better() -> None:
    hard = week("n h n n n h n", time(7))
    assert TUE in propose(hard, 1, slot=time(18)).weekdays
    assert not {TUE, SAT} & set(propose(hard, 1, slot=time(10, 59)).weekdays)


def test_where_one_day_fits_the_trunk_takes_the_second() -> None:
    proposal = propose(week("e h e e h h l"))
    assert days(proposal, Kind.TRUNK) == [THU]
    assert proposal.is_least_bad


def test_where_none_fits_there_is_half_a_session_after_a_hard_run() -> None:
    proposal = propose(week("h l h l h l h"))
    assert days(proposal) == []
    assert days(proposal, Kind.HALF) == [SUN]


def test_where_only_long_runs_are_there_is_none_for_the_legs() -> None:
    proposal = propose(week("l l l l l l l"))
    assert days(proposal) == days(proposal, Kind.HALF) == []
    assert {each.rule for each in proposal.avoided} == {Rule.LONG_NEXT}


def test_the_present_days_stay_where_others_are_as_good() -> None:
    assert days(propose(week("n n n n n n n"), usual=(TUE, FRI))) == [TUE, FRI]


def test_each_day_has_its_reason() -> None:
    reasons = [placed.why for placed in propose(week("- h e e - e l")).days]
    assert reasons == [Why.HARD, Why.EASY]


def test_present_days_in_the_way_move_and_the_others_stay() -> None:
    plan = week("n e n n n n l")
    assert [each.weekday for each in in_the_way(plan, (TUE, SAT))] == [SAT]
    assert moved(plan, (TUE, SAT)) == (TUE, THU)
    assert moved(plan, (TUE, THU)) == (TUE, THU)


def test_a_day_for_which_no_other_has_room_stays() -> None:
    assert moved(week("l l l l l l l"), (MON, THU)) == (MON, THU)
    assert moved(week("e h e e h h l"), (TUE, SAT)) == (TUE, SAT)


def test_a_move_of_any_day_in_any_week_breaks_no_rule_anew() -> None:
    for number, kinds in enumerate(every_week()):
        if number % 211:
            continue
        plan = {day: RunDay(kind) for day, kind in zip(WEEK, kinds, strict=True)}
        for present in ((MON, THU), (TUE, SAT), (MON, WED, FRI)):
            before = {each.weekday for each in in_the_way(plan, present)}
            after = moved(plan, present)
            assert {each.weekday for each in in_the_way(plan, after)} <= before
            assert set(present) - before <= set(after)
            assert len(after) == len(present)


def test_three_days_are_for_few_runs_and_long_training_in_base() -> None:
    few = week("e n e n e n l")
    wanted = {phase: sessions_wanted(few, 12, phase) for phase in SeasonPhase}
    assert [phase for phase in wanted if wanted[phase] == 3] == [SeasonPhase.BASE]
    assert sessions_wanted(few, 11, SeasonPhase.BASE) == 2
    assert sessions_wanted(week("e n e n e e l"), 12, SeasonPhase.BASE) == 2
    assert sessions_wanted({}, 12, SeasonPhase.BASE) == 2


def kept(kinds: Sequence[RunKind], *, wanted: int, sore: bool) -> None:
    """Check all that may never be broken, and that what is possible is proposed."""
    plan: RunningWeek = {day: RunDay(kind) for day, kind in zip(WEEK, kinds, strict=True)}
    proposal = propose(plan, wanted, sore=sore)
    free = [index for index in range(7) if not broken_rules(around_weekday(plan, index), sore=sore)]
    legs = [WEEK.index(day) for day in days(proposal)]
    half = [WEEK.index(day) for day in days(proposal, Kind.HALF)]
    assert set(legs) <= set(free)
    for index in (*legs, *half):
        assert kinds[(index + 1) % 7] not in (RunKind.LONG, RunKind.RACE)
        assert kinds[index] is not RunKind.LONG
    assert len(half) <= 1
    assert not (legs and half)
    assert all((second - first) % 7 >= 2 for first in legs for second in legs if first != second)
    assert bool(legs) == bool(free)
    if len(legs) < min(2, wanted):
        far = [(a, b) for a in free for b in free if 2 <= (b - a) % 7 <= 5]
        assert wanted < 2 or not far
        assert proposal.is_least_bad
    assert len(proposal.days) >= min(2, wanted)
    assert len(set(proposal.weekdays)) == len(proposal.days)
    listed = {*proposal.weekdays, *(each.weekday for each in proposal.avoided)}
    assert listed >= {WEEK[index] for index in range(7) if index not in free}
    for index in half:  # before a hard run only as the last resort, after a hard run
        if kinds[(index + 1) % 7] is RunKind.HARD:
            assert kinds[index] is RunKind.HARD


def every_week() -> Iterator[tuple[RunKind, ...]]:
    return product(USUAL_KINDS, repeat=7)


def test_a_sample_of_all_weeks_keeps_every_rule() -> None:
    for number, kinds in enumerate(every_week()):
        if number % 97 == 0:
            kept(kinds, wanted=2, sore=False)
            kept(kinds, wanted=1 + number % 3, sore=True)


@pytest.mark.slow
@pytest.mark.parametrize("sore", [False, True])
@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_every_week_there_is_keeps_every_rule(wanted: int, sore: bool) -> None:
    """Each week is tried with one of the three numbers of days in turn."""
    for kinds in islice(every_week(), wanted - 1, None, 3):
        kept(kinds, wanted=wanted, sore=sore)
