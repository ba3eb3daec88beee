"""What a bot tells about itself: its commands and descriptions, per language and scope."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api.parameters import Params
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.chats import Json

COMMAND_LIMIT = 100
_COMMAND = re.compile(r"[a-z0-9_]+")
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
Scope = tuple[str, ...]


@dataclass
class Profile:
    """Kept by exact scope and language; the phone does the falling back."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


def read_commands(value: Any) -> list[Json]:
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in value]


def read_scope(value: Any) -> Scope:
    if value is None:
        return ("default",)
    if not isinstance(value, dict) or value.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    fields = _SCOPES[value["type"]]
    for name in fields:
        if name not in value:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
    return (value["type"], *(str(value[name]) for name in fields))


def read_language(params: Params) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(item.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = item["command"].strip().removeprefix("/")
    description = item["description"].strip()
    for what, text, limit in (("command", command, 32), ("command description", description, 256)):
        if not text:
            raise bad_request(f"{what} must be non-empty")
        if len(text) > limit:
            raise bad_request(f"{what} length must not exceed {limit}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
