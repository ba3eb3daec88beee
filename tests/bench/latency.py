"""How long a runner waits for the next step after Done, while others tap too.

python -m tests.bench.latency [--runners 10] [--latency 0.05]

Each runner walks through a session at their own pace, with pauses of their own between taps. The
local Bot API is in this process and delays every call but getUpdates. Copies and refused calls are
counted; both are 0 where nothing is handled twice.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from tests.conversations.stage import Runner, Stage, a_stage

PAUSES = (0.2, 0.8)  # seconds between a step and the tap that ends it


async def walk(stage: Stage, runner: Runner, chance: random.Random) -> list[float]:
    """Seconds from each tap to the message with the next step."""
    loop = asyncio.get_running_loop()
    waits = []
    while "Done" in runner.shown.labels:
        await asyncio.sleep(chance.uniform(*PAUSES))
        step = runner.with_button("Done")
        begun = loop.time()
        stage.world.tap(runner.person, step, "Done")
        await stage.world.until(lambda step=step: runner.shown.id > step.id, timeout=60)
        waits.append(loop.time() - begun)
    return waits


def copies(runners: list[Runner]) -> int:
    """How many messages say again what a message of theirs has said already."""
    said = Counter((runner.id, message.text) for runner in runners for message in runner.messages)
    return sum(count - 1 for count in said.values())


async def main(count: int, latency: float) -> None:
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder)) as stage, stage.coach():
            runners = await stage.crowd(count)
            for runner in runners:
                if "My own pace" in runner.shown.labels:
                    await runner.taps("My own pace")
            stage.world.calls.clear()
            stage.world.latency = latency
            walks = await asyncio.gather(*(walk(stage, each, chance) for each in runners))
            await stage.settle()
            refused = len(stage.world.refused())
            fetches = sum(call.method == "getUpdates" for call in stage.world.calls)
    waits = [wait for walked in walks for wait in walked]
    cuts = statistics.quantiles(waits, n=100)
    print(f"{count} runners, {len(waits)} taps, {1000 * latency:.0f} ms of latency on every call")
    print(f"tap to next step: p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms")
    print(f"copies {copies(runners)}, refused calls {refused}, getUpdates {fetches}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runners", type=int, default=10)
    parser.add_argument("--latency", type=float, default=0.05)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.runners, chosen.latency))
