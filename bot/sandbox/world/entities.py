"""Formatted text: plain text and its entities, normalized as Telegram does.

The rules follow fix_formatted_text of TDLib, the library under Telegram's own Bot API server.
Offsets and lengths count UTF-16 units.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.sandbox.world.wire import Json

_SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
_VERBATIM = ("code", "pre")
_DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?\b(?![/<>]))"
    r"|(?P<url>(?<!\w)(?:https?|tg)://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?P<mention>(?<![\w@])@[a-zA-Z0-9_]{3,32}\b)"
)


@dataclass(frozen=True)
class Entity:
    """A formatted part of a text; `details` are the fields that only its type has."""

    type: str
    offset: int
    length: int
    details: tuple[tuple[str, str | int], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    def wire(self) -> Json:
        span: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        return span | dict(self.details)


@dataclass(frozen=True)
class Formatted:
    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def with_detected_entities(formatted: Formatted) -> Formatted:
    """Add the commands, links and mentions that Telegram detects in every text."""
    excluded = [e for e in formatted.entities if e.type in (*_VERBATIM, "text_link", "date_time")]
    detected = [
        entity
        for entity in _detect(formatted.text)
        if all(entity.end <= other.offset or other.end <= entity.offset for other in excluded)
    ]
    return Formatted(formatted.text, tuple(sorted([*formatted.entities, *detected], key=_order)))


def _detect(text: str) -> Iterator[Entity]:
    for match in _DETECTED.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        yield Entity(str(match.lastgroup), offset, length)


def _order(entity: Entity) -> tuple[int, int, str]:
    return entity.offset, -entity.length, entity.type


def normalize(formatted: Formatted) -> Formatted:
    """Strip the text; cut, merge and sort the entities."""
    entities = _without_overlaps(formatted.entities)
    text = formatted.text.rstrip()
    first = min((entity.offset for entity in entities), default=utf16_length(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    text, end = text[cut:], utf16_length(text[cut:])
    shifted = (
        Entity(e.type, e.offset - cut, min(e.end - cut, end) - (e.offset - cut), e.details)
        for e in entities
    )
    kept = (e for e in shifted if utf16_slice(text, e.offset, max(e.length, 0)).strip())
    return Formatted(text, tuple(sorted(kept, key=_order)))


def _without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """Remove what is nested in code; merge overlapping and adjacent stretches of one style."""
    entities = list(entities)
    verbatim = {i for e in entities if e.type in _VERBATIM for i in range(e.offset, e.end)}
    result = [e for e in entities if e.type in _VERBATIM]
    for kind in _SPLITTABLE:
        styled = {i for e in entities if e.type == kind for i in range(e.offset, e.end)}
        result += [Entity(kind, start, end - start) for start, end in _runs(styled - verbatim)]
    for entity in entities:
        if entity.type not in (*_VERBATIM, *_SPLITTABLE) and entity.offset not in verbatim:
            result.append(entity)
    return result


def _runs(positions: set[int]) -> Iterator[tuple[int, int]]:
    for start in sorted(i for i in positions if i - 1 not in positions):
        end = start
        while end in positions:
            end += 1
        yield start, end
