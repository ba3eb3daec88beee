"""Delays between tries."""

from itertools import islice

from bot.runtime.retry import BackOff

POLICY = BackOff((1, 2, 5))


def test_each_failure_in_a_row_is_followed_by_a_longer_delay_and_the_last_one_repeats() -> None:
    assert [POLICY.after(failures) for failures in range(1, 6)] == [1, 2, 5, 5, 5]


def test_the_delays_never_end() -> None:
    assert list(islice(POLICY, 5)) == [1, 2, 5, 5, 5]
