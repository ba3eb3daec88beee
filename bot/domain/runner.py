"""A runner as the coach knows them: little, on purpose."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.schedule import Schedule


class Screening(StrEnum):
    """The answer to the safety screen, or what a warning sign in a session made of it."""

    CLEAR = "clear"
    WAITING = "waiting"
    AGREED = "agreed"


MAY_TRAIN = frozenset({Screening.CLEAR, Screening.AGREED})


@dataclass(frozen=True, slots=True)
class Runner:
    """Away from the local date `away_from` on; `away_until` is the first with reminders again.

    `own_pace`: Start means Done taps; `sound_told`: knows that an open chat stays silent.
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
    own_pace: bool = False
    sound_told: bool = False

    @property
    def may_train(self) -> bool:
        return self.screening in MAY_TRAIN

    def is_away(self, day: date) -> bool:
        """Whether no reminder is wanted on this local date."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= day < self.away_until
