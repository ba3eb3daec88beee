"""Runners' own routines, made of the exercises of the catalogue."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from math import ceil

from bot.content import Catalogue
from bot.content.composing import WARM_UP
from bot.content.counting import unit_of
from bot.content.kit import DEGREES
from bot.content.models import BASE
from bot.content.reading import Exercise
from bot.content.routine_models import Block, Routine, RoutineTexts
from bot.content.sparing import SWITCH
from bot.domain.frozen import frozen
from bot.domain.load import MOST_EXERCISES, fits
from bot.domain.own_routine import (
    LONGEST_REST,
    SHORTEST_REST,
    Draft,
    Line,
    OwnRoutine,
    Remark,
    without_links,
)
from bot.domain.prescription import DIRECTIONS, MOST_SETS, Unit, seconds_each
from bot.domain.routine_words import Item, Meaning, TypedRoutine
from bot.domain.session import length
from bot.domain.spelling import normalised

CHANGE = 30  # seconds after the last set, if no rest was typed
SHORTEST_WORK = 5  # seconds


class Fault(StrEnum):
    """Why a draft can't be saved."""

    EMPTY = "empty"
    MANY = "many"  # exercises
    LONG = "long"  # minutes


@frozen
class Planned:
    """An exercise as the coach plans it; `amount` is in this unit, on each side if it has two."""

    exercise: Exercise
    sets: int
    amount: int
    unit: Unit
    remark: Remark = Remark.NONE

    @property
    def each_side(self) -> bool:
        laterality = self.exercise.facts.laterality
        is_alternating = laterality == "alternating" and self.unit is not Unit.SECONDS
        return laterality == "unilateral" or is_alternating

    @property
    def work(self) -> int:
        """The seconds of a set, or of each of its halves."""
        return self.amount if self.unit is Unit.SECONDS else self.amount * _seconds(self.exercise)


@frozen
class Understood:
    """A draft as the coach understands it; `minutes` includes the warm-up."""

    draft: Draft
    exercises: tuple[Planned, ...]
    minutes: int = 0
    fault: Fault | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved."""
        return self.fault is None and self.draft.open_line is None


def understood(catalogue: Catalogue, draft: Draft) -> Understood:
    exercises = planned(catalogue, draft.lines)
    if not draft.lines or (not exercises and draft.open_line is None):
        return Understood(draft, (), fault=Fault.EMPTY)
    own = OwnRoutine("", draft.name, draft.lines, draft.rest)
    routine = build(catalogue, own)
    if routine is None:
        return Understood(draft, exercises)
    took = seconds(catalogue, routine)
    fault = None
    if len(routine.blocks) > MOST_EXERCISES:
        fault = Fault.MANY
    elif not fits(took):
        fault = Fault.LONG
    return Understood(draft, exercises, ceil(took / 60), fault)


def lines_of(catalogue: Catalogue, typed: TypedRoutine) -> tuple[Line, ...]:
    """Return the typed exercises; unclear ones have the ids that may be meant."""
    return tuple(line for item in typed.items for line in _lines(catalogue, item))


def _lines(catalogue: Catalogue, item: Item) -> tuple[Line, ...]:
    """Return the lines of an item: one for each exercise in a name such as “squats and bridges”."""
    whole = _line(catalogue, item, item.name)
    parts = tuple(_line(catalogue, item, name) for name in _joined(catalogue, item.name))
    return parts if not whole.exercise and all(part.exercise for part in parts) else (whole,)


def _joined(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return the parts of the name between words such as “and”."""
    meanings = catalogue.routine_words.meanings
    parts = [""]
    for word in name.split():
        if meanings.get(normalised(word)) is Meaning.JOINING:
            parts.append("")
        else:
            parts[-1] = f"{parts[-1]} {word}".strip()
    return tuple(parts)


def _line(catalogue: Catalogue, item: Item, name: str) -> Line:
    match = catalogue.find_exercise(name)
    sure = match.sure if match.sure and not match.by_first_word else ""
    near = () if sure else tuple(filter(None, (match.sure, *match.near)))
    return Line(name, sure or "", near, item.sets, item.amount, item.in_seconds)


