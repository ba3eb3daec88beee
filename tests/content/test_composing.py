"""A session made for a purpose fits its minutes, keeps every part, and spares what rests."""

import random
from itertools import product

import pytest

from bot.content import Routine, Sparing, Trainee
from bot.content.kit import DEGREES, can
from bot.content.reading import block_faults
from bot.content.resting import Allowance
from bot.content.steps import plans
from bot.db.prescriptions import Stored
from bot.domain.kit import Band, Kit, KitKind, Level, usable
from bot.domain.load import LONGEST_SESSION, MOST_EXERCISES
from bot.domain.prescription import Prescription
from bot.domain.readiness import Readiness
from bot.domain.regions import Region
from bot.domain.rests import Level as RestLevel
from bot.domain.rests import Rest
from bot.domain.runner import Runner
from bot.domain.session import Step, length
from bot.domain.wish import LEAST, LIGHT, MOST, Wish
from bot.services.runner_states import RunnerState
from bot.services.session_plans import plan
from tests.content.test_regions import rest
from tests.shipped import CATALOGUE

MINUTES = range(LEAST, MOST + 1)
BANDS = [kind for kind in KitKind if kind is not KitKind.DOOR_ANCHOR]
ANCHOR = Band(KitKind.DOOR_ANCHOR, Level.NONE)
KITS = {
    "none": Kit(),
    "unknown": usable(None),
    "mini": Kit((Band(KitKind.MINI_BAND, Level.LIGHT),)),
    "long-loop": Kit((Band(KitKind.LONG_LOOP, Level.LIGHT),)),
    "all": Kit(
        (*(Band(kind, level) for kind in BANDS for level in (Level.LIGHT, Level.HEAVY)), ANCHOR)
    ),
}
ALL = list(product(MINUTES, CATALOGUE.purposes, KITS, DEGREES))
SOME = random.Random(14).sample(ALL, 60)
# The most that there is to do gently before a run: three exercises in two sets without a mini band.
LONGEST_BEFORE_A_RUN = {"none": 7.75, "long-loop": 7.75}
LONGEST_WITH_A_MINI_BAND = 16.75


def composed(wish: Wish, trainee: Trainee) -> tuple[Routine, tuple[Step, ...]]:
    """The routine and its steps, for a runner who has no doses yet."""

    def measured(routine: Routine) -> tuple[Step, ...]:
        return CATALOGUE.steps(routine, 0, trainee.kit, None, trainee.sparing)

    routine = CATALOGUE.composed(wish, trainee, measured)
    assert routine is not None
    return routine, measured(routine)


def minutes(steps: tuple[Step, ...]) -> float:
    return length(steps, warm_up=True) / 60


def fits(asked: int, purpose: str, kit: str, level: str) -> None:
    wish, trainee = Wish(asked, purpose), Trainee(KITS[kit], level)
    routine, steps = composed(wish, trainee)
    most = LONGEST_BEFORE_A_RUN.get(kit, LONGEST_WITH_A_MINI_BAND) if purpose == LIGHT else MOST
    assert abs(minutes(steps) - min(asked, most)) <= 1
    assert length(steps, warm_up=True) <= LONGEST_SESSION.total_seconds()
    keeps_its_parts(routine, trainee)
    for block, one in zip(
        routine.blocks, plans(CATALOGUE.exercises, routine.blocks, trainee.kit), strict=True
    ):
        exercise = CATALOGUE.exercises[block.exercise]
        assert (one.doing.exercise.id, one.doing.form, one.doing.lacks) == (
            *(block.exercise, block.form),
            (),
        )
        assert can(exercise, block.form, trainee.kit)
        assert DEGREES.index(exercise.facts.level) <= DEGREES.index(level)
        assert purpose != LIGHT or exercise.facts.before_run
        assert list(block_faults(block, exercise)) == []


def keeps_its_parts(routine: Routine, trainee: Trainee) -> None:
    """Each part of the purpose has an exercise of its own, if the kit has any for it."""
    wish = CATALOGUE.wish(routine.id)
    assert wish is not None
    left = [CATALOGUE.exercises[block.exercise] for block in routine.blocks]
    assert 2 <= len(left) <= MOST_EXERCISES
    assert len({exercise.id for exercise in left}) == len(left)
    for part in CATALOGUE.purposes[wish.purpose].parts:
        serving = [one for one in left if set(part) & set(one.facts.purposes)]
        assert serving or wish.is_light, part
        if serving:
            left.remove(min(serving, key=lambda one: one.facts.purposes[0] not in part))


@pytest.mark.parametrize(("asked", "purpose", "kit", "level"), SOME)
def test_a_session_fits_its_minutes_and_keeps_every_part(
    asked: int, purpose: str, kit: str, level: str
) -> None:
    fits(asked, purpose, kit, level)


