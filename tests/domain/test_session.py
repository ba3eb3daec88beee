"""Every move in every phase, what it logs, and what a session says of itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.session import (
    MOVES,
    OPEN,
    ExerciseDone,
    Move,
    Outcome,
    Phase,
    Rating,
    Session,
    Step,
    StepLog,
    begin,
    leave_out,
    length,
    noted,
    rate,
    spare,
    swap,
)
from tests.domain.walks import LAST, NOW, STEPS, WARM_UP, fresh, in_phase, step, walk

LATER = NOW + timedelta(minutes=5)

# Phase and position after each lawful move; what is not listed is not lawful. The sessions of
# walks.in_phase stand at step 2 unless they are ready (0) or finished (all behind). LATER, a track
# has come to the last.
LAWFUL: dict[tuple[Phase, Move], tuple[Phase, int]] = {
    (Phase.READY, Move.BEGIN): (Phase.RUNNING, 0),
    (Phase.READY, Move.STOP): (Phase.STOPPED, 0),
    (Phase.RUNNING, Move.DONE): (Phase.RUNNING, 3),
    (Phase.RUNNING, Move.SKIP): (Phase.RUNNING, 3),
    (Phase.RUNNING, Move.BACK): (Phase.RUNNING, 1),
    (Phase.RUNNING, Move.PAUSE): (Phase.PAUSED, 2),
    (Phase.RUNNING, Move.HURT): (Phase.HURTING, 2),
    (Phase.RUNNING, Move.STOP): (Phase.STOPPED, 2),
    (Phase.LISTENING, Move.HURT): (Phase.HURTING, 6),
    (Phase.LISTENING, Move.STOP): (Phase.STOPPED, 0),
    (Phase.PAUSED, Move.RESUME): (Phase.RUNNING, 2),
    (Phase.PAUSED, Move.HURT): (Phase.HURTING, 2),
    (Phase.PAUSED, Move.STOP): (Phase.STOPPED, 2),
    (Phase.HURTING, Move.SKIP): (Phase.RUNNING, 5),
    (Phase.HURTING, Move.BACK): (Phase.RUNNING, 2),
    (Phase.HURTING, Move.STOP): (Phase.STOPPED, 2),
    (Phase.STOPPED, Move.RESUME): (Phase.RUNNING, 2),
    (Phase.READY, Move.OWN_PACE): (Phase.RUNNING, 0),
    (Phase.READY, Move.HANDS_FREE): (Phase.RUNNING, 0),
    (Phase.RUNNING, Move.HANDS_FREE): (Phase.RUNNING, 2),
    (Phase.PAUSED, Move.HANDS_FREE): (Phase.RUNNING, 2),
}
EVERY_PAIR = [(phase, move) for phase in Phase for move in Move]


def outcomes(session: Session) -> list[tuple[int, Outcome]]:
    return [(entry.step, entry.outcome) for entry in session.log]


@pytest.mark.parametrize(("phase", "move"), EVERY_PAIR)
def test_a_move_leads_where_the_table_says_or_nowhere(phase: Phase, move: Move) -> None:
    after = MOVES[move](in_phase(phase), LATER)
    assert (after and (after.phase, after.position)) == LAWFUL.get((phase, move))


@pytest.mark.parametrize(("phase", "move"), sorted(LAWFUL))
def test_every_lawful_move_has_the_next_revision(phase: Phase, move: Move) -> None:
    before = in_phase(phase)
    assert walk(before, move).revision == before.revision + 1


@pytest.mark.parametrize(("phase", "move"), EVERY_PAIR)
def test_the_session_before_a_move_stays_as_it_was(phase: Phase, move: Move) -> None:
    before = in_phase(phase)
    MOVES[move](before, LATER)
    assert before == in_phase(phase)


@pytest.mark.parametrize(("phase", "move"), sorted(LAWFUL))
def test_a_move_never_touches_the_steps_or_whose_session_it_is(phase: Phase, move: Move) -> None:
    after = walk(in_phase(phase), move)
    assert (after.id, after.runner, after.routine, after.steps) == (7, 1, "short", STEPS)


@pytest.mark.parametrize("phase", Phase)
def test_a_session_is_open_until_it_is_finished_or_stopped(phase: Phase) -> None:
    session = in_phase(phase)
    over = phase in (Phase.FINISHED, Phase.STOPPED)
    assert session.is_open == (not over)
    assert (phase in OPEN) == (not over)
    assert (session.ended_at is not None) == over


def test_begin_tells_when_it_began() -> None:
    session = begin(fresh(), LATER)
    assert session is not None
    assert (session.started_at, session.ended_at, session.log) == (LATER, None, ())


def test_done_and_skip_log_the_step_with_its_moment() -> None:
    session = walk(walk(fresh(), Move.BEGIN, Move.DONE), Move.SKIP, at=LATER)
    assert session.log == (
        StepLog(0, Outcome.DONE, NOW),
        StepLog(1, Outcome.SKIPPED, LATER),
    )


def test_the_last_step_ends_the_session() -> None:
    last = walk(fresh(), Move.BEGIN, *[Move.DONE] * LAST)
    assert (last.phase, last.position, last.ended_at) == (Phase.RUNNING, LAST, None)
    ended = walk(last, Move.DONE, at=LATER)
    assert (ended.phase, ended.position, ended.ended_at) == (Phase.FINISHED, len(STEPS), LATER)


def test_a_session_whose_steps_were_all_skipped_is_finished_and_nothing_is_trained() -> None:
    session = walk(fresh(), Move.BEGIN, *[Move.SKIP] * len(STEPS))
    assert (session.phase, session.trained_at, session.trained) == (Phase.FINISHED, None, ())


def test_back_reopens_the_step_before_and_takes_its_entry_back() -> None:
    session = walk(fresh(), Move.BEGIN, Move.DONE, Move.SKIP, Move.BACK)
    assert session.position == 1
    assert outcomes(session) == [(0, Outcome.DONE)]


def test_a_step_that_was_reopened_is_logged_once() -> None:
    session = walk(fresh(), Move.BEGIN, Move.DONE, Move.SKIP, Move.BACK, Move.DONE)
    assert outcomes(session) == [(0, Outcome.DONE), (1, Outcome.DONE)]


def test_back_goes_all_the_way_and_no_further() -> None:
    session = walk(fresh(), Move.BEGIN, Move.DONE, Move.DONE, Move.BACK, Move.BACK)
    assert (session.position, session.log) == (0, ())
    assert MOVES[Move.BACK](session, NOW) is None


def test_something_hurts_and_skip_leaves_out_the_rest_of_that_exercise() -> None:
    session = walk(in_phase(Phase.HURTING), Move.SKIP, at=LATER)
    assert session.position == 5
    assert session.step.exercise == "bug"
    assert session.log[2:] == tuple(StepLog(number, Outcome.HURT, LATER) for number in (2, 3, 4))


def test_what_was_done_of_an_exercise_before_it_hurt_stays_done() -> None:
    session = walk(in_phase(Phase.HURTING), Move.SKIP)
    assert outcomes(session)[:2] == [(0, Outcome.DONE), (1, Outcome.DONE)]


def test_the_same_exercise_later_in_the_routine_is_not_left_out_with_it() -> None:
    steps = (step("walk"), step("bug"), step("walk"))
    session = walk(fresh(steps), Move.BEGIN, Move.HURT, Move.SKIP)
    assert (session.position, outcomes(session)) == (1, [(0, Outcome.HURT)])


def round_of(number: int, *exercises: str) -> tuple[Step, ...]:
    return tuple(replace(step(name, number), in_rounds=True) for name in exercises)


def test_what_hurts_in_one_round_is_left_out_of_the_next() -> None:
    steps = (*round_of(1, "walk", "bug", "squat"), *round_of(2, "walk", "bug", "squat"))
    session = walk(fresh(steps), Move.BEGIN, Move.HURT, Move.SKIP, Move.HURT, Move.SKIP)
    assert session.step == steps[2]
    session = walk(session, Move.DONE, at=LATER)
    assert session.step == steps[5]
    assert session.log[-2:] == (
        StepLog(3, Outcome.HURT, LATER),
        StepLog(4, Outcome.HURT, LATER),
    )


def test_a_session_ends_where_only_what_hurt_is_left() -> None:
    steps = (*round_of(1, "walk", "bug"), *round_of(2, "bug"))
    session = walk(fresh(steps), Move.BEGIN, Move.DONE, Move.HURT, Move.SKIP)
    assert (session.phase, session.position) == (Phase.FINISHED, 3)


def test_back_reopens_what_was_left_out_of_a_later_round() -> None:
    steps = (*round_of(1, "walk", "bug"), *round_of(2, "walk", "bug"))
    session = walk(fresh(steps), Move.BEGIN, Move.HURT, Move.SKIP, Move.DONE, Move.BACK)
    assert (session.phase, session.step) == (Phase.RUNNING, steps[2])
    assert walk(session, Move.DONE).step == steps[3]


def test_a_warm_up_that_hurts_is_left_out_alone() -> None:
    session = walk(fresh(), Move.BEGIN, Move.HURT, Move.SKIP)
    assert (session.position, outcomes(session)) == (1, [(0, Outcome.HURT)])


def test_leaving_out_the_last_exercise_ends_the_session() -> None:
    session = walk(fresh(), Move.BEGIN, *[Move.DONE] * 5, Move.HURT)
    ended = walk(session, Move.SKIP, at=LATER)
    assert (ended.phase, ended.position, ended.ended_at) == (Phase.FINISHED, len(STEPS), LATER)
    assert outcomes(ended)[-2:] == [(5, Outcome.HURT), (6, Outcome.HURT)]


def test_a_slip_on_something_hurts_changes_nothing_but_the_revision() -> None:
    before = in_phase(Phase.RUNNING)
    after = walk(before, Move.HURT, Move.BACK)
    assert after == replace(before, revision=before.revision + 2)


def test_a_pause_changes_nothing_but_the_revision() -> None:
    before = in_phase(Phase.RUNNING)
    after = walk(before, Move.PAUSE, Move.RESUME, at=LATER)
    assert after == replace(before, revision=before.revision + 2, touched_at=LATER)


def test_a_stop_keeps_what_was_done_and_can_be_taken_back() -> None:
    before = in_phase(Phase.RUNNING)
    stopped = walk(before, Move.STOP, at=LATER)
    assert (stopped.phase, stopped.ended_at, stopped.log) == (Phase.STOPPED, LATER, before.log)
    assert walk(stopped, Move.RESUME) == replace(before, revision=before.revision + 2)


def test_a_stop_before_the_start_taken_back_waits_for_its_start_again() -> None:
    session = walk(fresh(), Move.STOP, Move.RESUME)
    assert (session.phase, session.started_at, session.ended_at) == (Phase.READY, None, None)


def test_going_on_after_a_stop_forgets_how_it_felt() -> None:
    rated = rate(in_phase(Phase.STOPPED), Rating.HARD)
    assert rated is not None
    assert walk(rated, Move.RESUME).rating is None


@pytest.mark.parametrize("phase", sorted(OPEN))
def test_an_open_session_is_not_rated(phase: Phase) -> None:
    assert rate(in_phase(phase), Rating.EASY) is None


@pytest.mark.parametrize("phase", [Phase.FINISHED, Phase.STOPPED])
def test_the_last_word_on_how_it_felt_counts(phase: Phase) -> None:
    session = in_phase(phase)
    easy = rate(session, Rating.EASY)
    assert easy is not None
    assert rate(easy, Rating.HARD) == replace(session, rating=Rating.HARD)


def test_counts_and_places_leave_the_warm_up_out() -> None:
    session = walk(fresh(), Move.BEGIN)
    assert (session.work_steps, session.place) == (6, 0)
    session = walk(session, Move.DONE)
    assert (session.place, session.count(Outcome.DONE)) == (1, 0)
    session = walk(session, Move.DONE, Move.SKIP, Move.HURT, Move.SKIP)
    assert session.place == 5
    assert [session.count(outcome) for outcome in Outcome] == [1, 1, 2]


def test_a_routine_without_a_warm_up_begins_at_its_first_place() -> None:
    assert fresh(STEPS[1:]).place == 1


def test_all_work_steps_are_counted_at_the_end() -> None:
    session = in_phase(Phase.FINISHED)
    assert (session.place, session.count(Outcome.DONE)) == (6, 6)


def test_trained_names_what_was_done_once_and_in_order() -> None:
    session = walk(fresh(), Move.BEGIN, *[Move.DONE] * 6)
    assert session.trained == ("Walk", "Bug")
    skipped = walk(fresh(), Move.BEGIN, Move.DONE, *[Move.SKIP] * 4, Move.DONE)
    assert skipped.trained == ("Bug",)


def test_a_warm_up_alone_is_not_training() -> None:
    session = walk(fresh(), Move.BEGIN, Move.DONE)
    assert (session.trained_at, session.trained) == (None, ())


def test_trained_at_is_when_the_last_work_step_was_done() -> None:
    session = walk(walk(fresh(), Move.BEGIN, Move.DONE, Move.DONE), Move.SKIP, at=LATER)
    assert session.trained_at == NOW
    assert walk(session, Move.DONE, at=LATER).trained_at == LATER


def test_going_back_takes_back_that_it_was_trained() -> None:
    session = walk(fresh(), Move.BEGIN, Move.DONE, Move.DONE)
    assert (session.trained_at, walk(session, Move.BACK).trained_at) == (NOW, None)


def test_a_session_knows_the_step_that_follows() -> None:
    session = walk(fresh(), Move.BEGIN)
    assert (session.step, session.following) == (WARM_UP, STEPS[1])
    assert walk(session, *[Move.DONE] * LAST).following is None


def test_a_session_knows_the_step_to_explain() -> None:
    session = walk(fresh(), Move.BEGIN)
    assert (session.step, session.work_step) == (WARM_UP, STEPS[1])
    assert walk(session, *[Move.DONE] * 3).work_step == STEPS[3]
    assert in_phase(Phase.FINISHED).work_step is None


def test_a_routine_is_as_long_as_its_work_and_rest_without_the_warm_up() -> None:
    assert length(STEPS) == 6 * (30 + 10)
    assert length((WARM_UP,)) == 0


# Pain, told in full


def exercises(session: Session, start: int = 0) -> list[str | None]:
    return [step.exercise for step in session.steps[start:]]


def test_what_hurts_and_what_loads_the_same_region_come_no_more() -> None:
    hurting = in_phase(Phase.HURTING)
    out = {exercise for exercise in exercises(hurting, hurting.position) if exercise}
    after = leave_out(hurting, out, LATER)
    assert after is not None
    assert (after.phase, after.ended_at) == (Phase.FINISHED, LATER)
    assert {outcome for _, outcome in outcomes(after)[2:]} == {Outcome.HURT}


def test_after_pain_a_session_waits_and_what_is_left_out_is_never_shown_again() -> None:
    hurting = replace(in_phase(Phase.HURTING), timed=True)
    after = leave_out(hurting, (), LATER)
    assert after is not None
    assert after.phase is Phase.PAUSED
    gone = hurting.step.exercise
    assert gone not in exercises(after, after.position)
    assert after.timer is not None
    session = walk(replace(after, timed=False, timer=None), Move.RESUME, Move.BACK)
    assert not session.step.left_out
    assert (
        session.following is None
        or session.following.exercise != gone
        or not (session.following.left_out)
    )


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.HURTING])
def test_only_a_session_that_hurts_is_told_about_pain(phase: Phase) -> None:
    session = in_phase(phase)
    assert leave_out(session, (), LATER) is None
    assert noted(session, LATER) is None


@pytest.mark.parametrize("phase", list(Phase))
def test_steps_are_swapped_while_it_runs_or_is_paused(phase: Phase) -> None:
    session = in_phase(phase)
    new = tuple(replace(one, name="Other") for one in session.steps[session.position :])
    after = swap(session, new, LATER)
    assert (after is not None) == (phase in (Phase.RUNNING, Phase.PAUSED))
    if after is not None:
        assert (after.phase, after.revision) == (phase, session.revision + 1)
        assert after.steps[: after.position] == session.steps[: session.position]
        assert {one.name for one in after.steps[after.position :]} == {"Other"}


def test_what_rests_from_today_on_is_left_out_of_an_open_session() -> None:
    session = in_phase(Phase.RUNNING)
    last = session.steps[-1].exercise
    assert last is not None
    after = spare(session, {last}, LATER)
    assert after is not None
    assert (after.phase, after.revision) == (session.phase, session.revision)
    assert all(s.left_out == (s.exercise == last) for s in after.steps[after.position + 1 :])
    assert spare(session, {"no-such"}, LATER) is None
    assert spare(in_phase(Phase.FINISHED), {last}, LATER) is None
    ready = spare(in_phase(Phase.READY), {last}, LATER)
    assert ready is not None
    assert ready.phase is Phase.STOPPED


DONE, SKIPPED, HURT = Outcome.DONE, Outcome.SKIPPED, Outcome.HURT
LOGS = [
    ([DONE] * 6, {"walk": ExerciseDone(2, whole=True), "bug": ExerciseDone(2, whole=True)}),
    ([DONE] * 5, {"walk": ExerciseDone(2, whole=True), "bug": ExerciseDone(1, whole=False)}),
    ([DONE] * 3, {"walk": ExerciseDone(2, whole=False)}),
    ([SKIPPED] * 3 + [DONE], {"walk": ExerciseDone(1, whole=True)}),
    ([DONE] * 3 + [SKIPPED], {"walk": ExerciseDone(2, whole=False)}),
    ([HURT, *[DONE] * 3], {"walk": ExerciseDone(2, whole=False)}),
    ([SKIPPED] * 6, {}),
    ([], {}),
]


@pytest.mark.parametrize(("outcomes", "expected"), LOGS)
def test_an_exercise_is_done_to_the_end_by_its_last_step_and_without_pain(
    outcomes: list[Outcome], expected: dict[str, ExerciseDone]
) -> None:
    log = tuple(StepLog(place, outcome, NOW) for place, outcome in enumerate(outcomes, 1))
    assert replace(fresh(), log=log).exercises_done == expected


def test_what_is_left_out_because_something_hurts_was_not_done_to_the_end() -> None:
    steps = tuple(replace(one, left_out=one.set_number == 2) for one in STEPS)
    log = tuple(StepLog(place, DONE, NOW) for place in (1, 2))
    assert replace(fresh(), steps=steps, log=log).exercises_done == {
        "walk": ExerciseDone(1, whole=False)
    }
