"""Notes that a runner reads before a session begins."""

from enum import StrEnum


class Note(StrEnum):
    """A note on the gap before the session, on an easier week, or on a session too soon.

    ADULT: an adult has to be there.
    """

    ONE_WEEK = "one-week"
    TWO_WEEKS = "two-weeks"
    FOUR_WEEKS = "four-weeks"
    EIGHT_WEEKS = "eight-weeks"
    EASIER_WEEK = "easier-week"
    TOO_SOON = "too-soon"
    WEEK_FULL = "week-full"
    ADULT = "adult"


SOON = frozenset({Note.TOO_SOON, Note.WEEK_FULL})
