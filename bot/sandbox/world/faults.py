"""Faults on demand: failures of the network and of Telegram's servers."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["status", "flood", "page", "empty", "cut", "drop", "hang", "latency"]


@dataclass
class Fault:
    """What goes wrong with every `every`th call of a method, `times` times in all.

    - status: Telegram answers with the status, as JSON
    - flood: Telegram answers 429 with `retry_after`
    - page: a proxy answers with the status and an HTML page
    - empty: a proxy answers with the status and no body
    - cut: the connection breaks in the middle of the answer
    - drop: the connection breaks before the answer
    - hang: no answer comes until the client gives up
    - latency: the call is handled and answered `seconds` late, if the client still waits
    """

    method: str = "*"  # "*": every method but getUpdates; "file": the fetching of a file
    kind: Kind = "status"
    status: int = 500
    retry_after: int = 1
    seconds: float = 0.0
    chat_id: int | None = None
    times: int | None = 1  # None: without end
    handled: bool = False  # whether the call takes effect although its answer is lost
    every: int = 1
    _matched: int = field(default=0, repr=False)

    @property
    def takes_effect(self) -> bool:
        return self.handled or self.kind == "latency"

    def matches(self, method: str, chat_id: int | None) -> bool:
        is_method = self.method == method or (self.method == "*" and method != "getUpdates")
        return is_method and self.times != 0 and self.chat_id in (None, chat_id)

    def count_match(self) -> bool:
        """Count a matching call; return whether the fault affects it."""
        self._matched += 1
        if self._matched % self.every:
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Faults:
    """The faults to come; the first that affects a call decides."""

    _faults: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        for fault in self._faults:
            if fault.matches(method, chat_id) and fault.count_match():
                return fault
        return None
