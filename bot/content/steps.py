"""The steps of a routine, set by set or round by round, for a runner's kit.

A door anchor is fixed first of all, and again before a step that needs another height.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from bot.content.adjusting import EASIER, holding, worn
from bot.content.counting import counting
from bot.content.kit import Doing, Exercises, doing
from bot.content.models import BASE
from bot.content.reading import Exercise
from bot.content.resting import Allowance, Resting
from bot.content.routine_models import Block, Routine
from bot.content.sparing import NOTHING, SWITCH, Sparing, chosen, eased, spared
from bot.domain.frozen import frozen
from bot.domain.kit import Band, Kit, KitKind
from bot.domain.own_routine import is_own
from bot.domain.prescription import Prescription, lighter
from bot.domain.readiness import TodaysDose
from bot.domain.regions import Region
from bot.domain.session import Part, RestKind, Step
from bot.domain.wish import is_light

Fields = dict[str, Any]  # of a step, which is created once all are known
_kind = itemgetter("exercise", "form", "part", "gently", "work", "pace", "count")


@frozen
class Plan:
    """The exercise of a block for a runner, with its times in seconds.

    `instead_of`: the name of the planned exercise or form if another is done, else "". `spares`:
    the planned exercise or form is left out. `swapped`: the exercise id and form that the runner
    always swaps, if this is such a swap. `switch`: None if a set is not divided. `gently`: it is
    done in one set, the easier way, without a band, because a resting region allows no more.
    """

    block: Block
    doing: Doing
    instead_of: str
    work: int
    switch: int | None
    rest: int
    change: int
    spares: bool = False
    swapped: tuple[str, str] = ("", "")
    gently: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the exercise is the block's own, or what the runner always does instead."""
        return bool(self.swapped[0]) or self.doing.exercise.id == self.block.exercise

    @property
    def goes(self) -> tuple[str | None, ...]:
        """Return the name of the side for each go of a set; None: it has no name."""
        if self.switch is None:
            return (None,)
        if not self.doing.exercise.has_sides(self.doing.form):
            return (None, None)
        return self.doing.exercise.texts.side_names or (None, None)


def plans(
    exercises: Exercises, blocks: Sequence[Block], kit: Kit | None, sparing: Sparing = NOTHING
) -> tuple[Plan, ...]:
    """Return the plan of each block for this kit; replacements avoid the other blocks' exercises.

    A block whose exercise is to be left out is omitted if no exercise can replace it.
    """
    taken = {block.exercise for block in blocks}
    result: list[Plan] = []
    for block in blocks:
        plan = _plan(exercises, block, kit, sparing, taken)
        if plan is not None:
            taken.add(plan.doing.exercise.id)
            result.append(plan)
    return tuple(result)


def own_exercises(
    exercises: Exercises, blocks: Sequence[Block], kit: Kit | None, sparing: Sparing
) -> int:
    """Return how many exercises are the blocks' own, without computing stand-ins."""
    taken = {block.exercise for block in blocks}
    kept = (_kept(exercises, block, kit, sparing, taken) for block in blocks)
    return count_own(filter(None, kept))


def count_own(planned: Iterable[Plan]) -> int:
    """Return how many of the planned exercises are the blocks' own."""
    return len({plan.doing.exercise.id for plan in planned if plan.is_own})


def _plan(
    exercises: Exercises, block: Block, kit: Kit | None, sparing: Sparing, taken: Collection[str]
) -> Plan | None:
    """Return the runner's lasting swap, or what the kit allows, or a replacement, or None."""
    kept = _kept(exercises, block, kit, sparing, taken)
    if kept is not None:
        return kept
    planned = Doing(exercises[block.exercise], block.form)
    other = spared(exercises, planned, kit, sparing, taken)
    if other is None:
        return None
    return replace(_timed(block, other, planned.texts.name), spares=True)