@pytest.mark.slow
@pytest.mark.parametrize("purpose", CATALOGUE.purposes)
@pytest.mark.parametrize("kit", KITS)
def test_every_session_fits_its_minutes_and_keeps_every_part(purpose: str, kit: str) -> None:
    for asked, level in product(MINUTES, DEGREES):
        fits(asked, purpose, kit, level)


def test_the_same_wish_on_the_same_day_makes_the_same_session() -> None:
    wish, trainee = Wish(15, "hips"), Trainee(KITS["mini"], "beginner")
    assert composed(wish, trainee) == composed(wish, trainee)


def test_what_was_done_longest_ago_comes_first() -> None:
    known = list(CATALOGUE.exercises)
    yesterday = dict.fromkeys(known, 9)
    usual = {
        b.exercise for b in composed(Wish(5, "hips"), Trainee(KITS["mini"], known=known))[0].blocks
    }
    days = yesterday | dict.fromkeys(usual, 1)
    trainee = Trainee(KITS["mini"], known=known, days_without=days)
    other = {block.exercise for block in composed(Wish(5, "hips"), trainee)[0].blocks}
    assert not usual & other


def test_at_most_two_exercises_are_new_where_known_ones_will_do() -> None:
    known = [key for key, one in CATALOGUE.exercises.items() if one.facts.level == "beginner"]
    for purpose in CATALOGUE.purposes:
        trainee = Trainee(KITS["all"], "expert", known=known)
        routine, _ = composed(Wish(20, purpose), trainee)
        assert sum(block.exercise not in known for block in routine.blocks) <= 2


def test_what_the_week_leaves_no_sets_of_is_not_chosen() -> None:
    calves = frozenset({"band-calf-raise"})
    routine, _ = composed(Wish(10, "calves"), Trainee(KITS["all"], spent=calves))
    assert not calves & {block.exercise for block in routine.blocks}


RESTS = [
    rest(region, level)
    for region in Region
    if region is not Region.ELSEWHERE
    for level in RestLevel
]


@pytest.mark.parametrize("resting", RESTS, ids=str)
@pytest.mark.breadth(4)
def test_what_rests_is_spared_for_every_purpose(resting: Rest) -> None:
    sparing = Sparing(resting=CATALOGUE.resting([resting]))
    for purpose, asked in product(CATALOGUE.purposes, (5, 12, 30)):
        trainee = Trainee(KITS["all"], "intermediate", sparing)
        routine = CATALOGUE.composed(
            Wish(asked, purpose),
            trainee,
            lambda one: CATALOGUE.steps(one, 0, KITS["all"], None, sparing),
        )
        if routine is None:
            continue
        for block in routine.blocks:
            exercise = CATALOGUE.exercises[block.exercise]
            assert sparing.allowance(exercise, block.form) is Allowance.FREELY
        steps = CATALOGUE.steps(routine, 0, KITS["all"], None, sparing)
        assert steps, "no session rather than an empty one"
        assert minutes(steps) <= max(asked + 1, 9.5)


def test_hips_are_not_made_of_something_else_while_they_rest() -> None:
    resting = CATALOGUE.resting([rest(Region.HIP_GROIN, RestLevel.STRONG)])
    sparing = Sparing(resting=resting)
    able = Trainee(KITS["all"], "expert", sparing)
    assert (
        CATALOGUE.composed(
            Wish(10, "hips"),
            able,
            lambda one: CATALOGUE.steps(one, 0, KITS["all"], None, sparing),
        )
        is None
    )


KNOWN = {
    key: Stored(Prescription(None, 2, Level.LIGHT, tempo=0, calibrating=0), True)
    for key in CATALOGUE.exercises
}


def counting(target: int) -> dict[str, Stored]:
    """Doses that are counted, which take as long as their repetitions."""
    return {
        key: Stored(Prescription(target, 3, Level.LIGHT, tempo=1, calibrating=0), True)
        for key in CATALOGUE.exercises
    }


@pytest.mark.parametrize("purpose", [key for key in CATALOGUE.purposes if key != LIGHT])
@pytest.mark.parametrize("stored", [KNOWN, counting(6), counting(12)], ids=["timed", "6", "12"])
@pytest.mark.breadth(3)
def test_a_session_with_doses_of_ones_own_fits_as_well(
    purpose: str, stored: dict[str, Stored]
) -> None:
    ready = Readiness(days_without=dict.fromkeys(CATALOGUE.exercises, 3))
    state = RunnerState(Runner(1), KITS["all"], (), stored, ready, Sparing())
    trainee = Trainee(KITS["all"], "intermediate", known=stored, days_without=ready.days_without)
    for asked in (8, 10, 15, 20, 25):
        routine = CATALOGUE.composed(
            Wish(asked, purpose), trainee, lambda one: plan(CATALOGUE, one, state).steps
        )
        assert routine is not None
        assert abs(minutes(plan(CATALOGUE, routine, state).steps) - asked) <= 1, asked
