"""Notes that a runner reads before a session begins."""

from enum import StrEnum


class Note(StrEnum):
    """A note on a gap, on what is new, on an easier week, or on a session over a cap.

    RUN_NEAR: a demanding run is too near for a whole session. ADULT: an adult has to be present.
    SWAPPED_BACK: the region has recovered, so swaps made for its pain are undone. CLEARED: this is
    the first session after an emergency.
    """

    ONE_WEEK = "one-week"
    TWO_WEEKS = "two-weeks"
    FOUR_WEEKS = "four-weeks"
    EIGHT_WEEKS = "eight-weeks"
    CLEARED = "cleared"
    LONG_SINCE = "long-since"
    NEW = "new"
    MUCH_NEW = "much-new"
    EASIER_WEEK = "easier-week"
    FEWER_SETS = "fewer-sets"
    TOO_SOON = "too-soon"
    WEEK_FULL = "week-full"
    SETS_FULL = "sets-full"
    RUN_NEAR = "run-near"
    ADULT = "adult"
    SWAPPED_BACK = "swapped-back"


# Notes on a session with fewer sets for today only.
SHORTENED = frozenset(
    {
        Note.MUCH_NEW,
        Note.EASIER_WEEK,
        Note.FEWER_SETS,
        Note.TOO_SOON,
        Note.WEEK_FULL,
        Note.SETS_FULL,
        Note.RUN_NEAR,
    }
)
