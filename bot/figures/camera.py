"""Projects the world to the picture in parallel, with a frame that fits the whole loop."""

from dataclasses import dataclass
from math import cos, radians, sin

from bot.figures.pose import Pose, Prop
from bot.figures.skeleton import Figure
from bot.figures.vectors import Vec, add, cross, dot, scale, sub

TURNS = {"front": 0.0, "three-quarter": 38.0, "side": 82.0, "rear": 180.0}
SQUARE = (480, 480)
WIDE = (480, 300)
_LOWEST = 220  # pixels: the least height of a wide picture
CHAIR_HIGH = 0.26
STEP_HIGH = 0.09
BACK_HIGH = 0.26  # of a chair's back over its seat
_LARGEST = 0.80  # of the picture's height: a runner's height at most
_FLESH = 0.07  # of height: how far the body extends beyond its joints
_MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class Camera:
    """Directions in the world, the centre of the picture, and pixels per runner's height."""

    right: Vec
    up: Vec
    to_viewer: Vec
    centre: tuple[float, float]
    scale: float
    size: tuple[int, int]

    def project(self, point: Vec) -> tuple[float, float]:
        """Return the pixel of a world point: x to the right, y down."""
        x = (dot(point, self.right) - self.centre[0]) * self.scale + self.size[0] / 2
        y = self.size[1] / 2 - (dot(point, self.up) - self.centre[1]) * self.scale
        return x, y

    def depth(self, point: Vec) -> float:
        """Return the depth in heights; nearer to the viewer is greater."""
        return dot(point, self.to_viewer)


def camera_of(pose: Pose, figure: Figure) -> Camera:
    """Return the camera of a pose, which is fixed through the loop except to follow a walk."""
    turn = radians(TURNS[pose.view] if pose.camera_turn is None else pose.camera_turn)
    down = radians(pose.camera_height)
    to_viewer = (sin(turn) * cos(down), cos(turn) * cos(down), sin(down))
    right = (-cos(turn), sin(turn), 0.0)
    up = cross(to_viewer, right)
    size = WIDE if _is_wide(pose) else SQUARE
    if pose.frame:
        centre = pose.frame.centre
        middle = (dot(centre, right), dot(centre, up))
        return Camera(right, up, to_viewer, middle, size[1] / pose.frame.height, size)
    points = [(dot(point, right), dot(point, up)) for point in _extent(pose, figure)]
    flesh = [(x, y) for x in (-_FLESH, _FLESH) for y in (-_FLESH, _FLESH)]
    mats = [mat_corners(pose, prop) for prop in pose.props if prop.kind == "mat"]
    points = [(a + x, b + y) for a, b in points for x, y in flesh]
    points += [(dot(corner, right), dot(corner, up)) for mat in mats for corner in mat]
    left, low = (min(point[axis] for point in points) for axis in (0, 1))
    far, high = (max(point[axis] for point in points) for axis in (0, 1))
    fits = [size[0] / (far - left), size[1] / (high - low)]
    pixels = min(*fits) * (1 - 2 * _MARGIN)
    pixels = min(pixels, _LARGEST * SQUARE[1])
    if size == WIDE:  # cut off the empty space below and above
        needed = (high - low) * pixels / (1 - 2 * _MARGIN)
        size = (size[0], min(max(round(needed / 20) * 20, _LOWEST), size[1]))
    return Camera(right, up, to_viewer, ((left + far) / 2, (low + high) / 2), pixels, size)


def shows(camera: Camera, point: Vec) -> bool:
    x, y = camera.project(point)
    return 0 <= x <= camera.size[0] and 0 <= y <= camera.size[1]


def mat_corners(pose: Pose, prop: Prop) -> list[Vec]:
    """Return the corners of a mat, whose long side is along the body."""
    x, y, z = prop.at
    half = (prop.size or 1.1) / 2
    dx, dy = (half, 0.2) if pose.posture == "side-lying" else (0.2, half)
    return [(x + a * dx, y + b * dy, z) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def box_corners(prop: Prop) -> list[tuple[float, float]]:
    """Return the corners of a chair's seat or a step, seen from above."""
    x, y, _ = prop.at
    wide, deep = (0.15, 0.14) if prop.kind == "chair" else (0.24, 0.13)
    return [(x + a * wide, y + b * deep) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def box_height(prop: Prop) -> float:
    return prop.size or (CHAIR_HIGH if prop.kind == "chair" else STEP_HIGH)


def _is_wide(pose: Pose) -> bool:
    if pose.picture is not None:
        return pose.picture == "wide"
    return pose.posture not in ("standing", "seated")


def _extent(pose: Pose, figure: Figure) -> list[Vec]:
    points: list[Vec] = []
    steps = 24
    for number in range(steps):
        time = pose.loop * number / steps
        back = scale(figure.travelled(time), -1)
        body = figure.body_at(time)
        points += [add(joint, back) for joint in body.joints.values()]
        points.append(add(add(body.joints["head"], scale(body.frames["head"][2], 0.02)), back))
    if pose.anchor:
        points.append(pose.anchor.at)
        if pose.anchor.on != "nothing":
            points.append((pose.anchor.at[0], pose.anchor.at[1], 0.0))
    for prop in pose.props:
        if prop.kind in ("chair", "step"):
            high = box_height(prop) + (BACK_HIGH if prop.back else 0.0)
            points += [(x, y, z) for x, y in box_corners(prop) for z in (0.0, high)]
    lowest = min(points, key=lambda point: point[2])
    return [*points, sub(lowest, (0.0, 0.0, max(lowest[2], 0.0)))]
