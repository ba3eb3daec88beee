"""Sessions: a runner's passage through the steps of a routine, and the moves between its states.

A session owns its steps: they are copied from the routine when it is made, so that a later change
of content cannot break it. A move returns a new session with the next revision, or None if the move
is not allowed in the present phase.

A session is led by the clock (`timed`) or by Done taps, or the runner follows it as a track
(`bot/domain/listening.py`). `tick` is the move that a session makes without the runner, at
`due_at`.
"""

from collections.abc import Callable, Collection
from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile

from bot.domain.frozen import frozen
from bot.domain.note import Note
from bot.domain.timer import ANCHOR, EXTRA, GET_READY, TOO_LATE, Stage, Timer, running

LONGEST_GAP = timedelta(minutes=10)
TAKEN_BACK = timedelta(hours=3)
QUIET = timedelta(minutes=20)
FORGOTTEN = timedelta(hours=6)
ASK_AFTER = timedelta(minutes=5)  # from the end of a track to the question how much was done

_READY = Timer(Stage.LEAD, None, GET_READY)


class Phase(StrEnum):
    """The phase of a session; FINISHED and STOPPED are final, but a stop can be taken back."""

    READY = "ready"
    RUNNING = "running"
    LISTENING = "listening"
    PAUSED = "paused"
    HURTING = "hurting"
    FINISHED = "finished"
    STOPPED = "stopped"


OPEN = frozenset({Phase.READY, Phase.RUNNING, Phase.LISTENING, Phase.PAUSED, Phase.HURTING})
STANDING = frozenset({Phase.PAUSED, Phase.HURTING, Phase.STOPPED})


class Move(StrEnum):
    """A move that a runner can make; its value is stored in buttons."""

    BEGIN = "begin"
    DONE = "done"
    SKIP = "skip"
    BACK = "back"
    PAUSE = "pause"
    RESUME = "resume"
    HURT = "hurt"
    STOP = "stop"
    MORE = "more"
    OWN_PACE = "own-pace"
    HANDS_FREE = "hands-free"


class Outcome(StrEnum):
    """How a step ended."""

    DONE = "done"
    SKIPPED = "skipped"
    HURT = "hurt"


