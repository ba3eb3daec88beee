"""The choice between 12 and 24 hours in the times of day of all sentences."""

from functools import lru_cache

from babel.core import Locale, UnknownLocaleError, get_global

from bot.domain.runner import Runner

TWELVE, TWENTY_FOUR = 12, 24


def hours_for(runner: Runner | None) -> int:
    """Return the hours of the runner's clock: as they typed a time, or as is usual locally."""
    if runner is None:
        return TWENTY_FOUR
    return runner.hours or usual_hours(runner.zone or "")


@lru_cache(maxsize=512)
def usual_hours(zone: str) -> int:
    """Return the hours that CLDR has for the country of an IANA zone; 24 if it has none."""
    known = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(known) or get_global("zone_territories").get(zone)
    if country in {None, "001", "ZZ"}:
        return TWENTY_FOUR
    try:
        pattern = Locale.parse(f"und_{country}").time_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return TWENTY_FOUR
    return TWELVE if "h" in pattern or "K" in pattern else TWENTY_FOUR
