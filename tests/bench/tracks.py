"""What a track costs, and how long the coach stands still while one is made in a thread.

python -m tests.bench.tracks [--tracks 20]
"""

import argparse
import asyncio
import time

from bot.content.reading import shipped
from bot.domain.session import Step
from bot.domain.timetable import timetable
from bot.tracks import Track, assemble, read_voice, write
from tests.bench.charts import watched
from tests.shipped import CATALOGUE, TEXTS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tracks", description=__doc__)
    parser.add_argument("--tracks", type=int, default=20)
    asyncio.run(measure(parser.parse_args().tracks))


async def measure(tracks: int) -> None:
    before = time.process_time()
    voice = read_voice([shipped()], "en")
    size = sum(map(len, voice.phrases.values())) / 1e6
    print(f"voice: {len(voice.phrases)} phrases, {size:.1f} MB, {_since(before):.0f} ms to read")

    def make(steps: tuple[Step, ...]) -> Track:
        return assemble(write(steps, TEXTS, voice), voice)

    for routine in CATALOGUE.routines.values():
        steps = CATALOGUE.steps(routine, 5, None)
        minutes = timetable(steps)[-1].ends_at / 60
        before = time.process_time()
        async with watched() as longest:
            made = [await asyncio.to_thread(make, steps) for _ in range(tracks)]
        cost = _since(before) / tracks
        assert len({track.digest for track in made}) == 1
        print(
            f"{routine.id}: {minutes:.1f} min, {len(made[0].data) / 1e6:.2f} MB, "
            f"{cost:.0f} ms of the processor, longest stop {longest.seconds * 1000:.1f} ms"
        )


def _since(before: float) -> float:
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
