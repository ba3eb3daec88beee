"""Search for names as people type them; a doubtful result is a list of suggestions."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from pydantic import Field

from bot.content.likeness import distances, likeness_to_part, most_alike
from bot.content.models import Model
from bot.domain.frozen import frozen

SURE = 84  # similarity out of 100 that a misspelt name must have
LEAD = 6  # by how much it must exceed that of the next name
NEAR = 62  # similarity of a suggestion
WORD = 75  # similarity of a word to a part of a name
LONG = 6  # letters; a word this long must be nearer to its name than to any other
SUGGESTIONS = 5
LONGEST = 80  # characters that are read
SHORT = 3  # letters; a word this short is not a plural
FILE = "search.toml"

MOST_WORDS = 5  # of the name of an exercise


class Plurals(Model):
    """How plurals are made in a language."""

    endings: tuple[str, ...] = Field(
        (), description="endings that are taken off a word", examples=[["s"]]
    )
    but: tuple[str, ...] = Field(
        (), description="endings of words that are no plural", examples=[["ss"]]
    )
    changed: dict[str, str] = Field(
        {}, description="ends of what is left, and what they become", examples=[{"ie": "y"}]
    )


class SearchFile(Model):
    """data/locales/<language>/search.toml: words of one language for the search for names."""

    ignored: tuple[str, ...] = Field(
        (), description="words that name no exercise", examples=[["please", "show"]]
    )
    kit: tuple[str, ...] = Field(
        (), description="kit that most exercises need", examples=[["band", "mini"]]
    )
    generic: tuple[str, ...] = Field(
        (),
        description="words for all routines or exercises, which name none",
        examples=[["session", "workout"]],
    )
    movements: tuple[str, ...] = Field(
        (), description="words in the names of exercises anywhere", examples=[["squat", "jump"]]
    )
    phrases: dict[str, str] = Field(
        {}, description="phrases for which others are read", examples=[{"one leg": "single leg"}]
    )
    same: dict[str, str] = Field(
        {}, description="words for which others are read", examples=[{"booty": "glute"}]
    )
    plurals: Plurals = Field(
        Plurals(), description="how plurals are made", examples=[{"endings": ["s"]}]
    )


NONE = SearchFile()


@frozen
class Match:
    """The result of a search: the id that is surely meant, or at most five near ids, best first.

    `named`: the words are a name of each of these ids. `by_first_word`: the words are only the
    first word of the name. `missing`: the words are spelt correctly, but no id has this name.
    `within`: those of `near` whose names are among the words.
    """

    sure: str | None = None
    near: tuple[str, ...] = ()
    named: bool = False
    by_first_word: bool = False
    missing: bool = False
    within: tuple[str, ...] = ()


class SearchWords:
    """The words of a language that the search treats specially."""

    def __init__(self, file: SearchFile = NONE) -> None:
        self.ignored = frozenset(file.ignored)
        self.kit = frozenset(file.kit)
        self.generic = frozenset(file.generic)
        self._movements = frozenset(file.movements)
        self._phrases = tuple(
            (re.compile(rf"\b{re.escape(phrase)}\b"), other)
            for phrase, other in file.phrases.items()
        )
        self._same = {word: other.split() for word, other in file.same.items()}
        self._plurals = file.plurals

    def tokens(self, words: str) -> list[str]:
        """Split a text into words in lower case, without accents, plurals and fillers."""
        plain = unicodedata.normalize("NFKD", words[:LONGEST].casefold())
        plain = "".join(char for char in plain if not unicodedata.combining(char))
        plain = re.sub(r"[^\w]+|_", " ", re.sub(r"[’'`]", "", plain))
        for phrase, other in self._phrases:
            plain = phrase.sub(other, plain)
        kept = (word for word in plain.split() if word not in self.ignored)
        singulars = map(self._singular, kept)
        return [word for singular in singulars for word in self._same.get(singular, (singular,))]

    def _singular(self, word: str) -> str:
        if len(word) <= SHORT or word.endswith(self._plurals.but):
            return word
        ending = next((end for end in self._plurals.endings if word.endswith(end)), "")
        return word.removesuffix(ending)

    def stems(self, words: str) -> frozenset[str]:
        """Return the words without plurals: injury and injuries give the same."""
        return frozenset(map(self._stem, self.tokens(words)))

    def _stem(self, word: str) -> str:
        for ending, other in self._plurals.changed.items():
            if word.endswith(ending):
                return word.removesuffix(ending) + other
        return word

    def fold(self, words: str) -> str:
        """Return the name's tokens joined: dead-bugs, Dead Bug and deadbug give the same."""
        return "".join(self.tokens(words))

    def bare(self, words: str) -> str:
        """Fold a name without its kit: banded dead bug and dead bug with band give the same."""
        return "".join(word for word in self.tokens(words) if word not in self.kit)

    def sounds_like_exercise(self, words: str) -> bool:
        """Return whether the text is short and names a movement, such as pull-ups."""
        split = self.tokens(words)
        pairs = (self._singular("".join(pair)) for pair in pairwise(split))
        return len(split) <= MOST_WORDS and not self._movements.isdisjoint((*split, *pairs))


