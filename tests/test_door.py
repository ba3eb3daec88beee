"""The door: one code opens it, and guessing does not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.door import TRIES, Door, Knock

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
    for person in range(1000):
        door.knock(person, "wrong", NOON)
    door.knock(1, CODE, NOON + timedelta(hours=1))
    assert door._wrong == {}
