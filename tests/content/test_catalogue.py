"""The shipped content is right, and broken content is told by file and field."""

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.authoring.check import LONGEST_CAPTION
from bot.callbacks import Part
from bot.content import Catalogue, Fault, Routine, read_catalogue
from bot.content.exercise_models import Adjustment
from bot.content.models import BASE
from bot.content.reading import Reading, locale_files, shipped
from bot.content.texts import ENGLISH, Texts, plain
from bot.domain.session import Outcome, RestKind, Step, length
from bot.views.exercise import explanation
from tests.checking import check_content, copied_content
from tests.shipped import CATALOGUE as SHIPPED
from tests.shipped import FAULTS, TEXTS

FIVE = SHIPPED.routines["marathon-five"]
FIRST = SHIPPED.routines["first-two-weeks"]


def work(steps: tuple[Step, ...]) -> int:
    return sum(step.work for step in steps if not step.is_warm_up)


def rest(steps: tuple[Step, ...]) -> int:
    return sum(step.rest for step in steps if not step.is_warm_up)


@pytest.mark.slow
def test_the_shipped_content_has_no_faults() -> None:
    assert FAULTS == []
    assert check_content([shipped()], ENGLISH) == []


def test_every_exercise_folder_is_read_and_the_nine_routines_are_there() -> None:
    folders = (shipped() / "exercises").iterdir()
    assert sorted(SHIPPED.exercises) == sorted(folder.name for folder in folders)
    assert len(SHIPPED.routines) == 9


@pytest.mark.parametrize("finished_before", [0, 1, 10])
def test_the_marathon_five_take_fifteen_minutes(finished_before: int) -> None:
    """docs/training-rules.md, rule 34: 600 s of work and 300 s of rest in five blocks of 180 s."""
    steps = SHIPPED.steps(SHIPPED.this_week(FIVE, ["band-calf-raise"]), finished_before)
    assert (length(steps), work(steps), rest(steps)) == (900, 600, 300)
    blocks = {step.exercise: 0 for step in steps if step.exercise}
    for step in steps:
        if step.exercise:
            blocks[step.exercise] += step.work + step.rest
    assert blocks == {
        "lateral-band-walk": 180,
        "dead-bug-band": 180,
        "sumo-squat-walk": 180,
        "standing-band-twist": 180,
        "standing-leg-raise-3way": 180,
    }


def test_a_block_of_the_five_has_its_rests() -> None:
    """30 A · 5 switch · 30 B · 20 rest · 30 A · 5 switch · 30 B · 30 change-over."""
    block = SHIPPED.steps(FIVE, 0)[2:6]
    right, left = "leading with the right", "leading with the left"
    assert [(s.set_number, s.side, s.work, s.rest, s.rest_kind) for s in block] == [
        (1, right, 30, 5, RestKind.SWITCH),
        (1, left, 30, 20, RestKind.REST),
        (2, right, 30, 5, RestKind.SWITCH),
        (2, left, 30, 30, RestKind.CHANGE),
    ]


@pytest.mark.parametrize(("finished_before", "seconds"), [(0, 420), (1, 840), (2, 840), (9, 840)])
def test_the_first_session_takes_seven_minutes_and_the_later_ones_fourteen(
    finished_before: int, seconds: int
) -> None:
    """docs/training-rules.md, rule 34."""
    steps = SHIPPED.steps(FIRST, finished_before)
    assert length(steps) == seconds
    assert {step.exercise: step.work for step in steps if step.exercise} == {
        "banded-glute-bridge": 30,
        "lateral-band-walk": 20,
        "dead-bug-band": 30,
        "banded-squat": 30,
        "clamshell": 20,
        "band-wall-slide": 30,
        "band-calf-raise": 30,
    }


@pytest.mark.parametrize("routine", SHIPPED.routines.values(), ids=SHIPPED.routines.keys())
def test_the_warm_up_comes_first_but_for_the_anchor_and_is_not_counted(routine: Routine) -> None:
    steps = SHIPPED.steps(routine, 0)
    warm_ups = [step for step in steps if step.is_warm_up]
    assert warm_ups == [step for step in steps if step.is_timed][: len(warm_ups)]
    assert sum(step.work for step in warm_ups) == routine.warm_up
    assert length(steps) == sum(step.work + step.rest for step in steps) - routine.warm_up


