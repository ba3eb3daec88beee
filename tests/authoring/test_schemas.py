"""The schemas that editors complete and check with are those of the models, and fit the content."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.authoring.schemas import KINDS, ContentKind, schema, write_schemas
from bot.content.reading import shipped

SCHEMAS = shipped() / "schemas"
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def validator(kind: ContentKind) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema(kind)))


@EVERY_KIND
def test_the_files_are_what_the_models_say(kind: ContentKind) -> None:
    """If this fails: python -m bot check --schemas"""
    assert (SCHEMAS / f"{kind.name}.json").read_text(encoding="utf-8") == schema(kind)


def test_every_file_is_of_a_kind_that_there_is() -> None:
    assert {file.stem for file in SCHEMAS.iterdir()} == {kind.name for kind in KINDS}


@EVERY_KIND
def test_the_schemas_are_schemas(kind: ContentKind) -> None:
    Draft202012Validator.check_schema(json.loads(schema(kind)))


@EVERY_KIND
def test_all_shipped_content_fits_its_schema(kind: ContentKind) -> None:
    files = list(shipped().glob(kind.files))
    assert files
    check = validator(kind)
    found = {
        str(file): [error.message for error in check.iter_errors(tomllib.loads(file.read_text()))]
        for file in files
    }
    assert {file: errors for file, errors in found.items() if errors} == {}


@EVERY_KIND
def test_every_field_says_what_it_means(kind: ContentKind) -> None:
    made = json.loads(schema(kind))
    objects = [made, *made.get("$defs", {}).values()]
    silent = [
        name
        for it in objects
        for name, field in it.get("properties", {}).items()
        if "description" not in field
    ]
    assert silent == []


def test_every_shipped_toml_file_has_a_schema() -> None:
    with_one = {file for kind in KINDS for file in shipped().glob(kind.files)}
    assert set(shipped().rglob("*.toml")) == with_one


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"level": "easy"}, "level"),
        ({"tempo": "slow"}, "tempo"),
        ({"muscles": {"primary": ["hip"]}}, "muscles"),
        ({"dose": {"sets": [2, 3], "range": [1], "unit": "reps", "rest_seconds": [1, 2]}}, "dose"),
    ],
)
def test_what_check_refuses_an_editor_underlines(change: dict[str, Any], wrong: str) -> None:
    file = shipped() / "exercises/clamshell/exercise.toml"
    facts = tomllib.loads(file.read_text(encoding="utf-8")) | change
    assert {error.path[0] for error in validator(KINDS[0]).iter_errors(facts)} == {wrong}


def test_an_unknown_field_is_underlined() -> None:
    (error,) = validator(next(kind for kind in KINDS if kind.name == "evidence")).iter_errors(
        {"a": {"authors": "A", "year": 2019, "published_in": "B", "found": {"en": "C"}, "x": 1}}
    )
    assert "'x' was unexpected" in error.message


def test_the_editors_are_told_which_schema_is_for_which_file() -> None:
    root = shipped().parent
    rules = tomllib.loads((root / ".taplo.toml").read_text(encoding="utf-8"))["rule"]
    assert {rule["include"][0]: rule["schema"]["path"] for rule in rules} == {
        f"**/{kind.files}": f"data/schemas/{kind.name}.json" for kind in KINDS
    }


def test_they_can_be_written_into_another_folder(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new" / "schemas")
    assert [file.name for file in written] == [f"{kind.name}.json" for kind in KINDS]
    assert all(json.loads(file.read_text(encoding="utf-8")) for file in written)
