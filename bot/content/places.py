"""Places and their time zones, found by the words that a runner types or by a shared location.

data/places.tsv is searched as bytes: as objects, its 40,000 places would take ten times the
memory (28 MB).
"""

import importlib.resources
import math
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.content.likeness import distances
from bot.domain.frozen import frozen

MAX_CHOICES = 6
MAX_NAMESAKES = 24
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
WITH_STATE = frozenset({"US", "CA", "AU"})  # countries where a town is named with its state

_SHORT = {"saint": "st", "mount": "mt", "fort": "ft"}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict.fromkeys(".'’‘`´ʻʼʹʿ", "")
    | {chr(accent): "" for accent in range(0x300, 0x370)}
)


@dataclass(frozen=True)
class Place:
    """A place with its IANA time zone; `region` and `country` may be empty."""

    name: str
    region: str
    country: str
    zone: str

    @property
    def label(self) -> str:
        """Return text like San José, Costa Rica; a city state is named once."""
        parts = dict.fromkeys((self.name, self.region, self.country))
        return ", ".join(part for part in parts if part)


@frozen
class Found:
    """The places that a name may mean, the likeliest first.

    `places`: the largest in each country and in each time zone. `others`: more places of this
    name. `guessed`: no place has the name, and the places have similar ones.
    """

    places: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    guessed: bool = False

    @property
    def sure(self) -> Place | None:
        """Return the place that is surely meant; None: ask the runner."""
        return self.places[0] if len(self.places) == 1 and not self.guessed else None

    @property
    def elsewhere(self) -> Place | None:
        """Return the likeliest of the others whose time zone is not that of the first place."""
        first = self.places[0].zone
        return next((place for place in self.others if place.zone != first), None)


@dataclass(frozen=True)
class _Row:
    """A line of the file: a city, or an area (a country or a region of a country).

    `region` and `country` are codes; a country has the region "".
    """

    name: str
    region: str
    country: str
    zones: tuple[str, ...]
    population: int
    is_area: bool

    @property
    def weight(self) -> float:
        """Return how likely it is that the row is meant: Victoria is a city and a region."""
        return self.population / 10 if self.is_area and self.region else self.population

    @property
    def code(self) -> str:
        """Return the code of an area."""
        return self.region or self.country

    def is_in(self, area: "_Row") -> bool:
        return area.country == self.country and area.region in ("", self.region)


def fold(words: str) -> str:
    """Return the words in lower case, without accents and punctuation, and with st for saint."""
    letters = unicodedata.normalize("NFKD", words).casefold().translate(_LETTERS)
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in letters)
    return " ".join(_SHORT.get(word, word) for word in unicodedata.normalize("NFC", kept).split())


def _without(folded: str, openings: Iterable[str]) -> str:
    """Return the words without the longest of the openings with which they begin."""
    starts = (f"{fold(opening)} " for opening in openings)
    return folded.removeprefix(max(filter(folded.startswith, starts), key=len, default=""))


def _read(line: bytes) -> _Row:
    name, region, country, zones, population, latitude, *_ = line.decode().split("\t")
    is_area = latitude == ""
    return _Row(name, region, country, tuple(zones.split(" ")), int(population), is_area)


# A name, and the readings of the words after it. A reading is a chain of areas, each inside the
# next, and each area is a list of the rows that it may be.
_Reading = tuple[str, list[list[list[_Row]]]]


def _qualified(readings: list[_Reading], search: Callable[[str], Iterable[_Row]]) -> list[_Row]:
    """Return the rows of the first reading that has any: with its name, and in its areas."""
    for name, chains in readings:
        if rows := [row for row in search(name) if _lies_in(row, chains)]:
            return rows
    return []


def _lies_in(row: _Row, chains: list[list[list[_Row]]]) -> bool:
    """Return whether the row lies in all areas of one of the chains."""
    return any(all(any(map(row.is_in, areas)) for areas in chain) for chain in chains)


def _different(options: list[tuple[_Row, str]]) -> list[tuple[_Row, str]]:
    """Return the first option of each country and of each time zone, MAX_CHOICES at most."""
    by_country: dict[str, tuple[_Row, str]] = {}
    by_zone: dict[str, tuple[_Row, str]] = {}
    for row, zone in options:
        by_country.setdefault(row.country, (row, zone))
        by_zone.setdefault(zone, (row, zone))
    wanted = list(dict.fromkeys((*by_country.values(), *by_zone.values())))[:MAX_CHOICES]
    return sorted(wanted, key=options.index)