def test_the_sets_said_are_the_sets_done() -> None:
    first = SHIPPED.steps(FIRST, 0)
    assert {step.sets for step in first} == {1}
    later = SHIPPED.steps(FIRST, 1)
    assert {step.sets for step in later if step.exercise} == {2}


def test_the_easier_form_brings_its_own_name_and_band() -> None:
    bug = next(step for step in SHIPPED.steps(FIRST, 0) if step.exercise == "dead-bug-band")
    assert (bug.name, bug.form, bug.band) == ("Dead bug without a band", "easier", "No band")


def test_a_routine_that_content_has_lost_is_the_newcomers() -> None:
    assert SHIPPED.routine("gone") is FIRST


@pytest.mark.parametrize("exercise", SHIPPED.exercises)
def test_each_part_of_an_explanation_fits_into_a_caption(exercise: str) -> None:
    found = SHIPPED.exercises[exercise]
    for part, form in product(Part, (BASE, *found.texts.forms)):
        text = plain(explanation(TEXTS, SHIPPED, found, part, form, session=1).text)
        assert 0 < len(text) <= LONGEST_CAPTION


@pytest.mark.parametrize("exercise", SHIPPED.exercises)
def test_an_exercise_has_its_own_id_among_its_names(exercise: str) -> None:
    assert SHIPPED.find_exercise(exercise).sure == exercise


@pytest.mark.parametrize(
    ("words", "routine"),
    [
        ("marathon five", "marathon-five"),
        ("Marathon 5", "marathon-five"),
        ("the five", "marathon-five"),
        ("15 minutes", "marathon-five"),
        ("marathon-five", "marathon-five"),
        ("r1", "marathon-five"),
        ("maraton five", "marathon-five"),
        ("first two weeks", "first-two-weeks"),
        ("first-two-weeks", "first-two-weeks"),
        ("beginner", "first-two-weeks"),
        ("the one for beginners please", "first-two-weeks"),
        ("14 min", "first-two-weeks"),
    ],
)
def test_a_routine_is_found_by_what_people_call_it(words: str, routine: str) -> None:
    assert SHIPPED.find_routine(words).sure == routine


def test_every_outcome_of_a_step_can_be_stored() -> None:
    """The words are in the database's own check: a new one needs a migration."""
    assert [outcome.value for outcome in Outcome] == ["done", "skipped", "hurt"]


# Broken content.


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copied_content(tmp_path / "content")


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    """A host's folder that holds the shipped sentences."""
    shutil.copytree(shipped() / "locales", tmp_path / "sentences" / "locales")
    return tmp_path / "sentences"


def faults(folder: Path) -> list[tuple[str, str]]:
    """File and field of all that is wrong with the exercises and routines of this folder alone."""
    return told(folder, Reading([folder], ENGLISH).faults)


def checked(folder: Path) -> list[tuple[str, str]]:
    """File and field of all that `check` finds in this folder alone."""
    return told(folder, check_content([folder], ENGLISH))


def told(folder: Path, found: list[Fault]) -> list[tuple[str, str]]:
    return [(str(fault.file.relative_to(folder)), fault.field) for fault in found]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


