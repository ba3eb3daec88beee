"""While a region rests nothing loads it: not a step, not a stand-in, not a swap, not the warm-up.

The rules are written down here a second time, apart from data/regions.toml, as a check on both.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Routine, Sparing
from bot.content.exercise_models import Demand, Load
from bot.content.kit import DEGREES, Doing
from bot.content.models import BASE
from bot.db.prescriptions import Stored
from bot.domain import kit as kits
from bot.domain.kit import Band, Kit, KitKind, kit_of
from bot.domain.pain import PainKind
from bot.domain.prescription import Prescription
from bot.domain.readiness import Readiness
from bot.domain.regions import LEGS, OFFERED, Region
from bot.domain.rests import Level, Report, Rest, rests
from bot.domain.runner import Runner
from bot.domain.session import Step, length
from bot.domain.wish import LIGHT
from bot.services.runner_states import RunnerState
from bot.services.session_plans import plan, plan_for
from bot.services.suggestions import may_offer, routine_for
from tests.shipped import CATALOGUE

EXERCISES = CATALOGUE.exercises
ROUTINES = list(CATALOGUE.routines.values())
PLACES = [region for region in OFFERED if region is not Region.ELSEWHERE]
BACKS = {Region.LOW_BACK, Region.UPPER_BACK}
KNEELING = {"hands-and-knees", "forearm-plank"}
ON_ONE = {"one-leg", "stepping", "split-stance"}
LYING = {"on-the-back", "side-lying", "on-the-front", "sitting"}
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def owning(*kinds: KitKind) -> Kit:
    anchor = KitKind.DOOR_ANCHOR
    strengths = {kind: kits.Level.NONE if kind is anchor else kits.Level.LIGHT for kind in kinds}
    return kit_of(Band(kind, strength) for kind, strength in strengths.items())


KITS = [None, *(owning(*kinds) for size in range(6) for kinds in combinations(KitKind, size))]
FEW_KITS = [None, owning(), owning(KitKind.MINI_BAND)]


def rest(region: Region, level: Level = Level.STRONG, *, dull: bool = False) -> Rest:
    return Rest(region, level, dull and level is Level.MODERATE, DAY, None, DAY)


RESTS = [
    *(rest(region, level) for region in PLACES for level in Level),
    *(rest(region, Level.MODERATE, dull=True) for region in PLACES),
]


def named(given: Rest) -> str:
    return f"{given.region}-{given.level}{'-dull' if given.light_allowed else ''}"


EACH_REST = pytest.mark.parametrize("resting", RESTS, ids=named)


def is_out(given: Rest, asked: Demand) -> bool:
    """Whether the rest rules it out, by the rules as they are written in docs/training-rules.md."""
    region, level = given.region, given.level
    postures: set[str] = set()
    if region is Region.KNEE:
        postures |= KNEELING
    if level.reaches(Level.MODERATE):
        postures |= KNEELING if region is Region.SHOULDER_ARM else set()
        postures |= {"one-leg"} if region is Region.FOOT_ANKLE else set()
        postures |= ON_ONE if region is Region.HIP_GROIN else set()
    if level.reaches(Level.STRONG) and region is not Region.SHOULDER_ARM:
        postures |= ON_ONE
    if level is Level.LOCK and region in LEGS and asked.posture not in LYING:
        return True
    if level is Level.LOCK and region in BACKS and asked.posture not in LYING - {"on-the-front"}:
        return True
    if level is Level.MILD:
        return asked.posture in postures
    load = asked.load(region)
    light_is_out = not given.light_allowed or level.reaches(Level.STRONG)
    return asked.posture in postures or load is Load.HEAVY or (load and light_is_out)


def sparing(*rests: Rest, level: str = "intermediate", **changes: object) -> Sparing:
    return replace(Sparing(resting=CATALOGUE.resting(rests), level=level), **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """A runner to whom these regions rest, with one dose of everything."""

    rests: tuple[Rest, ...]
    kit: Kit | None = None
    level: str = "intermediate"
    variant: int = 1
    always: tuple[tuple[str, str, str], ...] = ()

    @property
    def sparing(self) -> Sparing:
        always = {planned: (other, form) for planned, other, form in self.always}
        return sparing(*self.rests, level=self.level, always=always)

    @property
    def state(self) -> RunnerState:
        stored = {
            key: Stored(Prescription(None, 3, kits.Level.LIGHT, variant=self.variant), True)
            for key in EXERCISES
        }
        return RunnerState(
            Runner(1), self.kit, (), stored, Readiness(), self.sparing, resting=self.rests
        )

    def steps(self, routine: Routine) -> tuple[Step, ...]:
        return plan(CATALOGUE, routine, self.state).steps


def check(case: Case, routine: Routine) -> None:
    steps = case.steps(routine)
    work = check_steps(case, steps)
    if steps:
        check_worth(case, routine, work)
    if routine.id == LIGHT and {each.region for each in case.rests} & {*LEGS, Region.LOW_BACK}:
        assert steps == ()


def check_steps(case: Case, steps: tuple[Step, ...]) -> list[Step]:
    """Checks each step; those in which the runner works."""
    work = [step for step in steps if not step.is_warm_up and step.is_timed]
    for step in work:
        check_step(case, step)
        check_swaps(case, step)
    for warm_up in (step for step in steps if step.is_warm_up):
        assert warm_up.warm_up in warm_ups(case)
    assert CATALOGUE.eased(steps, case.rests) == (steps, frozenset())
    return work


def check_step(case: Case, step: Step) -> None:
    asked = EXERCISES[step.exercise or ""].facts.demands.of(step.form)
    assert not getattr(asked, "harder", False)
    assert step.variant <= 1
    for each in case.rests:
        assert not is_out(each, asked), (named(each), step.exercise, step.form)
        if each.level is not Level.MILD and asked.load(each.region):
            assert step.set_number == 1
            assert step.sets == 1 or step.in_rounds
            assert step.band == step.level == ""
            assert step.variant == 0
            assert step.gently
            assert (
                step.form == "easier" or "easier" not in EXERCISES[step.exercise or ""].texts.forms
            )


def check_swaps(case: Case, step: Step) -> None:
    for swap in CATALOGUE.alternatives(step, case.kit, case.sparing, ()):
        check_stand_in(case, swap, step.exercise or "", step.form)


def check_stand_in(case: Case, doing: Doing, planned: str, planned_form: str) -> None:
    """Nothing that rests, nothing harder than what it replaces, nothing above the level."""
    asked = doing.exercise.facts.demands.of(doing.form)
    before = EXERCISES[planned].facts.demands.of(planned_form)
    assert not getattr(asked, "harder", False)
    if doing.exercise.id != planned:
        assert DEGREES.index(doing.exercise.facts.level) <= DEGREES.index(case.level)
    for each in case.rests:
        assert asked.load(each.region) <= before.load(each.region)
        assert each.level is Level.MILD or asked.load(each.region) is Load.NONE
        assert not is_out(each, asked)


def check_worth(case: Case, routine: Routine, work: list[Step]) -> None:
    """Three exercises and six minutes at least, one of them the routine's own."""
    plans = CATALOGUE.plans(routine, case.kit, case.sparing)
    check_enough(work)
    assert any(each.is_own for each in plans)
    for each in plans:
        if each.doing.exercise.id != each.block.exercise:
            check_stand_in(case, each.doing, each.block.exercise, each.block.form)


