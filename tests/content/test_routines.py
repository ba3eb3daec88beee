"""The shipped routines take the times of docs/training-rules.md, rule 34, block by block."""

import pytest

from bot.content import Routine, read_catalogue
from bot.content.models import Block
from bot.content.reading import locale_files, shipped
from bot.content.texts import ENGLISH, Texts
from bot.domain.kit import Kit
from bot.views.routine import choice

CATALOGUE, _ = read_catalogue([shipped()], ENGLISH)
TEXTS = Texts(ENGLISH, list(locale_files([shipped()], ENGLISH)))
ROUTINES = CATALOGUE.routines

# docs/training-rules.md, rule 34: the seconds of each block in all its sets; the warm-up left out.
BLOCKS = {
    "marathon-five": [180] * 5,
    "before-a-run": [60] * 6,
    "mini-band-whole-body": [75] * 8,
    "hips-and-glutes": [180] * 6,
    "core-and-upper-back": [180] * 5,
    "taper-week": [80] * 6,
    "first-two-weeks": [120] * 6,
    "build-strength": [360] * 4,
}
TOTALS = {
    "marathon-five": (900, 600),
    "before-a-run": (360, 260),
    "mini-band-whole-body": (1200, 800),
    "hips-and-glutes": (1080, 720),
    "core-and-upper-back": (900, 600),
    "taper-week": (480, 300),
    "first-two-weeks": (720, 400),
    "build-strength": (1440, 660),
}


def work(block: Block) -> int:
    return block.sets * block.work * (2 if block.halves else 1)


def seconds(block: Block) -> int:
    """All sets, the rests between and the change after."""
    switches = block.sets * block.switch
    return work(block) + switches + (block.sets - 1) * block.rest + block.change


def test_the_eight_routines_are_there() -> None:
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
    assert sum(seconds(block.model_copy(update={"sets": 1})) for block in first.blocks) == 360


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
        ("24 min", "build-strength"),
        ("15 minutes", "marathon-five"),
        ("12 minutes", "first-two-weeks"),
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
    screen = choice(TEXTS, CATALOGUE, "taper-week", ahead, TEXTS.html("routine-list"), owned)
    assert len(screen.text) <= 2000
    assert len(screen.buttons) == len(ROUTINES)
