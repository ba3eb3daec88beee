"""Models of the content files: one for each kind of file in data/.

The models are the schema: the loader validates every file, and a fault names file and field.
Muscles have anatomical names in the data and plain names on the screen.
"""

from enum import IntEnum
from math import ceil
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from bot.domain.prescription import MOST_SETS

# What each pattern requires, as `check` explains it.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TEMPO = r"^\d-\d-\d-\d$"
ADDRESS = r"^https://[^\s\"<>]+$"
IN_WORDS = {
    ADDRESS: "an address that begins with https://",
    SLUG: "lower-case words and digits joined by hyphens",
    TEMPO: "four digits joined by hyphens: seconds out, held, back and between",
}

Slug = Annotated[str, Field(pattern=SLUG, max_length=40)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Finding = Annotated[str, Field(min_length=1, max_length=500)]
Cue = Annotated[str, Field(min_length=1, max_length=80)]
Seconds = Annotated[int, Field(ge=0, le=600)]

Band = Literal["mini-band", "hip-circle", "long-loop", "long-band"]
Worn = Literal["none", "mini-band", "hip-circle", "long-loop", "long-band"]
BandPlace = Literal[
    "above-knees", "ankles", "mid-shoes", "wrists", "hands", "anchor", "under-feet", "forefeet"
]
Purpose = Literal[
    "side-hips",
    "glutes",
    "hamstrings",
    "thighs",
    "hip-flexors",
    "inner-thighs",
    "trunk",
    "rotation",
    "upper-back",
    "calves",
    "ankles",
]
ExerciseClass = Literal["walk", "iso", "str", "trunk", "upper", "calf", "ankle", "hold"]
Level = Literal["beginner", "intermediate", "expert"]
SeasonPhase = Literal["base", "build", "peak", "taper", "recovery"]
Unit = Literal["reps", "steps", "trios", "seconds"]
BASE = "base"

BodyRegion = Literal[
    "foot-ankle",
    "shin-calf",
    "knee",
    "thigh",
    "hip-groin",
    "low-back",
    "upper-back",
    "shoulder-arm",
]
Posture = Literal[
    "on-the-back",
    "side-lying",
    "on-the-front",
    "hands-and-knees",
    "forearm-plank",
    "sitting",
    "standing",
    "one-leg",
    "stepping",
    "split-stance",
]
Strain = Literal["impact", "hip-extension", "band-round-shoes", "hinge"]

Muscle = Literal[
    "gluteus maximus",
    "gluteus medius",
    "gluteus minimus",
    "tensor fasciae latae",
    "deep hip external rotators",
    "piriformis",
    "iliopsoas",
    "sartorius",
    "rectus femoris",
    "vasti",
    "biceps femoris",
    "semitendinosus",
    "semimembranosus",
    "adductor longus",
    "adductor brevis",
    "adductor magnus",
    "gracilis",
    "pectineus",
    "gastrocnemius",
    "soleus",
    "tibialis anterior",
    "tibialis posterior",
    "fibularis longus",
    "fibularis brevis",
    "extensor digitorum longus",
    "extensor hallucis longus",
    "flexor digitorum longus",
    "flexor hallucis longus",
    "foot stabilisers",
    "rectus abdominis",
    "transversus abdominis",
    "external oblique",
    "internal oblique",
    "erector spinae",
    "multifidus",
    "rotatores",
    "quadratus lumborum",
    "rhomboids",
    "upper trapezius",
    "middle trapezius",
    "lower trapezius",
    "latissimus dorsi",
    "anterior deltoid",
    "middle deltoid",
    "posterior deltoid",
    "infraspinatus",
    "teres minor",
    "serratus anterior",
    "rotator cuff",
    "biceps brachii",
    "brachialis",
    "forearm flexors",
]


class Model(BaseModel):
    """The base of all models: frozen, and a field that is not known is an error.

    Every field has a description and an example, which editors and `check` show to authors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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
    """How much of a region is asked for."""

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


class Evidence(Model):
    """One entry of data/evidence.toml: a published finding, paraphrased."""

    authors: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        description="who published it", examples=["Lewis and others"]
    )
    year: Annotated[int, Field(ge=1950, le=2100)] = Field(
        description="when it was published", examples=[2019]
    )
    published_in: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        description="journal, volume and pages",
        examples=["Journal of Athletic Training 53(11), 1071–1081"],
    )
    doi: str | None = Field(
        None, description="its DOI, without an address", examples=["10.4085/1062-6050-46-16"]
    )
    url: Annotated[str, Field(pattern=ADDRESS)] | None = Field(
        None,
        description="where it can be read, if it has no DOI",
        examples=["https://pubmed.ncbi.nlm.nih.gov/23160432"],
    )
    found: dict[str, Finding] = Field(
        description="the finding and its limits, a text for each language",
        examples=[{"en": "In 22 adults the glutes worked most with the band round the feet."}],
    )

    @model_validator(mode="after")
    def it_speaks_english(self) -> "Evidence":
        if "en" not in self.found:
            raise ValueError('found.en is missing, such as found.en = "22 adults …"')
        return self

    @property
    def link(self) -> str:
        """Return the address where it can be read, or ""."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or ""


class EvidenceFile(RootModel[dict[Slug, Evidence]]):
    """data/evidence.toml: every source that an exercise or a topic may name."""


class TopicTexts(Model):
    """The name of a topic, and the words that people type for it."""

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="the words on its button", examples=["Side of the hips"]
    )
    words: tuple[str, ...] = Field(
        (), description="what people type for it", examples=[["hips", "outer hip"]]
    )
    says: tuple[Line, ...] = Field(
        (),
        description="what the coach says of it above the findings, a paragraph each",
        examples=[["Perhaps, and nobody can promise it."]],
    )