class Rating(StrEnum):
    """How a session felt, by the repetitions left: 4 or more, 2-3, or 0-1 (or the form broke)."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


class Part(StrEnum):
    """What a step with an exercise is for: its sets, or getting ready for them."""

    WORK = "work"
    RAMP = "ramp"
    ANCHOR = "anchor"


class RestKind(StrEnum):
    """The purpose of the rest after a step: to change sides, to rest, or to change exercises."""

    SWITCH = "switch"
    REST = "rest"
    CHANGE = "change"


@frozen
class Step:
    """A work interval, with everything that a message about it says. Times are in seconds.

    A step without an exercise is the warm-up; `warm_up` is its kind, empty for the usual one.
    `part` distinguishes sets from preparations: slow repetitions with a lighter band, or fixing the
    anchor, which has no time limit. `band` is where the band goes, or for fixing the anchor its
    height; empty: no band. `pace` is the routine's own tempo, in place of the exercise's. `go`
    counts the two goes of a set without sides, from 1; 0: the set has no goes. `in_rounds`: the
    sets are rounds of the whole routine. `instead_of` names the replaced exercise, for which the
    runner lacks one of the kinds of kit in `lacks`; or this one `spares` a region that rests.
    `level`, `kind` and `colour` describe the runner's own band; empty: not known. `tempo` and
    `variant` are as prescribed; `advice` says how the easier or harder variant is done. `count` is
    how many of the `unit` it asks for, on `each_side` if so; 0: it is held, or there is no time for
    one. `about` is the number that fit into a hold.

    `planned` and `planned_form` are the exercise and its form before the runner swapped them.
    `left_out`: it is skipped because something hurts. `gently`: it is done in one set without a
    band, because a resting region allows no more.
    """

    exercise: str | None
    name: str
    form: str
    set_number: int
    sets: int
    side: str | None
    work: int
    about: tuple[int, int, str] | None
    band: str
    cues: tuple[str, ...]
    rest: int
    rest_kind: RestKind
    go: int = 0
    in_rounds: bool = False
    instead_of: str = ""
    lacks: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""
    colour: str = ""
    tempo: int = 0
    variant: int = 1
    advice: str = ""
    spares: bool = False
    planned: str = ""
    planned_form: str = ""
    left_out: bool = False
    count: int = 0
    unit: str = ""
    each_side: bool = False
    warm_up: str = ""
    gently: bool = False
    part: Part = Part.WORK
    pace: str = ""

    @property
    def is_warm_up(self) -> bool:
        return self.exercise is None

    @property
    def is_work(self) -> bool:
        """Whether it is a set, or a side of one."""
        return self.exercise is not None and self.part is Part.WORK

    @property
    def is_timed(self) -> bool:
        """Whether the clock may run; it does not while the runner fixes the anchor."""
        return self.part is not Part.ANCHOR

    def anchored_at(self, height: str) -> "Step":
        """Return the step before this one that fixes the anchor."""
        return replace(
            self,
            part=Part.ANCHOR,
            band=height,
            side=None,
            cues=(),
            work=0,
            rest=0,
            rest_kind=RestKind.CHANGE,
            go=0,
            level="",
            kind="",
            colour="",
            tempo=0,
            advice="",
            count=0,
            unit="",
            each_side=False,
            pace="",
        )


@frozen
class StepLog:
    """How and when (UTC) a step ended.

    `seconds` is the measured work, without what Move.MORE added; None: not measured.
    """

    step: int
    outcome: Outcome
    at: datetime
    seconds: int | None = None


@frozen
class Pause:
    """A time without progress, in seconds after the start; `end` is None if it still lasts."""

    start: int
    end: int | None = None


@frozen
class ExerciseDone:
    """The sets of an exercise done in a session; `whole`: all of it was done, without pain."""

    sets: int
    whole: bool


@frozen
class Session:
    """A runner's passage through the steps of a routine.

    `position` is the index of the current step, or len(steps) after the last. `timer` is set while
    the clock leads; in a rest, the current step is the one after it. `touched_at` is the runner's
    last move; `nudged`: the coach has asked since then whether the runner goes on. `notes` are
    shown before the session begins. A pause begins when the session is paused or stopped, or when
    something hurts. `track_seconds` is the length of the track that the runner follows; None: the
    session is led in the chat. `knows_ratings`: the runner has rated two sessions before, and needs
    no explanation.
    """

    id: int
    runner: int
    routine: str
    routine_name: str
    steps: tuple[Step, ...]
    phase: Phase = Phase.READY
    position: int = 0
    revision: int = 0
    log: tuple[StepLog, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    rating: Rating | None = None
    timed: bool = False
    timer: Timer | None = None
    touched_at: datetime | None = None
    nudged: bool = False
    notes: tuple[Note, ...] = ()
    pauses: tuple[Pause, ...] = ()
    track_seconds: int | None = None
    knows_ratings: bool = field(default=False, compare=False)

    @property
    def due_at(self) -> datetime | None:
        """When the next tick is due: a cue, a nudge, or the end of a forgotten session."""
        if not self.is_open:
            return None
        if self.clock is not None:
            return self.clock.deadline_at
        if self.touched_at is None:
            return None
        if self.phase is Phase.LISTENING and not self.nudged:
            return self.touched_at + timedelta(seconds=self.track_seconds or 0) + ASK_AFTER
        patient = self.nudged or self.phase is Phase.READY
        return self.touched_at + (FORGOTTEN if patient else QUIET)

    @property
    def clock(self) -> Timer | None:
        """The timer while it runs."""
        return self.timer if self.phase is Phase.RUNNING else None

    @property
    def is_resting(self) -> bool:
        """Whether a rest runs that leads to the next step without a tap."""
        return self.clock is not None and self.clock.stage is Stage.REST

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN

    @property
    def is_under_way(self) -> bool:
        """Whether the session has begun and not ended."""
        return self.is_open and self.phase is not Phase.READY

    @property
    def step(self) -> Step:
        """The current step; IndexError after the last."""
        return self.steps[self.position]

    @property
    def work_step(self) -> Step | None:
        """The first work step from the current step on; None after the last."""
        return next((step for step in self.steps[self.position :] if step.is_work), None)

    @property
    def following(self) -> Step | None:
        """The next step to be done after the current one."""
        coming = self.steps[self.position + 1 :]
        return next((step for step in coming if not step.left_out), None)

    @property
    def work_steps(self) -> int:
        """The number of steps that are sets or sides of sets."""
        return sum(step.is_work for step in self.steps)

    @property
    def place(self) -> int:
        """The number of the current step among the work steps, from 1; 0 before the first."""
        return sum(step.is_work for step in self.steps[: self.position + 1])

    def count(self, outcome: Outcome) -> int:
        """Return how many work steps ended this way."""
        return len(self._ended(outcome))

    @property
    def trained_at(self) -> datetime | None:
        """When the last work step was done; None if none was."""
        return max((at for at, _ in self._ended(Outcome.DONE)), default=None)

    @property
    def sets_done(self) -> int:
        """The number of sets done; a set on both sides counts once."""
        return len({(step.exercise, step.set_number) for _, step in self._ended(Outcome.DONE)})

    @property
    def exercises_done(self) -> dict[str, ExerciseDone]:
        """What was done of each exercise; exercises without a set are left out.

        An exercise was done to the end if its last step was, even if earlier ones were skipped.
        """
        outcomes = {entry.step: entry.outcome for entry in self.log}
        last: dict[str, int] = {}
        sets: dict[str, set[int]] = {}
        hurt = set()
        for place, step in enumerate(self.steps):
            if step.exercise is None:
                continue
            last[step.exercise] = place
            if outcomes.get(place) is Outcome.DONE:
                sets.setdefault(step.exercise, set()).add(step.set_number)
            elif step.left_out or outcomes.get(place) is Outcome.HURT:
                hurt.add(step.exercise)
        return {
            key: ExerciseDone(
                len(done), outcomes.get(last[key]) is Outcome.DONE and key not in hurt
            )
            for key, done in sets.items()
        }

    @property
    def loads(self) -> bool:
        """Whether at least half of the work steps were done."""
        return 2 * self.count(Outcome.DONE) >= self.work_steps

    @property
    def active_seconds(self) -> int:
        """The seconds from start to end; between two moves, ten minutes count at most."""
        moments = [self.started_at, *(entry.at for entry in self.log), self.ended_at]
        known = sorted(moment for moment in moments if moment is not None)
        gaps = (end - start for start, end in pairwise(known))
        return int(sum((min(gap, LONGEST_GAP) for gap in gaps), timedelta()).total_seconds())

    @property
    def trained(self) -> tuple[str, ...]:
        """The names of the exercises of which a step was done, in order."""
        return tuple(dict.fromkeys(step.name for _, step in self._ended(Outcome.DONE)))

    def _ended(self, outcome: Outcome) -> list[tuple[datetime, Step]]:
        """Return the work steps that ended this way, and when each did."""
        return [
            (entry.at, self.steps[entry.step])
            for entry in self.log
            if entry.outcome is outcome and self.steps[entry.step].is_work
        ]


def length(steps: tuple[Step, ...], *, warm_up: bool = False) -> int:
    """Return the seconds of all steps and rests; `warm_up`: those of the warm-up, too."""
    return sum(step.work + step.rest for step in steps if warm_up or not step.is_warm_up)


def time_left(session: Session, now: datetime) -> int:
    """Return the seconds to the end of the last exercise, the warm-up included."""
    if session.phase is Phase.LISTENING:
        session = by_the_track(session, now)
    coming = session.steps[session.position :]
    if not coming:
        return 0
    left = length(coming, warm_up=True) - coming[-1].rest
    if session.clock is None:
        return left
    if session.clock.stage is Stage.WORK:
        left -= coming[0].work
    return left + session.clock.left(now)


def begin(session: Session, now: datetime) -> Session | None:
    """Begin the session or, during a lead-in or a rest, the step."""
    if session.phase is Phase.READY:
        return _lead(session, now, phase=Phase.RUNNING, started_at=now)
    if session.clock is not None and session.clock.stage is not Stage.WORK:
        return _moved(session, now, timer=_work(session, now))
    return None


def done(session: Session, now: datetime) -> Session | None:
    """Log the step as done; in a rest, begin the next step."""
    if session.phase is not Phase.RUNNING:
        return None
    if session.is_resting:
        return begin(session, now)
    return _leave(session, 1, Outcome.DONE, now, session.step.rest)


def skip(session: Session, now: datetime) -> Session | None:
    """Skip the step or the rest; after pain, the remaining steps of the exercise."""
    if session.is_resting:
        return begin(session, now)
    if session.phase is Phase.RUNNING:
        return _leave(session, 1, Outcome.SKIPPED, now)
    if session.phase is Phase.HURTING:
        return _leave(session, _left_of_exercise(session), Outcome.HURT, now)
    return None


def back(session: Session, now: datetime) -> Session | None:
    """Return to the previous step that is not left out, and remove its log entry.

    In phase HURTING, return to the current step.
    """
    if session.phase is Phase.HURTING:
        return _lead(session, now, phase=Phase.RUNNING)
    behind = range(session.position - 1, -1, -1)
    before = next((index for index in behind if not session.steps[index].left_out), None)
    if session.phase is not Phase.RUNNING or before is None:
        return None
    log = tuple(entry for entry in session.log if entry.step < before)
    return _lead(session, now, position=before, log=log)


def pause(session: Session, now: datetime) -> Session | None:
    if session.phase is not Phase.RUNNING:
        return None
    timer = session.timer and session.timer.paused(now)
    return _moved(session, now, phase=Phase.PAUSED, timer=timer)


def put_away(session: Session, now: datetime) -> Session | None:
    """Move the session from its track to the chat, paused at the step that it had reached."""
    if session.phase is not Phase.LISTENING:
        return None
    reached = by_the_track(session, now)
    timer = _ready(reached)
    return _moved(reached, now, phase=Phase.PAUSED, timer=timer, nudged=False, track_seconds=None)


def resume(session: Session, now: datetime) -> Session | None:
    """Go on after a pause, or take back a stop of the last three hours."""
    if session.phase is Phase.PAUSED:
        timer = session.timer and session.timer.resumed(now)
        return _moved(session, now, phase=Phase.RUNNING, timer=timer)
    if session.phase is Phase.STOPPED and session.ended_at and now - session.ended_at < TAKEN_BACK:
        if session.started_at is None:
            return _moved(session, now, phase=Phase.READY, ended_at=None, rating=None)
        return _lead(session, now, phase=Phase.RUNNING, ended_at=None, rating=None)
    return None


def hurt(session: Session, now: datetime) -> Session | None:
    """Wait for a report of what hurts; on a track, at the step that its clock has reached."""
    if session.phase is Phase.LISTENING:
        reached = by_the_track(session, now)
        return _moved(reached, now, phase=Phase.HURTING, nudged=False)
    if session.phase not in (Phase.RUNNING, Phase.PAUSED):
        return None
    return _moved(session, now, phase=Phase.HURTING, timer=None)


def noted(session: Session, now: datetime) -> Session | None:
    """Count the runner's report of what hurts as a move; the phase stays HURTING."""
    return _moved(session, now) if session.phase is Phase.HURTING else None


