"""Vectors and rotations in space as plain tuples; angles in degrees."""

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Mat = tuple[Vec, Vec, Vec]  # a rotation by its columns: the images of x, y and z

ORIGIN: Vec = (0.0, 0.0, 0.0)
UPRIGHT: Mat = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, factor: float) -> Vec:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


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
    """Return the unit vector of a, or `otherwise` if a is zero."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else otherwise


def interpolate(a: Vec, b: Vec, share: float) -> Vec:
    """Return the point at that share of the line from a to b."""
    return add(a, scale(sub(b, a), share))


def reject(a: Vec, axis: Vec) -> Vec:
    """Return the component of a that is orthogonal to a unit axis."""
    return sub(a, scale(axis, dot(a, axis)))


def rotate(rotation: Mat, a: Vec) -> Vec:
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = rotation
    x, y, z = a  # without add and scale, whose calls would take half of a check's time
    return (ax * x + bx * y + cx * z, ay * x + by * y + cy * z, az * x + bz * y + cz * z)


def to_local(frame: Mat, a: Vec) -> Vec:
    """Return the coordinates of a world direction in the frame: the inverse of rotate."""
    return (dot(frame[0], a), dot(frame[1], a), dot(frame[2], a))


def compose(outer: Mat, inner: Mat) -> Mat:
    """Return the rotation by inner, then by outer."""
    return (rotate(outer, inner[0]), rotate(outer, inner[1]), rotate(outer, inner[2]))


def about_x(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))


def about_y(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))


def about_z(degrees: float) -> Mat:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


def rotate_about(a: Vec, axis: Vec, degrees: float) -> Vec:
    """Rotate a about a unit axis by the right-hand rule."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    along = scale(axis, dot(axis, a) * (1 - c))
    return add(add(scale(a, c), scale(cross(axis, a), s)), along)
