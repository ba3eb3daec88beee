"""The drawing process: reads cards, and answers with PNGs.

The argument is the folder with the template and the fonts.
"""

import pickle
import sys
from pathlib import Path

from bot.charts.drawing import draw
from bot.runtime.child_process import serve


def main() -> None:
    folder = Path(sys.argv[1])
    serve(lambda card: draw(pickle.loads(card), folder))  # noqa: S301 – it comes from the coach


if __name__ == "__main__":
    main()
