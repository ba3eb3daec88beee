"""The calendar of slots, kept by APScheduler; no other file imports it.

Each slot (time zone, local time) has one persisted job. The schedule table is the truth and the job
store its index: `reconcile` makes them agree, and leaves an unchanged job alone, because adding it
again would drop a wake that was missed while the process was down. A job store that can't be used
is renamed and made anew.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy import URL, Engine, create_engine, delete, event, false, make_url, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.domain.schedule import GRACE, Slot, next_wake
from bot.runtime.aside import id_of, move_aside

log = logging.getLogger(__name__)

WAKE_SLOT = "bot.workers.slots:wake_slot"
KEPT_ASIDE = 3
LONGEST_WAIT = timedelta(days=3)  # a slot wakes daily; a zone that moves a day leaves one out
# SQLite: busy, locked, out of memory, I/O error, full. The file may be intact.
PASSING = frozenset({5, 6, 7, 10, 13})
# What an operation on a damaged store raises: values of the wrong type, a job that can't be stored.
STORE_ERRORS = (SQLAlchemyError, TypeError, ValueError, JobLookupError)


class StoreError(Exception):
    """The job store can't be used; the text is one line."""


class SlotTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires exactly once on each local date; CronTrigger does not when the clocks change."""

    __slots__ = ("at", "zone")

    def __init__(self, zone: str, at: str) -> None:
        self.zone = zone
        self.at = at

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return the wake after the previous one, or the first one after now.

        It lies in the past if it was missed while the process was down; the job's
        misfire_grace_time decides whether it is too late.
        """
        return next_wake(_slot(self.zone, self.at), previous or now)

    def __getstate__(self) -> dict[str, str]:
        return {"zone": self.zone, "at": self.at}

    def __setstate__(self, state: dict[str, str]) -> None:
        self.zone = state["zone"]
        self.at = state["at"]

    def __str__(self) -> str:
        return f"daily at {self.at} in {self.zone}"


class JobStore(SQLAlchemyJobStore):  # type: ignore[misc]
    """APScheduler's job store, which keeps errors for `reconcile` instead of raising them.

    An exception would end the scheduler's timer, or be logged every ten seconds.
    """

    def __init__(self, engine: Engine, notice: Callable[[], None]) -> None:
        """`notice` is called after an error, or when jobs were lost."""
        super().__init__(engine=engine)
        self.trouble: Exception | None = None
        self._notice = notice

    def raise_trouble(self) -> None:
        """Raise the error that was kept, once."""
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble

    def get_due_jobs(self, now: datetime) -> list[Job]:
        try:
            return list(super().get_due_jobs(now))
        except STORE_ERRORS as error:
            self._remember(error)
            return []

    def get_next_run_time(self) -> datetime | None:
        """Return the next wake; None after an error, so that the scheduler sleeps until woken."""
        if self.trouble is not None:
            return None
        try:
            found: datetime | None = super().get_next_run_time()
        except STORE_ERRORS as error:
            self._remember(error)
            return None
        return found

    def update_job(self, job: Job) -> None:
        try:
            super().update_job(job)
        except STORE_ERRORS as error:
            self._remember(error)

    def ids(self, now: datetime) -> tuple[set[str], set[str]]:
        """Return the ids of all jobs, and of those with a next wake; fail on a read-only store.

        The table is queried, as unpickling thousands of jobs would block the event loop.
        """
        table = self.jobs_t
        with self.engine.begin() as connection:
            connection.execute(delete(table).where(false()))
            rows = connection.execute(select(table.c.id, table.c.next_run_time)).all()
        latest = (now + LONGEST_WAIT).timestamp()
        return {row.id for row in rows}, {row.id for row in rows if row.next_run_time <= latest}

    def _get_jobs(self, *conditions: Any) -> list[Job]:
        """Delete the jobs that can't be read, logging one line; `reconcile` adds them again."""
        table = self.jobs_t
        query = select(table.c.id, table.c.job_state).where(*conditions)
        jobs, unreadable = [], []
        with self.engine.begin() as connection:
            for row in connection.execute(query.order_by(table.c.next_run_time)):
                try:
                    jobs.append(self._reconstitute_job(row.job_state))
                except Exception:  # whatever unpickling raises
                    unreadable.append(row.id)
            if unreadable:
                connection.execute(delete(table).where(table.c.id.in_(unreadable)))
        if unreadable:
            log.warning("%d jobs can't be read and are made anew", len(unreadable))
            self._notice()
        return jobs

    def _remember(self, error: Exception) -> None:
        self.trouble = error
        self._notice()


