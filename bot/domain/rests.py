"""How regions rest after pain and are trained again (docs/training-rules.md, Soreness and pain).

Rests are computed from reports and answers in their order; the date alone never ends one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.frozen import frozen
from bot.domain.pain import DULL, LOCKING, MODERATE, STRONG, PainKind
from bot.domain.regions import LEGS, Region, Side, narrowed

AGAIN = timedelta(days=14)  # pain in a region counts as repeated within this time
MOST_STRONG, MOST_MODERATE = 1, 2  # reports within this time that do not yet lock the region
MORE = timedelta(days=2)  # how long the rest goes on if nothing has changed
MOST_SAME = 2  # answers that nothing has changed; one more locks the region
STRONGEST = 8  # the lowest score that rules out any session
VERY_SORE = 7
DAY = timedelta(days=1)


class Level(StrEnum):
    """How much a region rests, the least first; compare with `reaches`."""

    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"
    LOCK = "lock"

    def reaches(self, other: "Level") -> bool:
        """Return whether this level is as high as the other, or higher."""
        return _ORDER[self] >= _ORDER[other]


_ORDER = {level: rank for rank, level in enumerate(Level)}
MINIMUM: Mapping[Level, timedelta] = MappingProxyType(
    {
        Level.MILD: timedelta(days=1),
        Level.MODERATE: timedelta(days=2),
        Level.STRONG: timedelta(days=7),
    }
)


class Stage(StrEnum):
    """How far a region has come back.

    LIGHT: the first session back, with light work only. STEPPED: the second session back, with all
    work, two steps down and one set.
    """

    RESTING = "resting"
    LIGHT = "light"
    STEPPED = "stepped"


class Answer(StrEnum):
    """What a runner says about a resting region; TRAINED and ENDED are stored by the coach.

    READY and NOT_YET answer the gate: walking, stairs and standing on it 0 or 1 of 10, no pain at
    night, no swelling. AGREED: a clinician agreed. TRAINED: a session was done on the way back.
    ENDED: the rest ended under older rules. HEARD: a warning sign was read in the runner's words,
    which may be a misreading. SIGN: the runner has it.
    """

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"
    READY = "ready"
    NOT_YET = "not-yet"
    AGREED = "agreed"
    TRAINED = "trained"
    ENDED = "ended"
    HEARD = "heard"
    SIGN = "sign"


SIGNS = frozenset({Answer.HEARD, Answer.SIGN})


@frozen
class Report:
    """A stored report of pain; `day` is the runner's local date."""

    region: Region
    kind: PainKind
    score: int
    day: date
    side: Side | None = None


@frozen
class Answered:
    """A stored answer about a region on a local date."""

    region: Region
    answer: Answer
    day: date


Event = Report | Answered


@frozen
class Rest:
    """What a region may not do, and until when.

    `light_allowed`: one set of light work in the easier form, without a band, is allowed. `since`:
    the local date on which it reached its level. `ask_on`: the local date of the coach's next
    question; after that date, it is asked before the next session. None: only a clinician or a
    session can change anything. `earliest`: the first date on which it may end. `is_gate`: the next
    question is the gate. A region at STEPPED has the level MILD: nothing is left out.
    """

    region: Region
    level: Level
    light_allowed: bool
    since: date
    ask_on: date | None
    earliest: date
    stage: Stage = Stage.RESTING
    is_gate: bool = False

    @property
    def locked(self) -> bool:
        """Whether it waits for a clinician."""
        return self.level is Level.LOCK

    @property
    def rests(self) -> bool:
        """Whether exercises are left out for it."""
        return self.level.reaches(Level.MODERATE)

    def is_asked(self, today: date) -> bool:
        """Return whether to ask the runner about it today; a locked region is asked about once."""
        if self.ask_on is None or (self.locked and self.ask_on < today):
            return False
        return self.ask_on <= today

    def has_gate(self, today: date) -> bool:
        """Return whether the gate may be asked and answered today."""
        return self.is_gate and self.is_asked(today)


def level(kind: PainKind, score: int) -> Level | None:
    """Return how much a region rests after this pain, without earlier pain; None: not at all."""
    if score == 0:
        return None
    return Level.LOCK if kind in LOCKING else _strength(kind, score)


def _strength(kind: PainKind, score: int) -> Level:
    if score >= STRONG:
        return Level.STRONG
    return Level.MODERATE if score >= MODERATE or kind not in DULL else Level.MILD


