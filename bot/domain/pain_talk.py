"""The open questions about pain: the answers so far, and the next question.

The questions may be answered in any order, by taps or in words
(docs/training-rules.md, Soreness and pain).
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain.frozen import frozen
from bot.domain.pain import PainKind, is_no_soreness
from bot.domain.pain_report import PainReport
from bot.domain.pain_words import Reading, Subject
from bot.domain.regions import Region, Side, narrowed
from bot.domain.warning_signs import INFECTION, Doubt, Urgency
from bot.domain.warning_signs import Reading as Sign

VERY_SORE = 6  # the lowest score at which the coach asks about the colour of the urine


class Topic(StrEnum):
    """What the questions are about."""

    PAIN = "pain"
    SORENESS = "soreness"
    GATE = "gate"
    CLEARED = "cleared"
    FINE = "fine"


class Ask(StrEnum):
    """A question.

    NOW: whether the runner has it now. SCREEN: the warning signs. SIDES: whether soreness is on
    both sides. GONE: whether it is gone or only less. WHICH: which resting region is meant. MOVES,
    NIGHT and SWELLING are the gate before a region is trained again. WHOM: whether a clinician
    agreed. SINCE: whether that was after the report.
    """

    NOW = "now"
    SCREEN = "screen"
    WHERE = "where"
    SIDE = "side"
    KIND = "kind"
    SCORE = "score"
    SIDES = "sides"
    DAYS = "days"
    URINE = "urine"
    GONE = "gone"
    WHICH = "which"
    MOVES = "moves"
    NIGHT = "night"
    SWELLING = "swelling"
    WHOM = "whom"
    SINCE = "since"


GATE = (Ask.MOVES, Ask.NIGHT, Ask.SWELLING)


class Flag(StrEnum):
    """An answer to the screen."""

    STANDING = "standing"
    INJURY = "injury"
    SWOLLEN = "swollen"
    BONE = "bone"
    NIGHT = "night"
    NERVE = "nerve"
    LOCKS = "locks"
    FEVER = "fever"
    CHEST = "chest"


# The warning sign for each answer, with the ids of warning-signs.toml.
SIGNS = {
    Flag.STANDING: Sign("cannot-load", Urgency.TODAY),
    Flag.INJURY: Sign("sudden-injury", Urgency.TODAY),
    Flag.SWOLLEN: Sign("hot-joint", Urgency.TODAY),
    Flag.BONE: Sign("bone", Urgency.DAYS),
    Flag.NIGHT: Sign("night-pain", Urgency.DAYS),
    Flag.NERVE: Sign("nerve", Urgency.DAYS),
    Flag.LOCKS: Sign("locked-joint", Urgency.TODAY),
    Flag.FEVER: Sign(INFECTION, Urgency.TODAY),
    Flag.CHEST: Sign("heart", Urgency.EMERGENCY),
}
DARK_URINE = Sign("muscle-breakdown", Urgency.EMERGENCY)


@frozen
class Talk:
    """What the runner has said so far.

    Of several `regions`, one is meant. `session` is the session in which the runner said it.
    `in_doubt`: NOW, GONE or WHOM is asked first. `guessed`: the score is derived from a word.
    `side_asked`, `screened`, `urine_clear`: these questions were answered. `passed` is the number
    of gate questions that were.
    """

    topic: Topic
    regions: tuple[Region, ...] = ()
    side: Side | None = None
    kind: PainKind | None = None
    score: int | None = None
    days: int | None = None
    guessed: bool = False
    in_doubt: bool = False
    screened: bool = False
    side_asked: bool = False
    urine_clear: bool = False
    passed: int = 0
    session: int | None = None

    @property
    def region(self) -> Region | None:
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def holds_training(self) -> bool:
        """Whether sessions wait for the answer."""
        return self.topic in (Topic.PAIN, Topic.SORENESS)

    @property
    def report(self) -> PainReport:
        """The report made of the answers when no question is left."""
        if self.topic is Topic.SORENESS:
            return PainReport(None, self.region, self.score, self.side, self.days)
        return PainReport(self.kind, self.region, self.score, self.side)


@frozen
class OpenTalk:
    """A talk with a question open since `asked_at`; its buttons count only at this `revision`."""

    talk: Talk
    revision: int
    asked_at: datetime | None = None


def continued(talk: Talk, report: PainReport | None) -> Talk:
    """Return the talk with the answers to the session's own questions about pain."""
    if report is None or report.kind is None or report.score is not None:
        return talk
    regions = narrowed(report.region) if report.region else ()
    return replace(
        talk,
        regions=talk.regions or regions,
        side=talk.side or report.side,
        kind=talk.kind or report.kind,
    )


