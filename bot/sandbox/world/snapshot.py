"""Saves a world to a file and restores it."""

import pickle
from pathlib import Path
from typing import Any

from bot.sandbox.world.world import World

_WORLD_FIELDS = (
    *("profile", "chats", "acquainted", "blocked", "deactivated", "_messages", "_keyboards"),
    *("_person_ids", "_group_ids", "_basic_group_ids", "_tap_ids", "_inline_ids", "_album_ids"),
    *("_message_ids", "files", "inline_messages", "group_states"),
)
_QUEUE_FIELDS = ("allowed", "_ids", "_pending", "_confirmed")


def save(world: World, file: Path) -> None:
    """Replace the file at once, so that a killed process leaves the old one."""
    saved = {
        "world": {name: getattr(world, name) for name in _WORLD_FIELDS},
        "queue": {name: getattr(world.updates, name) for name in _QUEUE_FIELDS},
    }
    new = file.with_suffix(".new")
    new.write_bytes(pickle.dumps(saved))
    new.replace(file)


def load(world: World, file: Path) -> bool:
    """Restore a saved world; return False if there is no file that can be read.

    Only the demo's own file, in its own folder, is ever unpickled.
    """
    try:
        saved: dict[str, dict[str, Any]] = pickle.loads(file.read_bytes())  # noqa: S301
        parts = (
            (world, saved["world"], _WORLD_FIELDS),
            (world.updates, saved["queue"], _QUEUE_FIELDS),
        )
        if any(set(state) != set(names) for _, state, names in parts):
            return False
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError, KeyError, EOFError):
        return False
    for owner, state, _ in parts:
        for name, value in state.items():
            setattr(owner, name, value)
    return True
