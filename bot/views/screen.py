"""A screen: what one message shows. Labels and text come from the locales."""

from dataclasses import dataclass

from bot.callbacks import Tap
from bot.texts import Html


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it taps, or it opens an address."""

    label: str
    does: Tap | str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`ask_location` labels a button in place of the keyboard that shares where the runner is;
    `drop_keyboard` takes it away again. Neither goes together with buttons."""

    text: Html
    buttons: Rows = ()
    ask_location: str | None = None
    drop_keyboard: bool = False


def paragraphs(*parts: Html | None) -> Html:
    """The parts with an empty line between; what is empty or None is left out."""
    return Html("\n\n").joined([part for part in parts if part])


def lines(*parts: Html | None) -> Html:
    """The parts, one a line; what is empty or None is left out."""
    return Html("\n").joined([part for part in parts if part])
