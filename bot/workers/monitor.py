"""The endpoints /healthz and /metrics, which show numbers only, no ids and no words.

The module is loaded only if METRICS_PORT is set; otherwise nothing is counted.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from telegram.error import TelegramError

from bot.coach import Coach
from bot.domain.frozen import frozen
from bot.domain.reception import Obstacle, Problem, Reception, Rival
from bot.gateway.client import ApiBot
from bot.gateway.inbox import Inbox
from bot.gateway.rate_limiter import RateLimiter
from bot.gateway.registration import Registration, check
from bot.runtime.addresses import Address
from bot.runtime.http_server import Port
from bot.services import counts
from bot.workers.cluster import Cluster

log = logging.getLogger(__name__)

SILENCE = 120.0  # seconds without Telegram until the coach counts as cut off
PROBE_AFTER = 45.0
ANSWER_SECONDS = 5.0
SHUTDOWN_SECONDS = 0.5
LAG_EVERY = 0.5
STATES = ("claimed", "sending", "sent", "refused", "unknown", "dropped")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Gauges:
    """The metrics."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Histogram(
            "bandcoach_update_seconds",
            "From an update's arrival until it is handled.",
            ["kind"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.calls = Counter(
            "bandcoach_calls",
            "Calls to the Bot API.",
            ["method", "outcome"],
            registry=self.registry,
        )
        self.cues = Histogram(
            "bandcoach_cue_late_seconds",
            "How late the cues of hands-free sessions were out.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.reminders = self._gauge("reminders", "Reminders by state.", "state")
        self.sessions = self._gauge("sessions_running", "Sessions that have not ended.")
        self.queues = self._gauge("queue_size", "What waits or is under way.", "queue")
        self.leads = self._gauge("leads", "Whether this process leads the others.")
        self.lag = self._gauge("event_loop_lag_seconds", "The event loop's longest stop of late.")

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(f"bandcoach_{name}", about, labels, registry=self.registry)


class Monitor:
    """Counts events; other parts of the coach call its methods."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.gauges = Gauges()
        self._kinds = frozenset(kinds)
        self.contact_at = asyncio.get_running_loop().time()

    def handled(self, kind: str, seconds: float) -> None:
        """Count a handled update of this kind."""
        self._note_contact()
        self.gauges.updates.labels(kind if kind in self._kinds else "other").observe(seconds)

    def called(self, method: str, status: int) -> None:
        """Count a call to the Bot API; status 0: there was no answer."""
        if 0 < status < 500:
            self._note_contact()
        self.gauges.calls.labels(method, outcome(status)).inc()

    def cue_out(self, delay: float) -> None:
        """Count a cue that was sent `delay` seconds late."""
        self.gauges.cues.observe(max(delay, 0.0))

    def watch(
        self,
        coach: Coach,
        cluster: Cluster,
        inbox: Inbox,
        bot: ApiBot,
        rate_limiter: RateLimiter,
        registration: Registration,
    ) -> "Watched":
        return Watched(coach, cluster, inbox, bot, rate_limiter, registration)

    @asynccontextmanager
    async def serving(self, watched: "Watched", address: Address) -> AsyncIterator[None]:
        """Serve both endpoints in this context; raise CannotListenError if that is not possible."""
        endpoints = Endpoints(self, watched)
        port = Port("/healthz and /metrics")
        app = web.Application(middlewares=[port.middleware])
        app.router.add_get("/healthz", endpoints.healthz)
        app.router.add_get("/metrics", endpoints.metrics)
        served = await port.listen(app, address.host, address.port, SHUTDOWN_SECONDS)
        lag = asyncio.create_task(endpoints.measure_lag())
        try:
            yield
        finally:
            lag.cancel()
            await served.close()

    def _note_contact(self) -> None:
        self.contact_at = asyncio.get_running_loop().time()


def outcome(status: int) -> str:
    """Return the label of a call's HTTP status."""
    if status == 0:
        return "no answer"
    if status == 429:
        return "told to wait"
    return {2: "done", 4: "refused"}.get(status // 100, "failed")


@frozen
class Watched:
    """The parts of the coach that an answer is made from."""

    coach: Coach
    cluster: Cluster
    inbox: Inbox
    bot: ApiBot
    rate_limiter: RateLimiter
    registration: Registration

    @property
    def reception(self) -> Reception:
        return self.coach.hosting.reception

    def stalled(self, is_led: bool | None) -> list[str]:
        """Return why slots may not wake, or sessions not go on.

        `is_led` is None if the database does not answer.
        """
        found = []
        if is_led is None:
            found.append("the database does not answer")
        elif not is_led:
            found.append("no process leads")
        if self.cluster.leads and not self.coach.calendar.is_running:
            found.append("the scheduler stands still")
        return found + [f"no progress of {loop}" for loop in self.cluster.progress.hung()]


def reason(problem: Problem) -> str:
    """Return the problem in words, for /healthz."""
    match problem.obstacle:
        case Obstacle.SILENT:
            return f"no getUpdates has succeeded for {problem.seconds} s"
        case Obstacle.UNREAD:
            return f"getWebhookInfo could not be read for {problem.seconds} s"
        case Obstacle.ELSEWHERE:
            return "Telegram has no webhook or another one"
        case Obstacle.FAILING:
            return f"Telegram could not deliver to the webhook: {problem.words}"


RIVALS = {
    Rival.POLLER: "another program fetches updates with this token",
    Rival.WEBHOOK: "another program has set a webhook with this token",
    Rival.ADDRESS: "another program has changed or removed the webhook",
}


class Endpoints:
    """The handlers of /healthz and /metrics."""

    def __init__(self, monitor: Monitor, watched: Watched) -> None:
        self._monitor = monitor
        self._watched = watched
        self._lag = 0.0

    async def healthz(self, _request: web.Request) -> web.Response:
        reception = self._watched.reception
        is_led, silence = await asyncio.gather(self._is_led(), self._silence())
        stalled = self._watched.stalled(is_led)
        unreached = [reason(problem) for problem in reception.problems()]
        if unreached and reception.rival:
            unreached.append(RIVALS[reception.rival])
        if silence > SILENCE:
            unreached.append(f"Telegram was not reached for {silence:.0f} s")
        body = {
            "ok": not stalled and not unreached,
            "reasons": stalled + unreached,
            "database": is_led is not None,
            "scheduler": not stalled,
            "telegram": not unreached,
            "leads": self._watched.cluster.leads,
            "pending_update_count": reception.pending,
            "seconds_since_telegram": round(silence, 1),
        }
        return web.json_response(body, status=200 if body["ok"] else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        gauges = self._monitor.gauges
        found = await self._counts()
        if found is not None:
            gauges.sessions.set(found.sessions)
            for state in STATES:
                gauges.reminders.labels(state).set(found.reminders.get(state, 0))
        gauges.queues.labels("updates").set(len(self._watched.inbox))
        gauges.queues.labels("messages").set(len(self._watched.rate_limiter.quota))
        gauges.lag.set(self._lag)
        gauges.leads.set(self._watched.cluster.leads)
        self._lag = 0.0
        body = generate_latest(gauges.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def measure_lag(self) -> None:
        """Measure how late the event loop is; keep the longest delay since the last scrape."""
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(LAG_EVERY)
            self._lag = max(self._lag, loop.time() - before - LAG_EVERY)

    async def _silence(self) -> float:
        """Return the seconds since Telegram last answered or sent something.

        As nothing may come for hours, Telegram is asked about the webhook, at most every
        PROBE_AFTER seconds.
        """
        loop, watched = asyncio.get_running_loop(), self._watched
        silence = loop.time() - self._monitor.contact_at
        if silence > PROBE_AFTER or watched.reception.is_old(PROBE_AFTER):
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    await check(watched.bot, watched.registration, watched.reception)
        return loop.time() - self._monitor.contact_at

    async def _is_led(self) -> bool | None:
        """Return whether a process leads; None if the database does not answer."""
        if await self._counts() is None:
            return None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._watched.cluster.is_led()
        except Exception as error:
            log.warning("the lease can't be looked at: %s", type(error).__name__)
            return None

    async def _counts(self) -> counts.Counts | None:
        """Return the counts; None if the database does not answer."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await counts.get(self._watched.coach.db)
        except Exception as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            return None
