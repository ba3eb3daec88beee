"""Every button's wire form: packed into the 64 bytes that Telegram carries, and parsed again."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from enum import Enum, StrEnum
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

from bot.domain import pain
from bot.domain.feedback import Skip
from bot.domain.kit import Band, KitKind, Level
from bot.domain.regions import Region
from bot.domain.reminder import ReminderAnswer
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Schedule, TrainingDay
from bot.domain.session import Move, Rating

LIMIT = 64  # bytes of callback data that Telegram carries


@dataclass(frozen=True, slots=True)
class Tap:
    """What the tap on a button asks for; each kind is a subclass that `button` registers."""

    wire_key: ClassVar[str]
    wire_types: ClassVar[tuple[type[Any], ...]]


AnyTap = TypeVar("AnyTap", bound=Tap)

BUTTONS: dict[str, type[Tap]] = {}


@dataclass_transform(frozen_default=True)
def button(key: str) -> Callable[[type[AnyTap]], type[AnyTap]]:
    """Make the class a dataclass, and register it under the key with which its wire form begins.

    Buttons stay in chats for years: neither the key nor the fields of a released one may change.
    """

    def register(declared: type[AnyTap]) -> type[AnyTap]:
        assert key not in BUTTONS, key
        tap = dataclass(frozen=True, slots=True)(declared)
        hints = get_type_hints(tap)
        tap.wire_key = key
        tap.wire_types = tuple(hints[field.name] for field in fields(tap))
        BUTTONS[key] = tap
        return tap

    return register


@button("safety")
class SafetyTap(Tap):
    """The answer to the safety screen, and the routine that was wished for before it."""

    answer: Screening
    routine: str = ""


@button("screen")
class SafetyScreenTap(Tap):
    """Show the safety screen again."""


@button("start")
class StartTap(Tap):
    """Start this routine at once; empty: the one that the coach suggests."""

    routine: str = ""


@button("routine")
class RoutineTap(Tap):
    """Show this routine, ready to start; empty: the list."""

    routine: str = ""


@button("restart")
class RestartTap(Tap):
    """Give up the running session, if it is still this one, for this routine; asked first."""

    session: int
    routine: str
    sure: int


@button("move")
class MoveTap(Tap):
    """A move in a session, lawful at this revision only."""

    move: Move
    session: int
    revision: int


@button("late")
class LateTap(Tap):
    """The move counts after all, though the word for it came late, if it still is this revision."""

    move: Move
    session: int
    revision: int


@button("show")
class ShowTap(Tap):
    """Show the current step again."""

    session: int


@button("how")
class HowTap(Tap):
    """Explain the exercise of this session's current step."""

    session: int
    revision: int


@button("sound")
class SoundTap(Tap):
    """Send a message in a moment, so that the runner can hear whether the phone rings."""


@button("rate")
class RateTap(Tap):
    rating: Rating
    session: int


@button("summary")
class SummaryTap(Tap):
    """Show what was done in a session that is over, in place."""

    session: int


@button("each")
class EachTap(Tap):
    """Show how each exercise of a session felt, in place."""

    session: int


@button("one")
class OneTap(Tap):
    """Ask how one exercise of a session felt, in place; exercises are known by their place."""

    session: int
    place: int


@button("rateone")
class RateOneTap(Tap):
    rating: Rating
    session: int
    place: int


@button("why")
class WhyTap(Tap):
    """Ask why something was skipped, in place."""

    session: int


@button("skipped")
class SkippedTap(Tap):
    """Why one exercise of a session was skipped."""

    reason: Skip
    session: int
    place: int


@button("hurt")
class HurtTap(Tap):
    """Ask again, from the beginning, what hurts."""

    session: int
    revision: int


@button("ache")
class AcheTap(Tap):
    """An ache in the worked muscles, on both sides: ask how strong."""

    session: int
    revision: int


@button("sore")
class SoreTap(Tap):
    """The ache is this strong."""

    score: pain.Score
    session: int
    revision: int


@button("kind")
class PainTap(Tap):
    """Pain of this kind: ask where."""

    kind: pain.PainKind
    session: int
    revision: int


@button("where")
class WhereTap(Tap):
    """It is here: ask how strong."""

    kind: pain.PainKind
    region: Region
    session: int
    revision: int


@button("pain")
class ScoreTap(Tap):
    """It is this strong, and that is all there is to ask."""

    kind: pain.PainKind
    region: Region
    score: pain.Score
    session: int
    revision: int


@button("flags")
class FlagsTap(Tap):
    """Show the warning signs."""

    session: int
    revision: int


@button("flag")
class FlagTap(Tap):
    """One of the warning signs that call for this is there."""

    urgency: pain.Urgency
    session: int
    revision: int


class SignAnswer(StrEnum):
    """What a runner says of a warning sign that was read in their words."""

    NOW = "now"
    NOT_ME = "not-me"
    LIFT = "lift"


@button("sign")
class SignTap(Tap):
    """The answer about the warning sign with this id."""

    answer: SignAnswer
    sign: str


@button("region")
class RegionTap(Tap):
    """A clinician agreed that this region is trained again."""

    region: Region


@button("morning")
class MorningTap(Tap):
    """The answer to the question on the morning after."""

    answer: pain.MorningAnswer
    morning: int


@button("swap")
class SwapTap(Tap):
    """Show what could be done instead of this step's exercise."""

    session: int
    revision: int


