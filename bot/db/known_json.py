"""JSON that many rows have in common, read once."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, TypeDecorator


class KnownJson(TypeDecorator[Any]):
    """What `build` makes of a JSON column, kept for the `most` texts that were read last.

    Rows with the same text share an object, so it must not be changed.
    """

    impl = Text  # SQLite stores JSON as text; PostgreSQL's driver has read it
    cache_ok = True

    def __init__(self, build: Callable[[Any], Any], most: int) -> None:
        super().__init__()
        self.build = build
        self.most = most
        self._known = lru_cache(most)(lambda text: build(json.loads(text)))

    def process_result_value(self, value: Any, _dialect: object) -> Any:
        return self._known(value) if isinstance(value, str) else self.build(value)
