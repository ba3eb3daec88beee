"""Files of the bot and of people: stored once, and known by ids that only this bot can use."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.world.ids import IdSequence
from bot.sandbox.world.wire import Json

Kind = Literal["photo", "animation", "audio", "document"]
KINDS: tuple[Kind, ...] = ("photo", "animation", "audio", "document")
ANY_TYPE = "application/octet-stream"

_PREFIX: dict[Kind, str] = {
    "photo": "AgACAgI",
    "animation": "CgACAgI",
    "audio": "CQACAgI",
    "document": "BQACAgI",
}


@dataclass(frozen=True)
class MediaInfo:
    """`mime` is "" for what is no picture, clip or audio; `duration` is in seconds."""

    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0
    performer: str = ""
    title: str = ""


@dataclass(frozen=True)
class Uploaded:
    """One upload, for tests to count."""

    sha256: str
    name: str
    kind: Kind


@dataclass(frozen=True)
class StoredFile:
    """`unique_id` stays the same when the same file is uploaded again.

    `thumbnail` is the picture of an audio file.
    """

    unique_id: str
    kind: Kind
    name: str
    info: MediaInfo
    mime: str
    sha256: str
    size: int
    thumbnail: "StoredFile | None" = None

    def wire(self, file_id: str) -> Json:
        """Return the fields that a message with this file has."""
        file: Json = {"file_id": file_id, "file_unique_id": self.unique_id, "file_size": self.size}
        sides = {"width": self.info.width, "height": self.info.height}
        if self.kind == "photo":
            return {"photo": [file | sides]}
        document = file | {"file_name": self.name, "mime_type": self.mime}
        if self.kind == "document":
            return {"document": document}
        if self.kind == "audio":
            return {"audio": document | self._about_audio()}
        clip = document | sides | {"duration": self.info.duration}
        return {"animation": clip, "document": document}

    def _about_audio(self) -> Json:
        info = self.info
        about: Json = {"duration": info.duration}
        about |= {"performer": info.performer} if info.performer else {}
        about |= {"title": info.title} if info.title else {}
        if self.thumbnail is not None:
            (size,) = self.thumbnail.wire(self.thumbnail.unique_id)["photo"]
            about["thumbnail"] = size
        return about


def stored_file(kind: Kind, name: str, info: MediaInfo, mime: str, content: bytes) -> StoredFile:
    sha256 = hashlib.sha256(content).hexdigest()
    unique_id = _digest(repr((kind, name, mime, info, sha256)), 15)
    return StoredFile(unique_id, kind, name, info, mime, sha256, len(content))


@dataclass
class Files:
    """A file can still be read by its unique id when its file_id is unknown."""

    uploads: list[Uploaded] = field(default_factory=list)
    _contents: dict[str, bytes] = field(default_factory=dict)  # by sha256
    _stored: dict[str, StoredFile] = field(default_factory=dict)  # by unique_id
    _known: dict[str, str] = field(default_factory=dict)  # file_id -> unique_id
    _numbers: IdSequence = field(default_factory=lambda: IdSequence(1))

    def store(self, file: StoredFile, content: bytes) -> str:
        """Store an upload of the bot; return its new file_id."""
        self.uploads.append(Uploaded(file.sha256, file.name, file.kind))
        return self.keep(file, content)

    def keep(self, file: StoredFile, content: bytes) -> str:
        """Store a file, whoever sent it; return its new file_id."""
        self._contents.setdefault(file.sha256, content)
        self._stored[file.unique_id] = file
        file_id = _PREFIX[file.kind] + _digest(f"{self._numbers.take()} {file.unique_id}", 36)
        self._known[file_id] = file.unique_id
        return file_id

    def store_thumbnail(self, picture: StoredFile, content: bytes) -> None:
        """Store the picture of a file; it can't be sent by itself."""
        self._contents.setdefault(picture.sha256, content)
        self._stored[picture.unique_id] = picture

    def find(self, file_id: str) -> StoredFile | None:
        return self._stored.get(self._known.get(file_id, ""))

    def find_unique(self, unique_id: str) -> StoredFile | None:
        return self._stored.get(unique_id)

    def forget(self, file_id: str | None = None) -> None:
        """Make one file_id, or all, unknown."""
        if file_id is None:
            self._known.clear()
        else:
            self._known.pop(file_id, None)

    def content(self, file: StoredFile) -> bytes:
        return self._contents[file.sha256]


def _digest(text: str, size: int) -> str:
    digest = hashlib.sha512(text.encode(errors="replace")).digest()
    return base64.urlsafe_b64encode(digest[:size]).decode().rstrip("=")
