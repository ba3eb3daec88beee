"""A screen: what one message shows. Labels and text come from the locales."""

from dataclasses import dataclass

from bot.callbacks import Tap
from bot.content import Clip
from bot.content.texts import Html


@dataclass(frozen=True, slots=True)
class Link:
    """Opens the private chat with the coach, at what the payload names."""

    payload: str


@dataclass(frozen=True, slots=True)
class Share:
    """Lets a runner pick a chat for what `words` find inline, or for the link to it."""

    words: str
    payload: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it taps, opens an address or the coach, or shares."""

    label: str
    does: Tap | str | Link | Share


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`clip` plays above the text, which then is its caption; `picture`, a PNG, stands there
    instead. `ask_location` labels a button in place of the keyboard that shares where the runner
    is; `drop_keyboard` takes it away again. Neither goes together with buttons, clip or picture.
    """

    text: Html
    buttons: Rows = ()
    clip: Clip | None = None
    picture: bytes | None = None
    ask_location: str | None = None
    drop_keyboard: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One result of an inline search: what the list shows, and the screen that it sends."""

    id: str
    title: str
    description: str
    screen: Screen


def paragraphs(*parts: Html | None) -> Html:
    """The parts with an empty line between; what is empty or None is left out."""
    return Html("\n\n").joined([part for part in parts if part])


def lines(*parts: Html | None) -> Html:
    """The parts, one a line; what is empty or None is left out."""
    return Html("\n").joined([part for part in parts if part])
