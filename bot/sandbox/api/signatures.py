"""Which parameters each method takes, as the documentation of Bot API 10.1 lists them.

Telegram passes over a parameter that a method does not take. Such a call works, but not as its
author meant it, so the sandbox writes the name down.
"""

from bot.sandbox.api.parameters import Params, Upload

_CHAT = ("business_connection_id", "chat_id")
_THREAD = ("message_thread_id", "direct_messages_topic_id")
_SENT = (
    *("disable_notification", "protect_content", "allow_paid_broadcast", "message_effect_id"),
    *("suggested_post_parameters", "reply_parameters", "reply_markup"),
)
_CAPTION = ("caption", "parse_mode", "caption_entities")
_ABOVE = "show_caption_above_media"
_EDITED = (*_CHAT, "message_id", "inline_message_id", "reply_markup")

_TAKEN: dict[str, tuple[str, ...]] = {
    "getUpdates": ("offset", "limit", "timeout", "allowed_updates"),
    "setWebhook": (
        *("url", "certificate", "ip_address", "max_connections", "allowed_updates"),
        *("drop_pending_updates", "secret_token"),
    ),
    "deleteWebhook": ("drop_pending_updates",),
    "getWebhookInfo": (),
    "sendMessage": (
        *(*_CHAT, *_THREAD, *_SENT),
        *("text", "parse_mode", "entities", "link_preview_options"),
    ),
    "editMessageText": (
        *(*_EDITED, "text", "parse_mode", "entities", "link_preview_options", "rich_message"),
    ),
    "editMessageReplyMarkup": _EDITED,
    "deleteMessage": ("chat_id", "message_id"),
    "answerCallbackQuery": ("callback_query_id", "text", "show_alert", "url", "cache_time"),
    "sendChatAction": (*_CHAT, "message_thread_id", "action"),
    "sendPhoto": (*_CHAT, *_THREAD, *_SENT, *_CAPTION, _ABOVE, "photo", "has_spoiler"),
    "sendAnimation": (
        *(*_CHAT, *_THREAD, *_SENT, *_CAPTION, _ABOVE),
        *("animation", "duration", "width", "height", "thumbnail", "has_spoiler"),
    ),
    "sendDocument": (
        *(*_CHAT, *_THREAD, *_SENT, *_CAPTION),
        *("document", "thumbnail", "disable_content_type_detection"),
    ),
    "editMessageMedia": (*_EDITED, "media"),
    "editMessageCaption": (*_EDITED, *_CAPTION, _ABOVE),
    "getFile": ("file_id",),
    "answerInlineQuery": (
        *("inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"),
    ),
    "getMe": (),
    "getChat": ("chat_id",),
    "setMyCommands": ("commands", "scope", "language_code"),
    "getMyCommands": ("scope", "language_code"),
    "deleteMyCommands": ("scope", "language_code"),
    "setMyDescription": ("description", "language_code"),
    "getMyDescription": ("language_code",),
    "setMyShortDescription": ("short_description", "language_code"),
    "getMyShortDescription": ("language_code",),
    "close": (),
    "logOut": (),
}
TAKEN = {method.lower(): frozenset(names) for method, names in _TAKEN.items()}


def unknown(method: str, params: Params) -> tuple[str, ...]:
    """The parameters of a call that its method does not take; none for an unknown method."""
    taken = TAKEN.get(method.lower())
    if taken is None:
        return ()
    return tuple(
        name
        for name, value in params.values.items()
        if name not in taken and not (isinstance(value, Upload) and _is_attached(params, name))
    )


def _is_attached(params: Params, name: str) -> bool:
    """Whether another parameter refers to the file by `attach://` and its name."""
    return any(f"attach://{name}" in str(value) for value in params.values.values())
