"""Each rule by its number, in its order, with its reason."""

from dataclasses import replace

import pytest

from bot.domain.change import Difference, Part, Reason
from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext, Skip
from bot.domain.kit import Level
from bot.domain.pain import PainKind
from bot.domain.prescription import SeasonPhase, start
from bot.domain.progression import progress
from bot.domain.session import Rating
from tests.domain.training import (
    BASE,
    CLAM,
    E,
    H,
    R,
    after,
    at_low,
    clocked,
    counted,
    dose,
    is_harder,
    pain,
    walk,
)

L, M = Level.LIGHT, Level.MEDIUM
EASY_ROUTINE = SessionContext(stays_easy=True)
ABANDONED = SessionContext(abandoned=True)
EASIER_WEEK = SessionContext(easier_week=True)


@pytest.mark.parametrize("said", [pain(6), pain(10), pain(1, worse=True)])
def test_1_strong_pain_goes_two_steps_down_and_one_set(said: object) -> None:
    got = after(counted(sets=3, tempo=1, band=M), ExerciseFeedback(E, pain=said))  # type: ignore[arg-type]
    lower = got.prescription
    assert (lower.tempo, lower.band, lower.sets, lower.freeze) == (0, L, 1, 2)
    assert got.change.reason in (Reason.STRONG_PAIN, Reason.WORSE_NEXT_MORNING)


def test_1_worse_next_morning_has_its_own_reason() -> None:
    assert after(counted(), ExerciseFeedback(E, pain=pain(7))).change.reason is Reason.STRONG_PAIN
    worse = after(counted(), ExerciseFeedback(E, pain=pain(2, worse=True)))
    assert worse.change.reason is Reason.WORSE_NEXT_MORNING


@pytest.mark.parametrize(
    "said", [pain(4), pain(5), pain(1, PainKind.SHARP), pain(3, PainKind.JOINT)]
)
def test_2_pain_goes_one_step_down_and_stays_for_two_sessions(said: object) -> None:
    got = after(counted(band=M), ExerciseFeedback(E, pain=said))  # type: ignore[arg-type]
    assert (got.prescription.band, got.prescription.freeze) == (L, 2)
    assert got.change.reason is Reason.PAIN
    assert got.change.differences == (Difference(Part.BAND, L),)


def test_2_stopping_for_pain_without_a_number_counts_as_pain() -> None:
    got = after(counted(band=M), ExerciseFeedback(skipped=Skip.PAIN))
    assert (got.change.reason, got.prescription.band) == (Reason.PAIN, L)


def test_3_mild_pain_changes_nothing_and_forgets_the_credits() -> None:
    got = after(clocked(credits=3), ExerciseFeedback(E, pain=pain(3)))
    assert got.prescription == clocked(credits=0)
    assert (got.change.reason, got.change.differences) == (Reason.MILD_PAIN, ())


def test_3_mild_pain_ends_the_quick_way_up() -> None:
    before = counted(calibrating=2, double_credits=3)
    got = after(before, ExerciseFeedback(E, pain=pain(1))).prescription
    assert (got.calibrating, got.double_credits) == (0, 0)


@pytest.mark.parametrize(
    ("why", "offers"), [(Skip.TIME, False), (Skip.KIT, True), (Skip.DISLIKE, True)]
)
def test_4_a_skip_changes_nothing_and_may_bring_an_offer(why: Skip, offers: bool) -> None:
    got = after(clocked(credits=3), ExerciseFeedback(E, skipped=why))
    assert got.prescription == clocked(credits=3, skips=1)
    assert (got.change.reason, got.change.offers_another) == (Reason.SKIPPED, offers)


def test_4_three_skips_running_bring_another_exercise() -> None:
    assert after(counted(skips=2), ExerciseFeedback(skipped=Skip.TIME)).change.offers_another
    assert after(counted(skips=2), R).prescription.skips == 0


def test_4_a_skipped_session_does_not_end_the_freeze() -> None:
    assert after(counted(freeze=1), ExerciseFeedback(skipped=Skip.TIME)).prescription.freeze == 1


