"""The hands-free clock at work: when a session's time has come, its cue goes out.

Sessions tick in batches, one transaction each; their messages then go side by side. Nothing is
kept here that matters: after a kill, the rows say what is due.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import session_chat
from bot.coach import Coach
from bot.db.engine import AwayError
from bot.domain.session import Phase, Session
from bot.domain.timer import LATE
from bot.gateway.messenger import Delivery
from bot.services import cues
from bot.services.cues import Ticked
from bot.services.group_commit import GroupCommit
from bot.views import cues as views
from bot.workers.cluster import Cluster, NotLeadingError

log = logging.getLogger(__name__)

LONGEST_SLEEP = 60.0
LOOK_EVERY = 1.0  # at the clock, which somebody may have set
SHORTEST_SLEEP = 0.01
AFTER_FAILURE = 15.0
PATIENCE = 2.0
SENDERS = 64
A_WHILE = 0.5
GONE = (Delivery.GONE, Delivery.REFUSED)
CUES = "cues"  # the name of this loop


class Alarm:
    """Rings when something comes sooner than the cues, who sleep, know."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.set_to: datetime | None = None

    def expect(self, due: datetime | None) -> None:
        """Something comes at this moment."""
        if due is not None and (self.set_to is None or due < self.set_to):
            self.rung.set()


@dataclass(frozen=True, slots=True)
class Begun:
    """When a cue was begun, by the steady clock, and how far the wall clock had jumped by then."""

    at: datetime
    jumped: timedelta


