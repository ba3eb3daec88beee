"""Recognition of warning signs, such as chest pain or a swollen calf, in what a runner types."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from functools import cached_property

from bot.domain.frozen import frozen
from bot.domain.spelling import Speller, Word, collapsed, words_of

REACH = 6  # words between two parts of a phrase
SKIPPED = 3  # words of Vocabulary.between in one gap
PERSON_BEFORE = 8  # words between a person and what happened to the person
ANY_ORDER = "+"


class Urgency(StrEnum):
    """How soon a clinician must see the runner, the most urgent first."""

    EMERGENCY = "emergency"
    TODAY = "today"
    DAYS = "days"


# Signs of one part of the body, which alone rests for them; for all others everything waits, and so
# it does for those of TODAY. FLAGGED: one of the second list, tapped in a session.
FLAGGED = "flagged"
WHOLE_BODY = "whole-body"
INFECTION = "infection"  # a fever, above all
LOCAL = frozenset({"bone", "night-pain", "worsening", "joint", "nerve", "tendon", FLAGGED})


def is_local(sign: str, urgency: Urgency) -> bool:
    """Return whether the sign only makes a part of the body rest, once that part is known."""
    return urgency is Urgency.DAYS and sign in LOCAL


class Doubt(StrEnum):
    """Why a question must be asked before or together with the answer, the weakest doubt first.

    QUESTION: the words are a question, which counts as a report. UNCLEAR: they may mean something
    harmless. PAST: they are about another time. OTHER_PERSON: they are about another person.
    NEGATED: the runner denies it.
    """

    QUESTION = "question"
    UNCLEAR = "unclear"
    PAST = "past"
    OTHER_PERSON = "other-person"
    NEGATED = "negated"


@frozen
class Reading:
    """The warning sign in the words; without a doubt, the runner clearly has it now."""

    sign: str
    urgency: Urgency
    doubt: Doubt | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is a plain report of a sign of one part of the body."""
        return self.doubt in (None, Doubt.QUESTION) and is_local(self.sign, self.urgency)


@frozen
class Meaning:
    """What people type for one thing.

    `phrases` are clear; `ask` and `alone` may mean something else, and `alone` count only if the
    message says nothing else.
    """

    id: str
    phrases: tuple[str, ...]
    ask: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@frozen
class Sign(Meaning):
    """What people type for a warning sign."""

    urgency: Urgency = Urgency.EMERGENCY


@frozen
class Finding:
    """A phrase for the meaning `id` in the text: the places of its words, and its doubt."""

    id: str
    places: tuple[int, ...]
    doubt: Doubt | None


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; a phrase is written as in data/locales/en/warning-signs.toml.

    `same` are other spellings. `small` words are ignored everywhere, `between` words may stand
    between the words of a phrase. `correct` are words that are spelt right.
    """

    signs: tuple[Meaning, ...]
    sets: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]
    small: frozenset[str]
    between: frozenset[str]
    harmless: tuple[str, ...]
    negations: tuple[str, ...]
    joining: frozenset[str]
    past: tuple[str, ...]
    present: tuple[str, ...]
    persons: tuple[str, ...]
    runner: frozenset[str]
    questions: frozenset[str]
    correct: Container[str] = frozenset()

    @cached_property
    def index(self) -> "_Index":
        return _Index(self)


def read(words: str, vocabulary: Vocabulary) -> Reading | None:
    """Return the most urgent warning sign in the words, or None.

    Of equally urgent signs the one with the weaker doubt is returned, then the earlier one of the
    vocabulary. Signs that are denied count only where no other is in the words.
    """
    return _Text(words, vocabulary.index).reading()


def findings(
    words: str, vocabulary: Vocabulary
) -> tuple[tuple[Word, ...], frozenset[int], tuple[Finding, ...]]:
    """Return the words that carry meaning, the places of harmless names, and all findings."""
    return _Text(words, vocabulary.index).findings()


def parts_of(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Split a phrase into parts, which may come in any order, and each part into words and sets."""
    return tuple(tuple(part.split()) for part in phrase.split(f" {ANY_ORDER} "))


class _Marker(Enum):
    """What a phrase says about the signs near it."""

    HARMLESS = auto()
    NEGATION = auto()
    PAST = auto()
    PRESENT = auto()
    PERSON = auto()


