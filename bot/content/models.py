"""What all models of the content files share: one model for each kind of file in data/.

The models are the schema: the loader validates every file, and a fault names file and field.
Muscles have anatomical names in the data and plain names on the screen.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# What each pattern requires, as `check` explains it.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TEMPO = r"^\d-\d-\d-\d$"
PHRASE = r"^[^A-Z'’.,;:?!]+$"
ADDRESS = r"^https://[^\s\"<>]+$"
IN_WORDS = {
    ADDRESS: "an address that begins with https://",
    PHRASE: "in lower case, without punctuation and apostrophes",
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
