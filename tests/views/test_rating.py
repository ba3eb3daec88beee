"""What changes next time is told in few sentences: one for all that change alike for one reason."""

from dataclasses import replace

import pytest

from bot.content.texts import plain
from bot.domain.change import Change, Difference, Growth, Part, Reason
from bot.domain.kit import Level
from bot.domain.note import SHORTENED, Note
from bot.domain.prescription import ExerciseBounds, ExerciseClass, start
from bot.domain.session import Outcome, Phase, Rating, Session, StepLog
from bot.domain.session_doses import Dose
from bot.views.rating import summary, what_changes
from tests.domain.walks import NOW, step
from tests.shipped import TEXTS

SLOWER = (Difference(Part.TEMPO, 1),)
FEWER = (Difference(Part.SETS, 1),)


def told(*changes: Change) -> list[str]:
    doses = []
    for change in changes:
        kind = ExerciseClass.WALK if change.exercise == "walk" else ExerciseClass.ISO
        exercise = ExerciseBounds(change.exercise, kind, ())
        doses.append(Dose(exercise, start(exercise), change.exercise.title()))
    said = what_changes(TEXTS, doses, changes)
    return plain(said).splitlines() if said else []


def change(exercise: str, reason: Reason, *differences: Difference) -> Change:
    return Change(exercise, reason, differences)


def test_exercises_that_change_alike_share_a_sentence() -> None:
    assert told(*(change(key, Reason.EARNED, *SLOWER) for key in ("clam", "row", "squat"))) == [
        "Clam, Row and Squat: next time a pause of two seconds in each repetition, because it has"
        " gone well for some sessions."
    ]


def test_another_reason_has_a_sentence_of_its_own() -> None:
    said = told(
        change("clam", Reason.EARNED, *SLOWER),
        change("row", Reason.HARD_TWICE, *FEWER),
        change("squat", Reason.GATHERING),
    )
    assert [line.partition(":")[0] for line in said] == ["Clam", "Row"]
    assert said[1] == "Row: next time one set, because it was too hard twice."


def test_all_that_changes_of_one_exercise_stands_in_its_sentence() -> None:
    band = Difference(Part.BAND, Level.MEDIUM)
    said = told(change("clam", Reason.EARNED, band, Difference(Part.TEMPO, 0)))
    assert "next time your medium band and the usual tempo, because" in said[0]


def test_repetitions_and_steps_are_told_apart() -> None:
    more = Difference(Part.TARGET, 12)
    assert told(*(change(key, Reason.BELOW_TOP, more) for key in ("clam", "walk", "row"))) == [
        "Clam and Row: next time 12 repetitions in a set, because it went well.",
        "Walk: next time 12 steps in a set, because it went well.",
    ]


def test_where_nothing_changes_one_sentence_says_why() -> None:
    said = told(
        change("clam", Reason.GATHERING),
        change("row", Reason.STAYS_EASY),
        change("squat", Reason.STAYS_EASY),
    )
    assert said == ["Nothing becomes harder next time. This routine is meant to stay easy."]


def test_what_was_left_out_for_want_of_kit_is_offered_another_exercise() -> None:
    said = told(Change("clam", Reason.SKIPPED, offers_another=True))
    assert said[-1].startswith("Clam: another exercise for the same muscles")


def shown(
    growth: Growth | None, reason: Reason, rating: Rating, notes: tuple[Note, ...] = ()
) -> list[str]:
    """The end of the summary of a session of one clam, done and rated."""
    exercise = ExerciseBounds("clam", ExerciseClass.ISO, ())
    log = (StepLog(0, Outcome.DONE, NOW),)
    session = Session(
        1, 1, "hills", "Hills", (step("clam"),), Phase.FINISHED, 1, log=log, rating=rating
    )
    session = replace(session, notes=notes)
    doses = [Dose(exercise, start(exercise), "Clam")]
    screen = summary(TEXTS, session, doses, [change("clam", reason)], (), growth)
    return plain(screen.text).split("\n\n")[-1].splitlines()


def test_a_session_that_will_be_longer_is_not_said_to_stay_as_it_is() -> None:
    assert shown(Growth(1, 2), Reason.STAYS_EASY, Rating.RIGHT) == [
        "As planned, your next Hills has two sets of each exercise instead of one."
    ]


def test_a_session_that_was_too_hard_is_said_not_to_grow() -> None:
    assert shown(Growth(1, 1), Reason.HARD, Rating.HARD) == [
        "Nothing becomes harder next time. Anyone can have a bad day; if it is too hard again,"
        " it becomes easier.",
        "Your next Hills stays as short as this one, with one set of each exercise."
        " It grows after one that is not too hard.",
    ]


@pytest.mark.parametrize("note", Note)
def test_a_session_that_was_short_for_today_is_not_said_to_stay_short(note: Note) -> None:
    said = shown(None, Reason.HARD, Rating.HARD, (note,))
    assert ("an ordinary one is longer again" in said[-1]) == (note in SHORTENED)


def test_of_a_session_without_doses_nothing_is_told() -> None:
    assert told() == []
