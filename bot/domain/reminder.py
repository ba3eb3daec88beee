"""A reminder: one message to one runner on one local date, and what comes after ignored ones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum

from bot.domain.frozen import frozen

PUT_OFF = timedelta(hours=1)
TOLD_AS_LATE = timedelta(minutes=1)
IGNORED = 3  # reminders in a row, after which the coach asks whether they suit the runner


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
    """The part of a reminder in a row of ignored ones.

    COUNTS: it is an ordinary one. ASKS: it asks whether reminders suit the runner. OVER: it does
    not count, since the runner has acted after it or its day was for rest. ONCE: the
    runner asked for this one, which needs no training day.
    """

    COUNTS = "counts"
    ASKS = "asks"
    OVER = "over"
    ONCE = "once"


class Suiting(StrEnum):
    """What would suit the runner better, as an answer to the question after ignored reminders."""

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
    """What became of a reminder that was due before."""

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
    """Return what to send today, after these reminders of other days.

    `active_at` is when the runner last began or finished a session. After IGNORED reminders in a
    row without an answer comes one question, and after an ignored question nothing. A reminder
    that may not have arrived does not count; a question that may have arrived is not asked again.
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
    """Return whether the latest reminder is that of this date and ignored, the one before not."""
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
