"""A runner's kit: bands, with the runner's own names for their colours, and an anchor."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from bot.domain.frozen import frozen

LONGEST_COLOUR = 20
COLOURS = (
    *("yellow", "red", "green", "blue", "black", "grey"),
    *("purple", "orange", "pink", "white", "silver", "gold"),
)  # the usual ones, which the button offers and a card can draw


class KitKind(StrEnum):
    """A kind of kit; the anchor is a strap in a closed door, or a firm post."""

    MINI_BAND = "mini-band"
    HIP_CIRCLE = "hip-circle"
    LONG_LOOP = "long-loop"
    LONG_BAND = "long-band"
    DOOR_ANCHOR = "door-anchor"


class Level(StrEnum):
    """The strength of a band, weakest first; NONE is the level of an anchor."""

    EXTRA_LIGHT = "extra-light"
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"
    NONE = "none"


LEVELS = (Level.EXTRA_LIGHT, Level.LIGHT, Level.MEDIUM, Level.HEAVY)
ORDER = {
    (kind, level): (place, strength)
    for place, kind in enumerate(KitKind)
    for strength, level in enumerate(Level)
    if (kind is KitKind.DOOR_ANCHOR) == (level is Level.NONE)
}


@frozen
class Band:
    """A band or an anchor; `colour` is the owner's word for it, or empty."""

    kind: KitKind
    level: Level
    colour: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a kind without this level, or too long a colour."""
        if (self.kind, self.level) not in ORDER:
            raise ValueError(f"{self.kind} {self.level}")
        if len(self.colour) > LONGEST_COLOUR:
            raise ValueError(self.colour)


@dataclass(frozen=True)
class Kit:
    """The bands that a runner owns, in ORDER; an empty kit says that they own none.

    `supposed` are kinds that a runner who has not been asked yet is assumed to own.
    """

    bands: tuple[Band, ...] = ()
    supposed: tuple[KitKind, ...] = ()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of kit that the runner owns, or is assumed to own."""
        return frozenset((*(band.kind for band in self.bands), *self.supposed))

    def owns(self, kind: str) -> bool:
        return kind in self.kinds

    def of(self, kind: KitKind) -> tuple[Band, ...]:
        return tuple(band for band in self.bands if band.kind is kind)

    def get(self, kind: KitKind, level: Level) -> Band | None:
        return next((b for b in self.bands if (b.kind, b.level) == (kind, level)), None)


UNKNOWN = Kit(supposed=(KitKind.MINI_BAND,))


def usable(kit: Kit | None) -> Kit:
    """Return the kit to plan with: for a runner who has not said, at most a mini band."""
    return UNKNOWN if kit is None else kit


def of_kinds(kit: Kit | None) -> Kit | None:
    """Return the kit with its kinds only: there are few such kits, so results for them can be kept.

    None stands for all kit, and is returned unchanged.
    """
    return None if kit is None else _of_kinds(kit.kinds)


@cache
def _of_kinds(kinds: frozenset[str]) -> Kit:
    return Kit(supposed=tuple(kind for kind in KitKind if kind in kinds))


def kit_of(bands: Iterable[Band]) -> Kit:
    """Return the kit of these bands; of two bands of one kind and level, the last counts."""
    owned = {(band.kind, band.level): band for band in bands}
    return Kit(tuple(owned[key] for key in sorted(owned, key=ORDER.__getitem__)))
