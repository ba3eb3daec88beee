"""Minutes and a purpose are read out of what is typed, and named by an id."""

import pytest

from bot.domain.wish import LEAST, MOST, Wish, is_light, wish_of
from tests.shipped import CATALOGUE


@pytest.mark.parametrize(
    ("text", "minutes", "purpose", "unknown"),
    [
        ("10", 10, None, ""),
        ("10 min hips", 10, "hips", ""),
        ("10min hips", 10, "hips", ""),
        ("hips", None, "hips", ""),
        ("Hips, 10 minutes, please!", 10, "hips", ""),
        ("I have ten minutes", 10, None, ""),
        ("half an hour of core", 30, "core", ""),
        ("a quarter of an hour", 15, None, ""),
        ("something short", 10, None, ""),
        ("before my run", None, "before-a-run", ""),
        ("upper back 20 m", 20, "upper-back", ""),
        ("full body", None, "whole-body", ""),
        ("calvs 10", 10, "calves", ""),
        ("15 min glutes no bands", 15, "without-bands", ""),
        ("hips without any equipment", None, "without-bands", ""),
        ("0", 0, None, ""),
        ("200 min", 200, None, ""),
        ("10 min bananas", 10, None, "bananas"),
        ("bananas", None, None, "bananas"),
    ],
)
def test_what_is_asked_for(
    text: str, minutes: int | None, purpose: str | None, unknown: str
) -> None:
    asked = CATALOGUE.wishes.read(text)
    assert (asked.minutes, asked.purpose, asked.unknown) == (minutes, purpose, unknown)


@pytest.mark.parametrize("text", ["10 min hips and core", "10 or 20 minutes"])
def test_two_wishes_are_several(text: str) -> None:
    assert CATALOGUE.wishes.read(text).several


@pytest.mark.parametrize("text", ["10 min hips", "hips please", "a session for my hips"])
def test_a_session_is_meant(text: str) -> None:
    assert CATALOGUE.wishes.read(text).is_clear


@pytest.mark.parametrize("text", ["hips", "my hips", "my hips today"])
def test_a_part_of_the_body_alone_is_not_clear(text: str) -> None:
    assert not CATALOGUE.wishes.read(text).is_clear


def test_an_id_leads_back_to_its_wish() -> None:
    for purpose in CATALOGUE.purposes:
        for minutes in range(LEAST, MOST + 1):
            wish = Wish(minutes, purpose)
            assert wish_of(wish.routine) == wish
            assert len(wish.routine) <= 40


@pytest.mark.parametrize(
    "routine",
    ["made-4-hips", "made-31-hips", "made-010-hips", "made-10-", "made-10", "hips", "made-10-Hips"],
)
def test_other_ids_are_no_wish(routine: str) -> None:
    assert wish_of(routine) is None


def test_what_is_made_for_before_a_run_is_as_light_as_the_routine() -> None:
    assert is_light("before-a-run")
    assert is_light("made-6-before-a-run")
    assert not is_light("made-6-hips")
    assert not is_light("marathon-five")