class Cues:
    """Asleep until the next moment of a session, or until the alarm rings for an earlier one."""

    def __init__(
        self,
        coach: Coach,
        cluster: Cluster,
        alarm: Alarm,
        out: Callable[[float], None] | None = None,
    ) -> None:
        """`out` is told how many seconds late each cue was."""
        self._coach = coach
        self._cluster = cluster
        self._alarm = alarm
        self._out = out
        self._stopping = False
        self._behind = True
        self._ticking = asyncio.Lock()
        self._showing: dict[int, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[None]] = set()
        self._held: dict[int, float] = {}
        self._unknown: dict[int, int] = {}  # by session, the revision whose cue may have arrived
        self._unsent = Unsent()
        self._shown = GroupCommit(self._store_shown, partial(self._unsent.none, A_WHILE))

    async def run(self) -> None:
        """Until told to stop. A failure (a full disk, say) is logged and tried again."""
        self._stopping = False
        self._behind = True
        self._coach.jumps.begin()
        try:
            await self._run()
        finally:
            self._coach.jumps.end()
            self._cluster.progress.rest(CUES)
        await self._all_shown()

    async def _run(self) -> None:
        while not self._stopping:
            self._alarm.rung.clear()
            self._alarm.set_to = None
            self._cluster.progress.expect(CUES)
            sleep = await self._keep()
            self._cluster.progress.rest(CUES)
            await self._rest(sleep)

    async def _keep(self) -> float:
        """One round; returns for how many seconds that is enough."""
        try:
            if self._behind:
                await self._tell_again()
                self._behind = False
            await self._tick()
            return await self._sleep()
        except NotLeadingError:
            log.info("the sessions are left to the process that leads now")
        except AwayError:
            pass  # which the database has logged
        except Exception:
            log.exception("the cues stumble; again in %d s", AFTER_FAILURE)
        self._behind = True  # some may have been moved and not told
        return AFTER_FAILURE

    async def _rest(self, seconds: float) -> None:
        """Until the alarm rings or the clock is set, for so many seconds at most."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self._alarm.rung.is_set() and (left := end - loop.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._alarm.rung.wait(), min(left, LOOK_EVERY))
            if self._coach.jumps.look():
                return

    def stop(self) -> None:
        """What is on its way is finished, nothing more is taken."""
        self._stopping = True
        self._alarm.rung.set()

    async def deliver(self) -> None:
        """Sends all that is due now, and waits until it is there."""
        await self._tick()
        await self._all_shown()

    def wake(self) -> None:
        """Looks at once, at what could not be sent a moment ago too; the clock was moved, say."""
        self._held.clear()
        self._alarm.rung.set()

    async def _all_shown(self) -> None:
        while tasks := [*self._showing.values(), *self._others]:
            await asyncio.wait(tasks)

    async def _sleep(self) -> float:
        """For how many seconds nothing is due."""
        due = await cues.next_due(self._coach.db, self._busy())
        wait = (due - self._coach.now()).total_seconds() if due else LONGEST_SLEEP
        if self._held:
            held_until = min(self._held.values())
            wait = min(wait, held_until - asyncio.get_running_loop().time())
        self._alarm.set_to = due
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)

    def _busy(self) -> set[int]:
        """Sessions to leave alone: a cue is on its way, or could not be sent a moment ago."""
        now = asyncio.get_running_loop().time()
        self._held = {session: until for session, until in self._held.items() if until > now}
        return self._showing.keys() | self._held.keys()

    async def _tick(self) -> None:
        """Everything that is due is done first, and then it goes on its way: once hundreds of
        messages are under way, a transaction takes ten times as long."""
        async with self._ticking:
            ticks: list[Ticked] = []
            more = True
            while more and not self._stopping:
                busy = self._busy() | {it.after.id for it in ticks}
                self._cluster.progress.expect(CUES)
                due = await cues.tick(self._cluster, await self._coach.level(), busy)
                ticks += due.ticks
                for runner in due.sound_tests:
                    self._side_by_side(self._test_sound(runner))
                more = due.more
            self._show_all(ticks)

    def _side_by_side(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    async def _tell_again(self) -> None:
        """A kill between a tick and its message loses the message.

        What another process has just moved is on its way and not stored yet: it is left alone.
        """
        async with self._ticking:
            ticks = await self._untold()
            if ticks and self._cluster.in_doubt:
                before = {(it.after.id, it.after.revision) for it in ticks}
                await asyncio.sleep(self._cluster.in_doubt)
                still = await self._untold()
                ticks = [it for it in still if (it.after.id, it.after.revision) in before]
            busy = self._busy()
            self._show_all(
                [
                    it
                    for it in ticks
                    if it.after.id not in busy
                    and self._unknown.get(it.after.id) != it.after.revision
                ],
                again=True,
            )

    async def _untold(self) -> Sequence[Ticked]:
        return await cues.untold(self._coach.db, await self._coach.level())

    def _show_all(self, ticks: Sequence[Ticked], *, again: bool = False) -> None:
        begun = Begun(self._coach.clock.steady(), self._coach.jumps.total)
        for it in ticks:
            self._showing[it.after.id] = asyncio.create_task(self._show(it, begun, again=again))

    async def _show(self, it: Ticked, begun: Begun, *, again: bool) -> None:
        """A tap may have been quicker and shown it; then there is nothing to do."""
        coach = self._coach
        self._unknown.pop(it.after.id, None)
        try:
            async with coach.turn(it.after.runner) as waited:
                if (waited or again) and await cues.is_told(coach.db, it.after):
                    return
                if await self._send(it, begun) and it.message_id:
                    self._side_by_side(self._tidy(it, it.message_id))
        except Exception:
            log.exception("a cue could not be shown")
        finally:
            del self._showing[it.after.id]
            self._alarm.expect(it.after.due_at or coach.now())

    async def _send(self, it: Ticked, begun: Begun) -> bool:
        """The new message; whether the old one has had its time."""
        coach, chat = self._coach, it.after.runner
        if it.before.phase is Phase.READY:  # closed in silence
            return True
        async with self._unsent.one():
            if not await self._cluster.still_leads():  # whoever leads finds it untold
                self._behind = True
                self._alarm.rung.set()
                return False
            sent = await coach.messenger.cue(chat, session_chat.ticked(coach, it))
        if sent.message_id is None:
            await self._not_sent(it, begun, sent.delivery)
            return False
        session = it.after
        if session.clock is not None and self._was_slow(it, begun):
            session = await self._fall_back(session, sent.message_id) or session
        await self._shown.put((session, sent.message_id))
        return True

    async def _store_shown(self, messages: Sequence[tuple[Session, int]]) -> Sequence[None]:
        await cues.shown(self._coach.db, messages, await self._coach.level())
        return [None] * len(messages)

    def _was_slow(self, it: Ticked, begun: Begun) -> bool:
        """Whether the cue has come later than it says."""
        sending = self._coach.clock.steady() - begun.at
        if self._out is not None:
            self._out((it.late + sending).total_seconds())
        return sending + (timedelta(0) if it.late > LATE else it.late) > LATE

    async def _tidy(self, it: Ticked, message: int) -> None:
        """What became of the old message, which can wait until every cue is out."""
        chat = it.after.runner
        try:
            await self._unsent.none(PATIENCE)
            if it.is_old:
                await self._coach.messenger.strip(chat, message)
            else:
                await session_chat.tidy(
                    self._coach, chat, message, it.before, session_chat.cause(it)
                )
        except Exception:
            log.exception("an old message could not be tidied up")

    async def _not_sent(self, it: Ticked, begun: Begun, delivery: Delivery) -> None:
        """What may have arrived is not sent again; the session goes on as if it had."""
        if delivery in GONE:
            await cues.set_aside(self._coach.db, it.after)
        elif delivery is Delivery.UNKNOWN:
            if it.after.clock is not None:
                self._unknown[it.after.id] = it.after.revision
        else:
            await self._coach.level()
            jumped = self._coach.jumps.total - begun.jumped
            await cues.take_back(self._coach.db, it, jumped)
            self._held[it.after.id] = asyncio.get_running_loop().time() + AFTER_FAILURE

    async def _fall_back(self, session: Session, message: int) -> Session | None:
        """Never late in silence: the message says so, and waits for taps."""
        coach = self._coach
        log.info("a cue took more than %d s to send; on by Done taps", LATE.total_seconds())
        after = await cues.fall_back(coach.db, session, coach.now())
        if after is not None:
            screen = session_chat.screen(coach, after, "cue-late-taps")
            await coach.messenger.replace(after.runner, message, screen)
        return after

    async def _test_sound(self, runner: int) -> None:
        try:
            await self._coach.messenger.cue(runner, views.sound_test(self._coach.texts))
        except Exception:
            log.exception("a sound test could not be sent")


class Unsent:
    """The cues that are on their way; the first are sent first, not all of them last."""

    def __init__(self) -> None:
        self._count = 0
        self._side_by_side = asyncio.Semaphore(SENDERS)
        self._none = asyncio.Event()
        self._none.set()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        self._count += 1
        self._none.clear()
        try:
            async with self._side_by_side:
                yield
        finally:
            self._count -= 1
            if not self._count:
                self._none.set()

    async def none(self, patience: float) -> None:
        """Until there is none, but for no longer than so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._none.wait(), patience)
