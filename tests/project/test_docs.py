"""The pages and the files of the repository agree with the product and with each other."""

import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import telegram.ext
import yaml

from bot.__main__ import main
from bot.routes import COMMANDS, HOST_COMMANDS
from tests.shipped import CATALOGUE

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/*.md")])
TOP = ["bot", "data", "deploy", "docs", "tests", ".ci", ".github"]
SOURCES = {".py", ".toml", ".ftl", ".yml", ".yaml", ".js", ".html"}
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", read(path))


def anchor(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return words.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {anchor(heading) for heading in re.findall(r"(?m)^#+ (.*)$", prose(path))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", prose(page))
    broken = []
    for link in (one or other for one, other in links):
        if "://" in link:
            continue
        name, _, part = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (part and part not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_readme_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w/.-]+\.md)", read(ROOT / "README.md")))
    pages = {page.relative_to(ROOT).as_posix() for page in PAGES if ".github" not in page.parts}
    assert pages - {"README.md"} == linked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    """Also one within `bot/`, and a function behind its module: `services/training.move`."""
    folders = [*TOP, *(room.name for room in (ROOT / "bot").iterdir() if room.is_dir())]
    named = re.findall(rf"`((?:{'|'.join(map(re.escape, folders))})/[\w./-]*)`", prose(page))

    def exists(path: str) -> bool:
        module = path.partition(".")[0] + ".py"
        return any((ROOT / room / name).exists() for room in ("", "bot") for name in (path, module))

    assert [path for path in named if not exists(path)] == []


@pytest.fixture(scope="module")
def known() -> set[str]:
    """All words of our sources, names of files, and what python-telegram-bot offers."""
    files = [file for top in TOP for file in (ROOT / top).rglob("*") if file.suffix in SOURCES]
    text = " ".join(read(file) for file in [*files, ROOT / ".env.example", ROOT / "pyproject.toml"])
    return {*re.findall(r"\w+", text), *(file.stem for file in files), *dir(telegram.ext)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_that_a_page_takes_from_the_code_is_in_it(page: Path, known: set[str]) -> None:
    quoted = re.findall(r"`((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)`", prose(page))
    names = {name for path in quoted for name in path.split(".") if re.search(r"_|\B[A-Z]", name)}
    assert {name for name in names - known if not name.startswith("bandcoach_")} == set()  # metrics


def test_the_readme_says_how_many_exercises_there_are() -> None:
    assert f"There are {len(CATALOGUE.exercises)} exercises" in read(ROOT / "README.md")


def test_every_page_and_section_that_the_code_cites_exists() -> None:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("deploy/*")]
    text = "\n".join(read(file) for file in files if file.is_file())
    cited = set(re.findall(r"docs/[\w-]+\.md", text))
    assert [page for page in cited if not (ROOT / page).is_file()] == []
    for page, words in re.findall(r"docs/([\w-]+\.md), ([A-Z][^\n]*)", text):
        headings = re.findall(r"(?m)^#+ (.*)$", read(ROOT / "docs" / page))
        assert any(words.startswith(heading) for heading in headings), (page, words)


def test_the_page_for_hosts_lists_every_command_of_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = re.findall(r"(?m)^\| `python -m bot (\w+)", read(ROOT / "docs" / "hosting.md"))
    with suppress(SystemExit):
        main(["--help"])
    commands = re.findall(r"(?m)^    (\w+)  +\S", capsys.readouterr().out)
    assert sorted(table) == sorted(commands) != []


@pytest.mark.parametrize("page", ["README.md", "docs/chat.md"])
def test_a_table_lists_every_command_of_the_chat(page: str) -> None:
    rows = re.findall(r"(?m)^\| (`/[^|]*)\|", read(ROOT / page))
    listed = {name for row in rows for name in re.findall(r"`/(\w+)", row)}
    assert listed == {*COMMANDS, *HOST_COMMANDS}


def load(path: str) -> Any:
    return yaml.safe_load(read(ROOT / path))


def test_the_workflow_calls_the_gate_and_may_only_read() -> None:
    workflow = load(".github/workflows/ci.yml")
    (job,) = workflow["jobs"].values()
    assert ".ci/run" in [step.get("run") for step in job["steps"]]
    assert workflow["permissions"] == {"contents": "read"}
    oldest = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["requires-python"]
    assert job["strategy"]["matrix"]["python"][0] == oldest.removeprefix(">=")


def test_actions_are_pinned_by_their_hash() -> None:
    uses = re.findall(r"uses: (.*)", read(ROOT / ".github" / "workflows" / "ci.yml"))
    assert uses
    assert [it for it in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", it)] == []


def test_dependabot_looks_where_there_are_dependencies() -> None:
    files = {
        "pip": ("pyproject.toml", "requirements.txt"),
        "docker": ("Dockerfile",),
        "docker-compose": ("compose.yaml",),
        "github-actions": (".github",),
    }
    for update in load(".github/dependabot.yml")["updates"]:
        folder = ROOT / update["directory"].lstrip("/")
        assert any((folder / name).exists() for name in files[update["package-ecosystem"]])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_for_issues_is_whole(form: Path) -> None:
    found = load(str(form.relative_to(ROOT)))
    if form.name == "config.yml":
        assert found["blank_issues_enabled"] is False
        assert all(link["url"].startswith("https://") for link in found["contact_links"])
        return
    assert {"name", "description", "body"} <= found.keys()
    ids = [field["id"] for field in found["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    assert all(
        field["attributes"].get("label") or "value" in field["attributes"]
        for field in found["body"]
    )


def test_the_hooks_are_the_tools_of_the_gate() -> None:
    (local,) = load(".pre-commit-config.yaml")["repos"]
    gate = read(ROOT / ".ci" / "run")
    for hook in local["hooks"]:
        assert hook["language"] == "system"
        command = hook["entry"].removesuffix(" --force-exclude").removeprefix(".venv/bin/")
        assert re.search(rf"(?m)^ *{re.escape(command)}", gate)


def test_the_pages_go_with_the_source() -> None:
    sdist = tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]["targets"][
        "sdist"
    ]
    assert {"docs", "tests", ".github", ".ci"} <= set(sdist["include"])
    assert [name for name in sdist["include"] if not (ROOT / name).exists()] == []
