"""The format of data/exercises/<id>/pose.toml: how a figure moves, and what is drawn with it.

A form of the exercise that looks different has its own file, such as pose-single-leg.toml. With
`mirror = true` a second clip is drawn for the second of the exercise's side names.

To write a pose, copy the pose of a similar exercise, change it, and look at the result:
`python -m bot figures <id> --sheet sheet.png` writes twelve moments of the loop to one picture.

**Lengths** are shares of the runner's height (0.1 is 10 %), **angles** are degrees, **times**
seconds. World axes: x to the runner's right (the left of a front view), y forward (the right of
a side view), z up from the floor. Lying on the back the head is at -y; on the front or on hands
and knees at +y; lying on the left side at -x, the face towards y.

**Joint angles**: hip + thigh forward; abd + outward; rotation + toes out; knee 0 straight;
ankle + toes up; shoulder 0 arm down, 90 forward, 180 overhead; shoulder_abd + outward (with the
arm forward: opened to the side); elbow 0 straight; lean + trunk forward. A foot is flat in a
standing posture when lean = hip - knee + ankle.

**A key lists what changes**; everything else stays as in the key before, and at first as in
[pose]. `like = "start"` restores all values of the key with that name. After the last key the
figure returns to the first one at `loop`. The movement eases in and out between keys; it stops at
a key only if the key has a `hold`. Make the return slower than the pull.

**Legs and arms** follow their angles, or have a target from which the angles are computed: `foot`
(a spot on the floor), `hand` (relative to the breastbone), `hand_on`, `hand_at`. A limb has the
same kind of target through the whole loop.

**The support** does not move: `rests_on` names the point from which the body is built up, such as
the standing foot. With "hips" the pelvis is placed by `hips = [x, y, z]` instead, which suits
movements in which both feet have targets, such as a walk or a squat.

An example, the banded squat, complete:

    view = "three-quarter"
    posture = "standing"
    loop = 4.0
    still = 1.8                       # the second that the still picture shows
    works = ["thigh front", "glutes"]

    [pose]                            # the start
    rests_on = "hips"
    hips = [0, 0, 0.52]
    lean = 3
    both = { foot = [0.11, 0, 0], toe_out = 12, hand = [0.02, 0.2, 0] }

    [[keys]]
    t = 0
    name = "tall"

    [[keys]]                          # down in 1.6 s, a short hold, and up
    t = 1.6
    hold = 0.3
    hips = [0, -0.13, 0.31]
    lean = 38

    [[keys]]
    t = 3.4
    like = "tall"

    [[bands]]
    kind = "loop"
    path = ["left knee", "right knee"]
    rest = 0.17

Starts on hands and knees, with the toes tucked under, and in a side plank on forearm and knee:

    [pose]
    lean = -12
    both = { hip = 78, knee = 104, ankle = 6, shoulder = 78, elbow = 4, wrist = 74 }

    [pose]
    rests_on = "left elbow"
    sideways = 24
    left = { hip = 8, knee = 90, ankle = -40, shoulder_abd = 64, elbow = 90 }
    right = { hip = 8, knee = 90, ankle = -40, abd = -12, hand_on = "hip" }

Points that must not move follow from `rests_on` and from targets that do not change; add others
as `[[contacts]]`. bot/figures/geometry.py reports faults with their place in the file.

An inset in a corner shows what the view hides: `inset = "top"` for a turn, `inset = "rear"` for
the back, with `inset_frame` a close-up. A side-lying head rests on `[[props]]` with
`kind = "pillow"`. A `[[guides]]` line shows what must not move, a `[[signs]]` counts the parts of a
movement, or marks with an x what is wrong.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Seconds = Annotated[float, Field(ge=0, le=30)]
Degrees = Annotated[float, Field(ge=-200, le=200)]
Share = Annotated[float, Field(ge=-3, le=3)]
Point = tuple[Share, Share, Share]

View = Literal["front", "three-quarter", "side", "rear"]
Corner = Literal["top left", "top right", "bottom left", "bottom right"]
Posture = Literal["standing", "supine", "prone", "side-lying", "hands-and-knees", "seated"]
Support = Literal[
    "hips",
    "back",
    "shoulders",
    "belly",
    "seat",
    "left foot",
    "right foot",
    "left ball",
    "right ball",
    "left heel",
    "right heel",
    "left knee",
    "right knee",
    "left elbow",
    "right elbow",
    "left hand",
    "right hand",
]
BodyPoint = Literal[
    "left thigh",
    "right thigh",
    "left knee",
    "right knee",
    "left shin",
    "right shin",
    "left ankle",
    "right ankle",
    "left foot",
    "right foot",
    "left forefoot",
    "right forefoot",
    "left hand",
    "right hand",
    "left wrist",
    "right wrist",
    "left elbow",
    "right elbow",
    "left shoulder",
    "right shoulder",
    "chest",
    "hips",
    "head",
]
GuidePoint = Literal[
    "hips",
    "shoulders",
    "head",
    "left hip",
    "right hip",
    "left knee",
    "right knee",
    "left ankle",
    "right ankle",
    "left shoulder",
    "right shoulder",
]
BandPoint = BodyPoint | Literal["hands", "anchor"]
AREAS = (
    "glutes",
    "hip side",
    "hip front",
    "thigh front",
    "thigh back",
    "thigh inside",
    "calf",
    "shin",
    "outer shin",
    "abdomen",
    "waist side",
    "lower back",
    "upper back",
    "chest",
    "shoulder",
    "rear shoulder",
    "arm",
)
WorkingArea = Annotated[str, Field(pattern=f"^({'|'.join(AREAS)})( left| right)?$")]


class Model(BaseModel):
    """Frozen; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Side(Model):
    """One side of the body: the arm and the leg there. All angles in degrees."""

    hip: Degrees | None = Field(None, description="+ thigh forward of the trunk's line, - behind")
    abd: Degrees | None = Field(None, description="thigh outward +, across the middle -")
    rotation: Degrees | None = Field(None, description="thigh turned outward +")
    open: Degrees | None = Field(
        None,
        description="the knee swings outward + about the line from hip to ankle, the foot staying "
        "where it is: the clamshell; with a planted foot: knees pressed out",
    )
    knee: Degrees | None = Field(None, description="0 straight, 90 bent square")
    ankle: Degrees | None = Field(None, description="toes up +, pointed -")
    eversion: Degrees | None = Field(None, description="sole turned outward +, inward -")
    foot: Point | None = Field(
        None,
        description="leads the leg: the spot under the ankle as [outward from the middle line of "
        "the picture's world to this side, forward, up]; up 0 is on the floor",
    )
    toe_out: Degrees | None = Field(None, description="with foot: toes turned outward")
    heel_up: Degrees | None = Field(None, description="with foot: heel raised over the ball")
    shoulder: Degrees | None = Field(None, description="0 arm down, 90 forward, 180 overhead")
    shoulder_abd: Degrees | None = Field(None, description="arm outward +")
    shoulder_rotation: Degrees | None = Field(None, description="upper arm turned outward +")
    elbow: Degrees | None = Field(None, description="0 straight, 90 bent square")
    wrist: Degrees | None = Field(None, description="hand bent back + (90: propped on the floor)")
    hand: Point | None = Field(
        None,
        description="leads the arm: the fist, seen from the breastbone, as [outward, forward, up]; "
        "it turns with the ribs",
    )
    hand_on: Literal["hip", "breastbone", "ear", "thigh"] | None = Field(
        None, description="leads the arm: the hand lies on this part of the body"
    )
    hand_at: Point | None = Field(
        None, description="leads the arm: a place in the world, as [outward, forward, up]"
    )
    palm: Literal["wall", "down", "thumb up"] | None = Field(
        None,
        description="with a led hand, how it is turned; wall: flat against a wall at greater y, "
        "fingers up; down: flat on a thing, fingers away from the shoulder; thumb up",
    )
    elbow_out: Degrees | None = Field(
        None, description="with a led hand: the elbow flared outward and up from its hanging place"
    )

    @model_validator(mode="after")
    def _check_hand_targets(self) -> "Side":
        targets = [
            name for name in ("hand", "hand_on", "hand_at") if getattr(self, name) is not None
        ]
        if len(targets) > 1:
            raise ValueError(f"{' and '.join(targets)} are both targets of the hand: keep one")
        return self