class Calendar:
    """The slots that this process wakes."""

    def __init__(
        self,
        job_store: str | URL,
        elsewhere: Callable[[], None] | None = None,
        prepare: Callable[[Engine], None] | None = None,
        **connect: Any,
    ) -> None:
        """`job_store` and `connect` are the database's URL and the driver's arguments.

        `prepare` is called with the engine before its first connection. If another process may keep
        the calendar, `elsewhere` notifies it that slots have changed.
        """
        self._url = make_url(job_store)
        self._prepare = prepare
        self._connect = connect
        self._elsewhere = elsewhere
        self._notice: Callable[[], None] = _ignore
        self._known: set[str] = set()
        self._file_id: tuple[int, int] | None = None
        self.has_lost_jobs = False
        self._set_up()

    def start(self, notice: Callable[[], None] | None = None) -> None:
        """Start waking; wakes that were missed in the last three hours run at once.

        `notice` is called when `reconcile` should be called soon: the job store had an error.
        """
        self._notice = notice or _ignore
        try:
            self._begin()
        except STORE_ERRORS as error:
            self._move_aside(error)
            self._begin()

    @property
    def is_running(self) -> bool:
        return bool(self._scheduler.running)

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def reconcile(self, slots: Iterable[Slot]) -> None:
        """Add the jobs that are missing, and remove those that nobody uses.

        `has_lost_jobs` is set if jobs had vanished, perhaps with a wake that was due. The scheduler
        is woken, as it sleeps after an error.
        """
        if self._elsewhere is not None and not self.is_running:
            self._elsewhere()
            return
        wanted = {_job_id(slot): slot for slot in slots}
        try:
            self._agree(wanted)
        except STORE_ERRORS as error:
            self._move_aside(error)
            self._begin()
            self._agree(wanted)
        if self._scheduler.running:
            self._scheduler.wakeup()

    def wakes(self) -> dict[Slot, datetime | None]:
        """Return the slots in the job store with their next wakes (UTC); raise StoreError."""
        try:
            if not self._scheduler.running:
                self._scheduler.start(paused=True)
            return {_slot(*job.args): job.next_run_time for job in self._scheduler.get_jobs()}
        except STORE_ERRORS as error:
            raise StoreError(f"the job store can't be read: {_reason(error)}") from None

    def _set_up(self) -> None:
        self._store = JobStore(self._new_engine(), lambda: self._notice())
        self._scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": self._store})

    def _new_engine(self) -> Engine:
        pool = NullPool if self._file else None  # a kept one does not see a truncated file
        engine = create_engine(
            self._url, connect_args=self._connect, hide_parameters=True, poolclass=pool
        )
        if self._file:
            event.listen(engine, "connect", _overwrite_what_is_deleted)
        if self._prepare is not None:
            self._prepare(engine)
        return engine

    def _begin(self) -> None:
        """Start the scheduler, and read all jobs once.

        A job whose function was renamed is dropped now, not when it is due, and `reconcile` adds it
        again.
        """
        self._set_up()
        self._scheduler.start()
        self._scheduler.get_jobs()
        self._file_id = self._found_id()

    def _agree(self, wanted: dict[str, Slot]) -> None:
        self._store.raise_trouble()
        if self._scheduler.running and self._found_id() != self._file_id:
            log.warning("the job store %s was deleted or replaced: it is read anew", self._file)
            self.stop()
            self._begin()
        there, waking = self._store.ids(datetime.now(UTC))
        for job_id in wanted.keys() - waking:
            self._add(wanted[job_id])
        self._store.raise_trouble()
        for job_id in there - wanted.keys():
            self._scheduler.remove_job(job_id)
        if wanted.keys() != there:
            log.info("slots: %d", len(wanted))
        if (self._known & wanted.keys()) - waking:
            self.has_lost_jobs = True
        self._known = set(wanted)

    @property
    def _file(self) -> Path | None:
        """The file of the job store; None: it is on a server."""
        is_file = self._url.get_backend_name() == "sqlite" and self._url.database
        return Path(str(self._url.database)) if is_file else None

    def _found_id(self) -> tuple[int, int] | None:
        return id_of(self._file) if self._file else None

    def _move_aside(self, error: Exception) -> None:
        """Rename the store's file; raise the error if it may pass, or if there is no file."""
        file = self._file
        if file is None or not _is_lasting(error):
            raise error
        self.stop()
        self._store.engine.dispose()
        try:
            aside = move_aside(file, "damaged", datetime.now(UTC), KEPT_ASIDE)
            for ending in ("-journal", "-wal", "-shm"):
                file.with_name(file.name + ending).unlink(missing_ok=True)
        except FileNotFoundError:
            log.warning("the job store %s is gone: it is made anew", file)
        except OSError as reason:
            raise StoreError(
                f"{file} can't be used ({_reason(error)}) and not be moved: {reason.strerror}"
            ) from None
        else:
            log.warning(
                "the job store can't be used (%s): it is kept as %s and made anew",
                _reason(error),
                aside,
            )

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


def _ignore() -> None:
    """Do nothing."""


def _overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete = ON")


def _is_lasting(error: Exception) -> bool:
    """Return whether the error will not pass by itself."""
    code = getattr(error.orig, "sqlite_errorcode", None) if isinstance(error, DBAPIError) else None
    return code is None or code & 0xFF not in PASSING


def _reason(error: Exception) -> str:
    """Return the error in one line, without stored values."""
    words = str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
    return words.strip().partition("\n")[0]


def _job_id(slot: Slot) -> str:
    return f"{slot.zone} {slot.at:%H:%M}"


def _slot(zone: str, at: str) -> Slot:
    return Slot(zone, time.fromisoformat(at))