def check_enough(work: list[Step]) -> None:
    assert len({step.exercise for step in work}) >= 3
    assert length(tuple(work)) >= 360


SITTING = {
    Region.FOOT_ANKLE: {"sitting-feet-still", "sitting-knee-bends", "sitting-arms"},
    Region.SHIN_CALF: {"sitting-feet-still", "sitting-knee-bends", "sitting-arms"},
    Region.KNEE: {"sitting-heel-slides", "sitting-ankles", "sitting-arms"},
    Region.THIGH: {"sitting-trunk-turns", "sitting-ankles", "sitting-arms"},
    Region.HIP_GROIN: {"sitting-trunk-turns", "sitting-ankles", "sitting-arms"},
    Region.LOW_BACK: {"sitting-arms", "sitting-ankles"},
    Region.UPPER_BACK: {"sitting-ankles", "sitting-knee-bends"},
    Region.SHOULDER_ARM: {"sitting-ankles", "sitting-knee-bends"},
}


def warm_ups(case: Case) -> set[str]:
    """The warm-ups that may be shown: never one with a jog, and arms, back and legs in peace."""
    suited = set(CATALOGUE.warm_ups)
    for each in case.rests:
        region, fits = each.region, set(SITTING[each.region])
        if region in LEGS and each.level is Level.MILD:
            fits |= {"walk", "walk-arms-still"}
        if region is Region.LOW_BACK and each.level is not Level.LOCK:
            fits |= {"walk", "walk-arms-still"}
        if region is Region.UPPER_BACK and each.level is not Level.LOCK:
            fits |= {"standing-arms-still", "walk-arms-still"}
        if region is Region.SHOULDER_ARM:
            fits |= {"standing-arms-still", "walk-arms-still"}
        suited &= fits
    return suited


