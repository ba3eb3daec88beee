"""The model of data/regions.toml: what a region leaves out while it rests."""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field

from bot.content.explaining import did_you_mean
from bot.content.models import BodyRegion, Model, Posture, Slug, Strain
from bot.domain.session import Step, length

FILE = "regions.toml"

OutOfBounds = Literal[Posture, Strain]


class LevelRule(Model):
    """What becomes of exercises that load the region, at one level of its rest."""

    heavy: Literal["usual", "out"] = Field(
        description="what becomes of exercises for which the region is heavy", examples=["out"]
    )
    light: Literal["usual", "gently", "out"] = Field(
        description="what becomes of exercises for which the region is light; gently: the easier"
        " form, no band, one set, and only after dull pain (otherwise out)",
        examples=["gently"],
    )


class Levels(Model):
    """A rule for each level, from a touch of pain to a region that waits for a clinician."""

    mild: LevelRule = Field(
        description="a touch of pain, or a region that has nearly come back",
        examples=[{"heavy": "usual", "light": "usual"}],
    )
    moderate: LevelRule = Field(
        description="pain that stops an exercise", examples=[{"heavy": "out", "light": "gently"}]
    )
    strong: LevelRule = Field(
        description="pain that ends a session", examples=[{"heavy": "out", "light": "out"}]
    )
    lock: LevelRule = Field(
        description="until a clinician has agreed", examples=[{"heavy": "out", "light": "out"}]
    )


class RegionRule(Model):
    """What else a region rules out, whatever the loads say. Each level adds to those below it."""

    mild: tuple[OutOfBounds, ...] = Field(
        (),
        description="postures and strains that are out even with a touch of pain",
        examples=[["hands-and-knees"]],
    )
    moderate: tuple[OutOfBounds, ...] = Field(
        (), description="what is out too from moderate pain on", examples=[["impact"]]
    )
    strong: tuple[OutOfBounds, ...] = Field(
        (), description="what is out too from strong pain on", examples=[["one-leg", "stepping"]]
    )
    locked: tuple[Posture, ...] | None = Field(
        None,
        description="the only postures while the region waits for a clinician; left out: any",
        examples=[["on-the-back", "sitting"]],
    )
    before_run: bool = Field(
        True, description="whether the routine before a run is still offered", examples=[False]
    )
    warm_up: tuple[Slug, ...] = Field(
        min_length=1,
        description="the warm-ups that spare the region, best first; the first that suits all"
        " resting regions is shown",
        examples=[["sitting-legs-still"]],
    )
    mild_warm_up: tuple[Slug, ...] = Field(
        (),
        description="warm-ups that come before these while the pain is only mild",
        examples=[["walk"]],
    )


class WarmUp(Model):
    """A warm-up; its words are the sentence warm-up-<id> in the locale files."""

    posture: Posture = Field(description="how the body is held in it", examples=["sitting"])


class LeastSession(Model):
    """What has to be left of a routine while a region rests, or muscles are too sore.

    Otherwise there is no session today.
    """

    exercises: Annotated[int, Field(ge=1)] = Field(description="different exercises", examples=[3])
    minutes: Annotated[int, Field(ge=1)] = Field(
        description="minutes, without the warm-up", examples=[6]
    )
    planned: Annotated[int, Field(ge=0)] = Field(
        description="exercises of the routine's own, in whatever form, that nothing replaces",
        examples=[1],
    )

    def allows(self, exercises: int, own: int) -> bool:
        """Return whether so many exercises make a session; `own` of them are no stand-ins."""
        return exercises >= self.exercises and own >= self.planned

    def allows_steps(self, steps: tuple[Step, ...], own: int) -> bool:
        """Return whether the steps are worth a session; `own` counts what is no stand-in."""
        exercises = {step.exercise for step in steps if not step.is_warm_up}
        return length(steps) >= 60 * self.minutes and self.allows(len(exercises), own)


class RegionRules(Model):
    """data/regions.toml: what resting regions leave out, and how sessions warm up meanwhile."""

    levels: Levels = Field(
        description="what each level leaves out by the loads in [demands] of the exercises",
        examples=[
            {
                "mild": {"heavy": "usual", "light": "usual"},
                "moderate": {"heavy": "out", "light": "gently"},
                "strong": {"heavy": "out", "light": "out"},
                "lock": {"heavy": "out", "light": "out"},
            }
        ],
    )
    regions: dict[BodyRegion, RegionRule] = Field(
        description="what each region leaves out by posture and strain",
        examples=[{"knee": {"mild": ["hands-and-knees"], "warm_up": ["sitting-knees-still"]}}],
    )
    warm_ups: dict[Slug, WarmUp] = Field(
        description="the warm-ups while a region rests",
        examples=[{"walk": {"posture": "stepping"}}],
    )
    least_session: LeastSession = Field(
        description="the least that is worth a session",
        examples=[{"exercises": 3, "minutes": 6, "planned": 1}],
    )


def faults(rules: RegionRules) -> Iterator[tuple[str, str]]:
    """Yield the field and the fault of each region without rules, and of each unknown warm-up."""
    for region in get_args(BodyRegion):
        if region not in rules.regions:
            yield f"regions.{region}", 'is missing, such as warm_up = ["sitting-arms"]'
    for region, rule in rules.regions.items():
        for field in ("warm_up", "mild_warm_up"):
            for key in getattr(rule, field):
                if key not in rules.warm_ups:
                    what = f"there is no warm-up {key}{did_you_mean(key, rules.warm_ups)}"
                    yield f"regions.{region}.{field}", what