_Part = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    """A phrase of a sign; `order` is the sign's place in the vocabulary."""

    sign: Meaning
    order: int
    parts: tuple[_Part, ...]
    is_clear: bool
    is_alone: bool


@frozen
class _Hit:
    """A part of a phrase in the text: the places of its words."""

    places: tuple[int, ...]

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1


class _Index:
    """The vocabulary, indexed for look-up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        # Words that are looked up as they are typed, without the speller.
        self._literal = vocabulary.small | vocabulary.between | vocabulary.runner
        self._literal |= frozenset(word for key in vocabulary.same for word in key.split())
        self._same: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}  # longest first
        for spelling in sorted(map(str.split, vocabulary.same), key=len, reverse=True):
            same = vocabulary.same[" ".join(spelling)].split()
            self._same.setdefault(spelling[0], []).append((tuple(spelling), same))
        self.starts: dict[str, list[_Part]] = {}  # parts by their first word or set
        self.phrases: dict[_Part, list[_Phrase]] = {}  # phrases by their first part
        self.markers: dict[_Part, set[_Marker]] = {}
        self.members: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name, members in vocabulary.sets.items():
            for member in map(self._words, members):
                self.members.setdefault(member[0], []).append((f"{{{name}}}", member))
        for order, sign in enumerate(vocabulary.signs):
            self._add_sign(sign, order)
        for marker, phrases in (
            (_Marker.HARMLESS, vocabulary.harmless),
            (_Marker.NEGATION, vocabulary.negations),
            (_Marker.PAST, vocabulary.past),
            (_Marker.PRESENT, vocabulary.present),
            (_Marker.PERSON, vocabulary.persons),
        ):
            for phrase in phrases:
                self.markers.setdefault(self._add_part(tuple(phrase.split())), set()).add(marker)
        self.speller = Speller(frozenset(self._typed()), vocabulary.correct)

    def _add_sign(self, sign: Meaning, order: int) -> None:
        for phrases, is_clear, is_alone in (
            (sign.phrases, True, False),
            (sign.ask, False, False),
            (sign.alone, False, True),
        ):
            for phrase in phrases:
                parts = tuple(self._add_part(part) for part in parts_of(phrase))
                entry = _Phrase(sign, order, parts, is_clear, is_alone)
                self.phrases.setdefault(parts[0], []).append(entry)

    def _add_part(self, part: _Part) -> _Part:
        kept = self._words(" ".join(part))
        starts = self.starts.setdefault(kept[0], [])
        if kept not in starts:
            starts.append(kept)
        return kept

    def _words(self, phrase: str) -> tuple[str, ...]:
        words = self.respelt(phrase.split())
        return tuple(word for word, _ in words if word not in self.vocabulary.small)

    def respelt(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield the words in the spelling of the vocabulary, each with its place in the given."""
        place = 0
        while place < len(words):
            for spelling, same in self._same.get(words[place], ()):
                given = words[place : place + len(spelling)]
                if len(given) == len(spelling) and all(map(_stands_for, given, spelling)):
                    yield from ((word, place) for word in same)
                    place += len(spelling)
                    break
            else:
                yield words[place], place
                place += 1

    def plain(self, typed: str) -> str:
        """Return the word without repeated letters if that makes it a single known word."""
        if typed in self._literal:
            return typed
        forms = collapsed(typed)
        literal = forms & self._literal
        is_sure = len(literal) == 1 and not (forms & self.speller.vocabulary) - literal
        return next(iter(literal)) if is_sure else typed

    def _typed(self) -> Iterator[str]:
        for parts in self.starts.values():
            for part in parts:
                yield from (word for word in part if not word.startswith("{"))
        for members in self.members.values():
            for _, member in members:
                yield from member


