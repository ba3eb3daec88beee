"""How regions rest after pain, and how they come back."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain.pain import PainKind
from bot.domain.regions import LEGS, Region, Side
from bot.domain.rests import (
    Answer,
    Answered,
    Event,
    Level,
    NoSession,
    Report,
    Rest,
    Stage,
    level,
    no_session,
    rests,
)

DAY = date(2026, 3, 2)
DULL = (PainKind.DULL, PainKind.ONE_SIDED)
SHARP = (PainKind.SHARP, PainKind.JOINT)
LOCKING = (PainKind.BONE, PainKind.GROIN)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def hurt(
    score: int, on: int = 0, kind: PainKind = PainKind.DULL, region: Region = Region.KNEE
) -> Report:
    return Report(region, kind, score, day(on))


def said(answer: Answer, on: int, region: Region = Region.KNEE) -> Answered:
    return Answered(region, answer, day(on))


def only(*events: Event) -> Rest:
    [rest] = rests(events)
    return rest


def asks(rest: Rest) -> int | None:
    return rest.ask_on and (rest.ask_on - DAY).days


# What a report does


@pytest.mark.parametrize(("kind", "score"), list(product(PainKind, range(11))))
def test_a_report_does_what_the_table_says(kind: PainKind, score: int) -> None:
    if score == 0:
        expected = None
    elif kind in LOCKING:
        expected = Level.LOCK
    elif score >= 6:
        expected = Level.STRONG
    elif score >= 4 or kind in SHARP:
        expected = Level.MODERATE
    else:
        expected = Level.MILD
    assert level(kind, score) is expected
    found = rests([hurt(score, kind=kind)])
    assert [rest.level for rest in found] == ([expected] if expected else [])
    for rest in found:
        light = expected is Level.MODERATE and kind in DULL
        assert (rest.light_allowed, rest.since, asks(rest)) == (light, DAY, 1)


@pytest.mark.parametrize(("score", "days"), [(1, 1), (4, 2), (5, 2), (6, 7), (10, 7)])
def test_a_rest_has_its_least_days(score: int, days: int) -> None:
    assert only(hurt(score)).earliest == day(days)


@pytest.mark.parametrize(("kind", "score"), list(product(PainKind, range(1, 11))))
def test_worse_is_strong_from_that_morning_whatever_it_was(kind: PainKind, score: int) -> None:
    rest = only(hurt(score, kind=kind), said(Answer.WORSE, 1))
    assert rest.level is (Level.LOCK if kind in LOCKING else Level.STRONG)
    assert (rest.since, rest.earliest, rest.light_allowed) == (day(1), day(8), False)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((4, 4), Level.MODERATE),
        ((4, 4, 4), Level.LOCK),
        ((4, 4, 1), Level.MODERATE),
        ((1, 1, 1), Level.MILD),
        ((6,), Level.STRONG),
        ((6, 6), Level.LOCK),
        ((6, 4), Level.STRONG),
        ((4, 6), Level.STRONG),
        ((4, 4, 6), Level.LOCK),
        ((6, 4, 4), Level.LOCK),
    ],
)
def test_what_comes_again_within_two_weeks_waits_for_a_clinician(
    scores: tuple[int, ...], expected: Level
) -> None:
    assert only(*(hurt(score, 7 * n) for n, score in enumerate(scores))).level is expected


@pytest.mark.parametrize(("later", "expected"), [(0, False), (1, True), (14, True), (15, False)])
def test_the_second_strong_pain_locks_for_two_weeks(later: int, expected: bool) -> None:
    assert only(hurt(6), hurt(6, later)).locked is expected


def test_pain_that_was_worse_counts_once_as_strong() -> None:
    assert not only(hurt(6), said(Answer.WORSE, 1)).locked
    assert only(hurt(2), said(Answer.WORSE, 1), hurt(6, 5)).locked


def test_two_regions_do_not_lock_each_other() -> None:
    found = rests([hurt(6), hurt(6, 3, region=Region.LOW_BACK)])
    assert [rest.level for rest in found] == [Level.STRONG, Level.STRONG]


@pytest.mark.parametrize("first", range(1, 11))
def test_a_later_report_shortens_and_softens_nothing(first: int) -> None:
    before = only(hurt(first))
    for second in range(1, 11):
        after = only(hurt(first), hurt(second, 1))
        assert after.earliest >= before.earliest, second
        assert after.level.reaches(before.level), second


def test_light_work_is_allowed_only_if_all_of_it_is_dull() -> None:
    assert only(hurt(4), hurt(5, 1)).light_allowed
    assert only(hurt(4), hurt(2, 1)).light_allowed
    assert not only(hurt(4), hurt(1, 1, PainKind.JOINT)).light_allowed
    assert not only(hurt(1, 0, PainKind.SHARP), hurt(4, 1)).light_allowed


def test_a_rest_is_of_the_region_whichever_side_it_was() -> None:
    left = Report(Region.KNEE, PainKind.DULL, 4, DAY, Side.LEFT)
    right = Report(Region.KNEE, PainKind.DULL, 6, day(1), Side.RIGHT)
    assert only(left, right).level is Level.STRONG


def test_an_old_report_about_the_back_rests_both_its_parts() -> None:
    found = rests([hurt(4, region=Region.BACK)])
    assert [rest.region for rest in found] == [Region.LOW_BACK, Region.UPPER_BACK]
    answered = rests([hurt(2, region=Region.BACK), said(Answer.BETTER, 1, Region.UPPER_BACK)])
    assert [rest.region for rest in answered] == [Region.LOW_BACK]
    assert not rests([hurt(2, region=Region.BACK), said(Answer.BETTER, 1, Region.BACK)])


# The answers of the morning after


@pytest.mark.parametrize("answer", [Answer.SAME, Answer.BETTER])
def test_mild_pain_is_over_when_it_is_not_worse(answer: Answer) -> None:
    assert rests([hurt(3), said(answer, 1)]) == ()


def test_the_same_means_two_days_more_and_the_third_time_somebody_sees_it() -> None:
    events: list[Event] = [hurt(4)]
    for on, asked in ((1, 3), (3, 5)):
        events.append(said(Answer.SAME, on))
        assert (only(*events).earliest, asks(only(*events))) == (day(asked), asked)
    events.append(said(Answer.SAME, 5))
    assert only(*events).locked
    assert asks(only(*events)) is None


def test_the_same_twice_on_one_day_counts_once() -> None:
    once = only(hurt(4), said(Answer.SAME, 1))
    assert only(hurt(4), said(Answer.SAME, 1), said(Answer.SAME, 1)) == once


def test_the_same_shortens_no_strong_rest() -> None:
    rest = only(hurt(6), said(Answer.SAME, 1))
    assert (rest.earliest, asks(rest)) == (day(7), 7)


def test_better_waits_for_the_least_days_and_then_the_gate_is_asked() -> None:
    rest = only(hurt(4), said(Answer.BETTER, 1))
    assert (asks(rest), rest.is_gate) == (2, True)
    assert not rest.has_gate(day(1))
    assert rest.has_gate(day(2))
    assert only(hurt(6), said(Answer.BETTER, 1)).ask_on == day(7)


def test_without_an_answer_it_is_asked_again_whenever_a_session_comes() -> None:
    rest = only(hurt(4))
    assert not rest.is_asked(DAY)
    assert all(rest.is_asked(day(number)) for number in (1, 2, 30))


def test_sharp_pain_without_an_answer_is_as_if_it_were_the_same() -> None:
    sharp = hurt(4, kind=PainKind.SHARP)
    assert only(sharp, said(Answer.BETTER, 2)).earliest == day(3)
    assert only(sharp, said(Answer.BETTER, 1)).earliest == day(2)
    assert only(hurt(4), said(Answer.BETTER, 2)).has_gate(day(2))


# The gate and the way back

BACK = (hurt(4), said(Answer.BETTER, 1), said(Answer.READY, 2))


def test_no_at_the_gate_keeps_the_rest() -> None:
    rest = only(hurt(4), said(Answer.BETTER, 1), said(Answer.NOT_YET, 2))
    assert (rest.level, rest.stage, rest.is_gate, asks(rest)) == (
        Level.MODERATE,
        Stage.RESTING,
        False,
        4,
    )


@pytest.mark.parametrize("answer", [Answer.READY, Answer.NOT_YET])
def test_the_gate_is_closed_before_its_day_and_without_the_word_better(answer: Answer) -> None:
    for before in ([hurt(4), said(Answer.BETTER, 1)], [hurt(4)], [hurt(6), said(Answer.BETTER, 6)]):
        assert only(*before, said(answer, 1)) == only(*before)


def test_the_first_session_back_is_light() -> None:
    rest = only(*BACK)
    assert (rest.level, rest.stage, rest.light_allowed) == (Level.MODERATE, Stage.LIGHT, True)
    assert asks(rest) is None
    strong = only(hurt(9), said(Answer.BETTER, 7), said(Answer.READY, 7))
    assert (strong.stage, strong.light_allowed) == (Stage.LIGHT, True)


def test_the_second_session_back_comes_after_a_morning_that_is_not_worse() -> None:
    done = [*BACK, said(Answer.TRAINED, 3)]
    assert only(*done).stage is Stage.LIGHT
    assert asks(only(*done)) == 4
    for answer in (Answer.SAME, Answer.BETTER):
        rest = only(*done, said(answer, 4))
        assert (rest.stage, rest.level, rest.rests) == (Stage.STEPPED, Level.MILD, False)
        assert rests([*done, said(answer, 4), said(Answer.TRAINED, 5)]) == ()


@pytest.mark.parametrize("stage", [Stage.LIGHT, Stage.STEPPED])
def test_pain_on_the_way_back_is_strong_again(stage: Stage) -> None:
    on_the_way = [*BACK, said(Answer.TRAINED, 3)]
    if stage is Stage.STEPPED:
        on_the_way.append(said(Answer.SAME, 4))
    assert only(*on_the_way).stage is stage
    again = only(*on_the_way, hurt(4, 5))
    assert (again.level, again.stage, again.earliest) == (Level.STRONG, Stage.RESTING, day(12))
    worse = only(*on_the_way, said(Answer.WORSE, 5))
    assert (worse.level, worse.since) == (Level.STRONG, day(5))
    sharp = only(*on_the_way, hurt(1, 5, PainKind.JOINT))
    assert (sharp.level, sharp.stage) == (Level.MODERATE, Stage.RESTING)
    mild = only(*on_the_way, hurt(2, 5))
    assert (mild.stage, asks(mild)) == (stage, 6)


def test_after_mild_pain_in_the_second_session_it_comes_once_more() -> None:
    second = [*BACK, said(Answer.TRAINED, 3), said(Answer.SAME, 4), hurt(2, 5)]
    assert only(*second, said(Answer.TRAINED, 5)).stage is Stage.STEPPED
    assert only(*second, said(Answer.TRAINED, 5), said(Answer.SAME, 6)).stage is Stage.STEPPED


# Locks


@pytest.mark.parametrize("answer", [each for each in Answer if each not in ("agreed", "ended")])
def test_only_a_clinician_lifts_a_lock(answer: Answer) -> None:
    locked = hurt(3, kind=PainKind.BONE)
    assert only(locked, said(answer, 40), said(Answer.READY, 41)).locked


def test_a_clinicians_word_leaves_the_days_of_the_rest() -> None:
    rest = only(hurt(7, kind=PainKind.BONE), said(Answer.AGREED, 1))
    assert (rest.level, rest.earliest, asks(rest)) == (Level.STRONG, day(7), 7)
    late = only(hurt(2, kind=PainKind.BONE), said(Answer.AGREED, 30))
    assert (late.level, late.light_allowed, asks(late)) == (Level.MODERATE, False, 30)


def test_a_clinicians_word_is_about_one_region_and_what_came_before() -> None:
    bone = hurt(2, kind=PainKind.BONE)
    assert only(bone, said(Answer.AGREED, 1, Region.THIGH)).locked
    assert only(bone, said(Answer.AGREED, 1), hurt(2, 1, PainKind.BONE)).locked
    assert only(hurt(6), hurt(6, 3), said(Answer.AGREED, 3), hurt(6, 9)).locked
    assert not only(hurt(4), said(Answer.AGREED, 1)).locked


def test_what_ended_under_older_rules_stays_over_but_is_not_forgotten() -> None:
    over = [hurt(7), said(Answer.ENDED, 8)]
    assert rests(over) == ()
    assert only(*over, hurt(6, 12)).locked


# No session today


def rest_of(region: Region, level: Level = Level.MODERATE, since: int = -3) -> Rest:
    return Rest(region, level, False, day(since), None, DAY)


@pytest.mark.parametrize(
    ("resting", "pain", "soreness", "reason"),
    [
        ((), 0, 0, None),
        ((), 7, 6, None),
        ((), 8, 0, NoSession.STRONGEST),
        ((), 0, 8, NoSession.STRONGEST),
        ((), 0, 7, NoSession.VERY_SORE),
        ((rest_of(Region.KNEE, Level.STRONG),), 0, 0, None),
        ((rest_of(Region.KNEE, Level.STRONG, 0),), 6, 0, NoSession.PAIN_TODAY),
        ((rest_of(Region.KNEE, Level.LOCK, 0),), 1, 0, NoSession.PAIN_TODAY),
        ((rest_of(Region.KNEE, Level.MODERATE, 0),), 4, 0, None),
        ((rest_of(Region.ELSEWHERE),), 0, 0, NoSession.UNKNOWN_PLACE),
        ((rest_of(Region.ELSEWHERE, Level.MILD),), 0, 0, None),
        ((rest_of(Region.KNEE), rest_of(Region.THIGH)), 0, 0, NoSession.TWO_REGIONS),
        ((rest_of(Region.KNEE), rest_of(Region.LOW_BACK)), 0, 0, NoSession.TWO_REGIONS),
        ((rest_of(Region.KNEE), rest_of(Region.UPPER_BACK)), 0, 0, None),
        ((rest_of(Region.LOW_BACK), rest_of(Region.UPPER_BACK)), 0, 0, None),
        ((rest_of(Region.KNEE), rest_of(Region.THIGH, Level.MILD)), 0, 0, None),
    ],
)
def test_some_days_have_no_session(
    resting: tuple[Rest, ...], pain: int, soreness: int, reason: NoSession | None
) -> None:
    assert no_session(resting, pain, soreness, DAY) is reason


def test_the_legs_are_the_regions_below_the_waist() -> None:
    assert {region.value for region in LEGS} == {
        *("foot-ankle", "shin-calf", "knee", "thigh", "hip-groin"),
    }


@pytest.mark.parametrize("sign", [Answer.HEARD, Answer.SIGN])
def test_a_warning_sign_locks_its_region_until_a_clinician_agreed(sign: Answer) -> None:
    locked = only(said(sign, 0))
    assert (locked.level, locked.light_allowed, locked.ask_on) == (Level.LOCK, False, None)
    assert no_session([locked], 0, 0, day(0)) is NoSession.PAIN_TODAY
    assert no_session([locked], 0, 0, day(1)) is None
    for answer in (Answer.BETTER, Answer.READY, Answer.SAME, Answer.TRAINED):
        assert only(said(sign, 0), said(answer, 20)).locked
    freed = only(said(sign, 0), said(Answer.AGREED, 1))
    assert (freed.level, asks(freed)) == (Level.MODERATE, 2)
    gate = (said(Answer.AGREED, 3), said(Answer.BETTER, 3), said(Answer.READY, 3))
    assert only(said(sign, 0), *gate).stage is Stage.LIGHT


def test_a_warning_sign_makes_no_rest_shorter() -> None:
    strong = hurt(7)
    both = only(strong, said(Answer.SIGN, 1), said(Answer.AGREED, 2))
    assert (both.level, both.earliest) == (Level.STRONG, only(strong).earliest)
    on_the_way = (strong, said(Answer.BETTER, 7), said(Answer.READY, 7))
    assert only(*on_the_way, said(Answer.SIGN, 8)).locked
