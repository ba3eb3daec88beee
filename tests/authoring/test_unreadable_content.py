"""Content that can't be read, or that no reader should wait for, is told in a line each."""

import asyncio
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.authoring import reload
from bot.authoring.clips import check_clips
from bot.authoring.reload import Watch, look
from bot.coach import Content
from bot.content.reading import Fault, Reading, locale_files, shipped
from bot.content.texts import ENGLISH, Texts
from bot.runtime.files import LARGEST_TEXT
from tests.checking import check_content
from tests.conversations.stage import CATALOGUE, TEXTS

pytestmark = pytest.mark.slow

CLAM = "exercises/clamshell"
ROUTINE = "routines/marathon-five.toml"
WARNING_SIGNS = "locales/en/warning-signs.toml"
FILES = (
    f"{CLAM}/exercise.toml",
    f"{CLAM}/en.toml",
    f"{CLAM}/pose.toml",
    f"{CLAM}/clip.mp4",
    f"{CLAM}/still.png",
    ROUTINE,
    "evidence.toml",
    "topics.toml",
    WARNING_SIGNS,
    "locales/en.ftl",
)
NO_FILE = "can't be read: it is a pipe, a socket or a device, not a file"


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Ends what waits for ever: the test fails instead of the suite standing still."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A host's folder with something of each kind."""
    folder = tmp_path / "own"
    shutil.copytree(shipped() / CLAM, folder / CLAM)
    for name in (ROUTINE, "evidence.toml", "topics.toml", WARNING_SIGNS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped() / name, folder / name)
    (folder / "locales/en.ftl").write_text("help = Ours.\n", encoding="utf-8")
    return folder


def told(own: Path) -> dict[str, str]:
    """What `check` says of each of the folder's files as a whole."""
    with within(30):
        faults = [*Reading([own], ENGLISH).faults, *check_clips([own], {})]
        try:
            Texts(ENGLISH, list(locale_files([own], ENGLISH)))
        except ValueError as error:
            what = str(error).removeprefix(f"{own / 'locales/en.ftl'}: ")
            faults.append(Fault(own / "locales/en.ftl", "", what))
    return {str(it.file.relative_to(own)): it.what for it in faults if not it.field}


def a_socket(file: Path) -> None:
    """The path of a socket may be short only, so it is bound from its folder."""
    before = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(file.name)
    finally:
        os.chdir(before)


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "fifo": (os.mkfifo, NO_FILE),
    "socket": (a_socket, NO_FILE),
    "device": (lambda file: file.symlink_to("/dev/zero"), NO_FILE),
    "link to nowhere": (lambda file: file.symlink_to("/nowhere"), "is a link that leads nowhere"),
    "link to itself": (
        lambda file: file.symlink_to(file.name),
        "can't be read: Too many levels of symbolic links",
    ),
    "folder": (Path.mkdir, "can't be read: it is a folder"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_told_and_not_waited_for(own: Path, name: str, kind: str) -> None:
    make, what = KINDS[kind]
    (own / name).unlink()
    make(own / name)
    assert told(own)[name] == what


@pytest.mark.parametrize("name", FILES)
def test_a_huge_file_is_not_read(own: Path, name: str) -> None:
    with (own / name).open("r+b") as opened:
        opened.truncate(3_000_000_000)
    assert told(own)[name].startswith("is too large: ")


def test_a_file_of_the_largest_size_is_read(own: Path) -> None:
    file = own / "evidence.toml"
    content = file.read_bytes()
    file.write_bytes(content + b"#" * (LARGEST_TEXT - len(content)))
    assert told(own) == {}


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".toml")])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a = " + "[" * 9999 + "]" * 9999, "is nested too deeply: 20 levels at most"),
        ("a = " + "[" * 99 + "]" * 99, "is nested too deeply: 20 levels at most"),
        ("a = " + "{a = " * 9999 + "1" + "}" * 9999, "is nested too deeply: 20 levels at most"),
        ("name." + ".".join("a" * 200) + " = 1", "is nested too deeply: 20 levels at most"),
        ("[" + ".".join("a" * 200) + "]", "is nested too deeply: 20 levels at most"),
        (".".join("a" * 100_000) + " = 1", "has a line with more than 300 dots"),
        ("level = " + "9" * 5000, "is not TOML: a number is too long"),
    ],
    ids=["lists", "fewer lists", "tables", "keys", "header", "many keys", "number"],
)
def test_deeply_nested_toml_is_told(own: Path, name: str, text: str, what: str) -> None:
    (own / name).write_text(text, encoding="utf-8")
    assert told(own)[name] == what


