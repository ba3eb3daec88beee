"""How the coach is, in figures: what its hosts may know without knowing anybody."""

from dataclasses import dataclass
from datetime import timedelta

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Figures:
    """Runners are active, and reminders unknown, who or which were so lately; `finished` are the
    sessions of today, `waiting` the reminders that are due or on their way. Size in bytes.
    """

    runners: int
    active: int
    unreachable: int
    running: int
    finished: int
    slots: int
    waiting: int
    unknown: int
    size: int
