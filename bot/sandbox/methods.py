"""What a bot may do: one function for each method, and the table of them all."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.sandbox.chats import Chat, Json
from bot.sandbox.entities import Entity, Formatted
from bot.sandbox.html_text import TEXT_LIMIT, read_text
from bot.sandbox.keyboards import Markup, check_sendable, read_markup
from bot.sandbox.messages import Message
from bot.sandbox.params import Params
from bot.sandbox.profile import read_commands, read_language, read_scope
from bot.sandbox.refusal import Refusal, bad_request, too_many_requests
from bot.sandbox.world import World

Method = Callable[[World, Params], Awaitable[Any]]

_CHAT_ACTIONS = frozenset(
    {"typing", "cancel", "choose_sticker", "find_location", "record_video", "record_video_note"}
    | {"record_voice", "upload_document", "upload_photo", "upload_video", "upload_video_note"}
    | {"upload_voice"}
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_DELETABLE_FOR = timedelta(hours=48)
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
    return await world.updates.poll(
        offset=params.integer("offset"),
        limit=min(max(params.integer("limit", 100), 1), 100),
        seconds=min(max(params.integer("timeout"), 0), 50),
        allowed=params.structure("allowed_updates", "allowed_updates"),
    )


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, _params: Params) -> Json:
    info: Json = {"url": "", "has_custom_certificate": False}
    info["pending_update_count"] = len(world.updates.pending)
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


# Messages


async def send_message(world: World, params: Params) -> Json:
    formatted = _text(params)
    markup_value = params.structure("reply_markup", "reply keyboard markup")
    chat = world.find_chat(params.text("chat_id"))
    markup = read_markup(markup_value, private=chat.is_private)
    world.check_reachable(chat)
    reply_to = _replied_message(world, chat, params)
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    check_sendable(markup)
    _count(world, chat)
    message = world.add_message(
        chat,
        None if chat.type == "channel" else world.bot,
        text=formatted.text,
        entities=formatted.entities,
        html=params.text("text"),
        markup=markup,
        reply_to=reply_to,
    )
    return message.wire()


async def edit_message_text(world: World, params: Params) -> Json:
    formatted = _text(params)
    message, markup = _editable(world, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if Formatted(message.text, message.entities) == formatted and message.markup == markup:
        raise bad_request(_NOT_MODIFIED)
    check_sendable(markup)
    _count(world, message.chat)
    return world.edited(
        message,
        text=formatted.text,
        entities=formatted.entities,
        html=params.text("text"),
        markup=markup,
    ).wire()


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    message, markup = _editable(world, params)
    if message.markup == markup:
        raise bad_request(_NOT_MODIFIED)
    check_sendable(markup)
    _count(world, message.chat)
    return world.edited(message, markup=markup).wire()


async def delete_message(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    message = _message(world, chat, params, "message to delete not found")
    if not chat.is_private and not message.from_bot:
        raise bad_request("message can't be deleted")
    if world.clock() - message.date > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    _count(world, chat)
    world.delete(message)
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    tap = world.find_tap(params.text("callback_query_id"))
    tap.take_answer(
        world.clock(),
        world.tap_lifetime,
        text=params.text("text"),
        show_alert=params.flag("show_alert"),
        url=params.text("url") or None,
    )
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    if params.text("action").lower() not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.check_reachable(chat)
    return True


def _text(params: Params) -> Formatted:
    if "text" not in params:
        raise bad_request("message text is empty")
    entities = [_entity(item) for item in params.structure("entities", "entities") or ()]
    formatted = read_text(params.text("text"), params.text("parse_mode"), entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    return formatted


def _entity(item: Json) -> Entity:
    try:
        details = {k: v for k, v in item.items() if k not in ("type", "offset", "length")}
        span = int(item["offset"]), int(item["length"])
        return Entity(item["type"], *span, tuple(sorted(details.items())))
    except (KeyError, AttributeError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity") from None


def _message(world: World, chat: Chat, params: Params, otherwise: str) -> Message:
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    return world.find_message(chat, params.integer("message_id"), otherwise)


def _replied_message(world: World, chat: Chat, params: Params) -> Message | None:
    reply = params.structure("reply_parameters", "reply parameters") or {
        "message_id": params.integer("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    if not reply.get("message_id"):
        return None
    try:
        return world.find_message(chat, int(reply["message_id"]), "message to be replied not found")
    except Refusal:
        if reply.get("allow_sending_without_reply"):
            return None
        raise


def _editable(world: World, params: Params) -> tuple[Message, Markup]:
    """The message to edit and its new keyboard: without one given, it loses its old one."""
    markup = read_markup(params.structure("reply_markup", "reply keyboard markup"))
    if not markup.is_editable:
        raise bad_request("inline keyboard expected")
    chat = world.find_chat(params.text("chat_id"))
    message = _message(world, chat, params, "message to edit not found")
    if not message.from_bot or not message.markup.is_editable:
        raise bad_request("message can't be edited")
    return message, markup


def _count(world: World, chat: Chat) -> None:
    """Flood limits come last: what is refused anyway costs nothing."""
    wait = world.limits.wait(chat.id) if world.limits else 0
    if wait:
        raise too_many_requests(wait)


# Chats and the bot itself


async def get_me(world: World, _params: Params) -> Json:
    return world.bot.wire() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
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


async def set_my_commands(world: World, params: Params) -> bool:
    commands = read_commands(params.structure("commands", "commands"))
    scope = read_scope(params.structure("scope", "BotCommandScope"))
    world.profile.commands[scope, read_language(params)] = commands
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    scope = read_scope(params.structure("scope", "BotCommandScope"))
    return world.profile.commands.get((scope, read_language(params)), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    scope = read_scope(params.structure("scope", "BotCommandScope"))
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
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
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
