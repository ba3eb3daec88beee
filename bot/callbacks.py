"""The taps on buttons, and their wire form in the 64 bytes of callback data."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from enum import Enum, StrEnum
from typing import (
    Annotated,
    Any,
    ClassVar,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
    get_type_hints,
)

from bot.domain import pain
from bot.domain.feedback import Skip
from bot.domain.first_questions import Choice, Topic
from bot.domain.frozen import frozen
from bot.domain.intents import Intent
from bot.domain.kit import Band, KitKind, Level
from bot.domain.pain_talk import Ask
from bot.domain.race import Distance, Rank
from bot.domain.regions import Region, Side
from bot.domain.reminder import ReminderAnswer, Suiting
from bot.domain.run_plan import PlanAnswer
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Schedule, TrainingDay, Weekday
from bot.domain.screening import Condition, Detail
from bot.domain.session import Move, Rating
from bot.domain.week import RunKind

LIMIT = 64  # bytes of callback data that Telegram carries
# For ids of chats, and questions numbered by the time since 1970; both exceed ids of rows.
BigInt = Annotated[int, "bigint"]
LARGEST: Mapping[Any, int] = {int: 2**31 - 1, BigInt: 10**18 - 1}  # within PostgreSQL's types


class Tap:
    """A tap on a button; each kind is a subclass registered by `button`."""

    __slots__ = ()

    wire_key: ClassVar[str]
    wire_fields: ClassVar[tuple[str, ...]]
    wire_types: ClassVar[tuple[Any, ...]]


AnyTap = TypeVar("AnyTap", bound=Tap)

BUTTONS: dict[str, type[Tap]] = {}


@dataclass_transform(frozen_default=True)
def button(key: str) -> Callable[[type[AnyTap]], type[AnyTap]]:
    """Return a decorator that makes a class a dataclass and registers it under `key`.

    The wire form begins with the key. Buttons stay in chats for years, so neither the key nor the
    fields of a released button may change.
    """

    def register(declared: type[AnyTap]) -> type[AnyTap]:
        assert key not in BUTTONS, key
        tap = frozen(declared)
        hints = get_type_hints(tap, include_extras=True)
        tap.wire_key = key
        names = tuple(field.name for field in fields(cast(Any, tap)))
        tap.wire_fields, tap.wire_types = names, tuple(map(hints.get, names))
        BUTTONS[key] = tap
        return tap

    return register


@frozen
class StateTap(Tap):
    """A tap that counts only while the session is at this revision."""

    session: int
    revision: int


@button("safety")
class SafetyTap(Tap):
    """Answer the safety screen, or confirm that a clinician agreed after a warning sign.

    `routine` was requested before it.
    """

    answer: Screening
    routine: str = ""


@button("screen")
class SafetyScreenTap(Tap):
    """Show the safety screen again."""


@button("which")
class ConditionTap(Tap):
    """Tick a condition (`is_ticked` is 1) or take the tick away (0), in place.

    `asked` is the number of the question.
    """

    condition: Condition
    is_ticked: int
    asked: BigInt


@button("told")
class ToldTap(Tap):
    """Declare what is ticked as all that applies, or (`is_none` is 1) that nothing does."""

    is_none: int
    asked: BigInt


class Age(StrEnum):
    """An age that can be tapped."""

    AGE_16 = "16-17"
    AGE_13 = "13-15"
    AGE_0 = "under-13"
    AGE_18 = "18"

    @property
    def detail(self) -> Detail | None:
        return None if self is Age.AGE_18 else Detail(self.value)


# In these taps, `declaration` is the number of the declaration in question.


@button("age")
class AgeTap(Tap):
    """Answer how old the runner is."""

    age: Age
    declaration: BigInt


@button("ageagain")
class AgeAgainTap(Tap):
    """Ask again how old the runner is."""

    declaration: BigInt


@button("adult")
class AdultTap(Tap):
    """Confirm that a parent or guardian agrees."""

    declaration: BigInt


@button("reaction")
class ReactionTap(Tap):
    """Answer whether latex has ever caused more than a rash (`was_ill` is 1) or not (0)."""

    was_ill: int
    declaration: BigInt


@button("label")
class LabelTap(Tap):
    """Answer whether the bands are labelled latex-free (`is_free` is 1) or not (0)."""

    is_free: int
    declaration: BigInt


@button("agreed")
class AgreedTap(Tap):
    """Confirm that a clinician agreed to everything in this declaration."""

    declaration: BigInt


@button("applies")
class AppliesTap(Tap):
    """Ask again which condition applies."""


@button("start")
class StartTap(Tap):
    """Start this routine at once; empty: the suggested one."""

    routine: str = ""


@button("routine")
class RoutineTap(Tap):
    """Show this routine, ready to start; empty: the list of routines."""

    routine: str = ""


@button("ownnew")
class NewRoutineTap(Tap):
    """Begin a routine of the runner's own."""


