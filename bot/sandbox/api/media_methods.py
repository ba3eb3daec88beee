"""The methods for photos, clips and documents: uploaded once, then sent by their file_id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.parameters import Params, Upload
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.sending import (
    NOT_MODIFIED,
    check_caption,
    check_postable,
    count,
    edit,
    find_editable,
    find_place,
    post,
    read_caption,
    read_formatted,
)
from bot.sandbox.world.chats import Json
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.files import DOWNLOAD_LIMIT, KINDS, WRONG_FILE, Kind, StoredFile, read_upload
from bot.sandbox.world.formats import Shape
from bot.sandbox.world.keyboards import check_sendable
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World

_ATTACHED = "attach://"
_MOST = 10_000  # pixels of a side, and seconds
_WEB = ("http://", "https://")


async def send_photo(world: World, params: Params) -> Json:
    return _send(world, params, "photo")


async def send_animation(world: World, params: Params) -> Json:
    return _send(world, params, "animation")


async def send_document(world: World, params: Params) -> Json:
    return _send(world, params, "document")


async def edit_message_media(world: World, params: Params) -> Json | bool:
    if "media" not in params:
        raise bad_request('parameter "media" is required')
    fields = params.structure("media", "input media")
    kind = _kind(fields)
    caption = read_formatted(fields, "caption", "caption_entities")
    message, markup = find_editable(world, params)
    check_caption(caption)
    if "chat_id" not in params and str(fields["media"]).startswith(_ATTACHED):
        raise bad_request("can't upload a new file to an inline message")
    found = _find(world, params, kind, fields["media"], fields)
    same = found.file.unique_id == _shown(message) and message.markup == markup
    if same and Formatted(message.text, message.entities) == caption:
        raise bad_request(NOT_MODIFIED)
    check_sendable(markup)
    count(world, message.chat)
    html = str(fields.get("caption") or "")
    content = _content(caption, html) | {"media": found.kept(world), "markup": markup}
    return edit(world, params, message, **content)


async def edit_message_caption(world: World, params: Params) -> Json | bool:
    caption = read_caption(params)
    message, markup = find_editable(world, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    check_caption(caption)
    if Formatted(message.text, message.entities) == caption and message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_sendable(markup)
    count(world, message.chat)
    content = _content(caption, params.text("caption"))
    return edit(world, params, message, markup=markup, **content)


async def get_file(world: World, params: Params) -> Json:
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.find(file_id, "invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    wire: Json = {"file_id": file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return wire | {"file_path": world.files.path(file)}


@dataclass(frozen=True)
class _Found:
    """A file for a message: known by its id, or uploaded and still to be stored."""

    file: StoredFile
    file_id: str = ""
    content: bytes = b""

    def kept(self, world: World) -> Json:
        return self.file.wire(self.file_id or world.files.keep(self.file, self.content))


def _send(world: World, params: Params, kind: Kind) -> Json:
    caption = read_caption(params)
    source = params.values.get(kind)
    if not source:
        raise bad_request(f"there is no {kind} in the request")
    place = find_place(world, params)
    check_caption(caption)
    found = _find(world, params, kind, source, params.values)
    check_postable(world, place, f"{kind}s")
    content = _content(caption, params.text("caption"))
    return post(world, place, media=found.kept(world), **content)


def _content(caption: Formatted, html: str) -> dict[str, Any]:
    return {"text": caption.text, "entities": caption.entities, "html": html}


def _kind(media: Any) -> Kind:
    where = "can't parse InputMedia:"
    if not isinstance(media, dict):
        raise bad_request(f"{where} expected an Object")
    if not media.get("media"):
        raise bad_request(f"{where} media not found")
    for kind in KINDS:
        if media.get("type") == kind:
            return kind
    raise bad_request(f'{where} type "{media.get("type")}" is unsupported')


def _find(
    world: World, params: Params, kind: Kind, source: Any, fields: Mapping[str, Any]
) -> _Found:
    upload = source if isinstance(source, Upload) else None
    name = str(source)
    if name.startswith(_ATTACHED):
        upload = params.upload(name.removeprefix(_ATTACHED))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
    if upload is not None:
        return _Found(read_upload(upload, kind, _told(fields)), content=upload.content)
    if name.startswith(_WEB):
        raise bad_request("failed to get HTTP URL content")  # the sandbox asks nobody outside
    file = world.files.find(name, WRONG_FILE)
    if (file.kind == "photo") != (kind == "photo"):
        named = file.kind.capitalize(), kind.capitalize()
        raise bad_request(f"can't use file of type {named[0]} as {named[1]}")
    return _Found(file, name)


def _told(fields: Mapping[str, Any]) -> Shape:
    """What the bot says about a clip goes before what the file says."""
    told = Params(fields)
    names = ("width", "height", "duration")
    return Shape("", *(min(max(told.integer(name), 0), _MOST) for name in names))


def _shown(message: Message) -> str | None:
    """Which file the message shows now."""
    medium = next(iter(message.media.values()), None)
    largest = medium[-1] if isinstance(medium, list) else medium
    return largest.get("file_unique_id") if isinstance(largest, dict) else None
