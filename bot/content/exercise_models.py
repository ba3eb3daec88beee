"""The models of an exercise: data/exercises/<id>/exercise.toml and its texts."""

from enum import IntEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from bot.content.models import (
    BASE,
    TEMPO,
    Band,
    BandPlace,
    BodyRegion,
    Cue,
    ExerciseClass,
    Level,
    Line,
    Model,
    Muscle,
    Posture,
    Purpose,
    Seconds,
    Slug,
    Strain,
    Unit,
    Worn,
)


class Muscles(Model):
    """The muscles that work in an exercise, by anatomical name; runners read plain names."""

    primary: tuple[Muscle, ...] = Field(
        min_length=1,
        description="muscles that do the main work, the hardest-working first",
        examples=[["gluteus maximus", "gluteus medius"]],
    )
    secondary: tuple[Muscle, ...] = Field(
        (), description="muscles that help or stabilise", examples=[["biceps femoris"]]
    )


class Dose(Model):
    """How much is usual when repetitions or seconds are counted; ranges are [low, high]."""

    sets: tuple[int, int] = Field(description="how many sets, from and to", examples=[[2, 3]])
    range: tuple[int, int] = Field(
        description="how many of the unit in a set, from and to", examples=[[10, 15]]
    )
    unit: Unit = Field(description="what is counted; trios: three directions", examples=["reps"])
    rest_seconds: tuple[Seconds, Seconds] = Field(
        description="seconds of rest between sets, from and to", examples=[[20, 30]]
    )

    @model_validator(mode="after")
    def ranges_rise(self) -> "Dose":
        for name in ("sets", "range", "rest_seconds"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(
                    f"{name} runs from low to high, not {low} to {high}: {name} = [{high}, {low}]"
                )
        return self


class Load(IntEnum):
    """How much an exercise loads a region."""

    NONE = 0
    LIGHT = 1
    HEAVY = 2


class Demand(Model):
    """What a way of doing an exercise asks of the body; both sides count alike.

    Heavy is main work, body weight on the region, a long lever or the end of its range. Light is
    contact, quiet support or a small lever. A region that is in neither list does nothing.
    """

    posture: Posture = Field(
        description="how the body is held; forearm-plank: on a forearm and a knee",
        examples=["side-lying"],
    )
    heavy: tuple[BodyRegion, ...] = Field(
        (),
        description="regions that do the main work, carry body weight, have a long lever or move to"
        " the end of their range",
        examples=[["hip-groin"]],
    )
    light: tuple[BodyRegion, ...] = Field(
        (),
        description="regions with contact, quiet support or a small lever",
        examples=[["knee", "shoulder-arm"]],
    )
    also: tuple[Strain, ...] = Field(
        (),
        description="impact; hip-extension: behind the body or against load; band-round-shoes;"
        " hinge: bent forward at the hips against load",
        examples=[["band-round-shoes"]],
    )

    @model_validator(mode="after")
    def a_region_is_heavy_or_light(self) -> "Demand":
        if both := set(self.heavy) & set(self.light):
            raise ValueError(f"{', '.join(sorted(both))} can't be both heavy and light")
        return self

    def load(self, region: str) -> Load:
        if region in self.heavy:
            return Load.HEAVY
        return Load.LIGHT if region in self.light else Load.NONE


class FormDemand(Demand):
    """What a form of an exercise asks of the body, in full: nothing is taken from the exercise."""

    harder: bool = Field(
        False,
        description="this form is harder than the exercise itself, so it is not done while a region"
        " rests",
        examples=[True],
    )


class Demands(Demand):
    """What an exercise asks of the body, and what each of its forms asks."""

    forms: dict[Slug, FormDemand] = Field(
        {},
        description="what each form asks, under the form's id in the texts",
        examples=[{"easier": {"posture": "sitting", "light": ["thigh"]}}],
    )

    def of(self, form: str) -> Demand:
        """Return what the form asks; a form that is not known asks what the exercise does."""
        return self.forms.get(form, self)


class DatasetRefs(Model):
    """The same movement in public sets of exercises, for export."""

    free_exercise_db: str | None = Field(
        None, description="id in free-exercise-db", examples=["Band_Pull_Apart"]
    )
    wger: int | None = Field(None, description="number in wger", examples=[1086])


class FitExercise(Model):
    """A name in the FIT profile, by which watches and training diaries know an exercise."""

    category: str = Field(
        pattern="^[a-z][a-z0-9_]*$",
        description="one of the profile's exercise_category",
        examples=["banded_exercises"],
    )
    name: str | None = Field(
        None,
        pattern="^[a-z0-9][a-z0-9_]*$",
        description="one of the category's exercise names; none if none of them is true",
        examples=["clam_shells"],
    )


class FitExercises(FitExercise):
    """The name of an exercise in the FIT profile, and those of forms with another."""

    forms: dict[Slug, FitExercise] = Field(
        {},
        description="forms with another name, under the form's id in the texts",
        examples=[{"easier": {"category": "hip_stability", "name": "dead_bug"}}],
    )

    def of(self, form: str) -> FitExercise:
        return self.forms.get(form, self)


class ExerciseFacts(Model):
    """data/exercises/<id>/exercise.toml: the facts of an exercise, the same in every language."""

    id: Slug = Field(description="the name of its folder", examples=["wall-sit"])
    exercise_class: ExerciseClass = Field(
        alias="class",
        description="how it progresses: walk, iso (one joint), str (strength), trunk, upper, calf,"
        " ankle or hold",
        examples=["iso"],
    )
    level: Level = Field(description="whom it suits", examples=["beginner"])
    category: Literal["strength"] = Field(
        "strength", description="the kind of training, for export", examples=["strength"]
    )
    force: Literal["push", "pull", "static"] | None = Field(
        None, description="the direction of the force, for export", examples=["push"]
    )
    mechanic: Literal["compound", "isolation"] = Field(
        description="whether several joints move or one", examples=["isolation"]
    )
    laterality: Literal["bilateral", "unilateral", "alternating"] = Field(
        description="whether both sides work at once, one side for a whole set, or each in turn",
        examples=["unilateral"],
    )
    measurement_type: Literal["reps", "time"] = Field(
        description="what a set is measured in", examples=["reps"]
    )
    tempo: Annotated[str, Field(pattern=TEMPO)] = Field(
        description="seconds out, held, back and between", examples=["2-0-1-0"]
    )
    family: Slug = Field(
        description="the kind of movement, such as squat, bridge or row", examples=["squat"]
    )
    purposes: tuple[Purpose, ...] = Field(
        min_length=1,
        description="what it trains, the main purpose first: an exercise that serves the same main"
        " purpose may replace it",
        examples=[["thighs", "glutes"]],
    )
    before_run: bool = Field(
        False, description="gentle enough for the minutes before a run", examples=[True]
    )
    bands: tuple[Band, ...] = Field(
        description="any one of these suffices; an empty list: no band", examples=[["mini-band"]]
    )
    band_place: BandPlace | None = Field(
        None,
        description="where the band goes; left out if there is no band",
        examples=["above-knees"],
    )
    band_optional: bool = Field(
        False, description="may be done well without any band", examples=[True]
    )
    anchor: bool = Field(
        False, description="the band is held by a door anchor or a post", examples=[True]
    )
    anchor_height: Literal["ankle", "waist", "chest"] | None = Field(
        None, description="how high the anchor is fixed", examples=["chest"]
    )
    muscles: Muscles = Field(
        description="the muscles that work, by anatomical name",
        examples=[{"primary": ["gluteus maximus"], "secondary": ["biceps femoris"]}],
    )
    dose: Dose = Field(
        description="how much is usual when repetitions or seconds are counted",
        examples=[{"sets": [2, 3], "range": [10, 15], "unit": "reps", "rest_seconds": [20, 30]}],
    )
    demands: Demands = Field(
        description="what it asks of each region of the body, by which it is left out while a"
        " region rests",
        examples=[{"posture": "side-lying", "heavy": ["hip-groin"], "light": ["knee"]}],
    )
    evidence: tuple[Slug, ...] = Field(
        (), description="ids in data/evidence.toml, for “Why?”", examples=[["lewis-2019"]]
    )
    form_evidence: dict[Slug, tuple[Slug, ...]] = Field(
        {},
        description="the same for one of its forms, if only that was studied",
        examples=[{"easier": ["schmitz-2014"]}],
    )
    dataset_refs: DatasetRefs = Field(
        DatasetRefs(),
        description="the same movement in public sets of exercises",
        examples=[{"free_exercise_db": "Monster_Walk"}],
    )
    fit: FitExercises | None = Field(
        None,
        description="its name in files for a watch; without one, only its title is known there",
        examples=[{"category": "banded_exercises", "name": "clam_shells"}],
    )

    @model_validator(mode="after")
    def a_band_has_its_place(self) -> "ExerciseFacts":
        if bool(self.bands) != (self.band_place is not None):
            raise ValueError(
                'bands and band_place go together: bands = ["mini-band"] with'
                ' band_place = "above-knees", or bands = [] without band_place'
            )
        if self.anchor != (self.anchor_height is not None):
            raise ValueError(
                'anchor and anchor_height go together: anchor = true with anchor_height = "chest"'
            )
        return self


class FormTexts(Model):
    """Another form of the movement that a routine can ask for, such as a squat to a chair."""

    name: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="what the runner reads", examples=["Squat to a chair"]
    )
    spoken: Annotated[str, Field(max_length=120)] = Field(
        "",
        description="how a voice says the name, where it would say the written one wrongly",
        examples=["Prone Y, T, W"],
    )
    band: Annotated[str, Field(max_length=120)] = Field(
        description="where the band goes, as a step shows it", examples=["Just above both knees"]
    )
    how: tuple[Line, ...] = Field(
        min_length=1,
        description="how this form is done, where it differs from the exercise",
        examples=[["Sit down on the chair and stand up again."]],
    )
    cues: tuple[Cue, ...] = Field(
        min_length=2,
        max_length=3,
        description="short reminders; a step shows the first two",
        examples=[["Sit back", "Knees over your toes"]],
    )
    needs_band: bool = Field(
        False, description="false: this form can be done without a band", examples=[True]
    )
    unit: Unit | None = Field(
        None,
        description="what this form is measured in, where that is not the exercise's own unit;"
        " seconds: it is held",
        examples=["seconds"],
    )