@button("ownpick")
class PickExerciseTap(Tap):
    """Answer which exercise is meant: the number of one of those offered; 0: leave it out."""

    number: int
    revision: int


@button("ownsave")
class SaveRoutineTap(Tap):
    """Save the routine that is being written."""

    revision: int


@button("ownleave")
class LeaveRoutineTap(Tap):
    """Discard the routine that is being written."""

    revision: int


@button("ownshow")
class OwnRoutineTap(Tap):
    """Show a routine of the runner's own, with what can be done with it."""

    routine: str


@button("ownchange")
class ChangeRoutineTap(Tap):
    """Change the exercises or the name of a routine of the runner's own."""

    routine: str


@button("owngone")
class RemoveRoutineTap(Tap):
    """Ask whether to remove a routine of the runner's own (`sure` is 0), or remove it (1)."""

    routine: str
    sure: int


@button("ownkeep")
class KeepRoutineTap(Tap):
    """Keep a copy of another runner's routine."""

    routine: str


@button("anyway")
class TrainAnywayTap(Tap):
    """Open a light session of this routine although a cap is reached.

    `begin`: 1 to begin it at once, else 0.
    """

    routine: str
    begin: int


@button("restart")
class RestartTap(Tap):
    """Stop the running session, if it is still this one, for this routine.

    `sure`: 1 after the confirmation, else 0.
    """

    session: int
    routine: str
    sure: int


@button("move")
class MoveTap(Tap):
    """Move the session, if it is still at this revision."""

    move: Move
    session: int
    revision: int


@button("listen")
class ListenTap(StateTap):
    """Send the session as a track, if it still waits for its start."""


class Heard(StrEnum):
    """What a runner says about a track; BACK: show the first question again."""

    ALL = "all"
    PART = "part"
    NONE = "none"
    HURT = "hurt"
    BACK = "back"


@button("heard")
class HeardTap(Tap):
    """Say how much of the session's track was done, or that something hurts."""

    answer: Heard
    session: int


@button("heardto")
class HeardToTap(Tap):
    """Say that the session's track was done to the end of this step."""

    session: int
    step: int


@button("hurtelse")
class HurtElsewhereTap(StateTap):
    """Say that it was not the exercise at which the track had arrived."""


@button("hurtat")
class HurtAtTap(StateTap):
    """Say at which step of a track something hurts."""

    step: int


@button("late")
class LateTap(Tap):
    """Confirm a move for a late word, if the session is still at this revision."""

    move: Move
    session: int
    revision: int


@button("show")
class ShowTap(Tap):
    """Show the current step again."""

    session: int


@button("options")
class OptionsTap(StateTap):
    """Show all buttons of a step."""


@button("how")
class HowTap(StateTap):
    """Explain the exercise of the step."""


@button("wish")
class WishTap(Tap):
    """Do what the runner probably meant."""

    intent: Intent


