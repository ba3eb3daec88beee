"""The moment of a single reminder is read as people write it."""

from datetime import UTC, datetime

import pytest

from bot.domain.once_words import is_wait, read_once
from bot.handlers.reminders import once_words
from tests.conversations.stage import TEXTS

WORDS = once_words(TEXTS)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("remind me tomorrow at 7", "2026-11-25 07:00"),
        ("remind me at 6", "2026-11-25 06:00"),
        ("remind me at 6pm", "2026-11-24 18:00"),
        ("remind me tonight at 8", "2026-11-24 20:00"),
        ("remind me tomorrow evening", "2026-11-25 18:00"),
        ("can you remind me on Sunday at 9:30?", "2026-11-29 09:30"),
        ("remind me on tuesday at 7", "2026-12-01 07:00"),
        ("remind me tomorrow at half past six", "2026-11-25 06:30"),
        ("remind me in 2 hours", "2026-11-24 12:00"),
        ("remind me in half an hour", "2026-11-24 10:30"),
        ("remind me in 20 min", "2026-11-24 10:20"),
        ("ping me in an hour", "2026-11-24 11:00"),
        ("remind me in 99999 weeks", "2026-12-08 10:00"),
        ("remind me tomorrow", "2026-11-25 07:00"),
        ("remind me later", "2026-11-24 11:00"),
        ("remind me at noon", "2026-11-24 12:00"),
    ],
)
def test_the_moment_is_read(typed: str, moment: str) -> None:
    assert f"{read_once(typed, NOW, WORDS):%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [("remind me in 2 hours", True), ("remind me later", True), ("remind me at 7", False)],
)
def test_a_wait_needs_no_place(typed: str, is_one: bool) -> None:
    assert is_wait(typed, WORDS) is is_one
