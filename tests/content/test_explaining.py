"""`check` says what is wrong in an author's words, with an example that would be right."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from bot.authoring.check import read_checked
from bot.authoring.clips import check_clips
from bot.authoring.schemas import KINDS
from bot.content.explaining import toml
from bot.content.reading import shipped
from bot.content.texts import ENGLISH

pytestmark = pytest.mark.slow

CLAM = "exercises/clamshell"
FACTS = f"{CLAM}/exercise.toml"
TEXTS = f"{CLAM}/en.toml"
ROUTINE = "routines/marathon-five.toml"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A host's folder with one exercise and one routine in it."""
    folder = tmp_path / "own"
    shutil.copytree(shipped() / CLAM, folder / CLAM)
    (folder / "routines").mkdir()
    shutil.copy(shipped() / ROUTINE, folder / ROUTINE)
    return folder


def told(own: Path) -> list[str]:
    """What `check` prints, files without the folder; that the shipped clips are right is known."""
    catalogue, _, faults = read_checked([shipped(), own], ENGLISH)
    faults += check_clips([own], catalogue.exercises)
    return [str(fault).replace(f"{own}/", "").replace(f"{shipped()}/", "data/") for fault in faults]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            FACTS,
            'level = "beginner"\n',
            "",
            'level: is missing, such as level = "beginner"',
        ),
        (
            FACTS,
            'level = "beginner"',
            'level = "easy"',
            'level: must be beginner, intermediate or expert, not "easy",'
            ' such as level = "beginner"',
        ),
        (
            FACTS,
            'level = "beginner"',
            'level = "Beginers"',
            'level: must be beginner, intermediate or expert, not "Beginers";'
            ' did you mean "beginner"?',
        ),
        (
            FACTS,
            '"gluteus maximus"',
            '"glute maximus"',
            'muscles.primary.1: there is no "glute maximus"; did you mean "gluteus maximus"?',
        ),
        (
            FACTS,
            "band_optional = true",
            "band_optionl = true",
            "band_optionl: is not a field here; did you mean band_optional?",
        ),
        (
            FACTS,
            "band_optional = true",
            "colour = 7",
            "colour: is not a field here: take it out",
        ),
        (
            FACTS,
            "sets = [2, 3]",
            'sets = ["two", 3]',
            'dose.sets.0: must be a whole number, not "two", such as sets = [2, 3]',
        ),
        (
            FACTS,
            "sets = [2, 3]",
            "sets = [2]",
            "dose.sets: needs 2 in the list, such as sets = [2, 3]",
        ),
        (
            FACTS,
            "[20, 30]",
            "[20, 3000]",
            "dose.rest_seconds.1: must be 600 or less, not 3000, such as rest_seconds = [20, 30]",
        ),
        (
            FACTS,
            "[20, 30]",
            "[30, 20]",
            "dose: rest_seconds runs from low to high, not 30 to 20: rest_seconds = [20, 30]",
        ),
        (
            FACTS,
            '"2-0-1-0"',
            '"slowly"',
            "tempo: must be four digits joined by hyphens: seconds out, held, back and between,"
            ' not "slowly", such as tempo = "2-0-1-0"',
        ),
        (
            FACTS,
            'family = "clam"',
            'family = "Clam Shells"',
            "family: must be lower-case words and digits joined by hyphens,"
            ' not "Clam Shells", such as family = "squat"',
        ),
        (
            FACTS,
            'id = "clamshell"',
            'id = "clam"',
            'id: must be the folder\'s name: "clamshell"',
        ),
        (
            TEXTS,
            'name = "Clamshell"',
            "name = 7",
            'name: must be text in quotes, not 7, such as name = "Wall sit"',
        ),
        (
            TEXTS,
            'name = "Clamshell"',
            'name = ""',
            'name: is empty, such as name = "Wall sit"',
        ),
        (
            TEXTS,
            'name = "Clamshell"',
            f'name = "{"x" * 61}"',
            "name: is too long: 61 characters, 60 at most",
        ),
        (
            TEXTS,
            'name = "Clamshell"',
            "name = Clamshell",
            "is not TOML: Invalid value (at line 1, column 8): name = Clamshell;"
            " text stands in double quotes",
        ),
        (
            TEXTS,
            'side_names = ["right leg on top", "left leg on top"]\n',
            "",
            "side_names: is missing: the exercise has two sides,"
            ' such as side_names = ["right leg", "left leg"]',
        ),
        (
            TEXTS,
            '"clam",',
            '"clam", "dead bug", "banded dead bug",',
            "aliases: “dead bug”, “banded dead bug”: taken by dead-bug-band in"
            " data/exercises/dead-bug-band/en.toml",
        ),
        (
            ROUTINE,
            'exercise = "dead-bug-band"',
            'exercise = "deadbug-band"',
            "blocks.2.exercise: there is no exercise deadbug-band; did you mean dead-bug-band?",
        ),
        (
            ROUTINE,
            'exercise = "dead-bug-band"',
            'exercise = "dead-bug-band"\nform = "hard"',
            "blocks.2.form: dead-bug-band has no form hard, only base, easier",
        ),
        (
            ROUTINE,
            "warm_up = 120",
            'warm_up = "two minutes"',
            'warm_up: must be a whole number, not "two minutes", such as warm_up = 120',
        ),
    ],
)
def test_a_fault_is_one_line_that_says_what_would_be_right(
    own: Path, file: str, old: str, new: str, expected: str
) -> None:
    replace(own / file, old, new)
    assert told(own) == [f"{file}: {expected}"]