THIS_WEEK, EVERY_WEEK = 2, 3  # of a `SecondTap`


@button("second")
class SecondTap(Tap):
    """Do the second of two wishes in one message, which the question keeps, or drop it.

    THIS_WEEK and EVERY_WEEK answer whether a wish is for this week or for every week. `asked` is
    the number of the question; buttons of earlier versions have 0.
    """

    yes: int
    asked: BigInt = 0


@button("sound")
class SoundTap(Tap):
    """Send a message after a few seconds, so that the runner can hear whether the phone rings."""


@button("rate")
class RateTap(Tap):
    """Rate the whole session."""

    rating: Rating
    session: int


@button("summary")
class SummaryTap(Tap):
    """Show the summary of an ended session, in place."""

    session: int


@button("each")
class EachTap(Tap):
    """Show how each exercise of a session felt, in place."""

    session: int


@button("one")
class OneTap(Tap):
    """Ask how one exercise of a session felt, in place; `place` is the index of its dose."""

    session: int
    place: int


@button("rateone")
class RateOneTap(Tap):
    """Rate one exercise of a session."""

    rating: Rating
    session: int
    place: int


@button("why")
class WhyTap(Tap):
    """Ask why an exercise was skipped, in place."""

    session: int


@button("skipped")
class SkippedTap(Tap):
    """Give the reason why one exercise of a session was skipped."""

    reason: Skip
    session: int
    place: int


@button("watch")
class WatchTap(Tap):
    """Send what was done in a session as a file for a watch."""

    session: int


@button("hurt")
class HurtTap(StateTap):
    """Ask again, from the beginning, what hurts."""


@button("ache")
class AcheTap(StateTap):
    """Report an ache in the worked muscles, on both sides; the score is asked for next."""


@button("sore")
class SoreTap(Tap):
    """Complete the report of an ache with its score."""

    score: pain.Score
    session: int
    revision: int


@button("kind")
class PainTap(Tap):
    """Report pain of this kind; its region is asked for next."""

    kind: pain.PainKind
    session: int
    revision: int


@button("where")
class WhereTap(Tap):
    """Report pain of this kind in this region; the score is asked for next."""

    kind: pain.PainKind
    region: Region
    session: int
    revision: int


@button("side")
class SideTap(Tap):
    """Report the side of pain of this kind in this region; the score is still asked for."""

    kind: pain.PainKind
    region: Region
    side: Side
    session: int
    revision: int


@button("pain")
class ScoreTap(Tap):
    """Complete the report of pain with its score."""

    kind: pain.PainKind
    region: Region
    score: pain.Score
    session: int
    revision: int


@button("flags")
class FlagsTap(StateTap):
    """Show the warning signs."""


@button("flag")
class FlagTap(Tap):
    """Report a warning sign of this urgency."""

    urgency: pain.Urgency
    session: int
    revision: int


class SignAnswer(StrEnum):
    """What a runner says about a warning sign in their words.

    SPREAD: it is not in one place. CLEARED: a clinician has cleared the runner, which is asked
    twice.
    """

    NOW = "now"
    NOT_ME = "not-me"
    LIFT = "lift"
    SPREAD = "spread"
    CLEARED = "cleared"


@button("sign")
class SignTap(Tap):
    """Answer the question about the warning sign with this id."""

    answer: SignAnswer
    sign: str


@button("sign-at")
class SignAtTap(Tap):
    """Say where the warning sign with this id is."""

    region: Region
    sign: str


@button("sign-of")
class SignOfTap(Tap):
    """Answer the question about the warning sign for which this region rests."""

    answer: SignAnswer
    region: Region


@button("talk")
class TalkTap(Tap):
    """Answer the question about pain that is open at this revision; DROP: nothing hurts."""

    DROP: ClassVar[str] = "drop"

    ask: Ask
    answer: str
    revision: int


@button("wrong")
class WrongTap(Tap):
    """Ask what hurts, in this region; ELSEWHERE: anywhere."""

    region: Region


