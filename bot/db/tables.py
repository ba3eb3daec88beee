"""The tables, typed. Times are UTC in a column type that refuses naive values."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite would drop the zone in silence."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def of_runner() -> ForeignKey:
    """Erasing a runner erases the row."""
    return ForeignKey("runners.id", ondelete="CASCADE")


class RunnerRow(Base):
    """`id` is the Telegram user id, which is the private chat's id too."""

    __tablename__ = "runners"
    __table_args__ = (one_of("screening", "clear", "waiting", "agreed"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    created_at: Mapped[datetime]
    screening: Mapped[str | None] = mapped_column(String(16))
    screened_at: Mapped[datetime | None]
    zone: Mapped[str | None] = mapped_column(String(64))
    place: Mapped[str | None] = mapped_column(String(120))
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    unreachable_at: Mapped[datetime | None]
    bands_told_at: Mapped[datetime | None] = mapped_column(doc="none: any band may be there")
    own_pace: Mapped[bool] = mapped_column(
        server_default=false(), doc="Start means Done taps, not the clock"
    )
    sound_told: Mapped[bool] = mapped_column(
        server_default=false(), doc="was told that an open chat stays silent"
    )
    sound_at: Mapped[datetime | None] = mapped_column(
        index=True, doc="when to send the sound test that was asked for"
    )
    joined_at: Mapped[datetime | None] = mapped_column(
        doc="when they were let in; none: they are not"
    )


class BandRow(Base):
    """One band of a runner's, under their own name for its colour; or their anchor."""

    __tablename__ = "bands"
    __table_args__ = (
        one_of("kind", "mini-band", "hip-circle", "long-loop", "long-band", "door-anchor"),
        one_of("level", "extra-light", "light", "medium", "heavy", "none"),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    level: Mapped[str] = mapped_column(String(16), primary_key=True)
    colour: Mapped[str] = mapped_column(String(20), doc="empty without a word")


class ScheduleRow(Base):
    """One row per training day. The zone stands here too, so that a slot is one index look-up."""

    __tablename__ = "schedule"
    __table_args__ = (
        Index(None, "zone", "local_time", "weekday"),
        one_of(
            "weekday",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    weekday: Mapped[str] = mapped_column(String(9), primary_key=True)
    local_time: Mapped[str] = mapped_column(String(5), doc="HH:MM")
    zone: Mapped[str] = mapped_column(String(64))
    chosen_at: Mapped[datetime]


class SessionRow(Base):
    """A session with the snapshot of its steps; at most one open per runner."""

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("phase", "ready", "running", "paused", "hurting", "finished", "stopped"),
        one_of("rating", "easy", "right", "hard"),
        Index(
            "uq_sessions_open",
            "runner_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "runner_id", "trained_at"),
        Index(None, "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    routine: Mapped[str] = mapped_column(String(40))
    routine_name: Mapped[str] = mapped_column(String(80))
    steps: Mapped[list[Any]]
    phase: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    trained_at: Mapped[datetime | None] = mapped_column(doc="when the last work step was done")
    rating: Mapped[str | None] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(BigInteger, doc="the message with live buttons")
    shown: Mapped[int | None] = mapped_column(doc="the revision whose screen arrived last")
    word_id: Mapped[int] = mapped_column(
        BigInteger, server_default="0", doc="the last typed word that moved it, by message id"
    )
    timed: Mapped[bool] = mapped_column(
        server_default=false(), doc="led by the clock, not by Done taps"
    )
    stage: Mapped[str | None] = mapped_column(
        String(4), doc="lead, work or rest: the interval that runs, or was paused"
    )
    seconds_left: Mapped[int | None] = mapped_column(doc="of an interval that was paused")
    due_at: Mapped[datetime | None] = mapped_column(
        doc="when it next does something by itself: the deadline of the interval, if one runs"
    )
    touched_at: Mapped[datetime | None] = mapped_column(doc="when the runner last did something")
    nudged: Mapped[bool] = mapped_column(server_default=false())
    sets_done: Mapped[int | None] = mapped_column(doc="none: of before this was counted")
    loads: Mapped[bool | None] = mapped_column(doc="at least half of its work was done")
    notes: Mapped[list[Any] | None] = mapped_column(JSON, doc="what to know before it begins")


class StepLogRow(Base):
    __tablename__ = "step_logs"
    __table_args__ = (one_of("outcome", "done", "skipped", "hurt"),)

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    seconds: Mapped[int | None] = mapped_column(doc="of work by the clock")


class PrescriptionRow(Base):
    """What a runner should do next of an exercise; `dose` holds the fields of a Prescription."""

    __tablename__ = "prescriptions"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(40), primary_key=True)
    dose: Mapped[dict[str, Any]]
    knows_bands: Mapped[bool] = mapped_column(doc="made when the runner's bands were known")


class PrescribedRow(Base):
    """What a session was made of: the doses before it, and what was said of each exercise."""

    __tablename__ = "prescribed"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    doses: Mapped[list[Any]]
    others: Mapped[list[Any]] = mapped_column(doc="of exercises that a gap made lighter, too")
    context: Mapped[dict[str, Any]]
    knows_bands: Mapped[bool]
    settled: Mapped[bool] = mapped_column(doc="what follows from it is stored")


class ReminderRow(Base):
    """One reminder for one runner on one local date; the row is also its timer.

    claimed: due at `due_at`, or at `again_at` once Telegram has turned it down; sending: handed to
    Telegram;
    sent, refused: Telegram's word; unknown: no word came, so it may have arrived; dropped: not
    sent on purpose (trained already, away, too late).
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("runner_id", "local_date"),
        one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
        one_of("answer", "start", "later", "not-today"),
        Index(None, "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    local_date: Mapped[date]
    slot_at: Mapped[datetime] = mapped_column(doc="the moment it was planned for")
    due_at: Mapped[datetime] = mapped_column(doc="when to send it; an hour later once put off")
    state: Mapped[str] = mapped_column(String(8))
    routine: Mapped[str | None] = mapped_column(String(40), doc="the one it suggested")
    answer: Mapped[str | None] = mapped_column(String(9))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    again_at: Mapped[datetime | None] = mapped_column(doc="not before, once it was tried in vain")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram turned it down")


class QuestionRow(Base):
    """The one thing the coach waits to hear in words from a runner, with the wish behind it."""

    __tablename__ = "questions"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    wish: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]


class IncidentRow(Base):
    """An ache or a pain that a runner told in a session; an ache has no region."""

    __tablename__ = "incidents"
    __table_args__ = (
        one_of("kind", "ache", "dull", "sharp", "one-sided", "joint", "bone"),
        Index(None, "runner_id", "day"),
        Index(None, "session_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    session_id: Mapped[int]
    exercise: Mapped[str | None] = mapped_column(String(40), doc="none: the warm-up")
    region: Mapped[str | None] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(9))
    score: Mapped[int] = mapped_column(doc="0 to 10")
    day: Mapped[date] = mapped_column(doc="the runner's local date")
    worse: Mapped[bool] = mapped_column(server_default=false(), doc="the morning after")


class HurtingRow(Base):
    """How far a runner has come in saying what hurts, for the answers that are typed.

    It counts for the session's `revision` only.
    """

    __tablename__ = "hurting"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    session_id: Mapped[int]
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(9))
    region: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[int | None]


class AgreementRow(Base):
    """When a clinician, as the runner says, last agreed that a region is trained."""

    __tablename__ = "agreements"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    region: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date]


class MorningRow(Base):
    """The question on the morning after pain on `day`; the row is also its timer.

    Its states are those of a reminder.
    """

    __tablename__ = "mornings"
    __table_args__ = (
        UniqueConstraint("runner_id", "day"),
        one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
        one_of("answer", "worse", "same", "better"),
        Index(None, "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    day: Mapped[date]
    hurt_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    answer: Mapped[str | None] = mapped_column(String(6))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    again_at: Mapped[datetime | None] = mapped_column(doc="not before, once it was tried in vain")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram turned it down")


class SwapRow(Base):
    """What a runner always does instead of an exercise."""

    __tablename__ = "swaps"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(40), primary_key=True)
    instead: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(40))


class UploadRow(Base):
    """A file that Telegram has: `digest` is the SHA-256 of its bytes."""

    __tablename__ = "uploads"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(255))


class InboxRow(Base):
    """An update as Telegram wrote it, which was told that it has arrived, until it is handled.

    Those of one `chat_id` are handled in the order of `id`, by the process that is their `holder`.
    Where there are several, its claim lapses at `held_until`, by the database's clock.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(None, "chat_id"),
        Index(None, "sender_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True
    )
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    sender_id: Mapped[int | None] = mapped_column(BigInteger, doc="the person it is of")
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None]
    replays: Mapped[int] = mapped_column(
        server_default="0", doc="how often it was taken up again after a process had died"
    )


class HandledUpdateRow(Base):
    """An update that was handled of late, in case Telegram delivers it again."""

    __tablename__ = "handled_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handled_at: Mapped[datetime]
