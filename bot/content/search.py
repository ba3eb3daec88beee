"""Search for names as people type them; a doubtful result is a list of suggestions, no guess."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SURE = 84  # similarity out of 100 that a misspelt name must have
LEAD = 6  # by how much it must exceed that of the next name
NEAR = 62  # similarity of a suggestion
WORD = 75  # similarity of a word to a part of a name
LONG = 6  # letters from which on a word must be nearer to its name than to any other
SUGGESTIONS = 5
LONGEST = 80  # characters that are read

# Words that name no exercise: fillers, and the kit that most exercises need.
POLITE = frozenset(
    {"a", "about", "an", "and", "can", "could", "do", "does", "doing", "exercise", "explain"}
    | {"for", "give", "hello", "hey", "hi", "how", "i", "is", "it", "like", "me", "my", "need"}
    | {"of", "on", "one", "please", "pls", "see", "show", "tell", "thanks", "that", "the"}
    | {"thing", "this", "to", "want", "what", "whats", "with", "would", "you"}
)
KIT = frozenset({"band", "banded", "elastic", "loop", "mini", "resistance", "w"})
# Words for all routines or exercises, which name none.
GENERIC = frozenset({"routine", "session", "workout", "training", "programme", "program"})
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
# Words in the names of exercises anywhere: a text with one of them is about an exercise.
MOVEMENTS = frozenset(
    {"abduction", "adduction", "bridge", "burpee", "carry", "chinup", "clam", "climber", "crawl"}
    | {"crunch", "crunche", "curl", "deadlift", "dip", "extension", "flexion", "fly", "hang"}
    | {"hinge", "hop", "jack", "jerk", "jump", "kick", "kickback", "lunge", "march", "muscleup"}
    | {"plank", "press", "pulldown", "pullover", "pullup", "pushdown", "pushup", "raise"}
    | {"rotation", "row", "shrug", "situp", "slam", "slide", "snatch", "squat", "squeeze"}
    | {"stepup", "stretch", "superman", "swing", "throw", "thrust", "twist", "walk", "walkout"}
    | {"windmill"}
)
MOST_WORDS = 5  # of the name of an exercise


@dataclass(frozen=True, slots=True)
class Match:
    """The result of a search: the id that is surely meant, or at most five near ids, best first.

    `named`: the words equal a name of each of these ids. `by_first_word`: the words are only the
    first word of the name. `missing`: the words are spelt right, and no id has such a name.
    `within`: those of `near` whose name is among the words.
    """

    sure: str | None = None
    near: tuple[str, ...] = ()
    named: bool = False
    by_first_word: bool = False
    missing: bool = False
    within: tuple[str, ...] = ()


def tokens(words: str) -> list[str]:
    """Split a text into words in lower case, without accents, plurals and fillers."""
    plain = unicodedata.normalize("NFKD", words[:LONGEST].casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"[’'`]", "", plain)
    plain = re.sub(r"\b(1|one)[ -]leg(ged)?\b", "single leg", plain)
    plain = re.sub(r"[^\w]+|_", " ", plain)
    kept = (word for word in plain.split() if word not in POLITE)
    singulars = map(_singular, kept)
    return [word for singular in singulars for word in SAME.get(singular, singular).split()]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def fold(words: str) -> str:
    """Return the name's tokens joined: dead-bugs, Dead Bug and deadbug give the same."""
    return "".join(tokens(words))


def bare(words: str) -> str:
    """Fold a name without its kit: banded dead bug and dead bug with band give the same."""
    return "".join(word for word in tokens(words) if word not in KIT)


def sounds_like_exercise(words: str) -> bool:
    """Return whether the text is short and names a movement, such as pull-ups."""
    split = tokens(words)
    pairs = (_singular("".join(pair)) for pair in pairwise(split))
    return len(split) <= MOST_WORDS and not MOVEMENTS.isdisjoint((*split, *pairs))


