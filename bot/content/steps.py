"""The steps of a routine, set by set or round by round, for a runner's kit.

Where a door anchor is used, it is fixed before everything else; where it moves, before that.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.content.counting import counted
from bot.content.kit import Doing, doing
from bot.content.models import BASE, Block, Routine
from bot.content.reading import Exercise
from bot.content.sparing import NOTHING, SWITCH, Sparing, chosen, spared
from bot.domain.kit import Band, Kit, KitKind
from bot.domain.prescription import Prescription, lighter
from bot.domain.readiness import TodaysDose
from bot.domain.session import Part, RestKind, Step

EASIER = "easier"


@dataclass(frozen=True, slots=True)
class Plan:
    """The exercise of a block for a runner, with its times in seconds.

    `instead_of`: the name of the planned exercise or form if another is done, else "". `spares`:
    the planned exercise is left out. `swapped`: the exercise id and form that the runner always
    swaps, if this is such a swap. `switch`: None if a set is not divided.
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

    @property
    def goes(self) -> tuple[str | None, ...]:
        """Return the name of the side for each go of a set; None: it has no name."""
        if self.switch is None:
            return (None,)
        if not self.doing.exercise.has_sides(self.doing.form):
            return (None, None)
        return self.doing.exercise.texts.side_names or (None, None)


def plans(
    exercises: Mapping[str, Exercise],
    routine: Routine,
    kit: Kit | None,
    sparing: Sparing = NOTHING,
) -> tuple[Plan, ...]:
    """Return the plan of each block for this kit; replacements avoid the other blocks' exercises.

    A block whose exercise is to be left out is omitted if no exercise can replace it.
    """
    taken = {block.exercise for block in routine.blocks}
    result: list[Plan] = []
    for block in routine.blocks:
        plan = _plan(exercises, block, kit, sparing, taken)
        if plan is not None:
            taken.add(plan.doing.exercise.id)
            result.append(plan)
    return tuple(result)


def _plan(
    exercises: Mapping[str, Exercise],
    block: Block,
    kit: Kit | None,
    sparing: Sparing,
    taken: Collection[str],
) -> Plan | None:
    """Return the runner's lasting swap, else what the kit allows, else a replacement or None."""
    planned = exercises[block.exercise]
    able = doing(exercises, planned, kit, block.form, block.swap, taken)
    for candidate in (Doing(planned, block.form), able):
        wished = chosen(exercises, candidate.exercise, kit, sparing)
        if wished is not None:
            name = _name(candidate.exercise, candidate.form)
            swapped = candidate.exercise.id, candidate.form
            return replace(_timed(block, wished, name), swapped=swapped)
    if able.exercise.id not in sparing.without:
        return _timed(block, able, _name(planned, block.form) if able.lacks else "")
    other = spared(exercises, planned, kit, sparing, taken)
    if other is None:
        return None
    return replace(_timed(block, other, _name(planned, block.form)), spares=True)


def _name(exercise: Exercise, form: str) -> str:
    texts = exercise.texts.forms.get(form)
    return texts.name if texts else exercise.texts.name


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


def steps(
    routine: Routine,
    planned: tuple[Plan, ...],
    finished_before: int,
    today: Mapping[str, TodaysDose] | None = None,
    kit: Kit | None = None,
) -> tuple[Step, ...]:
    """Return the steps for a runner who has finished the routine `finished_before` times.

    `today`: the runner's own doses by exercise id; without one, the exercise is done as planned.
    """
    own = today or {}
    planned = tuple(_varied(plan, own.get(plan.doing.exercise.id)) for plan in planned)
    limits = routine.sets_in_first_sessions[finished_before : finished_before + 1]
    result = [_warm_up(routine.warm_up)] if routine.warm_up and planned else []
    if routine.rounds > 1:
        rounds = min(routine.rounds, *limits) if limits else routine.rounds
        for number in range(1, rounds + 1):
            for plan in planned:
                if number <= _most(plan, own, rounds):
                    result.extend(_set(plan, number, rounds, last=True, in_rounds=True))
        return _finished(planned, result, own, kit)
    for plan in planned:
        result.extend(_ramp(plan))
        sets = _most(plan, own, min(plan.block.sets, *limits) if limits else plan.block.sets)
        for number in range(1, sets + 1):
            result.extend(_set(plan, number, sets, last=number == sets))
    return _finished(planned, result, own, kit)


def _finished(
    planned: tuple[Plan, ...], made: list[Step], own: Mapping[str, TodaysDose], kit: Kit | None
) -> tuple[Step, ...]:
    return tuple(_anchored(planned, [_prescribed(planned, step, own, kit) for step in made]))


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
    dose = own.get(plan.doing.exercise.id)
    return min(sets, dose.sets) if dose else sets


