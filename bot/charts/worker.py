"""The drawing process: reads cards from standard input, writes PNGs to standard output.

Each message follows its length; the answer to a card that can't be drawn is empty.
"""

import logging
import pickle
import sys
import traceback

from bot.charts import SIZE
from bot.charts.drawing import draw


def main() -> None:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    cards, pictures = sys.stdin.buffer, sys.stdout.buffer
    while len(size := cards.read(SIZE)) == SIZE:
        picture = _png(cards.read(int.from_bytes(size)))
        pictures.write(len(picture).to_bytes(SIZE) + picture)
        pictures.flush()


def _png(card: bytes) -> bytes:
    try:
        return draw(pickle.loads(card))  # noqa: S301 – the input comes from the coach
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__))
        sys.stderr.write(f"{type(error).__name__} while drawing\n{frames}")
        return b""


if __name__ == "__main__":
    main()
