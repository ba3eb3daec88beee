"""Recognition of pain, soreness and recovery in what a runner types.

Warning signs are recognised earlier (bot/domain/warning_signs.py). The words are in
pain-words.toml.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from bot.domain.frozen import frozen
from bot.domain.pain import PainKind
from bot.domain.regions import Region, Side
from bot.domain.spelling import normalised, words_of
from bot.domain.warning_signs import REACH, Doubt, Finding, Vocabulary, findings

STRONGEST = 10
BEYOND = frozenset({11, 100})  # what people type for more than ten out of ten
STRONGER = frozenset({"fine", "better", "cleared", "sore"})  # phrases that hold words for pain
CLAUSE = re.compile(r"[,;.!\n]+")
SEVERE_SORENESS = 7  # the lowest score at which soreness is read as pain
KINDS = (PainKind.DULL, PainKind.SHARP, PainKind.JOINT, PainKind.BONE)  # the more careful last


class Subject(StrEnum):
    """What the words are about.

    CLEARED: a clinician agreed. PLACE: only a part of the body is named.
    """

    PAIN = "pain"
    SORENESS = "soreness"
    FINE = "fine"
    CLEARED = "cleared"
    PLACE = "place"


COMPLAINTS = frozenset({Subject.PAIN, Subject.SORENESS})


@frozen
class Reading:
    """What the words say about pain; fields of which they say nothing are None or empty.

    Each of several `regions` may be meant. `one_sided`: it is on one side, but `side` may be
    unknown. `guessed`: the score is derived from a word, and the runner has to confirm it. `doubt`:
    why a question has to be asked first; UNCLEAR for a runner who is fine: the pain may only be
    less.
    """

    subject: Subject
    regions: tuple[Region, ...] = ()
    side: Side | None = None
    one_sided: bool = False
    kind: PainKind | None = None
    score: int | None = None
    guessed: bool = False
    doubt: Doubt | None = None

    @property
    def region(self) -> Region | None:
        return self.regions[0] if len(self.regions) == 1 else None


@frozen
class Numbers:
    """How a language writes scores: `words` from zero to ten, and what other numbers count.

    `beyond` are words for numbers above ten.
    """

    words: tuple[str, ...]
    beyond: tuple[str, ...]
    out_of: tuple[str, ...]
    to: tuple[str, ...]
    units: frozenset[str]


@dataclass(frozen=True)
class PainVocabulary:
    """The words of one language, each meaning of `vocabulary` with an id such as region:knee.

    `names` are those of exercises and routines, split into words: alone, they are no report. `but`
    are words that begin another clause; `was` and `now` tell past pain from present pain.
    """

    vocabulary: Vocabulary
    names: frozenset[tuple[str, ...]]
    but: tuple[str, ...]
    was: frozenset[str]
    now: frozenset[str]
    numbers: Numbers

    @cached_property
    def clauses(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_either(self.but)})\b", re.IGNORECASE)

    @cached_property
    def out_of_ten(self) -> re.Pattern[str]:
        """A score with its scale, such as 7/10."""
        out_of = _either(self.numbers.out_of)
        return re.compile(rf"{self._score}\s*(?:{out_of})\s*(?:10|{self.numbers.words[10]})\b")

    @cached_property
    def bare_score(self) -> re.Pattern[str]:
        """A number that stands alone, with the word before and after it."""
        return re.compile(rf"(?:(\w+)[ ]+)?(?<![\w:.,/]){self._score}(?![\w:/]|[.,]\d)[ ]*(\w*)")

    @property
    def _score(self) -> str:
        number = rf"(\d+(?:[.,]\d+)?|{_either((*self.numbers.words, *self.numbers.beyond))})"
        return rf"\b{number}(?:\s*(?:{_either(self.numbers.to)})\s*{number})?"

    def value(self, number: str) -> int:
        """Return the score for a typed number; halves count up."""
        if number in self.numbers.words:
            return self.numbers.words.index(number)
        if number in self.numbers.beyond:
            return STRONGEST
        return min(-int(-float(number.replace(",", ".")) // 1), STRONGEST)


def read(text: str, vocabulary: PainVocabulary) -> Reading | None:
    """Return what the words say of pain, or None if they are about something else."""
    if tuple(word.text for word in words_of(text)) in vocabulary.names:
        return None
    reading = _Text(text, vocabulary).reading()
    if reading is not None and reading.subject is Subject.FINE:
        return _not_fine(text, vocabulary) or reading
    if reading is not None and reading.subject in COMPLAINTS and _is_over(text, vocabulary):
        return Reading(Subject.FINE, reading.regions, score=0)
    return reading


def _is_over(text: str, vocabulary: PainVocabulary) -> bool:
    """Return whether all pain is over, as in “I was sore yesterday, but I'm fine now”."""
    *before, last = filter(str.strip, CLAUSE.split(vocabulary.clauses.sub(";", text)))
    now = _Text(last, vocabulary).reading()
    if now is None or now.subject is not Subject.FINE or now.doubt is not None:
        return False
    complaints = [clause for clause in before if _Text(clause, vocabulary).complains()]
    return _says(last, vocabulary.now) and all(_says(it, vocabulary.was) for it in complaints)


