"""Explanations of validation errors for authors of content files, each with a correct example.

The examples come from the models, so that they always match what is accepted.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.content.likeness import most_alike
from bot.content.models import IN_WORDS
from bot.domain.frozen import frozen
from bot.runtime.files import NestedError

NEAR = 60  # similarity out of 100
FEW = 11  # choices that are listed in full
SHORT = 40  # characters of a value that are quoted
KEY = "[key]"  # how pydantic marks an error in a key of a table
WHOLE = "a whole number"
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
KINDS = {
    "string_type": "text in quotes",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
}


@frozen
class Place:
    """Where in a model an error lies.

    `field`: None if the model has no such field. `neighbours`: the names of the model's fields.
    `kind`: the type that the value must have.
    """

    name: str
    field: FieldInfo | None
    neighbours: tuple[str, ...]
    kind: Any

    @property
    def example(self) -> str:
        """Return text like `, such as level = "beginner"`; empty if the field has no example."""
        if self.field is None or not self.field.examples:
            return ""
        return f", such as {self.name} = {toml(self.field.examples[0])}"


def explained(model: type[BaseModel], error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each error."""
    errors = error.errors()
    places = [details["loc"] for details in errors]
    for details in errors:
        loc, kind = details["loc"], details["type"]
        if kind == "too_short" and any(place[: len(loc)] == loc != place for place in places):
            continue  # the list is too short only because an invalid item was not counted
        if kind == "missing" and isinstance(loc[-1], int):
            loc, kind = loc[:-1], "too_short"
        field = ".".join(str(part) for part in loc if part != KEY)
        explain = EXPLAIN.get(kind, _kind)
        yield field or "file", explain(_place(model, loc), details)


def not_toml(error: ValueError, text: bytes) -> str:
    """Explain why a file is not TOML, and quote the line if it is known."""
    if isinstance(error, NestedError):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        line = text[: error.start].count(b"\n") + 1
        return f"is not TOML: line {line} is not in UTF-8"
    what = f"is not TOML: {error}"
    _, _, position = str(error).partition("at line ")
    number = position.partition(",")[0]
    if not number.isdigit():
        return what
    content = text.decode().splitlines()[int(number) - 1].strip()
    quoted = "; text stands in double quotes" if str(error).startswith("Invalid value") else ""
    return f"{what}: {content[: 2 * SHORT]}{quoted}"


def nearest(word: object, names: Iterable[str], least: int = NEAR) -> str | None:
    """Return the most similar name, or None if no similarity reaches `least` (out of 100)."""
    typed = str(word).lower()
    found = most_alike(typed, list(names), least, 1)
    return found[0][0] if found else None


def did_you_mean(word: object, names: Iterable[str]) -> str:
    """Return text like `; did you mean clamshell?`; empty if no name is similar."""
    near = nearest(word, names)
    return f"; did you mean {near}?" if near else ""


def toml(value: object) -> str:
    """Write a value as in a TOML file, on one line."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False, default=str)


def _key(key: str) -> str:
    """Write a key as in a TOML file: in quotes unless it is bare."""
    return key if BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _place(model: type[BaseModel], loc: tuple[int | str, ...]) -> Place:
    kind: Any = model
    place = Place("", None, (), kind)
    for part in (part for part in loc if part != KEY):
        kind = _bare(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            place = Place(str(part), fields.get(str(part)), tuple(fields), None)
            kind = place.field.annotation if place.field else None
        elif arguments := get_args(kind):
            kind = arguments[-1] if get_origin(kind) is dict else arguments[0]
    return Place(place.name, place.field, place.neighbours, _bare(kind))


def _bare(kind: Any) -> Any:
    """Unwrap a type from Annotated, `| None` and root models."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(member for member in get_args(kind) if member is not type(None)))
    if isinstance(kind, type) and issubclass(kind, RootModel):
        return _bare(kind.model_fields["root"].annotation)
    return kind


def _missing(place: Place, _details: ErrorDetails) -> str:
    return f"is missing{place.example}"


def _unknown(place: Place, _details: ErrorDetails) -> str:
    return f"is not a field here{did_you_mean(place.name, place.neighbours) or ': take it out'}"


def _choice(place: Place, details: ErrorDetails) -> str:
    choices = list(map(str, get_args(place.kind))) if get_origin(place.kind) is Literal else []
    given, near = toml(details["input"])[:SHORT], nearest(details["input"], choices)
    if 0 < len(choices) <= FEW:
        listed = " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))
        problem = f"must be {listed}, not {given}"
    else:
        problem = f"there is no {given}"
    return f"{problem}; did you mean {toml(near)}?" if near else problem + place.example


def _kind(place: Place, details: ErrorDetails) -> str:
    wanted = KINDS.get(details["type"])
    if wanted is None:
        return str(details["msg"]).removeprefix("Value error, ")
    return f"must be {wanted}, not {toml(details['input'])[:SHORT]}{place.example}"


def _pattern(place: Place, details: ErrorDetails) -> str:
    pattern = details["ctx"]["pattern"]
    words = IN_WORDS.get(pattern, f"text that fits {pattern}")
    return f"must be {words}, not {toml(details['input'])[:SHORT]}{place.example}"


def _too_long(place: Place, details: ErrorDetails) -> str:
    has, most = len(details["input"]), details["ctx"]["max_length"]
    if details["type"] == "string_too_long":
        return f"is too long: {has} characters, {most} at most"
    return f"is too long: {has} in the list, {most} at most{place.example}"


def _too_short(place: Place, details: ErrorDetails) -> str:
    last = details["loc"][-1]
    if isinstance(last, int):
        return f"needs {last + 1} in the list{place.example}"
    least = details["ctx"]["min_length"]
    return (f"needs {least} or more" if least > 1 else "is empty") + place.example


def _bound(word: str) -> Callable[[Place, ErrorDetails], str]:
    def explain(place: Place, details: ErrorDetails) -> str:
        (bound,) = details["ctx"].values()
        return f"must be {bound} or {word}, not {toml(details['input'])[:SHORT]}{place.example}"

    return explain


EXPLAIN: dict[str, Callable[[Place, ErrorDetails], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "greater_than_equal": _bound("more"),
    "less_than_equal": _bound("less"),
}
