"""`python -m bot` on a machine whose wall clock is set: by the seconds in the file `WALL_CLOCK`.

The kernel's clock is everybody's, so the program is given one of its own; all else is as it is.
"""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot import __main__ as program
from bot.runtime.clock import SystemClock


class Settable(SystemClock):
    """The machine's clocks, the wall clock ahead or behind."""

    def now(self) -> datetime:
        ahead = float(Path(os.environ["WALL_CLOCK"]).read_text())
        return super().now() + timedelta(seconds=ahead)


if __name__ == "__main__":
    program.SystemClock = Settable  # type: ignore[misc]
    sys.exit(program.main())