@pytest.mark.parametrize(
    "text",
    [
        "help = " + "{ " * 9999 + "1" + " }" * 9999,
        "help = " + "{ " * 90 + "1" + " }" * 90,
        "help = { $command ->\n  *[one] " + "{ " * 300 + "1" + " }" * 300 + "\n }",
    ],
)
def test_deeply_nested_sentences_are_told(own: Path, text: str) -> None:
    (own / "locales/en.ftl").write_text(text, encoding="utf-8")
    assert told(own) == {"locales/en.ftl": "is nested too deeply"}


@pytest.mark.slow
def test_check_tells_every_kind_of_file_at_once(own: Path) -> None:
    for name in ("evidence.toml", ROUTINE, "locales/en.ftl", f"{CLAM}/clip.mp4"):
        (own / name).unlink()
        os.mkfifo(own / name)
    with within(60):
        faults = check_content([shipped(), own], ENGLISH)
    assert {fault.what for fault in faults} == {NO_FILE}
    assert {str(fault.file.relative_to(own)) for fault in faults} == {
        *("evidence.toml", ROUTINE, "locales/en.ftl", f"{CLAM}/clip.mp4")
    }


def test_a_link_to_a_folder_that_is_not_there_is_told(own: Path) -> None:
    (own / "exercises/wall-sit").symlink_to("/nowhere")
    assert told(own) == {"exercises/wall-sit": "is a link that leads nowhere"}


def test_what_an_open_editor_leaves_is_not_read(own: Path) -> None:
    (own / "routines/.#marathon-five.toml").symlink_to("ann@host.123")
    (own / "routines/.marathon-five.toml.swp").write_bytes(b"\0")
    assert told(own) == {}


def test_a_name_that_is_not_in_utf_8_can_be_printed(own: Path) -> None:
    os.mkdir(os.fsencode(own / "exercises") + b"/wall\xff")  # noqa: PTH102
    faults = Reading([own], ENGLISH).faults
    assert any("wall\\udcff" in str(fault) for fault in faults)
    for fault in faults:
        str(fault).encode()


@contextmanager
def somebody() -> Iterator[Path]:
    """A folder that a user without rights reads; root would be let in everywhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = os.geteuid() == 0
        try:
            if root:
                shutil.chown(folder, 65534)
                os.seteuid(65534)
            yield folder
        finally:
            for inside in (folder, *folder.glob("*"), *folder.glob("*/*")):
                inside.chmod(0o755)
            if root:
                os.seteuid(0)


@pytest.mark.parametrize("name", ["exercises", "exercises/wall-sit", "routines", "locales"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_can_t_be_read_is_told(name: str, mode: int) -> None:
    """Listed without the right to enter, it holds files that can't even be asked about."""
    with somebody() as folder:
        (folder / name).mkdir(parents=True)
        (folder / name / "en.ftl").touch()
        (folder / name / "one.toml").touch()
        (folder / name / "clamshell").mkdir()
        (folder / name).chmod(mode)
        seen = look([folder])
        assert "can't be read: Permission denied" in told(folder).values()
        assert isinstance(seen, dict)


@pytest.mark.slow
@pytest.mark.usefixtures("errors_expected")
async def test_the_watcher_outlives_what_fails(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a change brings about, the next one is shown."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    watch = Watch([shipped(), own], tell=lines.put_nowait)
    content = Content(CATALOGUE, TEXTS)

    async def say_again() -> None:
        raise RuntimeError("Telegram is away")

    monkeypatch.setattr(reload, "LOOK_EVERY", 0.01)
    running = asyncio.create_task(watch.run(content, say_again))
    async with asyncio.timeout(20):
        (own / "locales/en.ftl").write_text("help = Ours, too.\n", encoding="utf-8")
        assert (await lines.get()).startswith("Shown from now on: ")
        assert "can't be shown" in (await lines.get())
        os.mkfifo(own / "routines/pipe.toml")
        assert "not a file" in await lines.get()
        assert "stays until this is put right" in await lines.get()
        (own / "routines/pipe.toml").unlink()
        assert (await lines.get()).startswith("Shown from now on: ")
    assert not running.done()
    running.cancel()
