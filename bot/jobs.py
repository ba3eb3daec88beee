"""An alias of `bot.workers.slots` for the job stores of 0.1, kept for one release."""

from bot.workers.slots import wake_slot

__all__ = ["wake_slot"]