class Search:
    """An index of names."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        ask_back: Mapping[str, Sequence[str]],
        known: Container[str] = frozenset(),
        *,
        kit_names: bool = False,
    ) -> None:
        """Index the names of each id; an id's first name is its own, the others are aliases.

        `ask_back`: names that may mean something else, by id; matches with them are never sure.
        `known`: words that are spelt right. `kit_names`: names may be those of kit, whose words
        then are not left out of a name.
        """
        self._exact: dict[str, set[str]] = {}
        self._doubtful: dict[str, set[str]] = {}
        self._spelt: dict[str, set[frozenset[str]]] = {}  # the words of each name, by folded name
        self._words: dict[str, set[str]] = {}  # the words in any of an id's names
        self._known = known
        self._kit = frozenset[str]() if kit_names else KIT
        for key, of_key in names.items():
            for name in (key, *of_key):
                self._add(self._exact, key, name)
        for key, of_key in ask_back.items():
            for name in of_key:
                self._add(self._doubtful, key, name)
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
        for form in {fold(name), "".join(words)} - {"", *GENERIC}:
            index.setdefault(form, set()).add(key)
            self._spelt.setdefault(form, set()).add(frozenset(words))

    def _naming(self, words: str) -> list[str]:
        """Return the tokens without those of kit."""
        return [word for word in tokens(words) if word not in self._kit]

    def find(self, words: str) -> Match:
        """Return the id that the words mean, or near ids."""
        for form in (fold(words), bare(words)):
            owners = self._exact.get(form, set())
            may_mean = owners | self._doubtful.get(form, set())
            if may_mean:
                sure = form not in self._doubtful and len(owners) == 1
                near = () if sure else tuple(sorted(may_mean))[:SUGGESTIONS]
                return Match(next(iter(owners)) if sure else None, near, named=True)
        typed = self._naming(words)
        typo = self._typo("".join(typed) or fold(words), typed)
        if typo.sure:
            return typo
        within = self._within(words)
        near = tuple(dict.fromkeys((*within, *typo.near)))[:SUGGESTIONS]
        return Match(near=near, missing=self._is_missing(words), within=within)

    def by_first_word(self, words: str) -> str | None:
        """Return the id whose own name alone has the one typed word, and begins with it."""
        typed = self._naming(words)
        return self._first.get(typed[0]) if len(typed) == 1 else None

    def beginning_with(self, words: str) -> list[str]:
        """Return the ids that have a name with this prefix, in the order of those names."""
        form = fold(words)
        names = sorted(name for name in self._exact if name.startswith(form))
        return list(dict.fromkeys(key for name in names for key in sorted(self._exact[name])))

    def _typo(self, form: str, typed: list[str]) -> Match:
        """Match by similarity; sure if one id has a very similar name that differs only in
        misspelt words, and every other id is less similar by LEAD.
        """
        if len(form) < 3:
            return Match()
        scores: dict[str, float] = {}
        very_near: dict[str, list[str]] = {}
        doubtful = 0.0
        forms = {**self._doubtful, **self._exact}
        for name, score, _ in process.extract(
            form, forms.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=40
        ):
            if name in self._doubtful:
                doubtful = max(doubtful, score)
            for key in forms[name]:
                counted = score if name in self._exact else NEAR
                scores[key] = max(scores.get(key, 0), counted)
                if counted >= SURE:
                    very_near.setdefault(key, []).append(name)
        ranked = sorted(scores, key=lambda key: -scores[key])
        if not ranked:
            return Match()
        first = ranked[0]
        rival = max([doubtful, *(scores[key] for key in ranked[1:2])])
        if scores[first] - rival >= LEAD and len(form) >= 5:
            names = very_near.get(first, ())
            if any(self._misspells(typed, first, name) for name in names):
                return Match(sure=first)
        return Match(near=tuple(ranked[:SUGGESTIONS]))

    def _misspells(self, typed: list[str], key: str, form: str) -> bool:
        """Return whether the words are those of a name with this folded form, some misspelt.

        A word too many or too few makes the words another exercise's name.
        """
        words = {word for word in typed if not self._is_kit_slip(word)}
        return any(
            bool(words - name) == bool(name - words)
            and all(self._is_slip(word, key, form) for word in words - name)
            for name in self._spelt[form]
        )

    def _is_slip(self, word: str, key: str, form: str) -> bool:
        """Return whether the word can be a misspelling of this id's words and of no other id's.

        A long word must be nearer to this id's words than to others: “aduction” may be abduction
        or adduction. A short word may be as near to others.
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
        """Return whether the words are spelt right, and are not just one word of a name."""
        typed = self._naming(words)
        if len(typed) == 1 and typed[0] in self._vocabulary:
            return False
        spelt = [word for word in typed if self._is_word(word)]
        return bool(spelt) and all(len(word) < 3 or word in spelt for word in typed)

    def _within(self, words: str) -> tuple[str, ...]:
        """Return the ids whose name is among the words: “jump squat” may mean squat."""
        typed = tokens(words)
        keys: dict[str, None] = {}
        for size in (4, 3, 2, 1):
            for start in range(len(typed) - size + 1):
                form = "".join(typed[start : start + size])
                if len(form) >= 3:
                    owners = self._exact.get(form, set()) | self._doubtful.get(form, set())
                    keys |= dict.fromkeys(sorted(owners))
        return tuple(keys)[:SUGGESTIONS]


def _is_in(word: str, name: str) -> bool:
    """Return whether a typed word can be a misspelling of a part of the name."""
    least = {1: 100, 2: 100, 3: NEAR}.get(len(word), WORD)
    return fuzz.partial_ratio(word, name) >= least


def _slips(word: str, names: Iterable[str]) -> int:
    """Return the edit distance from the word to the nearest of the names."""
    return min((OSA.distance(word, name) for name in names), default=len(word))
