"""What a runner has done, summed up."""

from dataclasses import dataclass
from datetime import date

from bot.domain.session import Session


@dataclass(frozen=True, slots=True)
class Progress:
    """`planned` counts this week's training days; `zone` is where days begin and end.

    `trained_this_week` counts local dates; `sessions` are the last ones, newest first.
    """

    zone: str
    trained_this_week: int
    planned: int
    away_until: date | None
    sessions: tuple[Session, ...]
