"""A session as a track: answers of any age, pain, ticks and the chat, in any order.

The runner may answer twice, too early, too late, or never.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain import listening
from bot.domain.session import (
    FORGOTTEN,
    MOVES,
    Move,
    Outcome,
    Phase,
    Session,
    leave_out,
    put_away,
    step_ends,
    tick,
)
from tests.conftest import tries
from tests.domain.walks import NOW, STEPS, fresh

SECONDS = step_ends(STEPS)[-1]
OVER = (Phase.FINISHED, Phase.STOPPED)


class Listening(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.session: Session = replace(fresh(), timed=True, touched_at=NOW)
        self.now = NOW
        self.questions = 0
        self.changes = 0

    @rule(seconds=st.one_of(st.integers(0, 60), st.sampled_from([400, 700, 22_000, 100_000])))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def taps_listen(self) -> None:
        before = self.session
        after = listening.listen(before, SECONDS, self.now)
        assert (after is not None) == (before.phase is Phase.READY)
        self._change(after)

    @rule()
    def telegram_refuses_the_track(self) -> None:
        before = self.session
        after = listening.listen(before, SECONDS, self.now)
        if after is not None:
            back = listening.not_sent(before, after)
            assert replace(back, revision=before.revision) == before
            self.changes += 1
            self._change(back)

    @rule(steps=st.integers(-1, len(STEPS) + 1))
    def says_how_much_was_done(self, steps: int) -> None:
        before = self.session
        after = listening.heard(before, steps, self.now)
        if after is None:
            return
        assert listening.may_answer(before)
        assert [entry.step for entry in after.log] == list(range(steps))
        assert all(entry.outcome is Outcome.DONE for entry in after.log)
        assert after.phase is (Phase.FINISHED if steps == len(STEPS) else Phase.STOPPED)
        assert listening.heard(after, steps, self.now) is None
        self._change(after)

    @rule(move=st.sampled_from(Move))
    def moves_in_the_chat(self, move: Move) -> None:
        self._change(MOVES[move](self.session, self.now))

    @rule(step=st.integers(-1, len(STEPS)))
    def corrects_where_it_hurts(self, step: int) -> None:
        self._change(listening.hurt_at(self.session, step, self.now))

    @rule()
    def reports_what_hurts(self) -> None:
        self._change(leave_out(self.session, (), self.now))

    @rule()
    def a_doubt_puts_the_track_away(self) -> None:
        self._change(put_away(self.session, self.now))

    @rule()
    def the_clock_ticks(self) -> None:
        before = self.session
        after = tick(before, self.now)
        if after is not None and before.phase is Phase.LISTENING:
            if after.phase is Phase.LISTENING:
                assert after.nudged
                self.questions += 1
                assert before.started_at is not None
                assert self.now >= before.started_at + timedelta(seconds=SECONDS + 300)
            else:
                assert before.touched_at is not None
                assert self.now - before.touched_at >= FORGOTTEN
                assert listening.may_answer(after)
        self._change(after)

    def _change(self, after: Session | None) -> None:
        if after is not None:
            self.session = after
            self.changes += 1

    @invariant()
    def every_change_has_a_revision(self) -> None:
        assert self.session.revision == self.changes

    @invariant()
    def it_is_asked_once_at_most(self) -> None:
        assert self.questions <= 1

    @invariant()
    def what_is_led_in_the_chat_has_no_track(self) -> None:
        in_chat = self.session.phase in (Phase.READY, Phase.RUNNING, Phase.PAUSED)
        assert not (in_chat and self.session.track_seconds is not None)
        assert self.session.phase is not Phase.LISTENING or self.session.track_seconds == SECONDS

    @invariant()
    def no_step_is_counted_twice_or_lost(self) -> None:
        assert [entry.step for entry in self.session.log] == list(range(self.session.position))

    @invariant()
    def it_has_ended_if_and_only_if_it_is_over(self) -> None:
        over = self.session.phase in OVER
        assert (self.session.ended_at is not None) == over
        assert (self.session.due_at is not None) == (not over)
        assert (self.session.position == len(STEPS)) == (self.session.phase is Phase.FINISHED)

    @invariant()
    def nothing_was_done_before_the_start_or_after_now(self) -> None:
        session = self.session
        moments = [entry.at for entry in session.log]
        assert moments == sorted(moments)
        if session.started_at is not None:
            assert all(session.started_at <= at <= self.now for at in moments)
            assert session.ended_at is None or session.ended_at >= max(
                [session.started_at, *moments]
            )


TestListening = Listening.TestCase
TestListening.settings = settings(max_examples=tries(200), stateful_step_count=40)