class _Text:
    """One text, with the phrases and markers that are in it."""

    def __init__(self, text: str, index: _Index) -> None:
        self._index = index
        self._vocabulary = index.vocabulary
        self._words: list[Word] = []
        self._about_runner: list[bool] = []  # whether I or my stands right before each word
        self._questions: set[int] = set()  # numbers of the sentences that begin as questions
        self._keep(list(words_of(text)))
        # At each place: the words and sets that begin there, with the places of their words.
        self._edges: list[dict[str, list[tuple[int, ...]]]] = [
            {word: [(place,)] for word in meant} for place, meant in enumerate(self._meant())
        ]
        self._add_sets()
        self._hits: dict[_Part, list[_Hit]] = {}
        self._marked: dict[_Marker, list[_Hit]] = {}
        self._find_parts()
        self._masked = self._places(_Marker.HARMLESS)
        self._persons = self._places(_Marker.PERSON)
        self._reported = frozenset(
            place
            for part, hits in self._hits.items()
            if part not in index.markers
            for hit in hits
            for place in hit.places
        )
        self._denials = {hit.end: hit.start for hit in self._marked.get(_Marker.NEGATION, ())}

    def _keep(self, typed: list[Word]) -> None:
        """Keep the words that carry meaning, in the spelling of the vocabulary."""
        vocabulary, sentence, runner = self._vocabulary, -1, False
        for text, place in self._index.respelt([self._index.plain(word.text) for word in typed]):
            word = typed[place]
            if word.sentence != sentence and text in vocabulary.questions:
                self._questions.add(word.sentence)
            sentence = word.sentence
            runner = runner or text in vocabulary.runner
            if text not in vocabulary.small:
                self._words.append(word if text == word.text else replace(word, text=text))
                self._about_runner.append(runner)
                runner = False

    def _meant(self) -> Iterator[frozenset[str]]:
        return (self._index.speller.meant(word.text) for word in self._words)

    def _add_sets(self) -> None:
        """Add the sets that have a member at each place."""
        for place, edges in enumerate(self._edges):
            for word in tuple(edges):
                for name, member in self._index.members.get(word, ()):
                    places = self._follow(place, member)
                    if places and places not in edges.get(name, ()):
                        edges.setdefault(name, []).append(places)

    def _find_parts(self) -> None:
        for place, edges in enumerate(self._edges):
            for label in tuple(edges):
                for part in self._index.starts.get(label, ()):
                    if places := self._follow(place, part):
                        self._add_hit(part, _Hit(places))

    def _add_hit(self, part: _Part, hit: _Hit) -> None:
        self._hits.setdefault(part, []).append(hit)
        for marker in self._index.markers.get(part, ()):
            self._marked.setdefault(marker, []).append(hit)

    def _follow(self, start: int, part: _Part) -> tuple[int, ...]:
        """Return the places of the part's words if they begin at the start; empty if not."""
        places: tuple[int, ...] = ()
        place = start
        for number, label in enumerate(part):
            skipped = 0
            while number and self._may_skip(place, label, skipped):
                place, skipped = place + 1, skipped + 1
            edges = self._edges[place] if place < len(self._edges) else {}
            if label not in edges:
                return ()
            places += max(edges[label], key=len)
            place = places[-1] + 1
        return places

    def _may_skip(self, place: int, label: str, skipped: int) -> bool:
        return (
            skipped < SKIPPED
            and place < len(self._words)
            and label not in self._edges[place]
            and self._says_nothing(place)
        )

    def _says_nothing(self, place: int) -> bool:
        text = self._words[place].text
        return (
            text in self._vocabulary.between
            or self._index.speller.is_unknown(text)
            or not self._vocabulary.between.isdisjoint(self._edges[place])
        )

    def _places(self, marker: _Marker) -> frozenset[int]:
        return frozenset(place for hit in self._marked.get(marker, ()) for place in hit.places)

    def reading(self) -> Reading | None:
        matches = {(phrase, self._doubt(phrase, places)) for phrase, places in self._matches()}
        if not matches:
            return None
        phrase, doubt = min(matches, key=lambda match: _rank(*match))
        return Reading(phrase.sign.id, _urgency(phrase.sign), doubt)

    def findings(self) -> tuple[tuple[Word, ...], frozenset[int], tuple[Finding, ...]]:
        found = {
            Finding(phrase.sign.id, places, self._doubt(phrase, places))
            for phrase, places in self._matches()
        }
        in_order = sorted(found, key=lambda finding: (finding.places, finding.id))
        return tuple(self._words), self._masked, tuple(in_order)

    def _matches(self) -> Iterator[tuple[_Phrase, tuple[int, ...]]]:
        """Yield the phrases in the text, each with the places of its words."""
        for part, hits in self._hits.items():
            for phrase in self._index.phrases.get(part, ()):
                if all(other in self._hits for other in phrase.parts):
                    for hit in hits:
                        for places in self._completed(phrase.parts[1:], hit.places):
                            if self._counts(phrase, places):
                                yield phrase, tuple(sorted(places))

    def _completed(
        self, parts: tuple[_Part, ...], places: tuple[int, ...]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the places of all parts, if the others are within reach of the first."""
        if not parts:
            yield places
            return
        hits = self._hits[parts[0]]
        low, high = min(places), max(places)
        first = bisect_left(hits, low - REACH - len(parts[0]) * (SKIPPED + 1), key=_start)
        last = bisect_right(hits, high + REACH + 1, key=_start)
        for hit in hits[first:last]:
            gap = max(hit.start - high, low - hit.places[-1]) - 1
            if gap <= REACH and not set(hit.places) & set(places):
                yield from self._completed(parts[1:], (*places, *hit.places))

    def _counts(self, phrase: _Phrase, places: tuple[int, ...]) -> bool:
        """Return whether the words are not a harmless name, and are the whole text if required."""
        if self._masked.issuperset(places):
            return False
        if not phrase.is_alone:
            return True
        others = (word for at, word in enumerate(self._words) if at not in places)
        return all(word.text in self._vocabulary.between for word in others)

    def _doubt(self, phrase: _Phrase, places: tuple[int, ...]) -> Doubt | None:
        """Return the strongest doubt."""
        sentence = self._words[places[0]].sentence
        if self._is_denied(places):
            return Doubt.NEGATED
        if self._is_others(places):
            return Doubt.OTHER_PERSON
        if sentence in self._past_sentences:
            return Doubt.PAST
        if not phrase.is_clear or not self._masked.isdisjoint(places):
            return Doubt.UNCLEAR
        return Doubt.QUESTION if sentence in self._questions else None

    def _is_denied(self, places: tuple[int, ...]) -> bool:
        return any(
            self._denied_from(place, places)
            for at, place in enumerate(places)
            if at == 0 or places[at - 1] != place - 1
        )

    def _denied_from(self, start: int, places: tuple[int, ...]) -> bool:
        """Return whether a negation stands right before the start, in the same clause.

        Only words of Vocabulary.between may lie in between, and other signs where they are joined:
        no chest pain or fever.
        """
        place, skipped, is_joined = start, 0, False
        while place not in self._denials:
            place -= 1
            if place < 0 or self._words[place].clause != self._words[start].clause:
                return False
            is_joined = is_joined or self._words[place].text in self._vocabulary.joining
            is_between = self._words[place].text in self._vocabulary.between
            skipped += is_between
            if skipped > SKIPPED or not (is_between or (is_joined and place in self._reported)):
                return False
        before = place - 1
        return before not in places and self._words[before].clause == self._words[start].clause

    def _is_others(self, places: tuple[int, ...]) -> bool:
        """Return whether the last person named before the end of the words is not the runner."""
        last = places[-1]
        for place in range(last, max(places[0] - PERSON_BEFORE, 0) - 1, -1):
            if self._words[place].sentence != self._words[last].sentence:
                return False
            if place in self._persons:
                return True
            if self._about_runner[place]:
                return False
        return False

    @cached_property
    def _past_sentences(self) -> frozenset[int]:
        """Return the numbers of the sentences that are about another time, and not about now."""
        present = (
            hit for hit in self._marked.get(_Marker.PRESENT, ()) if hit.start not in self._denials
        )
        past = (hit for hit in self._marked.get(_Marker.PAST, ()) if hit.start not in self._denials)
        sentences = frozenset(self._words[hit.start].sentence for hit in past)
        return sentences - {self._words[hit.start].sentence for hit in present}


_URGENCIES = tuple(Urgency)
_DOUBTS = (None, *Doubt)


def _rank(phrase: _Phrase, doubt: Doubt | None) -> tuple[bool, int, int, int]:
    urgency = _URGENCIES.index(_urgency(phrase.sign))
    return doubt is Doubt.NEGATED, urgency, _DOUBTS.index(doubt), phrase.order


def _urgency(sign: Meaning) -> Urgency:
    assert isinstance(sign, Sign)
    return sign.urgency


def _stands_for(typed: str, word: str) -> bool:
    return typed == word or word in collapsed(typed)


def _start(hit: _Hit) -> int:
    return hit.start
