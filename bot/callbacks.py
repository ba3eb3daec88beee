"""Every button's wire form: packed into the 64 bytes that Telegram carries, and parsed again."""

import datetime as dt
import re
from dataclasses import astuple, dataclass, fields
from enum import Enum, StrEnum
from typing import Any, get_type_hints

from bot.domain import pain
from bot.domain.feedback import Skip
from bot.domain.kit import Band, Kind, Level
from bot.domain.regions import Region
from bot.domain.reminder import Answer
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Schedule, TrainingDay
from bot.domain.session import Move, Rating

LIMIT = 64


@dataclass(frozen=True, slots=True)
class SafetyTap:
    """The answer to the safety screen, and the routine that was wished for before it."""

    answer: Screening
    routine: str = ""


@dataclass(frozen=True, slots=True)
class SafetyScreenTap:
    """Show the safety screen again."""


@dataclass(frozen=True, slots=True)
class StartTap:
    """Start this routine at once; empty: the one that the coach suggests."""

    routine: str = ""


@dataclass(frozen=True, slots=True)
class RoutineTap:
    """Show this routine, ready to start; empty: the list."""

    routine: str = ""


@dataclass(frozen=True, slots=True)
class RestartTap:
    """Give up the running session, if it is still this one, for this routine; asked first."""

    session: int
    routine: str
    sure: int


@dataclass(frozen=True, slots=True)
class MoveTap:
    """A move in a session, lawful at this revision only."""

    move: Move
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class LateTap:
    """The move counts after all, though the word for it came late, if it still is this revision."""

    move: Move
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class ShowTap:
    """Show the current step again."""

    session: int


@dataclass(frozen=True, slots=True)
class HowTap:
    """Explain the exercise of this session's current step."""

    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class SoundTap:
    """Send a message in a moment, so that the runner can hear whether the phone rings."""


@dataclass(frozen=True, slots=True)
class RateTap:
    rating: Rating
    session: int


@dataclass(frozen=True, slots=True)
class SummaryTap:
    """Show what was done in a session that is over, in place."""

    session: int


@dataclass(frozen=True, slots=True)
class EachTap:
    """Show how each exercise of a session felt, in place."""

    session: int


@dataclass(frozen=True, slots=True)
class OneTap:
    """Ask how one exercise of a session felt, in place; exercises are known by their place."""

    session: int
    place: int


@dataclass(frozen=True, slots=True)
class RateOneTap:
    rating: Rating
    session: int
    place: int


@dataclass(frozen=True, slots=True)
class WhyTap:
    """Ask why something was skipped, in place."""

    session: int


@dataclass(frozen=True, slots=True)
class SkippedTap:
    """Why one exercise of a session was skipped."""

    reason: Skip
    session: int
    place: int


@dataclass(frozen=True, slots=True)
class HurtTap:
    """Ask again, from the beginning, what hurts."""

    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class AcheTap:
    """An ache in the worked muscles, on both sides: ask how strong."""

    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class SoreTap:
    """The ache is this strong."""

    score: pain.Score
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class PainTap:
    """Pain of this kind: ask where."""

    kind: pain.Kind
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class WhereTap:
    """It is here: ask how strong."""

    kind: pain.Kind
    region: Region
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class ScoreTap:
    """It is this strong, and that is all there is to ask."""

    kind: pain.Kind
    region: Region
    score: pain.Score
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class FlagsTap:
    """Show the warning signs."""

    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class FlagTap:
    """One of the warning signs that call for this is there."""

    urgency: pain.Urgency
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class RegionTap:
    """A clinician agreed that this region is trained again."""

    region: Region


@dataclass(frozen=True, slots=True)
class MorningTap:
    """The answer to the question on the morning after."""

    answer: pain.Morning
    morning: int


@dataclass(frozen=True, slots=True)
class SwapTap:
    """Show what could be done instead of this step's exercise."""

    session: int
    revision: int


class Lasting(StrEnum):
    """For how long a swap holds."""

    TODAY = "t"
    ALWAYS = "a"


@dataclass(frozen=True, slots=True)
class SwapToTap:
    """Do this instead; `key` stands for the exercise and its form."""

    lasting: Lasting
    key: str
    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class SwapBackTap:
    """What was planned is done again, today and from now on."""

    session: int
    revision: int


@dataclass(frozen=True, slots=True)
class ExerciseTap:
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


@dataclass(frozen=True, slots=True)
class PartTap:
    """Show this part of an exercise's explanation, in place."""

    exercise: str
    part: Part


@dataclass(frozen=True, slots=True)
class BrowseTap:
    """Show a page of a topic's exercises, in place; empty: the topics; `all`: every exercise."""

    topic: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReminderTap:
    answer: Answer
    reminder: int


@dataclass(frozen=True, slots=True)
class DaysTap:
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


@dataclass(frozen=True, slots=True)
class RemindersTap:
    """Show the day picker, or turn reminders off."""

    off: int = 0


@dataclass(frozen=True, slots=True)
class PlaceTap:
    """One of several places of a name: the zone is all that is kept of the choice."""

    zone: str


