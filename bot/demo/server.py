"""The demo: the coach with the local Bot API, its chat page, and a movable clock."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Parts, Work, at_work
from bot.authoring.reload import Watch
from bot.demo.time_travel import next_reminder, travel
from bot.domain.schedule import next_clock_change, next_wake
from bot.gateway.profile import introduce
from bot.runtime.addresses import CannotListenError
from bot.runtime.clock import ShiftedClock
from bot.runtime.tasks import in_the_background
from bot.sandbox.server import serve
from bot.sandbox.world import snapshot
from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import World
from bot.services import schedule

BOT_ID = 1  # the same at every start, so that stored file_ids stay valid
LOOPBACK = ("127.0.0.1", "::1", "localhost")
TICK = 1.0
SAVE_EVERY = 2.0
JUST_BEFORE = timedelta(seconds=3)
STEPS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
SPEED = 4  # of the clock while it is hastened
FAST_TICK = 0.25


async def show(parts: Parts, folder: Path, watch: Watch, host: str, port: int) -> None:
    """Run the coach and the chat page until cancelled.

    Token, address and clock of `parts` are replaced. Changed content is shown at once. Chats and
    clock are saved in `folder` and restored at the next start. The token is new at every start,
    so that only this coach can call the Bot API. Raise CannotListenError if that is not possible.
    """
    clock = ShiftedClock()
    world = World(f"{BOT_ID}:{secrets.token_urlsafe(24)}", clock=clock.now)
    world.webhook_reach = Reach.LOCAL
    saved = SavedDemo(world, clock, folder)
    if not saved.load():
        # The coach skips updates whose ids it handled before the chats became unreadable.
        world.updates.start_at(int(clock.now().timestamp()))
        world.add_person("Alex")
    async with (
        _served(world, host, port) as address,
        at_work(replace(parts, token=world.token, api_url=address, clock=clock)) as work,
        (machine := TimeMachine(work, clock)).running(),
        saved.saving(),
        in_the_background(_watching(watch, work)),
    ):
        world.travel, world.hasten = machine.move, machine.hasten
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
            raise CannotListenError(host, port, error) from None
        yield address


def forget(folder: Path) -> None:
    """Delete all files in the demo's folder but the lock, which this process holds."""
    for file in folder.iterdir():
        if file.suffix != ".lock" and file.is_file():
            file.unlink()


@dataclass
class SavedDemo:
    """The demo's chats and clock, saved in its folder as they change and at the end."""

    world: World
    clock: ShiftedClock
    folder: Path
    _saved_version: int = -1

    def load(self) -> bool:
        """Restore chats and clock; return False if nothing readable is saved."""
        if not snapshot.load(self.world, self.folder / "chats"):
            return False
        with suppress(OSError, ValueError):
            seconds = float((self.folder / "ahead").read_text())
            self.clock.ahead = timedelta(seconds=seconds)
        return True

    def save(self) -> None:
        if self.world.version != self._saved_version:
            self._saved_version = self.world.version
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
    """The control of the demo's clock, which also wakes slots when their time comes.

    The job store follows the machine's clock and can't wake the slots of the demo.
    """

    work: Work
    clock: ShiftedClock
    is_fast: bool = False
    _seen: datetime = field(init=False)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._seen = self.clock.now()

    async def move(self, step: str) -> datetime:
        """Move the clock forward; return the new moment, or the present one if there is no target.

        `step` is `minute`, `hour`, `day`, or `reminder` or `clock-change`: to just before the next.
        """
        async with self._moving:
            target = await self._target(step)
            if target is not None and target > self.clock.now():
                await travel(self.work, self.clock, target)
                self._seen = self.clock.now()
            return self.clock.now()

    def hasten(self, is_fast: bool) -> None:
        """Let the clock run SPEED times as fast as the machine's, or as fast as that again."""
        self.is_fast = is_fast

    async def _target(self, step: str) -> datetime | None:
        now = self.clock.now()
        if step in STEPS:
            return now + STEPS[step]
        if step == "reminder":
            due = await next_reminder(self.work, now + JUST_BEFORE)
        else:
            zones = {slot.zone for slot in await schedule.used_slots(self.work.coach.db)}
            changes = [next_clock_change(zone, now + JUST_BEFORE) for zone in zones]
            due = min((change for change in changes if change), default=None)
        return due and due - JUST_BEFORE

    def running(self) -> AbstractAsyncContextManager[None]:
        """Return a context in which the clock runs, and wakes slots when their time comes."""
        return in_the_background(self._run())

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(FAST_TICK if self.is_fast else TICK)
            async with self._moving:
                await self._wake_slots()
                if self.is_fast:
                    ahead = timedelta(seconds=(SPEED - 1) * FAST_TICK)
                    await travel(self.work, self.clock, self.clock.now() + ahead)
                    self._seen = self.clock.now()

    async def _wake_slots(self) -> None:
        now = self.clock.now()
        for slot in await schedule.used_slots(self.work.coach.db):
            if next_wake(slot, self._seen) <= now:
                await self.work.slots.wake(slot)
        self._seen = now