@pytest.mark.parametrize("rating", Rating)
def test_5_frozen_stays_the_same_whatever_it_felt_like(rating: Rating) -> None:
    got = after(clocked(freeze=2, credits=3), rating)
    assert got.prescription == clocked(freeze=1, credits=3)
    assert got.change.reason is Reason.FROZEN


def test_5_an_abandoned_session_does_not_shorten_the_freeze() -> None:
    assert after(clocked(freeze=2), R, ABANDONED).prescription.freeze == 2


def test_6_hard_forgets_the_credits() -> None:
    got = after(clocked(credits=3), H)
    assert got.prescription == clocked(credits=0, hard=1)
    assert got.change.reason is Reason.HARD


def test_6_the_second_hard_one_is_a_step_down() -> None:
    first, second = walk(clocked(band=M), H, H)
    assert (first.prescription.band, second.prescription.band) == (M, L)
    assert (second.prescription.hard, second.change.reason) == (0, Reason.HARD_TWICE)


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (SessionContext(SeasonPhase.TAPER), Reason.TAPER),
        (SessionContext(SeasonPhase.RACE_WEEK), Reason.TAPER),
        (SessionContext(SeasonPhase.RECOVERY), Reason.RECOVERY),
        (SessionContext(SeasonPhase.PEAK), Reason.PEAK),
        (EASY_ROUTINE, Reason.STAYS_EASY),
        (ABANDONED, Reason.STOPPED_EARLY),
        (EASIER_WEEK, Reason.EASIER_WEEK),
    ],
)
def test_7_no_progress_and_the_credits_wait(context: SessionContext, reason: Reason) -> None:
    for before in (clocked(credits=3), counted(), counted(target=15, at_top=1)):
        got = after(before, E, context)
        assert got.prescription == before
        assert got.change.reason is reason


def test_7_in_the_first_two_weeks_easy_raises_nothing() -> None:
    first = start(CLAM)
    assert walk(first, *[E] * 6, context=EASY_ROUTINE)[-1].prescription == first


def test_7_an_answer_that_is_missing_raises_nothing() -> None:
    got = after(clocked(credits=3), ExerciseFeedback())
    assert (got.prescription.credits, got.change.reason) == (3, Reason.NOT_RATED)


def test_7_after_a_gap_progress_waits_for_its_sessions() -> None:
    first, second, third = walk(counted(hold_off=2), R, R, R)
    assert first.change.reason is Reason.AFTER_GAP
    assert (second.prescription.target, third.prescription.target) == (12, 13)


def test_7_hard_still_counts_where_nothing_progresses() -> None:
    assert after(clocked(), H, ABANDONED).prescription.hard == 1


def test_calibration_moves_the_band_up_at_once_and_only_once() -> None:
    first, second = walk(start(CLAM), E, E)
    assert (first.prescription.band, first.change.reason) == (M, Reason.CALIBRATION)
    assert second.change.reason is Reason.GATHERING


def test_calibration_waits_for_the_second_session_too_and_then_is_over() -> None:
    first, second = walk(at_low(), R, E)
    assert first.prescription.band is L
    assert (second.prescription.band, second.prescription.target) == (M, 10)
    assert walk(at_low(), R, R, E)[-1].prescription.band is L


def test_calibration_needs_a_heavier_band() -> None:
    only = replace(CLAM, owned=(L,))
    assert after(start(only), E, exercise=only).change.reason is Reason.GATHERING


def test_calibration_survives_the_first_two_weeks() -> None:
    newcomer = walk(start(CLAM), *[E] * 5, context=EASY_ROUTINE)[-1].prescription
    assert after(newcomer, E).prescription.band is M


def test_calibration_ends_with_a_hard_session() -> None:
    assert walk(start(CLAM), H, E)[-1].change.reason is Reason.GATHERING


@pytest.mark.parametrize(("rating", "earned"), [(E, 2), (R, 1)])
def test_8_on_the_clock_credits_are_gathered(rating: Rating, earned: int) -> None:
    got = after(clocked(), rating)
    assert got.prescription == clocked(credits=earned)
    assert got.change.reason is Reason.GATHERING


