"""Regions of the body, and the exercises that are left out while a region rests.

Muscles have their anatomical names, as in the exercise data. The lists are wide on purpose: an
exercise too many that is left out for a week does little harm.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.prescription import ExerciseClass


class Region(StrEnum):
    """Where something hurts."""

    FOOT_ANKLE = "foot-ankle"
    SHIN_CALF = "shin-calf"
    KNEE = "knee"
    THIGH = "thigh"
    HIP_GROIN = "hip-groin"
    LOW_BACK = "low-back"
    UPPER_BACK = "upper-back"
    BACK = "back"  # stored in old reports and old buttons; never offered
    SHOULDER_ARM = "shoulder-arm"
    ELSEWHERE = "elsewhere"


class Side(StrEnum):
    """The side of the body that hurts."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


OFFERED = tuple(region for region in Region if region is not Region.BACK)
LEGS = frozenset({Region.FOOT_ANKLE, Region.SHIN_CALF, Region.KNEE, Region.THIGH, Region.HIP_GROIN})


def narrowed(region: Region) -> tuple[Region, ...]:
    """Return the regions that are meant: an old report about the back is about both its parts."""
    return (Region.LOW_BACK, Region.UPPER_BACK) if region is Region.BACK else (region,)


_THIGH_FRONT = frozenset({"rectus femoris", "vasti", "sartorius"})
_THIGH_BACK = frozenset({"biceps femoris", "semitendinosus", "semimembranosus"})
_THIGH_INSIDE = frozenset(
    {"adductor longus", "adductor brevis", "adductor magnus", "gracilis", "pectineus"}
)
_CALF = frozenset({"gastrocnemius", "soleus"})
_SHIN = frozenset(
    {
        "tibialis anterior",
        "tibialis posterior",
        "fibularis longus",
        "fibularis brevis",
        "extensor digitorum longus",
        "extensor hallucis longus",
        "flexor digitorum longus",
        "flexor hallucis longus",
        "foot stabilisers",
    }
)
_HIP = frozenset(
    {
        "gluteus maximus",
        "gluteus medius",
        "gluteus minimus",
        "tensor fasciae latae",
        "deep hip external rotators",
        "piriformis",
        "iliopsoas",
    }
)
_TRUNK = frozenset(
    {
        "rectus abdominis",
        "transversus abdominis",
        "external oblique",
        "internal oblique",
        "erector spinae",
        "multifidus",
        "rotatores",
        "quadratus lumborum",
    }
)
_UPPER_BACK = frozenset(
    {"rhomboids", "upper trapezius", "middle trapezius", "lower trapezius", "latissimus dorsi"}
)
_SHOULDER_ARM = frozenset(
    {
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
    }
)

MUSCLES: Mapping[Region, frozenset[str]] = MappingProxyType(
    {
        Region.FOOT_ANKLE: _CALF | _SHIN,
        Region.SHIN_CALF: _CALF | _SHIN,
        Region.KNEE: _THIGH_FRONT
        | _THIGH_BACK
        | {"gracilis", "gastrocnemius", "tensor fasciae latae"},
        Region.THIGH: _THIGH_FRONT | _THIGH_BACK | _THIGH_INSIDE | {"tensor fasciae latae"},
        Region.HIP_GROIN: _HIP
        | _THIGH_BACK
        | _THIGH_INSIDE
        | {"rectus femoris", "sartorius", "quadratus lumborum"},
        Region.LOW_BACK: _TRUNK | {"iliopsoas", "latissimus dorsi"},
        Region.UPPER_BACK: _UPPER_BACK,
        Region.SHOULDER_ARM: _SHOULDER_ARM | _UPPER_BACK,
    }
)

_C = ExerciseClass
CLASSES: Mapping[Region, frozenset[ExerciseClass]] = MappingProxyType(
    {
        Region.FOOT_ANKLE: frozenset({_C.CALF, _C.ANKLE, _C.WALK, _C.STR}),
        Region.SHIN_CALF: frozenset({_C.CALF, _C.ANKLE, _C.WALK}),
        Region.KNEE: frozenset({_C.WALK, _C.STR}),
        Region.THIGH: frozenset({_C.WALK, _C.STR}),
        Region.HIP_GROIN: frozenset({_C.WALK, _C.STR}),
        Region.LOW_BACK: frozenset({_C.TRUNK, _C.STR, _C.HOLD}),
        Region.UPPER_BACK: frozenset({_C.UPPER, _C.HOLD}),
        Region.SHOULDER_ARM: frozenset({_C.UPPER, _C.HOLD}),
    }
)

BAND_PLACES: Mapping[Region, frozenset[str]] = MappingProxyType(
    {
        Region.FOOT_ANKLE: frozenset({"ankles", "mid-shoes", "forefeet", "under-feet"}),
        Region.SHIN_CALF: frozenset({"ankles", "mid-shoes", "forefeet"}),
        Region.SHOULDER_ARM: frozenset({"wrists", "hands", "anchor"}),
    }
)


def excluded(
    region: Region,
    muscles: Iterable[str],
    exercise_class: ExerciseClass | None = None,
    band_place: str | None = None,
) -> bool:
    """Whether an exercise with these muscles, main or helping, is left out while the region rests.

    The class and the place of the band count too, because holding still loads a region as well.
    Pain elsewhere leaves out every exercise.
    """
    if region is Region.ELSEWHERE:
        return True
    return any(
        not MUSCLES[part].isdisjoint(muscles)
        or exercise_class in CLASSES[part]
        or band_place in BAND_PLACES.get(part, frozenset())
        for part in narrowed(region)
    )