def _kept(
    exercises: Exercises, block: Block, kit: Kit | None, sparing: Sparing, taken: Collection[str]
) -> Plan | None:
    """Return the runner's lasting swap, or what the kit allows; None: neither may be done."""
    planned = Doing(exercises[block.exercise], block.form)
    able = doing(exercises, planned.exercise, kit, block.form, block.swap, taken)
    for candidate in (planned, able):
        wished = chosen(exercises, candidate, kit, sparing)
        if wished is not None:
            swapped = candidate.exercise.id, candidate.form
            return replace(_timed(block, wished, candidate.texts.name), swapped=swapped)
    fitting = _fitting(planned, able, kit, sparing)
    if fitting is None:
        return None
    spares = (fitting.exercise.id, fitting.form) != (able.exercise.id, able.form)
    gently = sparing.allowance(fitting.exercise, fitting.form) is Allowance.GENTLY
    instead_of = planned.texts.name if fitting.lacks or spares else ""
    return replace(_timed(block, fitting, instead_of), spares=spares, gently=gently)


def _fitting(planned: Doing, able: Doing, kit: Kit | None, sparing: Sparing) -> Doing | None:
    """Return what the kit allows, eased for the regions that rest; None: they rule it out."""
    if sparing == NOTHING:
        return able
    if able.exercise.id != planned.exercise.id:
        lets = sparing.lets(able.exercise, able.form, planned.exercise, planned.form)
        return able if lets else None
    if sparing.allowance(able.exercise, able.form) is Allowance.FREELY:
        return able
    return eased(able.exercise, able.form, kit, sparing)


def _timed(block: Block, doing: Doing, instead_of: str) -> Plan:
    """Return the plan of a block, which takes as long as the block with any exercise.

    If a one-sided exercise replaces one for both sides at once, its sets are divided: the work is
    halved, and the time to change sides is taken from the rest. A block in halves stays in halves.
    """
    as_planned = doing.exercise.id == block.exercise
    if block.halves or as_planned or doing.exercise.facts.laterality != "unilateral":
        switch = block.switch if block.halves else None
        return Plan(block, doing, instead_of, block.work, switch, block.rest, block.change)
    after = min(block.rest, block.change) if block.sets > 1 else block.change
    taken = min(SWITCH, after)
    return Plan(
        block,
        doing,
        instead_of,
        work=block.work // 2,
        switch=taken + block.work % 2,
        rest=max(block.rest - taken, 0),
        change=block.change - taken,
    )


def is_untouched(routine: Routine, planned: Collection[Plan]) -> bool:
    """Return whether the routine is a runner's own and is unaffected by the resting regions.

    It is then a session, however short it is.
    """
    return (
        is_own(routine.id)
        and len(planned) == len(routine.blocks)
        and not any(plan.spares or plan.gently for plan in planned)
    )


def steps(
    routine: Routine,
    planned: tuple[Plan, ...],
    finished_before: int,
    today: Mapping[str, TodaysDose] | None = None,
    kit: Kit | None = None,
    resting: Resting | None = None,
) -> tuple[Step, ...]:
    """Return the steps for a runner who has finished the routine `finished_before` times.

    `today`: the runner's own doses by exercise id; without one, the exercise is done as planned.
    The steps are empty if resting regions rule the routine out.
    """
    own = today or {}
    if resting is not None:
        own = {key: _rested(dose, planned, key) for key, dose in own.items()}
    planned = tuple(_varied(plan, own.get(plan.doing.exercise.id), resting) for plan in planned)
    limits = routine.sets_in_first_sessions[finished_before : finished_before + 1]
    result = _warm_ups(routine, resting) if planned else []
    result += _work(routine, planned, limits, own, kit, resting.regions if resting else ())
    result = _anchored(planned, result)
    if resting is not None and is_light(routine.id) and not resting.allows_before_run():
        return ()
    return tuple(result)


def _work(
    routine: Routine,
    planned: tuple[Plan, ...],
    limits: tuple[int, ...],
    own: Mapping[str, TodaysDose],
    kit: Kit | None,
    regions: Collection[Region],
) -> list[Step]:
    """Return the steps after the warm-up; `limits`: the most sets in this session, if limited.

    `regions`: those that rest.
    """
    result: list[Fields] = []
    if routine.rounds > 1:
        rounds = min(routine.rounds, *limits) if limits else routine.rounds
        rounds = max((_most(plan, own, rounds) for plan in planned), default=rounds)
        for number in range(1, rounds + 1):
            for plan in planned:
                if number <= _most(plan, own, rounds):
                    result.extend(_set(plan, number, rounds, last=True, in_rounds=True))
        return _prescribed(planned, result, own, kit, regions)
    for plan in planned:
        sets = _most(plan, own, min(plan.block.sets, *limits) if limits else plan.block.sets)
        result.extend(_ramp(plan, sets))
        for number in range(1, sets + 1):
            result.extend(_set(plan, number, sets, last=number == sets))
    return _prescribed(planned, result, own, kit, regions)


