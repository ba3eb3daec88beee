"""Finds what a person means by the name they typed; when in doubt it asks, it never guesses."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

SURE = 84
LEAD = 6
NEAR = 62
WORD = 75
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
    "gluteus": "glute",
    "lift": "raise",
    "palof": "pallof",
    "sl": "single leg",
}


@dataclass(frozen=True, slots=True)
class Match:
    """`sure`: the id that was meant. Otherwise `near`: at most five ids, best first; `named` if
    each of them goes by just this name."""

    sure: str | None = None
    near: tuple[str, ...] = ()
    named: bool = False


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


class Search:
    """An index of names. `ask_back` names may mean something else and are never sure."""

    def __init__(
        self, names: Mapping[str, Iterable[str]], ask_back: Mapping[str, Iterable[str]]
    ) -> None:
        """Both map an id to its names."""
        self._exact: dict[str, set[str]] = {}
        self._asked: dict[str, set[str]] = {}
        for key, of_key in names.items():
            for name in (key, *of_key):
                for form in filter(None, (fold(name), bare(name))):
                    self._exact.setdefault(form, set()).add(key)
        for key, of_key in ask_back.items():
            for name in of_key:
                for form in filter(None, (fold(name), bare(name))):
                    self._asked.setdefault(form, set()).add(key)

    def find(self, words: str) -> Match:
        """What these words mean."""
        for form in (fold(words), bare(words)):
            owners = self._exact.get(form, set())
            may_mean = owners | self._asked.get(form, set())
            if may_mean:
                sure = form not in self._asked and len(owners) == 1
                near = () if sure else tuple(sorted(may_mean))[:SUGGESTIONS]
                return Match(next(iter(owners)) if sure else None, near, named=True)
        typo = self._typo(bare(words) or fold(words), tokens(words))
        return typo if typo.sure else Match(near=self._inside(words, typo.near))

    def beginning_with(self, words: str) -> list[str]:
        """Ids that have a name which begins with these letters, in the order of the names."""
        form = fold(words)
        names = sorted(name for name in self._exact if name.startswith(form))
        return list(dict.fromkeys(key for name in names for key in sorted(self._exact[name])))

    def _typo(self, form: str, found: list[str]) -> Match:
        """The nearest names; sure if one is very near, in each of its words, and no other
        exercise comes close."""
        if len(form) < 3:
            return Match()
        best_name: dict[str, str] = {}
        scores: dict[str, float] = {}
        forms = {**self._asked, **self._exact}
        for name, score, _ in process.extract(
            form, forms.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=40
        ):
            for key in forms[name]:
                score_here = score if name in self._exact else NEAR
                if score_here > scores.get(key, 0):
                    scores[key], best_name[key] = score_here, name
        ranked = sorted(scores, key=lambda key: -scores[key])
        if not ranked:
            return Match()
        best = scores[ranked[0]]
        second = scores[ranked[1]] if len(ranked) > 1 else 0
        each_word = all(_is_in(word, best_name[ranked[0]]) for word in found)
        if best >= SURE and best - second >= LEAD and len(form) >= 5 and each_word:
            return Match(sure=ranked[0])
        return Match(near=tuple(ranked[:SUGGESTIONS]))

    def _inside(self, words: str, near: tuple[str, ...]) -> tuple[str, ...]:
        """Names that stand among other words come first: “jump squat” may mean the squat."""
        found = tokens(words)
        keys: dict[str, None] = {}
        for size in (4, 3, 2, 1):
            for start in range(len(found) - size + 1):
                form = "".join(found[start : start + size])
                if len(form) >= 4:
                    for key in sorted(self._exact.get(form, set()) | self._asked.get(form, set())):
                        keys[key] = None
        return tuple(dict.fromkeys((*keys, *near)))[:SUGGESTIONS]


def _is_in(word: str, name: str) -> bool:
    """Whether a typed word can be a slip of the finger for a part of the name."""
    least = {1: 100, 2: 100, 3: NEAR}.get(len(word), WORD)
    return word in KIT or fuzz.partial_ratio(word, name) >= least
