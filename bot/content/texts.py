"""The coach's sentences: read from data/locales/<language>.ftl (Project Fluent), formatted by id.

Variables are escaped for Telegram's HTML unless they are Html already, so that a name with `<b>`
in it is shown as typed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_month_names
from babel.lists import format_list
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.stream import FluentParserStream
from fluent.syntax.visitor import Visitor

from bot.runtime.files import NestedError, read_file

ENGLISH = "en"
ListStyle = Literal["standard", "or", "unit"]
_ANY_DAY = date(2000, 1, 1)
_KNOWN = 2000  # formatted messages of the process, and as many dates and times
_APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}", "")  # as they are typed
_TEXT = re.compile(r"[^{}\n]*")
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*")


class Html(str):
    """A string that can be sent as HTML: markup, or text that has been escaped."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> "Html":
        """Escape the text; return Html unchanged."""
        return text if isinstance(text, Html) else cls(escape(text, quote=False))

    @classmethod
    def link(cls, text: str, address: str) -> "Html":
        """Return the text as a link; without an address just the text."""
        if not address:
            return cls.of(text)
        return cls(f'<a href="{escape(address)}">{cls.of(text)}</a>')

    def joined(self, parts: "list[Html] | tuple[Html, ...]") -> "Html":
        return Html(self.join(parts))