BUG = "exercises/dead-bug-band"
CLAM = "exercises/clamshell"
ROUTINE = "routines/marathon-five.toml"
OUR_SENTENCES = "locales/en.ftl"
HEAVY, FORMS = ("exercise.toml", "demands.heavy.1"), "demands.forms"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (f"{BUG}/exercise.toml", '"beginner"', '"easy"', ("exercise.toml", "level")),
        (f"{BUG}/exercise.toml", "level =", "levl =", ("exercise.toml", "level")),
        (f"{BUG}/exercise.toml", '"2-0-2-1"', '"slow"', ("exercise.toml", "tempo")),
        (f"{BUG}/exercise.toml", "range = [6, 10]", "range = [10, 6]", ("exercise.toml", "dose")),
        (f"{BUG}/exercise.toml", '"iliopsoas"', '"hip"', ("exercise.toml", "muscles.primary.4")),
        (f"{BUG}/exercise.toml", ", 45]", ", 4500]", ("exercise.toml", "dose.rest_seconds.1")),
        (f"{BUG}/exercise.toml", '["mini-band"]', "[]", ("exercise.toml", "file")),
        (f"{BUG}/exercise.toml", "[demands]", "[demnds]", ("exercise.toml", "demands.posture")),
        (f"{BUG}/exercise.toml", '"hip-groin", "low-back"]', '"hip"]', HEAVY),
        (f"{BUG}/exercise.toml", '"on-the-back"', '"lying"', ("exercise.toml", "demands.posture")),
        (f"{BUG}/exercise.toml", '["shin-calf"', '["low-back"', ("exercise.toml", "demands")),
        (f"{BUG}/exercise.toml", "forms.easier]", "forms.easy]", (HEAVY[0], f"{FORMS}.easier")),
        (f"{BUG}/exercise.toml", "forms.easier]", "forms.easy]", (HEAVY[0], f"{FORMS}.easy")),
        (f"{BUG}/en.toml", "in_short =", "in_shrt =", ("en.toml", "in_short")),
        (f"{BUG}/en.toml", 'name = "Dead bug with band"', "name = 7", ("en.toml", "name")),
        (f"{BUG}/en.toml", 'name = "Dead bug with band"', 'name = ""', ("en.toml", "name")),
        (f"{BUG}/en.toml", "side_names = [", "side_names = [\"a\",", ("en.toml", "side_names")),
        (f"{BUG}/en.toml", '["base", "easier"]', '["lying"]', ("en.toml", "easier.1.forms")),
        (f"{BUG}/en.toml", "today = false", 'bands = ["long-loop"]', ("en.toml", "harder.2.bands")),
        (f"{BUG}/en.toml", "today = false", 'loads = ["back"]', ("en.toml", "harder.2.loads.0")),
        (f"{BUG}/en.toml", "today = false", 'band = ["none"]', ("en.toml", "harder.2.band")),
        (f"{BUG}/en.toml", "easier = [", "easier = [7,", ("en.toml", "easier.0")),
        (f"{BUG}/en.toml", "off = true", 'off = true, bands = ["none"]', ("en.toml", "easier.0.bands")),  # noqa: E501
    ],
)  # fmt: skip
@pytest.mark.breadth(2)
def test_a_wrong_field_of_an_exercise_is_named(
    content: Path, file: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    replace(content / file, old, new)
    assert (f"{BUG}/{expected[0]}", expected[1]) in faults(content)


def test_a_plain_line_is_one_that_holds_with_any_band(content: Path) -> None:
    replace(
        content / CLAM / "en.toml",
        '{ text = "Leave the band off.", takes_band_off = true }',
        '"Rest."',
    )
    catalogue, found = read_catalogue([content], ENGLISH)
    assert [fault for fault in found if fault.field.startswith("easier")] == []
    assert catalogue.exercises["clamshell"].texts.easier[0] == Adjustment(text="Rest.")


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("[regions.knee]", "[regions.kne]", "regions.kne"),
        ('mild = ["hands-and-knees"', 'mild = ["kneeling"', "regions.knee.mild.0"),
        ('\nlight = "gently"', '\nlight = "softly"', "levels.moderate.light"),
        ('"sitting-heel-slides", "sit', '"sitting-heels", "sit', "regions.knee.warm_up"),
        ("planned = 1", "planed = 1", "least_session.planned"),
    ],
)
def test_a_wrong_rule_about_a_region_is_named(
    content: Path, old: str, new: str, field: str
) -> None:
    copied(content, "regions.toml")
    replace(content / "regions.toml", old, new)
    assert ("regions.toml", field) in faults(content)


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("[conditions.heart]", "[conditions.hart]", "conditions.hart"),
        ('needs = "adult"', 'needs = "clinician"', "conditions.under-18.needs"),
        ('needs = "label"', 'needs = "lable"', "conditions.latex.needs"),
        ("ends_after_days = 366", "ends_after_days = 0", "conditions.birth.ends_after_days"),
        ('s", "no-twist", "l', 's", "no-twists", "l', "conditions.spine.limits.1"),
        ('["build-strength"]', '["built-strength"]', "routines_from_16"),
    ],
)
def test_a_wrong_need_of_a_condition_is_named(
    content: Path, old: str, new: str, field: str
) -> None:
    copied(content, "conditions.toml")
    replace(content / "conditions.toml", old, new)
    assert [found for found in faults(content) if found[0] == "conditions.toml"] == [
        ("conditions.toml", field)
    ]