def test_a_text_over_the_limit_of_telegram_says_by_how_much(own: Path) -> None:
    line = f'"{"x" * 290}",\n'
    replace(own / TEXTS, "mistakes = [", "mistakes = [" + line * 4)
    (only,) = told(own)
    assert only.startswith(f"{TEXTS}: mistakes: shown as “mistakes”, ")
    assert only.endswith("over the 1024 of a caption: shorten or leave out a sentence")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"toast-done = {'x' * 201}", "toast-done: 1 characters over the 200 of an answer to"),
        (f"command-help = {'x' * 300}", "command-help: 44 characters over the 256 of a line"),
        (f"about-short = {'x' * 121}", "about-short: 1 characters over the 120 of the bot's short"),
        (f"about = {'x' * 513}", "about: 1 characters over the 512 of the bot's description"),
        (f"help = {'x' * 4100}", "help: 4 characters over the 4096 of a message"),
        (f"help = <b>{'x' * 4095}</b>", None),
        ("buton-start = Go", "buton-start: is a message that nothing uses; did you mean button-st"),
        ("welcome = Hi { $nam }", "welcome: uses $nam, which is not given; $name is"),
    ],
)
def test_a_sentence_that_telegram_would_refuse_is_told(
    own: Path, sentence: str, expected: str | None
) -> None:
    (own / "locales").mkdir()
    (own / "locales/en.ftl").write_text(f"{sentence}\n", encoding="utf-8")
    lines = told(own)
    assert len(lines) == (expected is not None)
    assert all(line.startswith(f"locales/en.ftl: {expected}") for line in lines)


def test_what_is_not_utf_8_is_told_with_its_line(own: Path) -> None:
    (own / TEXTS).write_bytes(b'name = "Clamshell"\nwhy = "' + b'\xff"\n')
    assert told(own) == [f"{TEXTS}: is not TOML: line 2 is not in UTF-8"]


def test_a_broken_exercise_is_not_told_again_at_the_routines_that_name_it(own: Path) -> None:
    replace(own / FACTS, "[muscles]", "[muscle]")
    assert {line.split(": ")[0] for line in told(own)} == {FACTS}


def test_a_misspelt_folder_is_told(own: Path) -> None:
    (own / "exercises").rename(own / "exercise")
    assert told(own) == ["exercise: is not read; did you mean exercises?"]


@pytest.mark.parametrize("name", ["exercises-old", "exercises.json", "README.md", ".git"])
def test_what_else_lies_in_the_folder_is_left_alone(own: Path, name: str) -> None:
    (own / name).mkdir()
    assert told(own) == []


def test_what_is_no_folder_is_told(own: Path) -> None:
    shutil.rmtree(own / "exercises")
    (own / "exercises").touch()
    assert told(own) == ["exercises: can't be read: Not a directory"]


def fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Every field of a model and of the models inside it."""
    seen: list[type[BaseModel]] = []
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop()
        waiting += getattr(kind, "__args__", ())
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
            seen.append(kind)
            waiting += [field.annotation for field in kind.model_fields.values()]
            yield from (
                (f"{kind.__name__}.{name}", field)
                for name, field in kind.model_fields.items()
                if name != "root"
            )


# A pose is explained by its own file.
EVERY_FIELD = {
    name: field for kind in KINDS if kind.name != "pose" for name, field in fields(kind.model)
}


def test_every_field_says_what_it_means_and_shows_an_example_that_is_right() -> None:
    for name, field in EVERY_FIELD.items():
        assert field.description, name
        examples = field.examples or []
        assert examples, name
        assert get_origin(field.annotation) is not Literal or set(examples) <= set(
            field.annotation.__args__  # type: ignore[union-attr]
        ), name
        for example in examples:
            as_read = tomllib.loads(f"it = {toml(example)}")["it"]
            assert as_read == example, name
            TypeAdapter(field.annotation).validate_python(as_read)


def test_an_unknown_exercise_is_told_beside_what_else_is_wrong(own: Path) -> None:
    replace(own / ROUTINE, 'level = "intermediate"', 'level = "medium"')
    replace(own / ROUTINE, 'exercise = "dead-bug-band"', 'exercise = "deadbug"')
    replace(own / ROUTINE, "sets = 2", 'sets = "two"\nswap = " clamshel "')
    assert told(own) == [
        f'{ROUTINE}: level: must be beginner, intermediate or expert, not "medium",'
        ' such as level = "beginner"',
        f'{ROUTINE}: blocks.0.sets: must be a whole number, not "two", such as sets = 2',
        f"{ROUTINE}: blocks.0.swap: there is no exercise clamshel; did you mean clamshell?",
        f"{ROUTINE}: blocks.2.exercise: there is no exercise deadbug; did you mean dead-bug-band?",
    ]


def test_an_unknown_form_is_told_beside_what_else_is_wrong(own: Path) -> None:
    replace(own / ROUTINE, "sets = 2", 'sets = "two"\nform = "hardest"')
    assert (
        f"{ROUTINE}: blocks.0.form: lateral-band-walk has no form hardest, only base"
        in "\n".join(told(own))
    )


@pytest.mark.parametrize(
    "blocks",
    ['"all"', '["clamshell"]', "[[1]]", "[{ exercise = 7, swap = [1, {}] }]", "[{ form = [] }]"],
)
def test_blocks_of_another_kind_are_no_stumbling_block(own: Path, blocks: str) -> None:
    text = (own / ROUTINE).read_text(encoding="utf-8")
    (own / ROUTINE).write_text(
        f"blocks = {blocks}\n{text[: text.index('[[blocks]]')]}", encoding="utf-8"
    )
    assert any(line.startswith(f"{ROUTINE}: blocks") for line in told(own))


def test_unknown_evidence_is_told_beside_what_else_is_wrong(own: Path) -> None:
    replace(own / FACTS, 'level = "beginner"', 'level = "easy"')
    text = (own / FACTS).read_text(encoding="utf-8")
    known = tomllib.loads(text)["evidence"][0]
    replace(own / FACTS, f'"{known}"', '"nobody-1999"')
    assert [line.partition(": ")[2].partition(",")[0].partition(";")[0] for line in told(own)] == [
        "level: must be beginner",
        "evidence: there is no nobody-1999 in evidence.toml",
    ]


def test_evidence_is_known_though_something_is_wrong_with_another(own: Path) -> None:
    text = (shipped() / "evidence.toml").read_text(encoding="utf-8")
    (own / "evidence.toml").write_text(f"{text}\n[mine-2026]\nyear = 'new'\n", encoding="utf-8")
    text = (own / FACTS).read_text(encoding="utf-8")
    known = tomllib.loads(text)["evidence"][0]
    replace(own / FACTS, f'"{known}"', '"mine-2026"')
    assert all(line.startswith("evidence.toml: mine-2026.") for line in told(own))