def test_8_four_credits_are_a_step_up() -> None:
    got = after(clocked(credits=3), R)
    assert got.prescription == clocked(band=M, since_up=0)
    assert got.change.reason is Reason.EARNED
    assert got.change.differences == (Difference(Part.BAND, M),)


def test_8_easy_counts_twice_for_four_sessions_after_a_long_gap() -> None:
    before = clocked(band=M, hold_off=1, double_credits=4)
    nexts = walk(before, E, E, E, E, E, E)
    assert [one.prescription.tempo for one in nexts[:3]] == [0, 1, 1]
    assert [one.prescription.double_credits for one in nexts] == [4, 3, 2, 1, 0, 0]
    assert after(replace(before, hold_off=0), R).prescription.credits == 1


@pytest.mark.parametrize(("rating", "target"), [(E, 14), (R, 13)])
def test_9_below_the_top_the_target_rises(rating: Rating, target: int) -> None:
    got = after(counted(), rating)
    assert got.prescription == counted(target=target)
    assert got.change.reason is Reason.BELOW_TOP
    assert got.change.differences == (Difference(Part.TARGET, target),)


def test_9_never_above_the_top() -> None:
    assert after(counted(target=14), E).prescription.target == 15


def test_9_from_below_the_range_it_rises_like_any_other() -> None:
    assert after(counted(target=6), R).prescription.target == 7


def test_9_a_step_down_or_a_heavier_band_never_raises_a_target_below_the_range() -> None:
    low = counted(target=6, band=L, calibrating=2)
    assert after(low, E).prescription.band is M
    assert after(low, E).prescription.target == 6
    assert after(low, ExerciseFeedback(pain=pain(7))).prescription.target == 6


def test_10_the_second_session_running_at_the_top_is_a_step_up() -> None:
    first, second = walk(counted(target=15), R, R)
    assert first.change.reason is Reason.TOP_ONCE
    assert dose(second.prescription) == dose(counted(target=12, sets=3))
    assert second.change.reason is Reason.TOP_TWICE


def test_10_a_hard_one_between_breaks_the_row() -> None:
    assert walk(counted(target=15), R, H, R)[-1].prescription.at_top == 1


@pytest.mark.parametrize("before", [clocked(credits=4), counted(target=15, at_top=1)])
def test_at_the_end_of_the_ladder_it_stays(before: object) -> None:
    top = replace(before, sets=3, tempo=2, band=M, variant=2)  # type: ignore[type-var]
    got = after(top, E)  # type: ignore[arg-type]
    assert got.change.reason is Reason.NOTHING_HARDER
    assert dose(got.prescription) == dose(top)  # type: ignore[arg-type]
    assert (got.prescription.credits, got.prescription.at_top) == (0, 0)


def test_two_sessions_lie_between_two_steps_up() -> None:
    got = after(clocked(credits=4, since_up=0), E)
    assert (got.prescription.credits, got.change.reason) == (4, Reason.TOO_SOON)
    assert after(got.prescription, E).change.reason is Reason.EARNED


def test_a_session_brings_two_steps_up_and_the_others_wait() -> None:
    entries = [
        ExerciseResult(replace(CLAM, id=str(number)), clocked(credits=3), ExerciseFeedback(R))
        for number in range(5)
    ]
    rose = []
    for _ in range(3):
        nexts = progress(entries, BASE)
        rose.append([n.change.exercise for n in nexts if n.change.reason is Reason.EARNED])
        waiting = [n for n in nexts if n.change.reason is Reason.NOT_ITS_TURN]
        assert all(n.prescription.credits == 4 and not n.change.differences for n in waiting)
        entries = [
            replace(entry, prescription=n.prescription)
            for entry, n in zip(entries, nexts, strict=True)
        ]
    assert rose == [["0", "1"], ["2", "3"], ["4"]]


