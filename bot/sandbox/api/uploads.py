"""Reads uploads: what kind of file Telegram makes of them, and which it refuses."""

import re

from bot.sandbox.api.formats import read_media_info
from bot.sandbox.api.parameters import Upload
from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.files import ANY_TYPE, Kind, MediaInfo, StoredFile, stored_file

PHOTO_LIMIT = 10 * 1024**2  # bytes
FILE_LIMIT = 50 * 1024**2
THUMBNAIL_LIMIT = 200 * 1000
THUMBNAIL_SIDE = 320  # pixels
NAME_LIMIT = 255

_PHOTOS = ("image/png", "image/jpeg")
_CLIPS = ("video/mp4", "image/gif")
_AUDIO = ("audio/mpeg", "audio/mp4")
_SIDES_LIMIT = 10_000  # width and height together
_RATIO_LIMIT = 20
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def read_upload(upload: Upload, kind: Kind, declared: MediaInfo) -> StoredFile:
    """Return the file to store; what the bot declares about it overrides what the bytes say."""
    content = upload.content
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (PHOTO_LIMIT if kind == "photo" else FILE_LIMIT):
        raise Refusal(413, "Request Entity Too Large")
    found = read_media_info(content)
    if kind == "photo":
        _check_photo(found)
    if kind == "animation" and found.mime not in _CLIPS:
        kind = "document"  # as Telegram does with what does not move
    if kind == "audio" and found.mime not in _AUDIO:
        kind = "document"  # which no music player plays
    info = MediaInfo(
        found.mime,
        declared.width or found.width,
        declared.height or found.height,
        declared.duration or found.duration,
        declared.performer,
        declared.title,
    )
    mime = found.mime if kind != "document" else _mime(upload.content_type)
    return stored_file(kind, clean_name(upload.filename), info, mime, content)


def read_thumbnail(upload: Upload) -> StoredFile | None:
    """Return the picture of a file; None if Telegram ignores it: it is no JPEG, or too large."""
    content = upload.content
    found = read_media_info(content)
    fits = len(content) < THUMBNAIL_LIMIT and max(found.width, found.height) <= THUMBNAIL_SIDE
    if found.mime != "image/jpeg" or not found.width or not fits:
        return None
    return stored_file("photo", clean_name(upload.filename), found, found.mime, content)


def clean_name(name: str) -> str:
    """Remove folders, and characters that could end a header line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(character for character in last if character.isprintable())
    return printable[:NAME_LIMIT] or "file"


def _check_photo(info: MediaInfo) -> None:
    if info.mime not in _PHOTOS:
        raise bad_request("IMAGE_PROCESS_FAILED")
    short, long = sorted((info.width, info.height))
    if short < 1 or short + long > _SIDES_LIMIT or long > short * _RATIO_LIMIT:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _mime(content_type: str) -> str:
    return content_type if _MIME.fullmatch(content_type) else ANY_TYPE
