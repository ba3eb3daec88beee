"""From key moments to any moment: numbers that ease in and out, and a loop that closes."""

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
    """One number through the loop: times rise, the last knot is the first one again."""

    times: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]

    def at(self, time: float) -> float:
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
    """All numbers of a pose through its loop, and what is said in words."""

    loop: float
    tracks: dict[str, Track]
    words: dict[str, str]
    rests: tuple[tuple[float, str], ...]

    def at(self, time: float) -> Numbers:
        """The numbers at a second of the loop, from 0 to its end."""
        return {name: track.at(time) for name, track in self.tracks.items()}


def motion_of(pose: Pose) -> Motion:
    """Never fails: what does not make sense is found by the geometry checks."""
    states, words, rests = _states(pose)
    names = sorted({name for state in states for name in state})
    tracks = {name: _track(pose, states, name) for name in names}
    return Motion(pose.loop, tracks, words, rests)


def key_numbers(pose: Pose) -> list[Numbers]:
    """What holds at each key, in the order of the file."""
    return _states(pose)[0]


def _states(pose: Pose) -> tuple[list[Numbers], dict[str, str], tuple[tuple[float, str], ...]]:
    numbers, words = said(pose.pose)
    rest = pose.pose.rests_on or _usual_rest(pose)
    named: dict[str, tuple[Numbers, str]] = {}
    states: list[Numbers] = []
    rests: list[tuple[float, str]] = []
    for key in pose.keys:
        if key.like in named:
            numbers, rest = named[key.like]
        more, more_words = said(key)
        numbers = numbers | more
        words |= {name: word for name, word in more_words.items() if name not in words}
        rest = key.rests_on or rest
        if key.name:
            named[key.name] = (numbers, rest)
        states.append(numbers)
        if not rests or rests[-1][1] != rest:
            rests.append((key.t, rest))
    return states, words, tuple(rests)


def said(body: BodyPose) -> tuple[Numbers, dict[str, str]]:
    """What this part of the file says, flat: {"lean": 25.0, "left.foot.x": 0.1}, and its words."""
    numbers: Numbers = {}
    words: dict[str, str] = {}
    _flatten(body, "", numbers, words)
    for side in SIDES:
        for said_here in (body.both, getattr(body, side)):
            if isinstance(said_here, Side):
                _flatten(said_here, f"{side}.", numbers, words)
    return numbers, words


def _flatten(model: BaseModel, prefix: str, numbers: Numbers, words: dict[str, str]) -> None:
    apart = set(Key.model_fields) - set(BodyPose.model_fields) | {"rests_on"}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in apart:
            continue
        if isinstance(value, tuple):
            numbers |= {
                f"{prefix}{name}.{axis}": part for axis, part in zip("xyz", value, strict=True)
            }
        elif isinstance(value, str):
            words[f"{prefix}{name}"] = value
        elif isinstance(value, int | float):
            numbers[f"{prefix}{name}"] = float(value)


def _usual_rest(pose: Pose) -> str:
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
    values.append(values[0] + _travelled(pose, name))
    return Track(tuple(times), tuple(values), _slopes(times, values))


def _travelled(pose: Pose, name: str) -> float:
    where, _, axis = name.rpartition(".")
    if where not in _TRAVELLING or axis not in ("x", "y"):
        return 0.0
    outward = -1.0 if where.startswith("left") and axis == "x" else 1.0
    return outward * pose.travel["xy".index(axis)]


def _slopes(times: list[float], values: list[float]) -> tuple[float, ...]:
    """Level where the number turns or rests, smooth where it only passes (Fritsch-Carlson)."""
    spans = [later - sooner for sooner, later in itertools.pairwise(times)]
    steep = [
        (after - before) / span if span > 0 else 0.0
        for before, after, span in zip(values, values[1:], spans, strict=False)
    ]
    slopes = []
    for i in range(len(spans)):
        before, after = steep[i - 1], steep[i]
        if before * after <= 0:
            slopes.append(0.0)
            continue
        one, two = 2 * spans[i] + spans[i - 1], spans[i] + 2 * spans[i - 1]
        slopes.append((one + two) / (one / before + two / after))
    return (*slopes, slopes[0])
