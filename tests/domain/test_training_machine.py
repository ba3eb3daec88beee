"""Taps in any order on the real services and a real database file, through restarts: what is stored
is what the plain rules say."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from bot.content import Catalogue, read_catalogue
from bot.content.reading import shipped
from bot.db import sessions
from bot.db.migrating import migrate
from bot.db.opening import open_database
from bot.db.tables import SESSIONS
from bot.domain.kit import UNKNOWN
from bot.domain.runner import Screening
from bot.domain.session import MOVES, Move, Phase, Rating, Session, rate, tick
from bot.services import cues, runners, training
from bot.services import rating as rating_services
from bot.services.rating import Feedback
from bot.services.rejections import Reason, Rejected
from bot.services.training import Gated, Moved, Opened, OverCap, Running
from tests.conftest import tries
from tests.databases import a_place
from tests.domain.walks import NOW

T = TypeVar("T")

RUNNERS = (101, 102)
NUMBERS = ("tempo", "variant", "advice", "band", "work", "count", "unit")
RESTS = ("rest", "rest_kind")  # of each step: shorter sets end elsewhere
ROUTINES = ("first-two-weeks", "marathon-five")
SHORT = """
id = "{id}"
level = "beginner"
warm_up = {warm_up}
sets_in_first_sessions = [1]
[[blocks]]
exercise = "clamshell"
sets = 2
work = 20
halves = true
change = 10
[texts.en]
name = "{id}"
in_short = "Short."
"""


def short_routines(folder: Path) -> Catalogue:
    """The shipped exercises, with routines that are over after a few taps."""
    (folder / "routines").mkdir()
    for routine, warm_up in zip(ROUTINES, (60, 0), strict=True):
        text = SHORT.format(id=routine, warm_up=warm_up)
        (folder / "routines" / f"{routine}.toml").write_text(text, encoding="utf-8")
    catalogue, faults = read_catalogue([shipped(), folder], "en")
    assert faults == []
    return catalogue


@pytest.fixture(scope="module", autouse=True)
def ground() -> Any:
    """The catalogue of short routines."""
    with tempfile.TemporaryDirectory() as name:
        Taps.catalogue = short_routines(Path(name))
        yield


class Taps(RuleBasedStateMachine):
    """Two runners on one database. The model: their sessions, moved by the domain alone."""

    catalogue: Catalogue

    @initialize()
    def opens(self) -> None:
        self.runs = asyncio.Runner()
        self.leave = ExitStack()
        folder = Path(self.leave.enter_context(tempfile.TemporaryDirectory()))
        self.place = self.leave.enter_context(a_place(folder))
        self.db = open_database(self.place)
        self.now = NOW
        self.sessions: dict[int, Session] = {}
        self.said: dict[int, int] = {}
        self.seen: dict[int, int] = {}
        self.own_pace: dict[int, bool] = {}
        self.word_ids = 0
        for runner in RUNNERS:
            self.does(runners.answer_safety(self.db, runner, Screening.CLEAR, NOW))

    def teardown(self) -> None:
        if hasattr(self, "runs"):
            self.does(self.db.close())
            self.runs.close()
            self.leave.close()

    def does(self, wish: Coroutine[Any, Any, T]) -> T:
        self.now = getattr(self, "now", NOW) + timedelta(seconds=20)
        return self.runs.run(wish)

    def current(self, runner: int) -> Session | None:
        mine = (s for s in self.sessions.values() if s.runner == runner and s.is_open)
        return next(mine, None)

    def expected_steps(self, runner: int, routine: str, made: Any) -> Any:
        """As the routine has them, with the numbers that the runner's ratings led to."""
        grown = sum(
            (s.runner, s.routine, s.phase) == (runner, routine, Phase.FINISHED)
            and s.trained_at is not None
            and s.rating is not Rating.HARD
            for s in self.sessions.values()
        )
        usual = self.catalogue.steps(self.catalogue.routines[routine], grown, UNKNOWN)
        own = {step.exercise: step for step in made}
        kept = [step for step in usual if step.set_number <= own[step.exercise].sets]
        assert len(made) == len(kept)
        return tuple(
            replace(
                step,
                sets=own[step.exercise].sets,
                **{name: getattr(own[step.exercise], name) for name in NUMBERS},
                **{name: getattr(there, name) for name in RESTS},
            )
            for step, there in zip(kept, made, strict=True)
        )

    @rule(
        runner=st.sampled_from(RUNNERS),
        routine=st.sampled_from(ROUTINES),
        begin=st.booleans(),
        anyway=st.booleans(),
        instead=st.booleans(),
    )
    def opens_a_routine(
        self, runner: int, routine: str, begin: bool, anyway: bool, instead: bool
    ) -> None:
        there, at = self.current(runner), self.now
        opened = self.does(
            training.open_session(
                self.db,
                self.catalogue,
                runner,
                routine,
                at,
                begin=begin,
                anyway=anyway,
                instead_of=there.id if there and instead else None,
            )
        )
        assert not isinstance(opened, Gated)
        if there and there.phase is not Phase.READY and not instead:
            assert isinstance(opened, Running)
            assert opened.stored.session == there
            return
        if isinstance(opened, OverCap):
            assert not anyway
            assert not (there and instead)
            assert self._has_loaded(runner, at)
            return
        assert isinstance(opened, Opened)
        session = opened.stored.session
        if there and session.id == there.id:
            assert (there.phase, there.routine) == (Phase.READY, routine)
            assert opened.replaced is None
            fresh = there
        else:
            assert session.id > max(self.sessions, default=0)
            timed = not self.own_pace.get(runner, False)
            fresh = Session(
                *(session.id, runner, routine, routine),
                self.expected_steps(runner, routine, session.steps),
                timed=timed,
                touched_at=at,
                notes=session.notes,
            )
            self._gives_way(there)
            assert (opened.replaced and opened.replaced.session) == there
        began = session.started_at or self.now
        self.sessions[session.id] = self._moved(fresh, Move.BEGIN, began) if begin else fresh
        assert session == self.sessions[session.id]

    def _has_loaded(self, runner: int, at: datetime) -> bool:
        """Whether the runner began a session less than 45 hours ago of which half was done."""
        return any(
            s.runner == runner
            and s.trained_at is not None
            and s.loads
            and s.started_at is not None
            and at - s.started_at < timedelta(hours=45)
            for s in self.sessions.values()
        )

    def _gives_way(self, there: Session | None) -> None:
        if there is not None:
            stored = self.does(self._stored(there.id))
            assert stored.ended_at is not None
            self.sessions[there.id] = self._moved(there, Move.STOP, stored.ended_at)

    @staticmethod
    def _moved(session: Session, move: Move, at: Any) -> Session:
        after = MOVES[move](session, at)
        assert after is not None
        return after

    @rule(
        runner=st.sampled_from(RUNNERS),
        move=st.sampled_from(Move),
        data=st.data(),
        behind=st.sampled_from([0, 0, 0, 0, 1, 2, -1]),
    )
    def taps_any_button(self, runner: int, move: Move, data: st.DataObject, behind: int) -> None:
        """Of any session, one's own or not, and of any age."""
        session = data.draw(st.sampled_from([*self.sessions, 999]))
        there = self.sessions.get(session)
        revision = there.revision - behind if there else 0
        self._tap(runner, session, revision, move)

    @rule(runner=st.sampled_from(RUNNERS), times=st.integers(2, 3), move=st.sampled_from(Move))
    def taps_twice_at_once(self, runner: int, times: int, move: Move) -> None:
        """Taps under way side by side: one counts, the others are stale."""
        there = self.current(runner)
        if there is None:
            return
        at = self.now

        async def together() -> list[Moved | Rejected]:
            tap = (self.db, runner, there.id, there.revision, move, at)
            return list(await asyncio.gather(*(training.move(*tap) for _ in range(times))))

        answers = self.does(together())
        after = MOVES[move](there, at)
        counted = [answer for answer in answers if isinstance(answer, Moved)]
        assert [answer.session for answer in counted] == ([after] if after else [])
        self.sessions[there.id] = after or there
        if after:
            self._remember(runner, move)

    def _remember(self, runner: int, move: Move) -> None:
        if move in (Move.OWN_PACE, Move.HANDS_FREE):
            self.own_pace[runner] = move is Move.OWN_PACE

    @rule(seconds=st.sampled_from([0, 5, 30, 150, 1300, 22_000]))
    def time_passes(self, seconds: int) -> None:
        """Every session does what its time asks for, and no other does anything."""
        self.now += timedelta(seconds=seconds)
        at = self.now
        expected = {s.id: after for s in self.sessions.values() if (after := tick(s, at))}
        due = self.does(cues.tick(self.db, at))
        assert {it.after.id: it.after for it in due.ticks} == expected
        assert [it.before for it in due.ticks] == [self.sessions[it.after.id] for it in due.ticks]
        self.sessions.update(expected)

    @rule()
    def the_next_moment_is_the_earliest(self) -> None:
        moments = [s.due_at for s in self.sessions.values() if s.due_at]
        assert self.does(cues.next_due(self.db)) == min(moments, default=None)

    @rule(runner=st.sampled_from(RUNNERS), steps=st.integers(1, 5))
    def goes_on(self, runner: int, steps: int) -> None:
        """The way that most sessions go, so that some of them are finished."""
        for _ in range(steps):
            if there := self.current(runner):
                move = {Phase.READY: Move.BEGIN, Phase.PAUSED: Move.RESUME}.get(there.phase)
                self._tap(runner, there.id, there.revision, move or Move.DONE)

    def _tap(self, runner: int, session: int, revision: int, move: Move) -> None:
        at, there, mine = self.now, self.sessions.get(session), self.current(runner)
        answer = self.does(training.move(self.db, runner, session, revision, move, at))
        if there is None:
            self._stale(answer, mine)
        elif there.runner != runner:
            self._rejected(answer, Reason.FOREIGN, None)
        elif there.revision != revision:
            self._stale(answer, mine or self._unseen(there))
        elif mine and mine.id != session:
            self._stale(answer, mine)
        elif (after := MOVES[move](there, at)) is None:
            self._rejected(answer, Reason.UNLAWFUL, mine)
        else:
            assert isinstance(answer, Moved)
            assert (answer.before, answer.session) == (there, after)
            self.sessions[session] = after
            self._remember(runner, move)

    def _unseen(self, session: Session | None) -> Session | None:
        """The session, if the screen of its present state never arrived."""
        if session is None or self.seen.get(session.id) == session.revision:
            return None
        return session

    @rule(data=st.data())
    def a_screen_arrives(self, data: st.DataObject) -> None:
        if self.sessions:
            session = data.draw(st.sampled_from(list(self.sessions.values())))
            self.does(cues.shown(self.db, [(session, 77)], NOW))
            self.seen[session.id] = session.revision

    @staticmethod
    def _rejected(answer: object, reason: Reason, mine: Session | None) -> None:
        assert isinstance(answer, Rejected)
        assert answer.reason is reason
        assert (answer.current and answer.current.session) == mine

    def _stale(self, answer: object, mine: Session | None) -> None:
        self._rejected(answer, Reason.STALE if mine else Reason.NO_SESSION, mine)

    @rule(runner=st.sampled_from(RUNNERS), move=st.sampled_from(Move), again=st.booleans())
    def types_a_word(self, runner: int, move: Move, again: bool) -> None:
        """A word that Telegram delivers a second time does not count."""
        self.word_ids += not again
        at, there, word = self.now, self.current(runner), self.word_ids
        answer = self.does(training.move_by_word(self.db, runner, word, move, at))
        after = MOVES[move](there, at) if there else None
        if there is None:
            mine = (s for s in self.sessions.values() if s.runner == runner)
            last = self._unseen(max(mine, key=lambda s: s.id, default=None))
            self._stale(answer, last)
        elif word <= self.said.get(there.id, 0):
            self._stale(answer, there)
        elif after is None:
            self._rejected(answer, Reason.UNLAWFUL, there)
        else:
            assert isinstance(answer, Moved)
            self.sessions[there.id] = after
            self.said[there.id] = word
            self._remember(runner, move)

    @rule(runner=st.sampled_from(RUNNERS), rating=st.sampled_from(Rating), data=st.data())
    def says_how_it_felt(self, runner: int, rating: Rating, data: st.DataObject) -> None:
        session = data.draw(st.sampled_from([*self.sessions, 999]))
        there = self.sessions.get(session)
        wish = (self.db, self.catalogue, runner, session, rating, self.now)
        rated = self.does(rating_services.rate(*wish))
        if there is None or there.runner != runner:
            assert rated == Rejected(Reason.FOREIGN if there else Reason.NO_SESSION)
        elif (after := rate(there, rating)) is None:
            self._rejected(rated, Reason.STALE, there)
        elif any(
            s.runner == runner and s.id > there.id and s.started_at for s in self.sessions.values()
        ):
            assert rated == Rejected(Reason.NEXT_BEGUN)
        else:
            assert isinstance(rated, Feedback)
            assert rated.session == after
            self.sessions[session] = after
            self._numbers_may_change(runner)

    def _numbers_may_change(self, runner: int) -> None:
        """A session that waits for its Start is planned anew; by what rules is told elsewhere."""
        waiting = self.current(runner)
        if waiting and waiting.phase is Phase.READY:
            stored = self.does(self._stored(waiting.id))
            assert replace(stored, steps=waiting.steps, notes=waiting.notes) == waiting
            self.sessions[waiting.id] = stored

    @rule()
    def restarts(self) -> None:
        self.does(self.db.close())
        migrate(self.place)
        self.db = open_database(self.place)

    async def _stored(self, session: int) -> Session:
        async with self.db.read() as connection:
            kept = await sessions.get(connection, session)
        assert kept is not None
        return kept.session

    @invariant()
    def what_is_stored_is_what_the_rules_say(self) -> None:
        if hasattr(self, "runs"):
            self.runs.run(self._compare())

    async def _compare(self) -> None:
        async with self.db.read() as connection:
            count = (await connection.execute(select(func.count(SESSIONS.c.id)))).scalar_one()
            assert count == len(self.sessions)
            for runner in RUNNERS:
                kept = await sessions.current(connection, runner)
                assert (kept and kept.session) == self.current(runner)
        for session in list(self.sessions.values())[-3:]:
            assert await self._stored(session.id) == replace(session)


TestTaps = Taps.TestCase
TestTaps.settings = settings(
    max_examples=tries(25),
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
