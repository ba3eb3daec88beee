"""Emergency numbers by country, from data/emergency-numbers.toml."""

import tomllib
from functools import cache
from importlib.resources.abc import Traversable

from babel.core import get_global

from bot.content.reading import shipped

FILE = "emergency-numbers.toml"


def numbers_in(zone: str | None) -> tuple[str, ...]:
    """Return the numbers of the country of an IANA zone; empty where they are not known."""
    country = get_global("zone_territories").get(zone or "")
    return _numbers().get(country or "", ())


@cache
def _numbers() -> dict[str, tuple[str, ...]]:
    file: Traversable = shipped() / FILE
    countries: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))["countries"]
    return {country: tuple(numbers) for country, numbers in countries.items()}
