"""What a newcomer reads and taps before the first exercise.

python -m tests.bench.newcomer
"""

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.world.messages import Message
from tests.conversations.stage import Runner, a_stage

TAPS = ("None applies to me", "Start", "Done")
FIRST_STEP = "1 of 9"


@dataclass(frozen=True, slots=True)
class Walk:
    """Words read and taps made until the first exercise is on the screen.

    `taps_to_picture` are those before the first moving picture; `messages` is what was shown.
    """

    words: int
    taps: int
    taps_to_picture: int
    messages: tuple[Message, ...]


async def walk(runner: Runner) -> Walk:
    """Take the shortest way from /start to the first exercise.

    An edited message counts with the words that the edit adds.
    """
    read: dict[int, Counter[str]] = {}
    words, taps_to_picture, taps = 0, -1, 0
    messages: dict[int, Message] = {}

    def look() -> None:
        nonlocal words, taps_to_picture
        for message in runner.messages:
            now = Counter(message.text.split())
            words += (now - read.get(message.id, Counter())).total()
            read[message.id] = now
            messages.setdefault(message.id, message)
            if "animation" in message.media and taps_to_picture < 0:
                taps_to_picture = taps

    await runner.says("/start")
    look()
    for taps, label in enumerate(TAPS, start=1):  # noqa: B007 - look() reads it
        await runner.taps(label)
        look()
    assert FIRST_STEP in runner.shown.text
    return Walk(words, taps, taps_to_picture, tuple(messages.values()))


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder)) as stage, stage.coach():
            walked = await walk(stage.runner("Ann"))
    for message in walked.messages:
        print(f"{message.text}\n{message.labels}\n")
    print(f"{walked.words} words, {walked.taps} taps, picture after {walked.taps_to_picture} taps")


if __name__ == "__main__":
    asyncio.run(main())
