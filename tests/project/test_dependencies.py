"""What is imported is declared, and what the image installs is written down and allowed."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIREMENTS = ROOT / "deploy" / "requirements.txt"
BUILD_REQUIREMENTS = ROOT / "deploy" / "build-requirements.txt"
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")

# Imported under another name than the package's.
PACKAGES = {
    "dateutil": "python-dateutil",
    "skia": "skia-python",
    "telegram": "python-telegram-bot",
    "yaml": "pyyaml",
}
# Loaded by name: zoneinfo's data, the zones of locations when first needed.
BY_NAME = {"tzdata", "tzfpy"}
PLUGINS = {"pytest-rerunfailures", "pytest-xdist"}
# Declared for their floors: others bring them.
FLOORS = {"idna", "mako", "python-dotenv"}


def imported(folder: str) -> set[str]:
    """The packages that a folder's modules import, wherever they do it."""
    modules: set[str] = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module)
    ours = {"bot", "tests"} | sys.stdlib_module_names
    return {package(module) for module in modules if module.partition(".")[0] not in ours}


def package(module: str) -> str:
    """Of `fluent` there are several, so it has two words."""
    words = module.split(".")
    name = ".".join(words[:2]) if words[0] == "fluent" else words[0]
    return canonicalize_name(PACKAGES.get(name, name))


def declared(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(it).name) for it in requirements}


def pins(file: Path) -> dict[str, set[Version]]:
    """The versions of each package; more than one where they depend on Python's."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"(?m)^(\S+)==(\S+)", file.read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


@pytest.mark.slow
def test_the_coach_declares_what_it_imports_and_nothing_else() -> None:
    extras = declared([*EXTRAS["postgresql"], *EXTRAS["figures"], *EXTRAS["voice"]])
    used = imported("bot") | BY_NAME | FLOORS
    assert used == declared(PROJECT["dependencies"]) | extras


@pytest.mark.slow
def test_the_tests_declare_what_they_import() -> None:
    names = ("test", "browser", "postgresql", "figures", "voice", "sound", "bench")
    extras = [EXTRAS[name] for name in names]
    known = declared([*PROJECT["dependencies"], *(it for extra in extras for it in extra)])
    assert imported("tests") - known == set()
    assert declared(EXTRAS["test"]) - imported("tests") == PLUGINS


@pytest.mark.parametrize("file", [REQUIREMENTS, BUILD_REQUIREMENTS], ids=lambda it: it.name)
def test_the_files_of_the_image_hold_versions_and_hashes_only(file: Path) -> None:
    """No address and no option: where the packages come from is the host's choice."""
    lines = file.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert "://" not in "".join(comments)
    text = "\n".join(line for line in lines if line not in comments)
    one = r"[a-z0-9-]+==\S+( ; [^\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+"
    assert re.fullmatch(rf"({one}\n?)+", text)


@pytest.mark.parametrize("file", [REQUIREMENTS, BUILD_REQUIREMENTS], ids=lambda it: it.name)
def test_the_guide_for_contributors_tells_how_they_are_made(file: Path) -> None:
    made_by = file.read_text(encoding="utf-8").splitlines()[1].lstrip("# ")
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"\n{made_by}\n" in guide.replace(" --upgrade", "")


@pytest.mark.parametrize(
    ("file", "requirements"),
    [
        (REQUIREMENTS, [*PROJECT["dependencies"], *EXTRAS["postgresql"], "psycopg-binary"]),
        (BUILD_REQUIREMENTS, PYPROJECT["build-system"]["requires"]),
    ],
    ids=lambda it: it.name if isinstance(it, Path) else "",
)
def test_they_are_what_the_project_asks_for(file: Path, requirements: list[str]) -> None:
    found = pins(file)
    for requirement in map(Requirement, requirements):
        versions = found[canonicalize_name(requirement.name)]
        assert [it for it in versions if it not in requirement.specifier] == []


def test_the_image_is_built_with_what_the_project_is_built_with() -> None:
    assert PYPROJECT["dependency-groups"]["build"] == PYPROJECT["build-system"]["requires"]


def test_the_notices_list_every_package_of_the_image_with_its_licence() -> None:
    rows = re.findall(r"(?m)^\| ([a-z0-9-]+) \| ([^|]+) \| ([^|]+) \|$", NOTICES)
    listed = {name: {Version(it) for it in versions.split(",")} for name, versions, _ in rows[2:]}
    assert listed == pins(REQUIREMENTS)
    assert [name for name, _, licence in rows if not licence.strip()] == []


def test_the_parts_under_the_lgpl_are_named() -> None:
    table = re.findall(r"(?m)^\| (\S+) \|.*LGPL", NOTICES)
    assert "python-telegram-bot" in table
    section = NOTICES.partition("\n## Under the LGPL\n")[2].partition("\n## ")[0]
    assert [name for name in table if f"**{name}**" not in section] == []


def test_the_notices_go_where_the_coach_goes() -> None:
    assert "THIRD_PARTY_NOTICES.md" in PROJECT["license-files"]
    assert (
        "THIRD_PARTY_NOTICES.md"
        in PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    )
