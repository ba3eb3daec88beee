"""Reads a bot's text, plain or as parse_mode HTML.

The rules and descriptions follow parse_html of TDLib, the library under Telegram's own Bot API
server. The offsets in refusals count bytes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from bot.sandbox.api.links import WrongLinkError, checked_link
from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.entities import (
    Entity,
    Formatted,
    normalize,
    utf16_length,
    with_detected_entities,
)

_TYPE_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_SPACE = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


def read_text(source: str, parse_mode: str, entities: Iterable[Entity] = ()) -> Formatted:
    """Return the text that the chat shows; empty when nothing visible is left."""
    source = re.sub(r"[\x00-\x09\x0b-\x1f]", " ", source.replace("\r", ""))
    if parse_mode.lower() == "html":
        formatted = _HtmlReader(source).read()
    elif parse_mode:
        # Telegram's two kinds of Markdown are not implemented: the coach sends HTML.
        raise bad_request("unsupported parse_mode")
    else:
        formatted = Formatted(source, tuple(entities))
    return with_detected_entities(normalize(formatted))


@dataclass(frozen=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    piece: int  # the number of output pieces before it


class _HtmlReader:
    """Reads one text from left to right into plain text and entities."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        while self._position < len(self._source):
            if self._source.startswith("</", self._position):
                self._read_end_tag()
            elif self._source[self._position] == "<":
                self._read_start_tag()
            elif self._source[self._position] == "&":
                self._write(self._read_character())
            else:
                self._write(self._read_plain())
        if self._open:
            name = self._open[-1].name
            raise _cant_parse(f'Can\'t find end tag corresponding to start tag "{name}"')
        text = "".join(self._pieces)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise _cant_parse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return Formatted(text, tuple(map(_without_language, self._entities)))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += utf16_length(text)

    def _read_plain(self) -> str:
        """Read up to the next tag or reference."""
        begin, self._position = self._position, self._until("<&")
        return self._source[begin : self._position]

    def _read_character(self) -> str:
        """Read one character and decode references; an unknown one stays as written."""
        match = _REFERENCE.match(self._source, self._position)
        decoded = _decode(match) if match else None
        if match and decoded:
            self._position = match.end()
            return decoded
        self._position += 1
        return self._source[self._position - 1]

    def _refuse(self, what: str, position: int, more: str = "") -> NoReturn:
        offset = len(self._source[:position].encode())
        raise _cant_parse(f"{what} at byte offset {offset}{more}")

    def _until(self, stops: str) -> int:
        end = self._position
        while end < len(self._source) and self._source[end] not in stops:
            end += 1
        return end

    def _skip_space(self) -> str:
        """Move to the next character that is no space and return it; "" at the end."""
        while self._position < len(self._source) and self._source[self._position] in _SPACE:
            self._position += 1
        return self._source[self._position : self._position + 1]

    def _read_start_tag(self) -> None:
        begin = self._position
        self._position += 1
        end = self._until(_SPACE + ">")
        if end == len(self._source):
            self._refuse("Unclosed start tag", begin)
        name = self._source[self._position : end].lower()
        if name not in _TYPE_OF_TAG:
            self._refuse(f'Unsupported start tag "{name}"', begin)
        self._position = end
        attributes = self._read_attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_OpenTag(name, attributes, self._offset, len(self._pieces)))

    def _read_attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while (following := self._skip_space()) != ">":
            end = self._until(_SPACE + "=>")
            name, self._position = self._source[self._position : end], end
            if following and not name:
                self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name] = ""
            if self._skip_space() == "=":
                self._position += 1
                attributes[name] = self._read_attribute_value(tag, begin)
            if self._position >= len(self._source):
                self._refuse(f'Unclosed start tag "{tag}"', begin)
        self._position += 1
        return attributes

    def _read_attribute_value(self, tag: str, begin: int) -> str:
        quote = self._skip_space()
        if not quote:
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        if quote not in "'\"":
            return self._read_name_token()
        self._position += 1
        value = ""
        while self._position < len(self._source) and self._source[self._position] != quote:
            value += self._read_character()
        self._position += 1
        if self._position >= len(self._source):
            self._refuse("Unclosed start tag", begin)
        return value

    def _read_name_token(self) -> str:
        match = re.compile(r"[a-zA-Z0-9.-]*").match(self._source, self._position)
        token, begin = (match.group() if match else ""), self._position
        self._position += len(token)
        if self._source[self._position : self._position + 1] not in _SPACE + ">":
            self._refuse("Unexpected end of name token", begin)
        return token.lower()

    def _read_end_tag(self) -> None:
        begin = self._position
        if not self._open:
            self._refuse("Unexpected end tag", begin)
        self._position += 2
        end = self._until(_SPACE + ">")
        name, self._position = self._source[self._position : end].lower(), end
        if self._skip_space() != ">":
            self._refuse("Unclosed end tag", begin)
        self._position += 1
        tag = self._open.pop()
        if name and name != tag.name:
            more = f', expected "</{tag.name}>", found "</{name}>"'
            self._refuse("Unmatched end tag", begin, more)
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        span = (tag.offset, self._offset - tag.offset)
        if tag.name == "code" and self._entities and self._entities[-1] == Entity("pre", *span):
            self._entities.pop()
            self._entities.append(Entity("pre", *span, _language(tag)))
        elif tag.name == "pre":
            self._close_pre(span)
        elif tag.name == "code":
            self._entities.append(Entity("code", *span, _language(tag)))
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"
            self._entities.append(Entity(kind, *span))
        else:
            details = _details(tag, "".join(self._pieces[tag.piece :]))
            if details is not None:
                self._entities.append(Entity(_TYPE_OF_TAG[tag.name], *span, details))

    def _close_pre(self, span: tuple[int, int]) -> None:
        """Join <pre><code class="language-…"> to one block of code in that language."""
        inner = self._entities[-1] if self._entities else None
        if inner and inner.type == "code" and (inner.offset, inner.length) == span:
            self._entities[-1] = Entity("pre", *span, inner.details)
        else:
            self._entities.append(Entity("pre", *span))


def _cant_parse(description: str) -> Refusal:
    return bad_request(f"can't parse entities: {description}")


def _decode(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED.get(match["name"])
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    return chr(code) if 0 < code < 0x10FFFF and len(match.group()) <= 10 else None


def _without_language(entity: Entity) -> Entity:
    """Drop the language of a <code> that is in no <pre>."""
    return replace(entity, details=()) if entity.type == "code" else entity


def _language(tag: _OpenTag) -> tuple[tuple[str, str | int], ...]:
    language = tag.attributes.get("class", "")
    prefix = "language-"
    return (("language", language.removeprefix(prefix)),) if language.startswith(prefix) else ()


def _details(tag: _OpenTag, inner: str) -> tuple[tuple[str, str | int], ...] | None:
    """Return the fields that only this tag's entity has; None for an invalid link."""
    if tag.name == "a":
        return _link(tag.attributes.get("href") or inner)
    if tag.name == "tg-emoji":
        emoji = tag.attributes.get("emoji-id", "")
        if not emoji.isdecimal() or int(emoji) == 0:
            raise _cant_parse("Invalid custom emoji identifier specified")
        return (("custom_emoji_id", emoji),)
    if tag.name == "tg-time":
        return _date_time(tag.attributes)
    return ()


def _link(url: str) -> tuple[tuple[str, str | int], ...] | None:
    try:
        return (("url", checked_link(url)),)
    except WrongLinkError:
        return None


def _date_time(attributes: dict[str, str]) -> tuple[tuple[str, str | int], ...]:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal() or not _DATE_TIME_FORMAT.fullmatch(form):
        raise _cant_parse("Invalid date-time specified")  # Telegram's description is not known
    fields: list[tuple[str, str | int]] = [("unix_time", int(unix))]
    return tuple([*fields, ("date_time_format", form)] if form else fields)