def leave_out(session: Session, exercises: Collection[str], now: datetime) -> Session | None:
    """After pain, leave out the step's exercise and these exercises, then pause."""
    if session.phase is not Phase.HURTING:
        return None
    out = {session.step.exercise, *exercises} - {None}
    steps = tuple(
        replace(step, left_out=True) if index >= session.position and step.exercise in out else step
        for index, step in enumerate(session.steps)
    )
    after = _after(replace(session, steps=steps), 1, Outcome.HURT, now)
    if after.phase is Phase.FINISHED:
        return _moved(after, now, track_seconds=None)
    return _moved(after, now, phase=Phase.PAUSED, timer=_ready(after), track_seconds=None)


def spare(session: Session, exercises: Collection[str], now: datetime) -> Session | None:
    """Leave these exercises out after the current step; stop a session that has not begun.

    Return None if nothing changes.
    """
    coming = range(session.position + 1, len(session.steps))
    if session.phase is Phase.READY:
        found = any(step.exercise in exercises for step in session.steps)
        return stop(session, now) if found else None
    steps = tuple(
        replace(step, left_out=True) if index in coming and step.exercise in exercises else step
        for index, step in enumerate(session.steps)
    )
    if not session.is_open or steps == session.steps:
        return None
    return replace(session, steps=steps)


