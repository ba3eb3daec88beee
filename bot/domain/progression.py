"""The next doses after a session: double progression (docs/training-rules.md, Progression).

The first rule in RULES that applies to an exercise decides. Details:

- A session that was stopped early or not rated, one of a routine that stays easy, one in peak,
  taper, recovery or an easier week, and one that came too soon can lower a dose, but not raise it.
- Stopping an exercise because of pain without saying how strong it was counts as pain of 4.
- A step up needs two sessions of the exercise since the last one. In the first two, not counting
  routines that stay easy, "easy" moves the band up at once, so that happens once; pain and "hard"
  end this. It is one of the two steps up that a session may bring.
- The credits of a counted exercise are spent on its target; those earned at its top say whose turn
  it is.
- Two hard sessions need not be in a row: only a step up or down forgets the first.
- Freeze and hold-off count sessions in which the exercise was done to the end of the session.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.change import Change, Reason, differences
from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext, Skip
from bot.domain.frozen import frozen
from bot.domain.ladder import cleared, climb, descend, heavier_band
from bot.domain.pain import Severity, severity
from bot.domain.prescription import (
    LONG_AGO,
    MOST_CREDITS,
    SETS_AFTER_INTRODUCTION,
    ExerciseBounds,
    Prescription,
    SeasonPhase,
    at_bottom,
)
from bot.domain.session import Rating

UPS_A_SESSION = 2
SESSIONS_BETWEEN_UPS = 2
SESSIONS_AT_TOP = 2
FREEZE = 2
SKIPS_TO_SWAP = 3
CREDITS = {Rating.EASY: 2, Rating.RIGHT: 1}


@frozen
class Next:
    """The next prescription of an exercise, and the change that leads to it."""

    prescription: Prescription
    change: Change


@frozen
class Situation:
    """The facts that a rule decides on; `now` is the prescription that was done."""

    exercise: ExerciseBounds
    now: Prescription
    answer: ExerciseFeedback
    context: SessionContext

    @property
    def severity(self) -> Severity:
        if self.answer.pain:
            return severity(self.answer.pain)
        return Severity.MODERATE if self.answer.skipped is Skip.PAIN else Severity.NONE

    @property
    def trained(self) -> bool:
        return self.answer.skipped is None and not self.context.abandoned

    @property
    def credits(self) -> int:
        """2 for easy, 1 for right; 4 for easy while `double_credits` are left after a long gap."""
        easy = self.answer.rating is Rating.EASY
        earned = CREDITS.get(self.answer.rating, 0) if self.answer.rating else 0
        return earned * 2 if easy and self.now.double_credits else earned


@frozen
class Ruling:
    """The decision of a rule; `up` replaces it if it is the exercise's turn for a step up."""

    after: Prescription
    reason: Reason
    offers_another: bool = False
    up: "Ruling | None" = None


@frozen
class Rule:
    applies: Callable[[Situation], bool]
    result: Callable[[Situation], Ruling]


def _strong_pain(situation: Situation) -> Ruling:
    exercise = situation.exercise
    lower = descend(descend(situation.now, exercise), exercise)
    pain = situation.answer.pain
    reason = Reason.WORSE_NEXT_MORNING if pain and pain.worse else Reason.STRONG_PAIN
    return Ruling(replace(_after_pain(lower), sets=1, freeze=FREEZE), reason)


def _pain(situation: Situation) -> Ruling:
    lower = descend(situation.now, situation.exercise)
    return Ruling(replace(_after_pain(lower), freeze=FREEZE), Reason.PAIN)


def _mild_pain(situation: Situation) -> Ruling:
    after = replace(_after_pain(situation.now), credits=0, at_top=0)
    return Ruling(after, Reason.MILD_PAIN)


def _after_pain(prescription: Prescription) -> Prescription:
    """Return the prescription without calibration, double credits and introduction."""
    return replace(prescription, calibrating=0, double_credits=0, introduces=None)


def _skipped(situation: Situation) -> Ruling:
    skips = min(SKIPS_TO_SWAP, situation.now.skips + 1)
    unsuitable = situation.answer.skipped in (Skip.KIT, Skip.DISLIKE)
    after = replace(situation.now, skips=skips)
    return Ruling(after, Reason.SKIPPED, offers_another=unsuitable or skips == SKIPS_TO_SWAP)


def _frozen(situation: Situation) -> Ruling:
    freeze = situation.now.freeze - situation.trained
    return Ruling(replace(situation.now, freeze=freeze), Reason.FROZEN)


