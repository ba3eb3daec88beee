"""The corpus: sentences that people say, and what each must lead to."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "data" / "sentences.tsv"


@dataclass(frozen=True)
class Sentence:
    """What somebody says, the target it must lead to, and whether a session runs then."""

    words: str
    target: str
    in_session: bool


def corpus() -> list[Sentence]:
    with FILE.open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Sentence(row[0], row[1], row[2:] == ["session"]) for row in rows]