@dataclass(frozen=True, slots=True)
class NamesakesTap:
    """Show the other places of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class NoPlaceTap:
    """None of the places that were offered."""


@dataclass(frozen=True, slots=True)
class AwayTap:
    """Away for this many days from today; 0: back again."""

    days: int


@dataclass(frozen=True, slots=True)
class UntilTap:
    """Away until this date, one of those asked about, as 2026-12-24; empty: none of them."""

    day: str = ""


@dataclass(frozen=True, slots=True)
class ExportTap:
    """Send everything that is stored of the runner, as a file."""


@dataclass(frozen=True, slots=True)
class BandsTap:
    """Show the bands of this kind, in place; empty: all that the runner owns."""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class OwnTap:
    """The runner owns this band, or does not: the state to come, not a change of it."""

    kind: Kind
    level: Level
    owned: int

    def __post_init__(self) -> None:
        """ValueError for a band that there is not."""
        Band(self.kind, self.level)


@dataclass(frozen=True, slots=True)
class NoBandsTap:
    """The runner owns no band at all."""


@dataclass(frozen=True, slots=True)
class ColoursTap:
    """Show the colours for this band, in place."""

    kind: Kind
    level: Level


@dataclass(frozen=True, slots=True)
class ColourTap:
    """This band goes by this colour; empty: by none."""

    kind: Kind
    level: Level
    colour: str = ""


@dataclass(frozen=True, slots=True)
class EraseTap:
    """Erase everything of the runner whose id this is."""

    runner: int
    sure: int


@dataclass(frozen=True, slots=True)
class CloseTap:
    """Take this message's buttons away and leave it at that."""


Tap = (
    SafetyTap
    | SafetyScreenTap
    | StartTap
    | RoutineTap
    | RestartTap
    | MoveTap
    | LateTap
    | ShowTap
    | HowTap
    | SoundTap
    | RateTap
    | SummaryTap
    | EachTap
    | OneTap
    | RateOneTap
    | WhyTap
    | SkippedTap
    | HurtTap
    | AcheTap
    | SoreTap
    | PainTap
    | WhereTap
    | ScoreTap
    | FlagsTap
    | FlagTap
    | RegionTap
    | MorningTap
    | SwapTap
    | SwapToTap
    | SwapBackTap
    | ExerciseTap
    | PartTap
    | BrowseTap
    | ReminderTap
    | DaysTap
    | RemindersTap
    | PlaceTap
    | NamesakesTap
    | NoPlaceTap
    | AwayTap
    | UntilTap
    | ExportTap
    | BandsTap
    | OwnTap
    | NoBandsTap
    | ColoursTap
    | ColourTap
    | EraseTap
    | CloseTap
)

KINDS: dict[str, type[Any]] = {
    "safety": SafetyTap,
    "screen": SafetyScreenTap,
    "start": StartTap,
    "routine": RoutineTap,
    "restart": RestartTap,
    "move": MoveTap,
    "late": LateTap,
    "show": ShowTap,
    "how": HowTap,
    "sound": SoundTap,
    "rate": RateTap,
    "summary": SummaryTap,
    "each": EachTap,
    "one": OneTap,
    "rateone": RateOneTap,
    "why": WhyTap,
    "skipped": SkippedTap,
    "hurt": HurtTap,
    "ache": AcheTap,
    "sore": SoreTap,
    "kind": PainTap,
    "where": WhereTap,
    "pain": ScoreTap,
    "flags": FlagsTap,
    "flag": FlagTap,
    "region": RegionTap,
    "morning": MorningTap,
    "swap": SwapTap,
    "swap2": SwapToTap,
    "unswap": SwapBackTap,
    "exercise": ExerciseTap,
    "part": PartTap,
    "browse": BrowseTap,
    "remind": ReminderTap,
    "days": DaysTap,
    "reminders": RemindersTap,
    "place": PlaceTap,
    "namesakes": NamesakesTap,
    "noplace": NoPlaceTap,
    "away": AwayTap,
    "until": UntilTap,
    "export": ExportTap,
    "bands": BandsTap,
    "own": OwnTap,
    "nobands": NoBandsTap,
    "colours": ColoursTap,
    "colour": ColourTap,
    "erase": EraseTap,
    "close": CloseTap,
}
NAMES = {kind: name for name, kind in KINDS.items()}
HINTS = {kind: get_type_hints(kind) for kind in KINDS.values()}


def pack(tap: Tap) -> str:
    """The button's data; ValueError over 64 bytes, which Telegram would refuse."""
    values = (value.value if isinstance(value, Enum) else str(value) for value in astuple(tap))
    packed = ":".join((NAMES[type(tap)], *values))
    if len(packed.encode()) > LIMIT:
        raise ValueError(f"{packed} is longer than {LIMIT} bytes")
    return packed


def _read(kind: type[Any], value: str) -> Any:
    """ValueError for what `pack` never writes; numbers are as wide as the database's."""
    if kind is int and not re.fullmatch(r"0|[1-9][0-9]{0,17}", value):
        raise ValueError(value)
    return kind(value)


def parse(data: str) -> Tap | None:
    """The tap in a button's data; None for what no button of ours ever carried."""
    name, *values = data.split(":")
    kind = KINDS.get(name)
    if kind is None or len(values) != len(fields(kind)):
        return None
    try:
        read = (_read(HINTS[kind][f.name], v) for f, v in zip(fields(kind), values, strict=True))
        tap: Tap = kind(*read)
    except ValueError:
        return None
    return tap
