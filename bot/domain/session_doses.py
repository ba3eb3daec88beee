"""The doses of a session, and the next ones that follow from the runner's answers.

Each exercise's dose before the session is kept, so that an answer can be changed: the next dose is
computed from it again, and nothing counts twice.

Readings: a session counts as one at the runner's own pace if it ended so. An exercise skipped
without a reason counts as skipped for lack of time. If an exercise was stopped for pain without a
report, rule 2 applies.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext, Skip
from bot.domain.frozen import frozen
from bot.domain.pain import Pain
from bot.domain.prescription import ExerciseBounds, Prescription, counted
from bot.domain.progression import Next, progress
from bot.domain.session import Outcome, Phase, Rating, Session

NOTHING_SPECIAL = SessionContext()


@frozen
class Dose:
    """An exercise's dose before a session, and the runner's answers about this exercise alone."""

    exercise: ExerciseBounds
    before: Prescription
    name: str = ""
    rating: Rating | None = None
    skipped: Skip | None = None


@frozen
class SessionDoses:
    """The doses of a session, in the order of the routine, and its context.

    `knows_bands`: the runner's kit was known. `applied`: the next doses are stored.
    """

    doses: tuple[Dose, ...] = ()
    context: SessionContext = NOTHING_SPECIAL
    knows_bands: bool = False
    applied: bool = False

    def answered(self, index: int, **answers: Rating | Skip | None) -> "SessionDoses":
        """Return a copy with answers about one exercise; raise IndexError for an unknown index."""
        changed = replace(self.doses[index], **answers)  # type: ignore[arg-type]
        return replace(self, doses=(*self.doses[:index], changed, *self.doses[index + 1 :]))

    def forgotten(self) -> "SessionDoses":
        """Return a copy without answers."""
        doses = tuple(replace(dose, rating=None, skipped=None) for dose in self.doses)
        return replace(self, doses=doses, applied=False)


def outcomes(session: Session) -> dict[str, Outcome]:
    """Return the outcome of each exercise reached: hurt, else done if done once, else skipped."""
    by_exercise: dict[str, Outcome] = {}
    for entry in session.log:
        step = session.steps[entry.step]
        exercise = step.exercise
        if exercise is None or not (step.is_work or entry.outcome is Outcome.HURT):
            continue
        before = by_exercise.get(exercise)
        if before is None or entry.outcome is Outcome.HURT or before is Outcome.SKIPPED:
            by_exercise[exercise] = before if before is Outcome.HURT else entry.outcome
    return by_exercise


def with_outcome(session: Session, prescribed: SessionDoses, *wanted: Outcome) -> tuple[int, ...]:
    """Return the indexes of the doses with one of these outcomes."""
    by_exercise = outcomes(session)
    return tuple(
        index
        for index, dose in enumerate(prescribed.doses)
        if by_exercise.get(dose.exercise.id) in wanted
    )


def next_prescriptions(
    session: Session,
    prescribed: SessionDoses,
    pains: Mapping[str, Pain],
    resting: Collection[str] = (),
) -> tuple[Next, ...]:
    """Return the next dose of each exercise that was reached.

    `resting` are the ids of exercises that load a region that rests or is on its way back.
    """
    by_exercise = outcomes(session)
    results = [
        ExerciseResult(
            dose.exercise,
            _before(session, dose),
            replace(
                _answer(session, dose, by_exercise[dose.exercise.id], pains.get(dose.exercise.id)),
                rests=dose.exercise.id in resting,
            ),
        )
        for dose in prescribed.doses
        if dose.exercise.id in by_exercise
    ]
    stopped = session.phase is Phase.STOPPED
    return progress(results, replace(prescribed.context, abandoned=stopped))


def _before(session: Session, dose: Dose) -> Prescription:
    """Return the dose as it was done: with the counted repetitions at the runner's own pace."""
    exercise = dose.exercise
    steps = (step for step in session.steps if step.exercise == exercise.id and step.is_work)
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
