"""The parameters of one call: text from a form or a query, or values from a JSON body."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.refusal import bad_request


class Params:
    """Read by name and kind; what is missing is empty, as for Telegram."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """What is no number counts as 0, as for Telegram."""
        if name not in self:
            return default
        try:
            return int(self.text(name))
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, what: str) -> Any:
        """An object or array, which forms carry as JSON text; None if missing."""
        if name not in self:
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None
