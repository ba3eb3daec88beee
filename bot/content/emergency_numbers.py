"""Emergency numbers by country, from data/emergency-numbers.toml."""

from typing import Annotated

from babel.core import get_global
from pydantic import Field

from bot.content.models import IN_WORDS, Model
from bot.content.reading import shipped_file

FILE = "emergency-numbers.toml"
COUNTRY = "^[A-Z]{2}$"
NUMBER = "^[0-9]{2,6}$"
IN_WORDS[COUNTRY] = "two capital letters, ISO 3166-1"
IN_WORDS[NUMBER] = "two to six figures"

Country = Annotated[str, Field(pattern=COUNTRY)]
Number = Annotated[str, Field(pattern=NUMBER)]


class EmergencyNumbersFile(Model):
    """data/emergency-numbers.toml: whom to call, by country."""

    countries: dict[Country, Annotated[tuple[Number, ...], Field(min_length=1)]] = Field(
        description="the numbers of a country, an ambulance's first",
        examples=[{"GB": ["999", "112"]}],
    )


def numbers_in(zone: str | None) -> tuple[str, ...]:
    """Return the numbers of the country of an IANA zone; empty if they are not known."""
    country = get_global("zone_territories").get(zone or "")
    return shipped_file(FILE, EmergencyNumbersFile).countries.get(country or "", ())
