"""What a runner does otherwise than planned: what rests is left alone, what is disliked swapped."""

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
from bot.domain.session import Rest, Step

SWITCH = 5


@dataclass(frozen=True, slots=True)
class Sparing:
    """`without`: the exercises that are left out; `always`: what is done instead, in which form."""

    without: frozenset[str] = frozenset()
    always: Mapping[str, tuple[str, str]] = field(default_factory=dict)


NOTHING = Sparing()


def resting(exercises: Mapping[str, Exercise], regions: Iterable[Region]) -> frozenset[str]:
    """The exercises to leave out while these regions rest."""
    found = tuple(regions)
    return frozenset(
        key for key, one in exercises.items() if any(_loads(one, region) for region in found)
    )


def _loads(exercise: Exercise, region: Region) -> bool:
    facts = exercise.facts
    muscles = (*facts.muscles.primary, *facts.muscles.secondary)
    return excluded(region, muscles, ExerciseClass(facts.exercise_class), facts.band_place)


def sore(exercises: Mapping[str, Exercise], exercise: str) -> frozenset[str]:
    """The exercises whose main work is done by muscles that ache from this one."""
    if exercise not in exercises:
        return frozenset()
    aching = set(exercises[exercise].facts.muscles.primary)
    return frozenset(
        key for key, one in exercises.items() if aching & set(one.facts.muscles.primary)
    )


def chosen(
    exercises: Mapping[str, Exercise], planned: Exercise, kit: Kit | None, sparing: Sparing
) -> Doing | None:
    """What the runner always does instead, if there is something and it can be done."""
    seen, at = {planned.id}, sparing.always.get(planned.id)
    while at is not None:
        key, form = at
        found = exercises.get(key)
        if found is not None and key not in sparing.without and can(found, form, kit):
            return done_with(found, form, kit)
        at = None if key in seen else sparing.always.get(key)
        seen.add(key)
    return None


def spared(
    exercises: Mapping[str, Exercise],
    planned: Exercise,
    kit: Kit | None,
    sparing: Sparing,
    taken: Collection[str],
) -> Doing | None:
    """What stands in for an exercise that is left out; None: nothing that is not taken already."""
    left = {
        key: one
        for key, one in exercises.items()
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
    """Two things to do instead of a step: other exercises, then other forms of the same."""
    current = exercises.get(step.exercise or "")
    if current is None:
        return ()
    left = {key: one for key, one in exercises.items() if key not in without and key != current.id}
    others = [done_with(one, BASE, kit) for one in nearest_first(left, current, kit, avoid)]
    forms = [
        done_with(current, form, kit)
        for form in (BASE, *current.texts.forms)
        if form != step.form and current.id not in without and can(current, form, kit)
    ]
    return (*others, *forms)[:2]


def key_of(it: Doing) -> str:
    """A short stand-in for an exercise and its form, for a button."""
    return f"{crc32(f'{it.exercise.id}/{it.form}'.encode()):08x}"


def swapped(
    steps: Iterable[Step], at: Step, it: Doing, planned: tuple[str, str, str]
) -> tuple[Step, ...]:
    """The coming steps with this done instead of the exercise of the step `at`.

    `planned`: the exercise and form that were planned before any swap, and their name; empty to
    do just these again.
    """
    return tuple(new for step in steps for new in _instead(step, at, it, planned))


def _instead(step: Step, at: Step, it: Doing, planned: tuple[str, str, str]) -> Iterator[Step]:
    """Work and rest stay as long as they were."""
    if (step.exercise, step.form) != (at.exercise, at.form) or step.left_out:
        yield step
        return
    exercise, form_before, name = planned
    texts = it.exercise.texts
    form = texts.forms.get(it.form)
    new = replace(
        step,
        exercise=it.exercise.id,
        name=form.name if form else texts.name,
        form=it.form,
        band=(form.band if form else texts.band) if it.with_band else "",
        cues=(form or texts).cues[:2],
        planned=exercise,
        planned_form=form_before,
        instead_of=name,
        spares=False,
        about=None,
        lacks=(),
    )
    sides = texts.side_names
    go = _go(step)
    if go is not None:
        goes = [replace(new, side=sides[go] if sides else None, go=0 if sides else go + 1)]
    elif it.exercise.facts.laterality != "unilateral":
        goes = [replace(new, side=None, go=0)]
    else:
        goes = list(_halved(new, sides))
    yield from (counted(one, it.exercise) for one in goes)


def _go(step: Step) -> int | None:
    """Which of the two goes of a set the step is, from 0; None where a set has one."""
    if step.go:
        return step.go - 1
    if step.side is None:
        return None
    return 0 if step.rest_kind is Rest.SWITCH else 1


def _halved(step: Step, sides: tuple[str, str] | None) -> Iterator[Step]:
    taken = min(SWITCH, step.rest)
    left, right = sides or (None, None)
    yield replace(
        step,
        work=step.work // 2,
        rest=taken + step.work % 2,
        rest_kind=Rest.SWITCH,
        side=left,
        go=0 if sides else 1,
    )
    yield replace(
        step, work=step.work // 2, rest=step.rest - taken, side=right, go=0 if sides else 2
    )