def _varied(plan: Plan, dose: TodaysDose | None) -> Plan:
    """Return the plan with the exercise's easier form, if that is prescribed and exists."""
    doing = plan.doing
    if dose is None or dose.prescription.variant or doing.form != BASE:
        return plan
    if EASIER not in doing.exercise.texts.forms:
        return plan
    return replace(plan, doing=replace(doing, form=EASIER))


def _prescribed(
    planned: tuple[Plan, ...], step: Step, own: Mapping[str, TodaysDose], kit: Kit | None
) -> Step:
    """Return the step with the runner's own band, tempo, variant and repetitions.

    The easier variant names no band, because the advice may be to leave it off.
    """
    if step.is_warm_up:
        return step
    doing = next(plan.doing for plan in planned if plan.doing.exercise.id == step.exercise)
    dose = own.get(doing.exercise.id)
    if dose is None:
        return counted(step, doing.exercise)
    prescription, texts = dose.prescription, doing.exercise.texts
    advice = ""
    if step.form == BASE and prescription.variant != 1:
        advice = (texts.harder if prescription.variant else texts.easier)[0]
    if step.part is Part.RAMP:
        named = counted(step, doing.exercise)
    else:
        named = replace(step, tempo=prescription.tempo, variant=prescription.variant, advice=advice)
        named = counted(named, doing.exercise, prescription.target)
    form = texts.forms.get(step.form)
    without = not step.band or (form is not None and not form.needs_band)
    if kit is None or without or not prescription.variant:
        return named
    band = _band(doing.exercise, kit, prescription, step.part)
    if band is None:
        return named
    return replace(named, level=band.level.value, kind=band.kind.value, colour=band.colour)


def _band(exercise: Exercise, kit: Kit, prescription: Prescription, part: Part) -> Band | None:
    """Return the runner's band for a step: the prescribed one, or the next lighter for a ramp."""
    kinds = [kind for kind in KitKind if kind.value in exercise.facts.bands]
    owned = [band for kind in kinds for band in kit.of(kind)]
    wanted = prescription.band
    if part is Part.RAMP:
        wanted = lighter(wanted, {band.level for band in owned})
    return next((band for band in owned if band.level == wanted), None)


def _ramp(plan: Plan) -> Iterator[Step]:
    """Yield the slow repetitions before the first set, if the block has any."""
    ramp = plan.block.ramp
    if ramp is None:
        return
    work, switch = ramp.work, ramp.switch
    if plan.switch is not None and not plan.block.halves:  # divided, as in _timed
        work, switch = ramp.work // 2, ramp.work % 2
    timed = replace(plan, work=work, switch=None if plan.switch is None else switch, rest=ramp.rest)
    for step in _set(timed, 1, plan.block.sets, last=False):
        yield replace(step, count=ramp.count, part=Part.RAMP, pace="", about=None)


def _set(
    plan: Plan, number: int, sets: int, *, last: bool, in_rounds: bool = False
) -> Iterator[Step]:
    """Yield a step for each go of a set; `last`: the next set is of another exercise."""
    doing, block = plan.doing, plan.block
    texts = doing.exercise.texts
    form = texts.forms.get(doing.form)
    as_planned = doing.exercise.id == block.exercise
    about = block.about if as_planned and doing.form == block.form else None
    for go, side in enumerate(plan.goes, start=1):
        if go < len(plan.goes):
            rest, kind = plan.switch or 0, RestKind.SWITCH
        elif last:
            rest, kind = plan.change, RestKind.CHANGE
        else:
            rest, kind = plan.rest, RestKind.REST
        yield Step(
            exercise=doing.exercise.id,
            name=form.name if form else texts.name,
            form=doing.form,
            set_number=number,
            sets=sets,
            side=side,
            work=plan.work,
            about=(about.low, about.high, about.unit) if about else None,
            band=(form.band if form else texts.band) if doing.with_band else "",
            cues=(form or texts).cues[:2],
            rest=rest,
            rest_kind=kind,
            go=go if len(plan.goes) > 1 and side is None else 0,
            in_rounds=in_rounds,
            instead_of=plan.instead_of,
            lacks=doing.lacks,
            spares=plan.spares,
            planned=plan.swapped[0],
            planned_form=plan.swapped[1],
            pace=(block.tempo or "") if as_planned else "",
        )


def _warm_up(seconds: int) -> Step:
    return Step(
        exercise=None,
        name="",
        form=BASE,
        set_number=1,
        sets=1,
        side=None,
        work=seconds,
        about=None,
        band="",
        cues=(),
        rest=0,
        rest_kind=RestKind.CHANGE,
    )
