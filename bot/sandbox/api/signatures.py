"""The parameters that each method takes, as documented for Bot API 10.1.

Telegram ignores parameters that a method does not take; the sandbox logs their names.
"""

from bot.sandbox.api.parameters import Parameters, Upload

_CHAT = ("business_connection_id", "chat_id")
_THREAD = ("message_thread_id", "direct_messages_topic_id")
_SENDING = (
    *("disable_notification", "protect_content", "allow_paid_broadcast", "message_effect_id"),
    *("suggested_post_parameters", "reply_parameters", "reply_markup"),
)
_CAPTION = ("caption", "parse_mode", "caption_entities")
_ABOVE = "show_caption_above_media"
_EDITING = (*_CHAT, "message_id", "inline_message_id", "reply_markup")

PARAMETERS: dict[str, tuple[str, ...]] = {
    "getUpdates": ("offset", "limit", "timeout", "allowed_updates"),
    "setWebhook": (
        *("url", "certificate", "ip_address", "max_connections", "allowed_updates"),
        *("drop_pending_updates", "secret_token"),
    ),
    "deleteWebhook": ("drop_pending_updates",),
    "getWebhookInfo": (),
    "sendMessage": (
        *(*_CHAT, *_THREAD, *_SENDING),
        *("text", "parse_mode", "entities", "link_preview_options"),
    ),
    "editMessageText": (
        *(*_EDITING, "text", "parse_mode", "entities", "link_preview_options", "rich_message"),
    ),
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": ("chat_id", "message_id"),
    "answerCallbackQuery": ("callback_query_id", "text", "show_alert", "url", "cache_time"),
    "sendChatAction": (*_CHAT, "message_thread_id", "action"),
    "sendPhoto": (*_CHAT, *_THREAD, *_SENDING, *_CAPTION, _ABOVE, "photo", "has_spoiler"),
    "sendAnimation": (
        *(*_CHAT, *_THREAD, *_SENDING, *_CAPTION, _ABOVE),
        *("animation", "duration", "width", "height", "thumbnail", "has_spoiler"),
    ),
    "sendAudio": (
        *(*_CHAT, *_THREAD, *_SENDING, *_CAPTION),
        *("audio", "duration", "performer", "title", "thumbnail"),
    ),
    "sendDocument": (
        *(*_CHAT, *_THREAD, *_SENDING, *_CAPTION),
        *("document", "thumbnail", "disable_content_type_detection"),
    ),
    "getFile": ("file_id",),
    "editMessageMedia": (*_EDITING, "media"),
    "editMessageCaption": (*_EDITING, *_CAPTION, _ABOVE),
    "answerInlineQuery": (
        *("inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"),
    ),
    "getMe": (),
    "setMyCommands": ("commands", "scope", "language_code"),
    "getMyCommands": ("scope", "language_code"),
    "setMyDescription": ("description", "language_code"),
    "getMyDescription": ("language_code",),
    "setMyShortDescription": ("short_description", "language_code"),
    "getMyShortDescription": ("language_code",),
}
_BY_LOWER_NAME = {method.lower(): frozenset(names) for method, names in PARAMETERS.items()}


def unknown_parameters(method: str, params: Parameters) -> tuple[str, ...]:
    """Return the parameters that the method does not take; none for an unknown method."""
    names = _BY_LOWER_NAME.get(method.lower())
    if names is None:
        return ()
    return tuple(
        name
        for name, value in params.values.items()
        if name not in names and not (isinstance(value, Upload) and _is_attached(params, name))
    )


def _is_attached(params: Parameters, name: str) -> bool:
    """Return whether another parameter refers to the file as `attach://` and its name."""
    return any(f"attach://{name}" in str(value) for value in params.values.values())