def swap(session: Session, coming: tuple[Step, ...], now: datetime) -> Session | None:
    """Replace the steps from the current one on; a rest or a pause goes on."""
    if session.phase not in (Phase.RUNNING, Phase.PAUSED):
        return None
    changed = replace(session, steps=(*session.steps[: session.position], *coming))
    if session.phase is Phase.PAUSED:
        return _moved(changed, now, timer=_ready(changed))
    rests = session.is_resting and changed.step.is_timed
    return _moved(changed, now) if rests else _lead(changed, now)


def stop(session: Session, now: datetime) -> Session | None:
    """End the session; its log is kept."""
    if not session.is_open:
        return None
    return _moved(session, now, phase=Phase.STOPPED, ended_at=now, timer=None)


def more(session: Session, now: datetime) -> Session | None:
    """Add EXTRA seconds to the running interval."""
    if session.clock is None:
        return None
    return _moved(session, now, timer=session.clock.longer(EXTRA, now))


def own_pace(session: Session, now: datetime) -> Session | None:
    """Lead the session by Done taps from now on, or from its beginning."""
    if session.phase is Phase.READY:
        return begin(replace(session, timed=False), now)
    if not session.timed or session.phase not in (Phase.RUNNING, Phase.PAUSED):
        return None
    return _moved(session, now, phase=Phase.RUNNING, timed=False, timer=None)


