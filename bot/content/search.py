"""Finds what a person means by the name they typed; when in doubt it asks, it never guesses."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SURE = 84
LEAD = 6
NEAR = 62
WORD = 75
LONG = 6
SUGGESTIONS = 5
LONGEST = 80

# Words that carry no name: politeness, and the kit that every exercise here has.
POLITE = frozenset(
    {"a", "about", "an", "and", "can", "could", "do", "does", "doing", "exercise", "explain"}
    | {"for", "give", "hello", "hey", "hi", "how", "i", "is", "it", "like", "me", "my", "need"}
    | {"of", "on", "one", "please", "pls", "see", "show", "tell", "thanks", "that", "the"}
    | {"thing", "this", "to", "want", "what", "whats", "with", "would", "you"}
)
KIT = frozenset({"band", "banded", "elastic", "loop", "mini", "resistance", "w"})
SAME = {
    "abdominal": "ab",
    "abs": "ab",
    "booty": "glute",
    "core": "ab",
    "flie": "fly",
    "flye": "fly",
    "gluteus": "glute",
    "lift": "raise",
    "palof": "pallof",
    "sl": "single leg",
}
# What exercises elsewhere are called by: words with one of these are about an exercise.
MOVEMENTS = frozenset(
    {"abduction", "adduction", "bridge", "burpee", "carry", "chinup", "clam", "climber", "crawl"}
    | {"crunch", "crunche", "curl", "deadlift", "dip", "extension", "flexion", "fly", "hang"}
    | {"hinge", "hop", "jack", "jerk", "jump", "kick", "kickback", "lunge", "march", "muscleup"}
    | {"plank", "press", "pulldown", "pullover", "pullup", "pushdown", "pushup", "raise"}
    | {"rotation", "row", "shrug", "situp", "slam", "slide", "snatch", "squat", "squeeze"}
    | {"stepup", "stretch", "superman", "swing", "throw", "thrust", "twist", "walk", "walkout"}
    | {"windmill"}
)
A_NAME = 5  # words at most


@dataclass(frozen=True, slots=True)
class Match:
    """`sure`: the id that was meant. Otherwise `near`: at most five ids, best first.

    `named`: the words are just a name of each of these ids. `by_first_word`: they are only the
    first word of the name. `missing`: they are spelt right and name nothing here.
    """

    sure: str | None = None
    near: tuple[str, ...] = ()
    named: bool = False
    by_first_word: bool = False
    missing: bool = False


def tokens(words: str) -> list[str]:
    """The words that carry the name: lower case, no accents, no plurals, no filler."""
    plain = unicodedata.normalize("NFKD", words[:LONGEST].casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"[’'`]", "", plain)
    plain = re.sub(r"\b(1|one)[ -]leg(ged)?\b", "single leg", plain)
    plain = re.sub(r"[^\w]+|_", " ", plain)
    kept = (word for word in plain.split() if word not in POLITE)
    return [word for found in kept for word in SAME.get(_singular(found), _singular(found)).split()]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def fold(words: str) -> str:
    """A name without spaces: dead-bugs, Dead Bug and deadbug are one."""
    return "".join(tokens(words))


def bare(words: str) -> str:
    """A name without its kit: banded dead bug and dead bug with band are one."""
    return "".join(word for word in tokens(words) if word not in KIT)


def sounds_like_exercise(words: str) -> bool:
    """Whether they are few and one of them is a movement, such as pull-ups."""
    found = tokens(words)
    pairs = (_singular("".join(pair)) for pair in pairwise(found))
    return len(found) <= A_NAME and not MOVEMENTS.isdisjoint((*found, *pairs))


class Search:
    """An index of names. `ask_back` names may mean something else and are never sure."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        ask_back: Mapping[str, Sequence[str]],
        known: Container[str] = frozenset(),
        *,
        kit_names: bool = False,
    ) -> None:
        """Both map an id to its names, the first of which is its own; `known` are words that are
        spelt right.

        `kit_names`: a band may be what a name is about, so that the name is nothing without it.
        """
        self._exact: dict[str, set[str]] = {}
        self._asked: dict[str, set[str]] = {}
        self._spelt: dict[str, set[frozenset[str]]] = {}  # the words of the names of a form
        self._words: dict[str, set[str]] = {}  # an id's words, in any of its names
        self._known = known
        self._kit = frozenset[str]() if kit_names else KIT
        for key, of_key in names.items():
            for name in (key, *of_key):
                self._add(self._exact, key, name)
        for key, of_key in ask_back.items():
            for name in of_key:
                self._add(self._asked, key, name)
        self._vocabulary = frozenset[str]().union(*self._words.values())
        self._first = {
            first: key
            for key, of_key in names.items()
            for first in self._naming((*of_key, key)[0])[:1]
            if sum(first in words for words in self._words.values()) == 1
        }

    def _add(self, index: dict[str, set[str]], key: str, name: str) -> None:
        words = self._naming(name)
        self._words.setdefault(key, set()).update(words)
        for form in {fold(name), "".join(words)} - {""}:
            index.setdefault(form, set()).add(key)
            self._spelt.setdefault(form, set()).add(frozenset(words))

    def _naming(self, words: str) -> list[str]:
        """The words that name something here."""
        return [word for word in tokens(words) if word not in self._kit]

    def find(self, words: str) -> Match:
        """What these words mean."""
        for form in (fold(words), bare(words)):
            owners = self._exact.get(form, set())
            may_mean = owners | self._asked.get(form, set())
            if may_mean:
                sure = form not in self._asked and len(owners) == 1
                near = () if sure else tuple(sorted(may_mean))[:SUGGESTIONS]
                return Match(next(iter(owners)) if sure else None, near, named=True)
        found = self._naming(words)
        typo = self._typo("".join(found) or fold(words), found)
        if typo.sure:
            return typo
        return Match(near=self._inside(words, typo.near), missing=self._is_missing(words))

    def by_first_word(self, words: str) -> str | None:
        """The id whose own name begins with this one word, which is in the names of no other."""
        found = self._naming(words)
        return self._first.get(found[0]) if len(found) == 1 else None

    def beginning_with(self, words: str) -> list[str]:
        """Ids that have a name which begins with these letters, in the order of the names."""
        form = fold(words)
        names = sorted(name for name in self._exact if name.startswith(form))
        return list(dict.fromkeys(key for name in names for key in sorted(self._exact[name])))

    def _typo(self, form: str, found: list[str]) -> Match:
        """The nearest names; sure if one is very near, differs by misspelt words only, and no
        other exercise comes close."""
        if len(form) < 3:
            return Match()
        scores: dict[str, float] = {}
        very_near: dict[str, list[str]] = {}
        asked = 0.0
        forms = {**self._asked, **self._exact}
        for name, score, _ in process.extract(
            form, forms.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=40
        ):
            if name in self._asked:
                asked = max(asked, score)
            for key in forms[name]:
                score_here = score if name in self._exact else NEAR
                scores[key] = max(scores.get(key, 0), score_here)
                if score_here >= SURE:
                    very_near.setdefault(key, []).append(name)
        ranked = sorted(scores, key=lambda key: -scores[key])
        if not ranked:
            return Match()
        first = ranked[0]
        rival = max([asked, *(scores[key] for key in ranked[1:2])])
        if scores[first] - rival >= LEAD and len(form) >= 5:
            names = very_near.get(first, ())
            if any(self._misspells(found, first, name) for name in names):
                return Match(sure=first)
        return Match(near=tuple(ranked[:SUGGESTIONS]))

    def _misspells(self, found: list[str], key: str, form: str) -> bool:
        """Whether the words are those of a name with this form, some of them misspelt.

        A word that the name has not, and a word of it that is missing, make it another exercise.
        """
        typed = {word for word in found if not self._is_kit_slip(word)}
        return any(
            bool(typed - name) == bool(name - typed)
            and all(self._is_slip(word, key, form) for word in typed - name)
            for name in self._spelt[form]
        )

    def _is_slip(self, word: str, key: str, form: str) -> bool:
        """Whether it can be a misspelling of one of this id's words, and of no other's.

        In a short word one letter more or less tells nothing; but “aduction” may be either.
        """
        if word in self._known or not _is_in(word, form):
            return False
        own = self._words[key] | {form}
        if word in own:
            return True
        others = self._vocabulary - own
        return _slips(word, own) < _slips(word, others) + (len(word) < LONG)

    def _is_kit_slip(self, word: str) -> bool:
        return word not in self._known and any(OSA.distance(word, kit) == 1 for kit in self._kit)

    def _is_word(self, word: str) -> bool:
        return word in self._vocabulary or word in self._known

    def _is_missing(self, words: str) -> bool:
        """Whether the words are spelt right, and not just one word of a name."""
        found = self._naming(words)
        if len(found) == 1 and found[0] in self._vocabulary:
            return False
        spelt = [word for word in found if self._is_word(word)]
        return bool(spelt) and all(len(word) < 3 or word in spelt for word in found)

    def _inside(self, words: str, near: tuple[str, ...]) -> tuple[str, ...]:
        """Names that stand among other words come first: “jump squat” may mean the squat."""
        found = tokens(words)
        keys: dict[str, None] = {}
        for size in (4, 3, 2, 1):
            for start in range(len(found) - size + 1):
                form = "".join(found[start : start + size])
                if len(form) >= 3:
                    for key in sorted(self._exact.get(form, set()) | self._asked.get(form, set())):
                        keys[key] = None
        return tuple(dict.fromkeys((*keys, *near)))[:SUGGESTIONS]


def _is_in(word: str, name: str) -> bool:
    """Whether a typed word can be a slip of the finger for a part of the name."""
    least = {1: 100, 2: 100, 3: NEAR}.get(len(word), WORD)
    return fuzz.partial_ratio(word, name) >= least


def _slips(word: str, names: Iterable[str]) -> int:
    """How many slips of a finger the word is from the nearest of the names."""
    return min((OSA.distance(word, name) for name in names), default=len(word))
