"""What the methods that send or edit have in common: texts, destinations, markup, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.html_text import read_text
from bot.sandbox.api.lookup import (
    check_reachable,
    check_rights,
    check_topic,
    find_chat,
    find_inline_message,
    find_message,
)
from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import Refusal, bad_request, too_many_requests
from bot.sandbox.api.reply_markup import check_buttons, read_markup
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.entities import Entity, Formatted
from bot.sandbox.world.keyboards import Markup
from bot.sandbox.world.messages import Message
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

CAPTION_LIMIT = 1024
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


@dataclass(frozen=True)
class Destination:
    """Where a new message goes, and its markup."""

    chat: Chat
    markup: Markup
    reply_to: Message | None
    topic: int | None


def find_destination(world: World, params: Parameters) -> Destination:
    markup_value = params.structure("reply_markup", "reply keyboard markup")
    chat = find_chat(world, params.text("chat_id"))
    markup = read_markup(markup_value, private=chat.is_private)
    check_reachable(world, chat)
    replied = _find_replied(world, chat, params)
    topic = params.integer("message_thread_id") or (replied.topic if replied else None)
    check_topic(world, chat, topic)
    return Destination(chat, markup, replied, topic)


def check_sendable(world: World, destination: Destination, kind: str) -> None:
    """Make the last checks, in Telegram's order; `kind` is what is sent, such as "photos"."""
    check_rights(world, destination.chat, kind)
    check_buttons(destination.markup)
    check_flood_limits(world, destination.chat)


def send(world: World, destination: Destination, **content: Any) -> Json:
    sender = None if destination.chat.type == "channel" else world.bot
    message = world.add_message(
        destination.chat,
        sender,
        markup=destination.markup,
        reply_to=destination.reply_to,
        topic=destination.topic,
        **content,
    )
    return message.wire()


def find_editable(world: World, params: Parameters) -> tuple[Message, Markup]:
    """Return the message to edit and its new markup, which is empty if none is given."""
    markup = read_markup(params.structure("reply_markup", "reply keyboard markup"))
    if not markup.is_editable:
        raise bad_request("inline keyboard expected")
    if _is_inline(params):
        return find_inline_message(world, params.text("inline_message_id")), markup
    chat = find_chat(world, params.text("chat_id"))
    message = find_named_message(world, chat, params, "message to edit not found")
    if not message.from_bot or not message.markup.is_editable:
        raise bad_request("message can't be edited")
    return message, markup


def check_edit(world: World, message: Message, markup: Markup) -> None:
    """Make the last checks of an edit, in Telegram's order."""
    check_buttons(markup)
    check_flood_limits(world, message.chat)


def edit(
    world: World, params: Parameters, message: Message, markup: Markup, **content: Any
) -> Json | bool:
    """Edit a message after `check_edit`; the result for one that was sent via the bot is True."""
    edited = world.edit_message(message, markup=markup, **content)
    return True if _is_inline(params) else edited.wire()


def find_named_message(world: World, chat: Chat, params: Parameters, missing: str) -> Message:
    """Find the message of `message_id`; `missing` is the description of the refusal."""
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    return find_message(world, chat, params.integer("message_id"), missing)


def check_flood_limits(world: World, chat: Chat) -> None:
    """Count the call; this check comes last, because refused calls do not count."""
    wait = world.limits.wait(chat.id) if world.limits else 0
    if wait:
        raise too_many_requests(wait)


def read_caption(params: Parameters) -> Formatted:
    entities = params.structure("caption_entities", "caption entities")
    fields = {**params.values, "caption_entities": entities}
    return read_formatted(fields, "caption", "caption_entities")


def read_formatted(fields: Mapping[str, Any], text_field: str, entities_field: str) -> Formatted:
    value = fields.get(entities_field)
    entities = [_read_entity(item) for item in value] if isinstance(value, list) else []
    parse_mode = str(fields.get("parse_mode") or "")
    return read_text(str(fields.get(text_field) or ""), parse_mode, entities)


def check_caption(caption: Formatted) -> None:
    if len(caption.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")


def _is_inline(params: Parameters) -> bool:
    return "chat_id" not in params and "inline_message_id" in params


def _read_entity(item: Json) -> Entity:
    try:
        details = {k: v for k, v in item.items() if k not in ("type", "offset", "length")}
        span = int(item["offset"]), int(item["length"])
        return Entity(item["type"], *span, tuple(sorted(details.items())))
    except (KeyError, AttributeError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity") from None


def _find_replied(world: World, chat: Chat, params: Parameters) -> Message | None:
    reply = params.structure("reply_parameters", "reply parameters") or {
        "message_id": params.integer("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    if not reply.get("message_id"):
        return None
    try:
        message_id = int(reply["message_id"])
        return find_message(world, chat, message_id, "message to be replied not found")
    except Refusal:
        if reply.get("allow_sending_without_reply"):
            return None
        raise
