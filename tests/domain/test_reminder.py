"""What is sent on a training day after reminders that were ignored, or were not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reminder import (
    ARRIVED,
    EarlierReminder,
    Message,
    ReminderAnswer,
    Role,
    State,
    is_first_ignored,
    is_paused,
    next_message,
)

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)


def on(day: int, role: Role = Role.COUNTS, state: State = State.SENT) -> EarlierReminder:
    local = MONDAY + day * DAY
    return EarlierReminder(local, datetime.combine(local, time(7), UTC), state, role)


def ignored(count: int) -> list[EarlierReminder]:
    return [on(day) for day in range(count)]


@pytest.mark.parametrize("count", range(3))
def test_up_to_three_ignored_ones_are_followed_by_ordinary_ones(count: int) -> None:
    assert next_message(ignored(count), None) is Message.REMINDER


@pytest.mark.parametrize("count", range(3, 9))
def test_after_three_or_more_comes_the_question(count: int) -> None:
    assert next_message(ignored(count), None) is Message.QUESTION


def test_after_an_ignored_question_comes_nothing() -> None:
    assert next_message([*ignored(3), on(3, Role.ASKS)], None) is Message.NOTHING


def test_the_order_in_which_they_are_given_does_not_matter() -> None:
    answered = replace(on(2), answer=ReminderAnswer.LATER)
    assert next_message([on(4), answered, on(3), on(0), on(1)], None) is Message.REMINDER


@pytest.mark.parametrize("answer", ReminderAnswer)
def test_any_answer_ends_the_row(answer: ReminderAnswer) -> None:
    row = ignored(3)
    row[2] = replace(row[2], answer=answer)
    assert next_message(row, None) is Message.REMINDER
    assert next_message([*row, on(3), on(4), on(5)], None) is Message.QUESTION


def test_days_on_which_no_session_could_start_do_not_count_and_do_not_end_the_row() -> None:
    row = [on(0), on(1, Role.OVER), on(2), on(3, Role.OVER), on(4, Role.OVER)]
    assert next_message(row, None) is Message.REMINDER
    assert next_message([*row, on(5)], None) is Message.QUESTION


@pytest.mark.parametrize("hours", [0, 1, 23])
def test_a_session_after_the_latest_one_ends_the_row_and_the_silence(hours: int) -> None:
    row = ignored(3)
    assert next_message(row, row[-1].due_at + timedelta(hours=hours)) is Message.REMINDER
    asked = [*row, on(3, Role.ASKS)]
    assert next_message(asked, asked[-1].due_at + timedelta(hours=hours)) is Message.REMINDER


def test_a_session_before_the_row_does_not_end_it() -> None:
    assert next_message(ignored(3), on(0).due_at - timedelta(hours=1)) is Message.QUESTION


@pytest.mark.parametrize("state", State)
def test_only_what_certainly_arrived_counts_as_ignored(state: State) -> None:
    row = [on(0), on(1), on(2, state=state)]
    expected = Message.QUESTION if state is State.SENT else Message.REMINDER
    assert next_message(row, None) is expected


@pytest.mark.parametrize("state", State)
def test_a_question_that_may_have_arrived_is_not_asked_again(state: State) -> None:
    row = [*ignored(3), on(3, Role.ASKS, state)]
    expected = Message.NOTHING if state in ARRIVED else Message.QUESTION
    assert next_message(row, None) is expected


def test_every_short_history_is_judged_by_the_ones_since_the_runner_last_acted() -> None:
    """All histories of five days, each day in every state, role and answer that matters."""
    kinds = [
        None,  # no reminder: away, or no training day
        (Role.COUNTS, State.SENT, None),
        (Role.COUNTS, State.UNKNOWN, None),
        (Role.COUNTS, State.DROPPED, None),
        (Role.OVER, State.SENT, None),
        (Role.ASKS, State.SENT, None),
        (Role.COUNTS, State.SENT, ReminderAnswer.NOT_TODAY),
    ]
    for history in product(kinds, repeat=5):
        earlier = [
            replace(on(day, kind[0], kind[1]), answer=kind[2])
            for day, kind in enumerate(history)
            if kind is not None
        ]
        last = max((d for d, kind in enumerate(history) if kind and kind[2]), default=-1)
        since = [kind for kind in history[last + 1 :] if kind]
        asked = any(role is Role.ASKS for role, _, _ in since)
        count = sum((role, state) == (Role.COUNTS, State.SENT) for role, state, _ in since)
        if asked:
            expected = Message.NOTHING
        else:
            expected = Message.QUESTION if count >= 3 else Message.REMINDER
        assert next_message(earlier, None) is expected, history


def test_reminders_are_paused_from_the_day_after_the_question() -> None:
    asked = [*ignored(3), on(3, Role.ASKS)]
    assert not is_paused(asked, None, MONDAY + 3 * DAY)
    assert is_paused(asked, None, MONDAY + 4 * DAY)
    assert not is_paused(asked, asked[-1].due_at, MONDAY + 4 * DAY)


@pytest.mark.parametrize(
    ("answer", "state", "message_id", "open_"),
    [
        (None, State.SENT, 7, True),
        (None, State.SENT, None, False),
        (ReminderAnswer.START, State.SENT, 7, False),
        (ReminderAnswer.NOT_TODAY, State.SENT, 7, False),
        (ReminderAnswer.LATER, State.SENT, 7, True),
        (ReminderAnswer.LATER, State.DROPPED, 7, False),
    ],
)
def test_buttons_are_open_until_an_answer_and_again_when_it_came_again(
    answer: ReminderAnswer | None, state: State, message_id: int | None, open_: bool
) -> None:
    reminder = replace(on(0, state=state), answer=answer, message_id=message_id)
    assert reminder.has_open_buttons is open_


class Simulation:
    """A runner's training days, with what was sent on them."""

    def __init__(self) -> None:
        self.earlier: list[EarlierReminder] = []
        self.active_at: datetime | None = None
        self.since: list[Message] = []  # what arrived since the runner last acted

    def pass_day(self, day: int, happening: str, state: State) -> Message:
        """Return what was to be sent."""
        message = next_message(self.earlier, self.active_at)
        reminder = on(day, Role.ASKS if message is Message.QUESTION else Role.COUNTS, state)
        if message is Message.NOTHING:
            reminder = replace(reminder, state=State.DROPPED)
        elif happening == "rests":
            reminder = replace(reminder, role=Role.OVER)
        elif state in ARRIVED:
            self.since.append(message)
        if happening == "answers" and reminder.state in ARRIVED:
            reminder = replace(reminder, role=Role.OVER)
            self.earlier = [replace(each, role=Role.OVER) for each in self.earlier]
            self.since.clear()
        if happening == "trains":
            self.active_at = reminder.due_at + timedelta(hours=1)
            self.since.clear()
        self.earlier.append(reminder)
        return message


