"""The demo shows what an author writes at once, without a restart."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.content.reading import shipped
from tests.process.test_demo import command, free_port, say, texts

CLAM = "exercises/clamshell"
WALL_SIT = "exercises/wall-sit"


@dataclass
class Author:
    """Somebody with an editor, a terminal that the demo runs in, and its page."""

    own: Path
    url: str
    http: aiohttp.ClientSession
    terminal: asyncio.StreamReader

    def copies(self, source: str, target: str) -> None:
        shutil.copytree(shipped() / source, self.own / target, dirs_exist_ok=True)

    def changes(self, file: str, *pairs: tuple[str, str]) -> None:
        text = (self.own / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (self.own / file).write_text(text, encoding="utf-8")

    async def reads(self, words: str) -> str:
        """The terminal's next line with these words in it."""
        async with asyncio.timeout(30):
            while words not in (line := (await self.terminal.readline()).decode()):
                assert line, f"{words} never came"
        return line

    async def asks(self, words: str, answer: str) -> None:
        await say(self.http, self.url, words)
        await texts(self.http, self.url, answer)


@pytest.fixture
async def author(tmp_path: Path) -> AsyncIterator[Author]:
    own, port = tmp_path / "own", free_port()
    own.mkdir()
    words, options = command(tmp_path, "--port", str(port))
    options["env"]["CONTENT_DIR"] = str(own)
    async with aiohttp.ClientSession() as http, _running(words, options) as terminal:
        author = Author(own, f"http://127.0.0.1:{port}", http, terminal)
        await author.reads("Band Coach is at")
        yield author


@asynccontextmanager
async def _running(
    words: list[str], options: dict[str, object]
) -> AsyncIterator[asyncio.StreamReader]:
    process = await asyncio.create_subprocess_exec(*words, **options)  # type: ignore[arg-type]
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.terminate()
        _, stderr = await process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in stderr.decode()


@pytest.mark.slow
async def test_a_new_exercise_is_explained_without_a_restart(author: Author) -> None:
    await author.asks("/exercise wall sit", "wall sit")
    author.copies(CLAM, WALL_SIT)
    author.changes(f"{WALL_SIT}/exercise.toml", ('id = "clamshell"', 'id = "wall-sit"'))
    text = (author.own / WALL_SIT / "en.toml").read_text(encoding="utf-8")
    text = re.sub(
        r"aliases = \[.*?\]", 'aliases = ["wall squat hold"]', text, count=1, flags=re.DOTALL
    )
    text = text.replace('name = "Clamshell"', 'name = "Wall sit"')
    (author.own / WALL_SIT / "en.toml").write_text(text, encoding="utf-8")
    line = await author.reads("Shown from now on: ")
    assert str(author.own / WALL_SIT / "en.toml") in line
    await author.asks("/exercise wall sit", "Wall sit\n")


@pytest.mark.slow
async def test_a_broken_file_is_told_and_the_last_good_content_stays(author: Author) -> None:
    author.copies(CLAM, CLAM)
    author.changes(f"{CLAM}/en.toml", ('name = "Clamshell"', 'name = "Our clam"'))
    await author.reads("Shown from now on: ")
    await author.asks("/exercise clam", "Our clam\n")
    author.changes(f"{CLAM}/en.toml", ('name = "Our clam"', 'nam = "Our new clam"'))
    assert await author.reads(": name: ") == (
        f'{author.own / CLAM / "en.toml"}: name: is missing, such as name = "Wall sit"\n'
    )
    await author.reads("The content from before stays until this is put right.")
    await author.asks("/exercise clam", "Our clam\n")
    author.changes(f"{CLAM}/en.toml", ('nam = "Our new clam"', 'name = "Our new clam"'))
    await author.reads("Shown from now on: ")
    await author.asks("/exercise clam", "Our new clam\n")


@pytest.mark.slow
async def test_a_pipe_or_endless_nesting_does_not_end_the_watching(author: Author) -> None:
    (author.own / "routines").mkdir()
    pipe = author.own / "routines/pipe.toml"
    os.mkfifo(pipe)
    assert await author.reads("pipe.toml") == (
        f"{pipe}: can't be read: it is a pipe, a socket or a device, not a file\n"
    )
    pipe.unlink()
    await author.reads("Shown from now on: ")
    pipe.write_text("a = " + "[" * 9999, encoding="utf-8")
    assert "is nested too deeply" in await author.reads("pipe.toml")
    pipe.unlink()
    author.copies(CLAM, CLAM)
    author.changes(f"{CLAM}/en.toml", ('name = "Clamshell"', 'name = "Our clam"'))
    await author.reads("Shown from now on: ")
    await author.asks("/exercise clam", "Our clam\n")


@pytest.mark.slow
async def test_new_sentences_are_said_and_the_menu_has_them(author: Author) -> None:
    await author.asks("/help", "/routine")
    (author.own / "locales").mkdir()
    sentences = author.own / "locales/en.ftl"
    sentences.write_text("help = Our own help.\ncommand-help = ours\n", encoding="utf-8")
    await author.reads("Shown from now on: ")
    await author.asks("/help", "Our own help.")
    async with asyncio.timeout(5), author.http.get(f"{author.url}/page/events?person=1001") as it:
        async for line in it.content:
            if b'"ours"' in line:
                return
    raise AssertionError("the menu never changed")


@pytest.mark.slow
async def test_the_folder_itself_may_go_and_come_back(author: Author) -> None:
    author.copies(CLAM, CLAM)
    author.changes(f"{CLAM}/en.toml", ('name = "Clamshell"', 'name = "Our clam"'))
    await author.reads("Shown from now on: ")
    author.own.rename(author.own.with_name("elsewhere"))
    await author.reads(f"{author.own}: can't be read: No such file or directory")
    await author.asks("/exercise clam", "Our clam\n")
