"""“Easier today” and “Harder today” fit the form, the kit and the regions that rest."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from bot.content.adjusting import holding, unloaded
from bot.content.exercise_models import Adjustment
from bot.content.models import BASE
from bot.content.routine_models import Block, Routine, RoutineTexts
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of
from bot.domain.ladder import climb, descend, heavier_band
from bot.domain.prescription import Prescription, SeasonPhase, fit
from bot.domain.readiness import TodaysDose
from bot.domain.regions import Region
from bot.domain.session import Step
from tests.shipped import CATALOGUE

pytestmark = pytest.mark.slow

FORMS = [
    (key, form)
    for key, exercise in CATALOGUE.exercises.items()
    for form in (BASE, *exercise.texts.forms)
]
KINDS = [kind for kind in KitKind if kind is not KitKind.DOOR_ANCHOR]
ANCHOR = Band(KitKind.DOOR_ANCHOR, Level.NONE)
NO_BANDS = kit_of([])
LOOP = kit_of([Band(KitKind.LONG_LOOP, Level.LIGHT), Band(KitKind.LONG_LOOP, Level.HEAVY)])
MINI = kit_of([Band(KitKind.MINI_BAND, Level.LIGHT)])
CIRCLE = kit_of([Band(KitKind.HIP_CIRCLE, Level.MEDIUM)])
# Each kind of band has a strength of its own, so that the strength says the kind.
STRENGTHS = dict(
    zip(KINDS, (Level.EXTRA_LIGHT, Level.LIGHT, Level.MEDIUM, Level.HEAVY), strict=True)
)


def kits() -> Iterator[Kit | None]:
    yield None
    for size in range(len(KINDS) + 1):
        for owned in combinations(KINDS, size):
            yield kit_of([ANCHOR, *(Band(kind, STRENGTHS[kind]) for kind in owned)])


def routine_of(exercise: str, form: str) -> Routine:
    return Routine(
        id="of-one",
        level="beginner",
        warm_up=0,
        blocks=(Block(exercise=exercise, form=form, sets=1, work=40, change=0),),
        texts={"en": RoutineTexts(name="Of one", in_short="One exercise.")},
    )


def step_of(
    exercise: str,
    kit: Kit | None,
    variant: int,
    *,
    form: str = BASE,
    band: Level | None = None,
) -> Step:
    """The step of a routine of one exercise, or of what stands in for it."""
    routine = routine_of(exercise, form)
    prescription = Prescription(target=None, sets=1, band=band, variant=variant)
    today = {
        key: TodaysDose(prescription=prescription, sets=1)
        for key in CATALOGUE.exercises_for(routine, kit)
    }
    return next(step for step in CATALOGUE.steps(routine, 9, kit, today) if step.is_work)


def said(step: Step) -> Adjustment | None:
    """The line of the content that the step shows."""
    if not step.advice:
        return None
    texts = CATALOGUE.exercises[step.exercise or ""].texts
    listed = texts.harder if step.variant else texts.easier
    return next(each for each in listed if each.text == step.advice)


def may_be_worn(step: Step, kit: Kit | None, band: Level | None) -> set[str]:
    """The kinds of bands that a runner with this step may have on."""
    exercise = CATALOGUE.exercises[step.exercise or ""]
    form = exercise.texts.forms.get(step.form)
    if form and not form.needs_band:
        return set()
    owned = {kind for kind in exercise.facts.bands if kit is None or kit.owns(kind)}
    if exercise.facts.anchor and kit is not None and not kit.owns(KitKind.DOOR_ANCHOR):
        return set()
    named = {kind for kind in owned if kit and band and kit.get(KitKind(kind), band)}
    return named or owned


def all_steps() -> Iterator[tuple[Step, set[str]]]:
    """Every exercise and form, with every kit, each of its bands or none named, made easier and
    harder; with what may be worn."""
    for exercise, form in FORMS:
        for kit in kits():
            for band in (
                (None, *(each.level for each in kit.bands if each != ANCHOR)) if kit else (None,)
            ):
                for variant in (0, 2):
                    step = step_of(exercise, kit, variant, form=form, band=band)
                    yield step, may_be_worn(step, kit, band)


@cache
def steps() -> tuple[tuple[Step, set[str]], ...]:
    return tuple(all_steps())


def test_what_a_step_says_holds_for_its_form_and_for_every_band_that_may_be_worn() -> None:
    assert len(steps()) > 1000
    for step, worn in steps():
        line = said(step)
        if line is not None:
            assert step.form in line.forms, step
            assert not line.bands or (worn or {"none"}) <= {*line.bands}, step
            assert line.today


def test_no_band_is_taken_off_where_none_is_worn_and_then_the_step_names_none() -> None:
    seen = 0
    for step, worn in steps():
        if " off" in step.advice.partition(",")[0] and step.advice.startswith("Leave"):
            assert worn, step
            assert (step.band, step.level) == ("", ""), step
            seen += 1
    assert seen


def test_a_loop_is_named_only_where_a_loop_is_worn_and_ankles_only_for_a_mini_band() -> None:
    for step, worn in steps():
        if "loop" in step.advice:
            assert worn == {"long-loop"}, step
        if "band down" in step.advice:
            assert worn == {"mini-band"}, step
        if "band" in step.advice:
            assert worn, step


@pytest.mark.parametrize("words", ["form", "instead:", "stronger", "lighter", "below."])
def test_a_step_says_nothing_of_another_form_another_exercise_or_another_band(words: str) -> None:
    """The form and the band are prescribed; a routine plans the exercise."""
    advice = {step.advice for step, _ in steps() if step.advice}
    assert [text for text in advice if words in text and "a little below" not in text] == []


def test_the_easier_form_is_the_easier_variant_and_nothing_more_is_said_of_it() -> None:
    easier = [step for step, _ in steps() if step.form == "easier" and step.variant == 0]
    assert easier
    assert {step.advice for step in easier} == {""}


def test_a_harder_or_easier_variant_is_prescribed_only_where_it_can_be_said() -> None:
    for exercise, form in FORMS:
        for kit in kits():
            routine = routine_of(exercise, form)
            for key, ruled in CATALOGUE.exercises_for(routine, kit).items():
                planned = CATALOGUE.plans(routine, kit)[0].doing
                easiest, hardest = ruled.variants
                for band in ruled.owned or [None]:
                    harder = step_of(key, kit, 2, form=planned.form, band=band)
                    assert bool(harder.advice) == (hardest == 2), (harder, kit)
                    easier = step_of(key, kit, 0, form=planned.form, band=band)
                    says = bool(easier.advice) or easier.form == "easier"
                    assert says == (easiest == 0), (easier, kit)


@pytest.mark.parametrize("region", [each for each in Region if each is not Region.ELSEWHERE])
def test_nothing_is_said_that_loads_a_region_that_rests(region: Region) -> None:
    rested = {"low-back", "upper-back"} if region is Region.BACK else {region.value}
    for exercise, form in FORMS:
        texts = CATALOGUE.exercises[exercise].texts
        bands: tuple[str, ...] = CATALOGUE.exercises[exercise].facts.bands
        for listed in (texts.easier, texts.harder):
            for kinds in (frozenset(bands), frozenset[str](), *(frozenset({b}) for b in bands)):
                line = holding(listed, form, kinds, [region])
                assert line is None or rested.isdisjoint(line.loads)


def test_the_next_line_that_loads_nothing_that_rests_takes_the_place_of_one_that_does() -> None:
    raises = CATALOGUE.exercises["band-calf-raise"].texts.harder
    for resting, expected in (
        ((), "Use one leg at a time."),
        ((Region.KNEE,), "Stay at the top for two seconds each time."),
    ):
        line = holding(raises, BASE, frozenset(), resting)
        assert line is not None
        assert line.text == expected


def test_pain_in_a_session_takes_back_what_would_load_that_region() -> None:
    step = step_of("band-calf-raise", NO_BANDS, 2)
    exercise = CATALOGUE.exercises["band-calf-raise"]
    assert unloaded(exercise, step, [Region.SHOULDER_ARM]) == step
    spared = unloaded(exercise, step, [Region.HIP_GROIN])
    assert (spared.exercise, spared.advice) == (step.exercise, "")


@pytest.mark.parametrize(
    ("exercise", "kit", "band", "variant", "expected"),
    [
        ("band-split-squat", LOOP, Level.LIGHT, 2, "Stay at the bottom for two seconds each time."),
        ("band-split-squat", MINI, Level.LIGHT, 2, "Put your back foot on a low, steady step."),
        ("band-split-squat", NO_BANDS, None, 0, "Hold on to a wall or a sturdy chair."),
        ("band-wall-slide", NO_BANDS, None, 0, "Slide only part of the way."),
        ("band-wall-slide", MINI, Level.LIGHT, 0, "Leave the band off."),
    ],
)
def test_what_is_said_depends_on_what_is_worn(
    exercise: str, kit: Kit, band: Level | None, variant: int, expected: str
) -> None:
    assert step_of(exercise, kit, variant, band=band).advice == expected


def test_an_easier_exercise_that_keeps_its_band_names_the_runners_own() -> None:
    step = step_of("lateral-band-walk", MINI, 0, band=Level.LIGHT)
    assert (step.advice, step.kind, step.level) == ("Stand taller.", "mini-band", "light")


# Bands that a form never uses do not progress.

SINGLE_LEG = CATALOGUE.exercise_for("band-calf-raise", LOOP, form="single-leg")
BOTH_LEGS = CATALOGUE.exercise_for("band-calf-raise", LOOP)
TOP = Prescription(target=20, sets=3, band=Level.LIGHT, tempo=2)


def test_a_form_without_a_band_becomes_harder_without_one() -> None:
    assert heavier_band(TOP, SINGLE_LEG) is None
    harder = climb(TOP, SINGLE_LEG, SeasonPhase.BASE)
    assert harder is not None
    assert (harder.band, harder.variant) == (Level.LIGHT, 2)
    with_loop = climb(TOP, BOTH_LEGS, SeasonPhase.BASE)
    assert with_loop is not None
    assert (with_loop.band, with_loop.variant) == (Level.HEAVY, 1)


def test_a_form_without_a_band_becomes_easier_without_touching_it() -> None:
    heavy = Prescription(target=10, sets=1, band=Level.HEAVY)
    assert descend(heavy, SINGLE_LEG) == Prescription(
        target=10, sets=1, band=Level.HEAVY, variant=0
    )
    assert descend(heavy, BOTH_LEGS).band is Level.LIGHT


def test_the_band_of_the_exercise_outlasts_a_session_in_a_form_without_one() -> None:
    heavy = Prescription(target=12, sets=2, band=Level.HEAVY)
    assert fit(heavy, SINGLE_LEG) == fit(heavy, BOTH_LEGS) == heavy
    step = step_of("band-calf-raise", LOOP, 1, form="single-leg", band=Level.HEAVY)
    assert (step.level, step.kind) == ("", "")