class BodyPose(Model):
    """How the body is held; None: as before."""

    rests_on: Support | None = Field(
        None,
        description="the point the body is built up from, which stays put; at first: the back for "
        "supine, the belly for prone, left knee on hands and knees, the seat for seated, the hips "
        "for side-lying, the left foot for standing",
    )
    hips: Point | None = Field(
        None, description="with rests_on hips: where the middle between the hip joints is"
    )
    lean: Degrees | None = Field(
        None, description="trunk tipped forward + from the posture's own line (0 upright, or lying)"
    )
    sideways: Degrees | None = Field(None, description="trunk tipped to the runner's right +")
    turn: Degrees | None = Field(None, description="the whole body turned to the runner's left +")
    twist: Degrees | None = Field(None, description="ribs turned to the left + over still hips")
    bend: Degrees | None = Field(None, description="ribs curled forward + over the pelvis")
    side_bend: Degrees | None = Field(None, description="ribs bent to the right + over the pelvis")
    nod: Degrees | None = Field(None, description="head bowed + from where it looks by itself")
    both: Side | None = Field(None, description="both sides alike, mirrored")
    left: Side | None = Field(None, description="the left side; goes before `both`")
    right: Side | None = Field(None, description="the right side; goes before `both`")


class Key(BodyPose):
    """A moment of the movement."""

    t: Seconds = Field(description="seconds from the beginning of the loop; the first key has 0")
    hold: Seconds = Field(0.0, description="seconds for which this moment is held")
    name: str | None = Field(None, description="a name for `like`")
    like: str | None = Field(
        None, description="begins from all that the earlier key of this name held"
    )


