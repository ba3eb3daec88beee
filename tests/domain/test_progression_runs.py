"""Weeks and whole histories: the pace of progress, and what never happens on the way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, product, zip_longest
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.change import Reason
from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext, Skip
from bot.domain.gap import after_gap, gap_rule
from bot.domain.kit import LEVELS, Level
from bot.domain.ladder import climb
from bot.domain.pain import Pain, PainKind
from bot.domain.prescription import (
    ExerciseBounds,
    ExerciseClass,
    Prescription,
    SeasonPhase,
    fit,
    start,
)
from bot.domain.prescription import counted as count
from bot.domain.progression import Next, progress
from bot.domain.regions import Region
from bot.domain.session import Rating
from tests.domain.training import (
    BASE,
    CLAM,
    PLANK,
    SQUEEZE,
    E,
    H,
    R,
    after,
    assert_in_bounds,
    at_low,
    clocked,
    counted,
    dose,
    is_harder,
    walk,
)

EVERY_BAND = replace(CLAM, owned=LEVELS)
Beginning = Callable[..., Prescription]
BEGINNINGS = (start, at_low)
UPS = frozenset({Reason.EARNED, Reason.TOP_TWICE, Reason.CALIBRATION})
SESSIONS = 24  # twelve weeks with two each


def ups(nexts: list[Next]) -> list[int]:
    """The numbers, from 1, of the sessions that brought a step up."""
    return [number for number, one in enumerate(nexts, 1) if one.change.reason in UPS]


@pytest.mark.parametrize(("rating", "every"), [(R, 4), (E, 2)])
def test_on_the_clock_the_pace_is_four_sessions_a_step_or_two(rating: Rating, every: int) -> None:
    nexts = walk(clocked(), *[rating] * SESSIONS, exercise=EVERY_BAND)
    rungs = 8  # from light to heavy, two of the tempo, and both again in the harder form
    assert ups(nexts) == list(range(every, SESSIONS + 1, every))[:rungs]


def test_counted_from_ten_to_fifteen_in_five_sessions_and_up_at_the_seventh() -> None:
    nexts = walk(counted(target=10), *[R] * 7)
    assert [one.prescription.target for one in nexts] == [11, 12, 13, 14, 15, 15, 12]
    assert ups(nexts) == [7]
    assert nexts[-1].prescription.sets == 3


@pytest.mark.parametrize("begins", BEGINNINGS)
@pytest.mark.parametrize("exercise", [CLAM, EVERY_BAND, PLANK, SQUEEZE])
@pytest.mark.parametrize("length", [1, 2, 3])
def test_twelve_weeks_of_every_pattern_stay_in_bounds(
    exercise: ExerciseBounds, begins: Beginning, length: int
) -> None:
    for pattern in product(Rating, repeat=length):
        ratings = (pattern * SESSIONS)[:SESSIONS]
        nexts = walk(begins(exercise), *ratings, exercise=exercise)
        for one in nexts:
            assert_in_bounds(one.prescription, exercise)
        numbers = ups(nexts)
        assert all(later - earlier >= 2 for earlier, later in pairwise(numbers))


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_twelve_hard_weeks_end_at_the_bottom(begins: Beginning) -> None:
    hardest = counted(sets=3, tempo=2, band=Level.HEAVY, variant=2)
    begun = replace(hardest, target=15 if begins is at_low else None)
    last = walk(begun, *[H] * SESSIONS, exercise=EVERY_BAND)[-1].prescription
    bottom = replace(begins(EVERY_BAND, True), sets=1)
    assert dose(last) == dose(bottom)


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_easy_is_never_behind_right(begins: Beginning) -> None:
    begun = replace(begins(EVERY_BAND), calibrating=0)
    steps = {
        rating: len(ups(walk(begun, *[rating] * SESSIONS, exercise=EVERY_BAND)))
        for rating in (E, R)
    }
    assert steps[E] > steps[R] > 0


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_right_and_hard_in_turn_never_rise_for_long(begins: Beginning) -> None:
    begun = begins(EVERY_BAND)
    last = walk(begun, *[R, H] * (SESSIONS // 2), exercise=EVERY_BAND)[-1].prescription
    assert last.sets <= begun.sets
    assert last.band is Level.EXTRA_LIGHT


def test_twelve_weeks_with_easier_weeks_rise_in_the_others() -> None:
    prescription, rose = clocked(band=Level.EXTRA_LIGHT), []
    for session in range(SESSIONS):
        week = session // 2 + 1
        one = after(prescription, E, SessionContext(easier_week=week % 4 == 0), EVERY_BAND)
        rose += [week] if one.change.reason in UPS else []
        prescription = one.prescription
    assert rose == [1, 2, 3, 5, 6, 7, 9, 10, 11]


OWNED = [
    (),
    (Level.LIGHT,),
    (Level.EXTRA_LIGHT, Level.HEAVY),
    (Level.LIGHT, Level.MEDIUM),
    LEVELS,
]
PHASES = [SeasonPhase.BASE] * 4 + [SeasonPhase.BUILD] * 3 + list(SeasonPhase)
RATINGS = [E, E, E, R, R, R, H, None]
SKIPS = [None] * 12 + list(Skip)


def random_answer(random: Random) -> ExerciseFeedback:
    hurts = random.random() < 0.15
    return ExerciseFeedback(
        rating=random.choice(RATINGS),
        skipped=random.choice(SKIPS),
        pain=random_pain(random) if hurts else None,
    )


def random_pain(random: Random) -> Pain:
    kind = random.choice([PainKind.DULL, PainKind.DULL, *PainKind])
    return Pain(random.choice(list(Region)), kind, random.randint(0, 10), random.random() < 0.1)


def random_context(random: Random) -> SessionContext:
    return SessionContext(
        phase=random.choice(PHASES),
        easier_week=random.random() < 0.1,
        stays_easy=random.random() < 0.15,
        abandoned=random.random() < 0.1,
    )


def random_exercises(random: Random) -> list[ExerciseBounds]:
    return [
        ExerciseBounds(
            id=str(number),
            exercise_class=random.choice(list(ExerciseClass)),
            owned=random.choice(OWNED),
            sets=random.randint(1, 4),
            variants=random.choice([(0, 2), (0, 1), (1, 1)]),
        )
        for number in range(random.choice([1, 1, 1, 4]))
    ]


def assert_session_is_sound(
    entries: list[ExerciseResult],
    context: SessionContext,
    nexts: tuple[Next, ...],
    first: Sequence[int | None] = (),
) -> None:
    assert sum(one.change.reason in UPS for one in nexts) <= 2
    for entry, one, target in zip_longest(entries, nexts, first):
        before, later = entry.prescription, one.prescription
        assert_in_bounds(later, entry.exercise, target)
        held = context.abandoned or context.stays_easy or context.easier_week
        phase = context.phase not in (SeasonPhase.BASE, SeasonPhase.BUILD)
        pain = entry.answer.pain is not None and (
            entry.answer.pain.score > 0 or entry.answer.pain.worse
        )
        waiting = before.freeze or before.hold_off or entry.answer.skipped is not None
        not_asked_for = entry.answer.rating in (H, None)
        if one.change.reason in (*UPS, Reason.BELOW_TOP):
            assert one.change.differences
        introduced = one.change.reason is Reason.INTRODUCED
        if introduced:
            assert before.introduces is not None
            assert not context.abandoned
            assert not context.stays_easy
            assert entry.answer.rating is not H
            assert later.variant <= max(1, before.variant)
            assert later.sets <= max(before.sets, 2)
        elif held or phase or pain or waiting or not_asked_for:
            assert not is_harder(later, before)
        if one.change.reason in UPS:
            assert before.since_up >= 1
            assert later.since_up == 0
        assert (not one.change.differences) == (dose(later) == dose(before))


def is_as_hard(later: Prescription, earlier: Prescription) -> bool:
    """But for a first target."""
    target = later.target if earlier.target is None else earlier.target
    return dose(later) == dose(replace(earlier, target=target))


def live(random: Random) -> None:
    """One runner's sessions with gaps, pain, lost bands, on the clock and at their own pace."""
    exercises = random_exercises(random)
    beginner = random.random() < 0.3
    prescriptions = [start(exercise, beginner) for exercise in exercises]
    first: list[int | None] = [None] * len(exercises)
    for _ in range(random.randint(5, 20)):
        if random.random() < 0.1:
            days, cleared = random.randint(0, 80), random.random() < 0.1
            gone = [
                after_gap(p, e, gap_rule(days, next_larger=cleared))
                for p, e in zip(prescriptions, exercises, strict=True)
            ]
            assert not any(map(is_harder, gone, prescriptions))
            prescriptions = gone
        if random.random() < 0.03:
            exercises = [
                replace(e, owned=random.choice(OWNED[1:])) if e.owned else e for e in exercises
            ]
            prescriptions = [
                fit(replace(p, freeze=0), e) for p, e in zip(prescriptions, exercises, strict=True)
            ]
        if random.random() < 0.2:
            done = [random.randint(1, 30) for _ in exercises]
            first = [
                (p.target and one) or min(it, e.range.top)
                for p, one, it, e in zip(prescriptions, first, done, exercises, strict=True)
            ]
            own_pace = list(map(count, prescriptions, exercises, done))
            assert all(map(is_as_hard, own_pace, prescriptions))
            prescriptions = own_pace
        entries = [
            ExerciseResult(e, p, random_answer(random))
            for e, p in zip(exercises, prescriptions, strict=True)
        ]
        context = random_context(random)
        nexts = progress(entries, context)
        assert_session_is_sound(entries, context, nexts, first)
        prescriptions = [one.prescription for one in nexts]


