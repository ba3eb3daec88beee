"""Logs to stderr that hold no token and no message text, at any level."""

import logging
import re
import sys
import time
import traceback
from collections import deque
from datetime import UTC, datetime
from typing import Any

from bot.domain.frozen import frozen

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{8,}")
OURS = "bot"


class RedactingFormatter(logging.Formatter):
    """Formats the coach's own records in full, and of others only the template and kind of error.

    Libraries log whole messages, and addresses that hold the token. Times are in UTC.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] != OURS:
            kind = record.exc_info[0] if record.exc_info else None
            template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
            record = logging.makeLogRecord(
                record.__dict__
                | {
                    "msg": template.partition("\n")[0] + (f" ({kind.__name__})" if kind else ""),
                    "args": None,
                    "exc_info": None,
                    "exc_text": None,
                    "stack_info": None,
                }
            )
        return TOKEN.sub("<token>", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the traceback and the kind of error, without words that may be a runner's."""
        kind, _, frames = ei
        return "".join(traceback.format_tb(frames)) + f"{kind.__name__}"


@frozen
class Trouble:
    """An error by its kind and place, without its words."""

    at: datetime
    kind: str
    where: str


class RecentErrors(logging.Handler):
    """Keeps the last errors in memory, for the hosts."""

    KEPT = 5

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._troubles: deque[Trouble] = deque(maxlen=self.KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the error; its kind is the exception's, or the record's `kind`."""
        raised = record.exc_info[0] if record.exc_info else None
        kind = raised.__name__ if raised else getattr(record, "kind", record.levelname.lower())
        at = datetime.fromtimestamp(record.created, UTC)
        self._troubles.append(Trouble(at, str(kind), record.name))

    def listen(self) -> None:
        logging.getLogger().addHandler(self)

    def stop(self) -> None:
        logging.getLogger().removeHandler(self)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Return the errors, the latest one first."""
        return tuple(reversed(self._troubles))


def set_up(level: str) -> None:
    """Set the coach's loggers to this level, and those of libraries to WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OURS).setLevel(level)
    for name in (
        "telegram",
        "httpx",
        "httpcore",
        "aiohttp",
        "apscheduler",
        "sqlalchemy",
        "asyncio",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