def _anchored(planned: tuple[Plan, ...], made: list[Step]) -> list[Step]:
    """Return the steps with one that fixes the anchor first, and one wherever it moves."""
    heights = {plan.doing.exercise.id: plan.doing.exercise.facts.anchor_height for plan in planned}
    result: list[Step] = []
    fixed = ""
    for step in made:
        height = heights.get(step.exercise or "") if step.band else None
        if height and height != fixed:
            result.insert(len(result) if fixed else 0, step.anchored_at(height))
            fixed = height
        result.append(step)
    return result


def _most(plan: Plan, own: Mapping[str, TodaysDose], sets: int) -> int:
    if plan.gently:
        return 1
    dose = own.get(plan.doing.exercise.id)
    return min(sets, dose.sets) if dose else sets


def _rested(dose: TodaysDose, planned: tuple[Plan, ...], exercise: str) -> TodaysDose:
    """Return the dose while a region rests: no harder form; easier and without band if gently."""
    gently = any(plan.gently for plan in planned if plan.doing.exercise.id == exercise)
    before = dose.prescription
    if gently:
        return replace(dose, prescription=replace(before, variant=0, band=None, tempo=0))
    return replace(dose, prescription=replace(before, variant=min(1, before.variant)))


def _varied(plan: Plan, dose: TodaysDose | None, resting: Resting | None) -> Plan:
    """Return the plan with the easier form, if this is prescribed, exists and is allowed."""
    doing = plan.doing
    if dose is None or dose.prescription.variant or doing.form != BASE or plan.gently:
        return plan
    if EASIER not in doing.exercise.texts.forms:
        return plan
    easier = doing.exercise.facts.demands.of(EASIER)
    if resting is not None and resting.allowance(easier) is not Allowance.FREELY:
        return plan
    return replace(plan, doing=replace(doing, form=EASIER))


def _prescribed(
    planned: tuple[Plan, ...],
    made: Iterable[Fields],
    own: Mapping[str, TodaysDose],
    kit: Kit | None,
    regions: Collection[Region],
) -> list[Step]:
    """Return the steps with the runner's own bands, tempo, variants and repetitions."""
    doings = {plan.doing.exercise.id: plan.doing for plan in reversed(planned)}
    in_common: dict[tuple[Any, ...], Fields] = {}  # by kind of set
    result = []
    for step in made:
        kind = (*_kind(step), step["side"] is None, step["go"] > 0)
        if kind not in in_common:
            doing, dose = doings[step["exercise"]], own.get(step["exercise"])
            in_common[kind] = _in_common(step, doing, dose, kit, regions)
        result.append(Step(**(step | in_common[kind])))
    return result


def _in_common(
    step: Fields,
    doing: Doing,
    dose: TodaysDose | None,
    kit: Kit | None,
    regions: Collection[Region],
) -> Fields:
    """Return what the dose and the repetitions change in this step and all similar ones."""
    if dose is None:
        return counting(step, doing.exercise)
    changes = _changes(step, doing, dose.prescription, kit, regions)
    target = None if step["part"] is Part.RAMP else dose.prescription.target
    return changes | counting(step | changes, doing.exercise, target)


def _changes(
    step: Fields,
    doing: Doing,
    prescription: Prescription,
    kit: Kit | None,
    regions: Collection[Region],
) -> Fields:
    """Return what the prescription changes in a step."""
    band = _own_band(doing, prescription, kit, step["part"])
    changes: Fields = {}
    if band is not None:
        changes |= {"level": band.level.value, "kind": band.kind.value, "colour": band.colour}
    if step["part"] is not Part.RAMP:
        changes |= {"tempo": prescription.tempo, "variant": prescription.variant}
        changes |= _advice(step, doing, prescription.variant, band, kit, regions)
    return changes


def _own_band(doing: Doing, prescription: Prescription, kit: Kit | None, part: Part) -> Band | None:
    """Return the runner's prescribed band, if one is worn."""
    if kit is None or not worn(doing, kit):
        return None
    return _band(doing.exercise, kit, prescription, part)


