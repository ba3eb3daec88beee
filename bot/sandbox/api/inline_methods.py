"""answerInlineQuery: which results Telegram takes, and what each of them becomes in a chat."""

import re
from typing import Any

from bot.sandbox.api.html_text import TEXT_LIMIT
from bot.sandbox.api.parameters import Params
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.sending import CAPTION_LIMIT, read_formatted
from bot.sandbox.world.chats import Json
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.files import Kind
from bot.sandbox.world.inline import InlineButton, InlineResult
from bot.sandbox.world.keyboards import check_sendable, read_markup
from bot.sandbox.world.world import World

RESULT_LIMIT = 50
ID_LIMIT = 64  # bytes
OFFSET_LIMIT = 64  # bytes

_WHERE = "can't parse inline query result:"
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
# type: the kind of file, the field of a file that was sent before, the field of one on the web
_FILES: dict[str, tuple[Kind, str, str]] = {
    "photo": ("photo", "photo_file_id", "photo_url"),
    "mpeg4_gif": ("animation", "mpeg4_file_id", "mpeg4_url"),
    "document": ("document", "document_file_id", "document_url"),
}


async def answer_inline_query(world: World, params: Params) -> bool:
    given = params.structure("results", "inline query results") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of inline query results")
    button = _button(params.structure("button", "inline query results button"))
    query = world.find_inline_query(params.text("inline_query_id"))
    if len(given) > RESULT_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_result(world, fields) for fields in given)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.check_open(world.clock(), world.inline_lifetime)
    query.take_answer(world.clock(), results, next_offset, button)
    return True


def _result(world: World, fields: Any) -> InlineResult:
    if not isinstance(fields, dict):
        raise bad_request(f"{_WHERE} Inline query result must be an object")
    kind = _required(fields, "type").lower()
    if kind != "article" and kind not in _FILES:
        raise bad_request(f'{_WHERE} type "{kind}" is unsupported for the inline query result')
    number = _required(fields, "id")
    title = _required(fields, "title") if kind in ("article", "document") else fields.get("title")
    markup = read_markup(fields.get("reply_markup"))
    if not markup.is_editable:
        raise bad_request("inline keyboard expected")
    shown: Json = {} if kind == "article" else _medium(world, kind, fields)
    formatted, html, media = _content(kind, fields, shown)
    if not 1 <= len(number.encode()) <= ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    if kind == "article" and not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    check_sendable(markup)
    return InlineResult(
        id=number,
        type=kind,
        title=str(title or ""),
        description=str(fields.get("description") or ""),
        text=formatted.text,
        entities=formatted.entities,
        html=html,
        media=media,
        shown=shown,
        markup=markup,
    )


def _content(kind: str, fields: Json, medium: Json) -> tuple[Formatted, str, Json]:
    """The text to send, as it was written, and the medium it is the caption of."""
    content = fields.get("input_message_content")
    if content is None and kind != "article":
        caption = read_formatted(fields, "caption", "caption_entities")
        if len(caption.text) > CAPTION_LIMIT:
            raise bad_request("MEDIA_CAPTION_TOO_LONG")
        return caption, str(fields.get("caption") or ""), medium
    if not isinstance(content, dict):
        raise bad_request(f"{_WHERE} Input message content is not specified")
    if not content.get("message_text"):
        raise bad_request(f"{_WHERE} message text is empty")
    text = read_formatted(content, "message_text", "entities")
    if not text.text:
        raise bad_request("text must be non-empty")
    if len(text.text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    return text, str(content["message_text"]), {}


def _medium(world: World, kind: str, fields: Json) -> Json:
    wanted, field, web_field = _FILES[kind]
    if fields.get(web_field):
        raise bad_request("WEBDOCUMENT_URL_INVALID")  # the sandbox asks nobody outside
    file_id = _required(fields, field)
    file = world.files.find(file_id, "DOCUMENT_INVALID")
    if file.kind != wanted:
        raise bad_request("DOCUMENT_INVALID")
    return file.wire(file_id)


def _button(fields: Any) -> InlineButton | None:
    if fields is None:
        return None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    payload = str(fields.get("start_parameter") or "")
    if not _START_PARAMETER.fullmatch(payload):
        raise bad_request("START_PARAM_INVALID")
    return InlineButton(fields["text"], payload)


def _required(fields: Json, name: str) -> str:
    if name not in fields:
        raise bad_request(f'{_WHERE} Can\'t find field "{name}"')
    if not isinstance(fields[name], str):
        raise bad_request(f'{_WHERE} Field "{name}" must be of type String')
    return str(fields[name])