HAPPENINGS = ("ignores", "ignores", "ignores", "answers", "trains", "rests")
DAYS = st.tuples(
    st.sampled_from(HAPPENINGS), st.sampled_from([State.SENT, State.SENT, State.UNKNOWN])
)


@given(st.lists(DAYS, max_size=40))
@settings(max_examples=300)
def test_one_question_at_most_in_a_row_of_ignored_ones_and_a_session_always_resets(
    days: list[tuple[str, State]],
) -> None:
    runner = Simulation()
    for day, (happening, state) in enumerate(days):
        since = list(runner.since)
        message = runner.pass_day(day, happening, state)
        if Message.QUESTION in since:
            assert message is Message.NOTHING
        elif len(since) < 3:
            assert message is Message.REMINDER
        else:
            assert message is not Message.NOTHING
        assert runner.since.count(Message.QUESTION) <= 1


def test_only_the_first_ignored_one_in_a_row_is_offered_another_day() -> None:
    assert is_first_ignored(ignored(1), None, MONDAY)
    assert not is_first_ignored(ignored(2), None, MONDAY + DAY)
    assert not is_first_ignored(ignored(2), None, MONDAY)
    assert is_first_ignored([on(0, Role.OVER), on(1)], None, MONDAY + DAY)


@pytest.mark.parametrize("answer", [ReminderAnswer.START, ReminderAnswer.NOT_TODAY])
def test_what_was_answered_or_trained_is_not_ignored(answer: ReminderAnswer) -> None:
    assert not is_first_ignored([replace(on(0), answer=answer)], None, MONDAY)
    assert not is_first_ignored(ignored(1), datetime.combine(MONDAY, time(8), UTC), MONDAY)
    assert not is_first_ignored([], None, MONDAY)