class Contact(Model):
    """A point that must not move for a span of the loop."""

    point: Support = Field(description="what stays put")
    start: Seconds = Field(0.0, description="from when, in seconds")
    end: Seconds | None = Field(None, description="until when, in seconds; none: to the loop's end")


class Band(Model):
    """A loop round two limbs, or a strip from point to point."""

    kind: Literal["loop", "strip"] = Field(description="a closed loop, or a strip with two ends")
    path: tuple[BandPoint, ...] = Field(
        min_length=2,
        description="the points it runs through in order; thigh: a hand's width above the knee; "
        "knee: just above it; foot: round the middle of the shoe; hands: both hands together; a "
        "loop has exactly two",
    )
    rest: float = Field(
        gt=0.01, le=3, description="length at rest between the first and last point"
    )
    taut: bool = Field(True, description="must never hang loose, not even at the start")
    width: float = Field(0.03, gt=0.004, le=0.08, description="how wide the ribbon is at rest")

    @model_validator(mode="after")
    def _check_loop(self) -> "Band":
        if self.kind == "loop" and len(self.path) != 2:
            raise ValueError("a loop goes round exactly two points")
        if self.kind == "loop" and {"anchor", "hands"} & set(self.path):
            raise ValueError("a loop goes round limbs: use a strip to an anchor or to both hands")
        return self


class Anchor(Model):
    """What the band is fixed to."""

    at: Point = Field(description="where the band is fixed: [x to the right, y forward, z up]")
    on: Literal["post", "door", "nothing"] = Field("post", description="what is drawn there")


class Prop(Model):
    """A thing in the picture."""

    kind: Literal["mat", "wall", "chair", "step", "ball", "pillow"] = Field(
        description="mat: lies under the figure; wall: at y; chair: a seat; step: a low box; "
        "ball: held; pillow: under the head, or held"
    )
    at: Point = Field(
        (0.0, 0.0, 0.0),
        description="where: the middle of its foot on the floor; a pillow without it lies under "
        "the head",
    )
    size: float | None = Field(
        None, gt=0, le=3, description="height of the seat, radius, length; pillow: its width"
    )
    between: tuple[BodyPoint, BodyPoint] | None = Field(
        None, description="a ball or pillow held between these two points"
    )
    back: Literal["left", "right", "front", "rear"] | None = Field(
        None, description="chair: the side of the seat, in world axes, on which its back stands"
    )


class Arrow(Model):
    """Shows where a point is going: along its own way, between two times."""

    follows: BodyPoint = Field(description="the point whose way is drawn")
    start: Seconds = Field(description="the arrow's tail: where the point is at this second")
    end: Seconds = Field(description="the arrow's head: where the point is at this second")
    shift: tuple[Share, Share, Share] = Field(
        (0.0, 0.0, 0.0), description="moves the arrow clear of the body, in world axes"
    )


