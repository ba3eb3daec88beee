"""The methods that send, edit and delete messages, and answer taps."""

from datetime import timedelta

from bot.sandbox.api.lookup import check_reachable, find_chat, too_old
from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.sending import (
    NOT_MODIFIED,
    check_edit,
    check_flood_limits,
    check_sendable,
    edit,
    find_destination,
    find_editable,
    find_named_message,
    read_formatted,
    send,
)
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.messages import TEXT_LIMIT
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

_CHAT_ACTIONS = frozenset(
    {"typing", "cancel", "choose_sticker", "find_location", "record_video", "record_video_note"}
    | {"record_voice", "upload_document", "upload_photo", "upload_video", "upload_video_note"}
    | {"upload_voice"}
)
_DELETABLE_FOR = timedelta(hours=48)
_ANSWER_LIMIT = 200  # characters


async def send_message(world: World, params: Parameters) -> Json:
    formatted = _read_text(params)
    destination = find_destination(world, params)
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    check_sendable(world, destination, "text messages")
    html = params.text("text")
    return send(world, destination, text=formatted.text, entities=formatted.entities, html=html)


async def edit_message_text(world: World, params: Parameters) -> Json | bool:
    formatted = _read_text(params)
    message, markup = find_editable(world, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if Formatted(message.text, message.entities) == formatted and message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_edit(world, message, markup)
    html = params.text("text")
    content = {"text": formatted.text, "entities": formatted.entities, "html": html}
    return edit(world, params, message, markup, **content)


async def edit_message_reply_markup(world: World, params: Parameters) -> Json | bool:
    message, markup = find_editable(world, params)
    if message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_edit(world, message, markup)
    return edit(world, params, message, markup)


async def delete_message(world: World, params: Parameters) -> bool:
    chat = find_chat(world, params.text("chat_id"))
    message = find_named_message(world, chat, params, "message to delete not found")
    if not chat.is_private and not message.from_bot:
        raise bad_request("message can't be deleted")
    if world.clock() - message.date > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    check_flood_limits(world, chat)
    world.delete_message(message)
    return True


async def answer_callback_query(world: World, params: Parameters) -> bool:
    tap = world.taps.get(params.text("callback_query_id"))
    if tap is None or not tap.is_open(world.clock(), world.tap_lifetime):
        raise too_old()
    text = params.text("text")
    if len(text) > _ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.set_answer(world.clock(), text, params.flag("show_alert"), params.text("url") or None)
    return True


async def send_chat_action(world: World, params: Parameters) -> bool:
    chat = find_chat(world, params.text("chat_id"))
    if params.text("action").lower() not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    check_reachable(world, chat)
    return True


def _read_text(params: Parameters) -> Formatted:
    if "text" not in params:
        raise bad_request("message text is empty")
    fields = {**params.values, "entities": params.structure("entities", "entities")}
    formatted = read_formatted(fields, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    return formatted
