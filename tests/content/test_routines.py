"""The shipped routines take the times of docs/training-rules.md, rule 34, block by block."""

from itertools import pairwise
from math import ceil

import pytest

from bot.content import Routine
from bot.content.reading import block_faults, shipped
from bot.content.routine_models import Block
from bot.domain.kit import UNKNOWN, Kit
from bot.domain.session import Part, length
from bot.domain.suggestion import ROTATION, STANDARD, Why
from bot.domain.wish import LIGHT
from bot.views.routine import choice
from tests.shipped import CATALOGUE, TEXTS

ROUTINES = CATALOGUE.routines

# docs/training-rules.md, rule 34: the seconds of each block in all its sets; the warm-up left out.
BLOCKS = {
    "marathon-five": [180] * 6,  # the last, calf raises, comes weekly
    "before-a-run": [60] * 6,
    "mini-band-whole-body": [75] * 8,
    "hips-and-glutes": [180] * 6,
    "core-and-upper-back": [180] * 6,
    "taper-week": [80] * 6,
    "first-two-weeks": [120] * 7,
    "build-strength": [420, 420, 420, 360],
    "fill-the-gaps": [180, 240, 180, 120, 120, 120],
}
TOTALS = {
    "marathon-five": (1080, 720),
    "before-a-run": (360, 260),
    "mini-band-whole-body": (1200, 800),
    "hips-and-glutes": (1080, 680),
    "core-and-upper-back": (1080, 660),
    "taper-week": (480, 300),
    "first-two-weeks": (840, 460),
    "build-strength": (1620, 690),
    "fill-the-gaps": (960, 640),
}


def work(block: Block) -> int:
    return block.sets * block.work * (2 if block.halves else 1)


def seconds(block: Block) -> int:
    """The ramp, all sets, the rests between and the change after."""
    ramp = 0
    if block.ramp:
        ramp = block.ramp.work * (2 if block.halves else 1) + block.ramp.switch + block.ramp.rest
    switches = block.sets * block.switch
    return ramp + work(block) + switches + (block.sets - 1) * block.rest + block.change


def test_the_nine_routines_are_there() -> None:
    assert sorted(ROUTINES) == sorted(BLOCKS)


@pytest.mark.parametrize("routine", BLOCKS)
def test_every_block_has_its_sum(routine: str) -> None:
    assert [seconds(block) for block in ROUTINES[routine].blocks] == BLOCKS[routine]


@pytest.mark.parametrize("routine", TOTALS)
def test_a_routine_takes_its_time(routine: str) -> None:
    found = ROUTINES[routine]
    total = found.rounds * sum(seconds(block) for block in found.blocks)
    working = found.rounds * sum(work(block) for block in found.blocks)
    assert (total, working) == TOTALS[routine]


def test_the_first_session_of_the_first_two_weeks_takes_half_the_time() -> None:
    first = ROUTINES["first-two-weeks"]
    assert first.sets_in_first_sessions == (1,)
    assert sum(seconds(block.model_copy(update={"sets": 1})) for block in first.blocks) == 420


def test_only_the_warm_up_has_none_before_it() -> None:
    warm_ups = {key: routine.warm_up for key, routine in ROUTINES.items()}
    assert warm_ups == {key: 0 if key == "before-a-run" else 120 for key in BLOCKS}


def test_the_routines_suit_their_parts_of_the_season() -> None:
    """docs/training-rules.md, rule 34: the parts of the season."""

    def suit(phase: str) -> set[str]:
        return {key for key, routine in ROUTINES.items() if phase in routine.phases}

    assert suit("base") >= {
        *("first-two-weeks", "marathon-five", "mini-band-whole-body"),
        *("hips-and-glutes", "core-and-upper-back"),
    }
    build = {"build-strength", "hips-and-glutes", "core-and-upper-back", "before-a-run"}
    assert suit("build") == build
    assert suit("peak") == {"marathon-five", "core-and-upper-back", "before-a-run"}
    assert suit("taper") == {"taper-week", "before-a-run"}
    assert suit("recovery") == {"first-two-weeks", "before-a-run"}


