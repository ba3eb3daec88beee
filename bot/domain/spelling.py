"""Typed text as words: normalised, and compared with known words in spite of typing errors."""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.domain.frozen import frozen

LONGEST_TEXT = 4096  # characters; Telegram's limit on a message
LONGEST_WORD = 24
SHORTEST_CORRECTED = 5
SHORTEST_CORRECTED_TWICE = 8
REMEMBERED = 20_000

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_APOSTROPHE = re.compile("['’‘`´ʼ]")
_REPEATED = re.compile(r"(.)\1{2,}")
# The end of a sentence or a clause, a character that is a word by itself, or a word.
_TOKEN = re.compile(
    r"(?P<sentence>[.!?…\n]+)|(?P<clause>[,;:()–—]|(?<=\s)-(?=\s))"
    "|(?P<sign>[\u2600-\u27bf\u2e80-\u9fff\U0001f100-\U0001faff])"
    "|(?P<word>[^\\W_\u2e80-\u9fff]+)"
)


@frozen
class Word:
    """A typed word or emoji with the numbers of its clause and its sentence in the text."""

    text: str
    clause: int
    sentence: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of the text in lower case, without accents, apostrophes and punctuation."""
    clause = sentence = 0
    for match in _TOKEN.finditer(normalised(text)):
        kind = match.lastgroup
        if kind in ("clause", "sentence"):
            clause += 1
            sentence += kind == "sentence"
        else:
            yield Word(match[0], clause, sentence)


@lru_cache(maxsize=2000)  # the same few words, tens of thousands of times when phrases are read
def is_plain(word: str) -> bool:
    """Return whether the word is read as it is written."""
    return [each.text for each in words_of(word)] == [word]


def normalised(text: str) -> str:
    """Return the text in lower case without accents, apostrophes and invisible characters."""
    # Apostrophes first: the normal form of ´ is a space and an accent.
    bare = _INVISIBLE.sub("", _APOSTROPHE.sub("", text[:LONGEST_TEXT].casefold()))
    if bare.isascii():
        return bare
    folded = unicodedata.normalize("NFKD", bare)[:LONGEST_TEXT]
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return plain.replace("œ", "oe").replace("ø", "o")


@dataclass(frozen=True)
class Speller:
    """Finds which of the vocabulary's words a typed word stands for.

    A vocabulary word that ends with `*` stands for every word that begins with the rest. `correct`
    are words of the language: a typed word among them is no misspelling of another word.
    """

    vocabulary: frozenset[str]
    correct: Container[str] = frozenset()
    _exact: frozenset[str] = field(init=False)
    _stems: frozenset[str] = field(init=False)
    _shortened: "_Shortened" = field(init=False)
    _remembered: dict[str, frozenset[str]] = field(init=False, default_factory=dict)
    _unknown: dict[str, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        stems = (word[:-1] for word in self.vocabulary if word.endswith("*"))
        exact = (word for word in self.vocabulary if not word.endswith("*"))
        object.__setattr__(self, "_stems", frozenset(stems))
        object.__setattr__(self, "_exact", frozenset(exact))
        object.__setattr__(self, "_shortened", _Shortened(self._exact))

    def meant(self, typed: str) -> frozenset[str]:
        """Return the vocabulary words that the typed word stands for."""
        if len(typed) > LONGEST_WORD:
            typed = _REPEATED.sub(r"\1", typed)[: LONGEST_WORD + 1]
        meant = self._remembered.get(typed)
        if meant is None:
            meant = self._found(typed)
            if len(self._remembered) < REMEMBERED:
                self._remembered[typed] = meant
        return meant

    def corrected(self, typed: str) -> str:
        """Return the one vocabulary word that the typed word stands for, otherwise the word."""
        meant = self.meant(typed)
        return next(iter(meant)) if len(meant) == 1 else typed

    def is_unknown(self, typed: str) -> bool:
        """Return whether a typed word is neither in the vocabulary nor in the language."""
        if typed not in self._unknown:
            is_word = not typed.isalpha() or typed in self.correct or bool(self.meant(typed))
            if len(self._unknown) >= REMEMBERED:
                return not is_word
            self._unknown[typed] = not is_word
        return self._unknown[typed]

    def _found(self, typed: str) -> frozenset[str]:
        forms = collapsed(typed)
        exact = frozenset(word for form in forms for word in self._spelt(form))
        if typed in self._exact or len(typed) > LONGEST_WORD:
            return exact
        misspelt = [word for form in forms for word in self._misspelt(form)]
        return exact if not misspelt or typed in self.correct else exact.union(misspelt)

    def _spelt(self, typed: str) -> Iterator[str]:
        if typed in self._exact:
            yield typed
        for end in range(3, len(typed) + 1):
            if typed[:end] in self._stems:
                yield typed[:end] + "*"

    def _misspelt(self, typed: str) -> list[str]:
        """Return the nearest words within the errors that their length allows."""
        if len(typed) < SHORTEST_CORRECTED - 1:
            return []
        candidates = {
            word
            for form in _shortened(typed, min(2, _errors(typed + "x")))
            for word in self._shortened.words(form)
        }
        distances = {word: distance(typed, word) for word in candidates}
        near = {word: steps for word, steps in distances.items() if steps <= _errors(word)}
        least = min(near.values(), default=0)
        return [word for word, steps in near.items() if steps == least]


class _Shortened:
    """Words by the forms that remain when letters are left out.

    The forms are kept as hashes; as text they would take ten times the memory.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        hashes = array("q")
        places = array("I")
        for place, word in enumerate(self._words):
            forms = _shortened(word, _errors(word))
            hashes.extend(map(hash, forms))
            places.extend([place] * len(forms))
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self._hashes = array("q", map(hashes.__getitem__, order))
        self._places = array("I", map(places.__getitem__, order))

    def words(self, form: str) -> Iterator[str]:
        """Yield the words that have this form, and perhaps others because of equal hashes."""
        number = hash(form)
        first, end = bisect_left(self._hashes, number), bisect_right(self._hashes, number)
        return (self._words[place] for place in self._places[first:end])


def collapsed(word: str) -> frozenset[str]:
    """Return the word with letters that stand three times or more written once, and twice."""
    return frozenset((_REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word)))


def distance(first: str, second: str) -> int:
    """Return how many letters must be added, left out, replaced or swapped to match the words."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        before, above, row = row, before, [at]
        for to, other in enumerate(second, start=1):
            steps = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == second[to - 2] and first[at - 2] == other:
                steps = min(steps, above[to - 2] + 1)
            row.append(steps)
    return row[-1]


def _errors(word: str) -> int:
    """Return how many typing errors are accepted in a word of this length."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return 0
    return 2 if len(word) >= SHORTEST_CORRECTED_TWICE else 1


def _shortened(word: str, errors: int) -> frozenset[str]:
    """Return all forms of the word with at most this number of letters left out."""
    forms = {word}
    latest = forms
    for _ in range(errors):
        latest = {form[:at] + form[at + 1 :] for form in latest for at in range(len(form))}
        forms = forms | latest
    return frozenset(forms)