class Lasting(StrEnum):
    """For how long a swap holds."""

    TODAY = "t"
    ALWAYS = "a"


@button("swap2")
class SwapToTap(Tap):
    """Do this instead; `key` stands for the exercise and its form."""

    lasting: Lasting
    key: str
    session: int
    revision: int


@button("unswap")
class SwapBackTap(Tap):
    """What was planned is done again, today and from now on."""

    session: int
    revision: int


@button("exercise")
class ExerciseTap(Tap):
    """Explain an exercise; empty: the list."""

    exercise: str = ""


class Part(StrEnum):
    """What an explanation of an exercise can show under its clip."""

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


@button("browse")
class BrowseTap(Tap):
    """Show a page of a topic's exercises, in place; empty: the topics; `all`: every exercise."""

    topic: str = ""
    page: int = 0


@button("remind")
class ReminderTap(Tap):
    answer: ReminderAnswer
    reminder: int


@button("days")
class DaysTap(Tap):
    """A state of the day picker: seven flags from Monday, the time as HHMM, saved or not."""

    days: str
    at: str
    save: int = 0

    @classmethod
    def of(cls, schedule: Schedule, at: dt.time) -> "DaysTap":
        chosen = {day.weekday for day in schedule}
        return cls("".join("1" if day in chosen else "0" for day in WEEK), f"{at:%H%M}")

    def __post_init__(self) -> None:
        """ValueError for what no button of ours holds."""
        if len(self.days) != len(WEEK) or set(self.days) - {"0", "1"}:
            raise ValueError(self.days)
        if not re.fullmatch(r"([01][0-9]|2[0-3])[0-5][0-9]", self.at):
            raise ValueError(self.at)

    @property
    def time(self) -> dt.time:
        return dt.time(int(self.at[:2]), int(self.at[2:]))

    @property
    def schedule(self) -> Schedule:
        flagged = zip(WEEK, self.days, strict=True)
        return tuple(TrainingDay(day, self.time) for day, flag in flagged if flag == "1")

    def with_day_changed(self, index: int) -> "DaysTap":
        flag = "0" if self.days[index] == "1" else "1"
        return DaysTap(self.days[:index] + flag + self.days[index + 1 :], self.at)

    def with_time_shifted(self, minutes: int) -> "DaysTap":
        """Round the clock: an hour before 00:30 is 23:30."""
        at = (self.time.hour * 60 + self.time.minute + minutes) % (24 * 60)
        return DaysTap(self.days, f"{at // 60:02}{at % 60:02}")

    def to_save(self) -> "DaysTap":
        return DaysTap(self.days, self.at, 1)


@button("reminders")
class RemindersTap(Tap):
    """Show the day picker, or turn reminders off."""

    off: int = 0


@button("place")
class PlaceTap(Tap):
    """One of several places of a name: the zone is all that is kept of the choice."""

    zone: str


@button("namesakes")
class NamesakesTap(Tap):
    """Show the other places of this name."""

    name: str


@button("noplace")
class NoPlaceTap(Tap):
    """None of the places that were offered."""


@button("away")
class AwayTap(Tap):
    """Away for this many days from today; 0: back again."""

    days: int


@button("until")
class UntilTap(Tap):
    """Away until this date, one of those asked about, as 2026-12-24; empty: none of them."""

    day: str = ""


@button("export")
class ExportTap(Tap):
    """Send everything that is stored of the runner, as a file."""


@button("bands")
class BandsTap(Tap):
    """Show the bands of this kind, in place; empty: all that the runner owns."""

    kind: str = ""


@button("own")
class OwnTap(Tap):
    """The runner owns this band, or does not: the state to come, not a change of it."""

    kind: KitKind
    level: Level
    owned: int

    def __post_init__(self) -> None:
        """ValueError for a band that there is not."""
        Band(self.kind, self.level)


@button("nobands")
class NoBandsTap(Tap):
    """The runner owns no band at all."""


@button("colours")
class ColoursTap(Tap):
    """Show the colours for this band, in place."""

    kind: KitKind
    level: Level


@button("colour")
class ColourTap(Tap):
    """This band goes by this colour; empty: by none."""

    kind: KitKind
    level: Level
    colour: str = ""


@button("erase")
class EraseTap(Tap):
    """Erase everything of the runner whose id this is."""

    runner: int
    sure: int


@button("close")
class CloseTap(Tap):
    """Take this message's buttons away and leave it at that."""


def pack(tap: Tap) -> str:
    """Return the button's data; ValueError over 64 bytes, which Telegram would refuse."""
    values = (value.value if isinstance(value, Enum) else str(value) for value in astuple(tap))
    packed = ":".join((tap.wire_key, *values))
    if len(packed.encode()) > LIMIT:
        raise ValueError(f"{packed} is longer than {LIMIT} bytes")
    return packed


def parse(data: str) -> Tap | None:
    """Return the tap in a button's data; None for data that no button of ours ever carried."""
    key, *values = data.split(":")
    tap = BUTTONS.get(key)
    if tap is None or len(values) != len(tap.wire_types):
        return None
    try:
        return tap(*map(_read, tap.wire_types, values))
    except ValueError:
        return None


def _read(kind: type[Any], value: str) -> Any:
    """ValueError for what `pack` never writes; integers are at most as wide as the database's."""
    if kind is int and not re.fullmatch(r"0|[1-9][0-9]{0,17}", value):
        raise ValueError(value)
    return kind(value)