@button("fine")
class FineTap(Tap):
    """Say that a resting region is fine again."""

    region: Region


@button("region")
class RegionTap(Tap):
    """Confirm that a clinician agreed to training this region again."""

    region: Region


@button("morning")
class MorningTap(Tap):
    """Answer the question on the morning after pain; `morning` is its id."""

    answer: pain.MorningAnswer
    morning: int


@button("swap")
class SwapTap(StateTap):
    """Show the exercises that can replace that of the current step."""


class Lasting(StrEnum):
    """For how long a swap holds."""

    TODAY = "t"
    ALWAYS = "a"


@button("swap2")
class SwapToTap(Tap):
    """Replace the exercise by another; `key` stands for that exercise and its form."""

    lasting: Lasting
    key: str
    session: int
    revision: int


@button("unswap")
class SwapBackTap(StateTap):
    """Undo a swap, today and from now on."""


@button("leave")
class LeaveOutTap(Tap):
    """From now on, do what `key` stands for instead of the exercise; no key: offer something."""

    exercise: str
    key: str = ""


@button("unleave")
class BringBackTap(Tap):
    """Undo a lasting swap of the exercise."""

    exercise: str


@button("exercise")
class ExerciseTap(Tap):
    """Explain an exercise; empty: show the topics of the library."""

    exercise: str = ""


class Part(StrEnum):
    """A part of an exercise's explanation, shown under its clip."""

    OVERVIEW = "overview"
    HOW = "how"
    MISTAKES = "mistakes"
    LEVELS = "levels"
    MUSCLES = "muscles"
    SAFETY = "safety"
    WHY = "why"


@button("part")
class PartTap(Tap):
    """Show this part of an exercise's explanation, in place."""

    exercise: str
    part: Part


@button("hear")
class HearTap(Tap):
    """Read aloud how an exercise is set up and done."""

    exercise: str


@button("browse")
class BrowseTap(Tap):
    """Show a page of a topic's exercises, in place; empty: the topics; "all": every exercise."""

    topic: str = ""
    page: int = 0


@button("studies")
class StudiesTap(Tap):
    """Show the questions that studies answer, in a message of its own."""


@button("remind")
class ReminderTap(Tap):
    """Answer a reminder."""

    answer: ReminderAnswer
    reminder: int


@button("suit")
class SuitTap(Tap):
    """Answer the question after ignored reminders; `reminder` is the one that asks."""

    answer: Suiting
    reminder: int


@button("resume")
class ResumeTap(Tap):
    """Turn on reminders that are paused since the question was ignored."""


@button("first")
class FirstTap(Tap):
    """Answer a question that is asked once; `routine` is the id of the one to go on with."""

    topic: Topic
    choice: Choice
    routine: str = ""


@button("firstgo")
class BandsFirstTap(Tap):
    """Answer which bands the runner has; then start this routine."""

    choice: Choice
    routine: str


def _flags(weekdays: Collection[Weekday]) -> str:
    return "".join("1" if day in weekdays else "0" for day in WEEK)


def _check_flags(flags: str) -> None:
    if len(flags) != len(WEEK) or set(flags) - {"0", "1"}:
        raise ValueError(flags)