# Every region, level, routine and form


@pytest.mark.breadth(12)
@EACH_REST
def test_nothing_loads_a_region_that_rests(resting: Rest) -> None:
    for routine, variant in product(ROUTINES, (0, 2)):
        check(Case((resting,), variant=variant, level="expert"), routine)


@pytest.mark.slow
@EACH_REST
def test_nothing_loads_it_in_any_routine_at_any_level_and_in_any_form(resting: Rest) -> None:
    for kit, level, variant, routine in product(FEW_KITS, DEGREES, (0, 2), ROUTINES):
        check(Case((resting,), kit, level, variant), routine)


@pytest.mark.slow
@EACH_REST
def test_nothing_loads_it_whatever_is_owned(resting: Rest) -> None:
    for kit, routine in product(KITS, ROUTINES):
        check(Case((resting,), kit, "expert"), routine)


@pytest.mark.slow
@pytest.mark.parametrize("first", RESTS, ids=named)
def test_nothing_loads_either_of_two(first: Rest) -> None:
    for second, routine in product(RESTS, ROUTINES):
        if second.region != first.region:
            check(Case((first, second), level="expert"), routine)


@pytest.mark.parametrize("kind", PainKind)
@pytest.mark.parametrize("score", range(1, 11))
def test_every_kind_and_strength_of_pain_is_among_these_rests(kind: PainKind, score: int) -> None:
    for region in PLACES:
        [given] = rests([Report(region, kind, score, DAY)])
        assert rest(region, given.level, dull=given.light_allowed) in RESTS


FORMS = [(key, form) for key, one in EXERCISES.items() for form in (BASE, *one.texts.forms)]


@pytest.mark.slow
@settings(max_examples=200)
@given(
    st.builds(
        Case,
        rests=st.lists(
            st.sampled_from(RESTS), min_size=1, max_size=3, unique_by=lambda r: r.region
        ).map(tuple),
        kit=st.sampled_from(KITS),
        level=st.sampled_from(DEGREES),
        variant=st.integers(0, 2),
        always=st.lists(
            st.tuples(st.sampled_from(sorted(EXERCISES)), st.sampled_from(FORMS)).map(
                lambda swap: (swap[0], *swap[1])
            ),
            max_size=6,
        ).map(tuple),
    ),
    st.sampled_from(ROUTINES),
)
def test_nothing_loads_them_with_lasting_swaps_either(case: Case, routine: Routine) -> None:
    check(case, routine)


@EACH_REST
@pytest.mark.breadth(6)
def test_what_is_suggested_is_within_the_level_or_not_at_all(resting: Rest) -> None:
    for level, kit in product(DEGREES, FEW_KITS):
        case = Case((resting,), kit, level)
        key = routine_for(CATALOGUE, case.state, NOW)
        if CATALOGUE.wish(key) is not None:
            check_made(case, key)
            continue
        routine = CATALOGUE.routines[key]
        if resting.rests and case.steps(routine):
            assert DEGREES.index(routine.level) <= DEGREES.index(level)
            assert routine.id != LIGHT
        check(case, routine)


