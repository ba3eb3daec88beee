"""Timed transitions of sessions (cues, nudges, closing), and the sound test."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from bot.db import cues, runners, sessions
from bot.db.engine import Connection, Database, Writer, query, transaction
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.session import Phase, Session, StoredSession
from bot.domain.timer import GET_READY, LATE, Stage, running
from bot.services import pain_followups

BATCH = 100
SOUND_AFTER = 5
MARGIN = timedelta(seconds=1)


class StartNotice(Enum):
    """A notice shown when a session starts hands-free, or cannot because of the capacity."""

    CROWDED = "crowded"
    SOUND = "sound"


@frozen
class TimedMove:
    """A timed transition of a session, and by how much it is late.

    `message_id` is the message with the buttons. `is_old`: that message shows a state earlier than
    `before`.
    """

    before: Session
    after: Session
    message_id: int | None
    is_old: bool
    late: timedelta


@frozen
class IdleTrack:
    """A track that must not be followed any more: its session, runner and message."""

    session: int
    runner: int
    message_id: int


@frozen
class Due:
    """Transitions, the ids of runners to send a sound test to, and tracks to clear away.

    `more`: the batch was full.
    """

    ticks: Sequence[TimedMove]
    sound_tests: Sequence[int]
    idle_tracks: Sequence[IdleTrack]
    more: bool


async def tick(db: Writer, now: datetime, skipped: Collection[int] = frozenset()) -> Due:
    """Make the transitions that are due, for a batch of sessions in one transaction.

    Sessions in `skipped` are left out. A session whose runner may no longer train is paused.
    """
    async with db.write() as connection:
        due = await cues.due(connection, now, BATCH, skipped)
        ticks = [ticked for stored in due if (ticked := await _tick(connection, stored, now))]
        if ticks:
            await cues.save_ticks(connection, [(ticked.before, ticked.after) for ticked in ticks])
        for ticked in ticks:
            await pain_followups.trained(connection, ticked.before, ticked.after, now)
        tests = await cues.take_sound_tests(connection, now)
        tracks = [IdleTrack(*row) for row in await cues.idle_tracks(connection)]
        return Due(ticks, tests, tracks, len(due) == BATCH)


async def _tick(connection: Connection, stored: StoredSession, now: datetime) -> TimedMove | None:
    before = stored.session
    after = domain.tick(before, now)
    if after is None:
        await cues.set_due(connection, before)
        return None
    if after.clock is not None and not stored.may_train:
        after = domain.set_aside(before, now)
    late = now - (before.due_at or now)
    return TimedMove(before, after, stored.message_id, stored.is_unseen, late)


async def get_unshown(db: Database, now: datetime) -> Sequence[TimedMove]:
    """Return cues that a kill may have lost: committed, but not known to have been sent."""
    async with db.read() as connection:
        stored = await cues.unshown(connection)
    return [_rebuilt(each, now) for each in stored]


def _rebuilt(stored: StoredSession, now: datetime) -> TimedMove:
    """Return the transition that led to this state, as far as it can be inferred.

    A rest follows a step that was done, and a step follows a cue. The cue is taken to be late,
    because the moment at which it was due is not stored.
    """
    session = stored.session
    before, is_old = session, stored.shown != session.revision - 1
    if session.is_resting:
        work = running(Stage.WORK, 0, now)
        before = replace(session, position=session.position - 1, timer=work)
    elif session.clock is not None and session.clock.stage is Stage.WORK:
        before = replace(session, timer=running(Stage.LEAD, 0, now))
    else:
        is_old = True
    return TimedMove(before, session, stored.message_id, is_old, LATE + MARGIN)


async def is_shown(db: Database, session: Session) -> bool:
    """Return whether this state of the session has been shown, or the session has left it."""
    async with db.read() as connection:
        stored = await sessions.get(connection, session.id)
    return stored is None or stored.session.revision != session.revision or not stored.is_unseen


next_due = query(cues.next_due)


async def take_back(db: Database, ticked: TimedMove, jumped: timedelta) -> None:
    """Undo a transition that could not be shown, so that it is due again.

    `jumped` is by how much the wall clock was set since the transition.
    """
    async with db.write(ticked.after.runner) as connection:
        restored = replace(
            domain.shifted(ticked.before, jumped), revision=ticked.after.revision + 1
        )
        await sessions.save(connection, ticked.after, restored)


async def cleared(db: Database, track: IdleTrack) -> None:
    """Store that the message with the track is gone."""
    async with db.write(track.runner) as connection:
        await sessions.save_track(connection, track.session, None)


async def set_aside(db: Database, session: Session, now: datetime) -> None:
    """Pause a session whose runner can't be written to; one followed as a track goes on."""
    if session.is_open and session.phase is not Phase.LISTENING:
        async with db.write(session.runner) as connection:
            await sessions.save(connection, session, domain.set_aside(session, now))


async def fall_back(db: Database, session: Session, now: datetime) -> Session | None:
    """Switch to Done taps because cues come late; return None if the session has moved on."""
    after = domain.own_pace(session, now)
    async with db.write(session.runner) as connection:
        if after is None or not await sessions.save(connection, session, after):
            return None
    return after


shown = transaction(cues.save_messages)


@transaction
async def ask_sound_test(
    connection: Connection, runner: int, now: datetime
) -> StoredSession | None:
    """Plan a sound test; return the session if a step that is about to begin waits for it."""
    await cues.set_sound_test(connection, runner, now + timedelta(seconds=SOUND_AFTER))
    stored = await sessions.current(connection, runner)
    if stored is None:
        return None
    after = domain.wait(stored.session, SOUND_AFTER + GET_READY, now)
    if after is None:
        return None
    await sessions.save(connection, stored.session, after)
    return replace(stored, session=after)


async def started(
    connection: Connection, before: Session, after: Session, capacity: int | None
) -> tuple[Session, StartNotice | None]:
    """Return the session as it starts, and the notice to show with it.

    A session does not start hands-free if `capacity` sessions are hands-free already.
    """
    if after.clock is None or before.clock is not None:
        return after, None
    if capacity is not None and await cues.count_ticking(connection) >= capacity:
        return replace(after, timed=False, timer=None), StartNotice.CROWDED
    runner = await runners.get(connection, after.runner)
    if runner is None or runner.sound_told:
        return after, None
    await runners.save_sound_told(connection, after.runner)
    return after, StartNotice.SOUND