def test_a_condition_that_is_missing_is_named(content: Path) -> None:
    copied(content, "conditions.toml")
    replace(
        content / "conditions.toml",
        '[conditions.heart] # or blood pressure, or medicine for either\nneeds = "clinician"\n',
        "",
    )
    assert faults(content) == [("conditions.toml", "conditions.heart")]


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('en = ["race", ', 'en = ["tempo", "race", ', "hard.en"),
        ('"race day", "a race"', '"the race that is my own", "a race"', "race.en"),
        ('"lsd"', '"–"', "long.en"),
        ("[strides]", "[stride]", "stride"),
        ('fr = ["footing"', 'french = ["footing"', "easy.french"),
        ('race = ["race", "race_a"', 'race = ["RACE", "race_a"', "fields.race"),
        ('race = ["race", "race_a"', 'races = ["race", "race_a"', "fields.races"),
    ],
)
def test_a_wrong_word_for_a_title_in_a_calendar_is_named(
    content: Path, old: str, new: str, field: str
) -> None:
    copied(content, "calendar-words.toml")
    replace(content / "calendar-words.toml", old, new)
    named = [where for file, where in faults(content) if file == "calendar-words.toml"]
    assert [where.removesuffix(".[key]") for where in named] == [field]


def test_a_region_without_rules_is_named(content: Path) -> None:
    copied(content, "regions.toml")
    file = content / "regions.toml"
    before, _, after = file.read_text(encoding="utf-8").partition("[regions.thigh]")
    file.write_text(before + "[regions.hip-groin]" + after.partition("[regions.hip-groin]")[2])
    assert faults(content) == [("regions.toml", "regions.thigh")]


@pytest.mark.slow
def test_a_warm_up_without_words_is_named(sentences: Path) -> None:
    copied(sentences, "regions.toml")
    with (sentences / "regions.toml").open("a", encoding="utf-8") as file:
        file.write('\n[warm_ups.lying]\nposture = "on-the-back"\n')
    assert checked(sentences) == [("regions.toml", "warm_ups.lying")]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("warm_up = 120", "warm_up = -1", "warm_up"),
        ("warm_up = 120", "warmup = 120", "warmup"),
        ("sets = 2", "sets = 0", "blocks.0.sets"),
        ("work = 30", 'work = "long"', "blocks.0.work"),
        ("halves = true", "halves = false", "blocks.0"),
        ("change = 30\n", "", "blocks.0.change"),
        ('exercise = "dead-bug-band"', 'exercise = "deadbug"', "blocks.2.exercise"),
        (
            'exercise = "lateral-band-walk"',
            'exercise = "lateral-band-walk"\nform = "easier"',
            "blocks.0.form",
        ),
        (
            'exercise = "lateral-band-walk"',
            'exercise = "band-wall-slide"',
            "blocks.0.halves",
        ),
        ("sets = 2", 'sets = 2\nswap = "rope"', "blocks.0.swap"),
        ("warm_up = 120", "warm_up = 120\nrounds = 2", "file"),
        ("warm_up = 120", "warm_up = 120\nrounds = 0", "rounds"),
        ('["base", "peak"]', '["summer"]', "phases.0"),
        ("[texts.en]", "[texts.de]", "file"),
        ("name =", "nam =", "texts.en.name"),
    ],
)
@pytest.mark.breadth(2)
def test_a_wrong_field_of_a_routine_is_named(content: Path, old: str, new: str, field: str) -> None:
    replace(content / ROUTINE, old, new)
    assert (ROUTINE, field) in faults(content)


