"""The calendar of slots: the only file that knows APScheduler.

One persisted job per slot (time zone, local time). The schedule table is the truth and the job
store its index: `reconcile` makes them agree and leaves an unchanged job alone, because adding it
again would throw away a wake that was missed while the process was down.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy import URL, Engine, select

from bot.domain.schedule import GRACE, Slot, next_wake

log = logging.getLogger(__name__)

WAKE_SLOT = "bot.jobs:wake_slot"


class SlotTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires exactly once per local date, which CronTrigger does not when the clocks change."""

    __slots__ = ("at", "zone")

    def __init__(self, zone: str, at: str) -> None:
        self.zone = zone
        self.at = at

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The scheduler's question: the wake after the last one, or after now if it is the first.

        A wake missed while the process was down is given as it was, in the past; how late is too
        late is the job's misfire_grace_time.
        """
        return next_wake(_slot(self.zone, self.at), previous or now)

    def __getstate__(self) -> dict[str, str]:
        return {"zone": self.zone, "at": self.at}

    def __setstate__(self, state: dict[str, str]) -> None:
        self.zone = state["zone"]
        self.at = state["at"]

    def __str__(self) -> str:
        return f"daily at {self.at} in {self.zone}"


class Calendar:
    """The slots that the process wakes for."""

    def __init__(
        self,
        job_store: str | URL,
        elsewhere: Callable[[], None] | None = None,
        prepare: Callable[[Engine], None] | None = None,
        **connect: Any,
    ) -> None:
        """Where the jobs are stored, and what else the driver is to be told; `prepare` is given the
        engine before its first connection.

        If another process may keep the calendar, `elsewhere` tells it that slots have changed.
        """
        self._store = SQLAlchemyJobStore(
            url=job_store, engine_options={"connect_args": connect, "hide_parameters": True}
        )
        if prepare is not None:
            prepare(self._store.engine)
        self._elsewhere = elsewhere
        self._scheduler = self._new_scheduler()

    def _new_scheduler(self) -> AsyncIOScheduler:
        return AsyncIOScheduler(timezone=UTC, jobstores={"default": self._store})

    def start(self) -> None:
        """Needs a running event loop; due wakes of the last three hours run at once.

        Jobs are read once, so that one whose function was renamed is dropped now, not when it is
        due; `reconcile` adds it again.
        """
        self._scheduler = self._new_scheduler()
        self._scheduler.start()
        self._scheduler.get_jobs()

    @property
    def is_running(self) -> bool:
        """Whether slots wake."""
        return bool(self._scheduler.running)

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def reconcile(self, slots: Iterable[Slot]) -> None:
        """Adds the jobs that are missing and drops those that nobody uses.

        Due ones are looked for, too: the scheduler gives up for good when it could not write.
        """
        if self._elsewhere is not None and not self.is_running:
            self._elsewhere()
            return
        wanted = {_job_id(slot): slot for slot in slots}
        there = self._ids()
        for job_id in wanted.keys() - there:
            self._add(wanted[job_id])
        for job_id in there - wanted.keys():
            self._scheduler.remove_job(job_id)
        if wanted.keys() != there:
            log.info("slots: %d", len(wanted))
        if self._scheduler.running:
            self._scheduler.wakeup()

    def wakes(self) -> dict[Slot, datetime | None]:
        """Every slot in the job store with its next wake (UTC)."""
        if not self._scheduler.running:
            self._scheduler.start(paused=True)
        return {_slot(*job.args): job.next_run_time for job in self._scheduler.get_jobs()}

    def _ids(self) -> set[str]:
        """Asked of the table: making thousands of jobs of their pickles would block the loop."""
        with self._store.engine.connect() as connection:
            return set(connection.execute(select(self._store.jobs_t.c.id)).scalars())

    def _add(self, slot: Slot) -> None:
        zone, at = slot.zone, f"{slot.at:%H:%M}"
        self._scheduler.add_job(
            WAKE_SLOT,
            SlotTrigger(zone, at),
            args=[zone, at],
            id=_job_id(slot),
            misfire_grace_time=int(GRACE.total_seconds()),
            coalesce=True,
            max_instances=1,
            replace_existing=True,
        )


def _job_id(slot: Slot) -> str:
    return f"{slot.zone} {slot.at:%H:%M}"


def _slot(zone: str, at: str) -> Slot:
    return Slot(zone, time.fromisoformat(at))
