"""The choice of the next routine (docs/training-rules.md, Routines)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen
from bot.domain.load import Loading
from bot.domain.prescription import SeasonPhase
from bot.domain.schedule import week_of
from bot.domain.session import ExerciseDone, Rating, Step
from bot.domain.standing import Standing
from bot.domain.wish import is_light, wish_of

NEWCOMER = "first-two-weeks"
STANDARD = "marathon-five"
TAPERING = "taper-week"  # one easy set of each
TRUNK = "core-and-upper-back"  # without its calf raises, it does not load the legs
HEAVY = "build-strength"
HEAVY_REPLACES = "hips-and-glutes"
ROTATION = ("hips-and-glutes", "core-and-upper-back", "mini-band-whole-body")
START_OVER = timedelta(days=56)
REMEMBERED = timedelta(days=70)  # START_OVER, the days away that are not a gap, and a margin

NEWCOMER_DAYS = 14
NEWCOMER_SESSIONS = 4
HEAVY_DAYS = 28
HEAVY_SESSIONS = 8
HEAVY_FROM_AGE = 16
EASY_IN: Mapping[SeasonPhase, str] = MappingProxyType(
    {
        SeasonPhase.TAPER: TAPERING,
        SeasonPhase.RACE_WEEK: TAPERING,
        SeasonPhase.RECOVERY: NEWCOMER,
    }
)
HEAVY_PHASES = frozenset({SeasonPhase.BASE, SeasonPhase.BUILD})
HEAVY_ONCE_A_WEEK = timedelta(weeks=3)  # from its first session on; later twice a week


@frozen
class FinishedSession:
    """A finished session: its routine, its rating if there is one, and when it ended (UTC).

    `loads`: at least half of the steps were done.
    """

    routine: str
    rating: Rating | None
    at: datetime
    loads: bool = True

    @property
    def went_well(self) -> bool:
        return self.rating in (Rating.EASY, Rating.RIGHT)

    @property
    def is_made(self) -> bool:
        """Whether it was made for a wish, rather than of a routine."""
        return wish_of(self.routine) is not None

    @property
    def is_light(self) -> bool:
        """Whether it was of the light routine, or made for the same purpose."""
        return is_light(self.routine)

    def day(self, zone: str) -> date:
        return self.at.astimezone(ZoneInfo(zone)).date()


@frozen
class Circumstances:
    """What the choice depends on besides the history.

    `fitting` are those of ROTATION that the runner's kit allows without a swap and that suit the
    phase; `standard_suits`: the standard routine suits it. `owns_long`: a long loop or a long band
    is owned. `rests`: a region rests. `age` is in years; None: not known.
    """

    now: datetime
    zone: str = "UTC"
    fitting: Collection[str] = ()
    standard_suits: bool = True
    owns_long: bool = False
    rests: bool = False
    phase: SeasonPhase = SeasonPhase.BASE
    age: int | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()


class Why(StrEnum):
    """Why a routine is suggested. SPARES: something rests, which it leaves alone."""

    FIRST = "first"
    NEWCOMER = "newcomer"
    RETURN = "return"
    STANDARD = "standard"
    TURN = "turn"
    HEAVY = "heavy"
    SPARES = "spares"


@frozen
class Today:
    """The suggested routine with its steps, and why; `loading`: the cap that it is over, if any.

    `standing`: where the runner stands today.
    """

    routine: str
    steps: tuple[Step, ...]
    loading: Loading
    why: Why
    standing: Standing


def why(history: Sequence[FinishedSession], routine: str, now: datetime) -> Why:
    """Return why this routine is next; `history` is as for suggest()."""
    if not history:
        return Why.FIRST
    if routine == NEWCOMER:
        return Why.NEWCOMER if _since_return(history, now) else Why.RETURN
    return {STANDARD: Why.STANDARD, HEAVY: Why.HEAVY}.get(routine, Why.TURN)


def suggest(history: Sequence[FinishedSession], circumstances: Circumstances) -> str:
    """Return the id of the next routine; `history` holds all finished sessions, newest first.

    A newcomer does the first two weeks' routine until `_leads_on`. From then on the standard
    routine takes turns with the others; the one done longest ago is next. After eight weeks without
    a session, a runner is a newcomer again.
    """
    history = [past for past in _since_return(history, circumstances.now) if not past.is_light]
    if all(past.routine == NEWCOMER or past.is_made for past in history):
        return STANDARD if _leads_on(history, circumstances) else NEWCOMER
    history = [past for past in history if not past.is_made]
    if circumstances.phase in EASY_IN:
        return EASY_IN[circumstances.phase]
    others = _others(history, circumstances)
    if not others or (circumstances.standard_suits and history[0].routine != STANDARD):
        return STANDARD
    done = [past.routine for past in history]
    return max(others, key=lambda routine: done.index(routine) if routine in done else len(done))


def _leads_on(history: Sequence[FinishedSession], circumstances: Circumstances) -> bool:
    """Return whether the first two weeks are over.

    They last two weeks, and four sessions of which the last two were rated and neither was hard.
    While a region rests, they go on.
    """
    if len(history) < NEWCOMER_SESSIONS or circumstances.rests:
        return False
    days = (circumstances.today - history[-1].day(circumstances.zone)).days
    return days >= NEWCOMER_DAYS and all(past.went_well for past in history[:2])


def _others(history: Sequence[FinishedSession], circumstances: Circumstances) -> Sequence[str]:
    """Return the routines that take turns with the standard one."""
    heavy = _may_be_heavy(history, circumstances)
    return [
        HEAVY if heavy and routine == HEAVY_REPLACES else routine
        for routine in ROTATION
        if routine in circumstances.fitting or (heavy and routine == HEAVY_REPLACES)
    ]


def _may_be_heavy(history: Sequence[FinishedSession], circumstances: Circumstances) -> bool:
    """Return whether the heavy routine may be next: after four weeks and eight sessions.

    It comes at most once a week for three weeks, and then twice.
    """
    today, zone = circumstances.today, circumstances.zone
    days = [past.day(zone) for past in history if past.routine == HEAVY]
    monday, _ = week_of(today)
    is_new = not days or today - min(days) < HEAVY_ONCE_A_WEEK
    return (
        circumstances.owns_long
        and not circumstances.rests
        and circumstances.phase in HEAVY_PHASES
        and (circumstances.age is None or circumstances.age >= HEAVY_FROM_AGE)
        and (today - history[-1].day(zone)).days >= HEAVY_DAYS
        and sum(past.loads for past in history) >= HEAVY_SESSIONS
        and sum(day >= monday for day in days) < (1 if is_new else 2)
    )


def _since_return(history: Sequence[FinishedSession], now: datetime) -> Sequence[FinishedSession]:
    """Return the sessions after the last gap of START_OVER."""
    later = now
    for place, past in enumerate(history):
        if later - past.at >= START_OVER:
            return history[:place]
        later = past.at
    return history


@frozen
class TrainedSession:
    """A session in which something was done, reduced to what later sessions depend on.

    `begun` is its start and `at` the end of the last step done, in UTC. `sets` is 0 for an old
    session whose sets were not counted. `loads`: at least half of the steps were done. `past` is
    set for a finished session. `exercises` is empty for a session of more than REMEMBERED ago.
    """

    id: int
    routine: str
    begun: datetime
    at: datetime
    sets: int
    loads: bool
    past: FinishedSession | None
    exercises: Mapping[str, ExerciseDone] = field(default_factory=dict)
