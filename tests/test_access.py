"""The door: one code opens it, and guessing does not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.access import ONE_MORE, TRIES, TRIES_OF_ALL, Door, Knock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CODE = "knee-high-socks"


def test_without_a_code_it_is_open() -> None:
    assert (Door("").is_open, Door(CODE).is_open) == (True, False)


@pytest.mark.parametrize(
    "code", ["", "knee", CODE.upper(), f"{CODE} ", f"{CODE}x", "ü", "\ud800", "x" * 5000]
)
def test_any_other_code_is_wrong(code: str) -> None:
    assert Door(CODE).knock(1, code, NOON) is Knock.WRONG


def test_after_a_few_wrong_codes_the_right_one_is_not_looked_at_either() -> None:
    door = Door(CODE)
    minute = timedelta(minutes=1)
    tries = [door.knock(1, "wrong", NOON + n * minute) for n in range(TRIES + 1)]
    assert tries == [Knock.WRONG] * TRIES + [Knock.TOO_OFTEN]
    assert door.knock(1, CODE, NOON + 59 * minute) is Knock.TOO_OFTEN
    assert door.knock(2, CODE, NOON + 59 * minute) is Knock.RIGHT
    assert door.knock(1, CODE, NOON + 60 * minute) is Knock.RIGHT


def test_what_was_refused_for_being_too_often_does_not_count_again() -> None:
    door = Door(CODE)
    for _ in range(TRIES * 3):
        door.knock(1, "wrong", NOON)
    assert door.knock(1, CODE, NOON + timedelta(hours=1)) is Knock.RIGHT


def test_those_who_guessed_are_forgotten_after_an_hour() -> None:
    door = Door(CODE)
    for person in range(TRIES_OF_ALL):
        door.knock(person, "wrong", NOON)
    door.knock(1, CODE, NOON + timedelta(hours=1))
    assert door._wrong == {}


def looked_at(knocks: list[Knock]) -> int:
    return sum(knock in (Knock.RIGHT, Knock.WRONG) for knock in knocks)


def test_many_accounts_guess_no_more_than_a_few() -> None:
    door = Door(CODE)
    second = timedelta(seconds=1)
    knocks = [
        door.knock(person, f"guess {person}", NOON + person * second) for person in range(300)
    ]
    assert looked_at(knocks) <= TRIES_OF_ALL + 300 * second / ONE_MORE
    assert knocks[:TRIES_OF_ALL] == [Knock.WRONG] * TRIES_OF_ALL
    assert set(knocks[TRIES_OF_ALL:]) == {Knock.CROWDED, Knock.WRONG}


def test_a_day_of_guessing_looks_at_one_every_two_minutes() -> None:
    door = Door(CODE)
    hour = [NOON + timedelta(seconds=10 * n) for n in range(360 * 24)]
    knocks = [door.knock(person, "guess", now) for person, now in enumerate(hour)]
    assert looked_at(knocks) <= TRIES_OF_ALL + timedelta(days=1) / ONE_MORE


def crowded() -> Door:
    door = Door(CODE)
    for person in range(TRIES_OF_ALL):
        door.knock(person, "wrong", NOON)
    return door


def test_who_is_invited_gets_in_as_soon_as_one_more_is_looked_at() -> None:
    door = crowded()
    assert door.knock(999, CODE, NOON) is Knock.CROWDED
    assert door.knock(999, CODE, NOON + ONE_MORE) is Knock.RIGHT
    assert door.knock(998, CODE, NOON + ONE_MORE) is Knock.RIGHT


def test_what_was_not_looked_at_counts_against_nobody() -> None:
    door = crowded()
    for _ in range(3 * TRIES):
        assert door.knock(999, CODE, NOON) is Knock.CROWDED
    assert door.knock(999, CODE, NOON + ONE_MORE) is Knock.RIGHT


def test_a_club_that_joins_together_is_no_crowd() -> None:
    door = Door(CODE)
    assert {door.knock(person, CODE, NOON) for person in range(300)} == {Knock.RIGHT}


def test_a_clock_that_steps_back_opens_nothing_and_locks_nobody_out() -> None:
    door = crowded()
    back = NOON - timedelta(hours=5)
    assert door.knock(999, CODE, back) is Knock.CROWDED
    assert door.knock(999, CODE, back + ONE_MORE) is Knock.RIGHT


def test_the_host_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    door = Door(CODE)
    for person in range(300):
        door.knock(person, "guess", NOON + timedelta(seconds=person))
    (record,) = caplog.records
    assert record.getMessage() == (
        "30 wrong invitation codes came: now one is looked at every 120 s"
    )
    assert door.crowded_since(NOON + timedelta(minutes=30)) == NOON + timedelta(seconds=29)
    assert door.crowded_since(NOON + timedelta(hours=2)) is None
