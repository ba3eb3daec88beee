"""The demo: the coach on the local Bot API with its chat page, and a clock that can be moved."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    suppress,
)
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Parts, Work, at_work
from bot.authoring.reload import Watch
from bot.demo.time_travel import next_reminder, travel
from bot.domain.schedule import next_clock_change, next_wake
from bot.gateway.profile import introduce
from bot.runtime.clock import ShiftedClock
from bot.runtime.tasks import in_the_background
from bot.sandbox.server import serve
from bot.sandbox.world import snapshot
from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import World
from bot.services import schedule

BOT_ID = 1  # the same at every start: what was uploaded under it is known again
LOOPBACK = ("127.0.0.1", "::1", "localhost")
TICK = 1.0
SAVE_EVERY = 2.0
JUST_BEFORE = timedelta(seconds=3)
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class CannotListenError(Exception):
    """The port is taken, or there is no such address; its text says which."""


async def show(parts: Parts, folder: Path, watch: Watch, host: str, port: int) -> None:
    """The coach and its chat page, until cancelled; `parts` without token, address and clock.

    Changed content is shown at once. Chats and clock are kept in the folder and are there again
    the next time. The token is a new one at every start, so that only this coach can call the
    Bot API.
    """
    clock = ShiftedClock()
    world = World(f"{BOT_ID}:{secrets.token_urlsafe(24)}", clock=clock.now)
    world.webhook_reach = Reach.LOCAL
    kept = Kept(world, clock, folder)
    if not kept.load():
        # The coach skips updates whose ids it handled before the chats became unreadable.
        world.updates.start_at(int(clock.now().timestamp()))
        world.add_person("Alex")
    async with (
        _served(world, host, port) as address,
        at_work(replace(parts, token=world.token, api_url=address, clock=clock)) as work,
        (machine := TimeMachine(work, clock)).running(),
        kept.saving(),
        in_the_background(_watching(watch, work)),
    ):
        world.travel = machine.move
        world.mark_changed()
        print(f"Band Coach is at {address} – open it in a browser; Ctrl-C ends it", flush=True)
        if host not in LOOPBACK:
            print(f"Everybody who can reach {host} can read and write these chats.", flush=True)
        await asyncio.Event().wait()


async def _watching(watch: Watch, work: Work) -> None:
    async def introduce_again() -> None:
        await introduce(work.app.bot, work.coach.texts)

    await watch.run(work.coach.content, introduce_again)


@asynccontextmanager
async def _served(world: World, host: str, port: int) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(serve(world, host, port, calls_by_get=False))
        except (OSError, OverflowError) as error:
            number = error.errno if isinstance(error, OSError) else None
            why = os.strerror(number) if number and number > 0 else str(error)
            raise CannotListenError(f"can't listen on {host}, port {port} ({why})") from None
        yield address


def forget(folder: Path) -> None:
    """Everything in the demo's folder but the lock that its process holds."""
    for file in folder.iterdir():
        if file.suffix != ".lock" and file.is_file():
            file.unlink()


@dataclass
class Kept:
    """The demo's chats and clock in its folder; saved as they change, and at the end."""

    world: World
    clock: ShiftedClock
    folder: Path
    _saved: int = -1

    def load(self) -> bool:
        """False where there is nothing to go on with."""
        if not snapshot.load(self.world, self.folder / "chats"):
            return False
        with suppress(OSError, ValueError):
            seconds = float((self.folder / "ahead").read_text())
            self.clock.ahead = timedelta(seconds=seconds)
        return True

    def save(self) -> None:
        if self.world.version != self._saved:
            self._saved = self.world.version
            snapshot.save(self.world, self.folder / "chats")
            (self.folder / "ahead").write_text(str(self.clock.ahead.total_seconds()))

    @asynccontextmanager
    async def saving(self) -> AsyncIterator[None]:
        async with in_the_background(self._save_often()):
            try:
                yield
            finally:
                self.save()

    async def _save_often(self) -> None:
        while True:
            self.save()
            await asyncio.sleep(SAVE_EVERY)


@dataclass
class TimeMachine:
    """Moves the demo's clock; as time goes on by itself, it wakes the slots that come due.

    The job store runs on the machine's clock, so in the demo nobody else wakes them.
    """

    work: Work
    clock: ShiftedClock
    _seen: datetime = field(init=False)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._seen = self.clock.now()

    async def move(self, where: str) -> datetime:
        """To `reminder` (just before the next one), `hour`, `day` or `clock-change`.

        Returns the new moment; the present one where there is nothing to go to.
        """
        async with self._moving:
            to = await self._moment(where)
            if to is not None and to > self.clock.now():
                await travel(self.work, self.clock, to)
                self._seen = self.clock.now()
            return self.clock.now()

    async def _moment(self, where: str) -> datetime | None:
        now = self.clock.now()
        if where in STEPS:
            return now + STEPS[where]
        if where == "reminder":
            due = await next_reminder(self.work, now + JUST_BEFORE)
        else:
            zones = {slot.zone for slot in await schedule.used_slots(self.work.coach.db)}
            changes = [next_clock_change(zone, now + JUST_BEFORE) for zone in zones]
            due = min((change for change in changes if change), default=None)
        return due and due - JUST_BEFORE

    def running(self) -> AbstractAsyncContextManager[None]:
        """Wakes slots as time goes on by itself."""
        return in_the_background(self._run())

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            async with self._moving:
                now = self.clock.now()
                for slot in await schedule.used_slots(self.work.coach.db):
                    if next_wake(slot, self._seen) <= now:
                        await self.work.slots.wake(slot)
                self._seen = now
