"""A session that is led by the clock: what each move does to the interval that runs."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.session import (
    FORGOTTEN,
    MOVES,
    QUIET,
    Move,
    Outcome,
    Phase,
    RestKind,
    Session,
    tick,
    time_left,
    wait,
)
from bot.domain.timer import EXTRA, GET_READY, TOO_LATE, Stage, Timer, fits
from tests.domain.walks import NOW, STEPS, fresh, step, walk


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def timed(steps: tuple[object, ...] = STEPS) -> Session:
    return replace(fresh(steps), timed=True, touched_at=NOW)  # type: ignore[arg-type]


def ticked(session: Session, count: int = 1) -> Session:
    """After so many ticks, each at its own moment."""
    for _ in range(count):
        assert session.due_at is not None
        new = tick(session, session.due_at)
        assert new is not None
        session = new
    return session


def interval(session: Session) -> tuple[Stage, float] | None:
    """Which interval runs, and how many seconds after NOW it ends."""
    clock = session.clock
    if clock is None or clock.deadline_at is None:
        return None
    return clock.stage, (clock.deadline_at - NOW).total_seconds()


def in_stage(stage: Stage) -> Session:
    """Before, in or after the work of step 1; the rest after it leads to step 2."""
    begun = walk(timed(), Move.BEGIN, Move.SKIP)
    return ticked(begun, {Stage.LEAD: 0, Stage.WORK: 1, Stage.REST: 2}[stage])


def test_start_leaves_time_to_get_ready() -> None:
    assert interval(walk(timed(), Move.BEGIN)) == (Stage.LEAD, GET_READY)


def test_work_follows_rest_and_rest_work_to_the_end() -> None:
    session, seen = walk(timed(), Move.BEGIN), []
    while session.is_open:
        seen.append((session.position, session.clock and session.clock.stage))
        session = ticked(session)
    expected = [(0, Stage.LEAD), (0, Stage.WORK)]
    for position in range(1, len(STEPS)):
        expected += [(position, Stage.REST), (position, Stage.WORK)]
    assert seen == expected
    assert session.phase is Phase.FINISHED
    assert [entry.outcome for entry in session.log] == [Outcome.DONE] * len(STEPS)


def test_a_whole_session_takes_its_intervals_and_not_the_last_rest() -> None:
    session = walk(timed(), Move.BEGIN)
    while session.is_open:
        session = ticked(session)
    work = sum(it.work for it in STEPS)
    rests = GET_READY + sum(it.rest for it in STEPS[1:-1])
    assert session.ended_at == after(GET_READY + work + rests)


def test_a_step_without_a_rest_is_followed_at_once() -> None:
    steps = (step("a", rest=0), step("b"))
    session = ticked(walk(timed(steps), Move.BEGIN), 2)
    assert (session.position, interval(session)) == (1, (Stage.WORK, GET_READY + 60))


@pytest.mark.parametrize("stage", Stage)
def test_a_tick_before_its_time_does_nothing(stage: Stage) -> None:
    session = in_stage(stage)
    assert session.due_at is not None
    assert tick(session, session.due_at - timedelta(milliseconds=1)) is None


@pytest.mark.parametrize(
    ("stage", "move", "expected"),
    [
        (Stage.LEAD, Move.BEGIN, (1, Stage.WORK, 30)),
        (Stage.LEAD, Move.DONE, (2, Stage.LEAD, 10)),
        (Stage.LEAD, Move.SKIP, (2, Stage.LEAD, GET_READY)),
        (Stage.LEAD, Move.BACK, (0, Stage.LEAD, GET_READY)),
        (Stage.WORK, Move.BEGIN, None),
        (Stage.WORK, Move.DONE, (2, Stage.LEAD, 10)),
        (Stage.WORK, Move.SKIP, (2, Stage.LEAD, GET_READY)),
        (Stage.WORK, Move.BACK, (0, Stage.LEAD, GET_READY)),
        (Stage.REST, Move.BEGIN, (2, Stage.WORK, 30)),
        (Stage.REST, Move.DONE, (2, Stage.WORK, 30)),
        (Stage.REST, Move.SKIP, (2, Stage.WORK, 30)),
        (Stage.REST, Move.BACK, (1, Stage.LEAD, GET_READY)),
    ],
)
def test_a_move_leads_to_this_step_and_interval(
    stage: Stage, move: Move, expected: tuple[int, Stage, int] | None
) -> None:
    session = in_stage(stage)
    now = (session.due_at or NOW) - timedelta(seconds=1)
    moved = MOVES[move](session, now)
    if expected is None:
        assert moved is None
        return
    assert moved is not None
    assert moved.clock is not None
    assert (moved.position, moved.clock.stage, moved.clock.left(now)) == expected


@pytest.mark.parametrize("stage", Stage)
def test_a_pause_keeps_the_seconds_that_are_left(stage: Stage) -> None:
    session = in_stage(stage)
    paused = walk(session, Move.PAUSE, at=(session.due_at or NOW) - timedelta(seconds=4))
    assert (paused.timer, paused.clock) == (Timer(stage, None, 4), None)
    resumed = walk(paused, Move.RESUME, at=after(7200))
    assert interval(resumed) == (stage, 7204)
    assert resumed.position == session.position


@pytest.mark.parametrize("stage", Stage)
def test_more_makes_the_interval_longer(stage: Stage) -> None:
    session = in_stage(stage)
    longer = walk(session, Move.MORE, Move.MORE)
    assert longer.due_at == (session.due_at or NOW) + timedelta(seconds=2 * EXTRA)


def test_more_needs_an_interval() -> None:
    for session in (fresh(), walk(fresh(), Move.BEGIN), walk(timed(), Move.BEGIN, Move.PAUSE)):
        assert MOVES[Move.MORE](session, NOW) is None


@pytest.mark.parametrize("stage", Stage)
def test_my_own_pace_ends_the_clock_and_hands_free_begins_it_anew(stage: Stage) -> None:
    session = in_stage(stage)
    own = walk(session, Move.OWN_PACE)
    assert (own.timed, own.timer, own.position) == (False, None, session.position)
    assert MOVES[Move.OWN_PACE](own, NOW) is None
    again = walk(own, Move.HANDS_FREE)
    assert (interval(again), again.position) == ((Stage.LEAD, GET_READY), session.position)
    assert MOVES[Move.HANDS_FREE](again, NOW) is None


def test_the_way_can_be_chosen_at_the_start() -> None:
    assert walk(timed(), Move.OWN_PACE).timer is None
    assert interval(walk(fresh(), Move.HANDS_FREE)) == (Stage.LEAD, GET_READY)


@pytest.mark.parametrize("stage", Stage)
def test_no_clock_runs_where_something_hurts_and_back_gets_ready_again(stage: Stage) -> None:
    hurting = walk(in_stage(stage), Move.HURT)
    assert hurting.timer is None
    assert interval(walk(hurting, Move.BACK)) == (Stage.LEAD, GET_READY)


@pytest.mark.parametrize("stage", Stage)
def test_a_stop_that_is_taken_back_gets_ready_again(stage: Stage) -> None:
    session = walk(in_stage(stage), Move.STOP, Move.RESUME)
    assert interval(session) == (Stage.LEAD, GET_READY)


@pytest.mark.parametrize("stage", Stage)
def test_an_overdue_cue_counts_from_when_it_comes(stage: Stage) -> None:
    session = in_stage(stage)
    late = (session.due_at or NOW) + TOO_LATE
    moved = tick(session, late)
    assert moved is not None
    assert moved.clock is not None
    assert moved.clock.left(late) == (10 if stage is Stage.WORK else 30)


@pytest.mark.parametrize("stage", Stage)
def test_a_cue_that_is_too_late_pauses_and_the_step_begins_anew(stage: Stage) -> None:
    session = in_stage(stage)
    late = (session.due_at or NOW) + TOO_LATE + timedelta(seconds=1)
    paused = tick(session, late)
    assert paused is not None
    assert (paused.phase, paused.position, paused.log) == (
        Phase.PAUSED,
        session.position,
        session.log,
    )
    assert walk(paused, Move.RESUME, at=late).clock == Timer(
        Stage.LEAD, late + timedelta(seconds=GET_READY)
    )


QUIET_PHASES = {
    "own pace": walk(replace(fresh(), touched_at=NOW), Move.BEGIN),
    "paused": walk(timed(), Move.BEGIN, Move.PAUSE),
    "hurting": walk(timed(), Move.BEGIN, Move.HURT),
}


@pytest.mark.parametrize("session", QUIET_PHASES.values(), ids=QUIET_PHASES)
def test_a_forgotten_session_is_nudged_once_and_then_closed(session: Session) -> None:
    assert session.due_at == NOW + QUIET
    nudged = ticked(session)
    assert nudged == replace(session, nudged=True, revision=session.revision + 1)
    assert nudged.due_at == NOW + FORGOTTEN
    closed = ticked(nudged)
    assert (closed.phase, closed.ended_at) == (Phase.STOPPED, NOW + FORGOTTEN)
    assert closed.log == session.log
    assert closed.due_at is None


def test_whoever_comes_back_is_waited_for_anew_but_not_nudged_again() -> None:
    nudged = ticked(QUIET_PHASES["own pace"])
    done = walk(nudged, Move.DONE, at=NOW + timedelta(hours=1))
    assert done.due_at == NOW + timedelta(hours=1) + FORGOTTEN


def test_a_session_that_was_not_begun_is_closed_without_a_nudge() -> None:
    ready = replace(fresh(), touched_at=NOW)
    assert ready.due_at == NOW + FORGOTTEN
    assert ticked(ready).phase is Phase.STOPPED


def test_after_a_long_absence_a_session_is_closed_at_once() -> None:
    for session in (*QUIET_PHASES.values(), in_stage(Stage.WORK)):
        closed = tick(session, NOW + timedelta(hours=7))
        assert closed is not None
        assert closed.phase is Phase.STOPPED


def test_a_step_about_to_begin_can_wait() -> None:
    lead = in_stage(Stage.LEAD)
    waiting = wait(lead, 25, NOW)
    assert waiting is not None
    assert interval(waiting) == (Stage.LEAD, 25)
    assert wait(waiting, 20, NOW) is None
    assert wait(in_stage(Stage.WORK), 20, NOW) is None


def test_a_rest_is_named_by_the_step_before() -> None:
    assert {it.rest_kind for it in STEPS} == {RestKind.REST}
    assert in_stage(Stage.REST).is_resting
    assert not in_stage(Stage.LEAD).is_resting


def test_more_sessions_fit_where_more_calls_are_allowed() -> None:
    assert (fits(1), fits(30), fits(1000)) == (6, 180, 6000)


def test_the_time_left_is_that_to_the_end_of_the_last_exercise() -> None:
    session = walk(timed(), Move.BEGIN, Move.SKIP)
    ends, told = NOW, []
    while session.is_open:
        assert session.due_at is not None
        ends = session.due_at
        told.append(ends + timedelta(seconds=time_left(session, ends)))
        session = ticked(session)
    assert told == [ends] * len(told)
