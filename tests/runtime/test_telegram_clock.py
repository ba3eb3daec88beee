"""Telegram's clock, as far as its answers tell it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.clock import TelegramClock
from tests.clocks import SetClock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ZERO, SECOND, MINUTE, HOUR = (timedelta(seconds=n) for n in (0, 1, 60, 3600))


def answered(error: timedelta, took: timedelta, written_after: timedelta) -> timedelta:
    """How far off Telegram's clock is taken to be; ours is ahead of it by `error` all the time."""
    ours = SetClock(NOON + error)
    telegram = TelegramClock(ours)
    ours.move(NOON + error + took)
    written = (NOON + written_after).replace(microsecond=0)
    telegram.answered(NOON + error, written)
    return telegram.now() - (NOON + took)


@pytest.mark.parametrize("took", [ZERO, SECOND, 30 * SECOND])
def test_a_clock_that_goes_right_is_not_corrected(took: timedelta) -> None:
    for written_after in (ZERO, took / 2, took):
        assert answered(ZERO, took, written_after) == ZERO


@pytest.mark.parametrize("error", [MINUTE * 15, -MINUTE * 15, HOUR * 5, -HOUR * 5, HOUR * 24 * 400])
def test_one_that_goes_wrong_is(error: timedelta) -> None:
    for took in (ZERO, SECOND / 2, 30 * SECOND):
        for written_after in (ZERO, took):
            assert abs(answered(error, took, written_after)) <= took + SECOND


def test_an_answer_that_was_read_after_hours_of_sleep_proves_nothing() -> None:
    assert answered(ZERO, took=5 * HOUR, written_after=SECOND) == ZERO


def test_a_clock_that_was_set_while_the_answer_was_on_its_way_proves_nothing() -> None:
    ours = SetClock(NOON + HOUR)
    telegram = TelegramClock(ours)
    ours.move(NOON)
    telegram.answered(NOON + HOUR, NOON)
    assert telegram.now() == NOON
    ours.move(NOON + 2 * HOUR)
    telegram.answered(NOON + 2 * HOUR, NOON)
    assert abs(telegram.now() - NOON) <= SECOND


def test_once_the_clock_is_set_right_the_correction_ends() -> None:
    ours = SetClock(NOON + HOUR)
    telegram = TelegramClock(ours)
    telegram.answered(NOON + HOUR, NOON)
    assert abs(telegram.now() - NOON) <= SECOND
    ours.move(NOON)
    telegram.answered(NOON, NOON)
    assert telegram.now() == NOON
