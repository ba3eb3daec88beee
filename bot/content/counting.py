"""How many repetitions a step of work asks for, and how long they take at their tempo.

At their own pace, runners count repetitions; hands-free, the clock runs for as long as these take.
Holds are measured in seconds either way.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.content.reading import Exercise
from bot.domain.prescription import DIRECTIONS, Unit, seconds_each
from bot.domain.session import Part, Step

READ = ("form", "side", "go", "pace", "tempo", "part", "count", "work")  # what a count depends on


def unit_of(exercise: Exercise, form: str) -> Unit:
    """Return the unit in which sets of this form are measured."""
    texts = exercise.texts.forms.get(form)
    return Unit((texts and texts.unit) or exercise.facts.dose.unit)


def counted(step: Step, exercise: Exercise, target: int | None = None) -> Step:
    """Return the step with its repetitions; with a target, its work lasts as long as they take.

    Without a target, it has as many as fit into its seconds, within the exercise's range. A go of a
    set without sides has no more than fit, even with a target.
    """
    fields = {name: getattr(step, name) for name in READ}
    return replace(step, **counting(fields, exercise, target))


def counting(
    step: Mapping[str, Any], exercise: Exercise, target: int | None = None
) -> dict[str, Any]:
    """Return what `counted` changes of a step that has these fields, at least READ."""
    unit = unit_of(exercise, step["form"])
    if unit is Unit.SECONDS:
        return {"count": 0, "unit": "", "each_side": False}
    sided = exercise.facts.laterality != "bilateral"
    each_side = sided and step["side"] is None and not step["go"]
    each = seconds_each(step["pace"] or exercise.facts.tempo, step["tempo"])
    each *= (DIRECTIONS if unit is Unit.TRIOS else 1) * (2 if each_side else 1)
    work: int = step["work"]
    if step["part"] is Part.RAMP:
        few = max(1, min(step["count"], work // each))
        return {"count": few, "unit": unit.value, "each_side": each_side}
    room = min(work // each, exercise.facts.dose.range[1])
    most = room if target is None or (step["go"] and not sided) else target
    count = min(target or room, most)
    return {
        "work": work if target is None or not count else count * each,
        "count": count,
        "unit": unit.value if count else "",
        "each_side": each_side and count > 0,
        "about": None,
    }
