"""A session as an activity for watches and training diaries: its sets, rests, laps and pauses.

Moments are UTC in whole seconds, as activity files store them.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate, groupby, pairwise

from bot.domain.frozen import frozen
from bot.domain.prescription import DIRECTIONS, Unit
from bot.domain.session import LONGEST_GAP, Outcome, Session, Step, StepLog

SECOND = timedelta(seconds=1)


@frozen
class FitName:
    """A category of exercises in the FIT profile, and a name in it; None: no name is right."""

    category: str
    name: str | None = None


BANDED = FitName("banded_exercises")
UNBANDED = FitName("total_body")


@frozen
class Span:
    """An interval from `start` to `end`; `seconds` is its length without pauses."""

    start: datetime
    end: datetime
    seconds: int


@frozen
class ActiveSet:
    """A set that was done, or one side of it.

    `repetitions`: the number that was asked for; None: the set is measured in seconds.
    """

    span: Span
    exercise: FitName
    title: str
    side: str | None
    repetitions: int | None


@frozen
class Lap:
    """The time of an exercise, with its rests; `first_set`: the index of its first set, if any."""

    span: Span
    is_warm_up: bool
    first_set: int | None


@frozen
class Activity:
    """What was done in a session.

    `rests` maps the index of a set to the rest before it, which begins after the previous set or
    the warm-up. `day` is the runner's local date at the start, `utc_offset` the offset of their
    clock at the end; None: not known.
    """

    session: int
    routine: str
    span: Span
    day: date
    utc_offset: timedelta | None
    pauses: tuple[tuple[datetime, datetime], ...]
    sets: tuple[ActiveSet, ...]
    rests: dict[int, Span]
    laps: tuple[Lap, ...]


def activity(
    session: Session, name_of: Callable[[str, str], FitName | None], zone: tzinfo | None
) -> Activity | None:
    """Return what was done in a finished session; None if nothing was done.

    `name_of` returns the name of an exercise in a form. Without a `zone`, the date is the UTC date.
    """
    if session.started_at is None or session.ended_at is None:
        return None
    clock = _Clock(session)
    works = list(_works(session, clock))
    if not any(session.steps[entry.step].is_work for entry, _ in works):
        return None
    sets: list[ActiveSet] = []
    rests: dict[int, Span] = {}
    free_from = clock.start
    for entry, span in works:
        step = session.steps[entry.step]
        if step.is_work:
            if span.start > free_from:
                rests[len(sets)] = clock.span(free_from, span.start)
            sets.append(_set(step, span, name_of))
        free_from = span.end
    return Activity(
        session=session.id,
        routine=session.routine_name,
        span=clock.span(clock.start, clock.end),
        day=clock.start.astimezone(zone or UTC).date(),
        utc_offset=None if zone is None else clock.end.astimezone(zone).utcoffset(),
        pauses=clock.pauses,
        sets=tuple(sets),
        rests=rests,
        laps=tuple(_laps(session, clock)),
    )


class _Clock:
    """The times of a session in whole seconds, with its pauses."""

    def __init__(self, session: Session) -> None:
        assert session.started_at is not None
        self.start = _whole(session.started_at)
        logged = accumulate((_whole(entry.at) for entry in session.log), max, initial=self.start)
        before, *after = logged
        self.logged = dict(zip((entry.step for entry in session.log), after, strict=True))
        self.end = self._last(session, after[-1] if after else before)
        pauses = (
            (self.start + pause.start * SECOND, self.start + pause.end * SECOND)
            for pause in session.pauses
            if pause.end is not None
        )
        self.pauses = tuple((start, end) for start, end in pauses if start < end <= self.end)

    def _last(self, session: Session, logged: datetime) -> datetime:
        """Return the end, which is earlier if the session was forgotten or stopped in a pause."""
        assert session.ended_at is not None
        end = _whole(session.ended_at)
        if session.pauses and session.pauses[-1].end is None:
            end = min(end, self.start + session.pauses[-1].start * SECOND)
        return max(end, logged) if end - logged <= LONGEST_GAP else logged

    def span(self, start: datetime, end: datetime) -> Span:
        paused = (
            max(timedelta(0), min(end, over) - max(start, begun)) for begun, over in self.pauses
        )
        return Span(start, end, (end - start - sum(paused, timedelta(0))) // SECOND)

    def before(self, end: datetime, seconds: int, earliest: datetime) -> Span:
        """Return the span of `seconds` before `end`, without pauses and not before `earliest`."""
        start = end - seconds * SECOND
        for begun, over in reversed(self.pauses):
            if start < over and begun < end:
                start -= over - begun
        return self.span(max(start, earliest), end)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _works(session: Session, clock: _Clock) -> Iterator[tuple[StepLog, Span]]:
    """Yield the steps with an exercise that were done, with the time of their work.

    At the runner's own pace only the end of a step is recorded. The step is assumed to have lasted
    as long as planned, or as long as there was time.
    """
    earliest = clock.start
    for entry in session.log:
        step, at = session.steps[entry.step], clock.logged[entry.step]
        if entry.outcome is Outcome.DONE and step.is_timed:
            seconds = step.work if entry.seconds is None else entry.seconds
            yield entry, clock.before(at, seconds, earliest)
        earliest = at


def _set(step: Step, span: Span, name_of: Callable[[str, str], FitName | None]) -> ActiveSet:
    assert step.exercise is not None
    name = name_of(step.exercise, step.form) or (BANDED if step.band else UNBANDED)
    each = (DIRECTIONS if step.unit == Unit.TRIOS else 1) * (2 if step.each_side else 1)
    return ActiveSet(span, name, step.name, step.side, step.count * each or None)


def _laps(session: Session, clock: _Clock) -> Iterator[Lap]:
    """Yield a lap for the warm-up and for each exercise; together they are the whole session."""
    steps = session.steps
    timed = (entry for entry in session.log if steps[entry.step].is_timed)
    done = (entry for entry in timed if entry.outcome is Outcome.DONE)
    by_exercise = groupby(done, key=lambda entry: steps[entry.step].exercise)
    groups = [list(group) for _, group in by_exercise]
    ends = [clock.start, *(clock.logged[group[-1].step] for group in groups[:-1]), clock.end]
    sets = 0
    for group, (start, end) in zip(groups, pairwise(ends), strict=True):
        work = sum(steps[entry.step].is_work for entry in group)
        is_warm_up = steps[group[0].step].is_warm_up
        yield Lap(clock.span(start, end), is_warm_up, sets if work else None)
        sets += work
