"""A plan comes before the usual week, date by date, and its strength work keeps 48 hours."""

from datetime import date, time, timedelta

import pytest

from bot.domain.race import Allowed
from bot.domain.run_plan import EntryKind, PlanEntry, Planned, RunPlan, planned
from bot.domain.schedule import WEEK, Weekday
from bot.domain.standing import next_free_day, standing
from bot.domain.week import Rule, RunDay, RunKind, coming_week, kind_on, propose

MONDAY = date(2026, 11, 23)
E = EntryKind


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def plan(**kinds: EntryKind) -> Planned:
    """Return a plan by weekday of this week."""
    return planned(PlanEntry(day(WEEK.index(Weekday(name))), kind) for name, kind in kinds.items())


WEEKLY = {Weekday.SUNDAY: RunDay(RunKind.LONG), Weekday.TUESDAY: RunDay(RunKind.HARD)}


def test_a_date_of_the_plan_comes_before_the_usual_weekday_and_others_fall_back() -> None:
    of_week = plan(tuesday=E.EASY, saturday=E.LONG)
    kinds = [kind_on(WEEKLY, (), day(number), of_week) for number in range(9)]
    assert [kind.value for kind in kinds] == [
        *("none", "easy", "none", "none", "none", "long", "long"),
        *("none", "hard"),
    ]


def test_of_several_entries_the_most_demanding_counts() -> None:
    entries = [PlanEntry(MONDAY, kind) for kind in (E.REST, E.EASY, E.ASK, E.HARD, E.LONG, E.RACE)]
    for number in range(1, len(entries) + 1):
        for some in (entries[:number], entries[:number][::-1]):
            assert planned(some).runs[MONDAY] == entries[number - 1]


def test_an_unclear_run_counts_as_hard_for_the_day_before() -> None:
    where = standing({}, (), day(1), plan=plan(wednesday=E.ASK))
    assert (where.rule, where.allowed) == (Rule.HARD_NEXT, Allowed.LIGHT)


@pytest.mark.parametrize("number", range(7))
def test_no_legs_within_48_hours_of_strength_elsewhere(number: int) -> None:
    where = standing({}, (), day(number), plan=plan(thursday=E.STRENGTH))
    assert (where.rule is Rule.STRENGTH) == (number in (2, 3, 4))


def test_trunk_work_elsewhere_changes_nothing() -> None:
    assert not plan(thursday=E.TRUNK)


def test_no_leg_session_the_day_before_a_long_run_or_a_race_of_the_plan() -> None:
    for kind in E:
        for number in range(-1, 8):
            where = standing(WEEKLY, (), day(number), plan=plan(friday=kind))
            if kind in (E.LONG, E.RACE) and number == 3:
                assert where.allowed < Allowed.HALF


def test_a_missed_day_moves_by_the_plan() -> None:
    of_week = plan(wednesday=E.LONG, friday=E.HARD)
    assert next_free_day({}, (), MONDAY, (), plan=of_week) == day(4)
    assert next_free_day({}, (), MONDAY, (), plan=plan(tuesday=E.STRENGTH)) == day(3)


def test_the_coming_week_begins_today() -> None:
    of_week = planned([PlanEntry(day(7), E.LONG, time(9)), PlanEntry(day(8), E.RACE)])
    week = coming_week(WEEKLY, of_week, day(1))
    assert week[Weekday.MONDAY] == RunDay(RunKind.LONG, time(9))
    assert week[Weekday.TUESDAY].kind is RunKind.HARD


def test_strength_elsewhere_leaves_fewer_days_and_none_near_it() -> None:
    proposal = propose({}, 1, elsewhere=[Weekday.MONDAY])
    assert len(proposal.days) == 1
    assert not {Weekday.SUNDAY, Weekday.MONDAY, Weekday.TUESDAY} & set(proposal.weekdays)
    assert propose({}, 0, elsewhere=[Weekday.MONDAY, Weekday.THURSDAY]).days == ()


def test_no_day_is_proposed_whose_run_is_unclear() -> None:
    hard = {Weekday.TUESDAY: RunDay(RunKind.HARD)}
    assert Weekday.TUESDAY in propose(hard).weekdays
    proposal = propose(hard, unclear=[Weekday.TUESDAY])
    assert Weekday.TUESDAY not in proposal.weekdays
    assert Rule.UNCLEAR in {each.rule for each in proposal.avoided}


def test_two_weeks_are_shown_from_today_or_from_the_first_entry() -> None:
    near = RunPlan(1, MONDAY, (PlanEntry(day(3), E.EASY),))
    assert near.shown_days(MONDAY)[0] == MONDAY
    far = RunPlan(1, MONDAY, (PlanEntry(day(-1), E.EASY), PlanEntry(day(30), E.EASY)))
    assert far.shown_days(MONDAY)[0] == day(30)
    assert len(far.shown_days(MONDAY)) == 14
