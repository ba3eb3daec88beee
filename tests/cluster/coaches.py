"""Three coaches on one database, and a load balancer that hands each update to the next."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiohttp import ClientError, ClientSession, web
from sqlalchemy import URL

from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import Person, World
from tests.databases import change, rows
from tests.network import free_port
from tests.process.coach_process import CoachProcess, eventually

THREE = 3
LEADS = "this process leads"
NO_MORE = "this process leads no more"


class Coaches:
    """All of them have the same settings."""

    def __init__(self, folder: Path, world: World, url: str, database: URL) -> None:
        self.world = world
        self.database = database
        self.all: list[CoachProcess] = []
        for number in range(THREE):
            own = folder / str(number)
            own.mkdir()
            coach = CoachProcess(own, world, url)
            coach.settings = {
                "DATABASE_URL": database.render_as_string(hide_password=False).replace(
                    "postgresql+psycopg", "postgresql"
                )
            }
            self.all.append(coach)

    async def start(self, **settings: str) -> None:
        """All at the same moment, until all are at work."""
        for coach in self.all:
            coach.settings |= settings
            await coach.spawn()
        await eventually(
            lambda: all(coach.stdout or not coach.is_running for coach in self.all), 30
        )
        for coach in self.all:
            assert coach.is_running, coach.stderr
        await eventually(lambda: self.leaders)

    @property
    def leaders(self) -> list[CoachProcess]:
        """Those that are running and have said last that they lead."""
        return [coach for coach in self.all if coach.is_running and leads(coach)]

    @property
    def leader(self) -> CoachProcess:
        (leader,) = self.leaders
        return leader

    @property
    def followers(self) -> list[CoachProcess]:
        return [coach for coach in self.all if coach.is_running and coach not in self.leaders]

    async def clean_up(self) -> None:
        for coach in self.all:
            await coach.clean_up()

    def states(self) -> dict[str, int]:
        """How many reminders are in each state."""
        return Counter(row["state"] for row in rows(self.database, "reminders"))

    def is_served(self) -> bool:
        return not {"claimed", "sending"} & self.states().keys()

    def crowd(self, size: int) -> list[Person]:
        """So many runners whose reminder is claimed; they are told of it by `begin`."""
        people = [self.world.add_person(f"Runner {number}") for number in range(size)]
        for person in people:
            self.world.say(person, "hello")
        self.world.updates.clear()
        now = datetime.now(UTC).isoformat()
        ids = ", ".join(str(person.id) for person in people)
        who = f"FROM unnest(ARRAY[{ids}]) AS of(id)"
        for statement in (
            "INSERT INTO runners (id, created_at, screening, screened_at, zone) "
            f"SELECT of.id, '{now}', 'clear', '{now}', 'Europe/Berlin' {who}",
            "INSERT INTO schedule (runner_id, weekday, local_time, zone, chosen_at) "
            f"SELECT of.id, 'monday', '07:00', 'Europe/Berlin', '{now}' {who}",
            "INSERT INTO reminders (runner_id, local_date, slot_at, due_at, state) "
            f"SELECT of.id, '{now}'::date, '{now}', '{now}', 'claimed' {who}",
        ):
            change(self.database, statement)
        return people

    def begin(self) -> None:
        change(self.database, "NOTIFY bandcoach, 'due'")

    def got(self, people: list[Person]) -> Counter[int]:
        """How many messages each has from the coach."""
        return Counter(
            person.id
            for person in people
            for message in self.world.messages(person)
            if message.from_bot
        )


def leads(coach: CoachProcess) -> bool:
    """As it has said itself; a frozen one says nothing."""
    said = [line for line in coach.stderr.splitlines() if LEADS in line]
    return bool(said) and NO_MORE not in said[-1]


@asynccontextmanager
async def balanced(coaches: Coaches) -> AsyncIterator["Balancer"]:
    """Settings by which Telegram's updates go to one after another of those that are running."""
    balancer = Balancer(coaches)
    app = web.Application()
    app.router.add_post("/hook", balancer.pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", balancer.port).start()
    coaches.world.webhook_reach = Reach.ANY
    coaches.world.webhook_pauses = (0.0, 0.1, 0.2, 0.5)
    try:
        async with ClientSession() as balancer.session:
            yield balancer
    finally:
        await runner.cleanup()


class Balancer:
    """`only` takes them all, if one is named; `frozen` takes none, as one that answers no health
    check."""

    session: ClientSession
    only: CoachProcess | None = None
    frozen: CoachProcess | None = None

    def __init__(self, coaches: Coaches) -> None:
        self.port = free_port()
        self.taken: Counter[int] = Counter()
        self._turn = count()
        self._coaches = coaches
        self._ports = [free_port() for _ in coaches.all]
        for coach, port in zip(coaches.all, self._ports, strict=True):
            coach.settings |= {
                "WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook",
                "WEBHOOK_PORT": str(port),
            }

    async def pass_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), {"Content-Type": "application/json"}
        secret = "X-Telegram-Bot-Api-Secret-Token"
        headers[secret] = request.headers.get(secret, "")
        for _ in self._ports:
            number = next(self._turn) % len(self._ports)
            coach = self._coaches.all[number]
            if not coach.is_running or coach is self.frozen:
                continue
            if self.only is not None and coach is not self.only:
                continue
            to = f"http://127.0.0.1:{self._ports[number]}/hook"
            try:
                async with self.session.post(to, data=body, headers=headers) as answer:
                    self.taken[number] += 1
                    return web.Response(status=answer.status)
            except (TimeoutError, ClientError):
                continue
        return web.Response(status=502)