class Topic(Model):
    """One entry of data/topics.toml: a topic by which a runner can browse and search."""

    group: Literal["trains", "aim", "band", "when", "studies"] = Field(
        description="the list in which it is shown; studies: a question, found by any text that has"
        " all words of one of its `words`",
        examples=["trains"],
    )
    purposes: tuple[Purpose, ...] = Field(
        (), description="exercises with one of these purposes belong to it", examples=[["glutes"]]
    )
    muscles: tuple[Muscle, ...] = Field(
        (),
        description="exercises with one of these primary muscles belong to it; their names find it",
        examples=[["gluteus maximus"]],
    )
    bands: tuple[Band, ...] = Field(
        (), description="exercises with one of these bands belong to it", examples=[["mini-band"]]
    )
    no_band: bool = Field(
        False, description="exercises that can be done without a band belong to it", examples=[True]
    )
    before_run: bool = Field(
        False, description="exercises gentle enough before a run belong to it", examples=[True]
    )
    evidence: tuple[Slug, ...] = Field(
        (),
        description="ids in data/evidence.toml, shown with it in this order",
        examples=[["toresdahl-2020", "leppanen-2024"]],
    )
    texts: dict[str, TopicTexts] = Field(
        description="its texts per language",
        examples=[{"en": {"name": "Glutes", "words": ["glutes"]}}],
    )

    @model_validator(mode="before")
    @classmethod
    def english_may_stand_by_itself(cls, value: object) -> object:
        """Accept the form of earlier versions, [buttocks.en] for [buttocks.texts.en]."""
        if isinstance(value, dict) and "en" in value and "texts" not in value:
            return {**{k: v for k, v in value.items() if k != "en"}, "texts": {"en": value["en"]}}
        return value

    @model_validator(mode="after")
    def english_is_there(self) -> "Topic":
        if "en" not in self.texts:
            raise ValueError('texts.en is missing, such as texts.en.name = "Glutes"')
        return self

    def in_language(self, language: str) -> TopicTexts:
        """Return the texts in the language, or in English."""
        return self.texts.get(language, self.texts["en"])


class TopicsFile(RootModel[dict[Slug, Topic]]):
    """data/topics.toml: every topic, in the order in which runners see them."""


class About(Model):
    """Roughly how many fit into the work time, which tells a runner the pace."""

    low: int = Field(description="at least about this many", examples=[6])
    high: int = Field(description="at most about this many", examples=[8])
    unit: Unit = Field(description="what is counted", examples=["reps"])


class Ramp(Model):
    """A few slow repetitions with a lighter band before the sets of a block; no set itself."""

    count: Annotated[int, Field(ge=1, le=10)] = Field(
        description="how many repetitions, on each side if the block has halves", examples=[5]
    )
    work: Annotated[int, Field(ge=5, le=60)] = Field(
        description="seconds for them, on each side if the block has halves", examples=[20]
    )
    switch: Seconds = Field(0, description="seconds between the two sides", examples=[5])
    rest: Seconds = Field(description="seconds before the first set", examples=[40])


