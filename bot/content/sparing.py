"""Exercises that a runner leaves out or always swaps, and what is done instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from zlib import crc32

from bot.content.adjusting import EASIER, unloaded
from bot.content.counting import counted
from bot.content.kit import DEGREES, Doing, Exercises, can, done_with, nearest_first
from bot.content.models import BASE, Strain
from bot.content.reading import Exercise
from bot.content.resting import Allowance, Resting
from bot.domain.frozen import frozen
from bot.domain.kit import Kit
from bot.domain.screening import Limit
from bot.domain.session import Part, RestKind, Step

SWITCH = 5  # seconds to change sides
LEFT_OUT = ("", "")  # instead of an exercise and a form: the runner chose nothing
WITHOUT = "nothing"  # a key for that, as `key_of` makes them


@frozen
class Sparing:
    """How a runner's sessions differ from the routine.

    `without`: ids of exercises that are left out. `always`: maps exercises that are always swapped
    to the id and form of their replacement, or LEFT_OUT. `resting`: the resting regions; None: none
    rests. `level`: the highest level of a stand-in while a region rests. `known`: the only
    exercises that are allowed while a region rests; None: any. `light`: strains that are done in
    one set, with the lightest band, in no harder form. `easily`: no exercise is done in a harder
    form. `sore`: exercises are left out today because their muscles are too sore.
    """

    without: frozenset[str] = frozenset()
    always: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    resting: Resting | None = None
    level: str = DEGREES[-1]
    light: frozenset[Strain] = frozenset()
    known: frozenset[str] | None = None
    easily: bool = False
    sore: bool = False

    @property
    def rests(self) -> bool:
        """Whether something rests, which may leave too little for a session."""
        return self.sore or self.resting is not None

    def allowance(self, exercise: Exercise, form: str) -> Allowance:
        """Return whether the exercise may be done in this form where it is planned."""
        if exercise.id in self.without or (self.always and self._leaves_out(exercise.id)):
            return Allowance.OUT
        if self.easily and is_harder(exercise, form):
            return Allowance.OUT
        if self.resting is None:
            return Allowance.FREELY
        if is_harder(exercise, form) or (self.known is not None and exercise.id not in self.known):
            return Allowance.OUT
        return self.resting.allowance(exercise.facts.demands.of(form))

    def _leaves_out(self, key: str) -> bool:
        """Return whether the runner has left out the exercise or its chosen replacement."""
        seen = set()
        while key in self.always and key not in seen:
            seen.add(key)
            key, _ = self.always[key]
        return not key

    def as_written(self) -> "Sparing":
        """Return the same for the runner's own routine, whose exercises are not left out."""
        kept = {key: to for key, to in self.always.items() if to != LEFT_OUT}
        return replace(self, always=kept)

    def lets(self, exercise: Exercise, form: str, planned: Exercise, planned_form: str) -> bool:
        """Return whether the exercise may stand in for the planned one, in this form.

        While a region rests, a stand-in must not load it, nor ask more of any resting region than
        the exercise that it replaces, nor be in a harder form or above the runner's level.
        """
        if self.allowance(exercise, form) is not Allowance.FREELY:
            return False
        if self.resting is None:
            return True
        other = exercise.id != planned.id
        if other and DEGREES.index(exercise.facts.level) > DEGREES.index(self.level):
            return False
        asked = exercise.facts.demands.of(form)
        return not self.resting.loads_more(asked, planned.facts.demands.of(planned_form))


NOTHING = Sparing()
POSTURES = {
    Limit.NOT_ON_THE_BACK: "on-the-back",
    Limit.NOT_ON_THE_FRONT: "on-the-front",
}
TWIST = "twist"  # the family of exercises that turn the trunk against load


def limited(exercises: Mapping[str, Exercise], limits: Collection[Limit]) -> frozenset[str]:
    """Return the ids of exercises to leave out for what a runner's conditions rule out."""
    if not limits:
        return frozenset()
    postures = {POSTURES[limit] for limit in limits if limit in POSTURES}
    return frozenset(
        key
        for key, exercise in exercises.items()
        if exercise.facts.demands.posture in postures
        or (Limit.NO_TWIST in limits and exercise.facts.family == TWIST)
    )


def kept_light(limits: Collection[Limit]) -> frozenset[Strain]:
    """Return what a runner's conditions allow only lightly."""
    return frozenset({"hinge"}) if Limit.LIGHT_HINGE in limits else frozenset()


def is_harder(exercise: Exercise, form: str) -> bool:
    """Return whether the form is harder than the exercise itself."""
    demand = exercise.facts.demands.forms.get(form)
    return demand is not None and demand.harder


def eased(exercise: Exercise, form: str, kit: Kit | None, sparing: Sparing) -> Doing | None:
    """Return the planned exercise in the first form that resting regions allow, or None.

    The planned form comes first, then the usual one, then the easier one. An exercise that is
    allowed only gently is done without a band.
    """
    others = filter(exercise.has, (BASE, EASIER, *exercise.texts.forms))
    for one in dict.fromkeys((form, *others)):
        as_planned = one == form and sparing.allowance(exercise, one) is Allowance.FREELY
        if can(exercise, one, kit) and (as_planned or sparing.lets(exercise, one, exercise, form)):
            return done_with(exercise, one, kit)
    for one in (EASIER, BASE):
        is_gentle = sparing.allowance(exercise, one) is Allowance.GENTLY
        if is_gentle and _is_free_of_bands(exercise, one):
            return Doing(exercise, one, with_band=False)
    return None


