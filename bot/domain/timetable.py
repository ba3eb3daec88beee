"""The timetable of a session that is led by the clock from its beginning to its end.

It is computed with the moves of a hands-free session, and so always agrees with them.
"""

from datetime import UTC, datetime, timedelta

from bot.domain.frozen import frozen
from bot.domain.session import Phase, Session, Step, done, hands_free, tick
from bot.domain.timer import ANCHOR, Stage

_START = datetime(2000, 1, 1, tzinfo=UTC)


@frozen
class Interval:
    """An interval of a timetable, in seconds from its start.

    `step` is the index of the step that is done in it, or in a lead-in or a rest that of the step
    after it. `rested`: in a rest, the index of the step before it.
    """

    stage: Stage
    step: int
    starts_at: int
    ends_at: int
    rested: int | None = None

    @property
    def seconds(self) -> int:
        return self.ends_at - self.starts_at


def timetable(steps: tuple[Step, ...]) -> tuple[Interval, ...]:
    """Return the intervals in order, without gaps.

    Where the clock would wait for the anchor, the lead-in of that step takes ANCHOR seconds.
    """
    before = Session(0, 0, "", "", steps)
    session = hands_free(before, _START) if steps else None
    now, rested, result = _START, None, []
    while session is not None and session.phase is Phase.RUNNING:
        clock = session.clock
        due = clock.deadline_at if clock else now + timedelta(seconds=ANCHOR)
        assert due is not None
        stage = clock.stage if clock else Stage.LEAD
        before = session
        result.append(
            Interval(
                stage,
                session.position,
                _seconds(now),
                _seconds(due),
                rested if stage is Stage.REST else None,
            )
        )
        rested = session.position if stage is Stage.WORK else None
        session = tick(session, due) if clock else done(session, due)
        now = due
    return tuple(result)


def _seconds(moment: datetime) -> int:
    return int((moment - _START).total_seconds())
