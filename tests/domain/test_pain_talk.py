"""The questions about pain: only what is missing, in one order, whatever was said first."""

from itertools import permutations

import pytest

from bot.domain.pain import PainKind
from bot.domain.pain_report import PainReport
from bot.domain.pain_talk import Ask, Talk, Topic, begun, continued, lasted, merged, question
from bot.domain.pain_words import Reading, Subject
from bot.domain.regions import Region, Side
from bot.domain.warning_signs import Doubt

WHOLE = Reading(
    Subject.PAIN, (Region.KNEE,), Side.LEFT, one_sided=True, kind=PainKind.DULL, score=5
)
PARTS = (
    Reading(Subject.PLACE, (Region.KNEE,)),
    Reading(Subject.PAIN, side=Side.LEFT),
    Reading(Subject.PAIN, kind=PainKind.DULL),
    Reading(Subject.PAIN, score=5),
)


def test_the_warning_signs_are_asked_for_whatever_was_said() -> None:
    assert question(begun(WHOLE)) is Ask.SCREEN


@pytest.mark.parametrize("order", list(permutations(PARTS)))
def test_the_parts_make_the_whole_in_any_order(order: tuple[Reading, ...]) -> None:
    talk = Talk(Topic.PAIN, screened=True)
    for reading in order:
        assert question(talk) is not None
        talk = merged(talk, reading)
    assert question(talk) is None
    assert talk.report == PainReport(PainKind.DULL, Region.KNEE, 5, Side.LEFT)


def test_a_guess_never_replaces_a_number_and_is_confirmed() -> None:
    talk = Talk(Topic.PAIN, (Region.KNEE,), Side.LEFT, PainKind.DULL, screened=True)
    guessed = merged(talk, Reading(Subject.PAIN, score=7, guessed=True))
    assert question(guessed) is Ask.SCORE
    typed = merged(guessed, Reading(Subject.PAIN, score=3))
    assert merged(typed, Reading(Subject.PAIN, score=7, guessed=True)) == typed
    assert question(typed) is None


def test_a_doubt_is_asked_about_first_until_it_is_cleared_up() -> None:
    talk = begun(Reading(Subject.PAIN, (Region.KNEE,), doubt=Doubt.OTHER_PERSON))
    assert question(talk) is Ask.NOW
    assert question(merged(talk, Reading(Subject.PLACE, (Region.KNEE,)))) is Ask.NOW
    assert question(merged(talk, Reading(Subject.PAIN, (Region.KNEE,)))) is Ask.SCREEN
    assert question(begun(Reading(Subject.PAIN, doubt=Doubt.QUESTION))) is Ask.SCREEN


def test_soreness_for_too_long_goes_on_as_pain() -> None:
    sore = Talk(Topic.SORENESS, side=Side.BOTH)
    assert question(lasted(sore, 4)) is Ask.SCORE
    assert question(lasted(sore, 5)) is Ask.SCREEN


def test_strong_soreness_asks_for_the_urine() -> None:
    sore = Talk(Topic.SORENESS, side=Side.BOTH, days=1)
    asked = [question(merged(sore, Reading(Subject.SORENESS, score=score))) for score in (5, 6)]
    assert asked == [None, Ask.URINE]


def test_the_sessions_own_answers_are_kept() -> None:
    talk = begun(Reading(Subject.PAIN, side=Side.LEFT))
    report = PainReport(PainKind.SHARP, Region.KNEE)
    assert continued(talk, report) == Talk(Topic.PAIN, (Region.KNEE,), Side.LEFT, PainKind.SHARP)
    assert continued(talk, PainReport(None, None, 4)) == talk
    assert continued(talk, None) == talk
