"""Files that the bot uploaded: bytes kept once, under ids that only this bot can use."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.api.parameters import Upload
from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.chats import Json
from bot.sandbox.world.formats import Shape, read_shape
from bot.sandbox.world.numbers import Numbers

Kind = Literal["photo", "animation", "document"]
KINDS: tuple[Kind, ...] = ("photo", "animation", "document")
PHOTO_LIMIT = 10 * 1024**2  # bytes
FILE_LIMIT = 50 * 1024**2
DOWNLOAD_LIMIT = 20 * 1024**2
NAME_LIMIT = 255
ANY_TYPE = "application/octet-stream"
WRONG_FILE = "wrong file identifier/HTTP URL specified"

_PREFIX: dict[Kind, str] = {"photo": "AgACAgI", "animation": "CgACAgI", "document": "BQACAgI"}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "video/mp4": "mp4"}
_PHOTOS = ("image/png", "image/jpeg")
_CLIPS = ("video/mp4", "image/gif")
_SIDES_LIMIT = 10_000  # width and height together
_RATIO_LIMIT = 20
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(frozen=True)
class Uploaded:
    """One upload that arrived, for tests to count."""

    sha256: str
    name: str
    kind: Kind


@dataclass(frozen=True)
class StoredFile:
    """A file in a message; `unique_id` is the same for the same upload made again."""

    unique_id: str
    kind: Kind
    name: str
    shape: Shape
    mime: str
    sha256: str
    size: int

    def wire(self, file_id: str) -> Json:
        """The fields that a message has of it."""
        file: Json = {"file_id": file_id, "file_unique_id": self.unique_id, "file_size": self.size}
        sides = {"width": self.shape.width, "height": self.shape.height}
        if self.kind == "photo":
            return {"photo": [file | sides]}
        document = file | {"file_name": self.name, "mime_type": self.mime}
        if self.kind == "document":
            return {"document": document}
        clip = document | sides | {"duration": self.shape.duration}
        return {"animation": clip, "document": document}


@dataclass
class Files:
    """What was uploaded stays to be looked at, even where its file_id is not known any more."""

    uploads: list[Uploaded] = field(default_factory=list)
    _contents: dict[str, bytes] = field(default_factory=dict)  # by sha256
    _stored: dict[str, StoredFile] = field(default_factory=dict)  # by unique_id
    _known: dict[str, str] = field(default_factory=dict)  # file_id -> unique_id
    _paths: dict[str, str] = field(default_factory=dict)  # file_path -> unique_id
    _numbers: Numbers = field(default_factory=lambda: Numbers(1))

    def keep(self, file: StoredFile, content: bytes) -> str:
        """Stores an upload; returns its new file_id."""
        self.uploads.append(Uploaded(file.sha256, file.name, file.kind))
        self._contents.setdefault(file.sha256, content)
        self._stored[file.unique_id] = file
        number = self._numbers.take()
        file_id = _PREFIX[file.kind] + _digest(f"{number} {file.unique_id}", 36)
        self._known[file_id] = file.unique_id
        ending = _ENDINGS.get(file.mime) or file.name.rpartition(".")[2]
        ending = ending if re.fullmatch("[A-Za-z0-9]{1,8}", ending) else "bin"
        self._paths.setdefault(f"{file.kind}s/file_{number}.{ending}", file.unique_id)
        return file_id

    def find(self, file_id: str, otherwise: str = WRONG_FILE) -> StoredFile:
        try:
            return self._stored[self._known[file_id]]
        except KeyError:
            raise bad_request(otherwise) from None

    def forget(self, file_id: str | None = None) -> None:
        """That file_id, or all of them, mean nothing any more: as under another bot's token."""
        if file_id is None:
            self._known.clear()
        else:
            self._known.pop(file_id, None)

    def path(self, file: StoredFile) -> str:
        return next(path for path, kept in self._paths.items() if kept == file.unique_id)

    def at_path(self, path: str) -> bytes | None:
        unique_id = self._paths.get(path, "")
        file = self.seen(unique_id)
        return self.content(file) if file else None

    def seen(self, unique_id: str) -> StoredFile | None:
        return self._stored.get(unique_id)

    def content(self, file: StoredFile) -> bytes:
        return self._contents[file.sha256]


def read_upload(upload: Upload, wanted: Kind, told: Shape) -> StoredFile:
    """What an upload becomes; `told` is what the bot says about its shape."""
    content = upload.content
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (PHOTO_LIMIT if wanted == "photo" else FILE_LIMIT):
        raise Refusal(413, "Request Entity Too Large")
    found = read_shape(content)
    if wanted == "photo":
        _check_photo(found)
    kind = wanted
    if kind == "animation" and found.mime not in _CLIPS:
        kind = "document"  # as Telegram does with what does not move
    shape = Shape(
        found.mime,
        told.width or found.width,
        told.height or found.height,
        told.duration or found.duration,
    )
    name = clean_name(upload.filename)
    mime = found.mime if kind != "document" else _mime(upload.content_type)
    sha256 = hashlib.sha256(content).hexdigest()
    unique_id = _digest(repr((kind, name, mime, shape, sha256)), 15)
    return StoredFile(unique_id, kind, name, shape, mime, sha256, len(content))


def clean_name(name: str) -> str:
    """A name without folders and without what could end a line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        "".join(character for character in last if character.isprintable())[:NAME_LIMIT] or "file"
    )


def _check_photo(shape: Shape) -> None:
    if shape.mime not in _PHOTOS:
        raise bad_request("IMAGE_PROCESS_FAILED")
    short, long = sorted((shape.width, shape.height))
    if short < 1 or short + long > _SIDES_LIMIT or long > short * _RATIO_LIMIT:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _mime(content_type: str) -> str:
    return content_type if _MIME.fullmatch(content_type) else ANY_TYPE


def _digest(words: str, size: int) -> str:
    digest = hashlib.sha512(words.encode(errors="replace")).digest()
    return base64.urlsafe_b64encode(digest[:size]).decode().rstrip("=")