def hands_free(session: Session, now: datetime) -> Session | None:
    """Lead the session by the clock from now on, or from its beginning."""
    timed = replace(session, timed=True)
    if session.phase is Phase.READY:
        return begin(timed, now)
    if session.timed or session.phase not in (Phase.RUNNING, Phase.PAUSED):
        return None
    return _lead(timed, now, phase=Phase.RUNNING)


def tick(session: Session, now: datetime) -> Session | None:
    """Make the move that is due: the next cue, a nudge, or the end of a forgotten session.

    A cue that is TOO_LATE becomes a pause. Return None if nothing is due.
    """
    due = session.due_at
    if due is None or now < due:
        return None
    if session.touched_at is not None and now - session.touched_at >= FORGOTTEN:
        return _still(_next(session, phase=Phase.STOPPED, ended_at=now, timer=None), now)
    if session.clock is None:
        return _next(session, nudged=True)
    if now - due > TOO_LATE:
        return set_aside(session, due)
    if session.clock.stage is not Stage.WORK:
        return _next(session, timer=_work(session, now))
    done_now = _after(session, 1, Outcome.DONE, now)
    if done_now.phase is Phase.FINISHED:
        return _next(done_now)
    if not done_now.step.is_timed:
        return _moved(done_now, now, nudged=False)
    rest = GET_READY if session.step.is_warm_up else session.step.rest
    timer = running(Stage.REST, rest, now) if rest else _work(done_now, now)
    return _next(done_now, timer=timer)


