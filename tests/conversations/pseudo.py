"""A language made of the English one, in which no letter is a Latin one.

Its letters are full-width, so that a search, which reads them as Latin ones, finds them. Its dates
are Greek, since CLDR has to know the language.
"""

import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

from bot.content.explaining import toml
from bot.content.reading import shipped

LANGUAGE = "el"
OF_TYPED_WORDS = "word-"  # begins the ids of messages that list what people may type
# These begin the ids of messages without brackets: captions are full, and labels are tapped.
FULL = ("exercise-", "region", "button-")
IDS = {"forms", "bands", "loads", "unit"}  # fields of an exercise's texts that hold ids
WIDE = {code: code + 0xFEE0 for code in (*range(ord("A"), ord("Z") + 1), *range(97, 123))}
Select = Callable[[dict[str, Any]], list[dict[str, Any]]]
KEPT = re.compile(r"(<[^>]*>|(?<!\w)/[a-z]+\b|https?://\S+|&[a-z]+;)")  # tags, commands, links


def wide(text: str) -> str:
    """The text in full-width letters, but for tags, commands and addresses."""
    parts = KEPT.split(text)
    return "".join(p if KEPT.fullmatch(p) else p.translate(WIDE) for p in parts)


class Foreign(Transformer):
    """Turns the words of a message, but neither its variants' keys nor its variables."""

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802
        return ast.TextElement(wide(node.value))

    def visit_StringLiteral(self, node: ast.StringLiteral) -> ast.StringLiteral:  # noqa: N802
        return ast.StringLiteral(wide(node.value))


def sentences(english: str) -> str:
    """A locale file in the language: one in brackets, in the opposite order where that can be."""
    resource = FluentParser().parse(english)
    foreign = []
    for entry in resource.body:
        if not isinstance(entry, ast.Message) or entry.id.name == "locale":
            continue
        if not entry.id.name.startswith(OF_TYPED_WORDS):
            Foreign().visit(entry)
            _reverse(entry)
        foreign.append(entry)
    return FluentSerializer().serialize(ast.Resource(foreign))


def _reverse(message: ast.Message) -> None:
    elements = message.value.elements if message.value else []
    words = "".join(part.value for part in elements if isinstance(part, ast.TextElement))
    is_fixed = any(sign in words for sign in "\n</") or message.id.name.startswith(FULL)
    if message.value and not is_fixed:
        ends = ast.TextElement("⟦"), ast.TextElement("⟧")
        message.value.elements = [ends[0], *reversed(elements), ends[1]]


def texts(value: object) -> object:
    """The words in a table of texts in the language."""
    match value:
        case str():
            return wide(value)
        case list():
            return [texts(item) for item in value]
        case dict():
            return {
                key: item if key in IDS and not isinstance(item, dict) else texts(item)
                for key, item in value.items()
            }
    return value


def table(fields: Mapping[str, object]) -> str:
    return "".join(f"{key} = {toml(item)}\n" for key, item in fields.items())


def write(folder: Path) -> None:
    """Write the language into a content folder, from what is shipped."""
    english = (shipped() / "locales" / "en.ftl").read_text(encoding="utf-8")
    locales = folder / "locales"
    shutil.copytree(shipped() / "locales" / "en", locales / LANGUAGE)
    (locales / f"{LANGUAGE}.ftl").write_text(sentences(english), encoding="utf-8")
    purposes = locales / LANGUAGE / "purpose-words.toml"
    named = tomllib.loads(purposes.read_text(encoding="utf-8"))
    typed = {key: {**texts(words), "words": words["words"]} for key, words in named.items()}  # type: ignore[dict-item]
    purposes.write_text(table(typed), encoding="utf-8")
    for file in shipped().glob("exercises/*/en.toml"):
        target = folder / "exercises" / file.parent.name / f"{LANGUAGE}.toml"
        target.parent.mkdir(parents=True)
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        target.write_text(table(texts(read)), encoding="utf-8")  # type: ignore[arg-type]
    for file in shipped().glob("routines/*.toml"):
        _with_texts(file, folder / "routines" / file.name, lambda read: [read["texts"]])
    _with_texts(
        shipped() / "topics.toml",
        folder / "topics.toml",
        lambda read: [topic["texts"] for topic in read.values()],
    )
    _with_texts(
        shipped() / "evidence.toml",
        folder / "evidence.toml",
        lambda read: [source["found"] for source in read.values()],
    )


def _with_texts(source: Path, target: Path, of_languages: Select) -> None:
    """Copy a file whose texts of all languages stand in it."""
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    for by_language in of_languages(read):
        by_language[LANGUAGE] = texts(by_language["en"])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(table(read), encoding="utf-8")