def check_made(case: Case, key: str) -> None:
    """No routine is left, and the session that is made instead is one, of what may be done."""
    offered = [one for one in ROUTINES if may_offer(one, case.state) and one.id != LIGHT]
    assert not any(case.steps(routine) for routine in offered)
    work = check_steps(case, plan_for(CATALOGUE, key, case.state, NOW).steps)
    check_enough(work)
    levels = {EXERCISES[step.exercise or ""].facts.level for step in work}
    assert all(DEGREES.index(level) <= DEGREES.index(case.level) for level in levels)


@EACH_REST
def test_no_form_that_is_ruled_out_may_be_done_or_stay_in_a_session(resting: Rest) -> None:
    """Neither as it is, nor in place of another, nor in a session that is open already."""
    spares = sparing(resting)
    bare = CATALOGUE.steps(ROUTINES[0], 9)[-1]
    for key, form in FORMS:
        asked = EXERCISES[key].facts.demands.of(form)
        out = is_out(resting, asked) or getattr(asked, "harder", False)
        light = resting.level is not Level.MILD and asked.load(resting.region) is not Load.NONE
        assert CATALOGUE.may_do(Doing(EXERCISES[key], form), spares) == (not out and not light)
        step = replace(bare, exercise=key, form=form, set_number=1, sets=1, variant=0)
        (eased,), ruled_out = CATALOGUE.eased([step], [resting])
        assert ruled_out or eased == step or out or light
        if not ruled_out:
            check_step(Case((resting,)), eased)


@pytest.mark.parametrize("level", Level)
def test_pain_whose_place_is_not_known_leaves_out_everything_but_when_it_is_mild(
    level: Level,
) -> None:
    spares = sparing(rest(Region.ELSEWHERE, level))
    may = {key for key in EXERCISES if CATALOGUE.may_do(Doing(EXERCISES[key]), spares)}
    assert may == (set(EXERCISES) if level is Level.MILD else set())


def test_what_is_sore_is_left_out_by_its_muscles() -> None:
    assert "fire-hydrant" in CATALOGUE.sore("clamshell")
    assert "band-row" not in CATALOGUE.sore("clamshell")


# Pairs that were wrong once


@pytest.mark.parametrize(
    ("region", "exercise", "form"),
    [
        (Region.KNEE, "fire-hydrant", BASE),
        (Region.KNEE, "side-plank-clam", BASE),
        (Region.KNEE, "side-plank-clam", "easier"),
        (Region.KNEE, "donkey-kick", BASE),
        (Region.HIP_GROIN, "band-calf-raise", "single-leg"),
        (Region.HIP_GROIN, "clamshell", BASE),
        (Region.FOOT_ANKLE, "band-hip-adduction", BASE),
        (Region.FOOT_ANKLE, "standing-leg-raise-3way", BASE),
        (Region.FOOT_ANKLE, "band-row", "seated"),
        (Region.SHIN_CALF, "band-hip-adduction", BASE),
        (Region.SHOULDER_ARM, "donkey-kick", BASE),
        (Region.LOW_BACK, "band-row", BASE),
        (Region.THIGH, "adductor-squeeze", BASE),
    ],
)
@pytest.mark.parametrize("level", [Level.MODERATE, Level.STRONG, Level.LOCK])
def test_a_known_wrong_stand_in_is_never_done(
    region: Region, exercise: str, form: str, level: Level
) -> None:
    spares = sparing(rest(region, level, dull=True))
    assert not CATALOGUE.may_do(Doing(EXERCISES[exercise], form), spares)


@pytest.mark.parametrize(
    "exercise", ["fire-hydrant", "donkey-kick", "band-bird-dog", "side-plank-clam"]
)
def test_even_a_touch_of_pain_in_the_knee_is_spared_the_floor(exercise: str) -> None:
    spares = sparing(rest(Region.KNEE, Level.MILD))
    assert not CATALOGUE.may_do(Doing(EXERCISES[exercise]), spares)