@pytest.mark.parametrize(
    ("words", "routine"),
    [
        ("r2", "before-a-run"),
        ("before running", "before-a-run"),
        ("6 min", "before-a-run"),
        ("r3", "mini-band-whole-body"),
        ("full body", "mini-band-whole-body"),
        ("mini band, whole body", "mini-band-whole-body"),
        ("20 minutes", "mini-band-whole-body"),
        ("r4", "hips-and-glutes"),
        ("Hips & Glutes", "hips-and-glutes"),
        ("18 min", "hips-and-glutes"),
        ("r5", "core-and-upper-back"),
        ("core routine", "core-and-upper-back"),
        ("r6", "taper-week"),
        ("taper", "taper-week"),
        ("race week", "taper-week"),
        ("8 minutes", "taper-week"),
        ("r8", "build-strength"),
        ("build phase", "build-strength"),
        ("27 min", "build-strength"),
        ("15 minutes", "marathon-five"),
        ("14 minutes", "first-two-weeks"),
        ("16 minutes", "fill-the-gaps"),
        ("r9", "fill-the-gaps"),
    ],
)
def test_a_routine_is_found_by_what_people_call_it(words: str, routine: str) -> None:
    assert CATALOGUE.find_routine(words).sure == routine


@pytest.mark.parametrize("routine", BLOCKS)
def test_a_routines_id_is_one_of_its_names(routine: str) -> None:
    assert CATALOGUE.find_routine(routine).sure == routine


def test_rounds_are_of_single_sets() -> None:
    wrong = ROUTINES["marathon-five"].model_dump() | {"rounds": 2}
    with pytest.raises(ValueError, match="one set"):
        Routine.model_validate(wrong)


@pytest.mark.parametrize("owned", [None, Kit()])
def test_the_list_of_routines_can_be_read_at_a_glance(owned: Kit | None) -> None:
    ahead = {key: CATALOGUE.steps(it, 0, owned) for key, it in ROUTINES.items()}
    screen = choice(
        TEXTS, CATALOGUE, ("taper-week", Why.TURN), ahead, TEXTS.html("routine-list"), owned
    )
    assert len(screen.text) <= 2000
    assert len(screen.buttons) == len(ROUTINES) + 1  # and the one for a routine of one's own


# docs/training-rules.md, rule 34: the order of the blocks.

STANDING = {
    *("lateral-band-walk", "sumo-squat-walk", "monster-walk", "standing-leg-raise-3way"),
    *("banded-squat", "band-split-squat", "band-romanian-deadlift", "hip-flexion-march"),
    *("pallof-press", "standing-band-twist", "band-pull-apart", "band-face-pull", "band-row"),
    *("band-wall-slide", "band-hip-adduction", "band-calf-raise"),
}
KNEELING = {"fire-hydrant", "donkey-kick", "band-bird-dog", "side-plank-clam"}
HARD_GRIP = {"band-romanian-deadlift", "band-row"}  # a strong pull hangs on the fingers
# Short and light, or in rounds: these change between standing and lying on purpose.
MIXED = {"first-two-weeks", "mini-band-whole-body", "taper-week", "before-a-run", "marathon-five"}


def ids(routine: str) -> list[str]:
    return [block.exercise for block in ROUTINES[routine].blocks]


def neighbours(routine: str, kit: Kit | None = None) -> list[tuple[str, str]]:
    done = [plan.doing.exercise.id for plan in CATALOGUE.plans(ROUTINES[routine], kit)]
    return list(pairwise(done))


@pytest.mark.parametrize("routine", BLOCKS)
def test_no_two_kneeling_and_no_two_hard_grips_follow_each_other(routine: str) -> None:
    for kit in (None, UNKNOWN):
        for pair in neighbours(routine, kit):
            assert not KNEELING.issuperset(pair)
            assert not HARD_GRIP.issuperset(pair)


@pytest.mark.parametrize("routine", BLOCKS)
def test_calf_raises_come_last(routine: str) -> None:
    if ROUTINES[routine].rounds == 1 and "band-calf-raise" in ids(routine):
        assert ids(routine)[-1] == "band-calf-raise"


@pytest.mark.parametrize("routine", sorted(set(BLOCKS) - MIXED))
def test_standing_comes_before_the_floor(routine: str) -> None:
    standing = [key in STANDING for key in ids(routine) if key != "band-calf-raise"]
    assert standing == sorted(standing, reverse=True)


@pytest.mark.parametrize("routine", BLOCKS)
def test_what_hangs_on_the_anchor_lies_together(routine: str) -> None:
    anchored = [CATALOGUE.exercises[key].facts.anchor for key in ids(routine)]
    assert sum(now and not before for before, now in pairwise([False, *anchored])) <= 1


