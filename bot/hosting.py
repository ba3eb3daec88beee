"""What is about the coach itself, not about its runners: its hosts, its door, how it is."""

from dataclasses import dataclass
from datetime import datetime

from bot.door import Door
from bot.logs import Recent
from bot.reception import Reception


@dataclass(frozen=True, slots=True)
class Hosting:
    """`admins` are the hosts' Telegram numbers; `started` is the steady clock's at the start."""

    admins: frozenset[int]
    door: Door
    recent: Recent
    started: datetime
    reception: Reception
