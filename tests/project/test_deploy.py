"""What is in deploy/ fits the coach: its settings, its folders, its commands and how it ends."""

import asyncio
import configparser
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
import yaml
from aiohttp import ClientSession, web
from sqlalchemy import URL

from bot.gateway import webhook
from bot.runtime import tasks
from bot.runtime.addresses import Webhook
from bot.runtime.settings import Settings
from bot.workers import monitor
from tests.conftest import unavailable
from tests.network import free_port
from tests.process.coach_process import eventually

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
HOSTING = ROOT / "docs" / "hosting.md"
NAMES = {name.upper() for name in Settings.model_fields}
# Environment variables of Python and SQLite, no settings of ours.
OTHERS = {"SQLITE_TMPDIR", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
# Read by PostgreSQL's library, which stands beside the address without a password.
PASSWORD = "PGPASSWORD"
QUIET = subprocess.DEVNULL
LONGEST_END = 3 * tasks.SHUTDOWN_SECONDS

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
    """The file that such an address leads to."""
    found = Settings(database_url=environment, _env_file=None).database  # type: ignore[call-arg]
    assert isinstance(found, Path)
    return found


@asynccontextmanager
async def served(answer: Any, port: int | None = None) -> AsyncIterator[int]:
    """A port of 127.0.0.1 where all is answered so."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = port or free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield port
    finally:
        await runner.cleanup()


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
    number, _, group = user.partition(":")  # a number: Kubernetes can tell that it is not root's
    assert number == group != "0"
    assert any(
        f"useradd --system --uid {number} --user-group --no-create-home coach" in words
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


def pip_commands() -> list[list[str]]:
    """Those of both stages, with their arguments."""
    lines = [words for stage in stages() for words in of(stage, "RUN")]
    commands = [shlex.split(part) for words in lines for part in words.split("&&")]
    stripped = [[it for it in words if not it.startswith("--mount")] for words in commands]
    return [words[1:] for words in stripped if words[0] == "pip"]


def test_nothing_gets_into_the_image_but_files_whose_hashes_are_known() -> None:
    """What pip takes from elsewhere is checked; all else is built and installed without it."""
    checked, alone = {"--require-hashes", "--only-binary=:all:"}, {"--no-deps"}
    files = set()
    for command, *arguments in pip_commands():
        if command == "check":
            continue
        if "--requirement" in arguments:
            assert checked <= set(arguments)
            files.add(arguments[arguments.index("--requirement") + 1])
        else:
            assert alone <= set(arguments)
            assert {"--no-index", "--no-build-isolation"} & set(arguments)
    assert {f"deploy/{file}" for file in files} <= set(copied())
    assert len(files) == 2
    assert ["check"] in pip_commands()


def health_check() -> tuple[dict[str, int], list[str]]:
    """Its options in seconds, and the command."""
    (words,) = of(stages()[-1], "HEALTHCHECK")
    options, command = words.split("CMD", 1)
    found = dict(word.removeprefix("--").split("=") for word in options.split())
    assert json.loads(command)[0] == "python"
    return (
        {name: int(value.removesuffix("s")) for name, value in found.items()},
        [sys.executable, *json.loads(command)[1:]],
    )


def healthy(**environment: str) -> bool:
    """What the container would be called."""
    command = health_check()[1]
    return subprocess.run(command, env=environment, capture_output=True).returncode == 0


def test_the_health_check_waits_as_long_as_the_answer_may_take() -> None:
    options, command = health_check()
    asking = int(re.findall(r"timeout=(\d+)", command[-1])[0])
    assert 2 * monitor.ANSWER_SECONDS < asking < options["timeout"] < options["interval"]


def test_a_coach_that_nobody_watches_is_healthy() -> None:
    assert healthy()
    assert healthy(METRICS_PORT="")


@pytest.mark.parametrize(("status", "expected"), [(200, True), (503, False), (404, False)])
async def test_one_that_is_watched_is_asked(status: int, expected: bool) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status if request.path == "/healthz" else 418)

    async with served(answer) as port:
        command, proxy = health_check()[1], "http://127.0.0.1:9"
        environment = {"METRICS_PORT": str(port), "http_proxy": proxy}
        process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=QUIET)
        assert (await process.wait() == 0) is expected


def test_one_that_does_not_answer_is_not_healthy() -> None:
    assert not healthy(METRICS_PORT=str(free_port()))


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
        copy(ROOT / name, source / Path(name).name)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), "."],
        cwd=source,
        check=True,
    )
    (wheel,) = tmp_path.glob("bandcoach-*.whl")
    names = ZipFile(wheel).namelist()
    for name in ("LICENSE", "THIRD_PARTY_NOTICES.md"):
        assert any(it.endswith(f".dist-info/licenses/{name}") for it in names)


LIST = {"type": "array", "items": {"type": "string"}}
SECONDS = {"type": "string", "pattern": "^[0-9]+s$"}


def only(**properties: object) -> dict[str, object]:
    """An object that may have these properties."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def any_of(values: object) -> dict[str, object]:
    """An object whose properties have names of our own."""
    return {"type": "object", "additionalProperties": values}


# The parts of the Compose Specification that are used here.
SERVICE = only(
    build=only(context={"type": "string"}, dockerfile={"type": "string"}),
    image={"type": "string"},
    user={"type": "string"},
    env_file={"type": "string"},
    environment=any_of({"type": ["string", "number", "boolean", "null"]}),
    ports=LIST,
    volumes=LIST,
    networks=LIST,
    depends_on={"oneOf": [LIST, any_of(only(condition={"const": "service_healthy"}))]},
    deploy=only(replicas={"type": "integer"}),
    healthcheck=only(
        test=LIST,
        interval=SECONDS,
        timeout=SECONDS,
        start_period=SECONDS,
        retries={"type": "integer"},
    ),
    restart={"enum": ["no", "always", "on-failure", "unless-stopped"]},
    stop_grace_period=SECONDS,
    init={"type": "boolean"},
    read_only={"type": "boolean"},
    shm_size={"type": "string", "pattern": "^[0-9]+m$"},
    tmpfs=LIST,
    cap_add=LIST,
    cap_drop=LIST,
    security_opt=LIST,
    logging=only(driver={"type": "string"}, options=any_of({"type": "string"})),
) | {"required": ["image"]}
COMPOSE = only(
    services=any_of(SERVICE),
    networks=any_of({"oneOf": [{"type": "null"}, only(internal={"type": "boolean"})]}),
    volumes=any_of({"type": "null"}),
) | {"required": ["services"], "patternProperties": {"^x-": {}}}

# What the second one takes from .env, as somebody may have set it.
GIVEN = {"WEBHOOK_HOST": "coach.example.org", "POSTGRES_PASSWORD": "p@ss/w:rd"}
REQUIRED = r"\$\{([A-Z_]+):\?[^}]+\}"


def compose(name: str) -> dict[str, Any]:
    """As it stands there, but for what comes from .env."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(re.sub(REQUIRED, lambda it: GIVEN[it[1]], text))
    jsonschema.validate(found, COMPOSE)
    return found


def test_the_compose_file_runs_that_image_on_a_volume_that_stays() -> None:
    found = compose("compose.yaml")
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
def services() -> dict[str, Any]:
    """Of the large host."""
    found: dict[str, Any] = compose("compose-postgresql.yaml")["services"]
    return found


def settings_of(service: dict[str, Any]) -> Settings:
    """As the coach would read them; skips where it can't take a PostgreSQL address."""
    if find_spec("psycopg") is None:
        unavailable("the PostgreSQL driver is not installed: pip install -e '.[postgresql]'")
    given = {name.lower(): value for name, value in service["environment"].items()}
    given.pop(PASSWORD.lower())
    return Settings(_env_file=None, **given)


def test_three_coaches_of_that_image_are_on_one_database(services: dict[str, Any]) -> None:
    coach, database = services["coach"], services["postgresql"]
    (alone,) = compose("compose.yaml")["services"].values()
    assert coach["deploy"] == {"replicas": 3}
    for key in ("build", "image", "env_file", "stop_grace_period", "init"):
        assert coach[key] == alone[key]
    assert coach["environment"].keys() <= NAMES | {PASSWORD}
    url = settings_of(coach).database
    assert isinstance(url, URL)
    made = database["environment"]
    assert (url.host, url.username, url.database, url.password) == (
        "postgresql",
        made["POSTGRES_USER"],
        made["POSTGRES_DB"],
        None,
    )
    assert made["POSTGRES_PASSWORD"] == coach["environment"][PASSWORD]
    assert coach["depends_on"] == {"postgresql": {"condition": "service_healthy"}}
    (folder,) = of(stages()[-1], "VOLUME")
    assert f"{folder}:uid=10001,gid=10001,mode=0700" in coach["tmpfs"]


def test_all_of_them_are_guarded_as_the_one_is(services: dict[str, Any]) -> None:
    (alone,) = compose("compose.yaml")["services"].values()
    for service in services.values():
        for key in ("restart", "read_only", "cap_drop", "security_opt", "logging"):
            assert service[key] == alone[key]
        assert "/tmp" in service["tmpfs"]
    assert services["postgresql"]["user"] == "postgres"
    assert [name for name, service in services.items() if "cap_add" in service] == ["caddy"]


def test_only_the_way_in_is_reached_from_outside(services: dict[str, Any]) -> None:
    networks = compose("compose-postgresql.yaml")["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert services["caddy"]["ports"] == ["80:80", "443:443"]
    assert services["caddy"]["networks"] == ["default"]
    assert services["postgresql"]["networks"] == ["database"]
    assert networks == {"default": None, "database": {"internal": True}}
    assert sorted(services["coach"]["networks"]) == sorted(networks)
    # and from there no token is seen
    assert services["caddy"]["environment"] == {"WEBHOOK_HOST": GIVEN["WEBHOOK_HOST"]}
    assert [name for name, service in services.items() if "env_file" in service] == ["coach"]


def test_the_databases_format_and_its_health_are_its_own(services: dict[str, Any]) -> None:
    database = services["postgresql"]
    assert re.fullmatch(r"postgres:[0-9]+", database["image"])
    made, check = database["environment"], database["healthcheck"]["test"]
    assert check[:2] == ["CMD", "pg_isready"]
    assert set(check[2:]) == {
        "--host=127.0.0.1",
        f"--username={made['POSTGRES_USER']}",
        f"--dbname={made['POSTGRES_DB']}",
    }


def test_what_stays_is_on_volumes(services: dict[str, Any]) -> None:
    mounts = [
        tuple(mount.split(":"))
        for service in services.values()
        for mount in service.get("volumes", ())
    ]
    ours = [mount for mount in mounts if mount[0].startswith(".")]
    assert ours == [("./Caddyfile", "/etc/caddy/Caddyfile", "ro")]
    assert (DEPLOY / "Caddyfile").is_file()
    named = {mount[0] for mount in mounts} - {"./Caddyfile"}
    assert named == compose("compose-postgresql.yaml")["volumes"].keys()


@pytest.mark.parametrize("where", [".env.example", "docs/hosting.md"])
def test_what_it_takes_from_env_is_told(where: str) -> None:
    text = (DEPLOY / "compose-postgresql.yaml").read_text(encoding="utf-8")
    taken = {match[1] for match in re.finditer(REQUIRED, text)}
    assert taken == GIVEN.keys()
    told = (ROOT / where).read_text(encoding="utf-8")
    assert [name for name in taken if name not in told] == []


def caddyfile() -> str:
    return (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


def the_one(pattern: str, text: str) -> str:
    (found,) = re.findall(pattern, text)
    return str(found)


def test_the_way_in_leads_to_the_coaches(services: dict[str, Any]) -> None:
    settings = settings_of(services["coach"])
    hook = Webhook(settings.webhook_url, settings.webhook_listen, settings.webhook_port, "")
    assert hook.host == "0.0.0.0"
    text = caddyfile()
    assert the_one(r"handle (/\S*) \{", text) == hook.path
    assert the_one(r"dynamic a (.*) \{", text) == f"coach {hook.port}"
    assert set(re.findall(r"\{\$([A-Z_]+)\}", text)) == services["caddy"]["environment"].keys()


def test_the_path_is_the_one_on_the_page_for_hosts_and_in_the_example() -> None:
    path = the_one(r"handle (/\S*) \{", caddyfile())
    page = HOSTING.read_text(encoding="utf-8")
    assert the_one(r"`reverse_proxy (\S+) \S+`", page) == path
    for text in (page, (ROOT / ".env.example").read_text(encoding="utf-8")):
        assert f"WEBHOOK_URL=https://{GIVEN['WEBHOOK_HOST']}{path}" in text


def test_they_end_from_the_outside_in(services: dict[str, Any]) -> None:
    """The way in waits for what the coaches have in hand, and they have the database until then."""
    assert services["caddy"]["depends_on"] == ["coach"]
    waits = int(the_one(r"grace_period (\d+)s", caddyfile()))
    assert LONGEST_END < waits < int(services["caddy"]["stop_grace_period"].removesuffix("s"))


def tool(name: str) -> str:
    """Skips without it; CI installs all but Docker and systemd."""
    found = shutil.which(name)
    if found is None:
        lack = pytest.skip if name in ("docker", "systemd-analyze") else unavailable
        lack(f"{name} is not installed")
    assert found is not None
    return found


def caddy_of_the_image() -> str:
    """Not before the one in the compose file: older ones lose a body that waits."""
    found = tool("caddy")
    said = subprocess.run([found, "version"], capture_output=True, text=True).stdout
    numbers = [int(number) for number in re.findall(r"\d+", said)[:2]]
    image = compose("compose-postgresql.yaml")["services"]["caddy"]["image"]
    if numbers < [int(number) for number in image.removeprefix("caddy:").split(".")]:
        pytest.skip(f"caddy is older than the image {image}")
    return found


def test_caddy_takes_the_caddyfile() -> None:
    command = [tool("caddy"), "validate", "--adapter=caddyfile"]
    command.append(f"--config={DEPLOY / 'Caddyfile'}")
    done = subprocess.run(command, env=os.environ | GIVEN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    formatted = subprocess.run(
        [command[0], "fmt", str(DEPLOY / "Caddyfile")], capture_output=True, text=True
    )
    assert formatted.stdout == caddyfile()


@asynccontextmanager
async def caddy_to(coaches: int, folder: Path) -> AsyncIterator[str]:
    """Its address, once it listens; it leads to localhost instead of to containers."""
    program, port = tool("caddy"), free_port()
    url = f"http://127.0.0.1:{port}"
    file = folder / "Caddyfile"
    file.write_text(caddyfile().replace("a coach 8443", f"a localhost {coaches}"))
    process = await asyncio.create_subprocess_exec(
        *(program, "run", f"--config={file}", "--adapter=caddyfile"),
        env={**os.environ, "WEBHOOK_HOST": url, "HOME": str(folder)},
        stdout=QUIET,
        stderr=QUIET,
    )
    try:
        await eventually(lambda: not is_free(port))
        yield url
    finally:
        process.terminate()
        await process.wait()


async def test_caddy_lets_updates_through_and_nothing_else(tmp_path: Path) -> None:
    seen = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.path, request.headers[webhook.SECRET_HEADER], await request.text()))
        return web.Response(status=500)  # Telegram is told what the coach says

    async with (
        served(answer) as coach,
        caddy_to(coach, tmp_path) as url,
        ClientSession(headers={webhook.SECRET_HEADER: "s"}) as session,
    ):
        for number in range(6):
            assert await status_of(session, f"{url}/telegram", str(number)) == 500
        assert seen == [("/telegram", "s", str(number)) for number in range(6)]
        for path in ("/", "/telegram/", "/telegram/more", "/healthz", "/metrics"):
            assert await status_of(session, url + path, "{}") == 404
        assert len(seen) == 6


async def test_caddy_keeps_what_comes_while_all_start_again(tmp_path: Path) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    caddy_of_the_image()
    port = free_port()
    async with caddy_to(port, tmp_path) as url, ClientSession() as session:
        asking = asyncio.create_task(status_of(session, f"{url}/telegram", "{}"))
        await asyncio.sleep(0.5)
        async with served(answer, port):
            assert await asking == 200


async def status_of(session: ClientSession, url: str, body: str) -> int:
    async with session.post(url, data=body) as told:
        return told.status


def is_free(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("name", ["compose.yaml", "compose-postgresql.yaml"])
def test_docker_takes_the_compose_file(name: str, tmp_path: Path) -> None:
    docker = [tool("docker"), "compose"]
    if subprocess.run([*docker, "version"], capture_output=True).returncode:
        pytest.skip("docker compose is not installed")
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    (tmp_path / ".env").write_text("BOT_TOKEN=1:a\n", encoding="utf-8")
    command = [*docker, "-f", str(tmp_path / "deploy" / name), "config", "--quiet"]
    done = subprocess.run(command, env=os.environ | GIVEN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    # DL3013 wants packages pinned here, which pyproject.toml decides.
    command = [tool("hadolint"), "--ignore=DL3013", str(DEPLOY / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


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
    assert service["DynamicUser"] == "yes"


def test_the_service_ends_and_comes_back_as_the_coach_does(unit: configparser.ConfigParser) -> None:
    from bot.__main__ import WRONG_SETTING

    service = unit["Service"]
    assert service["ExecStart"].split()[1:] == ["run"]
    assert int(service["TimeoutStopSec"]) > LONGEST_END
    assert service["Restart"] == "on-failure"  # which a watchdog that was not told is, too
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 4 * tasks.HANGS
    assert "AF_UNIX" in service["RestrictAddressFamilies"].split()
    assert service["RestartPreventExitStatus"] == str(WRONG_SETTING)


def test_systemd_takes_the_service_and_finds_it_well_guarded(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    text = (DEPLOY / "bandcoach.service").read_text(encoding="utf-8")
    file = tmp_path / "bandcoach.service"
    file.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    verified = subprocess.run([analyze, "verify", str(file)], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    # Exposure in tenths: 2.0 of 10, where 9.6 is a service without any of it.
    guarded = [analyze, "security", "--offline=true", "--threshold=20", str(file)]
    assert subprocess.run(guarded, capture_output=True).returncode == 0


def test_the_page_for_hosts_names_every_file_there() -> None:
    page = HOSTING.read_text(encoding="utf-8")
    named = {name for name in re.findall(r"deploy/([\w.-]+)", page) if name}
    assert {"Dockerfile", "compose.yaml", "compose-postgresql.yaml", "bandcoach.service"} <= named
    assert "Caddyfile" in named
    assert [name for name in named if not (DEPLOY / name).exists()] == []
