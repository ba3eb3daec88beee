"""The writing process: reads activities with the titles of their sets, and answers with files."""

import pickle

from bot.fit.encoding import encode
from bot.runtime.child_process import serve


def main() -> None:
    serve(lambda request: encode(*pickle.loads(request)))  # noqa: S301 – it comes from the coach


if __name__ == "__main__":
    main()
