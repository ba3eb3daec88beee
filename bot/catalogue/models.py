"""What a content file may hold: one model per kind of file in data/.

The models are the schema: the loader checks every file against them and names file and field.
Muscles are anatomical in the data and plain on the screen.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Seconds = Annotated[int, Field(ge=0, le=600)]

Band = Literal["mini-band", "hip-circle", "long-loop", "long-band"]
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
SeasonPhase = Literal["base", "build", "peak", "taper", "recovery"]
Unit = Literal["reps", "steps", "trios", "seconds"]
BASE = "base"

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
    """Frozen, and strict about names: a misspelt field is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Muscles(Model):
    primary: tuple[Muscle, ...] = Field(min_length=1)
    secondary: tuple[Muscle, ...] = ()


class Dose(Model):
    """What one set asks for when it is counted; ranges are (low, high), rest in seconds."""

    sets: tuple[int, int]
    range: tuple[int, int]
    unit: Unit
    rest_seconds: tuple[Seconds, Seconds]

    @model_validator(mode="after")
    def ranges_rise(self) -> "Dose":
        for name in ("sets", "range", "rest_seconds"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name} runs from low to high, not {low} to {high}")
        return self


class DatasetRefs(Model):
    """Where public exercise sets list the same movement, for export."""

    free_exercise_db: str | None = None
    wger: int | None = None


class ExerciseFacts(Model):
    """data/exercises/<id>/exercise.toml: what is true in every language."""

    id: Slug
    exercise_class: ExerciseClass = Field(alias="class")
    level: Literal["beginner", "intermediate", "expert"]
    category: Literal["strength"] = "strength"
    force: Literal["push", "pull", "static"] | None = None
    mechanic: Literal["compound", "isolation"]
    laterality: Literal["bilateral", "unilateral", "alternating"]
    measurement_type: Literal["reps", "time"]
    tempo: Annotated[str, Field(pattern=r"^\d-\d-\d-\d$")]
    family: Slug = Field(description="what it is a kind of, such as squat, bridge or row")
    purposes: tuple[Purpose, ...] = Field(
        min_length=1,
        description="what it trains, the main thing first: an exercise with the same main purpose"
        " may stand in for it",
    )
    before_run: bool = Field(False, description="gentle enough for the minutes before a run")
    bands: tuple[Band, ...] = Field(description="any one of these will do; none: no band")
    band_place: BandPlace | None
    band_optional: bool = Field(False, description="may be done well without any band")
    anchor: bool = Field(False, description="the band is held by a door anchor or a post")
    muscles: Muscles
    dose: Dose
    evidence: tuple[Slug, ...] = Field((), description="ids of data/evidence.toml, for “Why?”")
    dataset_refs: DatasetRefs = DatasetRefs()

    @model_validator(mode="after")
    def a_band_has_its_place(self) -> "ExerciseFacts":
        if bool(self.bands) != (self.band_place is not None):
            raise ValueError("bands and band_place go together")
        return self


class FormTexts(Model):
    """Another form of the movement that a routine can ask for, such as a squat to a chair."""

    name: Annotated[str, Field(max_length=60)]
    band: Annotated[str, Field(max_length=120)]
    how: tuple[Line, ...] = Field(min_length=1)
    cues: tuple[Annotated[str, Field(max_length=80)], ...] = Field(min_length=2, max_length=3)
    needs_band: bool = Field(False, description="false: it may be done without a band")


class ExerciseTexts(Model):
    """data/exercises/<id>/en.toml: what a coach says about it, in one language."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    aliases: tuple[str, ...] = Field(min_length=1)
    ask_back: tuple[str, ...] = Field(
        (), description="names that may mean another movement: asked back, never explained at once"
    )
    in_short: Line
    band: Annotated[str, Field(max_length=120, description="where the band goes, for a step")]
    set_up: tuple[Line, ...] = Field(min_length=1)
    movement: tuple[Line, ...] = Field(min_length=1)
    way_back: tuple[Line, ...] = Field(min_length=1)
    side_names: tuple[str, str] | None = None
    cues: tuple[Annotated[str, Field(max_length=80)], ...] = Field(min_length=2, max_length=4)
    mistakes: tuple[Line, ...] = Field(min_length=1)
    why: Line
    easier: tuple[Line, ...] = Field(min_length=1)
    harder: tuple[Line, ...] = Field(min_length=1)
    safety: tuple[Line, ...] = Field(min_length=1)
    forms: dict[Slug, FormTexts] = Field(
        {}, description="other forms by the id that a routine's block names, such as easier"
    )


class Evidence(Model):
    """One entry of data/evidence.toml: a published finding, in our own words."""

    authors: Annotated[str, Field(min_length=1, max_length=80)]
    year: Annotated[int, Field(ge=1950, le=2100)]
    published_in: Annotated[str, Field(min_length=1, max_length=120)]
    doi: str | None = None
    found: dict[str, Line] = Field(description="what was found, a sentence per language")


class EvidenceFile(RootModel[dict[Slug, Evidence]]):
    """data/evidence.toml: every source that an exercise may name."""


class About(Model):
    """Roughly how many fit into the work time, so that a runner knows the pace."""

    low: int
    high: int
    unit: Unit


class Block(Model):
    """One exercise in a routine. All times in seconds.

    A set is `work` once, or twice with `switch` between where `halves` is set (left and right,
    or two goes of an alternating exercise). `rest` lies between sets, `change` after the last.
    """

    exercise: Slug
    form: Slug = Field(BASE, description="base, or one of the exercise's forms")
    swap: Slug | None = Field(None, description="first choice for who lacks the band for this")
    sets: Annotated[int, Field(ge=1, le=6)]
    work: Annotated[int, Field(ge=5, le=300)]
    halves: bool = False
    switch: Seconds = 0
    rest: Seconds = 0
    change: Seconds
    about: About | None = None

    @model_validator(mode="after")
    def a_switch_needs_halves(self) -> "Block":
        if self.switch and not self.halves:
            raise ValueError("switch is the pause between two halves: set halves = true")
        return self


class RoutineTexts(Model):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    aliases: tuple[str, ...] = ()
    in_short: Line


class Routine(Model):
    """data/routines/<id>.toml: an ordered list of blocks, with its texts per language."""

    id: Slug
    level: Literal["beginner", "intermediate", "expert"]
    phases: tuple[SeasonPhase, ...] = Field(
        (), description="the parts of a season that it suits; none: it suits any"
    )
    warm_up: Seconds = Field(description="seconds before the first block; 0: none")
    sets_in_first_sessions: tuple[int, ...] = Field(
        (),
        description="at most this many sets in the first, second, … session of this routine;"
        " rounds count as sets",
    )
    rounds: Annotated[int, Field(ge=1, le=6)] = Field(
        1, description="how often all blocks are walked through, one set of each at a time"
    )
    blocks: tuple[Block, ...] = Field(min_length=1)
    texts: dict[str, RoutineTexts]

    @model_validator(mode="after")
    def rounds_are_of_single_sets(self) -> "Routine":
        if self.rounds > 1 and any(block.sets > 1 for block in self.blocks):
            raise ValueError("a routine in rounds has blocks of one set: set sets = 1")
        return self

    @model_validator(mode="after")
    def it_speaks_english(self) -> "Routine":
        if "en" not in self.texts:
            raise ValueError("texts.en is missing")
        return self
