"""When something hurts: what stops, what rests, what waits for a clinician."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pain import (
    Advice,
    Pain,
    PainKind,
    See,
    Severity,
    is_no_soreness,
    morning_after,
    on_ache,
    on_pain,
    severity,
)
from bot.domain.regions import Region, Side
from tests.domain.training import pain

NOT_DULL = [kind for kind in PainKind if kind not in (PainKind.DULL, PainKind.ONE_SIDED)]


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, "none"), (1, "mild"), (3, "mild"), (4, "moderate"), (5, "moderate"), (6, "strong")],
)
def test_dull_pain_goes_by_its_score(score: int, expected: str) -> None:
    assert severity(pain(score)) is Severity(expected)


@pytest.mark.parametrize("kind", NOT_DULL)
@pytest.mark.parametrize("score", range(1, 11))
def test_pain_that_is_not_dull_stops_the_exercise_at_any_score(kind: PainKind, score: int) -> None:
    assert on_pain(pain(score, kind)).stop


@pytest.mark.parametrize("kind", [PainKind.DULL, PainKind.ONE_SIDED])
@pytest.mark.parametrize("score", range(11))
def test_dull_pain_stops_the_exercise_from_four(kind: PainKind, score: int) -> None:
    assert on_pain(pain(score, kind)).stop == (score >= 4)


@pytest.mark.parametrize("kind", PainKind)
@pytest.mark.parametrize("score", range(11))
def test_pain_from_six_or_that_locks_ends_the_session(kind: PainKind, score: int) -> None:
    locks = kind in (PainKind.BONE, PainKind.GROIN) and score > 0
    assert on_pain(pain(score, kind)).ends == (score >= 6 or locks)
    assert on_pain(pain(score, kind)).lock == locks


@pytest.mark.parametrize("kind", PainKind)
def test_no_pain_has_no_consequences(kind: PainKind) -> None:
    assert on_pain(pain(0, kind)) == Advice()


def test_mild_pain_is_asked_for_tomorrow() -> None:
    assert on_pain(pain(2)) == Advice(ask=True)


@pytest.mark.parametrize(
    ("score", "kind", "soon"),
    [
        (7, PainKind.DULL, See.DAYS),
        (8, PainKind.DULL, See.TWO_DAYS),
        (10, PainKind.JOINT, See.TWO_DAYS),
        (1, PainKind.BONE, See.DAYS),
        (7, PainKind.GROIN, See.DAYS),
        (8, PainKind.BONE, See.TODAY),
        (5, PainKind.SHARP, None),
    ],
)
def test_somebody_sees_it_the_sooner_the_stronger_it_is(
    score: int, kind: PainKind, soon: See | None
) -> None:
    assert on_pain(pain(score, kind)).see is soon


@pytest.mark.parametrize("score", range(11))
def test_soreness_is_not_pain_and_above_four_is_not_loaded(score: int) -> None:
    see = See.TODAY if score >= 7 else None
    assert on_ache(score) == Advice(stop=score > 4, ends=score >= 6, see=see)


def test_an_ache_of_more_than_four_days_is_no_ordinary_one() -> None:
    assert on_ache(2, days=4) == Advice()
    assert on_ache(2, days=5) == Advice(stop=True, see=See.DAYS)


@pytest.mark.parametrize(
    ("side", "days", "expected"),
    [
        (Side.BOTH, 4, False),
        (None, 0, False),
        (Side.BOTH, 5, True),
        (Side.LEFT, 0, True),
        (Side.RIGHT, 0, True),
    ],
)
def test_soreness_on_one_side_or_for_too_long_is_pain(
    side: Side | None, days: int, expected: bool
) -> None:
    assert is_no_soreness(side, days) is expected


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("zone", "now", "reminder", "expected"),
    [
        ("Europe/Berlin", (2026, 3, 2, 18), None, (2026, 3, 3, 9)),
        ("Europe/Berlin", (2026, 3, 2, 18), time(7), (2026, 3, 3, 7)),
        ("Europe/Berlin", (2026, 3, 2, 18), time(19), (2026, 3, 3, 9)),
        ("Europe/Berlin", (2026, 3, 2, 23, 50), time(0, 5), (2026, 3, 3, 5)),
        ("Europe/Berlin", (2026, 3, 3, 0, 10), None, (2026, 3, 4, 9)),
        ("Europe/Berlin", (2026, 3, 28, 18), None, (2026, 3, 29, 9)),
        ("Europe/Berlin", (2026, 10, 24, 18), time(7), (2026, 10, 25, 7)),
        ("Pacific/Honolulu", (2026, 3, 2, 18), None, (2026, 3, 3, 9)),
        ("Pacific/Apia", (2011, 12, 29, 18), None, (2011, 12, 31, 9)),
    ],
)
def test_the_morning_question_comes_on_the_next_local_day(
    zone: str, now: tuple[int, ...], reminder: time | None, expected: tuple[int, ...]
) -> None:
    assert morning_after(at(zone, *now), zone, reminder) == at(zone, *expected)


@given(
    now=st.datetimes(
        datetime(2011, 1, 1),  # noqa: DTZ001
        datetime(2030, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    zone=st.sampled_from(
        ["Europe/London", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Tehran"]
    ),
    reminder=st.none() | st.times(),
)
def test_the_morning_question_is_always_later_and_in_the_morning(
    now: datetime, zone: str, reminder: time | None
) -> None:
    asked = morning_after(now, zone, reminder)
    local = asked.astimezone(ZoneInfo(zone))
    assert now < asked
    assert local.date() > now.astimezone(ZoneInfo(zone)).date()
    assert time(5) <= local.time() <= time(9)


def test_three_taps_are_one_pain() -> None:
    assert Pain(Region.KNEE, PainKind.DULL, 2) == pain(2)
