"""What all methods that send or edit have in common: texts, places, keyboards, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.html_text import read_text
from bot.sandbox.api.parameters import Params
from bot.sandbox.api.refusal import Refusal, bad_request, too_many_requests
from bot.sandbox.world.chats import Chat, Json
from bot.sandbox.world.entities import Entity, Formatted
from bot.sandbox.world.keyboards import Markup, check_sendable, read_markup
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World

CAPTION_LIMIT = 1024
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


@dataclass(frozen=True)
class Place:
    """Where a new message goes, and what hangs on it."""

    chat: Chat
    markup: Markup
    reply_to: Message | None
    topic: int | None


def find_place(world: World, params: Params) -> Place:
    markup_value = params.structure("reply_markup", "reply keyboard markup")
    chat = world.find_chat(params.text("chat_id"))
    markup = read_markup(markup_value, private=chat.is_private)
    world.check_reachable(chat)
    replied = _replied_message(world, chat, params)
    topic = params.integer("message_thread_id") or (replied.topic if replied else None)
    world.of_groups.check_topic(chat, topic)
    return Place(chat, markup, replied, topic)


def check_postable(world: World, place: Place, kind: str) -> None:
    """The last checks, in Telegram's order; `kind` is what is sent, such as "photos"."""
    world.of_groups.check_rights(place.chat, kind)
    check_sendable(place.markup)
    count(world, place.chat)


def post(world: World, place: Place, **content: Any) -> Json:
    sender = None if place.chat.type == "channel" else world.bot
    message = world.add_message(
        place.chat,
        sender,
        markup=place.markup,
        reply_to=place.reply_to,
        topic=place.topic,
        **content,
    )
    return message.wire()


def find_editable(world: World, params: Params) -> tuple[Message, Markup]:
    """The message to edit and its new keyboard: without one given, it loses its old one."""
    markup = read_markup(params.structure("reply_markup", "reply keyboard markup"))
    if not markup.is_editable:
        raise bad_request("inline keyboard expected")
    if _is_inline(params):
        return world.find_inline_message(params.text("inline_message_id")), markup
    chat = world.find_chat(params.text("chat_id"))
    message = find_message(world, chat, params, "message to edit not found")
    if not message.from_bot or not message.markup.is_editable:
        raise bad_request("message can't be edited")
    return message, markup


def edit(world: World, params: Params, message: Message, **content: Any) -> Json | bool:
    """Telegram hands no message back that was sent through the bot, not by it."""
    edited = world.edited(message, **content)
    return True if _is_inline(params) else edited.wire()


def find_message(world: World, chat: Chat, params: Params, otherwise: str) -> Message:
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    return world.find_message(chat, params.integer("message_id"), otherwise)


def count(world: World, chat: Chat) -> None:
    """Flood limits come last: what is refused anyway costs nothing."""
    wait = world.limits.wait(chat.id) if world.limits else 0
    if wait:
        raise too_many_requests(wait)


def read_caption(params: Params) -> Formatted:
    entities = params.structure("caption_entities", "caption entities")
    fields = {**params.values, "caption_entities": entities}
    return read_formatted(fields, "caption", "caption_entities")


def read_formatted(fields: Mapping[str, Any], text: str, entities: str) -> Formatted:
    """A text and its form, as they stand in parameters or in a JSON object."""
    value = fields.get(entities)
    given = [_entity(item) for item in value] if isinstance(value, list) else []
    return read_text(str(fields.get(text) or ""), str(fields.get("parse_mode") or ""), given)


def check_caption(caption: Formatted) -> None:
    if len(caption.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")


def _is_inline(params: Params) -> bool:
    return "chat_id" not in params and "inline_message_id" in params


def _entity(item: Json) -> Entity:
    try:
        details = {k: v for k, v in item.items() if k not in ("type", "offset", "length")}
        span = int(item["offset"]), int(item["length"])
        return Entity(item["type"], *span, tuple(sorted(details.items())))
    except (KeyError, AttributeError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity") from None


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
