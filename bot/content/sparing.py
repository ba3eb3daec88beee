"""Exercises that a runner leaves out or always swaps, and what is done instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from zlib import crc32

from bot.content.counting import counted
from bot.content.kit import Doing, can, done_with, nearest_first
from bot.content.models import BASE
from bot.content.reading import Exercise
from bot.domain.kit import Kit
from bot.domain.prescription import ExerciseClass
from bot.domain.regions import Region, excluded
from bot.domain.session import Part, RestKind, Step

SWITCH = 5  # seconds to change sides


@dataclass(frozen=True, slots=True)
class Sparing:
    """What a runner does otherwise than planned, by exercise id.

    `without`: exercises that are left out. `always`: exercises that are swapped, each with the id
    and the form of what is done instead.
    """

    without: frozenset[str] = frozenset()
    always: Mapping[str, tuple[str, str]] = field(default_factory=dict)


NOTHING = Sparing()


def resting(exercises: Mapping[str, Exercise], regions: Iterable[Region]) -> frozenset[str]:
    """Return the ids of exercises to leave out while these regions rest."""
    affected = tuple(regions)
    return frozenset(
        key
        for key, exercise in exercises.items()
        if any(_loads(exercise, region) for region in affected)
    )


def _loads(exercise: Exercise, region: Region) -> bool:
    facts = exercise.facts
    muscles = (*facts.muscles.primary, *facts.muscles.secondary)
    return excluded(region, muscles, ExerciseClass(facts.exercise_class), facts.band_place)


def sore(exercises: Mapping[str, Exercise], exercise: str) -> frozenset[str]:
    """Return the ids of exercises that share a primary muscle with this one."""
    if exercise not in exercises:
        return frozenset()
    aching = set(exercises[exercise].facts.muscles.primary)
    return frozenset(
        key for key, other in exercises.items() if aching & set(other.facts.muscles.primary)
    )


def chosen(
    exercises: Mapping[str, Exercise], planned: Exercise, kit: Kit | None, sparing: Sparing
) -> Doing | None:
    """Return what the runner always does instead; None: nothing, or nothing that is possible.

    If the replacement is not possible, its own replacement is tried, and so on.
    """
    seen, target = {planned.id}, sparing.always.get(planned.id)
    while target is not None:
        key, form = target
        exercise = exercises.get(key)
        if exercise is not None and key not in sparing.without and can(exercise, form, kit):
            return done_with(exercise, form, kit)
        target = None if key in seen else sparing.always.get(key)
        seen.add(key)
    return None


def spared(
    exercises: Mapping[str, Exercise],
    planned: Exercise,
    kit: Kit | None,
    sparing: Sparing,
    taken: Collection[str],
) -> Doing | None:
    """Return what replaces an exercise that is left out; None: all that could is in `taken`."""
    left = {
        key: exercise
        for key, exercise in exercises.items()
        if key not in sparing.without and key not in taken
    }
    near = nearest_first(left, planned, kit)
    return done_with(near[0], BASE, kit) if near else None


def alternatives(
    exercises: Mapping[str, Exercise],
    step: Step,
    kit: Kit | None,
    without: Collection[str],
    avoid: Collection[str],
) -> tuple[Doing, ...]:
    """Return at most two things to do instead of a step: other exercises, then other forms."""
    current = exercises.get(step.exercise or "")
    if current is None:
        return ()
    excluded_ids = {*without, current.id}
    left = {key: other for key, other in exercises.items() if key not in excluded_ids}
    others = [done_with(other, BASE, kit) for other in nearest_first(left, current, kit, avoid)]
    forms = [
        done_with(current, form, kit)
        for form in (BASE, *current.texts.forms)
        if form != step.form and current.id not in without and can(current, form, kit)
    ]
    return (*others, *forms)[:2]


def key_of(doing: Doing) -> str:
    """Return a key for the exercise and form that is short enough for a button's data."""
    return f"{crc32(f'{doing.exercise.id}/{doing.form}'.encode()):08x}"


def swapped(
    steps: Iterable[Step], current: Step, replacement: Doing, planned: tuple[str, str, str]
) -> tuple[Step, ...]:
    """Return the steps with the exercise and form of the step `current` replaced.

    `planned`: the exercise and form that were planned before any swap, and their name; three empty
    strings if the replacement is what was planned.
    """
    return tuple(new for step in steps for new in _replaced(step, current, replacement, planned))


def _replaced(
    step: Step, current: Step, replacement: Doing, planned: tuple[str, str, str]
) -> Iterator[Step]:
    """Yield the step or what replaces it: one step or two, as long as before in all."""
    if (step.exercise, step.form) != (current.exercise, current.form) or step.left_out:
        yield step
        return
    exercise, form_before, name = planned
    texts = replacement.exercise.texts
    form = texts.forms.get(replacement.form)
    new = replace(
        step,
        exercise=replacement.exercise.id,
        name=form.name if form else texts.name,
        form=replacement.form,
        band=(form.band if form else texts.band) if replacement.with_band else "",
        cues=(form or texts).cues[:2],
        planned=exercise,
        planned_form=form_before,
        instead_of=name,
        spares=False,
        about=None,
        lacks=(),
        pace="",
    )
    if step.part is Part.ANCHOR:
        if height := replacement.exercise.facts.anchor_height:
            yield new.anchored_at(height)
        return
    sides = texts.side_names
    go = _go(step)
    if go is not None:
        goes = [replace(new, side=sides[go] if sides else None, go=0 if sides else go + 1)]
    elif replacement.exercise.facts.laterality != "unilateral":
        goes = [replace(new, side=None, go=0)]
    else:
        goes = list(_halved(new, sides))
    yield from (counted(step, replacement.exercise) for step in goes)


def _go(step: Step) -> int | None:
    """Return 0 or 1 for the first or second half of a set; None: the step is a whole set."""
    if step.go:
        return step.go - 1
    if step.side is None:
        return None
    return 0 if step.rest_kind is RestKind.SWITCH else 1


def _halved(step: Step, sides: tuple[str, str] | None) -> Iterator[Step]:
    """Yield a step per side; the pause between the sides is taken from the rest."""
    taken = min(SWITCH, step.rest)
    left, right = sides or (None, None)
    yield replace(
        step,
        work=step.work // 2,
        rest=taken + step.work % 2,
        rest_kind=RestKind.SWITCH,
        side=left,
        go=0 if sides else 1,
    )
    yield replace(
        step, work=step.work // 2, rest=step.rest - taken, side=right, go=0 if sides else 2
    )