@frozen
class _Course:
    """The pain of one region up to some report or answer.

    `level` is how much it rests, apart from a lock; None: not at all. `sharp`: light work is ruled
    out, too. `is_better`: the runner said so; the gate is asked next. `sames` counts the days
    without a change. `history` has the strongest pain of each day.
    """

    level: Level | None = None
    locked: bool = False
    sharp: bool = False
    since: date = date.min
    earliest: date = date.min
    ask_on: date | None = None
    stage: Stage = Stage.RESTING
    is_better: bool = False
    sames: frozenset[date] = frozenset()
    history: tuple[tuple[date, Level], ...] = ()


def rests(events: Iterable[Event]) -> tuple[Rest, ...]:
    """Return the rests that result from a runner's reports and answers, in order."""
    courses: dict[Region, _Course] = {}
    for event in events:
        for region in narrowed(event.region):
            before = courses.get(region, _Course())
            courses[region] = (
                _reported(before, event) if isinstance(event, Report) else _answered(before, event)
            )
    return tuple(
        _rest(region, courses[region])
        for region in Region
        if region in courses and courses[region].level
    )


def _rest(region: Region, course: _Course) -> Rest:
    assert course.level is not None
    level = Level.LOCK if course.locked else course.level
    return Rest(
        region,
        level,
        light_allowed=level is Level.MODERATE and not course.sharp,
        since=course.since,
        ask_on=course.ask_on,
        earliest=course.earliest,
        stage=course.stage,
        is_gate=course.is_better,
    )


def _reported(course: _Course, report: Report) -> _Course:
    if report.score == 0:
        return course
    reported = _strength(report.kind, report.score)
    returning = course.stage is not Stage.RESTING
    if reported is Level.MILD and report.kind not in LOCKING and returning:
        return replace(course, ask_on=report.day + DAY)
    if returning and report.score >= MODERATE:
        reported = Level.STRONG
    history = _with_day(course.history, report.day, reported)
    locked = report.kind in LOCKING or (
        reported is not Level.MILD and _is_repeated(history, report.day)
    )
    rises = course.level is None or reported.reaches(course.level) or (locked and not course.locked)
    return _Course(
        level=reported if course.level is None else _higher(reported, course.level),
        locked=course.locked or locked,
        sharp=(course.sharp and not returning)
        or (report.kind not in DULL and reported is not Level.MILD),
        since=report.day if rises else course.since,
        earliest=max(course.earliest, report.day + MINIMUM[reported]),
        ask_on=report.day + DAY,
        sames=course.sames,
        history=history,
    )


def _higher(one: Level, other: Level) -> Level:
    return one if one.reaches(other) else other


def _with_day(
    history: tuple[tuple[date, Level], ...], day: date, reported: Level
) -> tuple[tuple[date, Level], ...]:
    days = dict(history)
    days[day] = _higher(reported, days.get(day, reported))
    return tuple(sorted(days.items()))


def _is_repeated(history: tuple[tuple[date, Level], ...], day: date) -> bool:
    """Return whether the pain of `day` is the second strong or the third moderate within AGAIN."""
    lately = [each for on, each in history if timedelta(0) <= day - on <= AGAIN]
    strong = sum(each is Level.STRONG for each in lately)
    moderate = sum(each.reaches(Level.MODERATE) for each in lately)
    is_strong = dict(history)[day] is Level.STRONG
    return (is_strong and strong > MOST_STRONG) or moderate > MOST_MODERATE


def _answered(course: _Course, answered: Answered) -> _Course:
    if course.level is None and answered.answer not in SIGNS:
        return course
    return ANSWERS[answered.answer](course, answered.day)


def _worse(course: _Course, day: date) -> _Course:
    """Raise the level to STRONG from this day on; the last reported pain counts as strong."""
    returned = course.stage is not Stage.RESTING or not course.history
    on = day if returned else course.history[-1][0]
    history = _with_day(course.history, on, Level.STRONG)
    locked = course.locked or _is_repeated(history, on)
    earliest = max(course.earliest, day + MINIMUM[Level.STRONG])
    return replace(
        course,
        level=Level.STRONG,
        locked=locked,
        since=day,
        earliest=earliest,
        ask_on=None if locked else earliest,
        stage=Stage.RESTING,
        is_better=False,
        history=history,
    )


def _not_worse(course: _Course) -> _Course | None:
    """Return the course if not being worse settles the question; None: it does not."""
    if course.locked:
        return replace(course, ask_on=None)
    if course.stage is Stage.LIGHT and course.ask_on is not None:
        return replace(course, level=Level.MILD, stage=Stage.STEPPED, ask_on=None)
    if course.stage is not Stage.RESTING:
        return replace(course, ask_on=None)
    return _ended(course) if course.level is Level.MILD else None


