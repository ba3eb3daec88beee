"""A time of day is shown as is usual where the runner lives, or as they type it."""

from datetime import time

import pytest

from bot.content.hours import hours_for, usual_hours
from bot.domain.runner import Runner
from bot.domain.schedule_words import hours_typed
from tests.conversations.stage import TEXTS


@pytest.mark.parametrize(
    "zone",
    [
        *("America/New_York", "US/Pacific", "America/Toronto", "Australia/Sydney"),
        *("Pacific/Auckland", "Asia/Kolkata", "Asia/Calcutta", "Asia/Manila"),
    ],
)
def test_twelve_hours_where_they_are_usual(zone: str) -> None:
    assert usual_hours(zone) == 12


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Europe/Berlin", "Europe/Kyiv", "Asia/Tokyo", "UTC", "", "No/Where"]
)
def test_twenty_four_elsewhere_and_where_nothing_is_known(zone: str) -> None:
    assert usual_hours(zone) == 24


def test_what_was_typed_counts_before_the_place() -> None:
    assert hours_for(None) == 24
    assert hours_for(Runner(1, zone="Europe/Berlin", hours=12)) == 12
    assert hours_for(Runner(1, zone="America/New_York", hours=24)) == 24
    assert hours_for(Runner(1, zone="America/New_York")) == 12


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("mon wed 6:30 pm", 12),
        ("weekdays 7am", 12),
        ("fri 6 p.m.", 12),
        ("tue 18:30", 24),
        ("tue 0730", None),
        ("mon fri 07:00", None),
        ("mwf 7", None),
        ("in 2026", None),
    ],
)
def test_the_clock_is_read_from_what_leaves_no_doubt(words: str, hours: int | None) -> None:
    assert hours_typed(words) == hours


def test_both_clocks_name_midnight_and_noon() -> None:
    twelve = TEXTS.on_clock(12)
    assert [twelve.clock(time(hour)) for hour in (0, 7, 12, 18)] == [
        *("12:00 am", "7:00 am", "12:00 pm", "6:00 pm")
    ]
    assert [TEXTS.clock(time(hour)) for hour in (0, 7, 18)] == ["00:00", "07:00", "18:00"]
