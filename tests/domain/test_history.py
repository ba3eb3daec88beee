"""Weeks that are never broken, sets that count once, and the exercises trained most."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.history import (
    EXERCISES_SHOWN,
    ReminderOutcome,
    Sets,
    Training,
    TrainingPlan,
    Week,
    exercises,
    training,
    weeks,
)
from bot.domain.reminder import ReminderAnswer, State
from bot.domain.schedule import WEEK
from bot.domain.session import Move
from tests.domain.walks import NOW, fresh, walk

MONDAY = date(2026, 11, 23)
TODAY = MONDAY + timedelta(days=5)
MON, WED, FRI = (WEEK[number] for number in (0, 2, 4))
LONG_AGO = date(2026, 1, 1)
SENT = ReminderOutcome(State.SENT, None)


def on(day: int, *sets: Sets, minutes: int = 10) -> Training:
    """A training so many days after MONDAY."""
    return Training(MONDAY + timedelta(days=day), minutes * 60, 4, sets)


def plan(
    reminders: dict[int, ReminderOutcome] | None = None, away: tuple[int, ...] = ()
) -> TrainingPlan:
    """Monday, Wednesday and Friday; days count from MONDAY."""
    days_away = {MONDAY + timedelta(days=day) for day in away}
    return TrainingPlan(
        since=dict.fromkeys((MON, WED, FRI), LONG_AGO),
        reminders={MONDAY + timedelta(days=day): it for day, it in (reminders or {}).items()},
        is_away=lambda day: day in days_away,
    )


def only(found: tuple[Week, ...]) -> Week:
    (week,) = found
    return week


# The plan kept


def test_a_week_is_n_of_m() -> None:
    week = only(weeks([on(0), on(2)], plan({2: SENT, 4: SENT}), TODAY))
    assert (week.kept, week.planned, week.more) == (2, 3, 0)


def test_days_to_come_are_planned_and_rest_days_are_not() -> None:
    week = only(weeks([on(0)], plan(), MONDAY))
    assert (week.kept, week.planned) == (1, 3)


@pytest.mark.parametrize(
    "friday",
    [
        ReminderOutcome(State.SENT, ReminderAnswer.NOT_TODAY),
        ReminderOutcome(State.DROPPED, None),
        ReminderOutcome(State.REFUSED, None),
        None,
    ],
    ids=["not today", "dropped", "refused", "never came"],
)
def test_a_day_without_a_reason_to_train_on_it_is_not_planned(
    friday: ReminderOutcome | None,
) -> None:
    reminders = {2: SENT} | ({4: friday} if friday else {})
    week = only(weeks([on(0), on(2)], plan(reminders), TODAY))
    assert (week.kept, week.planned) == (2, 2)


def test_days_away_are_not_planned() -> None:
    week = only(weeks([on(0)], plan({2: SENT, 4: SENT}, away=(2, 3, 4, 5, 6)), TODAY))
    assert (week.kept, week.planned) == (1, 1)


def test_a_week_of_sickness_has_no_plan_and_stays_in_the_row() -> None:
    sick = ReminderOutcome(State.SENT, ReminderAnswer.NOT_TODAY)
    found = weeks([on(-14), on(0)], plan({-7: sick, -5: sick, -3: sick}), TODAY)
    assert [(week.sessions, week.planned) for week in found] == [(1, 1), (0, 0), (1, 1)]


def test_a_reminder_that_was_put_off_and_then_dropped_had_arrived() -> None:
    later = ReminderOutcome(State.DROPPED, ReminderAnswer.LATER)
    assert only(weeks([on(0)], plan({2: later}), TODAY)).planned == 2


def test_what_is_trained_beyond_the_plan_is_more() -> None:
    week = only(weeks([on(0), on(1), on(3)], plan(), TODAY))
    assert (week.days, week.kept, week.planned, week.more) == (3, 1, 1, 2)


def test_training_before_the_reminder_keeps_the_plan_although_none_came() -> None:
    assert only(weeks([on(0), on(2)], plan(), TODAY)).kept == 2


def test_a_schedule_chosen_later_does_not_rewrite_the_weeks_before() -> None:
    chosen = TrainingPlan({MON: MONDAY}, {}, lambda _: False)
    found = weeks([on(-7), on(0)], chosen, TODAY)
    assert [week.planned for week in found] == [0, 1]


def test_days_before_the_first_training_are_not_planned() -> None:
    week = only(weeks([on(4)], plan({0: SENT, 2: SENT}), TODAY))
    assert (week.kept, week.planned) == (1, 1)


def test_without_training_there_are_no_weeks() -> None:
    assert weeks([], plan(), TODAY) == ()


def test_two_sessions_on_one_day_are_one_day_of_the_plan() -> None:
    week = only(weeks([on(0), on(0)], plan(), MONDAY))
    assert (week.sessions, week.days, week.kept, week.minutes) == (2, 1, 1, 20)


def test_a_session_of_seconds_is_a_minute() -> None:
    assert only(weeks([replace(on(0), seconds=5)], plan(), MONDAY)).minutes == 1


# A session summed up


def test_a_set_on_two_sides_is_one_and_a_skipped_one_is_none() -> None:
    begun = walk(fresh(), Move.BEGIN, *[Move.DONE] * 5, Move.SKIP, Move.DONE)
    assert [(sets.exercise, sets.count) for sets in training(begun, "UTC").sets] == [
        ("walk", 2),
        ("bug", 1),
    ]


def test_a_session_belongs_to_the_runners_date() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    done = walk(fresh(), Move.BEGIN, Move.DONE, Move.DONE, at=late)
    assert training(done, "UTC").day == date(2026, 11, 24)
    assert training(done, "Europe/Berlin").day == date(2026, 11, 25)


def test_a_session_across_midnight_belongs_to_the_date_on_which_it_began() -> None:
    sunday = datetime(2026, 11, 29, 23, 50, tzinfo=UTC)
    begun = walk(fresh(), Move.BEGIN, Move.DONE, at=sunday)
    done = walk(begun, Move.DONE, Move.DONE, at=sunday + timedelta(minutes=15))
    assert training(done, "UTC").day == sunday.date()


def test_the_level_is_the_one_that_the_step_tells() -> None:
    done = walk(fresh(), Move.BEGIN, *[Move.DONE] * 7)
    assert {sets.level for sets in training(done, "UTC").sets} == {""}
    steps = tuple(
        replace(step, level="light" if step.set_number == 1 else "medium") for step in done.steps
    )
    leveled = replace(done, steps=steps)
    assert {sets.level for sets in training(leveled, "UTC").sets} == {"medium"}


def test_a_session_without_a_step_done_is_no_training() -> None:
    with pytest.raises(ValueError):
        training(walk(fresh(), Move.BEGIN, Move.DONE, at=NOW), "UTC")


# Exercises over the weeks


def test_an_exercise_has_a_cell_for_every_week_with_its_last_level() -> None:
    bug = Sets("bug", "Dead bug", 2, "light")
    trainings = [on(-14, bug), on(0, bug), on(2, replace(bug, name="New name", level="medium"))]
    (found,) = exercises(trainings, weeks(trainings, plan(), TODAY))
    assert [(week.count, week.level) for week in found.weeks] == [
        (2, "light"),
        (0, ""),
        (4, "medium"),
    ]
    assert (found.name, found.count, found.level) == ("New name", 6, "medium")


def test_the_most_trained_come_first_and_old_weeks_do_not_count() -> None:
    old = on(-7, Sets("old", "Old", 99, ""))
    new = on(0, *(Sets(f"e{number}", "", number, "") for number in range(1, 10)))
    shown = weeks([old, new], plan(), TODAY)[-1:]
    found = exercises([old, new], shown)
    assert [exercise.count for exercise in found] == [9, 8, 7, 6, 5]
    assert len(found) == EXERCISES_SHOWN