def _hard(situation: Situation) -> Ruling:
    """Reset the credits; the second time, step down."""
    now = situation.now
    after = replace(now, hard=now.hard + 1, credits=0, at_top=0, calibrating=0)
    if after.hard >= 2:
        return Ruling(descend(after, situation.exercise), Reason.HARD_TWICE)
    return Ruling(after, Reason.HARD)


def _introduces(situation: Situation) -> bool:
    return (
        situation.now.introduces is not None
        and situation.trained
        and not any(holds(situation) for reason, holds in HOLDS if reason in HOLD_INTRODUCTIONS)
    )


def _introduced(situation: Situation) -> Ruling:
    """Go on in the usual form with two sets, which is no step up the ladder."""
    now, exercise = situation.now, situation.exercise
    known = replace(
        now,
        sets=max(now.sets, min(SETS_AFTER_INTRODUCTION, exercise.sets)),
        variant=max(now.variant, now.introduces or 0),
        introduces=None,
    )
    return Ruling(at_bottom(known, exercise), Reason.INTRODUCED)


HOLDS: tuple[tuple[Reason, Callable[[Situation], bool]], ...] = (
    (Reason.RESTS, lambda s: s.answer.rests),
    (Reason.CONDITION, lambda s: s.context.no_progress),
    (Reason.STOPPED_EARLY, lambda s: s.context.abandoned),
    (Reason.TAPER, lambda s: s.context.phase in (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK)),
    (Reason.RECOVERY, lambda s: s.context.phase is SeasonPhase.RECOVERY),
    (Reason.PEAK, lambda s: s.context.phase is SeasonPhase.PEAK),
    (Reason.STAYS_EASY, lambda s: s.context.stays_easy),
    (Reason.EASIER_WEEK, lambda s: s.context.easier_week),
    (Reason.LIGHT, lambda s: s.context.light),
    (Reason.MUCH_NEW, lambda s: s.context.much_new),
    (Reason.AFTER_GAP, lambda s: s.now.hold_off > 0),
    (Reason.NOT_RATED, lambda s: s.answer.rating is None),
)


# In these sessions an introduction goes on. In the others without progress it ends, since going on
# in the usual form is no progress.
HOLD_INTRODUCTIONS = frozenset(
    {
        *(Reason.RESTS, Reason.CONDITION, Reason.TAPER, Reason.RECOVERY, Reason.PEAK),
        *(Reason.STAYS_EASY, Reason.LIGHT),
    }
)


def _holds(situation: Situation) -> Ruling:
    reason = next(reason for reason, holds in HOLDS if holds(situation))
    return Ruling(situation.now, reason)


def _calibrates(situation: Situation) -> bool:
    return (
        situation.now.calibrating > 0
        and situation.answer.rating is Rating.EASY
        and _may_rise(situation)
        and heavier_band(situation.now, situation.exercise) is not None
    )


def _calibration(situation: Situation) -> Ruling:
    """Raise the band at once if it is the exercise's turn; otherwise, apply the ordinary rules."""
    ordinary = next(rule for rule in ORDINARY if rule.applies(situation)).result(situation)
    heavier = heavier_band(situation.now, situation.exercise)
    assert heavier is not None
    return replace(ordinary, up=Ruling(cleared(heavier), Reason.CALIBRATION))


def _clock(situation: Situation) -> Ruling:
    total = min(MOST_CREDITS, situation.now.credits + situation.credits)
    after = replace(situation.now, credits=total)
    if total < MOST_CREDITS:
        return Ruling(after, Reason.GATHERING)
    return _rise(situation, after, Reason.EARNED)


def _below_top(situation: Situation) -> bool:
    return (situation.now.target or 0) < situation.exercise.range.top


def _more(situation: Situation) -> Ruling:
    target = min(situation.exercise.range.top, (situation.now.target or 0) + situation.credits)
    return Ruling(replace(situation.now, target=target, credits=0, at_top=0), Reason.BELOW_TOP)


def _at_top(situation: Situation) -> Ruling:
    """Step up after two sessions running at the top: the 2-for-2 rule of Baechle and Earle."""
    at_top = min(SESSIONS_AT_TOP, situation.now.at_top + 1)
    total = min(MOST_CREDITS, situation.now.credits + situation.credits)
    after = replace(situation.now, at_top=at_top, credits=total)
    if at_top < SESSIONS_AT_TOP:
        return Ruling(after, Reason.TOP_ONCE)
    return _rise(situation, after, Reason.TOP_TWICE)