def test_most_credits_go_first_then_who_waited_longest() -> None:
    at_top = counted(target=15, at_top=1)
    befores = [
        replace(at_top, credits=1),
        clocked(credits=4, since_up=3),
        replace(at_top, credits=2),
        clocked(credits=4, since_up=5),
        clocked(credits=4, since_up=2),
    ]
    entries = [ExerciseResult(CLAM, before, ExerciseFeedback(R)) for before in befores]
    reasons = [one.change.reason for one in progress(entries, BASE)]
    waits = Reason.NOT_ITS_TURN
    assert reasons == [waits, Reason.EARNED, waits, Reason.EARNED, waits]


def test_who_calibrates_out_of_turn_gathers_credits() -> None:
    entries = [ExerciseResult(CLAM, start(CLAM), ExerciseFeedback(E)) for _ in range(3)]
    nexts = progress(entries, BASE)
    assert [one.prescription.band for one in nexts] == [M, M, L]
    assert nexts[2].prescription.credits == 2


def test_pain_is_asked_before_everything_a_runner_may_like_better() -> None:
    ready = clocked(credits=4, band=M)
    for score in range(1, 11):
        said = ExerciseFeedback(E, pain=pain(score))
        assert not is_harder(after(ready, said).prescription, ready)


def test_the_answers_of_no_exercise_change_nothing() -> None:
    assert progress([], BASE) == ()


NEW = counted(target=None, sets=1, variant=0, introduces=1, hold_off=1, calibrating=2)


@pytest.mark.parametrize("rating", [E, R, None])
@pytest.mark.parametrize("context", [BASE, EASIER_WEEK, SessionContext(much_new=True)])
def test_6_1_what_was_new_goes_on_in_its_usual_form_with_two_sets(
    rating: Rating | None, context: SessionContext
) -> None:
    got = after(NEW, ExerciseFeedback(rating), context)
    assert got.prescription == replace(NEW, sets=2, variant=1, introduces=None, hold_off=0)
    assert got.change.reason is Reason.INTRODUCED
    assert {each.part for each in got.change.differences} == {Part.SETS, Part.VARIANT}


def test_6_1_the_first_target_of_the_usual_form_is_at_most_the_lowest() -> None:
    assert after(replace(NEW, target=14), R).prescription.target == CLAM.range.low


@pytest.mark.parametrize(
    "context",
    [
        ABANDONED,
        EASY_ROUTINE,
        SessionContext(SeasonPhase.PEAK),
        SessionContext(SeasonPhase.TAPER),
        SessionContext(SeasonPhase.RACE_WEEK),
        SessionContext(SeasonPhase.RECOVERY),
        SessionContext(light=True),
    ],
)
def test_6_1_what_was_new_stays_new_where_nothing_may_rise(context: SessionContext) -> None:
    got = after(NEW, E, context).prescription
    assert (got.sets, got.variant, got.introduces) == (1, 0, 1)


def test_6_1_too_hard_is_introduced_again() -> None:
    first = after(NEW, H).prescription
    assert (first.sets, first.variant, first.introduces) == (1, 0, 1)
    assert not is_harder(after(first, H).prescription, first)
    assert after(first, R).change.reason is Reason.INTRODUCED


@pytest.mark.parametrize("score", [1, 4, 7])
def test_6_1_pain_ends_the_introduction_in_the_easier_form(score: int) -> None:
    hurt = after(NEW, ExerciseFeedback(R, pain=pain(score))).prescription
    assert (hurt.introduces, hurt.variant) == (None, 0)


def test_6_1_the_first_sessions_that_find_the_band_come_after_it() -> None:
    known, found = walk(NEW, R, E)
    assert known.prescription.calibrating == 2
    assert found.prescription.band is M


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("phase", [SeasonPhase.TAPER, SeasonPhase.RACE_WEEK])
@pytest.mark.parametrize("context", [{}, {"stays_easy": True}])
def test_the_taper_never_progresses_whatever_is_said(
    rating: Rating, phase: SeasonPhase, context: dict[str, bool]
) -> None:
    for before in (start(CLAM), clocked(credits=3), counted(target=15, at_top=1), NEW):
        for one in walk(before, *[rating] * 6, context=SessionContext(phase, **context)):
            assert not is_harder(one.prescription, before)
