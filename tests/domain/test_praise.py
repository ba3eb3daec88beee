"""Praise where it is earned: one line at most, never for a streak, never after pain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.history import Sets, Training, TrainingPlan
from bot.domain.kit import LEVELS
from bot.domain.praise import BandRecord, Feat, Praise, earned, may_be_praised
from bot.domain.schedule import WEEK
from bot.domain.session import Move, Phase, leave_out
from tests.domain.walks import NOW, STEPS, fresh, in_phase, walk

MONDAY = date(2026, 11, 23)
MON, WED, FRI = (WEEK[number] for number in (0, 2, 4))
NO_PLAN = TrainingPlan({}, {}, lambda _: False)
PLAN = TrainingPlan(dict.fromkeys((MON, WED, FRI), date(2026, 1, 1)), {}, lambda _: False)


def on(day: int, level: str = "", exercise: str = "clamshell") -> Training:
    sets = (Sets(exercise, exercise.capitalize(), 2, level),)
    return Training(MONDAY + timedelta(days=day), 600, 4, sets)


def praised(last: Training, *before: Training, plan: TrainingPlan = NO_PLAN) -> Praise | None:
    record = BandRecord.of(last)
    for past in reversed(before):
        record = record.after(past)
    return earned(last.day, [past.day for past in before], plan) or record.praise


def feat(last: Training, *before: Training, plan: TrainingPlan = NO_PLAN) -> Feat | None:
    praise = praised(last, *before, plan=plan)
    return praise and praise.feat


def test_the_first_session_ever() -> None:
    assert praised(on(0)) == Praise(Feat.FIRST)


@pytest.mark.parametrize(("days", "expected"), [(27, None), (28, Feat.RETURN), (400, Feat.RETURN)])
def test_the_return_after_four_weeks(days: int, expected: Feat | None) -> None:
    assert feat(on(days), on(0)) is expected


def test_round_numbers_of_sessions() -> None:
    praised = [
        number
        for number in range(2, 260)
        if feat(on(number), *(on(day) for day in range(1, number))) is Feat.NUMBER
    ]
    assert praised == [10, 25, 50, 100, 150, 200, 250]


def test_a_stronger_band_than_ever_for_an_exercise() -> None:
    praise = praised(on(2, "medium"), on(0, "light"))
    assert praise == Praise(Feat.BAND, sets=Sets("clamshell", "Clamshell", 2, "medium"))


@pytest.mark.parametrize(
    ("level", "before"),
    [
        ("medium", [on(0, "medium")]),
        ("medium", [on(0, "heavy"), on(1, "light")]),
        ("medium", [on(0, "light", exercise="squat")]),
        ("medium", [on(0, "")]),
        ("", [on(0, "light")]),
        ("none", [on(0, "light")]),
    ],
)
def test_a_band_that_is_not_stronger_than_all_known_ones(
    level: str, before: list[Training]
) -> None:
    assert feat(on(2, level), *before) is None


def test_the_first_whole_week_of_the_plan() -> None:
    assert feat(on(2), on(0), plan=PLAN) is None
    assert feat(on(4), on(0), on(2), plan=PLAN) is Feat.WEEK
    assert feat(on(5), on(0), on(2), on(4), plan=PLAN) is None


def test_the_second_whole_week_is_one_like_others_though_it_is_in_a_row() -> None:
    first = [on(0), on(2), on(4)]
    assert feat(on(11), *first, on(7), on(9), plan=PLAN) is None


def test_a_week_that_began_late_is_not_a_whole_one() -> None:
    assert feat(on(4), on(2), plan=PLAN) is None


@pytest.mark.parametrize("phase", Phase)
def test_only_a_finished_session_is_praised(phase: Phase) -> None:
    assert may_be_praised(in_phase(phase)) is (phase is Phase.FINISHED)


@pytest.mark.parametrize("skipped", range(len(STEPS)))
def test_a_session_of_which_little_was_done_is_not(skipped: int) -> None:
    moves = [Move.SKIP] * (skipped + 1) + [Move.DONE] * (len(STEPS) - skipped - 1)
    session = fresh()
    session = walk(session, Move.BEGIN)
    for move in moves:
        session = walk(session, Move.BEGIN) if session.is_resting else session
        session = walk(session, move)
    assert session.phase is Phase.FINISHED
    assert may_be_praised(session) is (skipped <= 3)


def test_a_session_in_which_something_hurt_is_not() -> None:
    hurting = walk(fresh(), Move.BEGIN, *[Move.DONE] * 6, Move.HURT)
    after = leave_out(hurting, (), NOW)
    assert after is not None
    assert after.phase is Phase.FINISHED
    assert not may_be_praised(after)


HISTORIES = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["", *LEVELS])), min_size=1, max_size=30
)


@given(HISTORIES)
def test_rest_takes_no_praise_away(history: list[tuple[int, str]]) -> None:
    """Two free weeks before the last session change nothing but a return."""
    *before, last = [on(day, level) for day, level in sorted(history)]
    later = on((last.day - MONDAY).days + 14, last.sets[0].level)
    then, now = praised(last, *before), praised(later, *before)
    assert now == then or (now is not None and now.feat is Feat.RETURN)
