"""How exactly cues come, with many hands-free sessions side by side.

python -m tests.bench.cues [--sessions 1 100 500] [--per-second 1000] [--within 1] [--seconds 40]

Everything runs in this process: the coach, the local Bot API with its limits, and the runners. All
sessions are put to the same second, which is the hardest case, or are spread over `--within`. A
cue's lateness is from the stored deadline to the moment at which the Bot API took the message.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.runtime.clock import ShiftedClock
from bot.sandbox.world.flood_limits import FloodLimits
from bot.services import cues
from tests.conversations.stage import Stage, a_stage

os.environ.setdefault("PTB_TIMEDELTA", "1")

ROUTINE = "/routine marathon five"


class Deadlines:
    """What was due when, noted as the coach takes it up."""

    def __init__(self) -> None:
        self.due: dict[int, list[datetime]] = defaultdict(list)
        self.fallen_back: set[int] = set()
        self._tick, self._fall_back = cues.tick, cues.fall_back
        cues.tick, cues.fall_back = self.tick, self.fall_back  # type: ignore[assignment]

    async def tick(self, *arguments: object) -> cues.Due:
        due = await self._tick(*arguments)  # type: ignore[arg-type]
        for it in due.ticks:
            assert it.before.due_at is not None
            self.due[it.after.runner].append(it.before.due_at)
        return due

    async def fall_back(self, db: object, session: object, now: object) -> object:
        self.fallen_back.add(session.runner)  # type: ignore[attr-defined]
        return await self._fall_back(db, session, now)  # type: ignore[arg-type]

    def forget(self) -> None:
        cues.tick, cues.fall_back = self._tick, self._fall_back


class Blocks:
    """The longest time for which the loop did nothing else."""

    longest = 0.0

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, loop.time() - before - 0.001)


async def begin(stage: Stage, count: int) -> None:
    """So many sessions, each in the first set's get-ready."""
    runners = [stage.runner(f"Runner {number}") for number in range(count)]
    for label in ("", "None applies to me", "Start", "Skip"):
        for runner in runners:
            if label:
                stage.world.tap(runner.person, runner.with_button(label), label)
            else:
                stage.world.say(runner.person, ROUTINE)
        await stage.settle()


async def put(stage: Stage, count: int, within: float) -> None:
    """All sessions are due within so many seconds."""
    at = datetime.now(UTC) + timedelta(seconds=3)
    async with stage.work.coach.db.write() as connection:
        ids = (await connection.execute(text("SELECT id FROM sessions WHERE timed"))).all()
        for number, (session,) in enumerate(ids):
            due = at + timedelta(seconds=within * number / count)
            await connection.execute(
                text("UPDATE sessions SET due_at = :due WHERE id = :id"),
                {"due": f"{due:%Y-%m-%d %H:%M:%S.%f}", "id": session},
            )
    stage.work.coach.next_cue.bring_forward(at)


async def measure(count: int, per_second: int, within: float, seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder)) as stage:
            stage.clock = ShiftedClock()  # type: ignore[assignment]
            stage.world.clock = stage.clock.now
            async with stage.coach():
                await begin(stage, count)
                stage.messages_per_second = per_second
                await stage.restart()
                await put(stage, count, within)
                stage.world.limits = FloodLimits(per_second=per_second, chat_burst=20)
                stage.world.calls.clear()
                blocks, deadlines = Blocks(), Deadlines()
                watching = asyncio.create_task(blocks.watch())
                await asyncio.sleep(seconds)
                watching.cancel()
                deadlines.forget()
                return row(stage, count, deadlines, blocks)


def row(stage: Stage, count: int, deadlines: Deadlines, blocks: Blocks) -> str:
    sent: dict[int, list[datetime]] = defaultdict(list)
    for call in stage.world.calls:
        if call.method.startswith("send") and call.status == 200 and call.chat_id:
            sent[call.chat_id].append(call.called_at)
    late = [
        (at - due).total_seconds()
        for runner, moments in deadlines.due.items()
        for due, at in zip(moments, sent[runner], strict=False)
    ]
    cuts = statistics.quantiles(late, n=100)
    refused = len(stage.world.refused())
    figures = (cuts[49], cuts[98], max(late), blocks.longest)
    return (
        f"{count:>8}{len(late):>8}"
        + "".join(f"{1000 * figure:>9.0f}" for figure in figures)
        + f"{len(deadlines.fallen_back):>12}{refused:>9}"
    )


async def a_whole_session() -> str:
    """One runner's session, travelled through: what it costs."""
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder)) as stage, stage.coach():
            ann = await stage.runner().is_ready()
            await ann.says(ROUTINE)
            stage.world.calls.clear()
            begun = stage.clock.now()
            await ann.taps("Start")
            await stage.travel(begun + timedelta(minutes=30))
            assert "Marathon five: done" in ann.shown.text
            calls = Counter(call.method for call in stage.world.calls)
            counted = {m: n for m, n in calls.items() if m.startswith(("send", "edit", "delete"))}
            ends = [c.called_at for c in stage.world.calls if c.method in counted]
            minutes = (max(ends) - begun).total_seconds() / 60
    messages = sum(n for method, n in counted.items() if method.startswith("send"))
    total = sum(counted.values())
    return (
        f"a whole session: {minutes:.1f} min, {messages} messages, {total} calls ({counted}), "
        f"a call every {60 * minutes / total:.1f} s"
    )


async def main(sessions: list[int], per_second: int, within: float, seconds: float) -> None:
    print(await a_whole_session())
    print(f"sessions within {within:g} s of each other, MESSAGES_PER_SECOND={per_second}; ms late")
    print(f"{'sessions':>8}{'cues':>8}{'p50':>9}{'p99':>9}{'max':>9}{'block':>9}", end="")
    print(f"{'fell back':>12}{'refused':>9}")
    for count in sessions:
        print(await measure(count, per_second, within, seconds), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 100, 500])
    parser.add_argument("--per-second", type=int, default=1000)
    parser.add_argument("--within", type=float, default=1)
    parser.add_argument("--seconds", type=float, default=40)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.sessions, chosen.per_second, chosen.within, chosen.seconds))
