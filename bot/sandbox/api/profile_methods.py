"""The methods for the bot's commands and descriptions."""

import re
from typing import Any

from bot.sandbox.api.lookup import find_known_chat
from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.profile import Scope
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

_COMMANDS_LIMIT = 100
_DESCRIPTION_LIMIT = 512
_SHORT_DESCRIPTION_LIMIT = 120
_COMMAND = re.compile(r"[a-z0-9_]+")
_SCOPES: dict[str, tuple[str, ...]] = {  # scope type: its required fields
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def set_my_commands(world: World, params: Parameters) -> bool:
    commands = _read_commands(params.structure("commands", "commands"))
    world.profile.commands[_read_key(world, params)] = commands
    return True


async def get_my_commands(world: World, params: Parameters) -> list[Json]:
    return world.profile.commands.get(_read_key(world, params), [])


async def set_my_description(world: World, params: Parameters) -> bool:
    if len(params.text("description")) > _DESCRIPTION_LIMIT:
        raise bad_request("DESCRIPTION_TOO_LONG")
    world.profile.descriptions[_read_language(params)] = params.text("description")
    return True


async def get_my_description(world: World, params: Parameters) -> Json:
    return {"description": _in_language(world.profile.descriptions, params)}


async def set_my_short_description(world: World, params: Parameters) -> bool:
    if len(params.text("short_description")) > _SHORT_DESCRIPTION_LIMIT:
        raise bad_request("ABOUT_TOO_LONG")
    world.profile.short_descriptions[_read_language(params)] = params.text("short_description")
    return True


async def get_my_short_description(world: World, params: Parameters) -> Json:
    return {"short_description": _in_language(world.profile.short_descriptions, params)}


def _in_language(descriptions: dict[str, str], params: Parameters) -> str:
    return descriptions.get(_read_language(params)) or descriptions.get("", "")


def _read_key(world: World, params: Parameters) -> tuple[Scope, str]:
    """Read the scope and language; the scope of one chat requires a chat known to the bot."""
    scope = _read_scope(params.structure("scope", "BotCommandScope"))
    if len(scope) > 1:
        find_known_chat(world, scope[1])
    return scope, _read_language(params)


def _read_scope(value: Any) -> Scope:
    if value is None:
        return ("default",)
    if not isinstance(value, dict) or value.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    fields = _SCOPES[value["type"]]
    for name in fields:
        if name not in value:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
    return (value["type"], *(str(value[name]) for name in fields))


def _read_language(params: Parameters) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _read_commands(value: Any) -> list[Json]:
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(item) for item in value]


def _read_command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(item.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = item["command"].strip().removeprefix("/")
    description = item["description"].strip()
    for noun, text, limit in (("command", command, 32), ("command description", description, 256)):
        if not text:
            raise bad_request(f"{noun} must be non-empty")
        if len(text) > limit:
            raise bad_request(f"{noun} length must not exceed {limit}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