class Adjustment(Model):
    """A way to make an exercise easier or harder, with where it holds; a plain text holds always.

    The first that holds for a step is shown as “Easier today” or “Harder today”.
    """

    text: Line = Field(
        description="what to do, as one instruction", examples=["Slide down less far."]
    )
    forms: tuple[Slug, ...] = Field(
        (BASE,),
        description="it holds in these forms only; left out: in the base form",
        examples=[["base", "easier"]],
    )
    bands: tuple[Worn, ...] = Field(
        (),
        description="it holds only with one of these bands on; none: without a band; left out:"
        " with any band and without",
        examples=[["none", "mini-band"]],
    )
    takes_band_off: bool = Field(
        False,
        description="it is done without the band: it holds only where one is worn",
        examples=[True],
    )
    loads: tuple[BodyRegion, ...] = Field(
        (),
        description="regions that it loads more than the exercise does: it is left out while one"
        " of them rests",
        examples=[["low-back"]],
    )
    today: bool = Field(
        True,
        description="false: for the exercise's page only, such as another band, which the coach"
        " decides, or another exercise",
        examples=[False],
    )


def _with_text(line: object) -> object:
    return {"text": line} if isinstance(line, str) else line


AdjustmentLine = Annotated[
    Adjustment, BeforeValidator(_with_text, json_schema_input_type=Line | Adjustment)
]


