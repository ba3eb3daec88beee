"""The dose of the second session back after pain."""

import pytest

from bot.domain.ladder import descend
from bot.domain.prescription import Prescription
from bot.domain.session import Rating
from bot.domain.way_back import second_session_back
from tests.domain.training import CLAM, after, clocked, counted


@pytest.mark.parametrize(
    ("dose", "steps"),
    [
        (counted(sets=3, tempo=2), 2),
        (counted(sets=3, tempo=2, freeze=2), 1),
        (counted(sets=1, tempo=2, freeze=2), 0),
        (clocked(tempo=1), 2),
    ],
    ids=["untouched", "lowered once", "lowered twice", "on the clock"],
)
def test_it_is_two_steps_below_the_dose_before_the_pain_with_one_set(
    dose: Prescription, steps: int
) -> None:
    lower = dose
    for _ in range(steps):
        lower = descend(lower, CLAM)
    found = second_session_back(dose, CLAM)
    assert (found.sets, found.band, found.tempo, found.variant, found.target) == (
        1,
        lower.band,
        lower.tempo,
        lower.variant,
        lower.target,
    )


def test_after_it_two_sessions_bring_no_progress() -> None:
    dose = second_session_back(counted(sets=3), CLAM)
    frozen = []
    for _ in range(4):
        frozen.append(dose.freeze > 0)
        dose = after(dose, Rating.EASY).prescription
    assert frozen == [True, True, True, False]
