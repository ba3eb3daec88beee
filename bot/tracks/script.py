"""The script of a track: which phrase begins at which millisecond.

The moments are those of the hands-free clock. Lines that don't fit before their moment are left
out, the least important first; nothing overlaps, and the countdown and the signals never move.
"""

from collections.abc import Iterator, Sequence

from bot.content.texts import Texts
from bot.domain.frozen import frozen
from bot.domain.session import Part, RestKind, Step
from bot.domain.timer import Stage
from bot.domain.timetable import Interval, timetable
from bot.tracks import phrases
from bot.tracks.voice import FRAME_MS, LEAD, Tone, Voice, key_of

PAUSE = 250  # ms between two sentences
READY = 4  # seconds before a step
HALVES_FROM = 40  # seconds of work that are announced in halves
ENDS_FROM = 20  # seconds of work whose last ten are announced
COMING_FROM = 60  # seconds of a warm-up in which the exercise after it is announced
COMING = 25  # seconds before its end
_MARGIN = FRAME_MS * (LEAD + 2)  # a phrase begins with silence, and on a frame


@frozen
class Moment:
    """When a phrase or a signal is heard, in milliseconds, and its key in the voice."""

    at: int
    key: str


@frozen
class Script:
    """All moments of a track in order, none within another, and its length in milliseconds."""

    moments: tuple[Moment, ...]
    milliseconds: int


@frozen
class Line:
    """Phrases that belong together, by their keys; the higher the rank, the sooner left out."""

    keys: tuple[str, ...]
    rank: int


def write(steps: tuple[Step, ...], texts: Texts, voice: Voice) -> Script:
    """Return the script of a session; the voice has the signals (`Voice.speaks`).

    A phrase that the voice lacks is left out; an exercise without a name in it is announced as the
    next one, after a signal.
    """
    return _Writer(steps, texts, voice).script()