def _advice(
    step: Fields,
    doing: Doing,
    variant: int,
    band: Band | None,
    kit: Kit | None,
    regions: Collection[Region],
) -> Fields:
    """Return the advice for the easier or harder variant of a step, if there is any.

    The easier form needs none, because it is the easier variant itself.
    """
    if step["gently"] or variant == 1 or (step["form"] == EASIER and not variant):
        return {}
    texts = doing.exercise.texts
    kinds = frozenset({band.kind.value}) if band else worn(doing, kit)
    adjustment = holding(texts.harder if variant else texts.easier, step["form"], kinds, regions)
    if adjustment is None:
        return {}
    off = {"band": "", "level": "", "kind": "", "colour": ""} if adjustment.takes_band_off else {}
    return {"advice": adjustment.text} | off


def _band(exercise: Exercise, kit: Kit, prescription: Prescription, part: Part) -> Band | None:
    """Return the runner's band for a step: the prescribed one, or the next lighter for a ramp."""
    kinds = [kind for kind in KitKind if kind.value in exercise.facts.bands]
    owned = [band for kind in kinds for band in kit.of(kind)]
    wanted = prescription.band
    if part is Part.RAMP:
        wanted = lighter(wanted, {band.level for band in owned})
    return next((band for band in owned if band.level == wanted), None)


def _ramp(plan: Plan, sets: int) -> Iterator[Fields]:
    """Yield the slow repetitions before the first set, if the block has any.

    A single set, or one without a band, needs none.
    """
    ramp = plan.block.ramp
    if ramp is None or sets < 2 or plan.gently:
        return
    work, switch = ramp.work, ramp.switch
    if plan.switch is not None and not plan.block.halves:  # divided, as in _timed
        work, switch = ramp.work // 2, ramp.work % 2
    timed = replace(plan, work=work, switch=None if plan.switch is None else switch, rest=ramp.rest)
    for step in _set(timed, 1, sets, last=False):
        yield step | {"count": ramp.count, "part": Part.RAMP, "pace": "", "about": None}


def _set(
    plan: Plan, number: int, sets: int, *, last: bool, in_rounds: bool = False
) -> Iterator[Fields]:
    """Yield a step for each go of a set; `last`: the next set is of another exercise."""
    doing, block = plan.doing, plan.block
    texts = doing.texts
    as_planned = doing.exercise.id == block.exercise
    about = block.about if as_planned and doing.form == block.form else None
    step = {
        "exercise": doing.exercise.id,
        "name": texts.name,
        "form": doing.form,
        "set_number": number,
        "sets": sets,
        "work": plan.work,
        "about": (about.low, about.high, about.unit) if about else None,
        "band": texts.band if doing.with_band else "",
        "cues": texts.cues[:2],
        "in_rounds": in_rounds,
        "instead_of": plan.instead_of,
        "lacks": doing.lacks,
        "spares": plan.spares,
        "planned": plan.swapped[0],
        "planned_form": plan.swapped[1],
        "gently": plan.gently,
        "part": Part.WORK,
        "tempo": 0,
        "count": 0,
        "pace": (block.tempo or "") if as_planned else "",
    }
    goes = plan.goes
    for go, side in enumerate(goes, start=1):
        if go < len(goes):
            rest, kind = plan.switch or 0, RestKind.SWITCH
        elif last:
            rest, kind = plan.change, RestKind.CHANGE
        else:
            rest, kind = plan.rest, RestKind.REST
        number_of_go = go if len(goes) > 1 and side is None else 0
        yield step | {"side": side, "rest": rest, "rest_kind": kind, "go": number_of_go}


def _warm_ups(routine: Routine, resting: Resting | None) -> list[Step]:
    """Return the warm-up that the routine has and the resting regions allow."""
    kind = resting.warm_up() if resting else ""
    if not routine.warm_up or kind is None:
        return []
    warm_up = Step(
        exercise=None,
        name="",
        form=BASE,
        set_number=1,
        sets=1,
        side=None,
        work=routine.warm_up,
        about=None,
        band="",
        cues=(),
        rest=0,
        rest_kind=RestKind.CHANGE,
        warm_up=kind,
    )
    return [warm_up]
