"""Sessions that a runner follows as a track: one audio file, with the screen off.

The coach can't see how far the runner has come. It asks once, some minutes after the end of the
track; an answer counts at any time, even after the session was closed as not done.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.frozen import frozen
from bot.domain.session import Outcome, Pause, Phase, Session, Step, done_by_the_track, step_ends

FASTEST = 2  # times as fast as a track is made to be played


@frozen
class Stretch:
    """The steps of an exercise that follow one another; `first` and `last` are their indexes.

    `number` is the number of the round or, if there is only one exercise, of the set; 0: these are
    all sets of the exercise. `exercise` is None for the warm-up.
    """

    first: int
    last: int
    exercise: str | None
    number: int = 0


def stretches(steps: tuple[Step, ...]) -> tuple[Stretch, ...]:
    """Return the steps by exercise, in the order of the track."""
    return tuple(_stretches(steps))


def _stretches(steps: tuple[Step, ...]) -> Iterator[Stretch]:
    is_one = len({step.exercise for step in steps if step.exercise}) == 1

    def key(place: int) -> tuple[str | None, int]:
        step = steps[place]
        numbered = step.exercise and (step.in_rounds or is_one)
        return step.exercise, step.set_number if numbered else 0

    for (exercise, number), places in groupby(range(len(steps)), key):
        indexes = list(places)
        yield Stretch(indexes[0], indexes[-1], exercise, number)


def listen(session: Session, seconds: int, now: datetime) -> Session | None:
    """Begin the session as a track that lasts `seconds`."""
    if session.phase is not Phase.READY:
        return None
    return replace(
        session,
        phase=Phase.LISTENING,
        revision=session.revision + 1,
        started_at=now,
        touched_at=now,
        timed=True,
        nudged=False,
        track_seconds=seconds,
    )


def not_sent(ready: Session, listening: Session) -> Session:
    """Return the session to what it was before its track, which could not be sent."""
    return replace(ready, revision=listening.revision + 1)


def may_answer(session: Session) -> bool:
    """Return whether the runner may still say how much of the track was done.

    What was reported to hurt is not overwritten.
    """
    if session.phase is Phase.LISTENING:
        return True
    hurt = any(entry.outcome is Outcome.HURT for entry in session.log)
    return session.phase is Phase.STOPPED and session.track_seconds is not None and not hurt


def may_be_over(session: Session, now: datetime) -> bool:
    """Return whether the track may have come to its end, if it was played at its fastest."""
    if session.started_at is None:
        return True
    return FASTEST * (now - session.started_at).total_seconds() >= (session.track_seconds or 0)


def heard(session: Session, steps: int, now: datetime) -> Session | None:
    """Log the first `steps` of the session as done, and end it.

    However late the answer is, the session ends when the last of those steps ended on the track.
    Return None if the answer changes nothing.
    """
    if not may_answer(session) or not 0 <= steps <= len(session.steps):
        return None
    if not session.is_open and len(session.log) == steps:
        return None
    assert session.started_at is not None
    is_whole = steps == len(session.steps)
    seconds = session.track_seconds or 0
    if 0 < steps < len(session.steps):
        seconds = min(step_ends(session.steps)[steps - 1], seconds)
    ended_at = min(session.started_at + timedelta(seconds=seconds), now)
    stands_from = int(max(timedelta(0), ended_at - session.started_at).total_seconds())
    return replace(
        session,
        phase=Phase.FINISHED if is_whole else Phase.STOPPED,
        position=steps,
        revision=session.revision + 1,
        log=done_by_the_track(session, steps, now),
        ended_at=ended_at,
        pauses=() if is_whole else (Pause(stands_from),),
        touched_at=now,
        rating=None,
    )


def hurt_at(session: Session, step: int, now: datetime) -> Session | None:
    """Correct the step of a track at which something hurts; those before it count as done."""
    if session.phase is not Phase.HURTING or session.track_seconds is None:
        return None
    if not 0 <= step < len(session.steps):
        return None
    return replace(
        session,
        position=step,
        revision=session.revision + 1,
        log=done_by_the_track(session, step, now),
        touched_at=now,
    )
