"""What a runner's kit allows: the planned exercise, or a replacement."""

from collections.abc import Collection, Iterable, Mapping

from bot.content.exercise_models import ExerciseTexts, FormTexts
from bot.content.models import BASE
from bot.content.reading import Exercise
from bot.domain.frozen import frozen
from bot.domain.kit import Kit, KitKind

DEGREES = ("beginner", "intermediate", "expert")


@frozen
class Doing:
    """How a block is done: an exercise in one of its forms, with its band or without.

    `lacks`: the kinds of kit that the planned exercise needs and the runner does not own, any of
    which would do; empty if the block is done as planned.
    """

    exercise: Exercise
    form: str = BASE
    with_band: bool = True
    lacks: tuple[str, ...] = ()

    @property
    def texts(self) -> ExerciseTexts | FormTexts:
        """The texts of the form."""
        return self.exercise.texts.of(self.form)


class Exercises(dict[str, Exercise]):
    """All exercises by id; the results of `like` are cached."""

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        super().__init__(exercises)
        self._like: dict[str, tuple[Exercise, ...]] = {}

    def like(self, planned: Exercise) -> tuple[Exercise, ...]:
        """Return the exercises that share its main purpose, those with the same main one first."""
        if planned.id not in self._like:
            main = planned.facts.purposes[0]
            like = (other for other in self.values() if main in other.facts.purposes)
            nearest = sorted(like, key=lambda other: _distance(planned, other))
            self._like[planned.id] = tuple(nearest)
        return self._like[planned.id]


def doing(
    exercises: Exercises,
    planned: Exercise,
    kit: Kit | None,
    form: str = BASE,
    swap: str | None = None,
    avoid: Collection[str] = (),
) -> Doing:
    """Return the planned exercise if the kit suffices for it, otherwise its replacement.

    The replacement is a form of the planned exercise that needs no band, or else `swap`, or else
    the first of nearest_first(). If there is none, which can't happen with shipped content, the
    exercise stays as planned. A kit of None suffices for everything.
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
    exercises: Exercises, planned: Exercise, kit: Kit | None, avoid: Collection[str]
) -> list[Exercise]:
    """Return the exercises with the planned one's main purpose that the kit suffices for.

    Exercises whose main purpose it is precede the others; within both, those in `avoid` come last.
    """
    near = [other for other in exercises.like(planned) if can(other, BASE, kit)]
    if not avoid:
        return near
    main = planned.facts.purposes[0]
    return sorted(near, key=lambda other: (other.facts.purposes[0] != main, other.id in avoid))


def done_with(exercise: Exercise, form: str, kit: Kit | None) -> Doing:
    """Return the exercise in this form, with its band if the kit has one."""
    return Doing(exercise, form, _with_band(exercise, form, kit))


def needs(used: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return disjoint sets of bands; any one band of each set is needed.

    `used` has the suitable bands of each step that says where a band goes. If steps have suitable
    bands in common, only these remain.
    """
    kept: list[frozenset[str]] = []
    for bands in sorted(set(used), key=_smallest_first):
        shared = next((place for place, other in enumerate(kept) if other & bands), None)
        if shared is None:
            kept.append(bands)
        else:
            kept[shared] &= bands
    return tuple(sorted(kept, key=_smallest_first))


def bands_used(doing: Doing) -> frozenset[str]:
    """Return the bands, any one of which is suitable; empty if the exercise needs no band."""
    if not doing.with_band or needs_no_band(doing.exercise, doing.form):
        return frozenset()
    return frozenset(doing.exercise.facts.bands)


def _smallest_first(bands: frozenset[str]) -> tuple[int, list[str]]:
    return len(bands), sorted(bands)


def needs_anchor(doings: Iterable[Doing]) -> bool:
    return any(doing.with_band and doing.exercise.facts.anchor for doing in doings)


def can(exercise: Exercise, form: str, kit: Kit | None) -> bool:
    """Return whether the kit suffices for the exercise in this form."""
    if _with_band(exercise, form, kit):
        return True
    return form == BASE and exercise.facts.band_optional


def needs_no_band(exercise: Exercise, form: str) -> bool:
    """Return whether the form is one of the exercise's other forms and needs no band."""
    texts = exercise.texts.forms.get(form)
    return texts is not None and not texts.needs_band


def _with_band(exercise: Exercise, form: str, kit: Kit | None) -> bool:
    """Return whether the form's text about the band applies: no band is needed, or one is owned."""
    return needs_no_band(exercise, form) or not _lacks(exercise, kit)


def _lacks(exercise: Exercise, kit: Kit | None) -> tuple[str, ...]:
    """Return the missing kinds of kit: every suitable band, or the anchor."""
    bands = exercise.facts.bands
    if kit is None or not bands:
        return ()
    if kit.kinds.isdisjoint(bands):
        return tuple(sorted(bands))
    if exercise.facts.anchor and not kit.owns(KitKind.DOOR_ANCHOR):
        return (KitKind.DOOR_ANCHOR.value,)
    return ()


def _distance(planned: Exercise, other: Exercise) -> tuple[object, ...]:
    """Return a sort key, which is smaller for an exercise that is more like the planned one."""
    facts, others = planned.facts, other.facts
    return (
        others.purposes[0] != facts.purposes[0],
        others.laterality != facts.laterality,
        -len(set(facts.purposes) & set(others.purposes)),
        -len(set(facts.muscles.primary) & set(others.muscles.primary)),
        abs(DEGREES.index(others.level) - DEGREES.index(facts.level)),
        other.id,
    )
