"""Interpolates the keys of a pose to a closed loop."""

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from pydantic import BaseModel

from bot.figures.pose import BodyPose, Key, Pose, Side

Numbers = dict[str, float]
SIDES = ("left", "right")
_TRAVELLING = ("hips", "left.foot", "right.foot", "left.hand_at", "right.hand_at")


@dataclass(frozen=True, slots=True)
class Track:
    """One number through the loop; times ascend, and the last knot repeats the first."""

    times: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]

    def value_at(self, time: float) -> float:
        last = len(self.times) - 2
        i = min(max(bisect_right(self.times, time) - 1, 0), last)
        span = self.times[i + 1] - self.times[i]
        if span <= 0:
            return self.values[i + 1]
        s = min(max((time - self.times[i]) / span, 0.0), 1.0)
        rest = 1 - s
        return (
            self.values[i] * (1 + 2 * s) * rest * rest
            + self.slopes[i] * span * s * rest * rest
            + self.values[i + 1] * s * s * (3 - 2 * s)
            - self.slopes[i + 1] * span * s * s * rest
        )


@dataclass(frozen=True, slots=True)
class Motion:
    """The numbers of a pose through its loop, its settings in words, and its supports by time."""

    loop: float
    tracks: dict[str, Track]
    words: dict[str, str]
    supports: tuple[tuple[float, str], ...]

    def numbers_at(self, time: float) -> Numbers:
        """Return the numbers at a second from 0 to the loop's end."""
        return {name: track.value_at(time) for name, track in self.tracks.items()}


def motion_of(pose: Pose) -> Motion:
    """Interpolate a pose; `geometry` finds faults, this never fails."""
    states, words, supports = _states(pose)
    names = sorted({name for state in states for name in state})
    tracks = {name: _track(pose, states, name) for name in names}
    return Motion(pose.loop, tracks, words, supports)


def key_numbers(pose: Pose) -> list[Numbers]:
    """Return the numbers at each key, in the order of the file."""
    return _states(pose)[0]


def _states(pose: Pose) -> tuple[list[Numbers], dict[str, str], tuple[tuple[float, str], ...]]:
    numbers, words = flattened(pose.pose)
    support = pose.pose.rests_on or _default_support(pose)
    named: dict[str, tuple[Numbers, str]] = {}
    states: list[Numbers] = []
    supports: list[tuple[float, str]] = []
    for key in pose.keys:
        if key.like in named:
            numbers, support = named[key.like]
        more, more_words = flattened(key)
        numbers = numbers | more
        words |= {name: word for name, word in more_words.items() if name not in words}
        support = key.rests_on or support
        if key.name:
            named[key.name] = (numbers, support)
        states.append(numbers)
        if not supports or supports[-1][1] != support:
            supports.append((key.t, support))
    return states, words, tuple(supports)


def flattened(body: BodyPose) -> tuple[Numbers, dict[str, str]]:
    """Flatten a part of the file to numbers, such as "left.foot.x": 0.1, and words."""
    numbers: Numbers = {}
    words: dict[str, str] = {}
    _flatten(body, "", numbers, words)
    for side in SIDES:
        for values in (body.both, getattr(body, side)):
            if isinstance(values, Side):
                _flatten(values, f"{side}.", numbers, words)
    return numbers, words


def _flatten(model: BaseModel, prefix: str, numbers: Numbers, words: dict[str, str]) -> None:
    excluded = set(Key.model_fields) - set(BodyPose.model_fields) | {"rests_on"}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in excluded:
            continue
        if isinstance(value, tuple):
            numbers |= {
                f"{prefix}{name}.{axis}": part for axis, part in zip("xyz", value, strict=True)
            }
        elif isinstance(value, str):
            words[f"{prefix}{name}"] = value
        elif isinstance(value, int | float):
            numbers[f"{prefix}{name}"] = float(value)


def _default_support(pose: Pose) -> str:
    if pose.pose.hips is not None or pose.keys[0].hips is not None:
        return "hips"
    return {
        "standing": "left foot",
        "supine": "back",
        "prone": "belly",
        "side-lying": "hips",
        "hands-and-knees": "left knee",
        "seated": "seat",
    }[pose.posture]


def _track(pose: Pose, states: list[Numbers], name: str) -> Track:
    times: list[float] = []
    values: list[float] = []
    first = next(state[name] for state in states if name in state)
    if "." not in name.replace("left.", "").replace("right.", "") and name not in states[0]:
        first = 0.0
    for key, state in zip(pose.keys, states, strict=True):
        value = state.get(name, first)
        for time in (key.t, key.t + key.hold) if key.hold else (key.t,):
            times.append(time)
            values.append(value)
    times.append(pose.loop)
    values.append(values[0] + _travel_of(pose, name))
    return Track(tuple(times), tuple(values), _slopes(times, values))


def _travel_of(pose: Pose, name: str) -> float:
    point, _, axis = name.rpartition(".")
    if point not in _TRAVELLING or axis not in ("x", "y"):
        return 0.0
    outward = -1.0 if point.startswith("left") and axis == "x" else 1.0
    return outward * pose.travel["xy".index(axis)]


def _slopes(times: list[float], values: list[float]) -> tuple[float, ...]:
    """Return the slopes of a monotone cubic: 0 at turning points and holds (Fritsch-Carlson)."""
    spans = [end - start for start, end in itertools.pairwise(times)]
    secants = [
        (after - before) / span if span > 0 else 0.0
        for before, after, span in zip(values, values[1:], spans, strict=False)
    ]
    slopes = []
    for i in range(len(spans)):
        before, after = secants[i - 1], secants[i]
        if before * after <= 0:
            slopes.append(0.0)
            continue
        one, two = 2 * spans[i] + spans[i - 1], spans[i] + 2 * spans[i - 1]
        slopes.append((one + two) / (one / before + two / after))
    return (*slopes, slopes[0])
