"""The answers to the open questions about pain, tapped or typed."""

from dataclasses import replace
from datetime import date

from bot.callbacks import TalkTap
from bot.content.texts import Texts
from bot.domain import pain_talk, pain_words
from bot.domain.pain import PainKind
from bot.domain.pain_report import PainReport
from bot.domain.pain_talk import DARK_URINE, GATE, SIGNS, Ask, Flag, Talk, Topic
from bot.domain.pain_words import CLAUSE, STRONGEST, PainVocabulary, Reading, Subject
from bot.domain.regions import Region, Side
from bot.domain.schedule import WEEK
from bot.domain.spelling import words_of
from bot.domain.warning_signs import Reading as Sign
from bot.handlers.request import as_answer, without_opening
from bot.views import pain_talk as views

NUMBERS = range(1, 15)  # of days that are written out
UNITS = {"word-days": 1, "word-weeks": 7, "word-fortnight": 14, "word-months": 30}
YES_OR_NO = {"word-talk-yes": views.YES, "word-talk-no": views.NO}
# The words for the answers to each question, by the id of their message.
WORDS: dict[Ask, dict[str, str]] = {
    Ask.NOW: YES_OR_NO,
    Ask.SCREEN: {
        "word-flag-injury": Flag.INJURY,
        "word-flag-swollen": Flag.SWOLLEN,
        "word-flag-night": Flag.NIGHT,
        "word-flag-nerve": Flag.NERVE,
        "word-flag-fever": Flag.FEVER,
    },
    Ask.SIDE: {
        "word-side-left": Side.LEFT,
        "word-side-right": Side.RIGHT,
        "word-side-both": Side.BOTH,
        "word-side-unknown": views.UNKNOWN,
    },
    Ask.KIND: {
        f"word-pain-{kind}": kind.value
        for kind in (PainKind.DULL, PainKind.SHARP, PainKind.JOINT, PainKind.BONE)
    },
    Ask.SIDES: {"word-sides-both": views.BOTH, "word-sides-one": views.ONE},
    Ask.DAYS: {"word-days-1": "1", "word-days-3": "3", "word-days-5": "5"},
    Ask.URINE: YES_OR_NO,
    Ask.GONE: {"word-talk-gone": views.GONE, "word-talk-less": views.LESS},
    Ask.WHOM: YES_OR_NO,
    Ask.SINCE: YES_OR_NO,
    **dict.fromkeys(GATE, YES_OR_NO),
}


# Questions that one of several clauses may answer.
IN_CLAUSES = (
    *(Ask.SCREEN, Ask.WHERE, Ask.SIDE, Ask.KIND, Ask.SCORE, Ask.SIDES),
    Ask.DAYS,
    Ask.URINE,
)


def typed(texts: Texts, talk: Talk, ask: Ask, words: str) -> str | None:
    """Return the answer that the words give to the open question; None: they give none."""
    if words in texts.words("word-talk-drop"):
        return TalkTap.DROP if ask not in GATE else views.NO
    for label, answer in views.answers(texts, ask, talk):
        if words == as_answer(label):
            return answer
    _, rest = without_opening(words, texts.words("word-none-opening"))
    if ask is Ask.SCREEN and rest in texts.words("word-talk-none"):
        return views.NONE
    for message, answer in WORDS.get(ask, {}).items():
        if words in texts.words(message):
            return answer
    return region(texts, words) if ask in (Ask.WHERE, Ask.WHICH) else None


def region(texts: Texts, words: str) -> Region | None:
    """Return the region, if the words name one and nothing else."""
    return next((it for it in Region if words in texts.words(f"word-region-{it}")), None)


def region_and_side(texts: Texts, words: str) -> tuple[Region | None, Side | None]:
    """Return the region that the words name, and its side if they name one first: “left knee”."""
    first, _, rest = words.partition(" ")
    for side in (Side.LEFT, Side.RIGHT):
        if first in texts.words(f"word-side-{side}"):
            return region(texts, rest), side
    return region(texts, words), None


def days(texts: Texts, words: str, today: date) -> int | None:
    """Return how many days ago soreness began, as in “since Monday's run”; None: not said.

    A number alone counts days. The name of today's weekday and “last Monday” are ambiguous, so they
    count as not said.
    """
    said = [word.text for word in words_of(words)]
    numbers = {word: n for n in NUMBERS for word in texts.words(f"word-number-{n}")}
    numbers |= dict.fromkeys(texts.words("word-once-one"), 1)
    units = {word: days for unit, days in UNITS.items() for word in texts.words(unit)}
    for word, before, after in zip(said, ["", *said], [*said[1:], ""], strict=False):
        if before in texts.words("word-days-in"):
            continue
        number = int(word) if word.isdecimal() else numbers.get(word)
        if number is not None and (after in units or len(said) == 1):
            return number * units.get(after, 1)
        if before and before not in texts.words("word-days-since"):
            continue
        if word in texts.words("word-yesterday"):
            return 1
        for place, weekday in enumerate(WEEK):
            if word in texts.words(f"word-{weekday}"):
                return (today.weekday() - place) % len(WEEK) or None
    return None


