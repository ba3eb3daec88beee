"""What a day asks of a session: gaps, easier weeks, the week's cap, and what comes too soon."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.gap import exercise_rule
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.prescription import ExerciseBounds, ExerciseClass
from bot.domain.readiness import PastSession, Readiness, readiness, todays_doses, training_week
from bot.domain.session import ExerciseDone
from tests.domain.training import CLAM, PLANK, clocked

MONDAY = date(2026, 3, 2)
SEVEN = datetime(2026, 3, 2, 7, tzinfo=UTC)


def on(day: int, sets: int = 10, *, loads: bool = True) -> PastSession:
    return PastSession(SEVEN + timedelta(days=day), MONDAY + timedelta(days=day), sets, loads)


def seen(*before: PastSession, day: int, away: tuple[date, ...] = ()) -> Readiness:
    return readiness(before, SEVEN + timedelta(days=day), "UTC", away)


def test_a_newcomer_has_nothing_to_know() -> None:
    assert seen(day=0) == Readiness()


@pytest.mark.parametrize(
    ("days", "note"),
    [
        (7, None),
        (8, Note.ONE_WEEK),
        (14, Note.TWO_WEEKS),
        (28, Note.FOUR_WEEKS),
        (56, Note.EIGHT_WEEKS),
    ],
)
def test_a_gap_is_told_by_its_length(days: int, note: Note | None) -> None:
    assert seen(on(0), day=days).notes() == ((note,) if note else ())


def test_a_session_of_which_little_was_done_ends_a_gap_but_is_no_load() -> None:
    day = seen(on(0), on(10, loads=False), day=11)
    assert (day.gap, day.loading) == (1, Loading.ALLOWED)


def test_two_days_apart_is_enough_and_one_is_not() -> None:
    assert seen(on(0), day=1).loading is Loading.TOO_SOON
    assert seen(on(0), day=2).loading is Loading.ALLOWED


def test_the_fourth_in_a_week_is_one_too_many() -> None:
    assert seen(on(0), on(2), on(4), day=6).notes() == (Note.WEEK_FULL,)


@pytest.mark.parametrize(
    ("days", "present", "week"),
    [
        ((), 0, 1),
        ((0,), 6, 1),
        ((0,), 7, 2),
        ((0, 7, 14), 21, 4),
        ((6, 14), 21, 4),
        ((0, 13, 26), 30, 5),
        ((0, 7, 21), 22, 1),
        ((0, 7), 21, 1),
    ],
)
def test_weeks_are_counted_anew_after_two_without_training(
    days: tuple[int, ...], present: int, week: int
) -> None:
    trained = [MONDAY + timedelta(days=day) for day in days]
    assert training_week(trained, MONDAY + timedelta(days=present)) == week


def test_the_fourth_week_is_easier_and_the_fifth_is_not() -> None:
    before = (on(0), on(7), on(14), on(19))
    assert seen(*before, day=21).easier_week
    assert not seen(*before, on(21), day=28).easier_week


def test_the_weeks_cap_leaves_what_this_week_has_not_used() -> None:
    assert seen(on(0), on(7), on(14), day=16).sets_left == 6 * 20 // 10 + 2 - 10
    assert seen(on(0, 20), on(7, 20), day=21).sets_left == 6 * 40 // 10 + 2
    assert seen(on(0), day=21).sets_left is None


def test_the_second_and_third_week_have_few_sets_more_than_the_first() -> None:
    assert seen(on(0), day=6).sets_left is None
    assert seen(on(0), day=7).sets_left == 16
    assert seen(on(0), on(7), day=9).sets_left == 6
    assert seen(on(0), on(7, 16), day=9).loading is Loading.SETS_FULL
    assert seen(on(0), on(7), day=14).sets_left == 14, "the mean of two weeks allows fewer"
    assert seen(on(0), on(7, 20), day=14).sets_left == 16


def test_the_first_week_begins_with_the_first_session_on_whatever_day() -> None:
    """Thursday and Monday are in the first week of a runner who began on a Thursday."""
    assert seen(on(3), on(7), day=9).sets_left is None
    assert seen(on(3), on(7), day=10).sets_left == 20 + 6


def test_todays_sets_are_the_prescribed_within_the_routines_and_the_cap() -> None:
    doses = {"clamshell": (CLAM, clocked(sets=3)), "plank": (PLANK, clocked(sets=3))}

    def sets(day: Readiness) -> list[int]:
        return [it.sets for it in todays_doses(doses, day).values()]

    assert sets(Readiness()) == [3, 2]
    assert sets(Readiness(easier_week=True)) == [2, 1]
    assert sets(Readiness(sets_left=4)) == [2, 2]
    assert sets(Readiness(sets_left=0)) == [1, 1]


CALF = ExerciseBounds("band-calf-raise", ExerciseClass.CALF, ())


def with_exercises(day: int, **exercises: tuple[int, bool]) -> PastSession:
    done = {key: ExerciseDone(*fields) for key, fields in exercises.items()}
    return replace(on(day), exercises=done)


def todays_sets(day: Readiness, *exercises: ExerciseBounds, light: bool = False) -> list[int]:
    doses = {exercise.id: (exercise, clocked(sets=3)) for exercise in exercises}
    return [dose.sets for dose in todays_doses(doses, day, light=light).values()]


def test_days_without_an_exercise_are_counted_from_when_it_was_done_to_the_end() -> None:
    history = (
        with_exercises(0, clam=(2, True), row=(2, True)),
        with_exercises(10, clam=(1, False)),
        with_exercises(20, row=(3, True)),
    )
    assert seen(*history, day=30).days_without == {"clam": 30, "row": 10}
    away = tuple(MONDAY + timedelta(days=number) for number in range(2, 12))
    assert seen(*history, day=30, away=away).days_without == {"clam": 23, "row": 10}


@pytest.mark.parametrize("kin", [0, 13, 14, 30, None])
@pytest.mark.parametrize("own", [0, 13, 14, 27, 28, 55, 56, None])
def test_the_like_of_an_exercise_is_worth_one_row(own: int | None, kin: int | None) -> None:
    days = {key: value for key, value in (("own", own), ("kin", kin)) if value is not None}
    related = kin is not None and kin <= 13
    found = Readiness(days_without=days).exercise_rule("own", ["kin", "another"])
    assert found == exercise_rule(own, related=related)
    assert Readiness(days_without=days).exercise_rule("own", []) == exercise_rule(
        own, related=False
    )


@pytest.mark.parametrize("done", range(12))
def test_an_exercise_has_nine_sets_a_week(done: int) -> None:
    day = Readiness(sets_this_week={"clamshell": done})
    assert todays_sets(day, CLAM, PLANK) == [max(0, min(3, 9 - done)), 2]


@pytest.mark.parametrize("done", range(8))
def test_calf_raises_have_six_sets_a_week(done: int) -> None:
    day = Readiness(sets_this_week={"band-calf-raise": done})
    assert todays_sets(day, CALF, PLANK) == [max(0, min(3, 6 - done)), 2]


def test_a_session_always_has_something() -> None:
    assert todays_sets(Readiness(sets_this_week={"clamshell": 9}), CLAM) == [1]


def test_a_session_has_eight_exercises_and_no_more() -> None:
    many = [replace(CLAM, id=str(number)) for number in range(11)]
    assert todays_sets(Readiness(), *many) == [3] * 8 + [0] * 3


def test_a_light_session_has_one_set_of_each() -> None:
    assert todays_sets(Readiness(), CLAM, PLANK, CALF, light=True) == [1, 1, 1]


@pytest.mark.parametrize("new", range(4))
def test_more_than_two_new_exercises_are_told_as_many(new: int) -> None:
    never, long_since = exercise_rule(None, related=False), exercise_rule(20, related=False)
    rules = [never] * new + [None]
    expected = ((), (Note.NEW,), (Note.NEW,), (Note.MUCH_NEW,))[new]
    assert Readiness().notes(rules, new=new) == expected
    assert Readiness().notes([*rules, long_since], new=new) == (Note.LONG_SINCE, *expected)


def test_a_gap_is_told_once() -> None:
    rules = [exercise_rule(20, related=False)]
    assert Readiness(gap=20).notes(rules) == (Note.TWO_WEEKS,)


def test_fewer_sets_are_told_unless_the_session_is_light_anyway() -> None:
    assert Readiness().notes(is_cut=True) == (Note.FEWER_SETS,)
    assert Readiness(loading=Loading.SETS_FULL).notes(is_cut=True) == (Note.SETS_FULL,)


@pytest.mark.parametrize(("gap", "rule"), [(3, 8), (9, 14), (20, 28), (40, 56), (80, 56)])
def test_after_an_emergency_the_next_larger_gap_counts_until_a_session_is_done(
    gap: int, rule: int
) -> None:
    now = SEVEN + timedelta(days=gap)
    cleared_at = now - timedelta(hours=1)
    first = readiness([on(0)], now, "UTC", (), cleared_at=cleared_at)
    assert first.gap_rule is not None
    assert first.gap_rule.days == rule
    assert first.notes()[0] is Note.CLEARED
    after = readiness([on(0), on(gap)], now + timedelta(days=3), "UTC", (), cleared_at=SEVEN)
    assert after.gap_rule is None