def set_aside(session: Session, now: datetime) -> Session:
    """Pause without the runner; the step begins again when the runner goes on."""
    return _still(_next(session, phase=Phase.PAUSED, timer=_READY, nudged=True), now)


def shifted(session: Session, shift: timedelta) -> Session:
    """Return the session with all its moments moved, after the wall clock was set."""

    def moved(moment: datetime | None) -> datetime | None:
        return moment and moment + shift

    timer = session.timer
    return replace(
        session,
        log=tuple(replace(entry, at=entry.at + shift) for entry in session.log),
        started_at=moved(session.started_at),
        ended_at=moved(session.ended_at),
        timer=timer and replace(timer, deadline_at=moved(timer.deadline_at)),
        touched_at=moved(session.touched_at),
    )


def wait(session: Session, seconds: int, now: datetime) -> Session | None:
    """Extend the lead-in to at least `seconds`; return None if that changes nothing."""
    clock = session.clock
    if clock is None or clock.stage is not Stage.LEAD or clock.left(now) >= seconds:
        return None
    return _moved(session, now, timer=running(Stage.LEAD, seconds, now))


MOVES: dict[Move, Callable[[Session, datetime], Session | None]] = {
    Move.BEGIN: begin,
    Move.DONE: done,
    Move.SKIP: skip,
    Move.BACK: back,
    Move.PAUSE: pause,
    Move.RESUME: resume,
    Move.HURT: hurt,
    Move.STOP: stop,
    Move.MORE: more,
    Move.OWN_PACE: own_pace,
    Move.HANDS_FREE: hands_free,
}


def rate(session: Session, rating: Rating) -> Session | None:
    """Rate a session that has ended; a later rating replaces an earlier one."""
    if session.is_open:
        return None
    return replace(session, rating=rating)


def step_ends(steps: tuple[Step, ...]) -> tuple[int, ...]:
    """Return when each step ends in a track, in seconds; tracks have the clock's timetable."""
    ends, second, rest = [], 0, GET_READY
    for step in steps:
        second += rest + step.work if step.is_timed else ANCHOR
        ends.append(second)
        rest = GET_READY if step.is_warm_up or not step.is_timed else step.rest
    return tuple(ends)


def done_by_the_track(session: Session, steps: int, now: datetime) -> tuple[StepLog, ...]:
    """Return the log of the first `steps` as done, each at its end on the track.

    A runner who is quicker than the track has skipped through it: no step ends after `now`.
    """
    assert session.started_at is not None
    ends = step_ends(session.steps)[:steps]
    moments = (min(session.started_at + timedelta(seconds=end), now) for end in ends)
    return tuple(StepLog(index, Outcome.DONE, at) for index, at in enumerate(moments))


def by_the_track(session: Session, now: datetime) -> Session:
    """Return the session at the step that its track has reached, if it has played since the start.

    The revision is not raised.
    """
    assert session.started_at is not None
    played = (now - session.started_at).total_seconds()
    before = sum(end <= played for end in step_ends(session.steps)[:-1])
    return replace(session, position=before, log=done_by_the_track(session, before, now))


def _next(session: Session, **changes: object) -> Session:
    return replace(session, revision=session.revision + 1, **changes)  # type: ignore[arg-type]


def _moved(session: Session, now: datetime, **changes: object) -> Session:
    """Return the next revision after a move of the runner."""
    return _still(_next(session, touched_at=now, **changes), now)


