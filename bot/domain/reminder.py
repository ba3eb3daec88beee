"""Reminders: a runner gets one message on a local date; ignored ones lead to a question."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from bot.domain.frozen import frozen

PUT_OFF = timedelta(hours=1)
TOLD_AS_LATE = timedelta(minutes=1)
IGNORED = 3  # ignored reminders in a row before the coach asks whether they suit the runner


class State(StrEnum):
    """The state of a message on the way to Telegram; UNKNOWN: the answer was lost."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


ARRIVED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})


class Role(StrEnum):
    """What a reminder counts for when ignored reminders are counted.

    COUNTS: it is an ordinary one. ASKS: it asks whether reminders suit the runner. OVER: it does
    not count, because the runner has been active since or the day was for rest. ONCE: the runner
    asked for this single one; it needs no training day.
    """

    COUNTS = "counts"
    ASKS = "asks"
    OVER = "over"
    ONCE = "once"


class Suiting(StrEnum):
    """An answer to the question after ignored reminders: what would suit the runner better."""

    TIME = "time"
    DAYS = "days"
    BREAK = "break"
    KEEP = "keep"


class Message(Enum):
    """What is sent on a training day."""

    REMINDER = "reminder"
    QUESTION = "question"
    NOTHING = "nothing"


class ReminderAnswer(StrEnum):
    """The runner's answer to a reminder."""

    START = "start"
    LATER = "later"
    NOT_TODAY = "not-today"


@frozen
class Reminder:
    """A reminder and its state.

    `slot_at` is the planned moment, `due_at` the moment to send at; both in UTC. `routine` is the
    id of the routine offered. `tries` counts the sends that Telegram rejected.
    """

    id: int
    runner: int
    date: date
    slot_at: datetime
    due_at: datetime
    state: State
    routine: str | None
    answer: ReminderAnswer | None
    message_id: int | None
    tries: int = 0
    role: Role = Role.COUNTS

    @property
    def put_off(self) -> bool:
        return self.answer is ReminderAnswer.LATER

    def is_late(self, now: datetime) -> bool:
        """Return whether the reminder is late enough for its text to say so."""
        return now - self.due_at >= TOLD_AS_LATE


@frozen
class MissedOffer:
    """The offer to move a session whose `reminder` was ignored; it is sent once.

    `due_at` is in UTC; `tries` counts the sends that Telegram rejected.
    """

    id: int
    runner: int
    reminder: int
    due_at: datetime
    tries: int = 0


@frozen
class EarlierReminder:
    """The outcome of an earlier reminder."""

    date: date
    due_at: datetime
    state: State
    role: Role
    answer: ReminderAnswer | None = None
    message_id: int | None = None

    @property
    def has_open_buttons(self) -> bool:
        """Whether buttons are left in its message, as far as is known."""
        came_again = self.answer is ReminderAnswer.LATER and self.state is State.SENT
        return self.message_id is not None and (self.answer is None or came_again)


def next_message(earlier: Iterable[EarlierReminder], active_at: datetime | None) -> Message:
    """Return what to send today, given the reminders of other days.

    `active_at` is when the runner last began or finished a session. IGNORED unanswered reminders in
    a row are followed by a question; if that is ignored, nothing more is sent. A reminder that may
    not have arrived does not count; a question that may have arrived is not repeated.
    """
    ignored = 0
    for reminder in sorted(earlier, key=lambda each: each.date, reverse=True):
        if reminder.answer is not None or (active_at and active_at >= reminder.due_at):
            break
        if reminder.state not in ARRIVED:
            continue
        if reminder.role is Role.ASKS:
            return Message.NOTHING
        ignored += reminder.role is Role.COUNTS and reminder.state is State.SENT
    return Message.QUESTION if ignored >= IGNORED else Message.REMINDER


def is_first_ignored(
    earlier: Iterable[EarlierReminder], active_at: datetime | None, day: date
) -> bool:
    """Return whether this date's reminder is the latest and the first in a row to be ignored."""
    latest = sorted(earlier, key=lambda each: each.date, reverse=True)[:2]
    ignored = [
        each.role is Role.COUNTS
        and each.answer in (None, ReminderAnswer.LATER)
        and not (active_at and active_at >= each.due_at)
        for each in latest
    ]
    return ignored[:1] == [True] and latest[0].date == day and ignored[1:] != [True]


def is_paused(earlier: Iterable[EarlierReminder], active_at: datetime | None, today: date) -> bool:
    """Return whether the question of a day before today was ignored."""
    before = [reminder for reminder in earlier if reminder.date < today]
    return next_message(before, active_at) is Message.NOTHING
