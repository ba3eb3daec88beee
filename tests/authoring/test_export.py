"""The exported library is read by whatever reads free-exercise-db."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from bot.authoring.export import PLAIN, write_export
from bot.content import read_catalogue
from bot.content.models import Muscle
from bot.content.reading import shipped
from bot.content.texts import ENGLISH

WORDS = (
    "abdominals abductors adductors biceps calves chest forearms glutes hamstrings lats"
    " lower_back middle_back neck quadriceps shoulders traps triceps"
)
MUSCLES = [word.replace("_", " ") for word in WORDS.split()]
TEXT = {"type": "string", "minLength": 1}
# Their required fields and words; equipment and category cut down to what we have.
THEIRS = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-zA-Z_-]+$"},
        "name": TEXT,
        "force": {"enum": ["pull", "push", "static", None]},
        "level": {"enum": ["beginner", "intermediate", "expert"]},
        "mechanic": {"enum": ["compound", "isolation", None]},
        "equipment": {"enum": ["bands", "body only"]},
        "primaryMuscles": {"type": "array", "items": {"enum": MUSCLES}, "uniqueItems": True},
        "secondaryMuscles": {"type": "array", "items": {"enum": MUSCLES}, "uniqueItems": True},
        "instructions": {"type": "array", "items": TEXT, "minItems": 3},
        "category": {"enum": ["strength"]},
        "images": {"type": "array", "items": TEXT},
    },
    "required": [
        *("id", "name", "level", "mechanic", "equipment", "primaryMuscles", "secondaryMuscles"),
        *("instructions", "category", "images", "force"),
    ],
}
OURS = {
    *("aliases", "laterality", "measurementType", "family", "bandType", "bandPlacement", "anchor"),
    *("miniBandOnly", "muscles", "start", "move", "return", "cues", "mistakes", "why", "easier"),
    *("harder", "class", "tempo", "dose", "cautions", "loopSeconds", "datasetRefs"),
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """By id, as another program reads it."""
    file = tmp_path_factory.mktemp("export") / "exercises.json"
    write_export(read_catalogue([shipped()], ENGLISH)[0], [shipped()], file)
    return {it["id"]: it for it in json.loads(file.read_text(encoding="utf-8"))}


def test_every_exercise_is_there(exported: dict[str, dict[str, Any]]) -> None:
    assert set(exported) == {file.name for file in (shipped() / "exercises").iterdir()}


def test_every_exercise_fits_their_schema(exported: dict[str, dict[str, Any]]) -> None:
    check = Draft202012Validator(THEIRS)
    wrong = {key: [e.message for e in check.iter_errors(it)] for key, it in exported.items()}
    assert {key: errors for key, errors in wrong.items() if errors} == {}


def test_every_exercise_has_all_of_our_fields_too(exported: dict[str, dict[str, Any]]) -> None:
    fields = set(THEIRS["properties"]) | OURS  # type: ignore[call-overload]
    assert {key: set(it) ^ fields for key, it in exported.items() if set(it) != fields} == {}


def test_every_muscle_has_their_word_or_none() -> None:
    assert set(PLAIN) == set(get_args(Muscle))
    assert {word for word in PLAIN.values() if word} <= set(MUSCLES)


def test_an_exercise_with_and_one_without_a_band(exported: dict[str, dict[str, Any]]) -> None:
    clam, squeeze = exported["clamshell"], exported["adductor-squeeze"]
    assert clam["primaryMuscles"] == ["abductors", "glutes"]
    assert clam["secondaryMuscles"] == []
    assert clam["muscles"]["primary"] == ["gluteus medius", "gluteus maximus"]
    assert clam["dose"] == {"sets": [2, 3], "range": [10, 15], "unit": "reps", "rest": [20, 30]}
    assert clam["instructions"] == [*clam["start"], *clam["move"], *clam["return"]]
    kit = ("equipment", "bandType", "bandPlacement", "anchor", "miniBandOnly")
    assert [clam[it] for it in kit] == [
        *("bands", ["mini-band", "hip-circle"], "above-knees", False, True)
    ]
    assert [squeeze[it] for it in kit] == ["body only", [], None, False, False]


def test_the_loop_is_that_of_the_pose(tmp_path: Path) -> None:
    pose = tmp_path / "exercises/clamshell/pose.toml"
    pose.parent.mkdir(parents=True)
    pose.write_text("loop = 4.5\n", encoding="utf-8")
    file = tmp_path / "exercises.json"
    folders = [shipped(), tmp_path]
    write_export(read_catalogue([shipped()], ENGLISH)[0], folders, file)
    loops = {it["id"]: it["loopSeconds"] for it in json.loads(file.read_text(encoding="utf-8"))}
    assert loops["clamshell"] == 4.5
