"""The JSON form of what the Bot API sends and receives."""

from typing import Any

Json = dict[str, Any]
