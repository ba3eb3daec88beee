"""Sessions that are made for a purpose and a number of minutes (docs/training-rules.md, rule 46).

The exercises are chosen first: one for each part of the purpose, then those that a long session has
in addition. Then the number of exercises, their sets and the pauses are fitted to the time. The
length of sets, and how many the runner may do, are not estimated but taken from the steps of a
routine.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from bot.content.adjusting import EASIER
from bot.content.kit import DEGREES, Doing, can, done_with
from bot.content.models import BASE
from bot.content.purposes import Part, PurposeTexts, SessionPurpose
from bot.content.reading import Exercise
from bot.content.resting import Allowance
from bot.content.routine_models import Block, Routine, RoutineTexts
from bot.content.sparing import NOTHING, SWITCH, Sparing, is_harder
from bot.domain.frozen import frozen
from bot.domain.kit import Kit
from bot.domain.load import LONGEST_SESSION, MOST_EXERCISES, MOST_NEW
from bot.domain.session import RestKind, Step, length
from bot.domain.wish import Wish

NEAR = 45  # seconds by which a session may miss its minutes; the search ends if one is as near
TRIES = 12  # sessions that are built before the nearest is chosen
USUAL_SETS = 2
MOST_IN_ALL = 22  # sets of a session; the first exercises have one more than the others
SHORT = 10  # minutes below which the warm-up is short
WARM_UP, SHORT_WARM_UP = 120, 60  # seconds
STANDING = frozenset({"standing", "stepping", "one-leg", "split-stance"})
KNEELING = frozenset({"hands-and-knees", "forearm-plank"})
TRUNK = frozenset({"trunk", "rotation", "upper-back"})

Measure = Callable[[Routine], tuple[Step, ...]]


@frozen
class Trainee:
    """What the choice of exercises depends on.

    `level`: the level of the hardest allowed exercise. `known`: exercises that the runner has done
    before. `days_without`: the days since each was last done; missing ones were not done lately.
    `spent`: exercises for which the week's caps leave no sets.
    """

    kit: Kit | None
    level: str = DEGREES[-1]
    sparing: Sparing = NOTHING
    known: Collection[str] = ()
    days_without: Mapping[str, int] = field(default_factory=dict)
    spent: Collection[str] = ()


class Pace(NamedTuple):
    """The seconds of a set with sides and without, of the shortest rest, and between exercises."""

    side: int
    both: int
    rest: int
    change: int
    longest_change: int


PACES = (Pace(30, 40, 20, 30, 45), Pace(25, 35, 15, 20, 30), Pace(20, 30, 10, 15, 20))


@frozen
class Measured:
    """The seconds of an exercise in a session; `most`: how many sets the runner may do."""

    one: int
    rest: int
    most: int

    def seconds(self, sets: int, change: int) -> int:
        return sets * self.one + (sets - 1) * self.rest + change


@frozen
class Draft:
    """Exercises with their sets, at a pace, and the seconds that they take with the warm-up."""

    blocks: tuple[Block, ...]
    seconds: int
    pace: int

    def cost(self, seconds: int) -> tuple[float, ...]:
        """Return a sort key, which is smaller for a draft that fits the seconds better."""
        off = abs(self.seconds - seconds)
        sets = sum(block.sets for block in self.blocks) / len(self.blocks)
        return (max(0, off - NEAR), self.pace, abs(sets - USUAL_SETS), off)


@frozen
class Fit:
    """A routine and by how many seconds it misses the wish; `is_long`: it is too long."""

    routine: Routine
    off: int
    is_long: bool


def compose(
    exercises: Mapping[str, Exercise],
    wish: Wish,
    purpose: SessionPurpose,
    texts: PurposeTexts,
    trainee: Trainee,
    measure: Measure,
    least: int,
) -> Routine | None:
    """Return the routine that fits the wish best; None: nothing of the purpose can be done.

    `measure` returns the steps of a routine as the runner would do them now; no steps: there is no
    session. `least`: the minutes that a session needs while something rests.
    """
    best: Fit | None = None
    for quick, drops in ((False, False), (True, False), (True, True)):
        chosen, parts = _chosen(exercises, wish, purpose, trainee, quick=quick)
        if not chosen:
            return None
        empty = _routine(wish, texts, trainee, _blocks(chosen[:1], PACES[0], (1,)))
        seconds = _wanted(wish, empty.warm_up, least if trainee.sparing.rests else 0)
        counts = range(1 if drops else parts, (parts if drops else len(chosen)) + 1)
        drafts: list[Draft] = []
        for pace in range(len(PACES)):
            made = (
                _draft(empty, _ordered(chosen[:count]), pace, seconds, measure) for count in counts
            )
            drafts += filter(None, made)
            if any(abs(draft.seconds - seconds) <= NEAR for draft in drafts):
                break  # a quicker pace would only cost rest
        found = _nearest(empty, drafts, seconds, measure)
        if found is not None and (best is None or found.off < best.off):
            best = found
        if best is not None and (best.off <= NEAR or not best.is_long):
            break  # shorter sets and fewer exercises only help against too long a session
    return best.routine if best else None


def _nearest(empty: Routine, drafts: list[Draft], seconds: int, measure: Measure) -> Fit | None:
    """Return the best draft near the seconds, otherwise the nearest; None: no session."""
    best: Fit | None = None
    for draft in sorted(drafts, key=lambda draft: draft.cost(seconds))[:TRIES]:
        routine = empty.model_copy(update={"blocks": draft.blocks})
        steps = measure(routine)
        if not steps:
            continue
        takes = length(steps, warm_up=True)
        fit = Fit(routine, abs(takes - seconds), takes > seconds)
        if best is None or fit.off < best.off:
            best = fit
        if best.off <= NEAR:
            break
    return best


def _wanted(wish: Wish, warm_up: int, least: int) -> int:
    """Return the seconds to aim for, with at least `least` minutes after the warm-up."""
    seconds = min(60 * wish.minutes, int(LONGEST_SESSION.total_seconds()) - 15)
    return max(seconds, 60 * least + warm_up + NEAR) if least else seconds


def _routine(
    wish: Wish, texts: PurposeTexts, trainee: Trainee, blocks: tuple[Block, ...]
) -> Routine:
    warm_up = SHORT_WARM_UP if wish.minutes < SHORT else WARM_UP
    return Routine(
        id=wish.routine,
        level=trainee.level,
        progress=not wish.is_light,
        warm_up=0 if wish.is_light else warm_up,
        blocks=blocks,
        texts={"en": RoutineTexts(name=texts.name, in_short=texts.in_short)},
    )


def _chosen(
    exercises: Mapping[str, Exercise],
    wish: Wish,
    purpose: SessionPurpose,
    trainee: Trainee,
    *,
    quick: bool,
) -> tuple[list[Doing], int]:
    """Return the exercises, the most important first, and how many are for the purpose's parts.

    `quick`: exercises for both sides at once come first, because their sets are shorter.
    """
    able = list(_able(exercises, wish, trainee))
    chosen: list[Doing] = []
    for part in purpose.parts:
        _add(chosen, able, part, trainee, quick=quick)
    parts = len(chosen)
    for part in purpose.besides if parts else ():
        if len(chosen) < MOST_EXERCISES:
            _add(chosen, able, part, trainee, quick=quick)
    return chosen, parts


def _add(
    chosen: list[Doing], able: list[Doing], part: Part, trainee: Trainee, *, quick: bool
) -> None:
    """Add the exercise that suits the part best, if there is one left."""
    taken = {doing.exercise.id for doing in chosen}
    families = {doing.exercise.facts.family for doing in chosen}
    new = sum(key not in trainee.known for key in taken)

    def cost(doing: Doing) -> tuple[object, ...]:
        facts = doing.exercise.facts
        is_new = facts.id not in trainee.known
        return (
            bool(trainee.known) and is_new and new >= MOST_NEW,
            quick and facts.laterality == "unilateral",
            facts.purposes[0] not in part,
            facts.family in families,
            is_new,
            -trainee.days_without.get(facts.id, 1000),
            DEGREES.index(facts.level),
            facts.id,
        )

    serving = (one for one in able if not set(part).isdisjoint(one.exercise.facts.purposes))
    left = [doing for doing in serving if doing.exercise.id not in taken]
    if left:
        chosen.append(min(left, key=cost))


def _able(exercises: Mapping[str, Exercise], wish: Wish, trainee: Trainee) -> Iterator[Doing]:
    """Yield each exercise that the runner can and may do, in the first suitable form.

    Exercises that the runner always swaps are left out.
    """
    for exercise in exercises.values():
        facts = exercise.facts
        if (
            DEGREES.index(facts.level) > DEGREES.index(trainee.level)
            or facts.id in trainee.spent
            or facts.id in trainee.sparing.always
            or (wish.is_light and not facts.before_run)
        ):
            continue
        for form in (BASE, EASIER):
            if (
                exercise.has(form)
                and not is_harder(exercise, form)
                and can(exercise, form, trainee.kit)
                and trainee.sparing.allowance(exercise, form) is Allowance.FREELY
            ):
                yield done_with(exercise, form, trainee.kit)
                break


def _ordered(chosen: Sequence[Doing]) -> list[Doing]:
    """Return them in order: standing before the floor, trunk after legs, calf raises last.

    Two kneeling exercises are kept apart if another can come between them.
    """

    def place(doing: Doing) -> tuple[bool, ...]:
        facts = doing.exercise.facts
        posture = facts.demands.of(doing.form).posture
        is_calf = facts.exercise_class == "calf"
        return is_calf, facts.purposes[0] in TRUNK, posture not in STANDING

    ordered = sorted(chosen, key=place)
    for at in range(1, len(ordered) - 1):
        if _kneels(ordered[at - 1]) and _kneels(ordered[at]) and not _kneels(ordered[at + 1]):
            ordered[at], ordered[at + 1] = ordered[at + 1], ordered[at]
    return ordered


def _kneels(doing: Doing) -> bool:
    return doing.exercise.facts.demands.of(doing.form).posture in KNEELING


def _draft(
    empty: Routine, doings: Sequence[Doing], pace: int, seconds: int, measure: Measure
) -> Draft | None:
    """Return these exercises at this pace, with as many sets as come nearest to the seconds."""
    timing = PACES[pace]
    more_sets = MOST_IN_ALL - USUAL_SETS * len(doings) if empty.progress else 0
    most = [USUAL_SETS + (at < more_sets) for at in range(len(doings))]
    steps = measure(empty.model_copy(update={"blocks": _blocks(doings, timing, most)}))
    times = [_measured(steps, doing) for doing in doings]
    kept = [(doing, time) for doing, time in zip(doings, times, strict=True) if time]
    if not kept:
        return None
    before = length(steps, warm_up=True) - length(steps)
    left = seconds - before
    sets = _sets([time for _, time in kept], timing.change, left)
    takes = sum(
        time.seconds(count, timing.change) for (_, time), count in zip(kept, sets, strict=True)
    )
    shortest, longest = PACES[-1].change - timing.change, timing.longest_change - timing.change
    more = min(max((left - takes) // len(kept), shortest), longest)
    blocks = _blocks([doing for doing, _ in kept], timing, sets, more)
    return Draft(blocks, before + takes + more * len(kept), pace)


def _sets(times: Sequence[Measured], change: int, seconds: int) -> list[int]:
    """Return the sets of each exercise: one, and one more where they are fewest while it helps."""
    sets = [1] * len(times)
    takes = sum(time.seconds(1, change) for time in times)
    while True:
        able = [at for at, time in enumerate(times) if sets[at] < time.most]
        if not able:
            return sets
        at = min(able, key=lambda at: (sets[at], at))
        longer = takes + times[at].one + times[at].rest
        if abs(longer - seconds) >= abs(takes - seconds):
            return sets
        sets[at] += 1
        takes = longer


def _measured(steps: Sequence[Step], doing: Doing) -> Measured | None:
    """Return the times of the exercise in the steps; None: it is not done today."""
    own = [step for step in steps if step.exercise == doing.exercise.id and step.is_work]
    first = [step for step in own if step.set_number == 1]
    if not first:
        return None
    one = sum(step.work for step in first) + sum(step.rest for step in first[:-1])
    rest = first[-1].rest if first[-1].rest_kind is RestKind.REST else 0
    return Measured(one, rest, max(step.set_number for step in own))


def _blocks(
    doings: Sequence[Doing], pace: Pace, sets: Sequence[int], more: int = 0
) -> tuple[Block, ...]:
    """Return the blocks, with `more` seconds between exercises than usual at this pace."""
    return tuple(
        _block(doing, pace, count, pace.change + more)
        for doing, count in zip(doings, sets, strict=True)
    )


def _block(doing: Doing, pace: Pace, sets: int, change: int) -> Block:
    """Return the block, with the rest that the exercise needs between sets of the same side."""
    facts = doing.exercise.facts
    halves = facts.laterality == "unilateral"
    work = pace.side if halves else pace.both
    between = work + SWITCH if halves else 0
    return Block(
        exercise=facts.id,
        form=doing.form,
        sets=sets,
        work=work,
        halves=halves,
        switch=SWITCH if halves else 0,
        rest=max(pace.rest, facts.dose.rest_seconds[0] - between),
        change=change,
    )