def _rise(situation: Situation, after: Prescription, reason: Reason) -> Ruling:
    higher = climb(after, situation.exercise, situation.context.phase)
    if higher is None:
        return Ruling(cleared(after), Reason.NOTHING_HARDER)
    if not _may_rise(situation):
        return Ruling(after, Reason.TOO_SOON)
    return Ruling(after, Reason.NOT_ITS_TURN, up=Ruling(higher, reason))


def _may_rise(situation: Situation) -> bool:
    return situation.now.since_up + 1 >= SESSIONS_BETWEEN_UPS


ORDINARY = (
    # 8. On the clock: easy +2 credits, right +1; at 4, one step up.
    Rule(lambda s: s.now.target is None, _clock),
    # 9. Counted, below the top: the target and the credits.
    Rule(_below_top, _more),
    # 10. Counted, at the top: the second session running, one step up.
    Rule(lambda _: True, _at_top),
)

# In the order of docs/training-rules.md, Progression, whose numbers these are.
RULES = (
    # 1. Pain from 6, or worse next morning: two steps down, one set, two sessions the same.
    Rule(lambda s: s.severity is Severity.STRONG, _strong_pain),
    # 2. Pain 4-5, or not dull: one step down, two sessions the same.
    Rule(lambda s: s.severity is Severity.MODERATE, _pain),
    # 3. Pain 1-3: the same, credits and sessions at the top forgotten.
    Rule(lambda s: s.severity is Severity.MILD, _mild_pain),
    # 4. Skipped: the same; another exercise for kit or dislike, and after three times running.
    Rule(lambda s: s.answer.skipped is not None, _skipped),
    # 5. Frozen after pain: the same.
    Rule(lambda s: s.now.freeze > 0, _frozen),
    # 6. Hard: credits forgotten; the second time one step down.
    Rule(lambda s: s.answer.rating is Rating.HARD, _hard),
    # 6.1. New, and not too hard: from now on in the usual form.
    Rule(_introduces, _introduced),
    # 7. A session, week or phase without progress: the same.
    Rule(lambda s: any(holds(s) for _, holds in HOLDS), _holds),
    # 5.1. Easy in the first two sessions: a heavier band at once.
    Rule(_calibrates, _calibration),
    *ORDINARY,
)


def progress(entries: Sequence[ExerciseResult], context: SessionContext) -> tuple[Next, ...]:
    """Return the next prescription of each exercise of a session, at most two of them a step up.

    Exercises with the most credits go first, then those that waited longest; the others keep
    theirs.
    """
    decided = [_decide(entry, context) for entry in entries]
    turns = _turns(entries, decided)
    return tuple(
        _next(entry, context, ruling, rises=index in turns)
        for index, (entry, ruling) in enumerate(zip(entries, decided, strict=True))
    )


def _decide(entry: ExerciseResult, context: SessionContext) -> Ruling:
    situation = Situation(entry.exercise, entry.prescription, entry.answer, context)
    return next(rule for rule in RULES if rule.applies(situation)).result(situation)


def _turns(entries: Sequence[ExerciseResult], rulings: Sequence[Ruling]) -> frozenset[int]:
    """Return the indexes of the exercises whose turn it is to rise."""

    def order(index: int) -> tuple[int, int, int]:
        return -rulings[index].after.credits, -entries[index].prescription.since_up, index

    waiting = (index for index, ruling in enumerate(rulings) if ruling.up)
    return frozenset(sorted(waiting, key=order)[:UPS_A_SESSION])


def _next(entry: ExerciseResult, context: SessionContext, ruling: Ruling, rises: bool) -> Next:
    situation = Situation(entry.exercise, entry.prescription, entry.answer, context)
    if rises and ruling.up:
        ruling = ruling.up
    after = _session_on(situation, ruling.after)
    after = replace(after, since_up=0) if rises else after
    change = Change(
        exercise=entry.exercise.id,
        reason=ruling.reason,
        differences=differences(entry.prescription, after),
        offers_another=ruling.offers_another,
    )
    return Next(after, change)


def _session_on(situation: Situation, prescription: Prescription) -> Prescription:
    """Return the prescription with its counters of sessions advanced by one session."""
    if situation.answer.skipped is None:
        prescription = replace(prescription, skips=0)
    if not situation.trained:
        return prescription
    held_off = situation.now.hold_off > 0
    doubled = 0 if held_off else 1
    first = situation.context.stays_easy or situation.now.introduces is not None
    calibrated = 0 if first else 1
    return replace(
        prescription,
        hold_off=max(0, prescription.hold_off - 1),
        double_credits=max(0, prescription.double_credits - doubled),
        calibrating=max(0, prescription.calibrating - calibrated),
        since_up=min(LONG_AGO, prescription.since_up + 1),
    )
