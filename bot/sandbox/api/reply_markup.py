"""Reads reply markup, and refuses what Telegram refuses."""

from typing import Any

from bot.sandbox.api.links import WrongLinkError, checked_link
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.keyboards import (
    CHAT_KINDS,
    CHOSEN_CHAT,
    CURRENT_CHAT,
    Button,
    Key,
    Markup,
    ReplyKeyboard,
    allowing,
)
from bot.sandbox.world.wire import Json

BUTTON_LIMIT = 100
DATA_LIMIT = 64  # bytes
COPY_TEXT_LIMIT = 256  # characters
STYLES = ("primary", "success", "danger")

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    CURRENT_CHAT,
    CHOSEN_CHAT,
    "copy_text",
    "callback_game",
    "pay",
)
_WHERE = "can't parse inline keyboard button:"


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


def check_buttons(markup: Markup) -> None:
    """Check what Telegram's servers check after they have found the chat."""
    buttons = [button for row in markup.inline for button in row]
    if any(len((button.data or "").encode()) > DATA_LIMIT for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    if any(len(button.copy_text or "") > COPY_TEXT_LIMIT for button in buttons):
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
    if not isinstance(fields, dict):
        raise bad_request(f"{_WHERE} InlineKeyboardButton must be an Object")
    if "text" not in fields:
        raise bad_request(f'{_WHERE} Can\'t find field "text"')
    if not isinstance(fields["text"], str):
        raise bad_request(f'{_WHERE} Field "text" must be of type String')
    actions = [name for name in _ACTIONS if name in fields and _is_given(name, fields[name])]
    if not actions:
        raise bad_request(f"{_WHERE} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram silently takes the first, which is hardly what the bot meant.
        raise bad_request(f"{_WHERE} exactly one action expected, found {' and '.join(actions)}")
    if not fields["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(fields, actions[0])
    if fields.get("style", STYLES[0]) not in STYLES:
        raise bad_request(f"{_WHERE} Invalid button style specified")
    if "url" in actions:
        fields = fields | {"url": _checked_url(str(fields["url"]))}
    return Button(fields["text"], fields.get("callback_data"), fields.get("url"), fields)


def _is_given(action: str, value: object) -> bool:
    """Return whether the field counts: also an empty inline query, but no empty link or data."""
    return bool(value) or action.startswith(("switch_inline_query", "callback_game"))


def _check_action(fields: Json, action: str) -> None:
    value = fields[action]
    kind, name = (dict, "Object") if action in ("copy_text", CHOSEN_CHAT) else (str, "String")
    typed = action in ("copy_text", "callback_data", "url") or action.startswith("switch_inline")
    if typed and not isinstance(value, kind):
        raise bad_request(f'{_WHERE} Field "{action}" must be of type {name}')
    if action == "copy_text" and not value.get("text"):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == CHOSEN_CHAT and not any(value.get(allowing(chat)) for chat in CHAT_KINDS):
        raise bad_request(f"{_WHERE} At least one chat type must be allowed")


def _checked_url(url: str) -> str:
    try:
        return checked_link(url)
    except WrongLinkError as reason:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}") from None


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
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    if not fields.get("text"):
        raise bad_request("keyboard button text must be non-empty")
    for kind, noun in (("location", "location"), ("contact", "phone number")):
        if fields.get(f"request_{kind}"):
            if not private:
                raise bad_request(f"{noun} can be requested in private chats only")
            return Key(fields["text"], kind)
    return Key(fields["text"])
