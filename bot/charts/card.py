"""A card: the contents of a picture that sums up a runner's training, in words ready to draw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """A total; `label` says what `number` counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A week; `value` is the height, in minutes; `kept` of `planned` training days were trained."""

    value: int
    kept: int
    planned: int
    date: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of sets in a week; `shade` is the band's strength: 1 the lightest, 0 not known."""

    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class CardRow:
    """An exercise, with a cell for each week of the card."""

    name: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The contents of a picture.

    `plan` explains the dots (empty: there are none); `shades` are the shades in use, with names.
    """

    title: str
    since: str
    totals: tuple[Total, ...]
    bars_title: str
    plan: str
    bars: tuple[Bar, ...]
    rows_title: str
    rows: tuple[CardRow, ...]
    shades: tuple[tuple[int, str], ...]
