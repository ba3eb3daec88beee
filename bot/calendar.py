"""The earlier name of `bot.runtime.scheduler`, which job stores of version 0.1 hold: for one
release."""

from bot.runtime.scheduler import SlotTrigger

__all__ = ["SlotTrigger"]
