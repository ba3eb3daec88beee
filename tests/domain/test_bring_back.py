"""Of what stands and what is brought, the stricter stays, in everything that keeps from harm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from bot.domain.bring_back import health, part, strictness
from bot.domain.pain import PainKind
from bot.domain.regions import Region
from bot.domain.rests import Answer, Answered, Report, rests
from bot.domain.runner import ReportedSign, Runner, Screening
from bot.domain.screening import Condition, Declared, Detail
from bot.domain.warning_signs import Doubt, Urgency

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OLD = NOW - timedelta(days=30)
SCREENINGS = (None, Screening.CLEAR, Screening.AGREED, Screening.WAITING)


@pytest.mark.parametrize(("now", "brought"), list(product(SCREENINGS, SCREENINGS)))
def test_the_stricter_answer_stays(now: Screening | None, brought: Screening | None) -> None:
    merged = health(Runner(1, now, NOW), Runner(1, brought, OLD))
    order = list(SCREENINGS)
    assert merged.screening is max(now, brought, key=order.index)
    if order.index(now) >= order.index(brought):
        assert merged.screened_at == NOW


SIGN = ReportedSign("heart", Urgency.EMERGENCY, None, NOW, True, Screening.CLEAR, NOW)


@pytest.mark.parametrize("brought", SCREENINGS)
def test_a_sign_that_stands_goes_on_standing(brought: Screening | None) -> None:
    now = Runner(1, Screening.WAITING, NOW, reported_sign=SIGN)
    merged = health(now, Runner(1, brought, OLD))
    assert merged.screening is Screening.WAITING
    assert merged.sign is not None
    assert (merged.sign.sign, merged.sign.is_confirmed) == ("heart", True)
    expected = max(Screening.CLEAR, brought, key=SCREENINGS.index)
    assert merged.sign.before is expected, "what comes back once it is lifted"


def test_a_sign_of_the_export_stands_again_and_lifts_to_no_less_than_now() -> None:
    brought = Runner(1, Screening.WAITING, OLD, reported_sign=SIGN)
    now = Runner(1, Screening.AGREED, NOW)
    merged = health(now, brought)
    assert merged.screening is Screening.WAITING
    assert merged.sign == replace(SIGN, before=Screening.AGREED, before_at=NOW)


def test_of_two_signs_the_more_urgent_stays_and_a_confirmed_one_is_not_lifted_by_a_tap() -> None:
    mild = replace(SIGN, sign="numb", urgency=Urgency.DAYS)
    grave = replace(SIGN, is_confirmed=False, doubt=Doubt.QUESTION)
    for now, brought in ((mild, grave), (grave, mild)):
        merged = health(
            Runner(1, Screening.WAITING, NOW, reported_sign=now),
            Runner(1, Screening.WAITING, NOW, reported_sign=brought),
        )
        assert merged.sign is not None
        assert (merged.sign.sign, merged.sign.is_confirmed) == ("heart", True)
        assert merged.sign.doubt is None


OPEN = Declared(Condition.HEART, NOW)
SETTLED = Declared(Condition.HEART, OLD, None, OLD)


@pytest.mark.parametrize(
    ("now", "brought"), [(OPEN, SETTLED), (SETTLED, OPEN), (OPEN, None), (None, OPEN)]
)
def test_a_condition_that_waits_goes_on_waiting(
    now: Declared | None, brought: Declared | None
) -> None:
    merged = health(
        Runner(1, Screening.AGREED, NOW, conditions=(now,) if now else ()),
        Runner(1, Screening.CLEAR, OLD, conditions=(brought,) if brought else ()),
    )
    assert merged.conditions == (OPEN,)
    assert merged.screening is Screening.WAITING


def test_of_two_answers_the_stricter_stays_with_the_date_that_ends_sooner() -> None:
    young = Declared(Condition.UNDER_18, OLD, Detail.AGE_13, NOW)
    older = Declared(Condition.UNDER_18, NOW, Detail.AGE_16, OLD)
    free = Declared(Condition.LATEX, NOW, Detail.LATEX_FREE, NOW)
    with_latex = replace(free, detail=Detail.WITH_LATEX)
    merged = health(Runner(1, conditions=(older, free)), Runner(1, conditions=(young, with_latex)))
    assert merged.conditions == (
        Declared(Condition.UNDER_18, NOW, Detail.AGE_13, OLD),
        with_latex,
    )


def test_the_same_on_both_sides_stays_as_it_is() -> None:
    runner = Runner(
        1,
        Screening.WAITING,
        NOW,
        reported_sign=SIGN,
        conditions=(SETTLED, replace(OPEN, condition=Condition.SPINE)),
    )
    merged = health(runner, runner)
    assert merged.conditions == runner.conditions
    assert merged.sign == replace(SIGN, before=Screening.WAITING, before_at=NOW)


def test_the_parts_of_the_back_belong_together() -> None:
    assert part("back") == part("low-back") == part("upper-back") == "back"
    assert part("knee") == "knee"
    assert part(None) == ""


def test_strictness_follows_level_stage_and_date() -> None:
    day = date(2026, 11, 20)

    def strict(*events: object) -> tuple[int, int, int, bool]:
        return strictness(rests(events))["knee"]  # type: ignore[arg-type]

    dull = Report(Region.KNEE, PainKind.DULL, 4, day)
    later = replace(dull, day=day + timedelta(days=1))
    strong = replace(dull, score=7)
    bone = replace(dull, kind=PainKind.BONE)
    better = Answered(Region.KNEE, Answer.BETTER, day + timedelta(days=1))
    ready = Answered(Region.KNEE, Answer.READY, day + timedelta(days=3))
    assert strict(dull) < strict(later) < strict(strong) < strict(bone)
    assert strict(dull, better, ready) < strict(dull, better) < strict(dull)
    assert strictness(rests([])) == {}
