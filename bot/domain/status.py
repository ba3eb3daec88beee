"""The coach's figures for its hosts, which identify no runner."""

from datetime import timedelta

from bot.domain.frozen import frozen

LATELY = timedelta(days=7)


@frozen
class Figures:
    """Counts of runners, sessions, slots and reminders; the database's `size` is in bytes.

    `active` runners touched a session LATELY; `finished` sessions ended today. `waiting` reminders
    are claimed or being sent; for `unknown` ones, planned LATELY, Telegram's answer was lost.
    """

    runners: int
    active: int
    unreachable: int
    running: int
    finished: int
    slots: int
    waiting: int
    unknown: int
    size: int
