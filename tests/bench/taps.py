"""How long a hundred runners who tap at once wait for the answer, beside a bare bot.

python -m tests.bench.taps [--runners 100] [--latency 0.05]

Both bots run on the local Bot API in this process, with the same transport and the same latency on
every call. The bare bot answers the tap and does nothing else; the coach commits the step first.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
from pathlib import Path

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler

from bot.gateway import client
from bot.gateway.priority_quota import OwnLimit
from bot.gateway.rate_limiter import RateLimiter
from bot.runtime.clock import TelegramClock
from bot.sandbox.world.taps import Tap
from tests.conversations.stage import Runner, Stage, a_stage

os.environ.setdefault("PTB_TIMEDELTA", "1")


async def waits(stage: Stage, runners: list[Runner]) -> list[float]:
    """Seconds from each tap to its answer."""
    loop = asyncio.get_running_loop()
    start = loop.time()

    async def one(tap: Tap) -> float:
        await tap.answer(timeout=60)
        return loop.time() - start

    taps = [stage.world.tap(r.person, r.with_button("Done"), "Done") for r in runners]
    return list(await asyncio.gather(*(one(tap) for tap in taps)))


async def bare_bot(stage: Stage, runners: list[Runner]) -> list[float]:
    """The same taps, answered by a bot that does nothing else."""

    async def answer(update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
        assert update.callback_query is not None
        await update.callback_query.answer()

    async with client.application(
        stage.world.token, stage.url, RateLimiter(OwnLimit(1000)), TelegramClock(stage.clock)
    ) as ours:
        builder = ApplicationBuilder().bot(ours.bot).concurrent_updates(True)
        app = builder.job_queue(None).build()
        app.add_handler(CallbackQueryHandler(answer))
        await app.initialize()
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5)
        measured = await waits(stage, runners)
        await app.updater.stop()
        await app.stop()
    return measured


def row(name: str, seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    figures = (cuts[49], cuts[98], max(seconds))
    return f"{name:<12}" + "".join(f"{1000 * figure:>9.0f}" for figure in figures)


async def main(count: int, latency: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder)) as stage:
            async with stage.coach():
                runners = await stage.crowd(count)
                stage.messages_per_second = 30
                await stage.restart()
                stage.world.latency = latency
                coach = await waits(stage, runners)
                await stage.settle()
            bare = await bare_bot(stage, runners)
    print(f"{count} taps at once, {1000 * latency:.0f} ms of latency on every call; ms")
    print(f"{'':<12}{'p50':>9}{'p99':>9}{'max':>9}")
    print(row("bare bot", bare))
    print(row("coach", coach))
    print(f"coach / bare bot, p99: {max(coach) / max(bare):.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runners", type=int, default=100)
    parser.add_argument("--latency", type=float, default=0.05)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.runners, chosen.latency))
