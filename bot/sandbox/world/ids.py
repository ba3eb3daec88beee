"""Identifiers that are given out one after another."""

from dataclasses import dataclass


@dataclass
class IdSequence:
    """Like itertools.count, but it can be pickled without losing its position."""

    next_id: int
    step: int = 1

    def take(self) -> int:
        taken = self.next_id
        self.next_id += self.step
        return taken
