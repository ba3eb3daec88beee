"""What the coach stores about a runner."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen
from bot.domain.regions import Region
from bot.domain.schedule import Schedule
from bot.domain.screening import Condition, Conditions, Detail, find
from bot.domain.warning_signs import INFECTION, Doubt, Urgency, is_local


class Screening(StrEnum):
    """The result of the safety screen, or of a warning sign in a session.

    WAITING: no training until the questions about a condition are answered, or a clinician has
    agreed. AGREED: a clinician has.
    """

    CLEAR = "clear"
    WAITING = "waiting"
    AGREED = "agreed"


FEVER_FREE = timedelta(days=1)  # without a fever, before anything goes on
LEAST_AGES = {Detail.AGE_16: 16, Detail.AGE_13: 13, Detail.AGE_0: 0}
MAY_TRAIN = frozenset({Screening.CLEAR, Screening.AGREED})


@frozen
class ReportedSign:
    """A warning sign that a runner typed, while sessions wait for it.

    `doubt`: the runner is asked whether it is present now; None: the words were clear. Only a
    clinician's word lifts a sign that the runner has confirmed. Any other the runner can lift,
    which restores the screening `before` from `before_at`. `regions` are those that the words
    named.
    """

    sign: str
    urgency: Urgency
    doubt: Doubt | None
    reported_at: datetime
    is_confirmed: bool = False
    before: Screening | None = None
    before_at: datetime | None = None
    regions: tuple[Region, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether it only makes a part of the body rest, as soon as that part is known."""
        return is_local(self.sign, self.urgency)

    @property
    def awaits_place(self) -> bool:
        """Whether sessions wait only until the part of the body is known."""
        return self.doubt is None and self.is_local

    @property
    def needs_time(self) -> bool:
        """Whether a clinician's word counts only after some time, and training restarts gently."""
        return self.urgency is Urgency.EMERGENCY or self.is_fever

    @property
    def is_fever(self) -> bool:
        """Whether it is a fever or another infection that is not an emergency."""
        return self.sign == INFECTION and self.urgency is not Urgency.EMERGENCY

    def may_be_cleared(self, now: datetime, zone: str | None) -> bool:
        """Return whether a clinician's word counts by now.

        It does not on the local date of an emergency, nor within FEVER_FREE after a fever.
        """
        if self.is_fever:
            return now >= self.reported_at + FEVER_FREE
        if not self.needs_time:
            return True
        local = ZoneInfo(zone or "UTC")
        return now.astimezone(local).date() > self.reported_at.astimezone(local).date()


@frozen
class SafetyQuestion:
    """The safety screen that was asked last; `routine` is the id of the one to start afterwards.

    `ticked`: the conditions ticked so far; None: the runner has not been asked which apply. At that
    question, the screening was `before`, from `before_at`.
    """

    asked_at: datetime
    routine: str = ""
    ticked: frozenset[Condition] | None = None
    before: Screening | None = None
    before_at: datetime | None = None

    @property
    def number(self) -> int:
        """The number by which buttons refer to this question."""
        return int(self.asked_at.timestamp())


@frozen
class Runner:
    """A runner, with the safety screen, the schedule, the time away and the preferences.

    `away_from` is the first local date away, `away_until` the first with reminders again.
    `elsewhere_at`: when they last trained without the coach. `cleared_at`: when a clinician cleared
    them after an emergency or a fever.
    `own_pace`: Start begins a session led by Done taps. `sound_told`: the runner was told that an
    open chat makes no sound. `hours`: 12 or 24, as the runner typed a time of day; None: neither.
    """

    id: int
    screening: Screening | None = None
    screened_at: datetime | None = None
    zone: str | None = None
    place: str | None = None
    away_from: date | None = None
    away_until: date | None = None
    unreachable_at: datetime | None = None
    schedule: Schedule = ()
    elsewhere_at: datetime | None = None
    cleared_at: datetime | None = None
    own_pace: bool = False
    sound_told: bool = False
    hours: int | None = None
    reported_sign: ReportedSign | None = None
    conditions: Conditions = ()
    safety_question: SafetyQuestion | None = None

    @property
    def age(self) -> int | None:
        """The least age in years that the runner may have; None: 18, or not known."""
        young = find(self.conditions, Condition.UNDER_18)
        return None if young is None or young.detail is None else LEAST_AGES.get(young.detail)

    @property
    def avoids_bands(self) -> bool:
        """Whether the runner is allergic to latex and the bands may contain it."""
        latex = find(self.conditions, Condition.LATEX)
        return latex is not None and latex.detail is not Detail.LATEX_FREE

    @property
    def is_asked_which(self) -> bool:
        """Whether the runner has said that a condition applies, and is asked which."""
        return self.safety_question is not None and self.safety_question.ticked is not None

    @property
    def may_train(self) -> bool:
        return self.screening in MAY_TRAIN

    @property
    def days_away(self) -> Iterator[date]:
        """The local dates of the time away, past or coming."""
        if self.away_from is not None and self.away_until is not None:
            for number in range((self.away_until - self.away_from).days):
                yield self.away_from + timedelta(days=number)

    def goes_away(self, today: date) -> bool:
        """Return whether a time away is still to come."""
        if self.away_from is None or self.away_until is None:
            return False
        return today < self.away_from < self.away_until

    def is_away(self, day: date) -> bool:
        """Return whether the runner is away on this local date."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= day < self.away_until
