"""The bot's commands and descriptions."""

from dataclasses import dataclass, field

from bot.sandbox.world.wire import Json

Scope = tuple[str, ...]


@dataclass
class Profile:
    """Entries by exact scope and language code; clients choose the fallback."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
