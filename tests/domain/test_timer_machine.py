"""Taps of any age and ticks of any lateness, in any order, leave a timed session lawful."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.domain.session import FORGOTTEN, MOVES, Move, Phase, Session, tick
from bot.domain.timer import LATE, TOO_LATE, Stage
from tests.conftest import tries
from tests.domain.walks import NOW, STEPS, fresh

LONG = 100_000


class Clock(RuleBasedStateMachine):
    """A button counts at its revision only; the clock ticks when it may, early, late or twice."""

    buttons = Bundle("buttons")

    def __init__(self) -> None:
        super().__init__()
        self.session: Session = replace(fresh(), timed=True, touched_at=NOW)
        self.now = NOW
        self.changes = 0
        self.nudges = 0
        self.touched = NOW

    @rule(target=buttons, move=st.sampled_from(Move))
    def shows_a_button(self, move: Move) -> tuple[Move, int]:
        return move, self.session.revision

    @rule(button=buttons)
    def taps_any_button(self, button: tuple[Move, int]) -> None:
        move, revision = button
        if revision == self.session.revision:
            self._tap(move)

    @rule(move=st.sampled_from([Move.BEGIN, Move.DONE, Move.RESUME, Move.MORE, Move.HANDS_FREE]))
    def taps(self, move: Move) -> None:
        self._tap(move)

    def _tap(self, move: Move) -> None:
        after = MOVES[move](self.session, self.now)
        if after is not None:
            self.touched = self.now
            self._changed(after)

    @rule(seconds=st.one_of(st.integers(0, 40), st.sampled_from([100, 130, 1300, 22_000, LONG])))
    def time_passes(self, seconds: int) -> None:
        """And perhaps nobody looks."""
        self.now += timedelta(seconds=seconds)

    @rule()
    def the_clock_ticks(self) -> None:
        before, due = self.session, self.session.due_at
        after = tick(before, self.now)
        assert (after is not None) == (due is not None and due <= self.now)
        if after is None:
            return
        assert due is not None
        self.nudges += after.nudged and not before.nudged
        self._changed(after)
        if before.clock is None or self.now - self.touched >= FORGOTTEN:
            return
        late = self.now - due
        assert (after.phase is Phase.PAUSED) == (late > TOO_LATE)
        if late <= LATE:
            worked = before.clock.stage is Stage.WORK
            assert after.position == before.position + worked
            assert len(after.log) == len(before.log) + worked

    @rule()
    def waits_for_the_next_cue(self) -> None:
        if self.session.due_at is not None:
            self.now = max(self.now, self.session.due_at)
            self.the_clock_ticks()

    def _changed(self, after: Session) -> None:
        self.changes += 1
        self.session = after

    @invariant()
    def every_change_has_a_revision(self) -> None:
        assert self.session.revision == self.changes

    @invariant()
    def a_deadline_is_there_exactly_while_the_clock_leads(self) -> None:
        session, timer = self.session, self.session.timer
        going = session.phase is Phase.RUNNING
        assert (session.clock is not None) == (going and session.timed)
        if timer is not None:
            assert session.phase in (Phase.RUNNING, Phase.PAUSED)
            assert (timer.deadline_at is None) != going
            assert (timer.seconds_left is None) == going

    @invariant()
    def whatever_is_open_has_a_moment_at_which_it_goes_on_by_itself(self) -> None:
        assert (self.session.due_at is not None) == self.session.is_open

    @invariant()
    def no_step_is_counted_twice_or_lost(self) -> None:
        log = [entry.step for entry in self.session.log]
        assert log == list(range(self.session.position))
        assert (self.session.position == len(STEPS)) == (self.session.phase is Phase.FINISHED)

    @invariant()
    def the_log_is_in_the_order_of_time(self) -> None:
        moments = [entry.at for entry in self.session.log]
        assert moments == sorted(moments)

    @invariant()
    def there_is_one_nudge_at_most(self) -> None:
        assert self.nudges <= 1


TestClock = Clock.TestCase
TestClock.settings = settings(max_examples=tries(200), stateful_step_count=50)
