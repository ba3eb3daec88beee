"""The command line explains itself, and says what is wrong with what it was given."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.__main__ import main

COMMANDS = ("run", "demo", "check", "slots", "backup", "restore", "figures", "voice")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said on stdout before it ends well."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The line that says what is wrong."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()[-1]


@pytest.mark.slow
def test_the_command_line_loads_no_figures() -> None:
    ask = "import sys, bot.__main__; sys.exit('bot.figures' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask]).returncode == 0


def test_the_version_is_told_with_the_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == f"bandcoach {__version__}\n"


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    listed = re.findall(r"(?m)^    (\w+) +\S", printed(capsys, "--help"))
    assert tuple(listed) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_arguments_is_explained(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """An argument's words follow it, on its line or indented on the next."""
    usage, about, *groups = printed(capsys, command, "--help").split("\n\n")
    assert usage.startswith(f"usage: bandcoach {command} ")
    assert re.fullmatch(r"[A-Z].*\.", about.strip(), re.DOTALL)
    arguments = [
        argument
        for group in groups
        for argument in re.split(r"\n  (?=\S)", group.partition("\n")[2].rstrip())
    ]
    assert [it for it in arguments if not re.match(r"\s*\S.*?(  +|\n +)\w", it)] == []


def test_an_unknown_command_is_refused_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = refused(capsys, "walk")
    assert line.startswith("bandcoach: error: argument COMMAND: invalid choice: 'walk'")
    assert [name for name in COMMANDS if name not in line] == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("demo", "--port", "many"), "argument --port"),
        (("backup",), "FILE"),
        (("check", "--export=~nobody-of-that-name/x.json"), "argument --export"),
        (("run", "--now"), "--now"),
    ],
)
def test_a_wrong_argument_is_named(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], named: str
) -> None:
    assert named in refused(capsys, *arguments)


@pytest.mark.slow
def test_a_file_may_be_named_from_the_home_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--export=~/exercises.json"]) == 0
    assert (tmp_path / "exercises.json").is_file()
    assert not (tmp_path / "~").exists()
