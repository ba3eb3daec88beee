"""Routines as steps: blocks set by set or round by round, done with what a runner owns."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.catalogue.kit import Doing, doing
from bot.catalogue.models import BASE, Block, Routine
from bot.catalogue.reading import Exercise
from bot.catalogue.sparing import NOTHING, SWITCH, Sparing, chosen, spared
from bot.domain.kit import Kit
from bot.domain.session import Rest, Step


@dataclass(frozen=True, slots=True)
class Plan:
    """A block with how it is done, instead of what, and its timing for that."""

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
        """The sides of a set; a set of one go has one, without a name."""
        if self.switch is None:
            return (None,)
        return self.doing.exercise.texts.side_names or (None, None)


def plans(
    exercises: Mapping[str, Exercise],
    routine: Routine,
    kit: Kit | None,
    sparing: Sparing = NOTHING,
) -> tuple[Plan, ...]:
    """Every block as this kit can do it; no exercise comes twice if that can be helped.

    A block of what is spared is left out where nothing can stand in for it.
    """
    taken = {block.exercise for block in routine.blocks}
    made: list[Plan] = []
    for block in routine.blocks:
        plan = _plan(exercises, block, kit, sparing, taken)
        if plan is not None:
            taken.add(plan.doing.exercise.id)
            made.append(plan)
    return tuple(made)


def _plan(
    exercises: Mapping[str, Exercise],
    block: Block,
    kit: Kit | None,
    sparing: Sparing,
    taken: Collection[str],
) -> Plan | None:
    """What is done: always instead, else as planned, else what stands in; None: nothing can."""
    planned = exercises[block.exercise]
    able = doing(exercises, planned, kit, block.form, block.swap, taken)
    for it in (Doing(planned, block.form), able):
        wished = chosen(exercises, it.exercise, kit, sparing)
        if wished is not None:
            name = _name(it.exercise, it.form)
            return replace(_timed(block, wished, name), swapped=(it.exercise.id, it.form))
    if able.exercise.id not in sparing.without:
        return _timed(block, able, _name(planned, block.form) if able.lacks else "")
    other = spared(exercises, planned, kit, sparing, taken)
    if other is None:
        return None
    return replace(_timed(block, other, _name(planned, block.form)), spares=True)


def _name(exercise: Exercise, form: str) -> str:
    found = exercise.texts.forms.get(form)
    return found.name if found else exercise.texts.name


def _timed(block: Block, it: Doing, instead_of: str) -> Plan:
    """A sided exercise in a block for both sides at once is split, and all takes as long as before.

    The work is halved, and the pause to change sides is taken from the rest after it. A block per
    side keeps its two goes whatever is done in it.
    """
    as_planned = it.exercise.id == block.exercise
    if block.halves or as_planned or it.exercise.facts.laterality != "unilateral":
        switch = block.switch if block.halves else None
        return Plan(block, it, instead_of, block.work, switch, block.rest, block.change)
    after = min(block.rest, block.change) if block.sets > 1 else block.change
    taken = min(SWITCH, after)
    return Plan(
        block,
        it,
        instead_of,
        work=block.work // 2,
        switch=taken + block.work % 2,
        rest=max(block.rest - taken, 0),
        change=block.change - taken,
    )


def steps(routine: Routine, planned: tuple[Plan, ...], finished_before: int) -> tuple[Step, ...]:
    """The routine as steps, for a runner who has finished it this many times."""
    limits = routine.sets_in_first_sessions[finished_before : finished_before + 1]
    made = [_warm_up(routine.warm_up)] if routine.warm_up and planned else []
    if routine.rounds > 1:
        rounds = min(routine.rounds, *limits) if limits else routine.rounds
        for number in range(1, rounds + 1):
            for plan in planned:
                made.extend(_set(plan, number, rounds, last=True, in_rounds=True))
        return tuple(made)
    for plan in planned:
        sets = min(plan.block.sets, *limits) if limits else plan.block.sets
        for number in range(1, sets + 1):
            made.extend(_set(plan, number, sets, last=number == sets))
    return tuple(made)


def _set(
    plan: Plan, number: int, sets: int, *, last: bool, in_rounds: bool = False
) -> Iterator[Step]:
    """One step for each go of a set; `last`: the next exercise follows."""
    it, block = plan.doing, plan.block
    texts = it.exercise.texts
    form = texts.forms.get(it.form)
    about = block.about if it.exercise.id == block.exercise and it.form == block.form else None
    for go, side in enumerate(plan.goes, start=1):
        if go < len(plan.goes):
            rest, kind = plan.switch or 0, Rest.SWITCH
        elif last:
            rest, kind = plan.change, Rest.CHANGE
        else:
            rest, kind = plan.rest, Rest.REST
        yield Step(
            exercise=it.exercise.id,
            name=form.name if form else texts.name,
            form=it.form,
            set_number=number,
            sets=sets,
            side=side,
            work=plan.work,
            about=(about.low, about.high, about.unit) if about else None,
            band=(form.band if form else texts.band) if it.with_band else "",
            cues=(form or texts).cues[:2],
            rest=rest,
            rest_kind=kind,
            go=go if len(plan.goes) > 1 and side is None else 0,
            in_rounds=in_rounds,
            instead_of=plan.instead_of,
            lacks=it.lacks,
            spares=plan.spares,
            planned=plan.swapped[0],
            planned_form=plan.swapped[1],
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
        rest_kind=Rest.CHANGE,
    )
