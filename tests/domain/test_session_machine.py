"""Any order of taps, doubled and stale ones too, leaves a session in a lawful state.

At the runner's own pace; test_timer_machine.py has the clock.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.domain.session import MOVES, Move, Outcome, Phase, Rating, Session, rate
from tests.conftest import tries
from tests.domain.test_session import LAWFUL
from tests.domain.walks import NOW, STEPS, fresh, step

BY_TAPS = [move for move in Move if move is not Move.HANDS_FREE]
OUTCOMES = {Move.DONE: Outcome.DONE, Move.SKIP: Outcome.SKIPPED}


class Walk(RuleBasedStateMachine):
    """A button carries a move and the revision that it was shown at; it counts at that only."""

    buttons = Bundle("buttons")

    def __init__(self) -> None:
        super().__init__()
        self.session: Session = fresh()
        self.now = NOW
        self.lawful_moves = 0
        self.outcomes: list[Outcome] = []

    @rule(target=buttons, move=st.sampled_from(BY_TAPS))
    def shows_a_button(self, move: Move) -> tuple[Move, int]:
        return move, self.session.revision

    @rule(button=buttons)
    def taps_any_button(self, button: tuple[Move, int]) -> None:
        move, revision = button
        if revision == self.session.revision:
            self._move(move)

    @rule(move=st.sampled_from(BY_TAPS))
    def taps_a_current_button_twice(self, move: Move) -> None:
        revision = self.session.revision
        self._move(move)
        if self.session.revision == revision:
            before = self.session
            self._move(move)
            assert self.session == before

    @rule()
    def does_the_step(self) -> None:
        self._move(Move.DONE)

    @rule(rating=st.sampled_from(Rating))
    def says_how_it_felt(self, rating: Rating) -> None:
        rated = rate(self.session, rating)
        assert (rated is None) == self.session.is_open
        self.session = rated or self.session

    def _move(self, move: Move) -> None:
        before = self.session
        self.now += timedelta(seconds=30)
        after = MOVES[move](before, self.now)
        at_the_first = before.phase is Phase.RUNNING and before.position == 0
        lawful = (before.phase, move) in LAWFUL and not (move is Move.BACK and at_the_first)
        assert (after is not None) == lawful
        if after is not None:
            self.lawful_moves += 1
            self._keep_outcomes(before, move)
            self.session = after

    def _keep_outcomes(self, before: Session, move: Move) -> None:
        """The machine's own list of what became of the steps, kept in the plainest way."""
        if before.phase is Phase.HURTING and move is Move.SKIP:
            exercise = STEPS[len(self.outcomes)].exercise
            while len(self.outcomes) < len(STEPS) and (
                STEPS[len(self.outcomes)].exercise == exercise
            ):
                self.outcomes.append(Outcome.HURT)
        elif before.phase is Phase.RUNNING and move in OUTCOMES:
            self.outcomes.append(OUTCOMES[move])
        elif before.phase is Phase.RUNNING and move is Move.BACK:
            self.outcomes.pop()

    @invariant()
    def the_revision_counts_the_lawful_moves(self) -> None:
        assert self.session.revision == self.lawful_moves

    @invariant()
    def no_step_is_counted_twice_or_lost(self) -> None:
        log = self.session.log
        assert [entry.step for entry in log] == list(range(self.session.position))
        assert [entry.outcome for entry in log] == self.outcomes

    @invariant()
    def the_position_is_in_the_routine(self) -> None:
        finished = self.session.phase is Phase.FINISHED
        assert 0 <= self.session.position <= len(STEPS)
        assert (self.session.position == len(STEPS)) == finished

    @invariant()
    def it_has_ended_if_and_only_if_it_is_over(self) -> None:
        over = self.session.phase in (Phase.FINISHED, Phase.STOPPED)
        assert (self.session.ended_at is not None) == over
        assert self.session.is_open == (not over)

    @invariant()
    def it_has_a_beginning_once_a_step_was_open(self) -> None:
        begun = self.session.phase not in (Phase.READY, Phase.STOPPED)
        assert self.session.started_at is not None or not begun

    @invariant()
    def the_log_is_in_the_order_of_time(self) -> None:
        moments = [entry.at for entry in self.session.log]
        assert moments == sorted(moments)


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=tries(150), stateful_step_count=40)


def test_a_session_of_one_step_ends_with_it() -> None:
    session = fresh((step("walk"),))
    begun = MOVES[Move.BEGIN](session, NOW)
    assert begun is not None
    ended = MOVES[Move.DONE](begun, NOW)
    assert ended is not None
    assert (ended.phase, ended.position) == (Phase.FINISHED, 1)
