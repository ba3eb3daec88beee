"""What is in deploy/ fits the coach: its settings, its folders, its commands and how it ends."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot import background, polling
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
NAMES = {name.upper() for name in Settings.model_fields}
# Environment variables of Python and matplotlib, no settings of ours.
OTHERS = {"MPLCONFIGDIR", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
LONGEST_END = 3 * background.SHUTDOWN_SECONDS + polling.CONFIRM_SECONDS

INSTRUCTIONS = (
    *("FROM", "RUN", "CMD", "LABEL", "EXPOSE", "ENV", "ADD", "COPY", "ENTRYPOINT", "VOLUME"),
    *("USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL", "HEALTHCHECK", "SHELL"),
)


@dataclass(frozen=True)
class Instruction:
    name: str
    words: str


def instructions() -> list[Instruction]:
    """The Dockerfile's, with continued lines put together."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    whole = re.sub(r"\\\n\s*", " ", text)
    return [Instruction(*line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def stages() -> list[list[Instruction]]:
    found: list[list[Instruction]] = []
    for it in instructions():
        if it.name == "FROM":
            found.append([])
        found[-1].append(it)
    return found


def of(stage: list[Instruction], name: str) -> list[str]:
    return [it.words for it in stage if it.name == name]


def database_in(environment: str) -> Path:
    """The database that such an address leads to."""
    return Settings(database_url=environment, _env_file=None).database  # type: ignore[call-arg]


def copied() -> list[str]:
    """What the first stage takes from the repository."""
    return [word for words in of(stages()[0], "COPY") for word in shlex.split(words)[:-1]]


def test_the_image_is_built_in_two_stages_of_known_instructions() -> None:
    assert {it.name for it in instructions()} <= set(INSTRUCTIONS)
    first, last = stages()
    assert of(first, "FROM") == ["python:3.12-slim AS wheels"]
    assert of(last, "FROM") == ["python:3.12-slim"]
    assert of(last, "COPY") == of(last, "ADD") == []
    assert all("from=wheels" in words for words in of(last, "RUN") if "--mount" in words)


def test_the_coach_in_the_image_is_not_root_and_is_told_signals_itself() -> None:
    last = stages()[-1]
    names = [it.name for it in last]
    (user,) = of(last, "USER")
    assert user not in ("root", "0")
    assert any(
        f"useradd --system --uid 10001 --user-group --no-create-home {user}" in words
        for words in of(last, "RUN")
    )
    assert max(i for i, name in enumerate(names) if name == "RUN") < names.index("USER")
    assert names.index("USER") < names.index("ENTRYPOINT") < names.index("CMD")
    (entry,), (command,) = of(last, "ENTRYPOINT"), of(last, "CMD")
    assert json.loads(entry) == ["bandcoach"]
    assert json.loads(command) == ["run"]


def test_all_that_the_coach_keeps_is_on_the_volume() -> None:
    last = stages()[-1]
    environment = dict(word.split("=", 1) for word in shlex.split(" ".join(of(last, "ENV"))))
    assert environment.keys() <= NAMES | OTHERS
    (volume,) = of(last, "VOLUME")
    assert database_in(environment["DATABASE_URL"]).parent == Path(volume)
    assert of(last, "WORKDIR") == [volume]
    assert any(words.endswith(volume) and "--owner=coach" in words for words in of(last, "RUN"))


def test_neither_token_nor_database_can_get_into_the_image() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [rule for rule in ignored if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    assert sorted(rule[1:] for rule in rules if rule.startswith("!")) == sorted(
        word.removeprefix("./") for word in copied()
    )
    assert {"**/.env", "**/*.db", "**/*.db-*"} <= set(rules)


@pytest.mark.slow
def test_what_is_copied_into_the_image_is_enough_to_build_the_coach(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    for name in copied():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), "."],
        cwd=source,
        check=True,
    )
    assert len(list(tmp_path.glob("bandcoach-*.whl"))) == 1


LIST = {"type": "array", "items": {"type": "string"}}
# The parts of the Compose Specification that are used here.
COMPOSE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["services"],
    "properties": {
        "services": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["build", "image"],
                "properties": {
                    "build": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "context": {"type": "string"},
                            "dockerfile": {"type": "string"},
                        },
                    },
                    "image": {"type": "string"},
                    "env_file": {"type": "string"},
                    "environment": {
                        "type": "object",
                        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
                    },
                    "volumes": LIST,
                    "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
                    "stop_grace_period": {"type": "string", "pattern": "^[0-9]+s$"},
                    "init": {"type": "boolean"},
                    "read_only": {"type": "boolean"},
                    "tmpfs": LIST,
                    "cap_drop": LIST,
                    "security_opt": LIST,
                    "logging": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "driver": {"type": "string"},
                            "options": {
                                "type": "object",
                                "additionalProperties": {"type": "string"},
                            },
                        },
                    },
                },
            },
        },
        "volumes": {"type": "object", "additionalProperties": {"type": "null"}},
    },
}


