"""Parsing of a race as people type it: `marathon 4 April`, `10 km 2 May 2027 for training`."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.frozen import frozen
from bot.domain.race import Distance, Rank, distance_of

LETTERS = 80
MILE = 1.609344  # kilometres
LONGEST = 1000  # kilometres
NEAR = 5  # days
SATURDAY = 5  # as in date.weekday()
NUMBER = re.compile(
    r"(?<![\w.,/])(\d{1,3}(?:[.,]\d{1,4})?)\s*-?\s*"
    r"(k|km|kms|kilometres?|kilometers?|mi|miles?|milers?)\b\.?"
)


@frozen
class RaceWords:
    """What a text says of a race: its distance and rank, if any, and the words of its date."""

    distance: Distance | None
    date: str
    rank: Rank | None = None


def read_race(
    words: str, names: Mapping[str, Distance], ranks: Mapping[str, Rank] | None = None
) -> RaceWords:
    """Take distance and rank out of the words.

    A distance is a number with a unit, or one of the `names`.
    """
    text = " ".join(words.lower()[:LETTERS].split())
    if ranks and (match := _longest(ranks, text)):
        return replace(_distance(_without(text, match), names), rank=ranks[match[0]])
    return _distance(text, names)


def only_date(text: str, known: Collection[str]) -> str:
    """Return the words of a sentence that may be part of a date: numbers and `known` words."""
    found = re.findall(r"\d[\d./-]*(?:st|nd|rd|th)?|[^\W\d_]+", text.lower())
    return " ".join(word.strip("./-") for word in found if word[0].isdigit() or word in known)


def weekends_near(day: date) -> tuple[date, ...]:
    """Return the days of the weekends near a date that is only roughly known."""
    near = (day + timedelta(days=number) for number in range(-NEAR, NEAR + 1))
    return tuple(each for each in near if each.weekday() >= SATURDAY)


def _distance(text: str, names: Mapping[str, Distance]) -> RaceWords:
    if match := NUMBER.search(text):
        kilometres = float(match[1].replace(",", ".")) * (MILE if match[2][0] == "m" else 1)
        if 0 < kilometres <= LONGEST:
            # half a percent more, for a race in miles or of 42.5 km
            return RaceWords(distance_of(kilometres * 0.99), _without(text, match))
    if match := _longest(names, text):
        return RaceWords(names[match[0]], _without(text, match))
    return RaceWords(None, text)


def _longest(names: Iterable[str], text: str) -> re.Match[str] | None:
    """Return the place of the longest of the names in the text."""
    longest_first = sorted(names, key=len, reverse=True)
    matches = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in longest_first)
    return next(filter(None, matches), None)


def _without(text: str, match: re.Match[str]) -> str:
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
    return re.sub(r"^(?:on|at|in|the)\s+|^[,:–-]\s*|\s*[,:]$", "", rest)
