"""The methods that write, change and take back messages, and answer taps."""

from datetime import timedelta

from bot.sandbox.api.html_text import TEXT_LIMIT
from bot.sandbox.api.parameters import Params
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.sending import (
    NOT_MODIFIED,
    check_postable,
    count,
    edit,
    find_editable,
    find_message,
    find_place,
    post,
    read_formatted,
)
from bot.sandbox.world.chats import Json
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.keyboards import check_sendable
from bot.sandbox.world.world import World

_CHAT_ACTIONS = frozenset(
    {"typing", "cancel", "choose_sticker", "find_location", "record_video", "record_video_note"}
    | {"record_voice", "upload_document", "upload_photo", "upload_video", "upload_video_note"}
    | {"upload_voice"}
)
_DELETABLE_FOR = timedelta(hours=48)


async def send_message(world: World, params: Params) -> Json:
    formatted = _text(params)
    place = find_place(world, params)
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    check_postable(world, place, "text messages")
    html = params.text("text")
    return post(world, place, text=formatted.text, entities=formatted.entities, html=html)


async def edit_message_text(world: World, params: Params) -> Json | bool:
    formatted = _text(params)
    message, markup = find_editable(world, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if Formatted(message.text, message.entities) == formatted and message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_sendable(markup)
    count(world, message.chat)
    return edit(
        world,
        params,
        message,
        text=formatted.text,
        entities=formatted.entities,
        html=params.text("text"),
        markup=markup,
    )


async def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    message, markup = find_editable(world, params)
    if message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_sendable(markup)
    count(world, message.chat)
    return edit(world, params, message, markup=markup)


async def delete_message(world: World, params: Params) -> bool:
    chat = world.find_chat(params.text("chat_id"))
    message = find_message(world, chat, params, "message to delete not found")
    if not chat.is_private and not message.from_bot:
        raise bad_request("message can't be deleted")
    if world.clock() - message.date > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    count(world, chat)
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
    fields = {**params.values, "entities": params.structure("entities", "entities")}
    formatted = read_formatted(fields, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    return formatted
