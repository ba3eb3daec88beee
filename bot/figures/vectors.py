"""Points, directions and turns in space: plain tuples, angles in degrees."""

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Mat = tuple[Vec, Vec, Vec]  # a turn, by its columns: where x, y and z go

ORIGIN: Vec = (0.0, 0.0, 0.0)
UPRIGHT: Mat = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, by: float) -> Vec:
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Vec) -> float:
    return sqrt(dot(a, a))


def distance(a: Vec, b: Vec) -> float:
    return length(sub(a, b))


def unit(a: Vec, otherwise: Vec = (0.0, 0.0, 1.0)) -> Vec:
    """Of length 1; `otherwise` where there is no direction."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else otherwise


def between(a: Vec, b: Vec, share: float) -> Vec:
    """The point that far on the way from a to b."""
    return add(a, scale(sub(b, a), share))


def across(a: Vec, axis: Vec) -> Vec:
    """What is left of a once its part along the (unit) axis is taken away."""
    return sub(a, scale(axis, dot(a, axis)))


def apply(turn: Mat, a: Vec) -> Vec:
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = turn
    x, y, z = a  # written out: half of a check's time would be calls of add and scale
    return (ax * x + bx * y + cx * z, ay * x + by * y + cy * z, az * x + bz * y + cz * z)


def within(turn: Mat, a: Vec) -> Vec:
    """A world direction as the turned frame sees it: the inverse of apply."""
    return (dot(turn[0], a), dot(turn[1], a), dot(turn[2], a))


def then(outer: Mat, inner: Mat) -> Mat:
    """Turns by inner first, inside the frame that outer has turned."""
    return (apply(outer, inner[0]), apply(outer, inner[1]), apply(outer, inner[2]))


def about_x(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))


def about_y(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))


def about_z(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def swing(a: Vec, axis: Vec, degrees: float) -> Vec:
    """a turned about a unit axis, counter-clockwise for one who looks against the axis."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    along = scale(axis, dot(axis, a) * (1 - c))
    return add(add(scale(a, c), scale(cross(axis, a), s)), along)
