"""The earlier name of `bot.workers.slots`, which job stores of 0.1 hold: for one release."""

from bot.workers.slots import wake_slot

__all__ = ["wake_slot"]
