"""All that is compared with others, in one table.

python -m tests.bench [--only NAME] [--json FILE]

A measurement is a function without arguments that returns rows; a new one is one more line below.
Those in modules of their own (taps, cues, charts, search) are run by themselves.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import fan_out, growth, taps_a_second
from tests.bench.results import Row, surroundings, table, write

MEASUREMENTS: dict[str, Callable[[], Sequence[Row]]] = {
    "taps-a-second": taps_a_second.rows,
    "crowd": fan_out.rows,
    "growth": growth.rows,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", metavar="NAME", choices=MEASUREMENTS, nargs="+")
    parser.add_argument("--json", metavar="FILE", type=Path)
    chosen = parser.parse_args()
    about = surroundings()
    print(f"{about['date']}, {about['cpu']}, {about['cores']} cores, Python {about['python']}")
    measured: dict[str, Sequence[Row]] = {}
    for name in chosen.only or MEASUREMENTS:
        measured[name] = MEASUREMENTS[name]()
        print(f"\n{table(name, measured[name])}", flush=True)
    if chosen.json:
        write(chosen.json, measured)


if __name__ == "__main__":
    main()
