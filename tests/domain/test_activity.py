"""A session as an activity: what was done and when, without its pauses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.activity import BANDED, UNBANDED, Activity, FitName, activity
from bot.domain.session import (
    Move,
    Outcome,
    Part,
    Pause,
    Phase,
    Session,
    begin,
    leave_out,
    stop,
    tick,
)
from tests.domain.walks import NOW, STEPS, fresh, step, walk

CLAM = FitName("banded_exercises", "clam_shells")
BERLIN = ZoneInfo("Europe/Berlin")


def after(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def made(session: Session, name: FitName | None = CLAM) -> Activity:
    found = activity(session, lambda _exercise, _form: name, BERLIN)
    assert found is not None
    return found


def by_the_clock(session: Session, until: int = 10_000) -> Session:
    """The session, led by the clock from its state on."""
    while session.is_open and session.clock and session.due_at <= after(until):  # type: ignore[operator]
        ticked = tick(session, session.due_at)  # type: ignore[arg-type]
        assert ticked is not None
        session = ticked
    return session


def offsets(start: datetime, end: datetime) -> tuple[int, int]:
    return int((start - NOW).total_seconds()), int((end - NOW).total_seconds())


def test_by_the_clock_each_set_has_the_seconds_that_were_measured() -> None:
    found = made(by_the_clock(walk(fresh(), Move.HANDS_FREE)))
    spans = [offsets(done.span.start, done.span.end) for done in found.sets]
    assert spans[:3] == [(50, 80), (90, 120), (130, 160)]
    assert {done.span.seconds for done in found.sets} == {30}
    assert [offsets(rest.start, rest.end) for rest in found.rests.values()][:2] == [
        (40, 50),
        (80, 90),
    ]
    assert [done.side for done in found.sets] == ["right", "left", "right", "left", None, None]


def test_at_the_runners_own_pace_a_set_has_its_planned_seconds_before_done() -> None:
    session = walk(fresh(), Move.OWN_PACE)
    for seconds in (20, 100, 110, 300):
        session = walk(session, Move.DONE, at=after(seconds))
    found = made(walk(session, Move.STOP, at=after(301)))
    spans = [offsets(done.span.start, done.span.end) for done in found.sets]
    assert spans == [(70, 100), (100, 110), (270, 300)]
    assert {index: rest.seconds for index, rest in found.rests.items()} == {0: 50, 2: 160}


def test_what_was_skipped_or_left_out_is_no_set() -> None:
    session = walk(fresh(), Move.OWN_PACE, Move.DONE)
    session = walk(session, Move.SKIP, at=after(10))
    session = walk(session, Move.DONE, at=after(60))
    session = walk(session, Move.HURT, at=after(70))
    hurt = leave_out(session, ["bug"], after(80))
    assert hurt is not None
    found = made(hurt)
    assert [done.side for done in found.sets] == ["left"]
    assert len(found.sets) == hurt.count(Outcome.DONE)


def test_without_a_set_there_is_no_activity() -> None:
    session = walk(fresh(), Move.OWN_PACE, Move.DONE, Move.SKIP, Move.STOP)
    assert activity(session, lambda _exercise, _form: CLAM, BERLIN) is None
    assert activity(fresh(), lambda _exercise, _form: CLAM, BERLIN) is None


@pytest.mark.parametrize("at", [85, 105])
def test_a_pause_is_left_out_of_the_rest_or_the_set_in_which_it_was(at: int) -> None:
    """The second set goes from 90 to 120."""
    running = by_the_clock(walk(fresh(), Move.HANDS_FREE), until=at)
    paused = walk(running, Move.PAUSE, at=after(at))
    found = made(by_the_clock(walk(paused, Move.RESUME, at=after(at + 600))))
    assert [offsets(*pause) for pause in found.pauses] == [(at, at + 600)]
    second = found.sets[1].span
    starts = 690 if at < 90 else 90
    assert offsets(second.start, second.end) == (starts, 720)
    assert second.seconds == 30
    assert found.rests[1].seconds == 10
    assert found.span.seconds == (found.span.end - found.span.start).total_seconds() - 600


def test_pauses_are_counted_from_the_start_and_end_with_the_next_move() -> None:
    session = walk(fresh(), Move.OWN_PACE)
    session = walk(session, Move.PAUSE, at=after(10))
    session = walk(session, Move.HURT, at=after(20))
    assert session.pauses == (Pause(10),)
    session = walk(session, Move.BACK, at=after(30))
    session = walk(session, Move.STOP, at=after(40))
    assert session.pauses == (Pause(10, 30), Pause(40))
    session = walk(session, Move.RESUME, at=after(90))
    assert session.pauses == (Pause(10, 30), Pause(40, 90))


def test_a_cue_that_nobody_gave_begins_a_pause_when_it_was_due() -> None:
    session = by_the_clock(walk(fresh(), Move.HANDS_FREE), until=60)
    due = session.due_at
    assert due is not None
    paused = tick(session, due + timedelta(hours=1))
    assert paused is not None
    assert paused.pauses == (Pause(int((due - NOW).total_seconds())),)


def test_a_session_that_was_stopped_in_a_pause_ends_with_the_pause() -> None:
    session = walk(fresh(), Move.OWN_PACE, Move.DONE)
    session = walk(session, Move.DONE, at=after(60))
    session = walk(session, Move.PAUSE, at=after(90))
    found = made(walk(session, Move.STOP, at=after(4000)))
    assert offsets(found.span.start, found.span.end) == (0, 90)
    assert found.pauses == ()


def test_a_session_that_was_forgotten_ends_with_its_last_step() -> None:
    session = walk(fresh(), Move.OWN_PACE, Move.DONE)
    session = walk(session, Move.DONE, at=after(60))
    closed = tick(session, after(60 + 6 * 3600))
    assert closed is not None
    assert closed.phase is Phase.STOPPED
    found = made(closed)
    assert offsets(found.span.start, found.span.end) == (0, 60)


def test_laps_are_the_warm_up_and_the_exercises_and_fill_the_session() -> None:
    found = made(by_the_clock(walk(fresh(), Move.HANDS_FREE)))
    assert [(lap.is_warm_up, lap.first_set) for lap in found.laps] == [
        (True, None),
        (False, 0),
        (False, 4),
    ]
    ends = [found.span.start, *(lap.span.end for lap in found.laps)]
    assert ends[:-1] == [lap.span.start for lap in found.laps]
    assert ends[-1] == found.span.end
    assert sum(lap.span.seconds for lap in found.laps) == found.span.seconds


def test_repetitions_are_those_of_both_sides_and_all_directions() -> None:
    plain = replace(step("walk"), count=10, unit="reps")
    steps = (
        plain,
        replace(plain, each_side=True),
        replace(plain, unit="trios", count=4),
        replace(plain, count=0, unit=""),
    )
    session = fresh(tuple(replace(each, set_number=n) for n, each in enumerate(steps)))
    done = walk(session, Move.OWN_PACE, *([Move.DONE] * 4))
    assert [each.repetitions for each in made(done).sets] == [10, 20, 12, None]


def test_getting_ready_for_a_set_is_neither_a_set_nor_a_rest() -> None:
    ramp = replace(step("walk", rest=0), part=Part.RAMP, count=5, unit="reps")
    anchor = step("walk").anchored_at("waist")
    session = walk(fresh((anchor, ramp, step("walk"))), Move.OWN_PACE)
    for seconds in (20, 60, 120):
        session = walk(session, Move.DONE, at=after(seconds))
    found = made(session)
    assert len(found.sets) == 1
    assert offsets(found.rests[0].start, found.rests[0].end) == (60, 90)


@pytest.mark.parametrize(("band", "name"), [("Round both ankles", BANDED), ("", UNBANDED)])
def test_an_exercise_without_a_name_there_has_its_title_and_a_general_one(
    band: str, name: FitName
) -> None:
    session = fresh((replace(STEPS[1], band=band),))
    (done,) = made(walk(session, Move.OWN_PACE, Move.DONE), name=None).sets
    assert (done.exercise, done.title) == (name, "Walk")


def test_the_day_is_the_runners_at_the_start_and_the_offset_theirs_at_the_end() -> None:
    """From 1:59:30 in summer time to 2:00:40, when the clock goes back an hour in Berlin."""
    start = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)
    begun = begin(fresh(STEPS[1:2]), start)
    assert begun is not None
    session = walk(begun, Move.DONE, at=start + timedelta(seconds=70))
    found = made(session)
    assert found.day == date(2026, 10, 25)
    assert found.utc_offset == timedelta(hours=1)
    nowhere = activity(session, lambda _exercise, _form: CLAM, None)
    assert nowhere is not None
    assert nowhere.utc_offset is None


def test_over_midnight_the_day_is_that_of_the_start() -> None:
    start = datetime(2026, 11, 30, 22, 59, 30, tzinfo=UTC)
    begun = begin(fresh(STEPS[1:2]), start)
    assert begun is not None
    found = made(walk(begun, Move.DONE, at=start + timedelta(minutes=2)))
    assert (found.day, found.span.end.astimezone(BERLIN).date()) == (
        date(2026, 11, 30),
        date(2026, 12, 1),
    )


def test_a_clock_that_was_set_back_gives_no_negative_times() -> None:
    session = walk(fresh(), Move.OWN_PACE, Move.DONE, at=after(100))
    session = walk(session, Move.DONE, at=after(50))
    stopped = stop(session, after(40))
    assert stopped is not None
    found = made(stopped)
    spans = [found.span, *(done.span for done in found.sets), *(lap.span for lap in found.laps)]
    assert all(span.start <= span.end and span.seconds >= 0 for span in spans)
