"""Reply markup: buttons under a message, and keyboards in place of the phone's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.world.wire import Json

CURRENT_CHAT = "switch_inline_query_current_chat"
CHOSEN_CHAT = "switch_inline_query_chosen_chat"
CHAT_KINDS = ("user", "bot", "group", "channel")


@dataclass(frozen=True)
class Button:
    """A button under a message; `fields` is all of it, as the bot sent it."""

    label: str
    data: str | None
    url: str | None
    fields: Mapping[str, Any]

    @property
    def copy_text(self) -> str | None:
        text: str | None = self.fields.get("copy_text", {}).get("text")
        return text

    @property
    def inline_query(self) -> str | None:
        """The query that the button puts into the message box after the bot's name."""
        chosen: Json | None = self.fields.get(CHOSEN_CHAT)
        if chosen is not None:
            return str(chosen.get("query") or "")
        query: str | None = self.fields.get(CURRENT_CHAT, self.fields.get("switch_inline_query"))
        return query

    @property
    def inline_chats(self) -> tuple[str, ...]:
        """The kinds of chat that may be picked for the query; none for the current chat."""
        if CURRENT_CHAT in self.fields:
            return ()
        chosen = self.fields.get(CHOSEN_CHAT)
        return tuple(kind for kind in CHAT_KINDS if chosen is None or chosen.get(allowing(kind)))


def allowing(kind: str) -> str:
    """Return the field that allows this kind of chat."""
    return f"allow_{kind}_chats"


@dataclass(frozen=True)
class Key:
    """A key of a reply keyboard, which sends its label, a "location" or a "contact"."""

    label: str
    asks_for: str | None = None


@dataclass(frozen=True)
class ReplyKeyboard:
    rows: tuple[tuple[Key, ...], ...]
    one_time: bool = False
    placeholder: str = ""


@dataclass(frozen=True)
class Markup:
    """At most one of the fields is set, as in Telegram."""

    inline: tuple[tuple[Button, ...], ...] = ()
    keyboard: ReplyKeyboard | None = None
    removes_keyboard: bool = False
    force_reply: bool = False

    @property
    def is_editable(self) -> bool:
        """Whether a message with this markup can be edited."""
        return not (self.keyboard or self.removes_keyboard or self.force_reply)

    def wire(self) -> Json | None:
        """Telegram returns inline keyboards only."""
        if not self.inline:
            return None
        return {"inline_keyboard": [[dict(button.fields) for button in row] for row in self.inline]}
