"""The whole coach on the local Bot API, over real HTTP and a real database file."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import delete, insert

from bot.app import Parts, Work, at_work
from bot.content import Catalogue
from bot.content.texts import Texts
from bot.db import asked, sessions
from bot.db.engine import Place
from bot.db.migrating import migrate
from bot.db.sqlite import job_store_file
from bot.db.tables import SESSIONS
from bot.demo.time_travel import travel
from bot.domain.first_questions import Topic
from bot.domain.runner import Screening
from bot.domain.session import Outcome, Phase, Rating, Session, Step, StepLog
from bot.runtime.addresses import Address, Webhook
from bot.sandbox.server import serve
from bot.sandbox.world.chats import Person
from bot.sandbox.world.messages import Message
from bot.sandbox.world.taps import Tap
from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import World
from bot.services import runners
from bot.tracks import Voice
from tests import databases
from tests.clocks import SetClock
from tests.databases import a_place, job_store
from tests.domain.walks import step
from tests.shipped import CATALOGUE, PLACES, TEXTS

os.environ.setdefault("PTB_TIMEDELTA", "1")

FIVE = "marathon-five"
TUESDAY = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@dataclass
class Stage:
    """A pretend Telegram with a coach on it, and the clock that both look at."""

    world: World
    clock: SetClock
    database: Place
    url: str
    chat_burst: int = 1000
    catalogue: Catalogue | None = None
    texts: Texts | None = None
    voice: Voice = field(default_factory=Voice)
    messages_per_second: int = 1000
    admins: frozenset[int] = frozenset()
    invite_code: str = ""
    webhook: Webhook | None = None
    metrics: Address | None = None
    work: Work = field(init=False)
    served: AsyncExitStack = field(default_factory=AsyncExitStack)
    _at_work: AsyncExitStack = field(default_factory=AsyncExitStack)

    @asynccontextmanager
    async def coach(self) -> AsyncIterator["Stage"]:
        """The coach at work on this stage's database."""
        await self._start()
        try:
            yield self
        finally:
            await self._at_work.aclose()

    async def restart(self) -> None:
        """The coach stops and starts again."""
        await self.close()
        await self.open()

    async def close(self) -> None:
        """The coach stops, and is away until it is opened."""
        await self._at_work.aclose()

    async def open(self) -> None:
        migrate(self.database)
        await self._start()

    async def _start(self) -> None:
        self.work = await self._at_work.enter_async_context(at_work(self.parts()))

    @asynccontextmanager
    async def out_of_reach(self) -> AsyncIterator[None]:
        """Nobody listens where Telegram was."""
        await self.served.aclose()
        try:
            yield
        finally:
            port = urlsplit(self.url).port or 0
            await self.served.enter_async_context(serve(self.world, port=port))

    def parts(self) -> Parts:
        """What the coach on this stage is made of."""
        return Parts(
            token=self.world.token,
            api_url=self.url,
            database=self.database,
            catalogue=self.catalogue or CATALOGUE,
            texts=self.texts or TEXTS,
            places=PLACES,
            clock=self.clock,
            voice=self.voice,
            messages_per_second=self.messages_per_second,
            chat_burst=self.chat_burst,
            admins=self.admins,
            invite_code=self.invite_code,
            webhook=self.webhook,
            metrics=self.metrics,
        )

    @property
    def refused(self) -> list[tuple[str, str]]:
        """The calls that Telegram refused, with its words.

        With PostgreSQL another process may have edited a message, so that an edit to what it shows
        already goes out, which is no fault.
        """
        said = [(call.method, call.description) for call in self.world.refused()]
        return [it for it in said if not (databases.POSTGRESQL and "is not modified" in it[1])]

    def runner(self, name: str = "Ann", **about: object) -> "Runner":
        return Runner(self, self.world.add_person(name, **about))  # type: ignore[arg-type]

    async def crowd(self, count: int) -> "list[Runner]":
        """So many runners, each at the beginning of a session."""
        runners = [self.runner(f"Runner {number}") for number in range(count)]
        for runner in runners:
            self.world.say(runner.person, "/routine marathon five")
        await self.settle()
        for label in ("None applies to me", "Start"):
            for runner in runners:
                self.world.tap(runner.person, runner.with_button(label), label)
            await self.settle()
        return runners

    async def settle(self) -> None:
        """Until the coach has handled everything that people did so far."""
        while True:
            while self.world.updates.pending:
                await asyncio.sleep(0.002)
            await self.work.wait_until_idle()
            if not self.world.updates.pending:
                return

    async def travel(self, moment: datetime) -> None:
        """Moves the clock, waking every slot and sending every due reminder on the way."""
        await travel(self.work, self.clock, moment)
        await self.settle()


