"""The drawing process: reads cards from standard input, writes PNGs to standard output.

Each message follows its length; the answer to a card that can't be drawn is empty. The argument is
the folder with the template and the fonts.
"""

import pickle
import sys
import traceback
from pathlib import Path

from bot.charts import SIZE
from bot.charts.drawing import draw


def main() -> None:
    folder = Path(sys.argv[1])
    cards, pictures = sys.stdin.buffer, sys.stdout.buffer
    while len(size := cards.read(SIZE)) == SIZE:
        picture = _png(cards.read(int.from_bytes(size)), folder)
        pictures.write(len(picture).to_bytes(SIZE) + picture)
        pictures.flush()


def _png(card: bytes, folder: Path) -> bytes:
    try:
        return draw(pickle.loads(card), folder)  # noqa: S301 – the input comes from the coach
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__))
        sys.stderr.write(f"{type(error).__name__} while drawing\n{frames}")
        return b""


if __name__ == "__main__":
    main()