def _still(session: Session, now: datetime) -> Session:
    """Begin a pause if the session now stands still; end the pause if it goes on."""
    if session.started_at is None:
        return session
    stands = session.phase in STANDING
    *before, last = session.pauses or (Pause(0, 0),)
    if stands == (last.end is None):
        return session
    at = max(0, int((now - session.started_at).total_seconds()))
    if stands:
        return replace(session, pauses=(*session.pauses, Pause(at)))
    over = (Pause(last.start, at),) if at > last.start else ()
    return replace(session, pauses=(*before, *over))


def _lead(session: Session, now: datetime, seconds: int = GET_READY, **changes: object) -> Session:
    """Show a step; if the clock leads, the step begins after `seconds`."""
    after = replace(session, **{"track_seconds": None, **changes})  # type: ignore[arg-type]
    timer = running(Stage.LEAD, seconds, now) if after.timed and after.step.is_timed else None
    return _moved(after, now, timer=timer)


def _ready(session: Session) -> Timer | None:
    """Return the timer of a pause after which the step begins again."""
    return _READY if session.timed and session.step.is_timed else None


def _work(session: Session, now: datetime) -> Timer:
    return running(Stage.WORK, session.step.work, now)


def _left_of_exercise(session: Session) -> int:
    """Return how many consecutive steps from the current one on have its exercise."""
    exercise, coming = session.step.exercise, session.steps[session.position :]
    return len(list(takewhile(lambda step: step.exercise == exercise, coming)))


def _left_out(session: Session, log: tuple[StepLog, ...], position: int) -> int:
    """Return how many steps from `position` on are left out, or are later rounds of what hurt."""
    hurt = {session.steps[entry.step].exercise for entry in log if entry.outcome is Outcome.HURT}

    def is_left_out(step: Step) -> bool:
        return step.left_out or (step.in_rounds and step.exercise in hurt)

    return len(list(takewhile(is_left_out, session.steps[position:])))


def _leave(
    session: Session, steps: int, outcome: Outcome, now: datetime, seconds: int = 0
) -> Session:
    """Leave this many steps and show the next, with `seconds` of rest before it."""
    after = _after(session, steps, outcome, now)
    if after.phase is Phase.FINISHED:
        return _moved(after, now)
    return _lead(after, now, seconds or GET_READY)


def _after(session: Session, steps: int, outcome: Outcome, now: datetime) -> Session:
    """Log this many steps with the outcome and move past them; the revision is not raised."""
    position = session.position + steps
    worked = _worked(session, now) if outcome is Outcome.DONE else None
    logged = tuple(
        StepLog(index, outcome, now, worked) for index in range(session.position, position)
    )
    left_out = _left_out(session, session.log + logged, position)
    logged += tuple(StepLog(position + index, Outcome.HURT, now) for index in range(left_out))
    position += left_out
    over = position == len(session.steps)
    return replace(
        session,
        phase=Phase.FINISHED if over else Phase.RUNNING,
        position=position,
        log=session.log + logged,
        ended_at=now if over else None,
        timer=None,
    )


def _worked(session: Session, now: datetime) -> int | None:
    """Return the seconds of work by the clock; None if no work interval runs."""
    clock = session.clock
    if clock is None or clock.stage is not Stage.WORK:
        return None
    return max(0, session.step.work - clock.left(now))


@frozen
class StoredSession:
    """A session with its stored place in the chat.

    `message_id` is the message with the live buttons, `shown` the revision that it shows, `word_id`
    the id of the last typed message that moved the session. `track_id` is the message with the
    track. `has_talk`: questions about pain may be open.
    """

    session: Session
    message_id: int | None = None
    shown: int | None = None
    word_id: int = 0
    may_train: bool = True
    track_id: int | None = None
    has_talk: bool = True

    @property
    def is_unseen(self) -> bool:
        """Whether the present revision is not known to be shown."""
        return self.shown != self.session.revision
