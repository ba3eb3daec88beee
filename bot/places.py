"""Which time zone a place has: found by what a runner types, or by a shared location.

data/places.tsv is kept as the bytes it is and searched there: as objects, its 34,000 places
would take ten times the memory (24 MB).
"""

import importlib.resources
import math
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz.distance import OSA

MAX_CHOICES = 6
MAX_LETTERS = 80
MAX_WORDS = 6
FAR_LARGER = 12  # Boston is 15 times its English namesake; Portland in Oregon 10 times Maine's
MIN_BEGINNING_LETTERS = 8  # winter is not Winter Garden
MIN_TYPO_LETTERS = 5
MIN_TYPO_POPULATION = 100_000  # among smaller places too many plain words are one letter off
SHORT_NAME_LETTERS = 6
MIN_SHORT_TYPO_POPULATION = 400_000
NEARBY_KM = 100
SAME_TOWN_KM = 10
KM_PER_DEGREE = 111.2

_FILLER = re.compile(
    r"^(?:(?:im|i am|i live|i run|we are|living|based) )?"
    r"(?:in|near|at|from|around|outside|close to) "
)
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft"}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict.fromkeys(".'’‘`´ʻʼʹʿ", "")
    | {chr(accent): "" for accent in range(0x300, 0x370)}
)


@dataclass(frozen=True)
class Place:
    """Somewhere with a clock; region and country are empty where the name says it all."""

    name: str
    region: str
    country: str
    zone: str

    @property
    def label(self) -> str:
        """San José, Costa Rica; a city state is named once."""
        parts = dict.fromkeys((self.name, self.region, self.country))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Row:
    """One line of the file: a city or an area, which is a country or a region of one.

    region and country are codes; a country's own region is "".
    """

    name: str
    region: str
    country: str
    zones: tuple[str, ...]
    population: int
    is_area: bool
    spellings: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How likely it is meant: Victoria, Washington and Ontario are cities as well as states."""
        return self.population / 10 if self.is_area and self.region else self.population

    def is_in(self, area: tuple[str, str]) -> bool:
        country, region = area
        return country == self.country and region in ("", self.region)


def fold(words: str) -> str:
    """The spelling that places are compared by: no case, accents or punctuation; st for saint."""
    letters = unicodedata.normalize("NFKD", words).casefold().translate(_LETTERS)
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in letters)
    return " ".join(_SHORT.get(w, w) for w in unicodedata.normalize("NFC", kept).split())


def _read(line: bytes) -> _Row:
    columns = line.decode().split("\t")
    name, region, country, zones, population, latitude, _, names = columns
    return _Row(
        name,
        region,
        country,
        tuple(zones.split(" ")),
        int(population),
        latitude == "",
        tuple(names.strip("|").split("|")),
    )


def _kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """As on a flat map: good enough for the nearest city."""
    north = there[0] - here[0]
    east = (there[1] - here[1] + 180) % 360 - 180
    return KM_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(here[0])))


def _zone_at(latitude: float, longitude: float) -> str:
    """In a process of its own, which takes the map's 35 MB with it; about 0.15 s."""
    ask = "import sys, tzfpy; print(tzfpy.get_tz(*map(float, sys.argv[1:])))"
    point = (str(float(longitude)), str(float(latitude)))
    command = [sys.executable, "-c", ask, *point]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()  # noqa: S603