def test_the_compose_file_runs_that_image_on_a_volume_that_stays() -> None:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(found, COMPOSE)
    (coach,) = found["services"].values()
    assert (DEPLOY / coach["build"]["context"]).resolve() == ROOT
    assert ROOT / coach["build"]["dockerfile"] == DEPLOY / "Dockerfile"
    assert (DEPLOY / coach["env_file"]).resolve() == ROOT / ".env"
    assert coach["environment"].keys() <= NAMES
    mounts = dict(volume.split(":")[:2] for volume in coach["volumes"])
    assert mounts.keys() == found["volumes"].keys()
    assert list(mounts.values()) == of(stages()[-1], "VOLUME")
    assert str(database_in(coach["environment"]["DATABASE_URL"]).parent) in mounts.values()
    assert int(coach["stop_grace_period"].removesuffix("s")) > LONGEST_END
    assert coach["read_only"]
    assert coach["tmpfs"] == ["/tmp"]


@pytest.fixture
def unit() -> configparser.ConfigParser:
    """Refuses a section or a key that stands there twice."""
    parser = configparser.ConfigParser(delimiters="=", interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "bandcoach.service", encoding="utf-8")
    return parser


def test_the_service_keeps_its_database_where_it_may_write(unit: configparser.ConfigParser) -> None:
    service = unit["Service"]
    environment = dict(word.split("=", 1) for word in shlex.split(service["Environment"]))
    assert environment.keys() <= NAMES | OTHERS
    url = environment["DATABASE_URL"].replace("%S", "/var/lib")
    assert database_in(url).parent == Path("/var/lib", service["StateDirectory"])
    assert service["WorkingDirectory"] == f"%S/{service['StateDirectory']}"
    assert environment["MPLCONFIGDIR"] == f"%C/{service['CacheDirectory']}"
    assert service["DynamicUser"] == "yes"


def test_the_service_ends_and_comes_back_as_the_coach_does(unit: configparser.ConfigParser) -> None:
    from bot.__main__ import WRONG_SETTING

    service = unit["Service"]
    assert service["ExecStart"].split()[1:] == ["run"]
    assert int(service["TimeoutStopSec"]) > LONGEST_END
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(WRONG_SETTING)


def test_systemd_takes_the_service_and_finds_it_well_guarded(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "bandcoach.service").read_text(encoding="utf-8")
    file = tmp_path / "bandcoach.service"
    file.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    verified = subprocess.run([tool, "verify", str(file)], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    # Exposure in tenths: 2.0 of 10, where 9.6 is a service without any of it.
    guarded = [tool, "security", "--offline=true", "--threshold=20", str(file)]
    assert subprocess.run(guarded, capture_output=True).returncode == 0


def test_the_readme_names_every_file_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"deploy/([\w.]+)", readme) if name}
    assert {"Dockerfile", "compose.yaml", "bandcoach.service"} <= named
    assert [name for name in named if not (DEPLOY / name).exists()] == []