def test_one_slip_is_one_fault(content: Path) -> None:
    replace(content / ROUTINE, 'exercise = "dead-bug-band"', 'exercise = "deadbug"')
    _, found = read_catalogue([content], ENGLISH)
    assert [str(fault) for fault in found] == [
        f"{content / ROUTINE}: blocks.2.exercise: there is no exercise deadbug; "
        "did you mean dead-bug-band?"
    ]


@pytest.mark.parametrize("name", ["exercise.toml", "en.toml"])
def test_a_missing_file_is_named(content: Path, name: str) -> None:
    (content / BUG / name).unlink()
    assert (f"{BUG}/{name}", "") in faults(content)


@pytest.mark.parametrize("name", [f"{BUG}/exercise.toml", f"{BUG}/en.toml", ROUTINE])
@pytest.mark.parametrize("bad", [b'id = "open', b"\xff\xfe", b"= 1", b"a = 1\na = 2"])
@pytest.mark.breadth(1)
def test_what_is_not_toml_is_named(content: Path, name: str, bad: bytes) -> None:
    (content / name).write_bytes(bad)
    found = [fault for fault in read_catalogue([content], ENGLISH)[1] if fault.field == ""]
    assert [(fault.file, fault.what[:11]) for fault in found] == [(content / name, "is not TOML")]


def test_an_id_that_is_not_the_folders_name_is_named(content: Path) -> None:
    replace(content / BUG / "exercise.toml", 'id = "dead-bug-band"', 'id = "dead-bug"')
    assert (f"{BUG}/exercise.toml", "id") in faults(content)


def test_an_id_that_is_not_the_files_name_is_named(content: Path) -> None:
    replace(content / ROUTINE, 'id = "marathon-five"', 'id = "marathon-5"')
    assert (ROUTINE, "id") in faults(content)


@pytest.mark.parametrize("alias", ["clam", "Clam Shells", "banded clam", "CLAMSHELL"])
@pytest.mark.breadth(1)
def test_a_name_of_another_exercise_is_named(content: Path, alias: str) -> None:
    replace(content / BUG / "en.toml", '"dying bug",', f'"dying bug", "{alias}",')
    _, found = read_catalogue([content], ENGLISH)
    assert [(fault.file, fault.field) for fault in found] == [
        (content / BUG / "en.toml", "aliases")
    ]
    assert "clamshell" in found[0].what


@pytest.mark.slow
def test_a_part_too_long_for_a_caption_is_named(content: Path) -> None:
    line = f'"{"x" * 290}",\n'
    replace(content / CLAM / "en.toml", "mistakes = [", "mistakes = [" + line * 15)
    copied(content, "locales")
    assert checked(content) == [(f"{CLAM}/en.toml", "mistakes")]


@pytest.mark.slow
def test_a_sentence_that_nothing_uses_is_named(sentences: Path) -> None:
    with (sentences / OUR_SENTENCES).open("a", encoding="utf-8") as file:
        file.write("\nbutton-strat = Start\n")
    assert checked(sentences) == [(OUR_SENTENCES, "button-strat")]


def test_a_variable_that_is_not_given_is_named(sentences: Path) -> None:
    replace(sentences / OUR_SENTENCES, "Hello { $name },", "Hello { $nmae },")
    assert checked(sentences) == [(OUR_SENTENCES, "welcome")]


def test_a_sentence_that_cannot_be_read_is_named(sentences: Path) -> None:
    replace(sentences / OUR_SENTENCES, "{ $name }", "{ $name ")
    assert checked(sentences) == [(OUR_SENTENCES, "")]


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    "sentence",
    [
        "button-start = { button-strat }",
        "button-start = { NUMER(1) }",
        "button-start =\n    .x = Go",
    ],
)
def test_a_sentence_that_cannot_be_said_is_named(sentences: Path, sentence: str) -> None:
    replace(sentences / OUR_SENTENCES, "button-start = Start", sentence)
    assert checked(sentences) == [(OUR_SENTENCES, "button-start")]


def test_sentences_that_are_no_text_are_named(sentences: Path) -> None:
    (sentences / OUR_SENTENCES).write_bytes(b"button-start = \xff\n")
    assert checked(sentences) == [(OUR_SENTENCES, "")]