def added(
    texts: Texts, vocabulary: PainVocabulary, talk: Talk, words: str, reading: Reading | None
) -> Talk | None:
    """Return the talk with what the words add beyond the open question; None: nothing.

    `reading` is the reading of the words.
    """
    number = pain_words.score(words, vocabulary)
    if number is not None:
        return replace(talk, score=number, guessed=False)
    for ask in (Ask.WHERE, Ask.SIDE, Ask.KIND):
        answer = typed(texts, talk, ask, as_answer(words))
        if answer is not None and answer != TalkTap.DROP:
            return changed(talk, ask, answer)
    if reading is None:
        return _detailed(talk, pain_words.details(words, vocabulary))
    if reading.subject in (Subject.FINE, Subject.CLEARED):
        return None
    return pain_talk.merged(talk, reading)


def by_clauses(
    texts: Texts, vocabulary: PainVocabulary, talk: Talk, words: str, today: date
) -> Talk | None:
    """Return the talk after words such as “none of these, left knee, dull, 3”.

    Each of several clauses answers the question that is open by then, or a later one. Return None
    if one of them does not, or is a warning sign.
    """
    clauses = [clause.strip() for clause in CLAUSE.split(words) if clause.strip()]
    if len(clauses) < 2:
        return None
    for clause in clauses:
        ask = pain_talk.question(talk)
        answer = typed(texts, talk, ask, as_answer(clause)) if ask in IN_CLAUSES else None
        reading = pain_words.read(clause, vocabulary)
        lasting = days(texts, clause, today) if reading is None else None
        if ask and answer is not None:
            if answer == TalkTap.DROP or sign(ask, answer) is not None:
                return None
            talk = changed(talk, ask, answer)
        elif (more := added(texts, vocabulary, talk, clause, reading)) is not None:
            talk = more
        elif lasting is None:
            return None
        elif talk.topic is Topic.SORENESS:
            talk = pain_talk.lasted(talk, lasting)
    return talk


def _detailed(talk: Talk, said: Reading) -> Talk | None:
    """Return the talk with the details that its question is about; None: there are none."""
    ask = pain_talk.question(talk)
    told = replace(talk, regions=said.regions or talk.regions)
    if ask is Ask.SIDES and said.one_sided:
        told = replace(pain_talk.one_sided(told), side=said.side)
    if ask in (Ask.SCREEN, Ask.WHERE, Ask.SIDE, Ask.SIDES) and said.side:
        told = replace(told, side=said.side)
    if ask in (Ask.SCREEN, Ask.WHERE, Ask.SIDE, Ask.KIND) and said.kind:
        told = replace(told, kind=said.kind)
    if said.score is not None and (ask is Ask.SCORE or told != talk):
        told = replace(told, score=said.score, guessed=False)
    return None if told == talk else told


def sign(ask: Ask, answer: str) -> Sign | None:
    """Return the warning sign for which the answer stands."""
    if ask is Ask.SCREEN and answer in set(Flag):
        return SIGNS[Flag(answer)]
    return DARK_URINE if ask is Ask.URINE and answer == views.YES else None


def changed(talk: Talk, ask: Ask, answer: str) -> Talk:
    """Return the talk with the answer; raise ValueError if no button has it."""
    if ask in (Ask.WHERE, Ask.WHICH):
        return pain_talk.located(talk, Region(answer))
    if ask is Ask.SIDE:
        side = None if answer == views.UNKNOWN else Side(answer)
        return replace(talk, side=side, side_asked=True)
    if ask is Ask.KIND:
        return replace(talk, kind=PainKind(answer))
    if ask is Ask.SCORE:
        return replace(talk, score=min(int(answer), STRONGEST), guessed=False)
    if ask is Ask.SIDES and answer == views.ONE:
        return pain_talk.one_sided(talk)
    if ask is Ask.DAYS:
        return pain_talk.lasted(talk, int(answer))
    return _plain(talk, ask)


def _plain(talk: Talk, ask: Ask) -> Talk:
    """Return the talk after a yes, or after the answer that there is no warning sign."""
    if ask is Ask.SCREEN:
        return replace(talk, screened=True)
    if ask is Ask.SIDES:
        return replace(talk, side=Side.BOTH)
    if ask is Ask.URINE:
        return replace(talk, urine_clear=True)
    if ask in GATE:
        return replace(talk, passed=talk.passed + 1)
    return replace(talk, in_doubt=False)


def is_none_of_its_kind(report: PainReport) -> bool:
    """Return whether the score is 0 although the pain is not dull, which can't be."""
    return report.score == 0 and report.kind not in (None, PainKind.DULL, PainKind.ONE_SIDED)