@pytest.mark.parametrize("region", [*sorted(LEGS), Region.LOW_BACK])
@pytest.mark.parametrize("level", Level)
def test_nobody_jogs_or_swings_a_leg_that_rests(region: Region, level: Level) -> None:
    resting = CATALOGUE.resting([rest(region, level)])
    assert resting is not None
    assert resting.warm_up() not in ("", "standing-arms-still")
    assert not resting.allows_before_run()


@pytest.mark.parametrize("region", [Region.UPPER_BACK, Region.SHOULDER_ARM])
def test_arms_that_rest_do_not_forbid_a_run(region: Region) -> None:
    resting = CATALOGUE.resting([rest(region)])
    assert resting is not None
    assert resting.warm_up() == "standing-arms-still"
    assert resting.allows_before_run()


def test_with_nothing_resting_the_warm_up_is_the_usual_one() -> None:
    assert CATALOGUE.resting([]) is None
    assert all(step.warm_up == "" for routine in ROUTINES for step in CATALOGUE.steps(routine, 9))


@pytest.mark.parametrize(
    ("region", "exercise"),
    [
        (Region.LOW_BACK, "adductor-squeeze"),
        (Region.LOW_BACK, "band-pull-apart"),
        (Region.LOW_BACK, "band-face-pull"),
        (Region.SHOULDER_ARM, "band-hip-adduction"),
        (Region.SHOULDER_ARM, "adductor-squeeze"),
    ],
)
def test_what_does_not_load_it_is_not_left_out(region: Region, exercise: str) -> None:
    assert CATALOGUE.may_do(Doing(EXERCISES[exercise]), sparing(rest(region)))


# What is left of each region, all bands owned, the most careful case; (e): in the easier form


def left(region: Region, level: Level) -> set[str]:
    spares = sparing(rest(region, level))
    found = set()
    for key, exercise in EXERCISES.items():
        if CATALOGUE.may_do(Doing(exercise), spares):
            found.add(key)
        elif "easier" in exercise.texts.forms and CATALOGUE.may_do(
            Doing(exercise, "easier"), spares
        ):
            found.add(f"{key}(e)")
    return found


LEFT = {
    Region.FOOT_ANKLE: (
        "clamshell side-lying-hip-abduction dead-bug-band(e) prone-ytw adductor-squeeze"
    ),
    Region.SHIN_CALF: (
        "clamshell side-lying-hip-abduction dead-bug-band(e) prone-ytw adductor-squeeze"
    ),
    Region.KNEE: "dead-bug-band(e) ankle-eversion ankle-dorsiflexion prone-ytw",
    Region.THIGH: (
        "clamshell dead-bug-band(e) ankle-eversion ankle-inversion ankle-dorsiflexion prone-ytw"
    ),
    Region.HIP_GROIN: "ankle-eversion ankle-inversion ankle-dorsiflexion prone-ytw",
    Region.LOW_BACK: (
        "clamshell ankle-eversion ankle-inversion ankle-dorsiflexion adductor-squeeze"
    ),
    Region.UPPER_BACK: (
        "banded-glute-bridge single-leg-glute-bridge hamstring-walkout clamshell"
        " side-lying-hip-abduction dead-bug-band ankle-eversion ankle-inversion"
        " ankle-dorsiflexion adductor-squeeze"
    ),
    Region.SHOULDER_ARM: (
        "lateral-band-walk sumo-squat-walk monster-walk standing-leg-raise-3way"
        " banded-glute-bridge single-leg-glute-bridge hamstring-walkout hip-flexion-march"
        " banded-squat band-calf-raise ankle-eversion ankle-inversion ankle-dorsiflexion"
        " adductor-squeeze band-hip-adduction"
    ),
}
ONLY_STRONG = {
    Region.FOOT_ANKLE: "side-plank-clam",
    Region.SHIN_CALF: "side-plank-clam",
    Region.KNEE: "pallof-press band-pull-apart band-face-pull band-wall-slide",
    Region.THIGH: (
        "band-calf-raise pallof-press standing-band-twist band-pull-apart band-face-pull"
        " band-wall-slide"
    ),
    Region.HIP_GROIN: "band-pull-apart band-face-pull band-wall-slide",
    Region.LOW_BACK: "band-calf-raise band-pull-apart band-face-pull",
    Region.UPPER_BACK: "banded-squat band-calf-raise",
}