@pytest.mark.slow
def test_check_tells_all_that_is_wrong_in_all_files(content: Path) -> None:
    copied(content, "locales")
    replace(content / BUG / "exercise.toml", "level =", "levl =")
    replace(content / BUG / "en.toml", "in_short =", "in_shrt =")
    replace(content / CLAM / "exercise.toml", 'id = "clamshell"', 'id = "clam"')
    (content / "exercises/banded-squat/en.toml").unlink()
    (content / "exercises/band-pull-apart/exercise.toml").write_text("id =", encoding="utf-8")
    replace(content / "exercises/band-wall-slide/en.toml", '"wall angels",', '"sumo walk",')
    replace(content / ROUTINE, 'exercise = "standing-band-twist"', 'exercise = "twist"')
    replace(content / OUR_SENTENCES, "Hello { $name },", "Hello { $nmae },")
    found = checked(content)
    assert {
        (f"{BUG}/exercise.toml", "level"),
        (f"{BUG}/exercise.toml", "levl"),
        (f"{BUG}/en.toml", "in_short"),
        (f"{BUG}/en.toml", "in_shrt"),
        (f"{CLAM}/exercise.toml", "id"),
        ("exercises/banded-squat/en.toml", ""),
        ("exercises/band-pull-apart/exercise.toml", ""),
        ("exercises/sumo-squat-walk/en.toml", "aliases"),
        (ROUTINE, "blocks.3.exercise"),
        (OUR_SENTENCES, "welcome"),
    } <= set(found)


# A host's own content, laid over the shipped.


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def copied(own: Path, *parts: str) -> None:
    for part in parts:
        source, target = shipped() / part, own / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy: Callable[..., object] = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)


def laid_over(own: Path) -> Catalogue:
    catalogue, found = read_catalogue([shipped(), own], ENGLISH)
    assert found == []
    assert check_content([shipped(), own], ENGLISH) == []
    return catalogue


@pytest.mark.slow
def test_an_exercise_of_the_hosts_takes_the_place_of_the_shipped(own: Path) -> None:
    copied(own, BUG)
    replace(own / BUG / "en.toml", "Dead bug with band", "Our own bug")
    catalogue = laid_over(own)
    assert catalogue.exercises["dead-bug-band"].texts.name == "Our own bug"
    assert catalogue.exercises.keys() == SHIPPED.exercises.keys()


@pytest.mark.slow
def test_a_routine_of_the_hosts_is_added(own: Path) -> None:
    copied(own, ROUTINE)
    (own / ROUTINE).rename(own / "routines/hills.toml")
    text = (own / "routines/hills.toml").read_text(encoding="utf-8")
    blocks, _ = text.split("[texts.en]")
    texts = '[texts.en]\nname = "Hill legs"\nin_short = "For hilly courses."\n'
    ours = blocks.replace('id = "marathon-five"', 'id = "hills"') + texts
    (own / "routines/hills.toml").write_text(ours, encoding="utf-8")
    assert sorted(laid_over(own).routines) == sorted([*SHIPPED.routines, "hills"])


@pytest.mark.slow
def test_a_sentence_of_the_hosts_takes_the_place_of_the_shipped(own: Path) -> None:
    (own / "locales").mkdir(parents=True)
    (own / OUR_SENTENCES).write_text("button-start = Go!\n", encoding="utf-8")
    laid_over(own)
    texts = Texts(ENGLISH, list(locale_files([shipped(), own], ENGLISH)))
    assert (texts.plain("button-start"), texts.plain("button-done")) == ("Go!", "Done")


@pytest.mark.slow
def test_a_fault_in_the_hosts_content_names_the_hosts_file(own: Path) -> None:
    copied(own, BUG)
    line = f'"{"x" * 290}",\n'
    replace(own / BUG / "en.toml", "mistakes = [", "mistakes = [" + line * 15)
    found = check_content([shipped(), own], ENGLISH)
    assert [fault.file for fault in found] == [own / BUG / "en.toml"]


@pytest.mark.slow
def test_an_empty_folder_changes_nothing(own: Path) -> None:
    own.mkdir()
    assert laid_over(own).exercises == SHIPPED.exercises
