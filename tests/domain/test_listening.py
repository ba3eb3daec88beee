"""What the track's clock says of the steps, and up to which exercise it was done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.listening import heard, listen, stretches
from bot.domain.session import Move, Outcome, Part, Phase, Session, step_ends, tick
from bot.domain.timer import Stage
from bot.domain.timetable import timetable
from tests.domain.walks import NOW, STEPS, fresh, step, walk
from tests.shipped import CATALOGUE

ANCHORED = (
    STEPS[0],
    step("row").anchored_at("chest"),
    replace(step("row"), part=Part.RAMP),
    step("row"),
    step("bug", rest=0),
    step("bug", 2),
)


@pytest.mark.parametrize(
    "steps",
    [STEPS, ANCHORED, ANCHORED[1:], *(CATALOGUE.steps(r, 9) for r in CATALOGUE.routines.values())],
)
def test_the_steps_end_when_the_hands_free_clock_says(steps: tuple[object, ...]) -> None:
    ends: dict[int, int] = {}
    for interval in timetable(steps):  # type: ignore[arg-type]
        if interval.stage is Stage.WORK or not steps[interval.step].is_timed:  # type: ignore[attr-defined]
            ends[interval.step] = interval.ends_at
    assert step_ends(steps) == tuple(ends[place] for place in range(len(steps)))  # type: ignore[arg-type]


def listening() -> Session:
    session = listen(fresh(), 300, NOW)
    assert session is not None
    return session


def test_it_asks_five_minutes_after_the_end_and_once() -> None:
    session = listening()
    assert session.due_at == NOW + timedelta(seconds=600)
    asked = tick(session, NOW + timedelta(seconds=600))
    assert asked is not None
    assert (asked.phase, asked.nudged) == (Phase.LISTENING, True)
    assert asked.due_at == NOW + timedelta(hours=6)
    closed = tick(asked, NOW + timedelta(hours=6))
    assert closed is not None
    assert (closed.phase, closed.log, closed.trained_at) == (Phase.STOPPED, (), None)


def test_an_answer_of_the_next_day_is_about_the_time_of_the_track() -> None:
    later = NOW + timedelta(hours=20)
    done = heard(listening(), len(STEPS), later)
    assert done is not None
    assert done.trained_at == NOW + timedelta(seconds=step_ends(STEPS)[-1])
    assert done.ended_at == NOW + timedelta(seconds=300)
    assert done.active_seconds == 300


def test_who_answers_early_is_not_said_to_train_in_the_future() -> None:
    done = heard(listening(), len(STEPS), NOW + timedelta(seconds=60))
    assert done is not None
    assert done.trained_at == done.ended_at == NOW + timedelta(seconds=60)


def test_what_hurt_is_not_overwritten_by_a_late_answer() -> None:
    hurt = walk(listening(), Move.HURT, Move.SKIP, Move.STOP, at=NOW + timedelta(seconds=90))
    assert hurt.count(Outcome.HURT)
    assert heard(hurt, len(STEPS), NOW + timedelta(seconds=200)) is None


def test_exercises_come_once_each_and_in_rounds_once_a_round() -> None:
    assert [(each.exercise, each.first, each.last) for each in stretches(STEPS)] == [
        (None, 0, 0),
        ("walk", 1, 4),
        ("bug", 5, 6),
    ]
    rounds = tuple(
        replace(step(exercise, number), in_rounds=True)
        for number in (1, 2)
        for exercise in ("walk", "bug")
    )
    assert [(each.exercise, each.number) for each in stretches(rounds)] == [
        ("walk", 1),
        ("bug", 1),
        ("walk", 2),
        ("bug", 2),
    ]


def test_of_an_exercise_alone_the_sets_are_told_apart() -> None:
    assert [(each.first, each.last, each.number) for each in stretches(STEPS[:5])] == [
        (0, 0, 0),
        (1, 2, 1),
        (3, 4, 2),
    ]