class Guide(Model):
    """A dashed line that stays where two points are at one moment: what must not move."""

    through: tuple[GuidePoint, GuidePoint] = Field(description="the two joints that it joins")
    at: Seconds = Field(0.0, description="the second at which the points are there")
    beyond: float = Field(
        0.12, ge=0, le=1, description="how far it goes on beyond both points, in heights"
    )
    shift: tuple[Share, Share, Share] = Field(
        (0.0, 0.0, 0.0), description="moves the line clear of the body, in world axes"
    )


class Sign(Model):
    """A sign in a corner for a part of the movement; it is never mirrored."""

    shows: Literal["1", "2", "3", "Y", "T", "W", "x"] = Field(
        description="the number or letter of this part; x: this is wrong"
    )
    start: Seconds = Field(description="the second at which it appears")
    end: Seconds = Field(description="the second at which it goes")


class Glow(Model):
    """An area that works in a part of the movement only."""

    area: WorkingArea = Field(description="the area to tint, as in works")
    start: Seconds = Field(description="the second at which it appears")
    end: Seconds = Field(description="the second at which it goes")


class Frame(Model):
    """What the picture shows, where it should not simply fit the whole figure."""

    centre: Point = Field(description="the world point in the middle of the picture")
    height: float = Field(gt=0.1, le=4, description="how much of the world the picture is high")


class Pose(Model):
    """data/exercises/<id>/pose.toml: one loop of the movement, and what is drawn with it."""

    view: View = Field(description="from where it is seen")
    camera_turn: Degrees | None = Field(
        None, description="a finer view: 0 front, 90 from the runner's right, 180 rear"
    )
    camera_height: Degrees = Field(9, description="how far the camera looks down, in degrees")
    picture: Literal["square", "wide"] | None = Field(
        None, description="480 x 480 or 480 x 300 at most; none: wide for lying and hands and knees"
    )
    frame: Frame | None = Field(None, description="a close-up; none: all of the figure fits")
    posture: Posture = Field(description="how the body lies, stands or sits")
    loop: float = Field(gt=0.5, le=16, description="seconds until the movement begins again")
    still: Seconds = Field(description="second of the key pose, for the still picture")
    travel: tuple[Share, Share] = Field(
        (0.0, 0.0), description="how far [x, y] a walk comes per loop; the floor scrolls with it"
    )
    works: tuple[WorkingArea, ...] = Field(
        (),
        description=f"areas to tint, on both sides or with `left` or `right` after the name: "
        f"{', '.join(AREAS)}",
    )
    pose: BodyPose = Field(BodyPose(), description="how the body is held at first")
    keys: tuple[Key, ...] = Field(min_length=1, description="the moments of the movement, in order")
    contacts: tuple[Contact, ...] = Field((), description="further points that must not move")
    bands: tuple[Band, ...] = Field((), description="the bands")
    anchor: Anchor | None = Field(None, description="where a band is fixed")
    props: tuple[Prop, ...] = Field((), description="things in the picture")
    arrows: tuple[Arrow, ...] = Field((), description="where it is going")
    glows: tuple[Glow, ...] = Field((), description="areas that work in a part of the movement")
    guides: tuple[Guide, ...] = Field((), description="what must not move")
    signs: tuple[Sign, ...] = Field((), description="the parts of the movement, one by one")
    sign_corner: Corner = Field("top left", description="where the signs are")
    inset: Literal["top", "front", "side", "rear"] | None = Field(
        None,
        description="a small second picture in a corner; top: hips, shoulders, arms and band from "
        "above, for a turn that the view hides; others: the figure from there",
    )
    inset_corner: Corner = Field("bottom left", description="where the inset is")
    inset_turn: Degrees | None = Field(
        None, description="the inset's finer view: 0 front, 90 from the right, 180 rear"
    )
    inset_frame: Frame | None = Field(
        None, description="what the inset shows; none: the working areas"
    )
    mirror: bool = Field(
        False,
        description="a second, mirrored clip is drawn for the second of the exercise's side names",
    )
    alike: tuple[str, ...] = Field(
        (), description="the exercise's forms that look like this, and need no clip of their own"
    )
    ghost: Seconds | None = Field(
        None, description="the pose of this second is drawn faintly behind the figure"
    )
