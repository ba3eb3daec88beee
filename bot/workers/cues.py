"""Sends the cues of hands-free sessions when they are due.

Sessions are moved on in batches, one transaction each; their messages are then sent side by side.
The deadlines are stored in rows, so that a kill loses nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import session_chat
from bot.coach import Coach
from bot.db.group_commit import GroupCommit
from bot.domain.frozen import frozen
from bot.domain.session import Phase, Session
from bot.domain.timer import LATE
from bot.gateway.messenger import Delivery
from bot.runtime.tasks import in_the_background
from bot.services import cues
from bot.services.cues import IdleTrack, TimedMove
from bot.views import cues as views
from bot.views import listening as track_views
from bot.workers.base import Loop
from bot.workers.cluster import Cluster, NotLeadingError

log = logging.getLogger(__name__)

LONGEST_SLEEP = 60.0
CHECK_CLOCK_EVERY = 1.0
SHORTEST_SLEEP = 0.01
SEND_AGAIN_AFTER = 15.0
TIDY_WITHIN = 2.0
STORE_WITHIN = 0.5
MOST_SENDING = 64
GONE = (Delivery.GONE, Delivery.REFUSED)


@frozen
class Started:
    """When sending a cue began, by the steady clock, and how far the wall clock had jumped."""

    steady_at: datetime
    jumped: timedelta


class Cues:
    """Sleeps until the deadline of the next cue, and sends what is due."""

    def __init__(
        self, coach: Coach, cluster: Cluster, observe_delay: Callable[[float], None] | None = None
    ) -> None:
        """`observe_delay` is called with the seconds by which each cue was late."""
        self._coach = coach
        self._cluster = cluster
        self._deadline = coach.next_cue
        self._observe_delay = observe_delay
        self._loop = Loop(
            "cues", self._work, self._deadline.wake, cluster.progress, "the cues stumble"
        )
        self._is_stopping = False
        self._has_unsent = True  # sessions may have moved on without a message
        self._ticking = asyncio.Lock()
        self._showing: dict[int, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[None]] = set()
        self._held_until: dict[int, float] = {}  # by session, after a message that was not sent
        self._unknown: dict[int, int] = {}  # by session, the revision whose cue may have arrived
        self._clearing: set[int] = set()  # sessions whose tracks are being deleted
        self._sending = Sending()
        self._shown = GroupCommit(
            self._store_shown, partial(self._sending.wait_for_none, STORE_WITHIN)
        )

    async def run(self) -> None:
        """Send cues until stopped."""
        self._is_stopping = False
        self._has_unsent = True
        self._coach.jumps.begin()
        try:
            async with in_the_background(self._watch_clock()):
                await self._loop.run()
        finally:
            self._coach.jumps.end()
            self._deadline.due_at = None
        await self._all_shown()

    async def _watch_clock(self) -> None:
        """Wake the loop whenever the wall clock is set."""
        while True:
            await asyncio.sleep(CHECK_CLOCK_EVERY)
            if self._coach.jumps.look():
                self._deadline.wake.set()

    async def _work(self) -> float:
        """Send what is due; return the seconds until the next cue."""
        self._deadline.due_at = None
        try:
            if self._has_unsent:
                await self._send_again()
                self._has_unsent = False
            await self._tick()
            return await self._sleep()
        except NotLeadingError:
            log.info("the sessions are left to the process that leads now")
            self._has_unsent = True
            return SEND_AGAIN_AFTER
        except Exception:
            self._has_unsent = True
            raise

    def stop(self) -> None:
        """Stop after the cues that are being sent."""
        self._is_stopping = True
        self._loop.stop()

    async def deliver(self) -> None:
        """Send everything that is due, and wait until it was sent."""
        await self._tick()
        await self._all_shown()

    def wake(self) -> None:
        """Look for due cues now, also those that could not be sent a moment ago."""
        self._held_until.clear()
        self._deadline.wake.set()

    async def _all_shown(self) -> None:
        while tasks := [*self._showing.values(), *self._others]:
            await asyncio.wait(tasks)

    async def _sleep(self) -> float:
        """Set the deadline to the next cue; return the seconds to wait for it."""
        due_at = await cues.next_due(self._coach.db, self._busy())
        wait = (due_at - self._coach.now()).total_seconds() if due_at else LONGEST_SLEEP
        if self._held_until:
            held_until = min(self._held_until.values())
            wait = min(wait, held_until - asyncio.get_running_loop().time())
        self._deadline.due_at = due_at
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)

    def _busy(self) -> set[int]:
        """Return the sessions whose cue is being sent, or could not be sent a moment ago."""
        now = asyncio.get_running_loop().time()
        held_until = self._held_until
        self._held_until = {each: until for each, until in held_until.items() if until > now}
        return self._showing.keys() | self._held_until.keys()

    async def _tick(self) -> None:
        """Move every session that is due, then send the cues.

        A transaction takes ten times as long while hundreds of messages are being sent.
        """
        async with self._ticking:
            ticks: list[TimedMove] = []
            more = True
            while more and not self._is_stopping:
                busy = self._busy() | {ticked.after.id for ticked in ticks}
                self._loop.expect()
                due = await cues.tick(self._cluster, await self._coach.level(), busy)
                ticks += due.ticks
                for runner in due.sound_tests:
                    self._side_by_side(self._test_sound(runner))
                for track in due.idle_tracks:
                    if track.session not in self._clearing:
                        self._clearing.add(track.session)
                        self._side_by_side(self._clear(track))
                more = due.more
            self._show_all(ticks)

    def _side_by_side(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    async def _send_again(self) -> None:
        """Send the cues that were lost because the process was killed after the tick.

        The cue of a session that another process has just moved may be on its way, and is left out.
        """
        async with self._ticking:
            ticks = await self._unshown()
            if ticks and self._cluster.in_doubt:
                before = {(ticked.after.id, ticked.after.revision) for ticked in ticks}
                await asyncio.sleep(self._cluster.in_doubt)
                ticks = [
                    ticked
                    for ticked in await self._unshown()
                    if (ticked.after.id, ticked.after.revision) in before
                ]
            busy = self._busy()
            self._show_all(
                [
                    ticked
                    for ticked in ticks
                    if ticked.after.id not in busy
                    and self._unknown.get(ticked.after.id) != ticked.after.revision
                ],
                again=True,
            )

    async def _unshown(self) -> Sequence[TimedMove]:
        return await cues.get_unshown(self._coach.db, await self._coach.level())

    def _show_all(self, ticks: Sequence[TimedMove], *, again: bool = False) -> None:
        started = Started(self._coach.clock.steady(), self._coach.jumps.total)
        for ticked in ticks:
            showing = asyncio.create_task(self._show(ticked, started, again=again))
            self._showing[ticked.after.id] = showing

    async def _show(self, ticked: TimedMove, started: Started, *, again: bool) -> None:
        """Send the message, unless a tap has already shown the session."""
        coach, session = self._coach, ticked.after
        self._unknown.pop(session.id, None)
        try:
            async with coach.chat_order.lock(session.runner) as waited:
                if (waited or again) and await cues.is_shown(coach.db, session):
                    return
                if await self._send(ticked, started) and ticked.message_id:
                    self._side_by_side(self._tidy(ticked, ticked.message_id))
        except Exception:
            log.exception("a cue could not be shown")
        finally:
            del self._showing[session.id]
            self._deadline.bring_forward(session.due_at or coach.now())

    async def _send(self, ticked: TimedMove, started: Started) -> bool:
        """Send the new message; return whether the old one has to be tidied."""
        coach, session = self._coach, ticked.after
        if ticked.before.phase is Phase.READY:  # closed without a message
            return True
        screen = await session_chat.praised(coach, session, session_chat.ticked(coach, ticked))
        async with self._sending.one():
            if not await self._cluster.still_leads():  # the process that leads sends it again
                self._has_unsent = True
                self._deadline.wake.set()
                return False
            sent = await coach.messenger.cue(session.runner, screen)
        if sent.message_id is None:
            await self._not_sent(ticked, started, sent.delivery)
            return False
        if session.clock is not None and self._was_slow(ticked, started):
            session = await self._fall_back(session, sent.message_id) or session
        await self._shown.put((session, sent.message_id))
        return True

    async def _store_shown(self, messages: Sequence[tuple[Session, int]]) -> Sequence[None]:
        """Store which messages show the sessions."""
        await cues.shown(self._coach.db, messages, await self._coach.level())
        return [None] * len(messages)

    def _was_slow(self, ticked: TimedMove, started: Started) -> bool:
        """Return whether the cue arrived late although it does not say so."""
        sending = self._coach.clock.steady() - started.steady_at
        if self._observe_delay is not None:
            self._observe_delay((ticked.late + sending).total_seconds())
        return sending + (timedelta(0) if ticked.late > LATE else ticked.late) > LATE

    async def _tidy(self, ticked: TimedMove, message: int) -> None:
        """Tidy the old message once no cue is being sent."""
        coach, chat = self._coach, ticked.after.runner
        try:
            await self._sending.wait_for_none(TIDY_WITHIN)
            if ticked.is_old or ticked.after.phase is Phase.LISTENING:
                await coach.messenger.strip(chat, message)
            else:
                move = session_chat.equivalent_move(ticked)
                await session_chat.tidy(coach, chat, message, ticked.before, move)
        except Exception:
            log.exception("an old message could not be tidied up")

    async def _not_sent(self, ticked: TimedMove, started: Started, delivery: Delivery) -> None:
        """Retry later, or set the session aside; a cue that may have arrived counts as sent."""
        session = ticked.after
        if delivery in GONE:
            await cues.set_aside(self._coach.db, session, self._coach.now())
        elif delivery is Delivery.UNKNOWN:
            if session.clock is not None or session.phase is Phase.LISTENING:
                self._unknown[session.id] = session.revision
        else:
            await self._coach.level()
            jumped = self._coach.jumps.total - started.jumped
            await cues.take_back(self._coach.db, ticked, jumped)
            now = asyncio.get_running_loop().time()
            self._held_until[session.id] = now + SEND_AGAIN_AFTER

    async def _fall_back(self, session: Session, message: int) -> Session | None:
        """Lead the session by Done taps from now on, and say so in the late message."""
        coach = self._coach
        log.info("a cue took more than %d s to send; on by Done taps", LATE.total_seconds())
        after = await cues.fall_back(coach.db, session, coach.now())
        if after is not None:
            screen = session_chat.screen(coach, after, "cue-late-taps")
            await coach.messenger.replace(after.runner, message, screen)
        return after

    async def _clear(self, track: IdleTrack) -> None:
        """Delete a track that must no longer be followed, or say so below it."""
        coach = self._coach
        try:
            if not await coach.messenger.remove(track.runner, track.message_id):
                screen = track_views.outdated(coach.texts)
                await coach.messenger.replace(track.runner, track.message_id, screen)
            await cues.cleared(coach.db, track)
        except Exception:
            log.exception("an old track could not be deleted")
        finally:
            self._clearing.discard(track.session)

    async def _test_sound(self, runner: int) -> None:
        try:
            await self._coach.messenger.cue(runner, views.sound_test(self._coach.texts))
        except Exception:
            log.exception("a sound test could not be sent")


class Sending:
    """Counts the cues that are being sent, and starts them in order."""

    def __init__(self) -> None:
        self._count = 0
        self._side_by_side = asyncio.Semaphore(MOST_SENDING)
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

    async def wait_for_none(self, seconds: float) -> None:
        """Wait until no cue is being sent, for at most `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._none.wait(), seconds)
