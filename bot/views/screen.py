"""Screens: what one message shows; labels and text come from the locales."""

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from hashlib import sha256
from typing import Literal, TypeVar

from bot.callbacks import RoutineTap, Tap
from bot.content import Clip
from bot.content.texts import Html, Texts, plain
from bot.domain.frozen import frozen

CAPTION = 1024  # UTF-16 code units, without tags
ROUTINES = ("button-routines", RoutineTap())  # what a button says, and does, in many notices

T = TypeVar("T")


@frozen
class Link:
    """The action of a button that opens the private chat with a /start payload."""

    payload: str


@frozen
class Share:
    """The action of a button that shares an exercise or routine in a chat that the runner picks.

    `words` find it by an inline search; `payload` is that of a link to it, which is shared if there
    are no words.
    """

    words: str
    payload: str


@frozen
class Button:
    """A button under a message; what it does is a tap, an address to open, a link or a share.

    `style` colours it blue, green or red, in clients that know it.
    """

    label: str
    does: Tap | str | Link | Share
    style: Literal["primary", "success", "danger"] | None = None


Rows = tuple[tuple[Button, ...], ...]
Labelled = tuple[str, Tap | Link | Share]  # the id of a button's label, and what the button does


@frozen
class Audio:
    """A track for the music player; `cover` is the JPEG that it shows, if any."""

    data: bytes = field(repr=False)
    seconds: int
    title: str
    performer: str
    cover: bytes | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """A SHA-256 digest of the file and what stands on it, which an upload fixes together."""
        about = f"{self.seconds}\n{self.title}\n{self.performer}\n".encode()
        return sha256(b"".join((about, self.cover or b"", b"\n", self.data))).hexdigest()


@frozen
class Screen:
    """The content of one message.

    `clip` or `picture` (a PNG) is shown above the text, which then is its caption. `ask_location`
    is the label of a keyboard button that shares the runner's location; `drop_keyboard` removes
    that keyboard. Neither can be combined with buttons, a clip or a picture.
    """

    text: Html
    buttons: Rows = ()
    clip: Clip | None = None
    picture: bytes | None = None
    ask_location: str | None = None
    drop_keyboard: bool = False


@frozen
class Card:
    """A result of an inline search: its entry in the list, and the screen that a tap sends."""

    id: str
    title: str
    description: str
    screen: Screen


def notice(sentence: str, *buttons: Labelled) -> Callable[[Texts], Screen]:
    """Return a view that shows the sentence with this id, and the buttons one below the other."""
    return lambda texts: Screen(texts.html(sentence), column(texts, *buttons))


def column(texts: Texts, *buttons: Labelled) -> Rows:
    """Return the buttons one below the other."""
    return tuple((button,) for button in row(texts, *buttons))


def row(texts: Texts, *buttons: Labelled) -> tuple[Button, ...]:
    """Return the buttons side by side."""
    return tuple(Button(texts.plain(label), does) for label, does in buttons)


def in_rows(cells: Sequence[T], width: int) -> tuple[tuple[T, ...], ...]:
    """Lay out the cells in rows of `width`; the last row may be shorter."""
    return tuple(tuple(cells[start : start + width]) for start in range(0, len(cells), width))


def fits_caption(text: Html) -> bool:
    """Return whether Telegram takes the text as a caption."""
    return len(plain(text).encode("utf-16-le")) // 2 <= CAPTION


def paragraphs(*parts: Html | None) -> Html:
    """Join the parts by empty lines, without those that are empty or None."""
    return Html("\n\n").joined([part for part in parts if part])


def lines(*parts: Html | None) -> Html:
    """Join the parts by line ends, without those that are empty or None."""
    return Html("\n").joined([part for part in parts if part])


def above(screen: Screen, *parts: Html | None) -> Screen:
    """Return the screen with the parts as paragraphs above its text."""
    return replace(screen, text=paragraphs(*parts, screen.text))


def shortened(words: str, most: int = 60) -> str:
    """Return the words on one line; if they have more than `most` characters, end with “…”."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
