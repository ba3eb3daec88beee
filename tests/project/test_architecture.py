"""docs/architecture.md shows the rooms as they are: its picture, its table, and the imports."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


def arrows(kind: str) -> list[tuple[list[str], list[str]]]:
    """What the picture's arrows of this kind lead from and to."""
    (picture,) = re.findall(r"(?ms)^```mermaid\nflowchart TD\n(.*?)^```$", PAGE)
    lines = re.findall(rf"(?m)^ +(\S.*?) {re.escape(kind)} (\S.*)$", picture)
    return [(left.split(" & "), right.split(" & ")) for left, right in lines]


def drawn_layers() -> list[list[str]]:
    """The layers from top to bottom; each arrow begins where the one before has ended."""
    solid = arrows("-->")
    layers = [solid[0][0]]
    for above, below in solid:
        assert above == layers[-1]
        layers.append(below)
    return layers


def drawn_wings() -> tuple[set[str], set[tuple[str, str]]]:
    """The rooms that stand apart, and their imports: who imports whom."""
    pairs = {
        (importer, imported)
        for importers, rooms in arrows("-.->")
        for importer in importers
        for imported in rooms
    }
    in_layers = {room for layer in drawn_layers() for room in layer}
    return {room for pair in pairs for room in pair} - in_layers, pairs


def room_of(name: str) -> str | None:
    """The room of a module of the project, such as `views` for `bot.views.pain`."""
    first, *rest = name.split(".")
    return rest[0] if first == "bot" and rest else None


def imported(file: Path) -> Iterator[str]:
    """The rooms that this file imports from, also within functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "bot":
            names = [f"bot.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        yield from filter(None, map(room_of, names))


def imports() -> dict[str, set[str]]:
    """By room, the other rooms that it imports from."""
    found: dict[str, set[str]] = {}
    for file in BOT.rglob("*.py"):
        room = file.relative_to(BOT).parts[0].removesuffix(".py")
        found.setdefault(room, set()).update(set(imported(file)) - {room})
    del found["__init__"]
    return found


def is_alias(room: str) -> bool:
    """Whether it is a module that only hands on a name from its new place, for one release."""
    file = BOT / f"{room}.py"
    if not file.is_file():
        return False
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return all(isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in body)


@pytest.mark.slow
def test_the_picture_shows_every_room_and_no_other() -> None:
    found = imports()
    drawn = [room for layer in drawn_layers() for room in layer] + sorted(drawn_wings()[0])
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {room for room in found if not is_alias(room)}


@pytest.mark.slow
def test_no_import_runs_upwards_in_the_picture_or_sideways() -> None:
    found = imports()
    depth = {room: number for number, layer in enumerate(drawn_layers()) for room in layer}
    wrong = [
        f"{room} imports {other}"
        for room, others in found.items()
        for other in others
        if room in depth and other in depth and depth[other] <= depth[room]
    ]
    assert wrong == []


@pytest.mark.slow
def test_the_dotted_arrows_are_all_imports_of_the_rooms_that_stand_apart() -> None:
    wings, drawn = drawn_wings()
    real = {(room, other) for room, others in imports().items() for other in others}
    assert drawn == {pair for pair in real if wings & set(pair)}


def test_the_picture_is_the_contract_of_the_import_linter() -> None:
    every = [contract["layers"] for contract in CONTRACTS if contract["type"] == "layers"]
    (layers,) = [layers for layers in every if "bot.domain" in layers]  # others are within a room
    expected = [[room.strip().removeprefix("bot.") for room in it.split("|")] for it in layers]
    assert [sorted(layer) for layer in drawn_layers()] == [sorted(layer) for layer in expected]


def test_the_table_lists_the_rooms_of_the_picture() -> None:
    rooms = re.findall(r"(?m)^\| `bot/(\w+)(?:/|\.py)` \|", PAGE)
    drawn = [room for layer in drawn_layers() for room in layer] + sorted(drawn_wings()[0])
    assert sorted(rooms) == sorted(drawn)
    paths = re.findall(r"(?m)^\| `(bot/\S+)` \|", PAGE)
    assert [path for path in paths if not (ROOT / path).exists()] == []
