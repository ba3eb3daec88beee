"""What a bot may do: the table of all methods, and those about updates and the bot itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.api import inline_methods, media_methods, message_methods
from bot.sandbox.api.parameters import Params
from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.chats import Json
from bot.sandbox.world.profile import Scope, read_commands, read_language, read_scope
from bot.sandbox.world.webhook import read_webhook
from bot.sandbox.world.world import World

Method = Callable[[World, Params], Awaitable[Any]]

_DESCRIPTION_LIMIT = 512
_SHORT_DESCRIPTION_LIMIT = 120


async def perform(world: World, name: str, params: Params) -> Any:
    """The result of a call, or a Refusal."""
    method = _BY_LOWER_NAME.get(name.lower())
    if method is None:
        raise Refusal(404, "Not Found")
    return await method(world, params)


# Updates


async def get_updates(world: World, params: Params) -> list[Json]:
    if world.webhook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    return await world.updates.poll(
        offset=params.integer("offset"),
        limit=min(max(params.integer("limit", 100), 1), 100),
        seconds=min(max(params.integer("timeout"), 0), 50),
        allowed=params.structure("allowed_updates", "allowed_updates"),
    )


async def set_webhook(world: World, params: Params) -> bool:
    """Without an address it deletes the one that is there."""
    if not params.text("url"):
        return await delete_webhook(world, params)
    webhook = read_webhook(
        params.text("url"),
        params.text("secret_token"),
        params.integer("max_connections"),
        world.webhook_reach,
    )
    allowed = params.structure("allowed_updates", "allowed_updates")
    if allowed is not None:
        world.updates.allowed = frozenset(allowed)
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    if world.webhook is None or not world.webhook.is_set_as(webhook):
        world.webhook = webhook  # the same once more changes nothing, not even the last error
    world.updates.end_polls()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = None
    return True


async def get_webhook_info(world: World, _params: Params) -> Json:
    webhook = world.webhook
    info: Json = {"url": webhook.url if webhook else "", "has_custom_certificate": False}
    info["pending_update_count"] = len(world.updates.pending)
    if webhook:
        info["max_connections"] = webhook.connections
        if webhook.error_at:
            info["last_error_date"] = int(webhook.error_at.timestamp())
            info["last_error_message"] = webhook.error
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


# Chats and the bot itself


async def get_me(world: World, _params: Params) -> Json:
    return world.bot.wire() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(world: World, params: Params) -> Json:
    chat = world.find_chat(params.text("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return chat.wire() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


async def yes(_world: World, _params: Params) -> bool:
    return True


def _scope(world: World, params: Params) -> Scope:
    """A chat's own scope is there only for a chat that the bot knows."""
    scope = read_scope(params.structure("scope", "BotCommandScope"))
    if len(scope) > 1:
        world.find_known_chat(scope[1])
    return scope


async def set_my_commands(world: World, params: Params) -> bool:
    commands = read_commands(params.structure("commands", "commands"))
    scope = _scope(world, params)
    world.profile.commands[scope, read_language(params)] = commands
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    scope = _scope(world, params)
    return world.profile.commands.get((scope, read_language(params)), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    scope = _scope(world, params)
    world.profile.commands.pop((scope, read_language(params)), None)
    return True


async def set_my_description(world: World, params: Params) -> bool:
    if len(params.text("description")) > _DESCRIPTION_LIMIT:
        raise bad_request("DESCRIPTION_TOO_LONG")
    world.profile.descriptions[read_language(params)] = params.text("description")
    return True


async def get_my_description(world: World, params: Params) -> Json:
    descriptions = world.profile.descriptions
    return {"description": descriptions.get(read_language(params)) or descriptions.get("", "")}


async def set_my_short_description(world: World, params: Params) -> bool:
    if len(params.text("short_description")) > _SHORT_DESCRIPTION_LIMIT:
        raise bad_request("ABOUT_TOO_LONG")
    world.profile.short_descriptions[read_language(params)] = params.text("short_description")
    return True


async def get_my_short_description(world: World, params: Params) -> Json:
    descriptions = world.profile.short_descriptions
    found = descriptions.get(read_language(params)) or descriptions.get("", "")
    return {"short_description": found}


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": message_methods.send_message,
    "editMessageText": message_methods.edit_message_text,
    "editMessageReplyMarkup": message_methods.edit_message_reply_markup,
    "deleteMessage": message_methods.delete_message,
    "answerCallbackQuery": message_methods.answer_callback_query,
    "sendChatAction": message_methods.send_chat_action,
    "sendPhoto": media_methods.send_photo,
    "sendAnimation": media_methods.send_animation,
    "sendDocument": media_methods.send_document,
    "editMessageMedia": media_methods.edit_message_media,
    "editMessageCaption": media_methods.edit_message_caption,
    "getFile": media_methods.get_file,
    "answerInlineQuery": inline_methods.answer_inline_query,
    "getMe": get_me,
    "getChat": get_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "close": yes,
    "logOut": yes,
}
_BY_LOWER_NAME = {name.lower(): method for name, method in METHODS.items()}
