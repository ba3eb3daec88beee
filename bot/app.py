"""The composition root: the parts of a coach, and the order in which they start and stop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import routes
from bot.access import Door, Hosting
from bot.calendars import Calendars
from bot.charts import Charts
from bot.coach import Coach, Content
from bot.content import Catalogue
from bot.content.places import Places
from bot.content.reading import shipped
from bot.content.texts import Texts
from bot.db import postgresql
from bot.db.engine import Database, Place
from bot.db.opening import open_database
from bot.db.sqlite import job_store_file
from bot.domain.frozen import frozen
from bot.domain.reception import Reception
from bot.domain.timer import fits
from bot.fit import FitFiles
from bot.gateway import client
from bot.gateway.chat_order import ChatOrder
from bot.gateway.client import ApiBot, App
from bot.gateway.documents import Documents
from bot.gateway.file_ids import FileIds
from bot.gateway.inbox import Inbox
from bot.gateway.message_cache import MessageCache
from bot.gateway.messenger import Messenger
from bot.gateway.priority_quota import Limit, OwnLimit, SharedLimit
from bot.gateway.profile import RefusedTokenError, introduce, introduce_to_hosts, log_in
from bot.gateway.rate_limiter import BURST, RateLimiter
from bot.gateway.registration import Registration
from bot.handlers.surplus import Surplus
from bot.runtime import logs
from bot.runtime.addresses import Address, Webhook
from bot.runtime.clock import Clock, TelegramClock
from bot.runtime.deadline import Deadline
from bot.runtime.scheduler import Calendar
from bot.runtime.tasks import in_the_background, working
from bot.services.acknowledger import Acknowledger
from bot.services.jumps import Jumps
from bot.tracks import Voice
from bot.workers.cluster import Alone, Cluster, Listeners, Notification, Shared, notify_leader
from bot.workers.cues import Cues
from bot.workers.leader import UPDATES, by_webhook, leading
from bot.workers.outbox import OutboxWorker
from bot.workers.slots import Slots

if TYPE_CHECKING:
    from bot.workers.monitor import Monitor


@frozen
class Parts:
    """What a coach is built from.

    `chat_burst`: how many messages in a row one chat may get. `admins`: the hosts' Telegram ids.
    Without an `invite_code` everybody may use the coach. Without a `webhook` it polls for updates;
    without an address for `metrics` it serves none. `proxy` is the address of an HTTP proxy to the
    Bot API server.
    """

    token: str
    api_url: str
    database: Place
    catalogue: Catalogue
    texts: Texts
    places: Places
    clock: Clock
    messages_per_second: int
    voice: Voice = field(default_factory=Voice)
    chat_burst: int = BURST
    admins: frozenset[int] = frozenset()
    invite_code: str = ""
    webhook: Webhook | None = None
    metrics: Address | None = None
    proxy: str | None = None


@asynccontextmanager
async def at_work(parts: Parts) -> AsyncIterator["Work"]:
    """Return a context in which a coach receives updates and delivers reminders."""
    db = open_database(parts.database)
    rate_limiter = RateLimiter(_limit(parts, db), parts.chat_burst)
    telegram = TelegramClock(parts.clock)
    monitor = _monitor() if parts.metrics else None
    observe_call = monitor.called if monitor else None
    async with client.application(
        parts.token, parts.api_url, rate_limiter, telegram, observe_call, parts.proxy
    ) as app:
        cluster = _cluster(parts, db)
        coach = _coach(parts, db, cluster, app, telegram)
        work = _work(coach, cluster, app, rate_limiter, monitor)
        routes.register(app, coach, work.inbox)
        coach.hosting.recent.listen()
        try:
            async with _running(parts, work, rate_limiter, monitor):
                yield work
        finally:
            coach.hosting.recent.stop()
            await coach.charts.close()
            await coach.fit_files.close()
            await db.close()


@frozen
class Work:
    """A running coach, for the demo, the monitor and tests."""

    coach: Coach
    cluster: Cluster
    app: App
    slots: Slots
    outbox: OutboxWorker
    cues: Cues
    inbox: Inbox

    @property
    def bot(self) -> ApiBot:
        return _bot(self.app)

    async def wait_until_idle(self) -> None:
        """Wait until every received update is handled."""
        await self.inbox.wait_until_idle()

    async def until_refused(self) -> None:
        """Raise RefusedTokenError once Telegram refuses the token."""
        await self.bot.refused.wait()
        raise RefusedTokenError


def _coach(
    parts: Parts, db: Database, cluster: Cluster, app: App, telegram: TelegramClock
) -> Coach:
    messages = MessageCache(alone=not db.is_shared)
    outbox_due = asyncio.Event()
    next_cue = Deadline(partial(notify_leader, cluster, Notification.NEXT_CUE))
    jumps = Jumps(cluster, parts.clock, partial(_set_all, outbox_due, next_cue.wake))
    return Coach(
        clock=parts.clock,
        telegram=telegram,
        content=Content(parts.catalogue, parts.texts, parts.voice),
        places=parts.places,
        db=db,
        calendar=calendar_of(
            parts.database, partial(notify_leader, cluster, Notification.SCHEDULE)
        ),
        messenger=Messenger(app.bot, FileIds(db), messages),
        documents=Documents(_bot(app)),
        charts=Charts(shipped() / "card"),
        fit_files=FitFiles(),
        calendars=Calendars(),
        outbox_due=outbox_due,
        next_cue=next_cue,
        chat_order=ChatOrder(),
        capacity=fits(parts.messages_per_second),
        hosting=_hosting(parts),
        jumps=jumps,
        acknowledger=Acknowledger(db, jumps.level),
    )


def _bot(app: App) -> ApiBot:
    assert isinstance(app.bot, ApiBot)
    return app.bot


def _hosting(parts: Parts) -> Hosting:
    time = asyncio.get_running_loop().time
    return Hosting(
        parts.admins,
        Door(parts.invite_code),
        logs.RecentErrors(),
        parts.clock.steady(),
        Reception(parts.clock.now, time, by_webhook=parts.webhook is not None),
    )


def _work(
    coach: Coach, cluster: Cluster, app: App, rate_limiter: RateLimiter, monitor: "Monitor | None"
) -> Work:
    inbox = Inbox(
        app,
        coach.db,
        coach.chat_order,
        coach.now,
        coach.acknowledger,
        surplus=Surplus(coach).answer,
        postponed=partial(routes.postponed, coach),
        observe=partial(_handled, coach.hosting.reception, monitor),
    )
    return Work(
        coach=coach,
        cluster=cluster,
        app=app,
        slots=Slots(coach, cluster),
        outbox=OutboxWorker(coach, rate_limiter, cluster.progress),
        cues=Cues(coach, cluster, monitor.cue_out if monitor else None),
        inbox=inbox,
    )


@asynccontextmanager
async def _running(
    parts: Parts, work: Work, rate_limiter: RateLimiter, monitor: "Monitor | None"
) -> AsyncIterator[None]:
    """Start everything in order, and stop it in the opposite order."""
    coach, inbox, bot = work.coach, work.inbox, work.bot
    registration = Registration(parts.webhook, UPDATES)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(in_the_background(coach.db.tend()))
        if monitor and parts.metrics:
            watched = monitor.watch(coach, work.cluster, inbox, bot, rate_limiter, registration)
            await stack.enter_async_context(monitor.serving(watched, parts.metrics))
        await log_in(work.app, client.way_to(parts.api_url, parts.proxy))
        await introduce(bot, coach.texts)
        await introduce_to_hosts(bot, coach.texts, parts.admins)
        await inbox.take_over()
        polled = None if parts.webhook else inbox
        duties = partial(
            leading, coach, work.cluster, work.slots, work.cues, bot, registration, polled
        )
        await stack.enter_async_context(work.cluster.member(duties, _listeners(work)))
        await stack.enter_async_context(working(work.outbox))
        await stack.enter_async_context(inbox.at_work())
        if parts.webhook:
            await stack.enter_async_context(by_webhook(bot, inbox, parts.webhook))
        yield


def _listeners(work: Work) -> Listeners:
    return {
        Notification.SCHEDULE: work.slots.reconcile_soon,
        Notification.OUTBOX_DUE: work.coach.outbox_due.set,
        Notification.NEXT_CUE: work.coach.next_cue.wake.set,
        Notification.MISSED_WAKE: work.slots.claim_soon,
    }


def _limit(parts: Parts, db: Database) -> Limit:
    """Return the limit of this process, or of all processes that share the database."""
    if db.is_shared:
        return SharedLimit(db, parts.messages_per_second)
    return OwnLimit(parts.messages_per_second)


def _cluster(parts: Parts, db: Database) -> Cluster:
    return Alone(db) if isinstance(parts.database, Path) else Shared(parts.database, db)


def _handled(reception: Reception, monitor: "Monitor | None", kind: str, seconds: float) -> None:
    """Record that an update was handled."""
    reception.came()
    if monitor is not None:
        monitor.handled(kind, seconds)


def _set_all(*events: asyncio.Event) -> None:
    for event in events:
        event.set()


def calendar_of(database: Place, elsewhere: Callable[[], None] | None = None) -> Calendar:
    """Return the database's calendar; `elsewhere` notifies the process that keeps it."""
    if isinstance(database, Path):
        return Calendar(f"sqlite:///{job_store_file(database)}", elsewhere)
    prepare = postgresql.let_go_when_frozen
    return Calendar(database, elsewhere, prepare, **postgresql.CONNECT)


def _monitor() -> "Monitor":
    from bot.workers.monitor import Monitor  # brings a web server, which polling does not need

    return Monitor(UPDATES)