class _Writer:
    def __init__(self, steps: tuple[Step, ...], texts: Texts, voice: Voice) -> None:
        self._steps = steps
        self._texts = texts
        self._voice = voice
        self._intervals = timetable(steps)
        self._moments: list[Moment] = []
        self._free_from = 0  # ms

    def script(self) -> Script:
        for interval in self._intervals:
            if interval.stage is Stage.WORK:
                self._work(interval)
            elif self._steps[interval.step].is_timed:
                self._before(interval)
            else:
                self._anchor(interval)
        self._close()
        return Script(tuple(self._moments), self._free_from + PAUSE)

    def _before(self, interval: Interval) -> None:
        """Write a lead-in or a rest: what comes, and the countdown to it."""
        end = interval.ends_at * 1000
        lines = list(self._announced(interval))
        needed = [line for line in lines if line.rank == 0]
        room = end - self._free_from - self._length(needed)
        down = next((count for count in (READY, 3, 2, 1) if room >= count * 1000 + _MARGIN), 0)
        self._say(lines, end - down * 1000)
        for count in range(down, 0, -1):
            self._at(end - count * 1000, self._countdown(count))

    def _countdown(self, count: int) -> str:
        texts = self._texts
        said = phrases.ready(texts) if count == READY else phrases.number(texts, count)
        return key_of(said)

    def _work(self, interval: Interval) -> None:
        """Write a step: the signal, its cues, half-way and the last ten seconds."""
        start, end = interval.starts_at, interval.ends_at
        self._signal(start, Tone.GO)
        lines = list(self._during(interval.step))
        marks: list[tuple[int, Sequence[Line]]] = []
        if self._tells_coming(interval):
            coming = [*self._line("track-coming"), *self._introduced(interval.step + 1)]
            marks.append((end - COMING, coming))
        elif interval.seconds >= HALVES_FROM:
            marks.append((start + interval.seconds // 2, [*self._line("track-half")]))
        if interval.seconds >= ENDS_FROM:
            marks.append((end - 10, [*self._line("track-ten")]))
        ends = [second * 1000 - PAUSE for second, _ in marks] + [end * 1000]
        self._say(lines, ends[0])
        for (_, marked), begins, until in zip(marks, ends[:-1], ends[1:], strict=True):
            self._free_from = begins
            self._say(marked, until)
        if self._stage_after(interval) is not Stage.WORK:
            self._signal(end, Tone.END)

    def _anchor(self, interval: Interval) -> None:
        """Write how to fix the anchor; what follows has a lead-in of its own."""
        before = self._steps[: interval.step]
        moves = any(step.part is Part.ANCHOR for step in before)
        step = self._steps[interval.step]
        said = phrases.anchor(self._texts, step.band, moves=moves)
        self._say([*self._opening(interval), *self._lines(*said)], interval.ends_at * 1000)
        self._free_from = max(self._free_from, interval.ends_at * 1000 - PAUSE)

    def _close(self) -> None:
        """Write the last words, which have no time limit."""
        end = self._free_from + 60_000
        self._say([*self._line("track-done"), *self._line("track-rate")], end)

    # What is said, the most important with the lowest rank.

    def _announced(self, interval: Interval) -> Iterator[Line]:
        """Yield what is said before a step."""
        step = self._steps[interval.step]
        before = None if interval.rested is None else self._steps[interval.rested]
        if step.is_warm_up:
            yield from self._opening(interval)
            yield from self._lines(phrases.warm_up(self._texts, step.work))
            return
        if before is not None and before.rest_kind is RestKind.SWITCH:
            yield from self._line("track-switch", 0)
            yield from self._lines(phrases.side(self._texts, step), rank=1)
            return
        yield from self._opening(interval)
        if before is None or before.exercise != step.exercise:
            if before is not None and not before.is_warm_up:
                yield from self._line("track-rest", 7)
            is_first = before is not None and before.is_warm_up
            yield from self._line("track-first" if is_first else "track-next", 6)
            is_known = is_first and self._tells_coming(self._before_rest(interval))
            yield from self._introduced(interval.step, with_band=not is_known)
        else:
            yield from self._line("track-rest", 2)
            yield from self._set(step)
        yield from self._asked(step)

    def _opening(self, interval: Interval) -> Iterator[Line]:
        if interval.starts_at == 0:
            minutes = -(-self._intervals[-1].ends_at // 60)
            yield from self._lines(phrases.opening(self._texts, minutes), rank=5)

    def _tells_coming(self, interval: Interval) -> bool:
        """Return whether a step is a warm-up in which the exercise after it is announced."""
        coming = self._steps[interval.step + 1 : interval.step + 2]
        is_long = interval.seconds >= COMING_FROM
        return (
            self._steps[interval.step].is_warm_up
            and is_long
            and any(step.is_timed for step in coming)
        )

    def _introduced(self, place: int, *, with_band: bool = True) -> Iterator[Line]:
        """Yield the name of an exercise, how its set is done, and its band."""
        step = self._steps[place]
        if self._voice.has(step.name):
            yield from self._lines(step.name, rank=0)
        else:
            yield Line((Tone.NOTICE, *self._keys(self._texts.plain("track-exercise"))), 0)
        yield from self._set(step)
        if not with_band:
            return
        which, *where = phrases.band(self._texts, step) or ("",)
        yield from self._lines(which, rank=2)
        yield from self._lines(*where, rank=3)

    def _set(self, step: Step) -> Iterator[Line]:
        if step.part is Part.RAMP:
            yield from self._line("track-ramp", 1)
        elif step.sets > 1 and step.set_number > 1:
            number = phrases.set_number(
                self._texts, step.set_number, step.sets, in_rounds=step.in_rounds
            )
            yield from self._lines(number, rank=4)
        yield from self._lines(phrases.side(self._texts, step), rank=1)

    def _asked(self, step: Step) -> Iterator[Line]:
        """Yield the seconds and the repetitions."""
        yield from self._lines(phrases.seconds(self._texts, step.work), rank=4)
        yield from self._lines(phrases.amount(self._texts, step), rank=5)

    def _during(self, place: int) -> Iterator[Line]:
        """Yield what is said in a step: in the first of its exercise all, then the first cue."""
        step = self._steps[place]
        if step.is_warm_up:
            yield from self._lines(phrases.warm_up_how(self._texts, step.warm_up), rank=0)
            return
        before = self._steps[place - 1] if place else None
        if before is not None and before.exercise == step.exercise and before.part is step.part:
            yield from self._lines(*step.cues[:1], rank=1)
            return
        different = phrases.today(self._texts, step)
        if different:
            yield Line(tuple(key for text in different for key in self._keys(text)), 0)
        cues = step.cues[:1] if different else step.cues[:2]
        for rank, cue in enumerate(cues, start=1):
            yield from self._lines(cue, rank=rank)

    def _line(self, message: str, rank: int = 1) -> Iterator[Line]:
        yield from self._lines(self._texts.plain(message), rank=rank)

    def _lines(self, *texts: str | None, rank: int = 0) -> Iterator[Line]:
        """Yield a line for each text that the voice has."""
        for text in texts:
            if text and (keys := self._keys(text)):
                yield Line(keys, rank)

    def _keys(self, text: str) -> tuple[str, ...]:
        return (key_of(text),) if self._voice.has(text) else ()

    # When it is said.

    def _say(self, lines: Sequence[Line], end: int) -> None:
        """Say the lines one after another, without those that would not end before `end`."""
        lines = list(lines)
        while lines and self._free_from + self._length(lines) > end - _MARGIN:
            worst = max(line.rank for line in lines)
            last = max(place for place, line in enumerate(lines) if line.rank == worst)
            del lines[last]
        for line in lines:
            for key in line.keys:
                self._at(self._free_from + PAUSE, key)

    def _length(self, lines: Sequence[Line]) -> int:
        keys = [key for line in lines for key in line.keys]
        return sum(PAUSE + self._voice.milliseconds(key) for key in keys)

    def _signal(self, second: int, tone: Tone) -> None:
        self._at(second * 1000, tone)

    def _at(self, at: int, key: str) -> None:
        """Add a phrase that the voice has."""
        if key in self._voice.phrases:
            self._moments.append(Moment(at, key))
            self._free_from = at + self._voice.milliseconds(key)

    def _stage_after(self, interval: Interval) -> Stage | None:
        following = self._intervals[self._intervals.index(interval) + 1 :]
        return following[0].stage if following else None

    def _before_rest(self, interval: Interval) -> Interval:
        return self._intervals[self._intervals.index(interval) - 1]
