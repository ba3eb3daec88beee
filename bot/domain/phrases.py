"""Phrases that can be typed in many ways, and the search for those that a message may be.

The phrases of a language can be typed in some hundred thousand ways, which are not stored. When a
message is read, only those ways are generated that consist of its words and of words that make no
difference; these are few.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar, Union

ANY = "*"  # at the end of a phrase: any few words
NUMBER = "#"  # in a phrase: any number or time of day

Words = tuple[str, ...]
Bag = frozenset[str]
Meaning = TypeVar("Meaning")
Pattern = tuple[Union[str, "Choice"], ...]


@dataclass(eq=False, slots=True)
class Choice:
    """A part of a phrase for which one of several patterns is typed; an empty one is left out."""

    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Plain:
    """The normalisation of words before they are compared.

    `small` are words that change nothing, such as "the". `same` maps words to those that replace
    them: "dont" to "do not".
    """

    small: frozenset[str] = frozenset()
    same: Mapping[Words, Words] = field(default_factory=dict)
    _same: dict[str, list[Words]] = field(init=False)  # those of `same` by the first word
    _bags: list[tuple[Bag, Bag]] = field(init=False)  # those of `same` without order
    _changed: Bag = field(init=False)  # words without which nothing changes

    def __post_init__(self) -> None:
        same: dict[str, list[Words]] = {}
        for words in sorted(self.same, key=len, reverse=True):
            same.setdefault(words[0], []).append(words)
        object.__setattr__(self, "_same", same)
        bags = [(frozenset(key), frozenset(value)) for key, value in self.same.items()]
        object.__setattr__(self, "_bags", bags)
        object.__setattr__(self, "_changed", self.small.union(same))

    def of(self, words: Words) -> Words:
        """Return the plain words; small words remain where there are no others."""
        if self._changed.isdisjoint(words):
            return words
        read = self._replaced(words)
        if read != words:
            read = self._replaced(read)  # ive is read as i have, and i have got as i have
        if self.small.isdisjoint(read):
            return read
        return tuple([word for word in read if word not in self.small]) or read

    def made_of(self, words: Iterable[str]) -> set[str]:
        """Return the words and those that replace them."""
        made = set(words)
        for _ in range(2):
            made.update(*[value for key, value in self._bags if key <= made])
        return made

    def making(self, words: Iterable[str]) -> set[str]:
        """Return the words and those that they replace."""
        making = set(words)
        for _ in range(2):
            making.update(*[key for key, value in self._bags if value <= making])
        return making

    def _replaced(self, words: Words) -> Words:
        """Return the words with those of `same` replaced, the longest first."""
        if self._same.keys().isdisjoint(words):
            return words
        read: list[str] = []
        at = 0
        while at < len(words):
            for same in self._same.get(words[at], ()):
                if words[at : at + len(same)] == same:
                    read += self.same[same]
                    at += len(same)
                    break
            else:
                read.append(words[at])
                at += 1
        return tuple(read)


class PhraseIndex(Generic[Meaning]):
    """The meanings of ways to type phrases.

    `exact` maps their plain words to meanings. `stated` and `asked`, for loose reading, map the
    words that make a difference to a meaning, or to None if they have two; in `asked` the words for
    the coach are left out, too.
    """

    def __init__(self, loose: Bag, coach: Bag) -> None:
        self.exact: dict[Words, Meaning] = {}
        self.stated: dict[Bag, Meaning | None] = {frozenset(): None}
        self.asked: dict[Bag, Meaning | None] = {frozenset(): None}
        self._loose = loose
        self._coach = coach

    def add(self, ways: Iterable[Words], meaning: Meaning) -> tuple[Words, Meaning] | None:
        """Add plain ways until one already has another meaning; return that one and its meaning."""
        for way in ways:
            known = self.exact.setdefault(way, meaning)
            if known is not meaning:
                return way, known
            bag = frozenset(way) - self._loose
            _add_loosely(self.stated, bag, meaning)
            _add_loosely(self.asked, bag - self._coach, meaning)
        return None


def _add_loosely(meanings: dict[Bag, Meaning | None], bag: Bag, meaning: Meaning) -> None:
    if meanings.setdefault(bag, meaning) is not meaning:
        meanings[bag] = None


class Phrases(Generic[Meaning]):
    """The phrases of a language, indexed by words that each way to type them contains.

    `loose` and `coach` words make no difference where phrases are read loosely.
    """

    def __init__(
        self,
        phrases: Mapping[Meaning, Iterable[Pattern]],
        plain: Plain,
        loose: Bag = frozenset(),
        coach: Bag = frozenset(),
    ) -> None:
        self._plain = plain
        self._loose = loose
        self._coach = coach
        self._free = frozenset(plain.making({*plain.small, *loose, *coach, ANY}))
        self._phrases: list[tuple[Meaning, Pattern, list[Bag]]] = []
        self._by_word: dict[str, list[int]] = {}
        self._anywhere: list[int] = []  # those that may have free words only
        needs = _Needs(self._free)
        for meaning, patterns in phrases.items():
            for pattern in patterns:
                needed = sorted(needs.of_each(pattern), key=len)
                for word in needed[0] if needed else ():
                    self._by_word.setdefault(word, []).append(len(self._phrases))
                if not needed:
                    self._anywhere.append(len(self._phrases))
                self._phrases.append((meaning, pattern, needed[1:]))

    def among(self, words: Iterable[str]) -> PhraseIndex[Meaning]:
        """Return the phrases that a message of these words may be."""
        typed = self._plain.making(self._free.union(self._plain.made_of(words)))
        index = PhraseIndex[Meaning](self._loose, self._coach)
        possible = (self._by_word.get(word, ()) for word in typed - self._free)
        ways = Ways(typed)
        for place in sorted({*self._anywhere}.union(*possible)):
            meaning, pattern, needed = self._phrases[place]
            if not any(map(typed.isdisjoint, needed)):
                index.add(plain_ways(pattern, self._plain, ways), meaning)
        return index


class _Needs:
    """Finds words of which every way to type a pattern has at least one, except for free words."""

    def __init__(self, free: Bag) -> None:
        self._free = free
        self._of_choices: dict[Choice, Bag | None] = {}

    def of_each(self, pattern: Pattern) -> Iterator[Bag]:
        """Yield such words of each part that has any."""
        for part in pattern:
            needed = self._of(part)
            if needed:
                yield needed

    def _of(self, part: str | Choice) -> Bag | None:
        if isinstance(part, str):
            return None if part in self._free else frozenset((part,))
        if part not in self._of_choices:
            each = [min(self.of_each(it), key=len, default=None) for it in part.patterns]
            known = [needed for needed in each if needed]
            all_need = len(known) == len(each)
            self._of_choices[part] = frozenset().union(*known) if all_need else None
        return self._of_choices[part]


class Ways:
    """The ways to type patterns, of the `allowed` words only; None: of all."""

    def __init__(self, allowed: Container[str] | None = None) -> None:
        self._allowed = allowed
        self._of_choices: dict[Choice, list[Words]] = {}

    def of(self, pattern: Pattern) -> Collection[Words]:
        """Return the ways to type a pattern."""
        ways: list[Words] = [()]
        for part in pattern:
            if isinstance(part, str):
                if self._allowed is not None and part not in self._allowed:
                    return ()
                ways = [(*before, part) for before in ways]
            elif found := self._of(part):
                ways = [before + after for before, after in product(ways, found)]
            else:
                return ()
        return ways

    def _of(self, choice: Choice) -> list[Words]:
        ways = self._of_choices.get(choice)
        if ways is None:
            ways = [way for pattern in choice.patterns for way in self.of(pattern)]
            self._of_choices[choice] = ways
        return ways


def plain_ways(pattern: Pattern, plain: Plain, ways: Ways) -> Collection[Words]:
    """Return the plain words of each way to type a pattern, except for the empty one."""
    return dict.fromkeys(map(plain.of, filter(None, ways.of(pattern))))


def number_of_ways(pattern: Pattern) -> int:
    """Return the number of ways to type a pattern."""
    number = 1
    for part in pattern:
        if isinstance(part, Choice):
            number *= sum(map(number_of_ways, part.patterns))
    return number


def words_in(pattern: Pattern) -> Iterator[str]:
    """Yield all words of a pattern."""
    for part in pattern:
        if isinstance(part, str):
            yield part
        else:
            for inner in part.patterns:
                yield from words_in(inner)