def planned(catalogue: Catalogue, lines: Iterable[Line]) -> tuple[Planned, ...]:
    """Return the known exercises, as the coach plans them."""
    seen: set[str] = set()
    result = []
    for line in lines:
        exercise = catalogue.exercises.get(line.exercise)
        if exercise is None:
            continue
        result.append(_planned(exercise, line, is_again=line.exercise in seen))
        seen.add(line.exercise)
    return tuple(result)


def _planned(exercise: Exercise, line: Line, *, is_again: bool) -> Planned:
    dose = exercise.facts.dose
    unit = unit_of(exercise, BASE)
    sets = min(line.sets or dose.sets[0], MOST_SETS)
    each = _seconds(exercise)
    is_held = unit is Unit.SECONDS
    in_seconds = is_held or bool(line.in_seconds)
    refused = is_held and line.in_seconds is False
    wanted = None if refused or not line.amount else line.amount
    low, top = dose.range
    least = -(-SHORTEST_WORK // each)
    if in_seconds and not is_held:
        low, top, least = low * each, top * each, max(SHORTEST_WORK, each)
    elif is_held:
        least = SHORTEST_WORK
    amount = max(least, min(wanted or low, top))
    remark = Remark.NONE
    if is_again:
        remark = Remark.TWICE
    elif refused:
        remark = Remark.HELD
    elif amount < (wanted or 0) or sets < (line.sets or 0):
        remark = Remark.MOST
    elif wanted is not None and amount > wanted:
        remark = Remark.LEAST
    elif not line.sets or not line.amount:
        remark = Remark.USUAL
    return Planned(exercise, sets, amount, Unit.SECONDS if in_seconds else unit, remark)


def _seconds(exercise: Exercise) -> int:
    """Return the seconds of one unit; of an alternating exercise, of one on each side."""
    facts = exercise.facts
    if unit_of(exercise, BASE) is Unit.SECONDS:
        return 1
    each = seconds_each(facts.tempo, 0) * (2 if facts.laterality == "alternating" else 1)
    return each * (DIRECTIONS if unit_of(exercise, BASE) is Unit.TRIOS else 1)


def rest_of(rest: int | None) -> int | None:
    """Return the seconds of rest that the coach plans; None: each exercise's own."""
    return None if rest is None else max(SHORTEST_REST, min(rest, LONGEST_REST))


def build(catalogue: Catalogue, own: OwnRoutine) -> Routine | None:
    """Return the routine; None if content no longer has any of its exercises."""
    kept = [each for each in planned(catalogue, own.lines) if each.remark is not Remark.TWICE]
    if not kept:
        return None
    rest = rest_of(own.rest)
    in_short = ", ".join(each.exercise.texts.name for each in kept)
    texts = RoutineTexts.model_construct(
        name=without_links(own.name), aliases=(), in_short=in_short
    )
    levels = (each.exercise.facts.level for each in kept)
    return Routine.model_construct(
        id=own.id,
        level=max(levels, key=DEGREES.index),
        warm_up=WARM_UP,
        blocks=tuple(_blocks(kept, rest)),
        texts={"en": texts},
    )


def _blocks(exercises: Iterable[Planned], rest: int | None) -> Iterator[Block]:
    for each in exercises:
        halves = each.exercise.facts.laterality == "unilateral"
        yield Block(
            exercise=each.exercise.id,
            sets=each.sets,
            work=each.work,
            halves=halves,
            switch=SWITCH if halves else 0,
            rest=each.exercise.facts.dose.rest_seconds[0] if rest is None else rest,
            change=CHANGE if rest is None else rest,
        )


def seconds(catalogue: Catalogue, routine: Routine) -> int:
    """Return the seconds of its session with all kit, including the warm-up."""
    return length(catalogue.steps(routine, 0), warm_up=True)


def with_own(catalogue: Catalogue, own: Iterable[OwnRoutine]) -> Catalogue:
    """Return the catalogue with a runner's own routines among the others."""
    built = (build(catalogue, each) for each in own)
    routines = {routine.id: routine for routine in built if routine is not None}
    return catalogue.with_routines(routines) if routines else catalogue