class Search:
    """An index of names."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        ask_back: Mapping[str, Sequence[str]],
        known: Container[str] = frozenset(),
        words: SearchWords | None = None,
        *,
        kit_names: bool = False,
    ) -> None:
        """Index the names of each id; an id's first name is its own, the others are aliases.

        `ask_back`: names by id that may mean something else, so that their matches are never sure.
        `known`: correctly spelt words. `words`: the words of the language. `kit_names`: names may
        be those of kit, so that words for kit are kept.
        """
        self._exact: dict[str, set[str]] = {}
        self._doubtful: dict[str, set[str]] = {}
        self._spelt: dict[str, set[frozenset[str]]] = {}  # the words of each name, by folded name
        self._words: dict[str, set[str]] = {}  # the words in any of an id's names
        self._known = known
        self._own = words or SearchWords()
        self._kit = frozenset[str]() if kit_names else self._own.kit
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
        tokens = self._own.tokens(name)
        words = [word for word in tokens if word not in self._kit]
        self._words.setdefault(key, set()).update(words)
        for form in sorted({"".join(tokens), "".join(words)} - {"", *self._own.generic}):
            index.setdefault(form, set()).add(key)
            self._spelt.setdefault(form, set()).add(frozenset(words))

    def _naming(self, words: str) -> list[str]:
        """Return the tokens without those of kit."""
        return [word for word in self._own.tokens(words) if word not in self._kit]

    def find(self, words: str) -> Match:
        """Return the id that the words mean, or near ids."""
        for form in (self._own.fold(words), self._own.bare(words)):
            owners = self._exact.get(form, set())
            may_mean = owners | self._doubtful.get(form, set())
            if may_mean:
                sure = form not in self._doubtful and len(owners) == 1
                near = () if sure else tuple(sorted(may_mean))[:SUGGESTIONS]
                return Match(next(iter(owners)) if sure else None, near, named=True)
        typed = self._naming(words)
        typo = self._typo("".join(typed) or self._own.fold(words), typed)
        if typo.sure:
            return typo
        within = self._within(words)
        near = tuple(dict.fromkeys((*within, *typo.near)))[:SUGGESTIONS]
        return Match(near=near, missing=self._is_missing(words), within=within)

    def by_first_word(self, words: str) -> str | None:
        """Return the id whose own name is the only one with the typed word, and begins with it."""
        typed = self._naming(words)
        return self._first.get(typed[0]) if len(typed) == 1 else None

    def beginning_with(self, words: str) -> list[str]:
        """Return the ids that have a name with this prefix, in the order of those names."""
        form = self._own.fold(words)
        names = sorted(name for name in self._exact if name.startswith(form))
        return list(dict.fromkeys(key for name in names for key in sorted(self._exact[name])))

    def _typo(self, form: str, typed: list[str]) -> Match:
        """Match by similarity.

        The match is sure if a name is very similar and differs only in misspelt words, and all
        other ids are less similar by LEAD.
        """
        if len(form) < 3:
            return Match()
        scores: dict[str, float] = {}
        very_near: dict[str, list[str]] = {}
        doubtful = 0.0
        forms = {**self._doubtful, **self._exact}
        for name, score in most_alike(form, forms.keys(), NEAR, 40):
            if name in self._doubtful:
                doubtful = max(doubtful, score)
            for key in forms[name]:
                counted = score if name in self._exact else NEAR
                scores[key] = max(scores.get(key, 0), counted)
                if counted >= SURE:
                    very_near.setdefault(key, []).append(name)
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
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
        """Return whether the words are a name with this folded form, some of them misspelt.

        An additional or missing word makes them the name of another exercise.
        """
        words = {word for word in typed if not self._is_kit_slip(word)}
        return any(
            bool(words - name) == bool(name - words)
            and all(self._is_slip(word, key, form) for word in words - name)
            for name in self._spelt[form]
        )

    def _is_slip(self, word: str, key: str, form: str) -> bool:
        """Return whether the word can be a misspelling only of this id's words.

        A long word must be nearer to this id's words than to others: “aduction” may be abduction or
        adduction. A short word may be as near to others.
        """
        if word in self._known or not _is_in(word, form):
            return False
        own = self._words[key] | {form}
        if word in own:
            return True
        others = self._vocabulary - own
        return _slips(word, own) < _slips(word, others) + (len(word) < LONG)

    def _is_kit_slip(self, word: str) -> bool:
        return word not in self._known and 1 in distances(word, self._kit)

    def _is_word(self, word: str) -> bool:
        return word in self._vocabulary or word in self._known

    def _is_missing(self, words: str) -> bool:
        """Return whether the words are spelt correctly, and are not just one word of a name."""
        typed = self._naming(words)
        if len(typed) == 1 and typed[0] in self._vocabulary:
            return False
        spelt = [word for word in typed if self._is_word(word)]
        return bool(spelt) and all(len(word) < 3 or word in spelt for word in typed)

    def _within(self, words: str) -> tuple[str, ...]:
        """Return the ids whose name is among the words: “jump squat” may mean squat."""
        typed = self._own.tokens(words)
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
    return likeness_to_part(word, name) >= least


def _slips(word: str, names: Iterable[str]) -> int:
    """Return the edit distance from the word to the nearest of the names."""
    return min(distances(word, names), default=len(word))
