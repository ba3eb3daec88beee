"""What follows from a session: worked out from the doses before it, as often as asked."""

from dataclasses import replace

from bot.domain.change import Change, Reason
from bot.domain.feedback import SessionContext, Skip
from bot.domain.pain import Pain, PainKind
from bot.domain.regions import Region
from bot.domain.session import Move, Outcome, Rating, Session
from bot.domain.session_doses import Dose, SessionDoses, next_prescriptions, outcomes, with_outcome
from tests.domain.training import CLAM, clocked, counted
from tests.domain.walks import fresh, walk

WALK, BUG = replace(CLAM, id="walk"), replace(CLAM, id="bug")
MADE_OF = SessionDoses((Dose(WALK, clocked(credits=3), "Walk"), Dose(BUG, clocked(), "Bug")))
EAGER = clocked(credits=3, calibrating=2)
DONE, SKIP, HURT = Move.DONE, Move.SKIP, Move.HURT


def finished(*moves: Move, rating: Rating | None = Rating.RIGHT) -> Session:
    return replace(walk(fresh(), Move.BEGIN, DONE, *moves), rating=rating)


def changes(session: Session, made_of: SessionDoses = MADE_OF) -> dict[str, Change]:
    return {it.change.exercise: it.change for it in next_prescriptions(session, made_of, {})}


def test_an_exercise_counts_as_done_if_any_of_its_steps_was() -> None:
    session = finished(SKIP, DONE, SKIP, SKIP, SKIP, SKIP)
    assert outcomes(session) == {"walk": Outcome.DONE, "bug": Outcome.SKIPPED}
    assert with_outcome(session, MADE_OF, Outcome.SKIPPED) == (1,)


def test_pain_in_one_step_counts_whatever_the_others_were() -> None:
    session = finished(DONE, HURT, SKIP, DONE, DONE)
    assert outcomes(session) == {"walk": Outcome.HURT, "bug": Outcome.DONE}
    assert changes(session)["walk"].reason is Reason.PAIN


def test_what_a_stopped_session_did_not_reach_has_no_answer() -> None:
    found = changes(finished(DONE, Move.STOP))
    assert set(found) == {"walk"}
    assert found["walk"].reason is Reason.STOPPED_EARLY


def test_an_answer_of_one_exercise_goes_before_that_of_the_session() -> None:
    session = finished(*[DONE] * 6)
    assert changes(session)["walk"].reason is Reason.EARNED
    hard = MADE_OF.answered(0, rating=Rating.HARD)
    assert changes(session, hard)["walk"].reason is Reason.HARD
    assert changes(session, hard)["bug"].reason is Reason.GATHERING
    assert changes(session, hard.forgotten()) == changes(session)


def test_what_was_skipped_without_a_reason_stays_as_it_is() -> None:
    session = finished(DONE, DONE, DONE, DONE, SKIP, SKIP)
    assert changes(session)["bug"].reason is Reason.SKIPPED
    assert changes(session, MADE_OF.answered(1, skipped=Skip.PAIN))["bug"].reason is Reason.PAIN


def test_pain_that_was_told_goes_before_the_bare_stop() -> None:
    session = finished(DONE, HURT, SKIP, DONE, DONE)
    mild = {"walk": Pain(Region.KNEE, PainKind.DULL, 2)}
    found = {it.change.exercise: it.change for it in next_prescriptions(session, MADE_OF, mild)}
    assert found["walk"].reason is Reason.MILD_PAIN


def test_what_loads_a_resting_region_does_not_become_harder() -> None:
    session = finished(*[DONE] * 6, rating=Rating.EASY)
    made_of = replace(MADE_OF, doses=(*(replace(dose, before=EAGER) for dose in MADE_OF.doses),))
    nexts = {it.change.exercise: it for it in next_prescriptions(session, made_of, {}, {"walk"})}
    assert nexts["walk"].change.reason is Reason.RESTS
    assert nexts["walk"].change.differences == ()
    assert nexts["bug"].change.reason is Reason.CALIBRATION


def test_a_session_that_came_too_soon_leads_to_nothing_harder() -> None:
    light = replace(MADE_OF, context=SessionContext(light=True))
    found = changes(finished(*[DONE] * 6), light)
    assert {it.reason for it in found.values()} == {Reason.LIGHT}


def with_counts(session: Session, count: int = 9, *, timed: bool = False) -> Session:
    steps = tuple(replace(it, count=0 if it.is_warm_up else count) for it in session.steps)
    return replace(session, steps=steps, timed=timed)


def test_at_the_runners_own_pace_what_was_counted_is_the_first_target() -> None:
    session = with_counts(finished(*[DONE] * 6))
    found = {it.change.exercise: it.prescription for it in next_prescriptions(session, MADE_OF, {})}
    assert {dose.target for dose in found.values()} == {10}
    assert {dose.credits for dose in found.values()} == {0}


def test_where_the_clock_leads_nothing_is_counted_yet() -> None:
    session = with_counts(finished(*[DONE] * 6), timed=True)
    found = next_prescriptions(session, MADE_OF, {})
    assert {it.prescription.target for it in found} == {None}


def test_what_was_counted_before_is_counted_whoever_leads() -> None:
    made_of = SessionDoses((Dose(WALK, counted(), "Walk"), Dose(BUG, counted(), "Bug")))
    for timed in (False, True):
        found = next_prescriptions(with_counts(finished(*[DONE] * 6), timed=timed), made_of, {})
        assert {it.prescription.target for it in found} == {13}


def test_a_session_of_before_there_were_counts_stays_on_the_clock() -> None:
    found = next_prescriptions(with_counts(finished(*[DONE] * 6), 0), MADE_OF, {})
    assert {it.prescription.target for it in found} == {None}