@pytest.mark.breadth(1)
@pytest.mark.parametrize("seed", range(40))
def test_twenty_thousand_histories_are_sound(seed: int) -> None:
    random = Random(seed)
    for _ in range(500):
        live(random)


prescriptions = st.builds(
    counted,
    target=st.none() | st.integers(1, 15),
    sets=st.integers(1, 3),
    band=st.sampled_from(LEVELS),
    tempo=st.integers(0, 2),
    variant=st.integers(0, 2),
    credits=st.integers(0, 4),
    hard=st.integers(0, 1),
    at_top=st.integers(0, 2),
    freeze=st.integers(0, 2),
    hold_off=st.integers(0, 2),
    double_credits=st.integers(0, 4),
    calibrating=st.integers(0, 2),
    since_up=st.integers(0, 9),
    skips=st.integers(0, 3),
    introduces=st.none() | st.integers(0, 1),
)
answers = st.builds(
    ExerciseFeedback,
    rating=st.none() | st.sampled_from(Rating),
    skipped=st.none() | st.sampled_from(Skip),
    pain=st.none()
    | st.builds(
        Pain, st.sampled_from(Region), st.sampled_from(PainKind), st.integers(0, 10), st.booleans()
    ),
)
contexts = st.builds(
    SessionContext,
    st.sampled_from(SeasonPhase),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.slow
@given(
    dones=st.lists(st.tuples(prescriptions, answers), max_size=6),
    context=contexts,
)
def test_any_session_from_any_state_is_sound(
    dones: list[tuple[Prescription, ExerciseFeedback]], context: SessionContext
) -> None:
    entries = [ExerciseResult(EVERY_BAND, prescription, answer) for prescription, answer in dones]
    first = [prescription.target for prescription, _ in dones]
    assert_session_is_sound(entries, context, progress(entries, context), first)


@given(prescription=prescriptions, answer=answers)
def test_the_same_answer_leads_two_exercises_to_the_same_place(
    prescription: Prescription, answer: ExerciseFeedback
) -> None:
    entry = ExerciseResult(EVERY_BAND, prescription, answer)
    first, second = progress([entry, entry], BASE)
    assert first == second == progress([entry], BASE)[0]


@given(prescription=prescriptions)
def test_a_step_up_is_one_thing_harder(prescription: Prescription) -> None:
    higher = climb(prescription, EVERY_BAND, SeasonPhase.BASE)
    if higher:
        rises = [new > old for new, old in zip(dose(higher), dose(prescription), strict=True)]
        assert sum(rises) == 1


@given(prescription=prescriptions, done=st.integers(1, 60))
def test_the_runners_own_pace_changes_nothing_but_the_measure(
    prescription: Prescription, done: int
) -> None:
    own_pace = count(prescription, EVERY_BAND, done)
    assert is_as_hard(own_pace, prescription)
    assert_in_bounds(own_pace, EVERY_BAND, own_pace.target)
    assert prescription.target or own_pace.target == min(done, EVERY_BAND.range.top)
    assert count(own_pace, EVERY_BAND, done + 1) == own_pace


@given(
    first=st.integers(1, 20),
    ratings=st.lists(st.sampled_from(Rating), max_size=SESSIONS),
    context=contexts,
)
def test_a_first_target_below_the_range_rises_into_it_and_never_above(
    first: int, ratings: list[Rating], context: SessionContext
) -> None:
    begun = count(start(EVERY_BAND), EVERY_BAND, first)
    for one in walk(begun, *ratings, exercise=EVERY_BAND, context=context):
        assert_in_bounds(one.prescription, EVERY_BAND, first)
