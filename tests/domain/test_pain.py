"""When something hurts: what stops, what rests, what waits for a clinician."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pain import (
    RED_FLAGS,
    Advice,
    Incident,
    Pain,
    PainKind,
    RedFlag,
    Severity,
    Urgency,
    incident,
    locked,
    morning_after,
    on_ache,
    on_pain,
    resting,
    severity,
)
from bot.domain.regions import Region
from tests.domain.training import pain

DAY = date(2026, 3, 2)
NOT_DULL = [kind for kind in PainKind if kind is not PainKind.DULL]


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, "none"), (1, "mild"), (3, "mild"), (4, "moderate"), (5, "moderate"), (6, "strong")],
)
def test_dull_pain_goes_by_its_score(score: int, expected: str) -> None:
    assert severity(pain(score)) is Severity(expected)


@pytest.mark.parametrize("kind", NOT_DULL)
@pytest.mark.parametrize("score", range(11))
def test_pain_that_is_not_dull_stops_the_exercise_at_any_score(kind: PainKind, score: int) -> None:
    assert on_pain(pain(score, kind)).stop


@pytest.mark.parametrize("score", range(11))
def test_dull_pain_stops_the_exercise_from_four(score: int) -> None:
    assert on_pain(pain(score)).stop == (score >= 4)


def test_mild_pain_is_asked_for_tomorrow() -> None:
    assert on_pain(pain(2)) == Advice(ask=True)
    assert on_pain(pain(0)) == Advice()


def test_strong_pain_rests_its_region_and_wants_someone_to_look() -> None:
    assert on_pain(pain(6)) == Advice(stop=True, rest=True, see_someone=True, ask=True)


def test_worse_next_morning_is_strong_and_not_asked_again() -> None:
    assert on_pain(pain(1, worse=True)) == Advice(stop=True, rest=True, see_someone=True)


def test_pain_on_a_bone_locks_its_region_at_once() -> None:
    assert on_pain(pain(1, PainKind.BONE)) == Advice(
        stop=True, lock=True, see_someone=True, ask=True
    )


@pytest.mark.parametrize("score", range(11))
def test_soreness_is_not_pain_and_above_four_is_not_loaded(score: int) -> None:
    assert on_ache(score) == Advice(stop=score > 4)


def test_an_ache_of_more_than_four_days_is_no_ordinary_one() -> None:
    assert on_ache(2, days=4) == Advice()
    assert on_ache(2, days=5) == Advice(stop=True, see_someone=True)


def test_every_red_flag_says_how_soon() -> None:
    assert set(RED_FLAGS) == set(RedFlag)
    assert RED_FLAGS[RedFlag.CHEST_PAIN] is Urgency.EMERGENCY
    assert RED_FLAGS[RedFlag.LIMP] is Urgency.SEE_SOMEONE
    assert sum(urgency is Urgency.EMERGENCY for urgency in RED_FLAGS.values()) == 8


def test_only_strong_pain_and_bones_are_remembered() -> None:
    assert incident(pain(5, PainKind.SHARP), DAY) is None
    assert incident(pain(6), DAY) == Incident(Region.KNEE, DAY)
    assert incident(pain(1, PainKind.BONE), DAY) == Incident(Region.KNEE, DAY, bone=True)


def test_a_region_rests_for_seven_days() -> None:
    hurt = [Incident(Region.KNEE, DAY)]
    assert [number for number in range(-1, 12) if resting(hurt, day(number))] == list(range(8))
    assert resting(hurt, DAY) == {Region.KNEE}


@pytest.mark.parametrize(("later", "expected"), [(0, False), (1, True), (14, True), (15, False)])
def test_the_second_time_within_two_weeks_locks_the_region(later: int, expected: bool) -> None:
    hurt = [Incident(Region.KNEE, DAY), Incident(Region.KNEE, day(later))]
    assert (Region.KNEE in locked(hurt)) == expected


def test_two_regions_do_not_lock_each_other() -> None:
    assert not locked([Incident(Region.KNEE, DAY), Incident(Region.BACK, day(3))])


def test_a_clinician_unlocks_it_until_the_next_time() -> None:
    hurt = [Incident(Region.KNEE, DAY), Incident(Region.KNEE, day(3))]
    assert locked(hurt, {Region.KNEE: day(2)}) == {Region.KNEE}
    assert not locked(hurt, {Region.KNEE: day(3)})
    assert locked([*hurt, Incident(Region.KNEE, day(9))], {Region.KNEE: day(4)})
    assert not locked([Incident(Region.KNEE, DAY, bone=True)], {Region.KNEE: DAY})


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
