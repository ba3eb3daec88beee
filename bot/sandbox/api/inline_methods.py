"""answerInlineQuery: reads the results, and refuses those that Telegram refuses."""

import re
from typing import Any

from bot.sandbox.api.lookup import find_file, too_old
from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.reply_markup import check_buttons, read_markup
from bot.sandbox.api.sending import CAPTION_LIMIT, read_formatted
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.files import Kind
from bot.sandbox.world.inline import InlineButton, InlineResult
from bot.sandbox.world.messages import TEXT_LIMIT
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

RESULT_LIMIT = 50
ID_LIMIT = 64  # bytes
OFFSET_LIMIT = 64  # bytes

_WHERE = "can't parse inline query result:"
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
# result type: kind of file, field for a file_id, field for a URL
_FILES: dict[str, tuple[Kind, str, str]] = {
    "photo": ("photo", "photo_file_id", "photo_url"),
    "mpeg4_gif": ("animation", "mpeg4_file_id", "mpeg4_url"),
    "document": ("document", "document_file_id", "document_url"),
}


async def answer_inline_query(world: World, params: Parameters) -> bool:
    values = params.structure("results", "inline query results") or []
    if not isinstance(values, list):
        raise bad_request("expected an Array of inline query results")
    button = _read_button(params.structure("button", "inline query results button"))
    query = world.queries.get(params.text("inline_query_id"))
    if query is None:
        raise too_old()
    if len(values) > RESULT_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_read_result(world, fields) for fields in values)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    if not query.is_open(world.clock(), world.inline_lifetime):
        raise too_old()
    query.set_answer(world.clock(), results, next_offset, button)
    return True


def _read_result(world: World, fields: Any) -> InlineResult:
    if not isinstance(fields, dict):
        raise bad_request(f"{_WHERE} Inline query result must be an object")
    kind = _required(fields, "type").lower()
    if kind != "article" and kind not in _FILES:
        raise bad_request(f'{_WHERE} type "{kind}" is unsupported for the inline query result')
    result_id = _required(fields, "id")
    title = _required(fields, "title") if kind in ("article", "document") else fields.get("title")
    markup = read_markup(fields.get("reply_markup"))
    if not markup.is_editable:
        raise bad_request("inline keyboard expected")
    preview: Json = {} if kind == "article" else _find_medium(world, kind, fields)
    formatted, html, media = _read_content(kind, fields, preview)
    if not 1 <= len(result_id.encode()) <= ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    if kind == "article" and not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    check_buttons(markup)
    return InlineResult(
        id=result_id,
        type=kind,
        title=str(title or ""),
        description=str(fields.get("description") or ""),
        text=formatted.text,
        entities=formatted.entities,
        html=html,
        media=media,
        preview=preview,
        markup=markup,
    )


def _read_content(kind: str, fields: Json, medium: Json) -> tuple[Formatted, str, Json]:
    """Return the text or caption, its HTML, and the medium."""
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


def _find_medium(world: World, kind: str, fields: Json) -> Json:
    file_kind, field, url_field = _FILES[kind]
    if fields.get(url_field):
        raise bad_request("WEBDOCUMENT_URL_INVALID")  # the sandbox loads nothing
    file_id = _required(fields, field)
    file = find_file(world, file_id, "DOCUMENT_INVALID")
    if file.kind != file_kind:
        raise bad_request("DOCUMENT_INVALID")
    return file.wire(file_id)


def _read_button(fields: Any) -> InlineButton | None:
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