@pytest.mark.parametrize("region", PLACES)
def test_this_is_left_while_a_region_waits_for_a_clinician(region: Region) -> None:
    assert left(region, Level.LOCK) == set(LEFT[region].split())


@pytest.mark.parametrize("region", PLACES)
def test_this_is_left_while_a_region_rests_from_strong_pain(region: Region) -> None:
    strong = set(ONLY_STRONG.get(region, "").split())
    assert left(region, Level.STRONG) == set(LEFT[region].split()) | strong


# What a region never does from moderate pain on: everything that is heavy for it

NEVER = {
    Region.FOOT_ANKLE: (
        "lateral-band-walk sumo-squat-walk monster-walk standing-leg-raise-3way band-bird-dog"
        " dead-bug-band hip-flexion-march banded-squat/to-toes band-split-squat"
        " band-calf-raise ankle-eversion ankle-inversion ankle-dorsiflexion band-row/seated"
        " band-hip-adduction"
    ),
    Region.SHIN_CALF: (
        "lateral-band-walk sumo-squat-walk monster-walk standing-leg-raise-3way"
        " hip-flexion-march banded-squat/to-toes band-split-squat band-calf-raise"
        " ankle-eversion ankle-inversion ankle-dorsiflexion band-hip-adduction"
    ),
    Region.KNEE: (
        "lateral-band-walk sumo-squat-walk monster-walk side-plank-clam fire-hydrant"
        " donkey-kick band-bird-dog banded-squat band-split-squat band-calf-raise/bent-knee"
    ),
    Region.THIGH: (
        "lateral-band-walk sumo-squat-walk monster-walk single-leg-glute-bridge"
        " hamstring-walkout hip-flexion-march banded-squat band-split-squat"
        " band-romanian-deadlift adductor-squeeze band-hip-adduction"
    ),
    Region.HIP_GROIN: (
        "lateral-band-walk sumo-squat-walk monster-walk standing-leg-raise-3way"
        " banded-glute-bridge single-leg-glute-bridge hamstring-walkout clamshell"
        " side-lying-hip-abduction side-plank-clam fire-hydrant donkey-kick band-bird-dog"
        " dead-bug-band hip-flexion-march banded-squat band-split-squat band-romanian-deadlift"
        " band-calf-raise/single-leg adductor-squeeze band-hip-adduction"
    ),
    Region.LOW_BACK: (
        "standing-leg-raise-3way side-plank-clam donkey-kick band-bird-dog dead-bug-band"
        " band-romanian-deadlift pallof-press standing-band-twist band-row"
    ),
    Region.UPPER_BACK: "band-pull-apart band-face-pull band-row band-wall-slide prone-ytw",
    Region.SHOULDER_ARM: (
        "side-plank-clam fire-hydrant donkey-kick band-bird-dog pallof-press"
        " standing-band-twist band-pull-apart band-face-pull band-row band-wall-slide"
        " prone-ytw"
    ),
}


@pytest.mark.parametrize("region", PLACES)
def test_this_is_heavy_for_a_region(region: Region) -> None:
    heavy = {
        key if form == BASE else f"{key}/{form}"
        for key, form in FORMS
        if EXERCISES[key].facts.demands.of(form).load(region) is Load.HEAVY
    }
    written = set(NEVER[region].split())
    assert written <= heavy
    assert {key for key in heavy if "/" not in key} <= written


def test_no_shipped_exercise_has_an_impact() -> None:
    assert not any("impact" in EXERCISES[key].facts.demands.of(form).also for key, form in FORMS)
