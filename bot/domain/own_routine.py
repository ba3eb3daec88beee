"""A runner's own routine: as it is being read, and as it is stored."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from bot.domain.frozen import frozen

PREFIX = "r_"  # of the id of a runner's own routine, which is also the payload of its link
MOST_ROUTINES = 10  # of a runner
LONGEST_NAME = 40  # characters
SHORTEST_REST, LONGEST_REST = 10, 180  # seconds
EXPIRES = timedelta(minutes=30)  # for answers in words; buttons count as long as they are the last

# Telegram makes links of web addresses, @names, #tags and /commands. It ends each of them at a word
# joiner, which is not seen.
JOINER = "\u2060"
_LINKING = re.compile(r"(?<=[.@#/:$+])(?=\S)")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EMOJI_PARTS = "\u200d\ufe0f"


class Remark(StrEnum):
    """Why an exercise was not taken exactly as typed."""

    NONE = "none"
    USUAL = "usual"  # the sets or the work were not typed
    MOST = "most"
    LEAST = "least"
    HELD = "held"  # repetitions were typed for a hold
    TWICE = "twice"


@frozen
class Line:
    """An exercise of the routine: its name as typed, and its id once that is known.

    `near`: the ids that may be meant. Sets and work are None where they were not typed; `amount` is
    in seconds or a number of repetitions.
    """

    name: str
    exercise: str = ""
    near: tuple[str, ...] = ()
    sets: int | None = None
    amount: int | None = None
    in_seconds: bool | None = None


@frozen
class Draft:
    """A routine that is being written; `changes` is the id of the one that it replaces, or ""."""

    lines: tuple[Line, ...] = ()
    rest: int | None = None
    name: str = ""
    changes: str = ""

    @property
    def open_line(self) -> int | None:
        """The index of the first line whose exercise is not known yet."""
        places = (place for place, line in enumerate(self.lines) if not line.exercise)
        return next(places, None)

    def decided(self, exercise: str) -> "Draft":
        """Return the draft with this id for the first unknown exercise, or, for "", without it."""
        place = self.open_line
        assert place is not None
        line = self.lines[place]
        return self._with(place, (replace(line, exercise=exercise, near=()),) if exercise else ())

    def answered(self, lines: Iterable[Line]) -> "Draft":
        """Return the draft with these lines in place of the first unknown exercise.

        A line without sets and work gets those that were typed before.
        """
        place = self.open_line
        assert place is not None
        asked = self.lines[place]
        return self._with(
            place,
            tuple(
                line
                if line.sets or line.amount
                else replace(
                    line, sets=asked.sets, amount=asked.amount, in_seconds=asked.in_seconds
                )
                for line in lines
            ),
        )

    def dosed(
        self, sets: int | None, amount: int | None, in_seconds: bool | None, rest: int | None
    ) -> "Draft":
        """Return the draft with these sets and work for each exercise; None: as before."""
        lines = tuple(
            replace(
                line,
                sets=line.sets if sets is None else sets,
                amount=line.amount if amount is None else amount,
                in_seconds=line.in_seconds if amount is None else in_seconds,
            )
            for line in self.lines
        )
        return replace(self, lines=lines, rest=self.rest if rest is None else rest)

    def _with(self, place: int, lines: tuple[Line, ...]) -> "Draft":
        return replace(self, lines=(*self.lines[:place], *lines, *self.lines[place + 1 :]))


@frozen
class OpenDraft:
    """A draft with its revision; `is_awaited`: the coach's last question was about it."""

    draft: Draft
    revision: int
    is_awaited: bool = False


@frozen
class OwnRoutine:
    """A runner's own routine, as it is stored."""

    id: str
    name: str
    lines: tuple[Line, ...]
    rest: int | None = None


def is_own(routine: str) -> bool:
    """Return whether the id belongs to a runner's own routine."""
    return routine.startswith(PREFIX)


def clean_name(text: str) -> str:
    """Return a name on one line, without invisible characters."""
    kept = (
        character if character in _EMOJI_PARTS or not _is_hidden(character) else " "
        for character in text.replace(JOINER, "")
    )
    return " ".join("".join(kept).split())


def without_links(name: str) -> str:
    """Return the name with invisible characters that keep Telegram from finding a link in it."""
    return _LINKING.sub(JOINER, name)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN
