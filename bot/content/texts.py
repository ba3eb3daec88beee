"""Sentences: read from data/locales/<language>.ftl (Project Fluent), formatted by message id.

What a sentence is given is escaped for Telegram's HTML unless it is Html already, so a name with
`<b>` in it is shown as typed.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from babel.dates import format_date, get_month_names
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.runtime.files import NestedError, read_file

ENGLISH = "en"


class Html(str):
    """Text that is safe to send as HTML."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> "Html":
        """Somebody's words, shown as typed."""
        return text if isinstance(text, Html) else cls(escape(text, quote=False))

    def joined(self, parts: "list[Html] | tuple[Html, ...]") -> "Html":
        return Html(self.join(parts))


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str, files: list[Path]) -> None:
        """Later files are laid over earlier ones. Raises ValueError naming file and line."""
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in files:
            resource = _resource(file)
            for entry in resource.body:
                if isinstance(entry, ast.Junk):
                    raise ValueError(f"{file}: {_where(entry)} can't be read as a message")
            self._bundle.add_resource(resource, allow_overrides=True)

    def html(self, message: str, /, **variables: object) -> Html:
        """The sentence as HTML. Strings among the variables are escaped."""
        return Html(self._format(message, {k: self._safe(v) for k, v in variables.items()}))

    def plain(self, message: str, /, **variables: object) -> str:
        """The sentence as bare text: labels of buttons, answers to taps, the command menu."""
        return self._format(message, {k: self._value(v) for k, v in variables.items()})

    def words(self, message: str, /) -> frozenset[str]:
        """A comma-separated list of words that people type, in lower case."""
        return frozenset(word.strip().lower() for word in self.plain(message).split(","))

    def day(self, day: date) -> str:
        """Such as Wednesday 25 November."""
        return format_date(day, "EEEE d MMMM", locale=self.language)

    def full_day(self, day: date) -> str:
        """Such as Wednesday 25 November 2026."""
        return format_date(day, "EEEE d MMMM y", locale=self.language)

    def short_day(self, day: date) -> str:
        """Such as Wed 25 Nov."""
        return format_date(day, "EEE d MMM", locale=self.language)

    def month_day(self, day: date) -> str:
        """Such as 25 Nov."""
        return format_date(day, "d MMM", locale=self.language)

    def date(self, day: date) -> str:
        """Such as 25 November 2026."""
        return format_date(day, "d MMMM y", locale=self.language)

    def months(self) -> dict[str, int]:
        """The names of the months in lower case, each from three letters on, with 1 to 12."""
        names: dict[str, int] = {}
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=self.language).items():
                lower = name.lower().rstrip(".")
                names |= {lower[:end]: number for end in range(3, len(lower) + 1)}
        return names

    def _safe(self, value: object) -> object:
        plain = self._value(value)
        return Html.of(plain) if isinstance(plain, str) else plain

    def _value(self, value: object) -> object:
        """Times on the 24-hour clock, dates with their weekday; numbers are Fluent's to format."""
        if isinstance(value, time | datetime):
            return f"{value:%H:%M}"
        if isinstance(value, date):
            return self.day(value)
        return value

    def _format(self, message: str, variables: dict[str, Any]) -> str:
        """Raises KeyError for a message that is not there, ValueError for a broken one."""
        found = self._bundle.get_message(message)
        if found.value is None:
            raise KeyError(message)
        text, errors = self._bundle.format_pattern(found.value, variables)
        if errors:
            raise ValueError(f"message {message}: {errors[0]}")
        return str(text)


def plain(html: Html) -> str:
    """What is left to read of it: Telegram counts characters without tags and entities."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def message_ids(file: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Every message of a locale file with the variables that it uses."""
    from fluent.syntax.visitor import Visitor

    class Variables(Visitor):
        def __init__(self) -> None:
            self.names: set[str] = set()

        def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
            self.names.add(node.id.name)

    for entry in _resource(file).body:
        if isinstance(entry, ast.Message):
            visitor = Variables()
            visitor.visit(entry)
            yield entry.id.name, frozenset(visitor.names)


def _resource(file: Path) -> ast.Resource:
    """The messages of a file. Raises ValueError naming it."""
    try:
        return _parsed(read_file(file).decode().replace("\r\n", "\n"))
    except FileNotFoundError:
        raise ValueError(f"{file}: is missing") from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from None


@lru_cache(maxsize=4)
def _parsed(text: str) -> ast.Resource:
    """Kept, for it takes 50 ms, and a check asks for the same file five times."""
    try:
        resource = FluentResource(text)
    except RecursionError:
        raise NestedError(_TOO_DEEP) from None
    if _is_deep(resource):
        raise NestedError(_TOO_DEEP)
    return resource


DEEPEST = 60  # nodes in one another; a select in a select in a message has 14
_TOO_DEEP = "is nested too deeply"


def _is_deep(resource: ast.Resource) -> bool:
    """Whether to say a message of it would need more of the stack than there is."""
    level: list[object] = [resource]
    for _ in range(DEEPEST):
        level = [inner for node in level for inner in _inside(node)]
        if not level:
            return False
    return True


def _inside(node: object) -> list[object]:
    if isinstance(node, list):
        return node
    return list(vars(node).values()) if isinstance(node, ast.BaseNode) else []


def _where(junk: ast.Junk) -> str:
    return f"“{(junk.content or '').strip().splitlines()[0]}”"
