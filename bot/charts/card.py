"""A card: the contents of a picture that sums up a runner's training, in words ready to draw."""

from bot.domain.frozen import frozen


@frozen
class Total:
    """A total; `label` says what `number` counts."""

    number: str
    label: str


@frozen
class Bar:
    """A week; `value` is the height, in minutes; `kept` of `planned` training days were trained."""

    value: int
    kept: int
    planned: int
    date: str


@frozen
class Cell:
    """The number of sets in a week.

    `shade` is the band's strength: 1 the lightest, 0 no band or not known. `colour`: one of
    `bot.domain.kit.COLOURS`, or empty where the runner has told none of them.
    """

    count: int
    shade: int
    colour: str = ""


@frozen
class CardRow:
    """An exercise, with a cell for each week of the card.

    `has_risen`: the band of the last week is stronger than that of the first, as `note` says.
    """

    name: str
    note: str
    cells: tuple[Cell, ...]
    has_risen: bool = False


@frozen
class Card:
    """The contents of a picture.

    `main` is the figure that stands out. `plan` explains the dots (empty: there are none).
    `week_of` stands above the date of a Monday.
    """

    title: str
    since: str
    main: Total
    totals: tuple[Total, ...]
    bars_title: str
    plan: str
    week_of: str
    bars: tuple[Bar, ...]
    rows_title: str
    rows_hint: str
    rows: tuple[CardRow, ...]
