"""The parameters of one call: text from a form or a query, or values from a JSON body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api.refusal import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def summary(self) -> str:
        return f"<{self.filename}, {len(self.content)} bytes>"


class Parameters:
    """Parameters, read by name and type; a missing one reads as empty."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return 0 for what is no number, as Telegram does."""
        if name not in self:
            return default
        try:
            return int(self.text(name))
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, noun: str) -> Any:
        """Return an object or array, which forms carry as JSON text; None if missing.

        `noun` stands in the refusal of malformed JSON.
        """
        if name not in self:
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {noun} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        value = self.values.get(name)
        return value if isinstance(value, Upload) else None

    @property
    def summary(self) -> dict[str, Any]:
        """The values, with a summary in place of each upload."""
        return {
            name: value.summary if isinstance(value, Upload) else value
            for name, value in self.values.items()
        }

    @property
    def chat_id(self) -> int | None:
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None