def _kilometres(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance on a flat map, which is precise enough to find the nearest city."""
    north = end[0] - start[0]
    east = (end[1] - start[1] + 180) % 360 - 180
    return KM_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(start[0])))


def _zone_at(latitude: float, longitude: float) -> str:
    """Return the IANA time zone at a position, "" for none, in about 0.15 s.

    A separate process reads the map, so that its 35 MB are freed afterwards.
    """
    program = "import sys, tzfpy; print(tzfpy.get_tz(*map(float, sys.argv[1:])))"
    point = (str(float(longitude)), str(float(latitude)))
    command = [sys.executable, "-c", program, *point]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()  # noqa: S603


class Places:
    """The places of data/places.tsv: first the countries and regions, then the cities by size."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, words: str, openings: Iterable[str] = ()) -> Found:
        """Find places with this name, or names that begin with it, or similar names.

        `openings`: what may stand before a name, such as “i live in”.
        """
        words = words[:MAX_LETTERS].strip()
        zone = self._zones.get(re.sub(r"[\s_]+", "_", words.lower()))
        if zone is not None:
            return Found((Place(zone.replace("_", " "), "", "", zone),))
        folded = fold(words)
        spellings = dict.fromkeys((folded, _without(folded, openings)))
        readings = [list(self._readings(spelling.split()[:MAX_WORDS])) for spelling in spellings]
        for search in (self._named, self._beginning, self._resembling):
            for reading in readings:
                if rows := _qualified(reading, search):
                    return self._found(rows, guessed=search == self._resembling)
        return Found()

    def at(self, latitude: float, longitude: float) -> Place | None:
        """Return the place at a position in degrees, named after the nearest city if one is near.

        None: the position is out of range, or at sea and near no city.
        """
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        zone = _zone_at(latitude, longitude)
        at_sea = not zone or zone.startswith("Etc/")
        city = self._nearest((latitude, longitude), zone)
        if city is not None:
            return self._place(city, city.zones[0] if at_sea else zone)
        return None if at_sea else Place(zone.rpartition("/")[2].replace("_", " "), "", "", zone)

    # Rows of the file

    @cached_property
    def _text(self) -> bytes:
        return self._path.read_bytes()

    @cached_property
    def _zones(self) -> dict[str, str]:
        """Map lower-case names to IANA names, without fixed offsets, which have no summer time."""
        listed = importlib.resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
        of_places = (name for name in listed if "/" in name and not name.startswith("Etc/"))
        return {"utc": "UTC", "gmt": "UTC"} | {name.lower(): name for name in of_places}

    @cached_property
    def _cities_start(self) -> int:
        """Return the offset of the end of the areas; cities are the lines with a position."""
        position = re.search(rb"\d\t-?\d+\.\d+\t", self._text)
        return self._text.rindex(b"\n", 0, position.start()) if position else len(self._text)

    def _area(self, country: str, region: str) -> _Row:
        """Return a country or region. Raise KeyError if the file does not have it."""
        needle = f"\t{region}\t{country}\t".encode()
        offset = self._text.find(needle, 0, self._cities_start)
        if offset < 0:
            raise KeyError((country, region))
        return self._row_at(offset)

    def _areas_spelled(self, spelling: str) -> list[_Row]:
        """Return the areas with a name or code: ca is California and Canada."""
        end = self._cities_start
        areas = list(self._rows_with(f"|{spelling}|".encode(), end))
        if re.fullmatch(r"[a-z]{2,3}", spelling):
            code = spelling.upper()
            areas += self._rows_with(f"\t{code}\t".encode(), end, lambda row: row.code == code)
        return areas

    def _rows_with(
        self, needle: bytes, end: int | None = None, wanted: Callable[[_Row], bool] = bool
    ) -> Iterator[_Row]:
        """Yield the rows before the offset `end` that contain `needle` and that are wanted."""
        offset = self._text.find(needle, 0, end)
        while offset >= 0:
            if wanted(row := self._row_at(offset)):
                yield row
            offset = self._text.find(needle, self._text.find(b"\n", offset + 1), end)

    def _row_at(self, offset: int) -> _Row:
        start = self._text.rfind(b"\n", 0, offset) + 1
        return _read(self._text[start : self._text.index(b"\n", offset)])

    # Three ways to search for a name, the surest first

    def _named(self, name: str) -> Iterable[_Row]:
        return self._rows_with(f"|{name}|".encode())

    def _beginning(self, name: str) -> Iterable[_Row]:
        """Return the rows whose name has more words: Las Palmas de Gran Canaria."""
        if len(name) < MIN_BEGINNING_LETTERS:
            return ()
        return self._rows_with(f"|{name} ".encode())

    def _resembling(self, name: str) -> Iterable[_Row]:
        """Return the rows with the most similar names, one or two typos away.

        The first letter must match, and in a short name also the last: banana is not Banan, and
        bands is not Banda.
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
            (distance,) = distances(name, [match[1].decode()])
            if distance <= typos and (row := self._row_at(match.start())).population >= least:
                found[row] = min(distance, found.get(row, distance))
        least_distance = min(found.values(), default=0)
        return [row for row, distance in found.items() if distance == least_distance]

    # The areas after a name: paris tx usa

    def _readings(self, words: list[str]) -> Iterator[_Reading]:
        """Yield the ways to split words into a name and areas around it, the longest name first."""
        for cut in range(len(words), 0, -1):
            if chains := list(self._chains(words[cut:])):
                yield " ".join(words[:cut]), chains

    def _chains(self, words: list[str]) -> Iterator[list[list[_Row]]]:
        """Yield the ways to read words as areas, each one around the one before."""
        if not words:
            yield []
        for cut in range(1, len(words) + 1):
            if areas := self._areas_spelled(" ".join(words[:cut])):
                for rest in self._chains(words[cut:]):
                    yield [areas, *rest]

    # From rows to answers

    def _found(self, rows: list[_Row], *, guessed: bool) -> Found:
        rows = sorted(rows, key=lambda row: row.weight, reverse=True)
        likely = [row for row in rows if row.weight * FAR_LARGER >= rows[0].weight]
        options = [option for row in likely for option in self._options(row)]
        chosen = _different(options)
        covered = {(row.country, zone) for row, zone in chosen}
        others = [
            (row, zone)
            for row, zone in (option for row in rows for option in self._options(row))
            if (row, zone) not in chosen and not (row.is_area and (row.country, zone) in covered)
        ]
        if guessed:
            others = []
        places = self._labelled([*chosen, *others[:MAX_NAMESAKES]])
        first, rest = places[: len(chosen)], places[len(chosen) :]
        return Found(tuple(first), tuple(dict.fromkeys(p for p in rest if p not in first)), guessed)

    def _options(self, row: _Row) -> Iterator[tuple[_Row, str]]:
        """Yield the row with its zone; for an area with several zones, the largest city of each."""
        if len(row.zones) == 1:
            yield row, row.zones[0]
            return
        for zone in row.zones:
            region = f"\t{row.region}" if row.region else ""
            same = self._rows_with(f"{region}\t{row.country}\t{zone}\t".encode())
            yield next(city for city in same if not city.is_area), zone

    def _labelled(self, options: list[tuple[_Row, str]]) -> list[Place]:
        """Return the options as places, with a region if names would otherwise be equal."""
        named = Counter((row.name, row.country) for row, _ in options)
        return [self._place(row, zone, named[row.name, row.country] > 1) for row, zone in options]

    def _place(self, row: _Row, zone: str, is_one_of_several: bool = False) -> Place:
        """Return the row as a place, with its region if that is customary or necessary."""
        region = ""
        if row.region and (is_one_of_several or row.country in WITH_STATE):
            region = self._area(row.country, row.region).name
        country = "" if row.is_area and not row.region else self._area(row.country, "").name
        return Place(row.name, region if region != row.name else "", country, zone)

    def _nearest(self, position: tuple[float, float], zone: str) -> _Row | None:
        """Return the nearest city within NEARBY_KM, preferably in this zone; None: there is none.

        Of cities within SAME_TOWN_KM the largest is taken: Berlin, not Kreuzberg.
        """
        degree = math.trunc(position[0])
        degrees = "|".join(map(str, (degree - 1, degree, degree + 1, "-0")))
        columns = rf"\t((?:{degrees})\.\d+)\t([-.\d]+)\t\|".encode()
        near: dict[_Row, tuple[bool, float, int]] = {}
        for match in re.finditer(columns, self._text):
            distance = _kilometres(position, (float(match[1]), float(match[2])))
            if distance <= NEARBY_KM:
                row = self._row_at(match.start())
                near[row] = (zone not in row.zones, max(distance, SAME_TOWN_KM), -row.population)
        return min(near, key=lambda row: near[row], default=None)
