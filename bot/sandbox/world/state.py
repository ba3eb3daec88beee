"""Keeps a world in a file, so that a demo goes on where it was."""

import pickle
from pathlib import Path
from typing import Any

from bot.sandbox.world.world import World

_OF_WORLD = (
    *("profile", "_chats", "_acquainted", "_blocked", "_deactivated", "_messages", "_keyboards"),
    *("_person_ids", "_group_ids", "_tap_ids", "_inline_ids", "_message_ids"),
    *("files", "_inline_messages", "of_groups", "_album_ids"),
)
_OF_QUEUE = ("allowed", "_ids", "_pending", "_confirmed")


def save(world: World, file: Path) -> None:
    """All at once: a kill in the middle leaves the file as it was."""
    kept = {
        "world": {name: getattr(world, name) for name in _OF_WORLD},
        "queue": {name: getattr(world.updates, name) for name in _OF_QUEUE},
    }
    new = file.with_suffix(".new")
    new.write_bytes(pickle.dumps(kept))
    new.replace(file)


def load(world: World, file: Path) -> bool:
    """Puts the world as it was when it was saved; False if there is nothing, or nothing readable.

    The file is the demo's own, in its own folder: nobody else's pickle is read.
    """
    try:
        kept: dict[str, dict[str, Any]] = pickle.loads(file.read_bytes())  # noqa: S301
        states = (world, kept["world"], _OF_WORLD), (world.updates, kept["queue"], _OF_QUEUE)
        if any(set(state) != set(names) for _, state, names in states):
            return False
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError, KeyError, EOFError):
        return False
    for owner, state, _ in states:
        for name, value in state.items():
            setattr(owner, name, value)
    return True