class ExerciseTexts(Model):
    """data/exercises/<id>/en.toml: the texts of an exercise, in one language."""

    name: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="what the runner reads", examples=["Wall sit"]
    )
    spoken: Annotated[str, Field(max_length=120)] = Field(
        "",
        description="how a voice says the name, where it would say the written one wrongly",
        examples=["Prone Y, T, W"],
    )
    aliases: tuple[str, ...] = Field(
        min_length=1,
        description="other names that people type, even misspelt; no other exercise may have them",
        examples=[["wall sits", "wall squat hold"]],
    )
    ask_back: tuple[str, ...] = Field(
        (),
        description="names that may mean another movement: the coach asks which one is meant",
        examples=[["wall"]],
    )
    in_short: Line = Field(
        description="the movement in one sentence",
        examples=["With your back against a wall, you sit without a chair."],
    )
    band: Annotated[str, Field(max_length=120)] = Field(
        description="where the band goes, as a step shows it", examples=["Just above both knees"]
    )
    set_up: tuple[Line, ...] = Field(
        min_length=1,
        description="how to get into the starting position, step by step",
        examples=[["Lean your back against a wall, feet two steps in front of it."]],
    )
    movement: tuple[Line, ...] = Field(
        min_length=1,
        description="the way out, step by step",
        examples=[["Slide down until your thighs are nearly level, and stay."]],
    )
    way_back: tuple[Line, ...] = Field(
        min_length=1,
        description="the way back, step by step",
        examples=[["Push yourself up slowly, in about two seconds."]],
    )
    side_names: tuple[str, str] | None = Field(
        None,
        description="the two halves of a set as a step names them; left out where both sides"
        " work at once",
        examples=[["right leg", "left leg"]],
    )
    cues: tuple[Cue, ...] = Field(
        min_length=2,
        max_length=4,
        description="short reminders; a step shows the first two",
        examples=[["Back flat on the wall", "Knees over your toes"]],
    )
    mistakes: tuple[Line, ...] = Field(
        min_length=1,
        description="what goes wrong, and what to do instead",
        examples=[["Knees falling in: press them against the band."]],
    )
    why: Line = Field(
        description="its benefit for a runner, with no promise about injuries or times",
        examples=["It strengthens your thighs for long descents."],
    )
    easier: tuple[AdjustmentLine, ...] = Field(
        min_length=1,
        description="ways to make it easier, the one to try first at the top",
        examples=[[{"text": "Leave the band off.", "takes_band_off": True}]],
    )
    harder: tuple[AdjustmentLine, ...] = Field(
        min_length=1,
        description="ways to make it harder, the one to try first at the top",
        examples=[[{"text": "Use a stronger band.", "today": False}]],
    )
    safety: tuple[Line, ...] = Field(
        min_length=1,
        description="when to take care, and when to stop",
        examples=[["Knees hurt: slide down less far, and stop if it stays."]],
    )
    forms: dict[Slug, FormTexts] = Field(
        {},
        description="other forms by the id that a routine's block names, such as easier",
        examples=[
            {
                "easier": {
                    "name": "High wall sit",
                    "band": "No band",
                    "how": ["Slide down only halfway."],
                    "cues": ["Back flat on the wall", "Keep breathing"],
                }
            }
        ],
    )

    def of(self, form: str) -> "ExerciseTexts | FormTexts":
        """Return the texts of the form; a form that is not known has those of the exercise."""
        return self.forms.get(form, self)
