"""The process that draws: reads cards from its input, writes PNGs to its output, until it ends.

Each goes with its length before it; a card that can't be drawn is answered with nothing.
"""

import logging
import pickle
import sys
import traceback

from bot.charts import SIZE
from bot.charts.drawing import draw


def main() -> None:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(size := questions.read(SIZE)) == SIZE:
        answer = _png(questions.read(int.from_bytes(size)))
        answers.write(len(answer).to_bytes(SIZE) + answer)
        answers.flush()


def _png(question: bytes) -> bytes:
    try:
        return draw(pickle.loads(question))  # noqa: S301 – only our own parent asks
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__))
        sys.stderr.write(f"{type(error).__name__} while drawing\n{frames}")
        return b""


if __name__ == "__main__":
    main()
