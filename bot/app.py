"""The composition root: what a coach is built of, and how it begins and ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import routes
from bot.access import Door, Hosting
from bot.charts import Charts
from bot.coach import Coach, Content
from bot.content import Catalogue
from bot.content.places import Places
from bot.content.texts import Texts
from bot.db import postgresql
from bot.db.engine import Database, Place, open_database
from bot.db.sqlite import job_store_file
from bot.domain.reception import Reception
from bot.domain.timer import fits
from bot.gateway import client
from bot.gateway.chat_order import InOrderPerChat
from bot.gateway.client import App
from bot.gateway.file_ids import Clips
from bot.gateway.inbox import Inbox
from bot.gateway.looks import Looks
from bot.gateway.messenger import Messenger
from bot.gateway.priority_quota import Limit, OwnLimit, SharedLimit
from bot.gateway.profile import RefusedTokenError, introduce, introduce_to_hosts, meet_telegram
from bot.gateway.rate_limiter import BURST, Pace
from bot.gateway.registration import Registration
from bot.handlers.surplus import Surplus
from bot.runtime import logs
from bot.runtime.addresses import Address, Webhook
from bot.runtime.clock import Clock, TelegramClock
from bot.runtime.scheduler import Calendar
from bot.runtime.tasks import in_the_background, working
from bot.services.acknowledger import Acknowledger
from bot.services.jumps import Jumps
from bot.workers.cluster import Alone, Cluster, News, Shared
from bot.workers.cues import Alarm, Cues
from bot.workers.leader import UPDATES, by_webhook, leading
from bot.workers.outbox import OutboxWorker
from bot.workers.slots import Slots

if TYPE_CHECKING:
    from bot.workers.monitor import Monitor


@dataclass(frozen=True, slots=True)
class Parts:
    """What a coach is made of; `chat_burst` is how many messages in a row one chat may get.

    Without a `webhook` it polls for updates; without an address for `metrics` nobody counts.
    `admins` are the hosts' Telegram numbers; without an `invite_code` everybody may come in.
    `proxy` is the address of an HTTP proxy on the way to the Bot API server.
    """

    token: str
    api_url: str
    database: Place
    catalogue: Catalogue
    texts: Texts
    places: Places
    clock: Clock
    messages_per_second: int
    chat_burst: int = BURST
    admins: frozenset[int] = frozenset()
    invite_code: str = ""
    webhook: Webhook | None = None
    metrics: Address | None = None
    proxy: str | None = None


@asynccontextmanager
async def at_work(parts: Parts) -> AsyncIterator["Work"]:
    """A coach that takes updates and delivers reminders until the block is left."""
    db = open_database(parts.database)
    cluster = _cluster(parts, db)
    pace = Pace(_limit(parts, db), parts.chat_burst)
    monitor = _monitor() if parts.metrics else None
    told = monitor.called if monitor else None
    telegram = TelegramClock(parts.clock)
    registration = Registration(parts.webhook, UPDATES)
    time = asyncio.get_running_loop().time
    reception = Reception(parts.clock.now, time, by_webhook=parts.webhook is not None)
    async with client.application(
        parts.token, parts.api_url, pace, telegram, told, parts.proxy
    ) as app:
        poked, alarm, recent = asyncio.Event(), Alarm(), logs.Recent()
        assert isinstance(app.update_processor, InOrderPerChat)
        jumps = Jumps(cluster, parts.clock, partial(_jumped, poked, alarm))
        coach = Coach(
            clock=parts.clock,
            telegram=telegram,
            content=Content(parts.catalogue, parts.texts),
            places=parts.places,
            db=db,
            calendar=calendar_of(parts.database, partial(cluster.tell, News.SLOTS)),
            messenger=Messenger(app.bot, Clips(db), Looks(alone=isinstance(cluster, Alone))),
            charts=Charts(),
            poke=poked.set,
            expect=partial(_expect, cluster, alarm),
            turn=app.update_processor.turn,
            room=fits(parts.messages_per_second),
            hosting=Hosting(
                parts.admins,
                Door(parts.invite_code),
                recent,
                parts.clock.steady(),
                reception,
            ),
            jumps=jumps,
            acknowledger=Acknowledger(db, jumps.level),
        )
        pulse = OutboxWorker(coach, poked, pace)
        slots = Slots(coach, cluster, partial(_claimed, cluster, poked))
        cues = Cues(coach, cluster, alarm, monitor.cue_out if monitor else None)
        inbox = Inbox(
            app,
            db,
            coach.now,
            coach.acknowledger,
            surplus=Surplus(coach).tell,
            postponed=partial(routes.postponed, coach),
            timed=partial(_handled, reception, monitor),
        )
        routes.register(app, coach, inbox)
        assert isinstance(app.bot, client.ApiBot)
        recent.listen()
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(in_the_background(db.tend()))
                if monitor and parts.metrics:
                    watched = monitor.watched(coach, cluster, inbox, app.bot, pace, registration)
                    await stack.enter_async_context(monitor.answering(watched, parts.metrics))
                await meet_telegram(app, client.way_to(parts.api_url, parts.proxy))
                await introduce(app.bot, coach.texts)
                await introduce_to_hosts(app.bot, coach.texts, parts.admins)
                await inbox.take_over()
                polled = None if parts.webhook else inbox
                duties = partial(
                    leading, coach, cluster, slots, cues, app.bot, registration, polled
                )
                hear = {
                    News.SLOTS: slots.poke,
                    News.DUE: poked.set,
                    News.CLOCK: alarm.rung.set,
                    News.WAKE: slots.catch_up,
                }
                await stack.enter_async_context(cluster.member(duties, hear))
                await stack.enter_async_context(working(pulse))
                await stack.enter_async_context(inbox.at_work())
                if parts.webhook:
                    await stack.enter_async_context(by_webhook(app.bot, inbox, parts.webhook))
                yield Work(coach, slots, pulse, cues, app, inbox, cluster)
        finally:
            recent.stop()
            await coach.charts.close()
            await coach.db.close()


@dataclass(frozen=True, slots=True)
class Work:
    """A coach at work, for those who watch it."""

    coach: Coach
    slots: Slots
    pulse: OutboxWorker
    cues: Cues
    app: App
    inbox: Inbox
    cluster: Cluster

    async def settled(self) -> None:
        """Until every update that has come in is handled."""
        await self.inbox.settled()

    async def until_refused(self) -> None:
        """Raises RefusedTokenError once Telegram takes the token no more."""
        bot = self.app.bot
        assert isinstance(bot, client.ApiBot)
        await bot.refused.wait()
        raise RefusedTokenError


def _limit(parts: Parts, db: Database) -> Limit:
    """Processes on one server keep the limit together."""
    if isinstance(parts.database, Path):
        return OwnLimit(parts.messages_per_second)
    return SharedLimit(db, parts.messages_per_second)


def _cluster(parts: Parts, db: Database) -> Cluster:
    return Alone(db) if isinstance(parts.database, Path) else Shared(parts.database, db)


def _handled(reception: Reception, monitor: "Monitor | None", kind: str, seconds: float) -> None:
    """An update has come in and is dealt with."""
    reception.came()
    if monitor is not None:
        monitor.handled(kind, seconds)


def _jumped(poked: asyncio.Event, alarm: Alarm) -> None:
    """What is due next may be due sooner than was known."""
    poked.set()
    alarm.rung.set()


def _claimed(cluster: Cluster, poked: asyncio.Event) -> None:
    """All processes may send what is due."""
    poked.set()
    cluster.tell(News.DUE)


def _expect(cluster: Cluster, alarm: Alarm, due: datetime | None) -> None:
    """Whoever leads the sessions hears of a new moment."""
    if cluster.leads:
        alarm.expect(due)
    elif due is not None:
        cluster.tell(News.CLOCK)


def calendar_of(database: Place, elsewhere: Callable[[], None] | None = None) -> Calendar:
    """The calendar that belongs to this database; `elsewhere` tells the process that keeps it."""
    if isinstance(database, Path):
        return Calendar(f"sqlite:///{job_store_file(database)}", elsewhere)
    prepare = postgresql.let_go_when_frozen
    return Calendar(database, elsewhere, prepare, **postgresql.CONNECT)


def _monitor() -> "Monitor":
    from bot.workers.monitor import Monitor  # brings a web server, which polling does not need

    return Monitor(UPDATES)
