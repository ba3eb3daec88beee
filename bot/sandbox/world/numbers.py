"""Numbers that are given out one after another."""

from dataclasses import dataclass


@dataclass
class Numbers:
    """Like itertools.count, but it can be stored."""

    following: int
    step: int = 1

    def take(self) -> int:
        number = self.following
        self.following += self.step
        return number