def _is_free_of_bands(exercise: Exercise, form: str) -> bool:
    """Return whether the exercise has this form, and it can be done without a band."""
    if form == BASE:
        return exercise.facts.band_optional or not exercise.facts.bands
    return form in exercise.texts.forms and not exercise.texts.forms[form].needs_band


def sore(exercises: Mapping[str, Exercise], exercise: str) -> frozenset[str]:
    """Return the ids of exercises that share a primary muscle with this one."""
    if exercise not in exercises:
        return frozenset()
    aching = set(exercises[exercise].facts.muscles.primary)
    return frozenset(
        key for key, other in exercises.items() if aching & set(other.facts.muscles.primary)
    )


def chosen(
    exercises: Mapping[str, Exercise], planned: Doing, kit: Kit | None, sparing: Sparing
) -> Doing | None:
    """Return what the runner always does instead; None: nothing, or it is not possible.

    If the replacement is not possible, its own replacement is tried, and so on.
    """
    seen, target = {planned.exercise.id}, sparing.always.get(planned.exercise.id)
    while target is not None:
        key, form = target
        exercise = exercises.get(key)
        if (
            exercise is not None
            and can(exercise, form, kit)
            and sparing.lets(exercise, form, planned.exercise, planned.form)
        ):
            return done_with(exercise, form, kit)
        target = None if key in seen else sparing.always.get(key)
        seen.add(key)
    return None


def spared(
    exercises: Exercises, planned: Doing, kit: Kit | None, sparing: Sparing, taken: Collection[str]
) -> Doing | None:
    """Return the replacement of an exercise that is left out; None: all are in `taken`.

    It is done as usual or, if a resting region rules that out, in its easier form.
    """
    for other in exercises.like(planned.exercise):
        if other.id in taken or not can(other, BASE, kit):
            continue
        for form in filter(other.has, (BASE, EASIER)):
            lets = sparing.lets(other, form, planned.exercise, planned.form)
            if lets and can(other, form, kit):
                return done_with(other, form, kit)
    return None


def others(
    exercises: Exercises,
    current: Exercise,
    form: str,
    kit: Kit | None,
    sparing: Sparing,
    avoid: Collection[str] = (),
) -> list[Doing]:
    """Return the exercises that may be done instead of the current one in this form."""
    return [
        done_with(other, BASE, kit)
        for other in nearest_first(exercises, current, kit, avoid)
        if other.id != current.id and sparing.lets(other, BASE, current, form)
    ]


def alternatives(
    exercises: Exercises, step: Step, kit: Kit | None, sparing: Sparing, avoid: Collection[str]
) -> tuple[Doing, ...]:
    """Return at most two things to do instead of a step: other exercises, then other forms."""
    current = exercises.get(step.exercise or "")
    if current is None:
        return ()
    found = others(exercises, current, step.form, kit, sparing, avoid)
    forms = [
        done_with(current, form, kit)
        for form in (BASE, *current.texts.forms)
        if form != step.form
        and can(current, form, kit)
        and sparing.lets(current, form, current, step.form)
    ]
    return (*found, *forms)[:2]


def eased_steps(
    exercises: Mapping[str, Exercise], steps: Iterable[Step], resting: Resting
) -> tuple[tuple[Step, ...], frozenset[str]]:
    """Return the steps as the resting regions allow them, and the ids of ruled out exercises.

    Exercises that are allowed only gently keep their first set. A step without a band stays so.
    """
    sparing, out, result = Sparing(resting=resting), set(), []
    for step in steps:
        exercise = exercises.get(step.exercise or "")
        if exercise is None or step.left_out or step.part is Part.ANCHOR:
            result.append(step)
            continue
        allowed = sparing.allowance(exercise, step.form)
        if allowed is Allowance.FREELY or (allowed is Allowance.GENTLY and step.gently):
            result.append(unloaded(exercise, step, resting.regions))
            continue
        doing = eased(exercise, step.form, None if step.band else Kit(), sparing)
        if doing is None:
            out.add(exercise.id)
        result.append(step if doing is None else _eased_step(step, doing, sparing))
    return tuple(result), frozenset(out)


def _eased_step(step: Step, doing: Doing, sparing: Sparing) -> Step:
    """Return the step in this form of its exercise."""
    texts = doing.texts
    gently = sparing.allowance(doing.exercise, doing.form) is Allowance.GENTLY
    eased = replace(
        step,
        name=texts.name,
        form=doing.form,
        band=texts.band if doing.with_band else "",
        cues=texts.cues[:2],
        about=None,
        tempo=0 if gently else step.tempo,
        variant=min(step.variant, 0 if gently else 1),
        advice="",
        gently=gently,
        left_out=gently and (step.set_number > 1 or not step.is_work),
    )
    return counted(eased, doing.exercise)


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
    """Yield the step or its replacement: one step or two, as long as before in total."""
    if (step.exercise, step.form) != (current.exercise, current.form) or step.left_out:
        yield step
        return
    exercise, form_before, name = planned
    texts = replacement.texts
    new = replace(
        step,
        exercise=replacement.exercise.id,
        name=texts.name,
        form=replacement.form,
        band=texts.band if replacement.with_band else "",
        cues=texts.cues[:2],
        planned=exercise,
        planned_form=form_before,
        instead_of=name,
        spares=False,
        about=None,
        lacks=(),
        advice="",
        pace="",
    )
    if step.kind not in replacement.exercise.facts.bands or not new.band:
        new = replace(new, level="", kind="", colour="")
    if step.part is Part.ANCHOR:
        if height := replacement.exercise.facts.anchor_height:
            yield new.anchored_at(height)
        return
    sides = replacement.exercise.texts.side_names
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
