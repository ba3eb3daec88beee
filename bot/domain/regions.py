"""Regions of the body in which something may hurt."""

from enum import StrEnum


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
GROWING = frozenset({Region.FOOT_ANKLE, Region.KNEE, Region.HIP_GROIN})  # in the young


def narrowed(region: Region) -> tuple[Region, ...]:
    """Return the regions that are meant: an old report about the back is about both its parts."""
    return (Region.LOW_BACK, Region.UPPER_BACK) if region is Region.BACK else (region,)
