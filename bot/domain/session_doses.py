"""The doses of a session, and the next ones that follow from the runner's answers.

Each exercise's dose before the session is kept, so that an answer can be changed: the next dose is
computed from it again, and nothing counts twice.

Readings: a session is one at the runner's own pace if that is how it ended. Whoever left an
exercise out without a reason had no time. Pain of which no more is known than that the exercise
was stopped for it is left to rule 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext, Skip
from bot.domain.pain import Pain
from bot.domain.prescription import ExerciseBounds, Prescription, counted
from bot.domain.progression import Next, progress
from bot.domain.session import Outcome, Phase, Rating, Session

NOTHING_SPECIAL = SessionContext()


@dataclass(frozen=True, slots=True)
class Dose:
    """An exercise's dose before a session, and the runner's answers about this exercise alone."""

    exercise: ExerciseBounds
    before: Prescription
    name: str = ""
    rating: Rating | None = None
    skipped: Skip | None = None


@dataclass(frozen=True, slots=True)
class SessionDoses:
    """The doses of a session, in the order of the routine, and its context.

    `others` are doses of exercises outside the session that a gap made lighter. `knows_bands`: the
    runner's kit was known. `applied`: the next doses are stored.
    """

    doses: tuple[Dose, ...] = ()
    others: tuple[Dose, ...] = ()
    context: SessionContext = NOTHING_SPECIAL
    knows_bands: bool = False
    applied: bool = False

    def answered(self, index: int, **said: Rating | Skip | None) -> "SessionDoses":
        """Return a copy with answers about one exercise; raise IndexError for an unknown index."""
        changed = replace(self.doses[index], **said)  # type: ignore[arg-type]
        return replace(self, doses=(*self.doses[:index], changed, *self.doses[index + 1 :]))

    def forgotten(self) -> "SessionDoses":
        """Return a copy without answers."""
        doses = tuple(replace(dose, rating=None, skipped=None) for dose in self.doses)
        return replace(self, doses=doses, applied=False)


def outcomes(session: Session) -> dict[str, Outcome]:
    """Return the outcome of each exercise reached: hurt, else done if done once, else skipped."""
    found: dict[str, Outcome] = {}
    for entry in session.log:
        exercise = session.steps[entry.step].exercise
        if exercise is None:
            continue
        before = found.get(exercise)
        if before is None or entry.outcome is Outcome.HURT or before is Outcome.SKIPPED:
            found[exercise] = before if before is Outcome.HURT else entry.outcome
    return found


def with_outcome(session: Session, prescribed: SessionDoses, *wanted: Outcome) -> tuple[int, ...]:
    """Return the indexes of the doses with one of these outcomes."""
    found = outcomes(session)
    return tuple(
        index
        for index, dose in enumerate(prescribed.doses)
        if found.get(dose.exercise.id) in wanted
    )


def next_prescriptions(
    session: Session, prescribed: SessionDoses, pains: Mapping[str, Pain]
) -> tuple[Next, ...]:
    """Return the next dose of each exercise that was reached."""
    found = outcomes(session)
    entries = [
        ExerciseResult(
            dose.exercise,
            _before(session, dose),
            _answer(session, dose, found[dose.exercise.id], pains.get(dose.exercise.id)),
        )
        for dose in prescribed.doses
        if dose.exercise.id in found
    ]
    stopped = session.phase is Phase.STOPPED
    return progress(entries, replace(prescribed.context, abandoned=stopped))


def _before(session: Session, dose: Dose) -> Prescription:
    """The dose as it was done: counted where the runner went at their own pace."""
    exercise = dose.exercise
    steps = (step for step in session.steps if step.exercise == exercise.id)
    counts = [step.count for step in steps if step.count]
    if session.timed or not counts:
        return dose.before
    return counted(dose.before, exercise, min(counts))


def _answer(session: Session, dose: Dose, outcome: Outcome, pain: Pain | None) -> ExerciseFeedback:
    rating = dose.rating or session.rating
    if outcome is Outcome.HURT:
        return ExerciseFeedback(rating, skipped=None if pain else Skip.PAIN, pain=pain)
    if outcome is Outcome.SKIPPED:
        return ExerciseFeedback(rating, skipped=dose.skipped or Skip.TIME, pain=pain)
    return ExerciseFeedback(rating, pain=pain)
