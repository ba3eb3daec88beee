"""The reading process: an export on standard input, its pages as lines on standard output.

The first line is the moment at which it was made, or `{"refused": …}`; the last one is `null`. A
process without a last line has failed.
"""

import json
import sys
from contextlib import suppress

from bot.archives.reading import RefusedError, lines
from bot.domain.bring_back import Refusal

MOST_MEMORY = 1024**3  # bytes of addresses
MOST_SECONDS = 15  # of the processor


def main() -> None:
    _limit()
    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        for line in lines(content):
            out.write(line + b"\n")
        out.write(b"null\n")
    except RefusedError as error:
        out.write(_refused(error.refusal))
    except MemoryError:
        out.write(_refused(Refusal.LARGE))


def _refused(refusal: Refusal) -> bytes:
    return json.dumps({"refused": refusal}).encode() + b"\n"


def _limit() -> None:
    """Limit the memory and the time of the process, and let it write no file."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        for limit, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, MOST_SECONDS),
            (resource.RLIMIT_FSIZE, 0),
        ):
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