class Places:
    """The places of data/places.tsv; countries and regions come first there, then largest first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, words: str) -> tuple[Place, ...]:
        """Empty: unknown. One: sure. Several, largest first, at most six: ask back."""
        words = words[:MAX_LETTERS].strip()
        zone = self._zones.get(re.sub(r"[\s_]+", "_", words.lower()))
        if zone is not None:
            return (Place(zone.replace("_", " "), "", "", zone),)
        folded = fold(words)
        for search in (self._named, self._beginning, self._resembling):
            for spelling in dict.fromkeys((folded, _FILLER.sub("", folded))):
                if rows := self._qualified(spelling.split()[:MAX_WORDS], search):
                    return self._choices(rows)
        return ()

    def at(self, latitude: float, longitude: float) -> Place | None:
        """Degrees. Named after the nearest city, if one is near; None: out at sea, or nowhere."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        zone = _zone_at(latitude, longitude)
        at_sea = not zone or zone.startswith("Etc/")
        city = self._nearest((latitude, longitude), zone)
        if city is not None:
            return self._place(city, city.zones[0] if at_sea else zone)
        return None if at_sea else Place(zone.rpartition("/")[2].replace("_", " "), "", "", zone)

    # The file

    @cached_property
    def _text(self) -> bytes:
        return self._path.read_bytes()

    @cached_property
    def _zones(self) -> dict[str, str]:
        """IANA names by their lower case, without fixed offsets: those forget summer time."""
        listed = importlib.resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
        of_places = (name for name in listed if "/" in name and not name.startswith("Etc/"))
        return {"utc": "UTC", "gmt": "UTC"} | {name.lower(): name for name in of_places}

    @cached_property
    def _areas(self) -> dict[tuple[str, str], _Row]:
        """Countries and regions by (country code, region code)."""
        areas = {}
        for row in self._rows_with(b"|\n"):
            if not row.is_area:
                break
            areas[row.country, row.region] = row
        return areas

    @cached_property
    def _areas_spelled(self) -> dict[str, set[tuple[str, str]]]:
        """What a spelling or a code may mean: ca is California, and Canada."""
        spelled: dict[str, set[tuple[str, str]]] = {}
        for key, row in self._areas.items():
            for spelling in (*row.spellings, fold(row.region or row.country)):
                spelled.setdefault(spelling, set()).add(key)
        return spelled

    def _rows_with(self, needle: bytes) -> Iterator[_Row]:
        at = self._text.find(needle)
        while at >= 0:
            yield self._row_at(at)
            at = self._text.find(needle, self._text.find(b"\n", at + 1))

    def _row_at(self, offset: int) -> _Row:
        start = self._text.rfind(b"\n", 0, offset) + 1
        return _read(self._text[start : self._text.index(b"\n", offset)])

    # Three ways to understand a name, the surest first

    def _named(self, name: str) -> Iterable[_Row]:
        return self._rows_with(f"|{name}|".encode())

    def _beginning(self, name: str) -> Iterable[_Row]:
        """Las Palmas (de Gran Canaria)."""
        if len(name) < MIN_BEGINNING_LETTERS:
            return ()
        return self._rows_with(f"|{name} ".encode())

    def _resembling(self, name: str) -> Iterable[_Row]:
        """The nearest misspelt names, the first letter taken to be right; in short ones the last.

        So banana is not Banan, nor bands Banda.
        """
        if len(name) < MIN_TYPO_LETTERS or not name.isascii():
            return ()
        short = len(name) <= SHORT_NAME_LETTERS
        least = MIN_SHORT_TYPO_POPULATION if short else MIN_TYPO_POPULATION
        typos = 1 if len(name) < 9 else 2
        first, last = name[0], f"(?<={name[-1]})" if short else ""
        rest = rf"[^|\n]{{{len(name) - 1 - typos},{len(name) - 1 + typos}}}"
        shape = rf"\|({first}{rest}{last})(?=\|)"
        found: dict[_Row, int] = {}
        for match in re.finditer(shape.encode(), self._text):
            distance = OSA.distance(name, match[1].decode(), score_cutoff=typos)
            if distance <= typos and (row := self._row_at(match.start())).population >= least:
                found[row] = min(distance, found.get(row, distance))
        return [row for row, distance in found.items() if distance == min(found.values())]

    # What follows a name narrows it down: paris tx usa

    def _qualified(self, words: list[str], search: Callable[[str], Iterable[_Row]]) -> list[_Row]:
        for cut in range(len(words), 0, -1):
            name, areas = " ".join(words[:cut]), words[cut:]
            if areas and not self._ends_in_area(areas):
                continue
            if rows := [row for row in search(name) if self._lies_in(row, areas)]:
                return rows
        return []

    def _ends_in_area(self, words: list[str]) -> bool:
        return any(" ".join(words[start:]) in self._areas_spelled for start in range(len(words)))

    def _lies_in(self, row: _Row, words: list[str]) -> bool:
        """Whether the words are areas around the row, one after another."""
        return not words or any(
            self._lies_in(row, words[cut:])
            for cut in range(1, len(words) + 1)
            if any(map(row.is_in, self._areas_spelled.get(" ".join(words[:cut]), ())))
        )

    # From rows to answers

    def _choices(self, rows: list[_Row]) -> tuple[Place, ...]:
        rows = sorted(rows, key=lambda row: row.weight, reverse=True)
        likely = [row for row in rows if row.weight * FAR_LARGER >= rows[0].weight]
        of_zone: dict[str, Place] = {}
        for row in likely:
            for place in self._places(row):
                of_zone.setdefault(place.zone, place)
        of_label: dict[str, Place] = {}
        for place in of_zone.values():
            of_label.setdefault(place.label, place)
        return tuple(of_label.values())[:MAX_CHOICES]

    def _places(self, row: _Row) -> Iterator[Place]:
        """The row itself; of an area with several clocks, the largest city of each."""
        if len(row.zones) == 1:
            yield self._place(row, row.zones[0])
            return
        for zone in row.zones:
            region = f"\t{row.region}" if row.region else ""
            same = self._rows_with(f"{region}\t{row.country}\t{zone}\t".encode())
            yield next(self._place(city, zone) for city in same if not city.is_area)

    def _place(self, row: _Row, zone: str) -> Place:
        region = self._areas.get((row.country, row.region)) if row.region else None
        country = self._areas[row.country, ""]
        return Place(
            row.name,
            region.name if region and region != row else "",
            country.name if country != row else "",
            zone,
        )

    def _nearest(self, here: tuple[float, float], zone: str) -> _Row | None:
        """The nearest city, of this zone if there is one; Berlin, if also Kreuzberg is close."""
        degree = math.trunc(here[0])
        degrees = "|".join(map(str, (degree - 1, degree, degree + 1, "-0")))
        position = rf"\t((?:{degrees})\.\d+)\t([-.\d]+)\t\|".encode()
        near: dict[_Row, tuple[bool, float, int]] = {}
        for match in re.finditer(position, self._text):
            away = _kilometres(here, (float(match[1]), float(match[2])))
            if away <= NEARBY_KM:
                row = self._row_at(match.start())
                near[row] = (zone not in row.zones, max(away, SAME_TOWN_KM), -row.population)
        return min(near, key=lambda row: near[row], default=None)
