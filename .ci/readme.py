"""Run the README's commands word for word, each in a clean copy with an environment of its own.

    python3 .ci/readme.py demo          starts the demo, opens its page, ends it with Ctrl-C
    python3 .ci/readme.py tests [FILE]  runs the tests; FILE gets what is left for REQUIRE_ALL=1

Needs nothing but Python and the network, as the README promises. The exit status is 1 where the
README's promise is broken.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL_SECONDS, END_SECONDS = 600, 30
RETRY = "--reruns=1 -raR"  # hundreds of tests measure real time, and machines stall; see .ci/run
# What a developer's environment may have set, and a newcomer's has not.
NOT_MEANT = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "REQUIRE_ALL", "PYTEST_ADDOPTS")


class BrokenPromise(Exception):  # noqa: N818
    """The README's command does not do what the README says."""


def section(heading: str) -> str:
    """What stands under this heading, up to the next of its level."""
    found = re.search(rf"(?ms)^## {re.escape(heading)}$(.*?)(?=^## |\Z)", README)
    if found is None:
        raise BrokenPromise(f'the README has no section "{heading}"')
    return found[1]


def command(heading: str) -> str:
    """The shell command in the first fenced block of the section."""
    found = re.search(r"(?ms)^```sh\n(.*?)^```$", section(heading))
    if found is None:
        raise BrokenPromise(f'the README has no command in "{heading}"')
    return found[1]


@contextmanager
def clean_copy() -> Iterator[Path]:
    """The repository without what git ignores, so also without anybody's .env."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [".git", *(line.rstrip("/") for line in ignored)]
    with TemporaryDirectory(prefix="bandcoach-readme-") as folder:
        copy = Path(folder) / "bandcoach"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*patterns))
        yield copy


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A newcomer's: no settings of the coach, and no data of an earlier one."""
    names = re.findall(r"(?m)^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"))
    names = [name for name in names if not name.endswith("_PROXY")]  # pip may need it
    kept = {name: value for name, value in os.environ.items() if name not in (*names, *NOT_MEANT)}
    return kept | {"XDG_DATA_HOME": str(folder / "data")} | more


def run_tests(left: Path | None) -> None:
    """Raise BrokenPromise where a test fails."""
    with clean_copy() as copy:
        words = command("Run the tests")
        print(f"README: {words}", flush=True)
        options = [RETRY, *([f"--left-to={left}"] if left else [])]
        more = {"PYTEST_ADDOPTS": " ".join(options)}
        ended = subprocess.run(words, shell=True, cwd=copy, env=environment(copy.parent, **more))
        if ended.returncode:
            raise BrokenPromise(f"the README's test command ended with {ended.returncode}")


def run_demo() -> None:
    """Raise BrokenPromise where the page does not come, or Ctrl-C does not end the demo well."""
    heading = "Try it without Telegram"
    words, address = command(heading), re.search(r"<(http://\S+)>", section(heading))
    if address is None:
        raise BrokenPromise("the README does not say where the demo's page is")
    if answers(address[1]):
        raise BrokenPromise(f"something else answers at {address[1]}: end it first")
    print(f"README: {words}", flush=True)
    # A shell in the background ignores Ctrl-C, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with clean_copy() as copy:
        output = copy.parent / "output"
        with output.open("wb") as file:
            demo = subprocess.Popen(
                words,
                shell=True,
                cwd=copy,
                env=environment(copy.parent),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for_page(demo, address[1], output)
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            raise BrokenPromise("Ctrl-C does not end the demo") from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(demo.pid, signal.SIGKILL)
        said = output.read_text(encoding="utf-8")
    if demo.returncode not in (0, -signal.SIGINT, 128 + signal.SIGINT) or "Traceback" in said:
        raise BrokenPromise(f"the demo ended with {demo.returncode}:\n{said}")


def wait_for_page(demo: subprocess.Popen[bytes], address: str, output: Path) -> None:
    deadline = time.monotonic() + INSTALL_SECONDS
    while not (is_told(address, output) and answers(address)):
        if demo.poll() is not None:
            said = output.read_text(encoding="utf-8")
            raise BrokenPromise(f"the demo ended with {demo.returncode}:\n{said}")
        if time.monotonic() > deadline:
            said = output.read_text(encoding="utf-8")
            raise BrokenPromise(
                f"nothing answers at {address}, or the demo does not say so:\n{said}"
            )
        time.sleep(0.5)


def is_told(address: str, output: Path) -> bool:
    """Whether the demo says where its page is, which it does once the coach is there."""
    return f"Band Coach is at {address} " in output.read_text(encoding="utf-8")


def answers(address: str) -> bool:
    """Whether a browser would get a page there."""
    if urlsplit(address).hostname != "127.0.0.1":
        raise BrokenPromise(f"the demo is to be on this machine only, not at {address}")
    direct = build_opener(ProxyHandler({}))
    try:
        with direct.open(address, timeout=10) as answer:
            return bool(answer.headers.get_content_type() == "text/html" and answer.read())
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["demo"]:
                run_demo()
            case ["tests"]:
                run_tests(None)
            case ["tests", left]:
                run_tests(Path(left).absolute())
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except BrokenPromise as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
