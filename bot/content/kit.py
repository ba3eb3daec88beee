"""What a runner's kit can do: an exercise as it was planned, or the one that stands in for it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.content.models import BASE
from bot.content.reading import Exercise
from bot.domain.kit import Kind, Kit

DEGREES = ("beginner", "intermediate", "expert")


@dataclass(frozen=True, slots=True)
class Doing:
    """How a block is done: which exercise in which form, with its band or without.

    `lacks` is the kit that is missing for what was planned; empty if it is done as planned.
    """

    exercise: Exercise
    form: str = BASE
    with_band: bool = True
    lacks: tuple[str, ...] = ()


def doing(
    exercises: Mapping[str, Exercise],
    planned: Exercise,
    kit: Kit | None,
    form: str = BASE,
    swap: str | None = None,
    avoid: Collection[str] = (),
) -> Doing:
    """The planned exercise if this kit can do it, else what stands in for it.

    That is `swap`, or else the nearest with the same main purpose; those in `avoid` are taken only
    where nothing else is left. No kit told: everything is there. Where nothing can stand in, which
    shipped content never has, it stays as planned.
    """
    if can(planned, form, kit):
        return done_with(planned, form, kit)
    lacks = _lacks(planned, kit)
    for other, texts in planned.texts.forms.items():
        if not texts.needs_band:
            return Doing(planned, other, _with_band(planned, other, kit), lacks)
    if swap is not None and swap in exercises and can(exercises[swap], BASE, kit):
        return Doing(exercises[swap], BASE, _with_band(exercises[swap], BASE, kit), lacks)
    near = nearest_first(exercises, planned, kit, avoid)
    if not near:
        return Doing(planned, form)
    return Doing(near[0], BASE, _with_band(near[0], BASE, kit), lacks)


def nearest_first(
    exercises: Mapping[str, Exercise],
    planned: Exercise,
    kit: Kit | None,
    avoid: Collection[str] = (),
) -> list[Exercise]:
    """What this kit can do for the planned one's main purpose; those in `avoid` come last."""
    near = [
        other
        for other in exercises.values()
        if can(other, BASE, kit) and planned.facts.purposes[0] in other.facts.purposes
    ]
    return sorted(near, key=lambda other: _distance(planned, other, avoid))


def done_with(exercise: Exercise, form: str, kit: Kit | None) -> Doing:
    """As planned, with its band or without."""
    return Doing(exercise, form, _with_band(exercise, form, kit))


def needs(doings: Iterable[Doing]) -> tuple[frozenset[str], ...]:
    """The bands that all of this needs: of each set any one will do; no set holds another.

    A band that is optional needs no set of its own, but decides where there is a choice.
    """
    needed: set[frozenset[str]] = set()
    welcome: set[frozenset[str]] = set()
    for it in doings:
        bands: frozenset[str] = frozenset(it.exercise.facts.bands)
        if it.with_band and bands and not _form_without(it.exercise, it.form):
            (welcome if it.exercise.facts.band_optional else needed).add(bands)
    kept: list[frozenset[str]] = []
    for bands in sorted(needed, key=_smallest_first):
        if not any(other <= bands for other in kept):
            kept.append(bands)
    for bands in sorted(welcome, key=_smallest_first):
        if not any(other <= bands for other in kept):
            kept = [other & bands or other for other in kept]
    return tuple(sorted(set(kept), key=_smallest_first)) or tuple(
        sorted(welcome, key=_smallest_first)[:1]
    )


def _smallest_first(bands: frozenset[str]) -> tuple[int, list[str]]:
    return len(bands), sorted(bands)


def needs_anchor(doings: Iterable[Doing]) -> bool:
    return any(it.with_band and it.exercise.facts.anchor for it in doings)


def can(exercise: Exercise, form: str, kit: Kit | None) -> bool:
    """Whether this kit can do it in this form."""
    if _form_without(exercise, form) or _equipped(exercise, kit):
        return True
    return form == BASE and exercise.facts.band_optional


def _form_without(exercise: Exercise, form: str) -> bool:
    """Whether this form is one that needs no band."""
    texts = exercise.texts.forms.get(form)
    return texts is not None and not texts.needs_band


def _equipped(exercise: Exercise, kit: Kit | None) -> bool:
    return not _lacks(exercise, kit)


def _with_band(exercise: Exercise, form: str, kit: Kit | None) -> bool:
    """Whether what is said of the band holds: it is there, or the form's own words cover it."""
    return _form_without(exercise, form) or _equipped(exercise, kit)


def _lacks(exercise: Exercise, kit: Kit | None) -> tuple[str, ...]:
    """What is missing: every band that would do, or the anchor alone."""
    bands = exercise.facts.bands
    if kit is None or not bands:
        return ()
    if not any(kit.owns(band) for band in bands):
        return tuple(sorted(bands))
    if exercise.facts.anchor and not kit.owns(Kind.DOOR_ANCHOR):
        return (Kind.DOOR_ANCHOR.value,)
    return ()


def _distance(planned: Exercise, other: Exercise, avoid: Collection[str]) -> tuple[object, ...]:
    """How far another exercise is from the planned one; the smallest stands in for it."""
    mine, its = planned.facts, other.facts
    return (
        its.purposes[0] != mine.purposes[0],
        other.id in avoid,
        its.laterality != mine.laterality,
        -len(set(mine.purposes) & set(its.purposes)),
        -len(set(mine.muscles.primary) & set(its.muscles.primary)),
        abs(DEGREES.index(its.level) - DEGREES.index(mine.level)),
        other.id,
    )
