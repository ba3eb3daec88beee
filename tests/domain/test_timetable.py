"""The timetable of a session is that of the hands-free clock."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.session import Phase, Step, done, hands_free, length, tick
from bot.domain.timer import GET_READY, Stage
from bot.domain.timetable import ANCHOR, timetable
from tests.domain.walks import LAST, NOW, STEPS, fresh, step


def by_the_clock(steps: tuple[Step, ...]) -> list[tuple[Stage, int, int]]:
    """What a session does by itself, looked at every second: each interval's step and start."""
    session, now = hands_free(fresh(steps), NOW), NOW
    seen = []
    while session is not None and session.phase is Phase.RUNNING:
        stage = session.clock.stage if session.clock else Stage.LEAD
        seen.append((stage, session.position, int((now - NOW).total_seconds())))
        if session.clock is None:
            now += timedelta(seconds=ANCHOR)
            session = done(session, now)
            continue
        while (after := tick(session, now)) is None:
            now += timedelta(seconds=1)
        session = after
    return seen


def test_its_intervals_are_those_of_the_clock() -> None:
    made = [(it.stage, it.step, it.starts_at) for it in timetable(STEPS)]
    assert made == by_the_clock(STEPS)


def test_it_has_no_gaps_and_ends_with_the_last_step() -> None:
    intervals = timetable(STEPS)
    assert [it.ends_at for it in intervals[:-1]] == [it.starts_at for it in intervals[1:]]
    last = STEPS[LAST].rest
    assert intervals[-1].ends_at == 2 * GET_READY + length(STEPS, warm_up=True) - last


def test_the_anchor_takes_its_time() -> None:
    anchored = (step("row").anchored_at("chest"), *STEPS[:3], step("row").anchored_at("ankle"))
    steps = (*anchored, step("row"))
    intervals = timetable(steps)
    assert [(it.stage, it.step, it.starts_at) for it in intervals] == by_the_clock(steps)
    fixing = [it for it in intervals if not steps[it.step].is_timed]
    assert [(it.step, it.seconds) for it in fixing] == [(0, ANCHOR), (4, ANCHOR)]


def test_a_step_that_is_left_out_takes_no_time() -> None:
    steps = (*STEPS[:2], replace(STEPS[2], left_out=True), *STEPS[3:])
    assert 2 not in {it.step for it in timetable(steps)}


def test_a_rest_knows_the_step_before_it() -> None:
    rests = [(it.rested, it.step) for it in timetable(STEPS) if it.stage is Stage.REST]
    assert rests == [(place, place + 1) for place in range(LAST)]


def test_a_session_without_steps_has_none() -> None:
    assert timetable(()) == ()