Moment = date | datetime


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str, files: list[Path]) -> None:
        """Read the files; a message in a later file replaces the same one in an earlier file.

        Raise ValueError that names the file and quotes the line.
        """
        self.language = language
        self._hours = 24
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in files:
            resource = _resource(file)
            for entry in resource.body:
                if isinstance(entry, ast.Junk):
                    raise ValueError(f"{file}: {_first_line(entry)} can't be read as a message")
            self._bundle.add_resource(resource, allow_overrides=True)
        # Formatting takes longer than all else that makes a screen, and most sentences come again.
        self._format_known = lru_cache(maxsize=_KNOWN, typed=True)(self._format_new)
        self._formatted = lru_cache(maxsize=_KNOWN)(self._format_moment)
        self._words_known = lru_cache(maxsize=_KNOWN)(self._words_new)
        self._locale = self._read_locale()

    def on_clock(self, hours: int) -> "Texts":
        """Return the same sentences with times of day in 12 or in 24 hours."""
        other = copy(self)
        other._hours = hours
        return other

    def html(self, message: str, /, **variables: object) -> Html:
        """Format a message as HTML; variables that are strings are escaped."""
        return Html(self._format(message, {k: self._safe(v) for k, v in variables.items()}))

    def plain(self, message: str, /, **variables: object) -> str:
        """Format a message as plain text: button labels, answers to taps, the command menu."""
        return self._format(message, {k: self._value(v) for k, v in variables.items()})

    def words(self, message: str, /) -> frozenset[str]:
        """Return the words of a message that is a comma-separated list, in lower case.

        One with an apostrophe is also there with a curly one and without any, as people type it.
        """
        return self._words_known(message)

    def _words_new(self, message: str) -> frozenset[str]:
        listed = [word.strip().lower() for word in self.plain(message).split(",")]
        return frozenset(word.replace("'", sign) for word in listed for sign in _APOSTROPHES)

    # Dates, times and lists are written as CLDR says for the locale.

    def day(self, day: date) -> str:
        """Format a day such as Wednesday 25 November."""
        return self._formatted("MMMMEEEEd", day)

    def full_day(self, day: date) -> str:
        """Format a day such as Wednesday 25 November 2026."""
        return self.plain("with-year", day=self.day(day), year=str(day.year))

    def short_day(self, day: date) -> str:
        """Format a day such as Wed 25 Nov."""
        return self._formatted("MMMEd", day)

    def month_day(self, day: date) -> str:
        """Format a day such as 25 Nov."""
        return self._formatted("MMMd", day)

    def date(self, day: date) -> str:
        """Format a day such as 25 November 2026."""
        return self._formatted("yMMMMd", day)

    def clock(self, local_time: time | datetime) -> str:
        """Format a time of day such as 07:05, or 7:05 am."""
        return self._formatted(
            "Hm" if self._hours == 24 else "hm",
            datetime.combine(_ANY_DAY, time(local_time.hour, local_time.minute)),
        )

    def all_of(self, items: Sequence[str]) -> Html:
        """List items as in: one, two and three."""
        return self._listed(items, "standard")

    def any_of(self, items: Sequence[str]) -> Html:
        """List items as in: one, two or three."""
        return self._listed(items, "or")

    def row(self, items: Sequence[str]) -> Html:
        """List items as in: one, two, three."""
        return self._listed(items, "unit")

    def range(self, low: int, high: int) -> str:
        """Format a range as in 7–9; both ends alike are one number."""
        return str(low) if low == high else self.plain("range", low=low, high=high)

    def months(self) -> dict[str, int]:
        """Map the lower-case names of months, and their prefixes from three letters on, to 1–12."""
        names: dict[str, int] = {}
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=self._locale).items():
                lower = name.lower().rstrip(".")
                names |= {lower[:end]: number for end in range(3, len(lower) + 1)}
        return names

    def _read_locale(self) -> Locale:
        """Return the locale of this language that the message `locale` names, else the language's.

        Raise ValueError that names it if CLDR does not know it.
        """
        name = self.plain("locale") if self._bundle.has_message("locale") else self.language
        if name.partition("-")[0] != self.language:  # that of English, where a file has none
            name = self.language
        try:
            return Locale.parse(name, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(f"locale = {name}: {error}") from None

    def _format_moment(self, skeleton: str, moment: Moment) -> str:
        return format_skeleton(skeleton, moment, locale=self._locale)

    def _listed(self, items: Sequence[str], style: ListStyle) -> Html:
        escaped = [Html.of(item) for item in items]
        try:
            return Html(format_list(escaped, style, locale=self._locale))
        except KeyError:  # CLDR has no lists of this locale
            return Html(", ").joined(escaped)

    def _safe(self, value: object) -> object:
        formatted = self._value(value)
        return Html.of(formatted) if isinstance(formatted, str) else formatted

    def _value(self, value: object) -> object:
        """Format times of day and dates, these with their weekday; leave others to Fluent."""
        if isinstance(value, time | datetime):
            return self.clock(value)
        if isinstance(value, date):
            return self.day(value)
        return value

    def _format(self, message: str, variables: dict[str, Any]) -> str:
        """Format a message. Raise KeyError if it does not exist, ValueError if it is broken."""
        return self._format_known(message, **variables)

    def _format_new(self, message: str, /, **variables: Any) -> str:
        entry = self._bundle.get_message(message)
        if entry.value is None:
            raise KeyError(message)
        text, errors = self._bundle.format_pattern(entry.value, variables)
        if errors:
            raise ValueError(f"message {message}: {errors[0]}")
        return str(text)


def plain(html: Html) -> str:
    """Return the text without tags and entities, of which Telegram counts the characters."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def message_ids(file: Path, *others: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the id of each message of a locale file with the names of its variables.

    The variables of messages that it refers to are its own, too; these may stand in `others`.
    """
    known = {entry.id.name: entry for it in (*others, file) for entry in _messages(it)}
    for entry in _messages(file):
        yield entry.id.name, frozenset(_variables(entry, known, frozenset()))


def referred_to(file: Path) -> frozenset[str]:
    """Return the ids of the messages that others in a locale file refer to."""
    return frozenset(name for entry in _messages(file) for name in _names(entry).messages)


def _messages(file: Path) -> Iterator[ast.Message]:
    return (entry for entry in _resource(file).body if isinstance(entry, ast.Message))


def _variables(
    entry: ast.Message, known: Mapping[str, ast.Message], within: frozenset[str]
) -> Iterator[str]:
    names = _names(entry)
    yield from names.variables
    for name in names.messages - within - {entry.id.name}:
        if name in known:
            yield from _variables(known[name], known, within | {entry.id.name})


class _Names(Visitor):
    """The names of variables in a message, and the ids of messages that it refers to."""

    def __init__(self, entry: ast.Message) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()
        self.visit(entry)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


@lru_cache(maxsize=5000)
def _names(entry: ast.Message) -> _Names:
    """A check asks this of every message five times."""
    return _Names(entry)


def _resource(file: Path) -> ast.Resource:
    """Parse a locale file. Raise ValueError that names the file."""
    try:
        return _parsed(read_file(file).decode().replace("\r\n", "\n"))
    except FileNotFoundError:
        raise ValueError(f"{file}: is missing") from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from None


@lru_cache(maxsize=4)
def _parsed(text: str) -> ast.Resource:
    """Parse the text of a locale file.

    Parsing takes 50 ms, and a check parses the same file five times: results are cached.
    """
    try:
        resource = _Parser(with_spans=False).parse(text)
    except RecursionError:
        raise NestedError(_TOO_DEEP) from None
    if _is_deep(resource):
        raise NestedError(_TOO_DEEP)
    return resource


class _Parser(FluentParser):
    """A parser that takes text and names at once, which the library's takes letter by letter."""

    def get_text_element(self, ps: FluentParserStream) -> ast.TextElement:
        return ast.TextElement(_taken(ps, _TEXT))

    def get_identifier(self, ps: FluentParserStream) -> ast.Identifier:
        name = _taken(ps, _NAME)
        return ast.Identifier(name) if name else super().get_identifier(ps)  # tells the fault


def _taken(stream: FluentParserStream, pattern: re.Pattern[str]) -> str:
    found = pattern.match(stream.string, stream.index)
    if found is None:
        return ""
    stream.reset_peek()
    stream.index = found.end()
    return found[0]


DEEPEST = 60  # levels of syntax nodes; a select within a select takes 14
_TOO_DEEP = "is nested too deeply"


def _is_deep(resource: ast.Resource) -> bool:
    """Return whether the resource has so many levels that formatting may exhaust the stack."""
    level: list[object] = [resource]
    for _ in range(DEEPEST):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: object) -> list[object]:
    if isinstance(node, list):
        return node
    return list(vars(node).values()) if isinstance(node, ast.BaseNode) else []


def _first_line(junk: ast.Junk) -> str:
    return f"“{(junk.content or '').strip().splitlines()[0]}”"
