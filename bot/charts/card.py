"""A card: what a picture of somebody's training shows, in words that are ready to be drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """A number to be proud of, and what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A week: its height, the days of the plan that were kept, and the plan."""

    value: int
    kept: int
    planned: int
    date: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many sets, and how strong the band was: 1 is the lightest, 0 not known."""

    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Row:
    """An exercise, a cell for each of the card's weeks."""

    name: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """`plan` explains the dots, and is empty without any; `shades` names those that occur."""

    title: str
    since: str
    totals: tuple[Total, ...]
    bars_title: str
    plan: str
    bars: tuple[Bar, ...]
    rows_title: str
    rows: tuple[Row, ...]
    shades: tuple[tuple[int, str], ...]
