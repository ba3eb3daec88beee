"""Parsing of a race as people type it: `marathon 4 April`, `10 km 2 May 2027`, `half on 7.3.`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.race import Distance, distance_of

LETTERS = 80
MILE = 1.609344  # kilometres
LONGEST = 1000  # kilometres
NUMBER = re.compile(
    r"(?<![\w.,/])(\d{1,3}(?:[.,]\d{1,4})?)\s*-?\s*"
    r"(k|km|kms|kilometres?|kilometers?|mi|miles?|milers?)\b\.?"
)


@dataclass(frozen=True, slots=True)
class RaceWords:
    """What a text says of a race: its distance, if any, and the other words, of its date."""

    distance: Distance | None
    date: str


def read_race(words: str, names: Mapping[str, Distance]) -> RaceWords:
    """Take the distance out of the words: a number with a unit, or one of the `names`."""
    text = " ".join(words.lower()[:LETTERS].split())
    if match := NUMBER.search(text):
        kilometres = float(match[1].replace(",", ".")) * (MILE if match[2][0] == "m" else 1)
        if 0 < kilometres <= LONGEST:
            # half a percent more, for a race in miles or of 42.5 km
            return RaceWords(distance_of(kilometres * 0.99), _without(text, match))
    for name in sorted(names, key=len, reverse=True):
        if match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            return RaceWords(names[name], _without(text, match))
    return RaceWords(None, text)


def _without(text: str, match: re.Match[str]) -> str:
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
    return re.sub(r"^(?:on|at|in|the)\s+|^[,:–-]\s*|\s*[,:]$", "", rest)
