"""The notation of phrases: sets in { }, choices in ( ), and optional parts in [ ]."""

from collections.abc import Iterator, Mapping

from bot.content.explaining import did_you_mean
from bot.domain.phrases import ANY, NUMBER, Choice, Pattern, number_of_ways, words_in
from bot.domain.spelling import is_plain

MOST = 3000  # ways to type one phrase

Sets = Mapping[str, tuple[str, ...]]


class UnreadablePhraseError(ValueError):
    """A phrase has a wrong bracket or an unknown set; the message says which."""


class PhraseReader:
    """Reads phrases with the sets of their file."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self._read: dict[str, Choice] = {}
        self._open: list[str] = []  # the sets that are being read

    def pattern(self, phrase: str) -> Pattern:
        """Return the phrase's pattern; raise UnreadablePhraseError if it cannot be read.

        `{name}` is any member of a set, `(a|b)` is a or b, and `[a]` or `[a|b]` may be left out. A
        `*` at the end stands for any few words.
        """
        spaced = phrase
        for sign in "()[]{}|":
            spaced = spaced.replace(sign, f" {sign} ")
        rest = spaced.split()[::-1]
        patterns = self._patterns(rest)
        if rest:
            raise UnreadablePhraseError(f"{rest[-1]} has no beginning")
        pattern = patterns[0] if len(patterns) == 1 else (Choice(patterns),)
        if number_of_ways(pattern) > MOST:
            raise UnreadablePhraseError(f"can be read in more than {MOST} ways")
        if not _is_open_at_end(pattern):
            raise UnreadablePhraseError(f"{ANY} must stand at the end, behind other words")
        return pattern

    def _patterns(self, rest: list[str]) -> tuple[Pattern, ...]:
        """Read patterns separated by |; `rest` has the words and signs to come in reverse order."""
        patterns = [self._sequence(rest)]
        while rest[-1:] == ["|"]:
            rest.pop()
            patterns.append(self._sequence(rest))
        return tuple(patterns)

    def _sequence(self, rest: list[str]) -> Pattern:
        return tuple(self._parts(rest))

    def _parts(self, rest: list[str]) -> Iterator[str | Choice]:
        while rest and rest[-1] not in ")]}|":
            first = rest.pop()
            if first == "{":
                yield self._set(rest)
            elif first == "(":
                yield Choice(self._closed(rest, ")"))
            elif first == "[":
                yield Choice(((), *self._closed(rest, "]")))
            elif first in (NUMBER, ANY) or is_plain(first):
                yield first
            else:
                raise UnreadablePhraseError(
                    f"{first} must be written without accents, hyphens and other signs"
                )

    def _closed(self, rest: list[str], sign: str) -> tuple[Pattern, ...]:
        patterns = self._patterns(rest)
        _close(rest, sign)
        return patterns

    def _set(self, rest: list[str]) -> Choice:
        name = rest.pop() if rest else ""
        _close(rest, "}")
        if name not in self._sets:
            raise UnreadablePhraseError(f"there is no set {name}{did_you_mean(name, self._sets)}")
        if name in self._open:
            raise UnreadablePhraseError(f"the set {name} has itself inside")
        if name not in self._read:
            self._open.append(name)
            try:
                self._read[name] = Choice(tuple(map(self.pattern, self._sets[name])))
            finally:
                self._open.pop()
        return self._read[name]


def _close(rest: list[str], sign: str) -> None:
    if rest[-1:] != [sign]:
        raise UnreadablePhraseError(f"{sign} is missing")
    rest.pop()


def _is_open_at_end(pattern: Pattern, behind: bool = False) -> bool:
    """Return whether ANY is only at the end and after other words, some of which are `behind`."""
    if ANY not in words_in(pattern):
        return True
    *before, last = pattern
    if ANY in words_in(tuple(before)):
        return False
    behind = behind or not _may_be_empty(tuple(before))
    if isinstance(last, str):
        return behind
    return all(_is_open_at_end(each, behind) for each in last.patterns)


def _may_be_empty(pattern: Pattern) -> bool:
    return all(
        isinstance(part, Choice) and any(map(_may_be_empty, part.patterns)) for part in pattern
    )
