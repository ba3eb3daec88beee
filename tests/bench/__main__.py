"""The coach beside the bots that it is measured against, as a table and as JSON.

python -m tests.bench [--only NAME ...] [--times N] [--json FILE] [--tiny]

taps                 Done taps a second of one process on SQLite
taps-postgresql      the same on PostgreSQL, where its server is installed
latency              from a tap to the next step, 50 ms on every call
crowd                reminders a second, where a thousand are allowed
growth               import, start, memory and the longest stop of the loop, with many runners

The bots take turns, N rounds over, and the medians count. `--tiny` shows only that everything runs.
What is not of interest beside others (charts, cues, search, tracks) is run by itself.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench import crowd, growth, latency, taps
from tests.bench.results import Row, surroundings, table, write
from tests.bench.sizes import TINY, Sizes


@dataclass(frozen=True, slots=True)
class Measurement:
    """`unit`: the one figure of a row that its JSON has; none: all of them."""

    rows: Callable[[Sizes], Sequence[Row]]
    unit: str = ""


MEASUREMENTS = {
    "taps": Measurement(taps.on_sqlite, taps.SPEED),
    "taps-postgresql": Measurement(taps.on_postgresql, taps.SPEED),
    "latency": Measurement(latency.rows),
    "crowd": Measurement(crowd.rows),
    "growth": Measurement(growth.rows),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", metavar="NAME", choices=MEASUREMENTS, nargs="+")
    parser.add_argument("--times", metavar="N", type=int)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--tiny", action="store_true")
    chosen = parser.parse_args(arguments)
    sizes = TINY if chosen.tiny else Sizes()
    sizes = replace(sizes, times=chosen.times or sizes.times)
    about = surroundings()
    print(f"{about['date']}, {about['cpu']}, {about['cores']} cores, Python {about['python']}")
    measured: dict[str, Sequence[Row]] = {}
    for name in chosen.only or MEASUREMENTS:
        measured[name] = MEASUREMENTS[name].rows(sizes)
        print(f"\n{table(name, measured[name])}", flush=True)
    if chosen.json:
        write(chosen.json, measured, {name: MEASUREMENTS[name].unit for name in measured})


if __name__ == "__main__":
    main()
