"""Faults on demand: what the network and Telegram's servers do on a bad day."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["status", "flood", "page", "empty", "cut", "drop", "hang", "latency"]


@dataclass
class Fault:
    """What goes wrong with the calls of a method.

    status: Telegram answers `status`, as JSON; flood: 429 with `retry_after`. page: a proxy before
    it answers `status` with an HTML page, empty: with nothing. cut: the connection breaks in the
    middle of the answer, drop: before it; hang: no answer until the client gives up; latency:
    handled and answered `seconds` late, or not at all if the client gives up before.
    `handled` says whether the call took effect before its answer was spoilt: a message that
    arrived although the bot never heard so. Of the calls that fit, each `every`th is struck.
    """

    method: str = "*"
    kind: Kind = "status"
    status: int = 500
    retry_after: int = 1
    seconds: float = 0.0
    chat_id: int | None = None
    times: int | None = 1  # None: for ever
    handled: bool = False
    every: int = 1
    _met: int = field(default=0, repr=False)

    @property
    def takes_effect(self) -> bool:
        return self.handled or self.kind == "latency"

    def fits(self, method: str, chat_id: int | None) -> bool:
        meant = self.method == method or (self.method == "*" and method != "getUpdates")
        return meant and self.times != 0 and self.chat_id in (None, chat_id)

    def strikes(self) -> bool:
        """Whether it is this one's turn, of the calls that fit."""
        self._met += 1
        if self._met % self.every:
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Faults:
    """The faults still to come; the first that fits a call strikes it.

    "*" spares getUpdates: a fault for polling has to name it.
    """

    _faults: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        for fault in self._faults:
            if fault.fits(method, chat_id) and fault.strikes():
                return fault
        return None