SUBJECTS = {
    Subject.PAIN: Topic.PAIN,
    Subject.PLACE: Topic.PAIN,
    Subject.SORENESS: Topic.SORENESS,
    Subject.FINE: Topic.FINE,
    Subject.CLEARED: Topic.CLEARED,
}


def begun(reading: Reading) -> Talk:
    """Return the talk that a reading begins."""
    return Talk(
        SUBJECTS[reading.subject],
        reading.regions,
        reading.side,
        reading.kind,
        reading.score,
        guessed=reading.guessed,
        in_doubt=reading.doubt not in (None, Doubt.QUESTION),
    )


def merged(talk: Talk, reading: Reading) -> Talk:
    """Return the talk with what the reading adds; it replaces earlier answers."""
    topic = talk.topic
    if reading.subject is Subject.PAIN and topic is Topic.SORENESS:
        topic = Topic.PAIN
    score, guessed = talk.score, talk.guessed
    if reading.score is not None and not (reading.guessed and score is not None):
        score, guessed = reading.score, reading.guessed
    return replace(
        talk,
        topic=topic,
        regions=reading.regions or talk.regions,
        side=reading.side or talk.side,
        kind=reading.kind or talk.kind,
        score=score,
        guessed=guessed,
        in_doubt=talk.in_doubt and (reading.subject is not Subject.PAIN or bool(reading.doubt)),
    )


def question(talk: Talk) -> Ask | None:
    """Return the next question; None: nothing is missing."""
    if talk.topic is Topic.PAIN:
        return _of_pain(talk)
    if talk.topic is Topic.SORENESS:
        return _of_soreness(talk)
    if talk.topic is Topic.GATE:
        return GATE[talk.passed] if talk.passed < len(GATE) else None
    if talk.in_doubt:
        return Ask.GONE if talk.topic is Topic.FINE else Ask.WHOM
    if talk.region is None:
        return Ask.WHICH
    return Ask.SINCE if talk.topic is Topic.CLEARED else None


def _of_pain(talk: Talk) -> Ask | None:
    missing = (
        (Ask.NOW, talk.in_doubt),
        (Ask.SCREEN, not talk.screened),
        (Ask.WHERE, talk.region is None),
        (Ask.SIDE, talk.side is None and not talk.side_asked and has_sides(talk.region)),
        (Ask.KIND, talk.kind is None),
        (Ask.SCORE, talk.score is None or talk.guessed),
    )
    return next((ask for ask, is_missing in missing if is_missing), None)


def _of_soreness(talk: Talk) -> Ask | None:
    missing = (
        (Ask.NOW, talk.in_doubt),
        (Ask.SIDES, talk.side is not Side.BOTH),
        (Ask.DAYS, talk.days is None),
        (Ask.SCORE, talk.score is None or talk.guessed),
        (Ask.URINE, (talk.score or 0) >= VERY_SORE and not talk.urine_clear),
    )
    return next((ask for ask, is_missing in missing if is_missing), None)


def has_sides(region: Region | None) -> bool:
    return region is not None and region is not Region.ELSEWHERE


def located(talk: Talk, region: Region) -> Talk:
    return replace(talk, regions=narrowed(region))


def one_sided(talk: Talk) -> Talk:
    """Return the talk with soreness that differs between the sides, which is read as pain."""
    return replace(talk, topic=Topic.PAIN, side=None, kind=talk.kind or PainKind.DULL)


def lasted(talk: Talk, days: int) -> Talk:
    """Return the talk with the days that soreness has lasted; if it is too long, it is pain."""
    if is_no_soreness(talk.side, days):
        return replace(talk, topic=Topic.PAIN, days=days, kind=talk.kind or PainKind.DULL)
    return replace(talk, days=days)
