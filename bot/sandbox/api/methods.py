"""The table of all methods."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.sandbox.api import (
    inline_methods,
    media_methods,
    message_methods,
    profile_methods,
    update_methods,
)
from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import Refusal
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]


async def perform(world: World, name: str, params: Parameters) -> Any:
    """Return the result of a call, or raise a Refusal."""
    method = _BY_LOWER_NAME.get(name.lower())
    if method is None:
        raise Refusal(404, "Not Found")
    return await method(world, params)


async def get_me(world: World, _params: Parameters) -> Json:
    return world.bot.wire() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


METHODS: dict[str, Method] = {
    "getUpdates": update_methods.get_updates,
    "setWebhook": update_methods.set_webhook,
    "deleteWebhook": update_methods.delete_webhook,
    "getWebhookInfo": update_methods.get_webhook_info,
    "sendMessage": message_methods.send_message,
    "editMessageText": message_methods.edit_message_text,
    "editMessageReplyMarkup": message_methods.edit_message_reply_markup,
    "deleteMessage": message_methods.delete_message,
    "answerCallbackQuery": message_methods.answer_callback_query,
    "sendChatAction": message_methods.send_chat_action,
    "sendPhoto": partial(media_methods.send_file, kind="photo"),
    "sendAnimation": partial(media_methods.send_file, kind="animation"),
    "sendAudio": partial(media_methods.send_file, kind="audio"),
    "sendDocument": partial(media_methods.send_file, kind="document"),
    "editMessageMedia": media_methods.edit_message_media,
    "editMessageCaption": media_methods.edit_message_caption,
    "getFile": media_methods.get_file,
    "answerInlineQuery": inline_methods.answer_inline_query,
    "getMe": get_me,
    "setMyCommands": profile_methods.set_my_commands,
    "getMyCommands": profile_methods.get_my_commands,
    "setMyDescription": profile_methods.set_my_description,
    "getMyDescription": profile_methods.get_my_description,
    "setMyShortDescription": profile_methods.set_my_short_description,
    "getMyShortDescription": profile_methods.get_my_short_description,
}
_BY_LOWER_NAME = {name.lower(): method for name, method in METHODS.items()}