class Block(Model):
    """One exercise in a routine. All times are in seconds.

    A set is `work` once, or twice with `switch` between if `halves` is set (left and right, or
    two goes of an alternating exercise). `rest` follows each set but the last, `change` the last.
    """

    exercise: Slug = Field(description="the name of the exercise's folder", examples=["clamshell"])
    form: Slug = Field(
        BASE, description="base, or one of the exercise's forms", examples=["easier"]
    )
    swap: Slug | None = Field(
        None,
        description="what replaces it without its band, if it has no form that needs none",
        examples=["banded-glute-bridge"],
    )
    sets: Annotated[int, Field(ge=1, le=6)] = Field(description="how many sets", examples=[2])
    work: Annotated[int, Field(ge=5, le=300)] = Field(
        description="seconds of work in a set, or in each of its halves", examples=[30]
    )
    halves: bool = Field(
        False, description="a set is done twice: once for each of side_names", examples=[True]
    )
    switch: Seconds = Field(0, description="seconds between the two halves", examples=[5])
    rest: Seconds = Field(0, description="seconds between sets", examples=[20])
    change: Seconds = Field(description="seconds after the last set", examples=[30])
    tempo: Annotated[str, Field(pattern=TEMPO)] | None = Field(
        None,
        description="seconds out, held, back and between in this routine; left out: the exercise's",
        examples=["3-0-1-0"],
    )
    ramp: Ramp | None = Field(
        None,
        description="slow repetitions with a lighter band before the first set",
        examples=[{"count": 5, "work": 20, "rest": 40}],
    )
    weekly: bool = Field(
        False,
        description="left out if an exercise of its class was done in the last seven days",
        examples=[True],
    )
    about: About | None = Field(
        None,
        description="roughly how many fit into the work time of what is measured in seconds;"
        " of all else the tempo says it",
        examples=[{"low": 6, "high": 8, "unit": "reps"}],
    )

    @property
    def seconds(self) -> int:
        """The seconds of its sets with ramp, rests and change."""
        goes = 2 if self.halves else 1
        ramp = self.ramp.work * goes + self.ramp.switch + self.ramp.rest if self.ramp else 0
        sets = self.sets * (self.work * goes + self.switch)
        return ramp + sets + (self.sets - 1) * self.rest + self.change

    @model_validator(mode="after")
    def a_switch_needs_halves(self) -> "Block":
        if self.switch and not self.halves:
            raise ValueError("switch is the pause between two halves: set halves = true")
        if self.ramp and self.ramp.switch and not self.halves:
            raise ValueError("ramp.switch is the pause between two halves: set halves = true")
        return self


class RoutineTexts(Model):
    """The name and the description of a routine, in one language."""

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="what the runner reads", examples=["Hill legs"]
    )
    aliases: tuple[str, ...] = Field(
        (), description="other names that people type", examples=[["hills", "hill strength"]]
    )
    in_short: Line = Field(
        description="what it is and how long it takes, in a sentence or two",
        examples=["Four exercises for hilly courses. About 14 minutes."],
    )


class Routine(Model):
    """data/routines/<id>.toml: an ordered list of blocks, with its texts per language."""

    id: Slug = Field(description="the name of its file without .toml", examples=["hill-legs"])
    level: Level = Field(description="whom it suits", examples=["beginner"])
    phases: tuple[SeasonPhase, ...] = Field(
        (),
        description="the parts of a season that it suits; an empty list: any",
        examples=[["base", "build"]],
    )
    progress: bool = Field(
        True,
        description="false: it is meant to stay easy, so nothing becomes harder after it",
        examples=[False],
    )
    warm_up: Seconds = Field(description="seconds before the first block; 0: none", examples=[120])
    sets_in_first_sessions: tuple[int, ...] = Field(
        (),
        description="at most this many sets in the first, second, … session of this routine, not"
        " counting those that were too hard; rounds count as sets",
        examples=[[1]],
    )
    rounds: Annotated[int, Field(ge=1, le=6)] = Field(
        1,
        description="how many times all blocks are done in turn, one set of each at a time",
        examples=[2],
    )
    blocks: tuple[Block, ...] = Field(
        min_length=1,
        description="the exercises in order",
        examples=[[{"exercise": "clamshell", "sets": 2, "work": 30, "change": 30}]],
    )
    texts: dict[str, RoutineTexts] = Field(
        description="its texts per language",
        examples=[{"en": {"name": "Hill legs", "in_short": "Four exercises for hilly courses."}}],
    )

    def sets_in_session(self, number: int) -> int:
        """Return the most sets of an exercise in a session of this routine; `number` is from 0."""
        limits = self.sets_in_first_sessions[number : number + 1]
        return min(self.rounds * max(block.sets for block in self.blocks), *limits, MOST_SETS)

    @property
    def minutes(self) -> int:
        """The minutes that it takes without warm-up and without what comes weekly."""
        seconds = sum(block.seconds for block in self.blocks if not block.weekly)
        return ceil(self.rounds * seconds / 60)

    @model_validator(mode="after")
    def rounds_are_of_single_sets(self) -> "Routine":
        if self.rounds > 1 and any(block.sets > 1 for block in self.blocks):
            raise ValueError("a routine in rounds has blocks of one set: set sets = 1")
        if self.rounds > 1 and any(block.ramp for block in self.blocks):
            raise ValueError("a routine in rounds has no ramp: take ramp out")
        return self

    @model_validator(mode="after")
    def it_speaks_english(self) -> "Routine":
        if "en" not in self.texts:
            raise ValueError('texts.en is missing, such as [texts.en] with name = "Hill legs"')
        return self