@button("days")
class DaysTap(Tap):
    """A state of the day picker.

    `days` has seven flags of 0 or 1 from Monday on; `at` is the time as HHMM. `save`: 1 to save
    the days, else 0.
    """

    days: str
    at: str
    save: int = 0

    @classmethod
    def of(cls, schedule: Schedule, at: dt.time) -> Self:
        return cls(_flags({day.weekday for day in schedule}), f"{at:%H%M}")

    def __post_init__(self) -> None:
        """Raise ValueError for values that no button has."""
        _check_flags(self.days)
        if not re.fullmatch(r"([01][0-9]|2[0-3])[0-5][0-9]", self.at):
            raise ValueError(self.at)

    @property
    def time(self) -> dt.time:
        return dt.time(int(self.at[:2]), int(self.at[2:]))

    @property
    def schedule(self) -> Schedule:
        flagged = zip(WEEK, self.days, strict=True)
        return tuple(TrainingDay(day, self.time) for day, flag in flagged if flag == "1")

    def with_day_changed(self, index: int) -> Self:
        flag = "0" if self.days[index] == "1" else "1"
        return replace(self, days=self.days[:index] + flag + self.days[index + 1 :], save=0)

    def with_time_shifted(self, minutes: int) -> Self:
        """Return the state with another time, modulo 24 hours: an hour before 00:30 is 23:30."""
        at = (self.time.hour * 60 + self.time.minute + minutes) % (24 * 60)
        return replace(self, at=f"{at // 60:02}{at % 60:02}", save=0)

    def to_save(self) -> Self:
        return replace(self, save=1)


@button("askeddays")
class AskedDaysTap(DaysTap):
    """A state of the day picker below the question with the number `asked`, and only for it."""

    asked: BigInt = 0


@button("reminders")
class RemindersTap(Tap):
    """Show the day picker, or turn reminders off (`off` is 1)."""

    off: int = 0


@button("week")
class WeekTap(Tap):
    """Show the running week, in place."""


@button("weekday")
class WeekdayTap(Tap):
    """Show the kinds of runs for a weekday, in place."""

    weekday: Weekday


@button("run")
class RunTap(Tap):
    """Set the kind of run of a weekday."""

    weekday: Weekday
    kind: RunKind


@button("usedays")
class UseDaysTap(Tap):
    """Set the reminders to the proposed days; `days` has seven flags as in `DaysTap`."""

    days: str

    @classmethod
    def of(cls, weekdays: Collection[Weekday]) -> "UseDaysTap":
        return cls(_flags(weekdays))

    def __post_init__(self) -> None:
        """Raise ValueError for values that no button has."""
        _check_flags(self.days)

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        return tuple(day for day, flag in zip(WEEK, self.days, strict=True) if flag == "1")


@button("moveday")
class MoveDayTap(Tap):
    """Move a missed session to a date; `reminder` is that of the missed day."""

    reminder: int
    day: dt.date


@button("movethem")
class MoveThemTap(Tap):
    """Move the planned sessions that collide with a race; `digest` is the digest of the moves."""

    digest: str


@button("whytoday")
class WhyTodayTap(Tap):
    """Show why a date has its session."""

    day: dt.date


@button("useplan")
class UsePlanTap(Tap):
    """Use the plan that was read from a calendar file."""

    plan: int


@button("leaveplan")
class LeavePlanTap(Tap):
    """Forget the plan that was read from a calendar file."""

    plan: int


@button("plan")
class PlanTap(Tap):
    """Show the days of a plan, in place."""

    plan: int


@button("askplan")
class AskPlanTap(Tap):
    """Ask in place about the first unclear title of a plan."""

    plan: int


@button("plankind")
class PlanKindTap(Tap):
    """Say what a title stands for; `title` is its `title_key`."""

    answer: PlanAnswer
    plan: int
    title: int


@button("planrace")
class PlanRaceTap(Tap):
    """Ask for the distance of a race of the plan, on a date."""

    day: dt.date


@button("race")
class RaceTap(Tap):
    """Choose the distance of a race; its date is asked for without a `day`."""

    distance: Distance
    day: dt.date | None = None


@button("rank")
class RankTap(Tap):
    """Say how much a race counts."""

    rank: Rank
    race: int


@button("raceoff")
class RaceOffTap(Tap):
    """Forget a race."""

    race: int


@button("racemove")
class RaceMoveTap(Tap):
    """Move a race to the `day`; without one, it is asked for."""

    race: int
    day: dt.date | None = None


@button("raceadd")
class AnotherRaceTap(Tap):
    """Ask for the distance of one more race."""


