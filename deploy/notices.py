"""Write the table of packages in THIRD_PARTY_NOTICES.md again, from what the image installs.

Run it after a change of deploy/requirements.txt, where exactly those versions are installed:

    uv run --isolated --no-project --with-requirements deploy/requirements.txt deploy/notices.py

With a file as argument it writes there instead.
"""

import re
import sys
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
REQUIREMENTS = ROOT / "deploy" / "requirements.txt"
HEAD = "| package | version | licence |\n| --- | --- | --- |\n"

SPDX = re.compile(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*")
# As their licence files say, where the metadata has no SPDX expression.
LICENCES = {
    "aiosignal": "Apache-2.0",
    "fluent-runtime": "Apache-2.0",
    "fluent-syntax": "Apache-2.0",
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",
    "resvg-py": "MIT",
}


def pins() -> dict[str, list[str]]:
    """The versions of each package; more than one where they depend on Python's."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"(?m)^([\w.-]+)==([\w.!+-]+)", REQUIREMENTS.read_text(encoding="utf-8")
    ):
        found.setdefault(name, []).append(version)
    return found


def licence(name: str) -> str:
    """The SPDX expression of the installed package; raises LookupError where nobody tells it."""
    if name in LICENCES:
        return LICENCES[name]
    told = metadata(name)["License-Expression"] or metadata(name)["License"] or ""
    if not SPDX.fullmatch(told):
        raise LookupError(f"{name} has no SPDX expression: read its licence, and add it here")
    return str(told)


def table() -> str:
    """One row for each package, in the order of deploy/requirements.txt."""
    rows = (
        f"| {name} | {', '.join(versions)} | {licence(name)} |\n"
        for name, versions in pins().items()
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    text = NOTICES.read_text(encoding="utf-8")
    before, head, rest = text.partition(HEAD)
    after = re.sub(r"\A(\|.*\n)*", "", rest)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else NOTICES
    file.write_text(before + table() + after, encoding="utf-8")
