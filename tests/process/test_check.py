"""`check` on the command line: a host's folder, the schemas, the export."""

import json
import os
import shutil
from pathlib import Path

import pytest

from bot.authoring.schemas import KINDS
from bot.content.reading import shipped
from tests.process.coach_process import CoachProcess

CLAM = "exercises/clamshell"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    shutil.copytree(shipped() / CLAM, tmp_path / "own" / CLAM)
    (tmp_path / "own" / CLAM / "exercise.toml").unlink()
    return tmp_path / "own"


def rename(own: Path, line: str) -> None:
    texts = own / CLAM / "en.toml"
    _, rest = texts.read_text(encoding="utf-8").split("\n", maxsplit=1)
    texts.write_text(f"{line}\n{rest}", encoding="utf-8")


@pytest.mark.slow
async def test_the_export_holds_the_hosts_own(coach: CoachProcess, own: Path) -> None:
    rename(own, 'name = "Our clam"')
    file = coach.folder / "library.json"
    ended = await coach.command("check", "--export", str(file), CONTENT_DIR=str(own))
    assert (ended.code, ended.stderr) == (0, "")
    assert str(file) in ended.stdout
    names = {it["id"]: it["name"] for it in json.loads(file.read_text(encoding="utf-8"))}
    assert names["clamshell"] == "Our clam"
    assert len(names) == len(list((shipped() / "exercises").iterdir()))


@pytest.mark.slow
async def test_nothing_is_exported_while_something_is_wrong(coach: CoachProcess, own: Path) -> None:
    rename(own, "name = 7")
    file = coach.folder / "library.json"
    ended = await coach.command("check", "--export", str(file), CONTENT_DIR=str(own))
    assert (ended.code, ended.stderr) == (1, "")
    assert ended.stdout == (
        f"{own / CLAM / 'en.toml'}: name: must be text in quotes, not 7,"
        ' such as name = "Wall sit"\n'
    )
    assert not file.exists()


@pytest.mark.slow
@pytest.mark.parametrize("option", ["--export", "--schemas"])
async def test_what_can_t_be_written_is_one_line(coach: CoachProcess, option: str) -> None:
    (coach.folder / "file").touch()
    place = coach.folder / "file" / "below"
    ended = await coach.command("check", option, str(place))
    assert ended.code == 1
    assert ended.lines == [f"{place} can't be written: Not a directory"]


@pytest.mark.slow
async def test_the_schemas_can_lie_beside_a_hosts_own_content(coach: CoachProcess) -> None:
    ended = await coach.command("check", "--schemas", str(coach.folder / "schemas"))
    assert (ended.code, ended.stderr) == (0, "")
    written = {file.name for file in (coach.folder / "schemas").iterdir()}
    assert written == {f"{kind.name}.json" for kind in KINDS}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "why"),
    [("nowhere", "there is no folder nowhere"), ("file", "file can't be read (Not a directory)")],
)
async def test_a_content_folder_that_can_t_be_read_is_named(
    coach: CoachProcess, place: str, why: str
) -> None:
    (coach.folder / "file").touch()
    for command in ("run", "demo", "check"):
        ended = await coach.command(command, CONTENT_DIR=place)
        assert (ended.code, ended.stdout) == (2, "")
        (line,) = ended.lines
        assert line.startswith(f"CONTENT_DIR: {why}; a folder with exercises/")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", "demo", "check"])
async def test_content_that_would_be_waited_for_ends_the_command_with_a_line_each(
    coach: CoachProcess, own: Path, command: str
) -> None:
    (own / "routines").mkdir()
    os.mkfifo(own / "routines/pipe.toml")
    (own / "evidence.toml").symlink_to("/dev/zero")
    (own / "topics.toml").write_text("a = " + "[" * 9999, encoding="utf-8")
    ended = await coach.command(command, CONTENT_DIR=str(own))
    assert ended.code == 1
    assert (ended.stdout or ended.stderr).splitlines() == [
        f"{own}/routines/pipe.toml: can't be read: it is a pipe, a socket or a device, not a file",
        f"{own}/evidence.toml: can't be read: it is a pipe, a socket or a device, not a file",
        f"{own}/topics.toml: is nested too deeply: 20 levels at most",
    ]
    assert "Traceback" not in ended.stderr
