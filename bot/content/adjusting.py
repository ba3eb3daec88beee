"""Which ways to make an exercise easier or harder suit a form, a band and resting regions."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.content.exercise_models import Adjustment
from bot.content.kit import Doing, needs_no_band
from bot.content.reading import Exercise
from bot.domain.kit import Kit
from bot.domain.regions import Region, narrowed
from bot.domain.session import Step

EASIER = "easier"  # the form that replaces easier ways to do the base form


def worn(doing: Doing, kit: Kit | None) -> frozenset[str]:
    """Return the kinds of bands, one of which is worn; empty: none is."""
    exercise = doing.exercise
    if not doing.with_band or needs_no_band(exercise, doing.form):
        return frozenset()
    kinds = frozenset[str](exercise.facts.bands)
    return kinds if kit is None else kinds & kit.kinds


def holding(
    adjustments: Iterable[Adjustment],
    form: str,
    kinds: frozenset[str],
    resting: Collection[Region] = (),
) -> Adjustment | None:
    """Return the first adjustment that applies with any of these bands, or None."""
    return next(
        (
            adjustment
            for adjustment in adjustments
            if adjustment.today
            and holds(adjustment, form, kinds)
            and not _loads(adjustment, resting)
        ),
        None,
    )


def unloaded(exercise: Exercise, step: Step, resting: Collection[Region]) -> Step:
    """Return the step of this exercise without the advice that loads one of these regions."""
    listed = (*exercise.texts.easier, *exercise.texts.harder)
    if any(each.text == step.advice and _loads(each, resting) for each in listed):
        return replace(step, advice="")
    return step


def _loads(adjustment: Adjustment, resting: Collection[Region]) -> bool:
    return any(part.value in adjustment.loads for region in resting for part in narrowed(region))


def holds(adjustment: Adjustment, form: str, kinds: frozenset[str]) -> bool:
    """Return whether it applies with each of these bands; no kinds: without a band."""
    if form not in adjustment.forms or (adjustment.takes_band_off and not kinds):
        return False
    return not adjustment.bands or (kinds or {"none"}) <= {*adjustment.bands}


def variants(exercise: Exercise, form: str, kit: Kit | None) -> tuple[int, int]:
    """Return the easiest and the hardest variant: 0 easier, 1 as it is, 2 harder.

    A variant exists only if there is advice on it for each band that may be worn.
    """
    kinds = worn(Doing(exercise, form), kit)
    bands = [kinds] if kit is None or not kinds else [frozenset({kind}) for kind in kinds]
    texts = exercise.texts

    def exists(adjustments: Iterable[Adjustment]) -> bool:
        listed = tuple(adjustments)
        return all(holding(listed, form, band) is not None for band in bands)

    easier = form == EASIER or EASIER in texts.forms or exists(texts.easier)
    return (0 if easier else 1), (2 if exists(texts.harder) else 1)
