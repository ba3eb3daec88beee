"""Reply markup: buttons under a message, keyboards in place of the phone's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.links import WrongLinkError, checked_link
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.chats import Json

BUTTON_LIMIT = 100
DATA_LIMIT = 64  # bytes
COPIED_LIMIT = 256  # characters

_CURRENT = "switch_inline_query_current_chat"
_CHOSEN = "switch_inline_query_chosen_chat"
_CHATS = ("user", "bot", "group", "channel")
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    _CURRENT,
    _CHOSEN,
    "copy_text",
    "callback_game",
    "pay",
)


@dataclass(frozen=True)
class Button:
    """A button under a message; `fields` is all of it, as the bot sent it."""

    label: str
    data: str | None
    url: str | None
    fields: Mapping[str, Any]

    @property
    def copied(self) -> str | None:
        """What it puts on the clipboard."""
        text: str | None = self.fields.get("copy_text", {}).get("text")
        return text

    @property
    def inline_query(self) -> str | None:
        """What it puts into the message box behind the bot's name."""
        chosen: Json | None = self.fields.get(_CHOSEN)
        if chosen is not None:
            return str(chosen.get("query") or "")
        query: str | None = self.fields.get(_CURRENT, self.fields.get("switch_inline_query"))
        return query

    @property
    def inline_chats(self) -> tuple[str, ...]:
        """Where that query may go: kinds of chat to pick from; none for the present chat."""
        if _CURRENT in self.fields:
            return ()
        chosen = self.fields.get(_CHOSEN)
        return tuple(kind for kind in _CHATS if chosen is None or chosen.get(_allows(kind)))


@dataclass(frozen=True)
class Key:
    """A key of a reply keyboard; `asks_for` is "location" or "contact", or None for its label."""

    label: str
    asks_for: str | None = None


@dataclass(frozen=True)
class ReplyKeyboard:
    rows: tuple[tuple[Key, ...], ...]
    one_time: bool = False
    placeholder: str = ""


@dataclass(frozen=True)
class Markup:
    """At most one of these is set, as in Telegram."""

    inline: tuple[tuple[Button, ...], ...] = ()
    keyboard: ReplyKeyboard | None = None
    removes_keyboard: bool = False
    force_reply: bool = False

    @property
    def is_editable(self) -> bool:
        """A message with a reply keyboard cannot be edited any more."""
        return not (self.keyboard or self.removes_keyboard or self.force_reply)

    def wire(self) -> Json | None:
        """Telegram hands back inline keyboards only."""
        if not self.inline:
            return None
        return {"inline_keyboard": [[dict(button.fields) for button in row] for row in self.inline]}


def read_markup(value: object, *, private: bool = True) -> Markup:
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if value.get("keyboard"):
        return Markup(keyboard=_reply_keyboard(value, private=private))
    if value.get("inline_keyboard"):
        rows = _rows(value["inline_keyboard"], "inline_keyboard", "InlineKeyboardMarkup")
        return Markup(inline=tuple(tuple(map(_button, row)) for row in rows if row))
    if value.get("remove_keyboard"):
        return Markup(removes_keyboard=True)
    return Markup(force_reply=bool(value.get("force_reply")))


def check_sendable(markup: Markup) -> None:
    """What Telegram's servers look at, after the chat was found."""
    buttons = [button for row in markup.inline for button in row]
    if any(len((button.data or "").encode()) > DATA_LIMIT for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    if any(len(button.copied or "") > COPIED_LIMIT for button in buttons):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if len(buttons) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")


def _rows(value: object, field: str, markup: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {markup} must be an Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}" of the {markup} must be an Array of Arrays')
    return value


def _button(fields: object) -> Button:
    where = "can't parse inline keyboard button:"
    if not isinstance(fields, dict):
        raise bad_request(f"{where} InlineKeyboardButton must be an Object")
    if "text" not in fields:
        raise bad_request(f'{where} Can\'t find field "text"')
    if not isinstance(fields["text"], str):
        raise bad_request(f'{where} Field "text" must be of type String')
    actions = [name for name in _ACTIONS if name in fields and _is_given(name, fields[name])]
    if not actions:
        raise bad_request(f"{where} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first of them without a word: surely not what the bot meant.
        raise bad_request(f"{where} exactly one action expected, found {' and '.join(actions)}")
    if not fields["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(fields, actions[0])
    if "url" in actions:
        fields = fields | {"url": _checked_url(str(fields["url"]))}
    return Button(fields["text"], fields.get("callback_data"), fields.get("url"), fields)


def _is_given(action: str, value: object) -> bool:
    """An empty inline query means something, an empty link or empty data does not."""
    return bool(value) or action.startswith(("switch_inline_query", "callback_game"))


def _check_action(fields: Json, action: str) -> None:
    where, value = "can't parse inline keyboard button:", fields[action]
    kind, name = (dict, "Object") if action in ("copy_text", _CHOSEN) else (str, "String")
    typed = action in ("copy_text", "callback_data", "url") or action.startswith("switch_inline")
    if typed and not isinstance(value, kind):
        raise bad_request(f'{where} Field "{action}" must be of type {name}')
    if action == "copy_text" and not value.get("text"):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == _CHOSEN and not any(value.get(_allows(chat)) for chat in _CHATS):
        raise bad_request(f"{where} At least one chat type must be allowed")


def _allows(kind: str) -> str:
    return f"allow_{kind}_chats"


def _checked_url(url: str) -> str:
    try:
        return checked_link(url)
    except WrongLinkError as reason:
        words = f"inline keyboard button URL '{url}' is invalid: {reason}"
        raise bad_request(words) from None


def _reply_keyboard(value: Json, *, private: bool) -> ReplyKeyboard:
    rows = _rows(value["keyboard"], "keyboard", "ReplyKeyboardMarkup")
    return ReplyKeyboard(
        tuple(tuple(_key(key, private=private) for key in row) for row in rows if row),
        one_time=bool(value.get("one_time_keyboard")),
        placeholder=str(value.get("input_field_placeholder") or ""),
    )


def _key(value: object, *, private: bool) -> Key:
    fields = {"text": value} if isinstance(value, str) else value
    if not isinstance(fields, dict):
        words = "KeyboardButton must be a String or an Object"
        raise bad_request(f"can't parse keyboard button: {words}")
    if not fields.get("text"):
        raise bad_request("keyboard button text must be non-empty")
    for asked, words in (("location", "location"), ("contact", "phone number")):
        if fields.get(f"request_{asked}"):
            if not private:
                raise bad_request(f"{words} can be requested in private chats only")
            return Key(fields["text"], asked)
    return Key(fields["text"])