def test_a_routine_for_every_week_has_calf_raises() -> None:
    for routine in (STANDARD, *ROTATION):
        assert "band-calf-raise" in ids(routine)
    assert "band-calf-raise" not in ids(LIGHT)


def test_every_exercise_is_used_by_a_routine() -> None:
    assert CATALOGUE.unused() == ()


@pytest.mark.parametrize(
    ("routine", "counts"),
    [
        ("first-two-weeks", [7, 6, 6, 7, 6, 7, 10]),
        ("marathon-five", [10, 10, 12, 6, 3, 10]),
        ("hips-and-glutes", [10, 10, 10, 10, 10, 10]),
        ("core-and-upper-back", [6, 15, 15, 12, 0, 10]),
        ("mini-band-whole-body", [8, 12, 8, 10, 12, 12, 0, 12]),
        ("build-strength", [8, 7, 8, 10]),
        ("taper-week", [12, 8, 10, 12, 2, 0]),
        ("before-a-run", [11, 6, 14, 10, 6, 11]),
        ("fill-the-gaps", [15, 10, 10, 15, 15, 15]),
    ],
)
def test_the_counts_of_a_routine(routine: str, counts: list[int]) -> None:
    """Of an alternating exercise both sides together; of what is held, 0."""
    found: dict[str, int] = {}
    for step in CATALOGUE.steps(ROUTINES[routine], 9):
        if step.is_work:
            found.setdefault(step.exercise or "", step.count * (2 if step.each_side else 1))
    assert list(found.values()) == counts


@pytest.mark.parametrize("routine", BLOCKS)
def test_a_count_is_the_seconds_by_the_tempo_give_or_take_one(routine: str) -> None:
    for kit in (None, UNKNOWN, Kit()):
        for step in CATALOGUE.steps(ROUTINES[routine], 9, kit):
            if step.is_work and step.count:
                exercise = CATALOGUE.exercises[step.exercise or ""]
                each = sum(map(int, (step.pace or exercise.facts.tempo).split("-")))
                each *= 3 if step.unit == "trios" else 1
                said = step.count * (2 if step.each_side else 1)
                assert abs(said - step.work / each) <= (2 if step.each_side else 1)


def test_a_ramp_leads_to_the_sets_and_is_none() -> None:
    steps = CATALOGUE.steps(ROUTINES["build-strength"], 9)
    ramps = [step for step in steps if step.part is Part.RAMP]
    assert [(step.exercise, step.side, step.work, step.rest, step.count) for step in ramps] == [
        ("band-romanian-deadlift", None, 20, 40, 5),
        ("band-split-squat", "right foot in front", 15, 5, 5),
        ("band-split-squat", "left foot in front", 15, 25, 5),
        ("band-row", None, 20, 40, 5),
    ]
    assert not any(step.is_work for step in ramps)


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({"rest": 10}, "rest", "10 s between two sets, but band-row rests 45 s: rest = 45"),
        ({"about": {"low": 5, "high": 6, "unit": "reps"}}, "about", "the tempo says how many fit"),
        ({"ramp": {"count": 8, "work": 20, "rest": 40}}, "ramp", "work = 24"),
    ],
)
def test_times_that_do_not_agree_are_named(
    change: dict[str, object], field: str, what: str
) -> None:
    block = Block.model_validate(
        {"exercise": "band-row", "sets": 2, "work": 45, "rest": 45, "change": 45} | change
    )
    found = list(block_faults(block, CATALOGUE.exercises["band-row"]))
    assert [fault[0] for fault in found] == [field]
    assert what in found[0][1]


def test_the_rest_of_a_sided_exercise_holds_the_other_side() -> None:
    block = Block(exercise="clamshell", sets=2, work=30, halves=True, switch=5, rest=0, change=30)
    assert not list(block_faults(block, CATALOGUE.exercises["clamshell"]))


def test_the_page_in_front_says_how_many_routines_there_are_and_how_long() -> None:
    minutes = sorted(ceil(length(CATALOGUE.steps(it, 9)) / 60) for it in ROUTINES.values())
    text = (shipped().parent / "README.md").read_text()
    assert f"offers nine routines of {minutes[0]} to {minutes[-1]} minutes" in text


def test_no_description_says_minutes_that_the_coach_computes() -> None:
    for routine in ROUTINES.values():
        assert "minute" not in CATALOGUE.texts(routine).in_short