@dataclass
class Runner:
    """A person who talks to the coach and looks at the chat."""

    stage: Stage
    person: Person

    @property
    def id(self) -> int:
        return self.person.id

    async def says(self, text: str) -> "Message":
        self.stage.world.say(self.person, text)
        await self.stage.settle()
        return self.shown

    async def starts(self, payload: str = "") -> "Message":
        self.stage.world.start(self.person, payload)
        await self.stage.settle()
        return self.shown

    async def taps(self, label: str, message: "Message | None" = None) -> Tap:
        """Taps the newest button with this label, or the one under the given message."""
        message = message or await self.finds(label)
        if label not in message.labels and "More" in message.labels:
            self.stage.world.tap(self.person, message, "More")
            await self.stage.settle()
        tap = self.stage.world.tap(self.person, message, label)
        await tap.answer(timeout=10)
        await self.stage.settle()
        return tap

    async def declares(self, *conditions: str) -> "Message":
        """Says in the safety screen that shows which of its conditions apply."""
        for label in ("One applies to me", *conditions, "That is all"):
            await self.taps(label)
        return self.shown

    async def sends_data(self, message: "Message | int", data: str) -> Tap:
        """A tap that no button of ours offers."""
        tap = self.stage.world.tap(self.person, message, data=data)
        await tap.answer(timeout=10)
        await self.stage.settle()
        return tap

    @property
    def messages(self) -> "list[Message]":
        """What the coach said and has not deleted."""
        return [m for m in self.stage.world.messages(self.person) if m.from_bot]

    @property
    def shown(self) -> "Message":
        """The coach's latest message."""
        return self.messages[-1]

    def with_button(self, label: str) -> "Message":
        return next(m for m in reversed(self.messages) if label in m.labels)

    async def finds(self, label: str) -> "Message":
        """The newest message with the button, which may have been behind More."""
        if not any(label in message.labels for message in self.messages):
            await self.taps("More", self.with_button("More"))
        return self.with_button(label)

    def count(self, words: str) -> int:
        """How many of the coach's messages hold these words."""
        return sum(words in message.text for message in self.messages)

    async def knows_the_exercises(self) -> "Runner":
        """A runner who did one set of every exercise a week ago, and stopped before the end.

        The session has a negative id, so that it is no page of the history and the next is the
        first.
        """
        done = tuple(step(exercise) for exercise in CATALOGUE.exercises)
        never_reached = tuple(step("clamshell", 2) for _ in range(2 * len(done)))
        at = self.stage.clock.now() - timedelta(days=7)
        session = self._walked((*never_reached, *done), len(never_reached), at, Phase.STOPPED)
        state = sessions.state(session)
        row = {"id": -self.id, "runner_id": self.id, "routine": FIVE, "routine_name": FIVE}
        row |= {"steps": [], "created_at": at, "shown": session.revision}
        async with self.stage.work.coach.db.write(self.id) as connection:
            await connection.execute(delete(SESSIONS).where(SESSIONS.c.id == -self.id))
            await connection.execute(insert(SESSIONS).values(**row, **state))
        return self

    async def has_trained(self, routine: str, at: datetime, rating: Rating | None = None) -> None:
        """A whole session of the routine, two sets of each exercise, walked through earlier."""
        steps = CATALOGUE.steps(CATALOGUE.routines[routine], 9)
        walked = replace(self._walked(steps, 0, at, Phase.FINISHED), routine=routine, rating=rating)
        async with self.stage.work.coach.db.write(self.id) as connection:
            begun = replace(walked, phase=Phase.READY, revision=0, log=(), ended_at=None)
            before = await sessions.add(connection, begun, at)
            await sessions.save(connection, before, replace(walked, id=before.id))

    def _walked(self, steps: tuple[Step, ...], first: int, at: datetime, phase: Phase) -> Session:
        """A session that has ended, with every step from `first` on done."""
        log = tuple(StepLog(place, Outcome.DONE, at) for place in range(first, len(steps)))
        return Session(
            *(0, self.id, FIVE, FIVE, steps),
            phase=phase,
            position=len(steps),
            revision=1,
            log=log,
            started_at=at,
            ended_at=at,
        )

    async def is_ready(self) -> "Runner":
        """A runner who answered the safety screen earlier and opens the chat again."""
        coach = self.stage.work.coach
        await runners.answer_safety(coach.db, self.id, Screening.CLEAR, coach.now())
        await self.was_asked()
        await self.says("/start")
        return self

    async def was_asked(self) -> None:
        """The questions that are asked once have come and gone."""
        coach = self.stage.work.coach
        async with coach.db.write(self.id) as connection:
            for topic in Topic:
                await asked.add(connection, self.id, topic, coach.now())


@asynccontextmanager
async def a_stage(folder: Path, **about: object) -> AsyncIterator[Stage]:
    """Ends with no call that had a parameter which its method does not take."""
    clock = SetClock(TUESDAY)
    world = World(clock=clock.now)
    world.limits = None
    world.webhook_reach = Reach.ANY
    world.webhook_pauses = (0.0, 0.05, 0.1, 0.2, 0.4)
    with a_place(folder) as database:
        if isinstance(database, Path):
            job_store_file(database).write_bytes(job_store())
        async with AsyncExitStack() as served:
            url = await served.enter_async_context(serve(world))
            yield Stage(world, clock, database, url, served=served, **about)  # type: ignore[arg-type]
    assert [
        (call.method, call.unknown_parameters) for call in world.calls if call.unknown_parameters
    ] == []