class RaceAnswer(StrEnum):
    """How a race went."""

    RAN = "ran"
    PART = "part"
    NOT_STARTED = "not-started"


@button("racewent")
class RaceWentTap(Tap):
    """Say how a race went; PART asks how far."""

    answer: RaceAnswer
    race: int


@button("racereached")
class RaceReachedTap(Tap):
    """Say how far the runner came in a race that was not finished."""

    reached: Distance
    race: int


@button("place")
class PlaceTap(Tap):
    """Choose a place by its zone."""

    zone: str


@button("namesakes")
class NamesakesTap(Tap):
    """Show the places of this name that were not offered at first."""

    name: str


@button("noplace")
class NoPlaceTap(Tap):
    """Reject all places that were offered."""


@button("away")
class AwayTap(Tap):
    """Set the number of days away from today on; 0: back again."""

    days: int


@button("until")
class UntilTap(Tap):
    """Choose one of the dates that were asked about; None: none of them."""

    day: dt.date | None = None


# In these taps, `sent` is the number of an export that may be brought back.


@button("archuse")
class UseArchiveTap(Tap):
    """Bring the export back."""

    sent: BigInt


@button("archleave")
class LeaveArchiveTap(Tap):
    """Don't bring the export back, and forget where it is."""

    sent: BigInt


@button("calendar")
class CalendarTap(Tap):
    """Send the calendar file again."""


@button("export")
class ExportTap(Tap):
    """Send all data stored of the runner, as a file."""


@button("bands")
class BandsTap(Tap):
    """Show the bands of this kind, in place; empty: all kinds."""

    kind: str = ""


@button("own")
class OwnTap(Tap):
    """Store that the runner owns this band (`owned` is 1) or does not (0)."""

    kind: KitKind
    level: Level
    owned: int

    def __post_init__(self) -> None:
        """Raise ValueError for a kind and level that no band has."""
        Band(self.kind, self.level)


@button("nobands")
class NoBandsTap(Tap):
    """Store that the runner owns no bands."""


@button("colours")
class ColoursTap(Tap):
    """Show the colours for this band, in place."""

    kind: KitKind
    level: Level


@button("colour")
class ColourTap(Tap):
    """Set the colour of a band; empty: remove it."""

    kind: KitKind
    level: Level
    colour: str = ""


@button("erase")
class EraseTap(Tap):
    """Erase all data of the runner (`sure` is 1), or cancel (0)."""

    runner: BigInt
    sure: int


@button("close")
class CloseTap(Tap):
    """Remove the buttons of the message."""


def pack(tap: Tap) -> str:
    """Return the button's callback data; raise ValueError if they exceed LIMIT."""
    values = (_write(getattr(tap, name)) for name in tap.wire_fields)
    packed = ":".join((tap.wire_key, *values))
    if len(packed.encode()) > LIMIT:
        raise ValueError(f"{packed} is longer than {LIMIT} bytes")
    return packed


def parse(data: str) -> Tap | None:
    """Return the tap in a button's callback data; None for data that `pack` cannot have written."""
    key, *values = data.split(":")
    tap = BUTTONS.get(key)
    if tap is None or len(values) != len(tap.wire_types):
        return None
    try:
        return tap(*map(_read, tap.wire_types, values))
    except ValueError:
        return None


def _write(value: object) -> str:
    """Return a field's text; a date's is as 2026-12-24, and that of None is empty."""
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)


def _read(kind: Any, value: str) -> Any:
    """Return a field's value; raise ValueError for text that `pack` never writes.

    Integers are no larger than the database's.
    """
    if kind == dt.date | None and not value:
        return None
    if kind in (dt.date, dt.date | None):
        kind = dt.date.fromisoformat
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)
    if kind not in LARGEST:
        return kind(value)
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", value) or int(value) > LARGEST[kind]:
        raise ValueError(value)
    return int(value)
