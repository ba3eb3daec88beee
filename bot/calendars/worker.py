"""The reading process: one calendar file from standard input, its plan to standard output.

It ends with the file. What it may take of memory and time is limited before it reads. The answer is
JSON and holds nothing of the file but days, times, kinds and titles of runs.
"""

import json
import pickle
import sys
from typing import Any

from bot.calendars import MEMORY, PATIENCE_SECONDS
from bot.calendars.reading import read
from bot.domain.run_plan import PlanFile, Unread


def main() -> None:
    if sys.platform != "win32":  # which has no such limits; there only the time is limited
        _limit()
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 – the request comes from the coach
    sys.stdout.write(json.dumps(_answer(read(*request))))


def _limit() -> None:
    """Limit what this process may take."""
    import resource

    seconds = int(PATIENCE_SECONDS) + 1
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _answer(plan: PlanFile | Unread) -> dict[str, Any]:
    if isinstance(plan, Unread):
        return {"unread": plan.value}
    entries = [
        [entry.day.isoformat(), entry.kind, entry.at and f"{entry.at:%H:%M}", entry.title]
        for entry in plan.entries
    ]
    return {"entries": entries, "others": plan.others}


if __name__ == "__main__":
    main()