def _says(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(word.text for word in words_of(text))


def _not_fine(text: str, vocabulary: PainVocabulary) -> Reading | None:
    """Return what is excepted from being fine, as in “my knee is ok but the shin isn't”."""
    for clause in vocabulary.clauses.split(text)[1:]:
        excepted = _Text(clause, vocabulary)
        regions, reading = excepted.regions_named(), excepted.reading()
        if regions and (reading is None or reading.subject is not Subject.FINE):
            return Reading(Subject.PAIN, regions)
    return None


def regions_named(text: str, vocabulary: PainVocabulary) -> tuple[Region, ...]:
    """Return the regions that the words name, whatever they say of them."""
    return _Text(text, vocabulary).regions_named()


def score(text: str, vocabulary: PainVocabulary) -> int | None:
    """Return the score if the words are nothing but one, such as 6-7 or about 6 of 10."""
    numbers = vocabulary.numbers
    if (alone := normalised(text).strip(" .!")) in (*numbers.words, *numbers.beyond):
        return vocabulary.value(alone)
    found = _Text(text, vocabulary)
    number = found.score()
    return None if number is None or found.says_more() else number


def details(text: str, vocabulary: PainVocabulary) -> Reading:
    """Return what the words add about a pain that is being talked about.

    Its regions are corrections, as in “not my knee, my hip”.
    """
    return _Text(text, vocabulary).details()


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class _Text:
    """A text, and the phrases that are found in it."""

    def __init__(self, text: str, vocabulary: PainVocabulary) -> None:
        self._vocabulary = vocabulary
        self._typed = normalised(text)
        split = vocabulary.clauses.sub(";", text)
        self._words, self._masked, self._found = findings(split, vocabulary.vocabulary)
        self._regions = self._longest("region:")
        muscles = _places(self._of("muscle"))
        self._muscles = frozenset(muscles)
        self._denied = {
            place
            for finding in self._of("denied", "pain", "part", "sore", "sore-part")
            if finding.doubt is Doubt.NEGATED
            for place in finding.places
        }
        self._denials = [
            finding
            for finding in self._of("denied", "pain", "sore")
            if finding.doubt is Doubt.NEGATED
        ]
        self._fine = self._of("fine", "better")
        self._cleared = self._of("cleared", "cleared-ask")
        placed = _places((*self._regions, *self._of("unplaced")))
        self._sore = [
            *self._free("sore"),
            *(finding for finding in self._free("sore-part") if self._is_near(finding, muscles)),
        ]
        self._pains = [
            *self._free("pain", "ask"),
            *(finding for finding in self._free("part") if self._is_near(finding, placed)),
        ]

    def regions_named(self) -> tuple[Region, ...]:
        return _named(self._regions)

    def _of(self, *ids: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self._found if finding.id in ids)

    def _longest(self, prefix: str) -> tuple[Finding, ...]:
        """Return the findings that are no part of a longer one."""
        found = [finding for finding in self._found if finding.id.startswith(prefix)]
        longer = _by_place(found)
        return tuple(finding for finding in found if not _is_within(finding, longer))

    def _free(self, *ids: str) -> list[Finding]:
        """Return the findings that are no part of a phrase which means something else."""
        phrases = _by_place(self._of(*STRONGER.difference(ids), "ask"))
        return [finding for finding in self._of(*ids) if not _is_within(finding, phrases)]

    def _is_near(self, finding: Finding, places: Sequence[int]) -> bool:
        """Return whether one of the places is in the same sentence, within reach."""
        sentence = self._words[finding.places[0]].sentence
        first = bisect_left(places, finding.places[0] - REACH - 1)
        last = bisect_right(places, finding.places[-1] + REACH + 1)
        return any(self._words[place].sentence == sentence for place in places[first:last])

    def complains(self) -> bool:
        reading = self.reading()
        return reading is not None and reading.subject in COMPLAINTS

    def reading(self) -> Reading | None:
        present = [finding for finding in self._pains if self._is_present(finding)]
        sore = [finding for finding in self._sore if self._is_present(finding)]
        if present or sore:
            return self._complaint(present, sore)
        if cleared := [finding for finding in self._cleared if finding.doubt is not Doubt.NEGATED]:
            unclear = all(finding.id == "cleared-ask" for finding in cleared)
            return self._reading(Subject.CLEARED, cleared, Doubt.UNCLEAR if unclear else None)
        if self._fine or self._denials:
            return self._of_the_fine()
        return self._bare()

    def _is_present(self, finding: Finding) -> bool:
        return finding.doubt is not Doubt.NEGATED and self._denied.isdisjoint(finding.places)

    def _complaint(self, present: list[Finding], sore: list[Finding]) -> Reading | None:
        """Return pain, or soreness if nothing suggests pain."""
        places = {place for finding in sore for place in finding.places}
        others = [finding for finding in present if not places.issuperset(finding.places)]
        reading = self._reading(Subject.PAIN, present or sore)
        if reading.score == 0 and not reading.guessed:
            return self._reading(Subject.FINE, present or sore)
        is_ordinary = (
            bool(sore)
            and not others
            and not reading.one_sided
            and (reading.guessed or (reading.score or 0) < SEVERE_SORENESS)
            and not self._of("lasting")
            and all(self._muscles.issuperset(finding.places) for finding in self._regions)
        )
        return self._reading(Subject.SORENESS, sore) if is_ordinary else reading

    def _of_the_fine(self) -> Reading:
        plain = [finding for finding in self._fine if finding.doubt is not Doubt.NEGATED]
        denied = [finding for finding in self._fine if finding.doubt is Doubt.NEGATED]
        if denied and not plain:
            return self._reading(Subject.PAIN, denied)
        is_less = bool(plain) and all(finding.id == "better" for finding in plain)
        reading = self._reading(Subject.FINE, plain or self._denials)
        doubt = Doubt.UNCLEAR if is_less else reading.doubt
        return replace(reading, doubt=None if doubt is Doubt.PAST else doubt)  # it went away

    def _bare(self) -> Reading | None:
        """Return a report made by a score or a complaint's name, otherwise the named places."""
        score = self._out_of_ten()
        if score is not None:
            return self._reading(Subject.PAIN if score else Subject.FINE, self._regions)
        if self.says_more() or not self._regions:
            return None
        complaints = [finding for finding in self._found if finding.id.startswith("complaint:")]
        reading = self._reading(Subject.PLACE, self._regions)
        is_scored = reading.score is not None and not reading.guessed
        if complaints or reading.one_sided or is_scored or self._of("again"):
            return self._reading(Subject.PAIN, self._regions)
        return replace(reading, score=None, guessed=False)

    def score(self) -> int | None:
        """Return the typed score; one out of ten goes before a bare number."""
        typed = self._out_of_ten()
        return self._bare_score() if typed is None else typed

    def details(self) -> Reading:
        meant = [finding for finding in self._regions if finding.doubt is not Doubt.NEGATED]
        is_another = len(meant) < len(self._regions)
        sides, kinds = self._ids("side:"), self._ids("kind:")
        return Reading(
            Subject.PAIN,
            _named(meant) if is_another else (),
            _side(sides),
            len(sides) == 1 and "both" not in sides,
            next((kind for kind in reversed(KINDS) if kind in kinds), None),
            max((score for score, _ in self._bare_scores()), default=None),
        )

    def says_more(self) -> bool:
        """Return whether words are left that are neither places nor sides nor small."""
        ids = ("region:", "complaint:", "side:", "again", "strength:", "muscle")
        used = {p for finding in self._found if finding.id.startswith(ids) for p in finding.places}
        numbers = self._vocabulary.numbers
        between = self._vocabulary.vocabulary.between.union(numbers.words, numbers.beyond)
        between |= {word for phrase in numbers.out_of for word in phrase.split()}
        return bool(self._masked) or any(
            place not in used and word.text not in between and not word.text.isdigit()
            for place, word in enumerate(self._words)
        )

    def _reading(
        self, subject: Subject, deciding: Iterable[Finding], doubt: Doubt | None = None
    ) -> Reading:
        deciding = list(deciding)
        regions = self._regions_of(subject, deciding)
        sides = self._sides(regions)
        score, guessed = self._score(subject)
        kinds = self._ids("kind:") if subject is Subject.PAIN else set()
        return Reading(
            subject,
            _named(regions),
            _side(sides),
            bool(sides) and "both" not in sides and len(sides) == 1,
            next((kind for kind in reversed(KINDS) if kind in kinds), None),
            score,
            guessed,
            doubt or _doubt(deciding),
        )

    def _regions_of(self, subject: Subject, deciding: list[Finding]) -> list[Finding]:
        """Return the regions in the clauses of the deciding findings, otherwise those elsewhere."""
        clauses = {self._words[place].clause for finding in deciding for place in finding.places}
        regions = [finding for finding in self._regions if self._clause(finding) in clauses]
        if regions or subject is not Subject.PAIN:
            return regions or list(self._regions)
        fine = {
            self._clause(finding) for finding in self._fine if finding.doubt is not Doubt.NEGATED
        }
        denied = {self._words[place].clause for place in self._denied}
        return [finding for finding in self._regions if self._clause(finding) not in fine | denied]

    def _clause(self, finding: Finding) -> int:
        return self._words[finding.places[0]].clause

    def _sides(self, regions: list[Finding]) -> set[str]:
        """Return the sides that are named next to a region; “both” and “one side” may stand alone.

        “Something is not right” names no side.
        """
        clauses = {self._clause(finding) for finding in regions}
        complaints = _by_place(self._of("pain", "part"))
        found = [
            finding
            for finding in self._longest("side:")
            if (self._clause(finding) in clauses or finding.id in ("side:both", "side:one"))
            and not _is_within(finding, complaints)
        ]
        return {finding.id.partition(":")[2] for finding in found}

    def _ids(self, prefix: str) -> set[str]:
        return {
            finding.id.partition(":")[2]
            for finding in self._found
            if finding.id.startswith(prefix) and finding.doubt is not Doubt.NEGATED
        }

    def _score(self, subject: Subject) -> tuple[int | None, bool]:
        if subject not in (Subject.PAIN, Subject.SORENESS, Subject.PLACE):
            return None, False
        typed = self.score()
        if typed is not None:
            return typed, False
        guesses = [int(word) for word in self._ids("strength:")]
        return max(guesses, default=None), bool(guesses)

    def _out_of_ten(self) -> int | None:
        matches = self._vocabulary.out_of_ten.finditer(self._typed)
        return max((self._higher(match[1], match[2]) for match in matches), default=None)

    def _bare_score(self) -> int | None:
        """Return the number that is no count of days, sets or miles, if there is one."""
        scores = [
            score for score, after in self._bare_scores() if not after or self._may_follow(after)
        ]
        return scores[0] if len(scores) == 1 else None

    def _bare_scores(self) -> Iterator[tuple[int, str]]:
        """Yield the numbers that count nothing else, each with the word after it."""
        numbers = self._vocabulary.numbers
        for match in self._vocabulary.bare_score.finditer(self._typed):
            before, first, second, after = match[1], match[2], match[3], match[4]
            if before in numbers.units or after in numbers.units or not first[0].isdigit():
                continue
            if float(first.replace(",", ".")) > STRONGEST and int(float(first)) not in BEYOND:
                continue
            yield self._higher(first, second), after

    def _may_follow(self, word: str) -> bool:
        """Return whether a number before this word may still be a score."""
        vocabulary = self._vocabulary.vocabulary
        known = {finding.text for finding in self._words}
        return word in vocabulary.small | vocabulary.between or word in known & self._named

    @property
    def _named(self) -> set[str]:
        ids = ("region:", "side:", "pain", "part", "muscle")
        return {
            self._words[place].text
            for finding in self._found
            if finding.id.startswith(ids)
            for place in finding.places
        }

    def _higher(self, first: str, second: str | None) -> int:
        value: Callable[[str], int] = self._vocabulary.value
        return max(value(number) for number in (first, second) if number)


def _named(regions: Iterable[Finding]) -> tuple[Region, ...]:
    return tuple(dict.fromkeys(Region(finding.id.partition(":")[2]) for finding in regions))


def _places(found: Iterable[Finding]) -> list[int]:
    return sorted({place for finding in found for place in finding.places})


def _by_place(found: Iterable[Finding]) -> dict[int, list[frozenset[int]]]:
    """Map each place to the places of the findings that contain it."""
    by_place: dict[int, list[frozenset[int]]] = {}
    for finding in found:
        for place in finding.places:
            by_place.setdefault(place, []).append(frozenset(finding.places))
    return by_place


def _is_within(finding: Finding, phrases: Mapping[int, list[frozenset[int]]]) -> bool:
    """Return whether the finding is a part of a longer phrase."""
    places = set(finding.places)
    return any(places < phrase for phrase in phrases.get(finding.places[0], ()))


def _side(sides: set[str]) -> Side | None:
    if "both" in sides or {"left", "right"} <= sides:
        return Side.BOTH
    return next((side for side in (Side.LEFT, Side.RIGHT) if side in sides), None)


_DOUBTS: Mapping[Doubt | None, int] = {doubt: at for at, doubt in enumerate((None, *Doubt))}


def _doubt(deciding: Iterable[Finding]) -> Doubt | None:
    """Return the weakest doubt; a question counts as a report."""
    doubts: Iterator[Doubt | None] = (
        None if finding.doubt in (Doubt.QUESTION, Doubt.NEGATED) else finding.doubt
        for finding in deciding
    )
    return min(doubts, key=lambda doubt: _DOUBTS[doubt], default=None)
