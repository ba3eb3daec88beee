"""What a runner is to know before a session begins."""

from enum import StrEnum


class Note(StrEnum):
    """How long the gap was that it ends, that its week is an easier one, or that it comes soon."""

    ONE_WEEK = "one-week"
    TWO_WEEKS = "two-weeks"
    FOUR_WEEKS = "four-weeks"
    EIGHT_WEEKS = "eight-weeks"
    EASIER_WEEK = "easier-week"
    TOO_SOON = "too-soon"
    WEEK_FULL = "week-full"


SOON = frozenset({Note.TOO_SOON, Note.WEEK_FULL})