def _same(course: _Course, day: date) -> _Course:
    return _not_worse(course) or _unchanged(course, day)


def _unchanged(course: _Course, day: date) -> _Course:
    """Extend the rest by MORE; after MOST_SAME such answers, lock the region."""
    sames = course.sames | {day}
    if len(sames) > MOST_SAME:
        return replace(
            course, locked=True, since=day, ask_on=None, is_better=False, sames=frozenset()
        )
    earliest = max(course.earliest, day + MORE)
    return replace(course, earliest=earliest, ask_on=earliest, is_better=False, sames=sames)


def _better(course: _Course, day: date) -> _Course:
    """Ask the gate after the shortest rest; a question without an answer counts as “same”."""
    ended = _not_worse(course)
    if ended is not None:
        return ended
    earliest = course.earliest
    if course.sharp and course.ask_on is not None and course.ask_on < day and not course.is_better:
        earliest = max(earliest, course.ask_on + MORE)
    return replace(course, earliest=earliest, ask_on=max(earliest, day), is_better=True)


def _has_gate(course: _Course, day: date) -> bool:
    return course.is_better and not course.locked and course.earliest <= day


def _ready(course: _Course, day: date) -> _Course:
    if not _has_gate(course, day):
        return course
    return replace(
        course,
        level=Level.MODERATE,
        sharp=False,
        since=day,
        ask_on=None,
        stage=Stage.LIGHT,
        is_better=False,
        sames=frozenset(),
    )


def _not_yet(course: _Course, day: date) -> _Course:
    return _unchanged(course, day) if _has_gate(course, day) else course


def _agreed(course: _Course, day: date) -> _Course:
    """Lift the lock; the region rests until its earliest date."""
    if not course.locked:
        return course
    return replace(
        course, locked=False, ask_on=max(day, course.earliest), is_better=False, sames=frozenset()
    )


def _warned(course: _Course, day: date) -> _Course:
    """Lock the region for a warning sign, until a clinician has agreed."""
    known = course.level or Level.MODERATE
    return replace(
        course,
        level=_higher(known, Level.MODERATE),
        locked=True,
        sharp=True,
        since=course.since if course.locked else day,
        earliest=max(course.earliest, day + MINIMUM[Level.MODERATE]),
        ask_on=None,
        stage=Stage.RESTING,
        is_better=False,
    )


def _trained(course: _Course, day: date) -> _Course:
    if course.stage is Stage.LIGHT:
        return replace(course, ask_on=course.ask_on or day + DAY)
    if course.stage is Stage.STEPPED and course.ask_on is None:
        return _ended(course)
    return course


def _ended(course: _Course) -> _Course:
    return _Course(history=course.history)


ANSWERS: Mapping[Answer, Callable[[_Course, date], _Course]] = MappingProxyType(
    {
        Answer.WORSE: _worse,
        Answer.SAME: _same,
        Answer.BETTER: _better,
        Answer.READY: _ready,
        Answer.NOT_YET: _not_yet,
        Answer.AGREED: _agreed,
        Answer.TRAINED: _trained,
        Answer.ENDED: lambda course, _: _ended(course),
        Answer.HEARD: _warned,
        Answer.SIGN: _warned,
    }
)


class NoSession(StrEnum):
    """Why there is no session today."""

    STRONGEST = "strongest"
    PAIN_TODAY = "pain-today"
    VERY_SORE = "very-sore"
    UNKNOWN_PLACE = "unknown-place"
    TWO_REGIONS = "two-regions"


def no_session(resting: Iterable[Rest], pain: int, soreness: int, today: date) -> NoSession | None:
    """Return why there is no session today, even if enough regions are well; None: there is one.

    `pain` and `soreness` are the highest scores reported today.
    """
    quiet = [rest for rest in resting if rest.rests]
    if max(pain, soreness) >= STRONGEST:
        return NoSession.STRONGEST
    if any(rest.since == today and rest.level.reaches(Level.STRONG) for rest in quiet):
        return NoSession.PAIN_TODAY
    if soreness >= VERY_SORE:
        return NoSession.VERY_SORE
    regions = {rest.region for rest in quiet if rest.stage is Stage.RESTING}
    if Region.ELSEWHERE in regions:
        return NoSession.UNKNOWN_PLACE
    legs = len(regions & LEGS)
    if legs > 1 or (legs and Region.LOW_BACK in regions):
        return NoSession.TWO_REGIONS
    return None
