"""The methods for photos, animations, audio and documents: uploads, and files sent by file_id."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.api.lookup import find_file
from bot.sandbox.api.parameters import Parameters, Upload
from bot.sandbox.api.refusal import bad_request
from bot.sandbox.api.sending import (
    NOT_MODIFIED,
    check_caption,
    check_edit,
    check_sendable,
    edit,
    find_destination,
    find_editable,
    read_caption,
    read_formatted,
    send,
)
from bot.sandbox.api.uploads import read_thumbnail, read_upload
from bot.sandbox.world.entities import Formatted
from bot.sandbox.world.files import KINDS, Kind, MediaInfo, StoredFile
from bot.sandbox.world.messages import Message
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

_ATTACHED = "attach://"
_DECLARED_LIMIT = 10_000  # pixels of a side, and seconds
_WEB = ("http://", "https://")
_FETCH_LIMIT = 20 * 1024**2  # bytes


async def send_file(world: World, params: Parameters, kind: Kind) -> Json:
    caption = read_caption(params)
    value = params.values.get(kind)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    destination = find_destination(world, params)
    check_caption(caption)
    source = _find_source(world, params, kind, value, params.values)
    check_sendable(world, destination, f"{kind}s")
    content = _content(caption, params.text("caption"))
    return send(world, destination, media=source.store(world), **content)


async def get_file(world: World, params: Parameters) -> Json:
    """Return where the file's content is served under `/file/bot<token>/`."""
    file_id = params.text("file_id")
    file = find_file(world, file_id, "wrong file_id or the file is temporarily unavailable")
    if file.size > _FETCH_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": f"{file.kind}s/{file.unique_id}",
    }


async def edit_message_media(world: World, params: Parameters) -> Json | bool:
    if "media" not in params:
        raise bad_request('parameter "media" is required')
    fields = params.structure("media", "input media")
    kind = _read_kind(fields)
    caption = read_formatted(fields, "caption", "caption_entities")
    message, markup = find_editable(world, params)
    check_caption(caption)
    if "chat_id" not in params and str(fields["media"]).startswith(_ATTACHED):
        raise bad_request("can't upload a new file to an inline message")
    source = _find_source(world, params, kind, fields["media"], fields)
    same = source.file.unique_id == _unique_id(message) and message.markup == markup
    if same and Formatted(message.text, message.entities) == caption:
        raise bad_request(NOT_MODIFIED)
    check_edit(world, message, markup)
    content = _content(caption, str(fields.get("caption") or ""))
    return edit(world, params, message, markup, media=source.store(world), **content)


async def edit_message_caption(world: World, params: Parameters) -> Json | bool:
    caption = read_caption(params)
    message, markup = find_editable(world, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    check_caption(caption)
    if Formatted(message.text, message.entities) == caption and message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    check_edit(world, message, markup)
    return edit(world, params, message, markup, **_content(caption, params.text("caption")))


@dataclass(frozen=True)
class _Source:
    """A stored file, given by its id, or an upload still to be stored with its thumbnail."""

    file: StoredFile
    file_id: str = ""
    content: bytes = b""
    thumbnail: bytes = b""

    def store(self, world: World) -> Json:
        if self.file.thumbnail is not None and self.thumbnail:
            world.files.store_thumbnail(self.file.thumbnail, self.thumbnail)
        return self.file.wire(self.file_id or world.files.store(self.file, self.content))


def _content(caption: Formatted, html: str) -> dict[str, Any]:
    return {"text": caption.text, "entities": caption.entities, "html": html}


def _read_kind(media: Any) -> Kind:
    where = "can't parse InputMedia:"
    if not isinstance(media, dict):
        raise bad_request(f"{where} expected an Object")
    if not media.get("media"):
        raise bad_request(f"{where} media not found")
    for kind in KINDS:
        if media.get("type") == kind:
            return kind
    raise bad_request(f'{where} type "{media.get("type")}" is unsupported')


def _find_source(
    world: World, params: Parameters, kind: Kind, value: Any, fields: Mapping[str, Any]
) -> _Source:
    upload = value if isinstance(value, Upload) else None
    name = str(value)
    if name.startswith(_ATTACHED):
        upload = params.upload(name.removeprefix(_ATTACHED))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
    if upload is not None:
        file = read_upload(upload, kind, _declared_info(fields))
        picture = _thumbnail(params, fields) if file.kind == "audio" else None
        thumbnail = read_thumbnail(picture) if picture else None
        if picture is None or thumbnail is None:
            return _Source(file, content=upload.content)
        file = replace(file, thumbnail=thumbnail)
        return _Source(file, content=upload.content, thumbnail=picture.content)
    if name.startswith(_WEB):
        raise bad_request("failed to get HTTP URL content")  # the sandbox loads nothing
    file = find_file(world, name)
    if any((file.kind == only) != (kind == only) for only in ("photo", "audio")):
        names = file.kind.capitalize(), kind.capitalize()
        raise bad_request(f"can't use file of type {names[0]} as {names[1]}")
    return _Source(file, name)


def _thumbnail(params: Parameters, fields: Mapping[str, Any]) -> Upload | None:
    """Return the picture that came with an upload; one that is not uploaded is ignored."""
    value = fields.get("thumbnail")
    if isinstance(value, Upload):
        return value
    name = str(value or "")
    return params.upload(name.removeprefix(_ATTACHED)) if name.startswith(_ATTACHED) else None


def _declared_info(fields: Mapping[str, Any]) -> MediaInfo:
    """Read what the bot declares about a clip or an audio file."""
    declared = Parameters(fields)
    width, height, duration = (
        min(max(declared.integer(name), 0), _DECLARED_LIMIT)
        for name in ("width", "height", "duration")
    )
    performer, title = declared.text("performer"), declared.text("title")
    return MediaInfo("", width, height, duration, performer, title)


def _unique_id(message: Message) -> str | None:
    """Return the unique id of the message's file."""
    medium = next(iter(message.media.values()), None)
    largest = medium[-1] if isinstance(medium, list) else medium
    return largest.get("file_unique_id") if isinstance(largest, dict) else None
