"""The tables. Times are UTC, in a column type that refuses naive values."""

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
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateIndex

from bot.domain.screening import Condition, Detail


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite would drop the zone without an error."""

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


@compiles(CreateIndex, "postgresql")
def create_partial_index(create: CreateIndex, compiler: Any, **options: Any) -> Any:
    """Create an index that is partial on SQLite as partial on PostgreSQL, too.

    An index that has both conditions would import the dialect, which takes 2 MB, on SQLite, too.
    """
    dialects = create.element.dialect_options
    dialects["postgresql"]["where"] = dialects["sqlite"]["where"]
    return compiler.visit_create_index(create, **options)


def one_of(column: str, *values: str) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def one_of_the_weekdays() -> CheckConstraint:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return one_of("weekday", *days)


def of_runner() -> ForeignKey:
    """Return a foreign key by which the row is deleted with its runner."""
    return ForeignKey("runners.id", ondelete="CASCADE")


class RunnerRow(Base):
    """A runner; `id` is the Telegram user id, which is also the id of the private chat."""

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
    bands_told_at: Mapped[datetime | None] = mapped_column(doc="None: the bands are not known")
    elsewhere_at: Mapped[datetime | None] = mapped_column(
        doc="when they last trained without the coach, by their word"
    )
    cleared_at: Mapped[datetime | None] = mapped_column(
        doc="when, by their word, they were cleared after an emergency or a fever"
    )
    own_pace: Mapped[bool] = mapped_column(
        server_default=false(), doc="Start begins a session led by Done taps, not by the clock"
    )
    sound_told: Mapped[bool] = mapped_column(
        server_default=false(), doc="has read that messages in an open chat make no sound"
    )
    hours: Mapped[int | None] = mapped_column(
        Integer, doc="12 or 24: the clock of a time that the runner typed"
    )
    sound_at: Mapped[datetime | None] = mapped_column(
        index=True, doc="when to send the requested sound test"
    )
    joined_at: Mapped[datetime | None] = mapped_column(
        doc="when access was granted; None: no access"
    )


class AskedRow(Base):
    """A question that was asked once in a runner's life with the coach, answered or not."""

    __tablename__ = "asked"
    __table_args__ = (one_of("topic", "bands", "days", "pace"),)

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    topic: Mapped[str] = mapped_column(String(8), primary_key=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class BandRow(Base):
    """A band of a runner, or a door anchor; `colour` is the runner's own name for it."""

    __tablename__ = "bands"
    __table_args__ = (
        one_of("kind", "mini-band", "hip-circle", "long-loop", "long-band", "door-anchor"),
        one_of("level", "extra-light", "light", "medium", "heavy", "none"),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    level: Mapped[str] = mapped_column(String(16), primary_key=True)
    colour: Mapped[str] = mapped_column(String(20), doc="empty: no name")


class ScheduleRow(Base):
    """A training day. The runner's zone is repeated here, so that a slot is one index look-up."""

    __tablename__ = "schedule"
    __table_args__ = (
        Index(None, "zone", "local_time", "weekday"),
        one_of_the_weekdays(),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    weekday: Mapped[str] = mapped_column(String(9), primary_key=True)
    local_time: Mapped[str] = mapped_column(String(5), doc="HH:MM")
    zone: Mapped[str] = mapped_column(String(64))
    chosen_at: Mapped[datetime]


class RunDayRow(Base):
    """What a weekday usually has in the runner's running week; a day without a row has nothing."""

    __tablename__ = "run_days"
    __table_args__ = (
        one_of_the_weekdays(),
        one_of("kind", "easy", "hard", "long", "rest"),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    weekday: Mapped[str] = mapped_column(String(9), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    run_at: Mapped[str | None] = mapped_column(String(5), doc="HH:MM; None: not told")


class RunPlanRow(Base):
    """A running plan from a runner's calendar file: a draft, or, without `expires_at`, in use."""

    __tablename__ = "run_plans"
    __table_args__ = (
        Index(None, "runner_id"),
        Index(None, "expires_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    read_on: Mapped[date] = mapped_column(doc="the runner's local date")
    others: Mapped[int] = mapped_column(doc="how many titles had nothing of training")
    expires_at: Mapped[datetime | None]


class RunPlanEntryRow(Base):
    """What a plan has on a date; `title` is that of a run, of 60 letters at most."""

    __tablename__ = "run_plan_entries"
    __table_args__ = (
        one_of("kind", "race", "long", "hard", "ask", "easy", "rest", "strength", "trunk"),
        Index(None, "plan_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("run_plans.id", ondelete="CASCADE"))
    day: Mapped[date]
    run_at: Mapped[str | None] = mapped_column(String(5), doc="HH:MM; None: not told")
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60), doc="empty: none")


class RaceRow(Base):
    """A race; the row is also the timer of the question how it went.

    The states are those of a reminder. `started` None: no answer yet. `reached`: how far a runner
    came who did not finish.
    """

    __tablename__ = "races"
    __table_args__ = (
        UniqueConstraint("runner_id", "day"),
        one_of("distance", "k5", "k10", "half", "marathon", "ultra", "long-ultra"),
        one_of("reached", "k5", "k10", "half", "marathon", "ultra", "long-ultra"),
        one_of("rank", "main", "minor", "training"),
        one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
        Index(None, "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    distance: Mapped[str] = mapped_column(String(10))
    day: Mapped[date] = mapped_column(doc="the local date at the race")
    rank: Mapped[str] = mapped_column(String(8))
    started: Mapped[bool | None]
    reached: Mapped[str | None] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(doc="when to ask how it went")
    state: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    again_at: Mapped[datetime | None] = mapped_column(doc="the earliest moment for a retry")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram refused it")


class SessionRow(Base):
    """A session with the snapshot of its steps; at most one per runner is open.

    One that the runner follows as a track is `running`, with `track_seconds`.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("phase", "ready", "running", "paused", "hurting", "finished", "stopped"),
        one_of("rating", "easy", "right", "hard"),
        Index(
            "uq_sessions_open",
            "runner_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index(None, "runner_id", "trained_at"),
        Index(None, "runner_id", "rating"),
        Index(None, "due_at"),
        Index(None, "track_id"),
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
    shown: Mapped[int | None] = mapped_column(doc="the revision of the latest screen that arrived")
    word_id: Mapped[int] = mapped_column(
        BigInteger, server_default="0", doc="id of the latest text message that moved the session"
    )
    timed: Mapped[bool] = mapped_column(
        server_default=false(), doc="led by the clock, not by Done taps"
    )
    stage: Mapped[str | None] = mapped_column(
        String(4), doc="lead, work or rest: the running or paused interval"
    )
    seconds_left: Mapped[int | None] = mapped_column(doc="of a paused interval")
    due_at: Mapped[datetime | None] = mapped_column(
        doc="when the coach acts next: at the end of a running interval, or after idleness"
    )
    touched_at: Mapped[datetime | None] = mapped_column(doc="when the runner last acted")
    nudged: Mapped[bool] = mapped_column(server_default=false())
    sets_done: Mapped[int | None] = mapped_column(doc="None: older than the column")
    loads: Mapped[bool | None] = mapped_column(doc="at least half of the work was done")
    exercises_done: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, doc="by exercise: the number of sets done, and whether it was done to the end"
    )
    notes: Mapped[list[Any] | None] = mapped_column(
        JSON, doc="notes that are shown before the session begins"
    )
    pauses: Mapped[list[Any] | None] = mapped_column(
        JSON, doc="start and end in seconds after the start; no end: it stands still"
    )
    track_seconds: Mapped[int | None] = mapped_column(
        doc="the length of the track that the runner follows; None: it is led in the chat"
    )
    track_id: Mapped[int | None] = mapped_column(
        BigInteger, doc="the message with the track, until it is deleted"
    )


class StepLogRow(Base):
    __tablename__ = "step_logs"
    __table_args__ = (one_of("outcome", "done", "skipped", "hurt"),)

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    seconds: Mapped[int | None] = mapped_column(doc="of work timed by the clock")


class PrescriptionRow(Base):
    """What a runner does next of an exercise; `dose` holds the fields of a Prescription."""

    __tablename__ = "prescriptions"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(40), primary_key=True)
    dose: Mapped[dict[str, Any]]
    knows_bands: Mapped[bool] = mapped_column(
        doc="the runner's bands were known when the row was made"
    )


class PrescribedRow(Base):
    """The doses that a session was built from, with the runner's answers on each exercise."""

    __tablename__ = "prescribed"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    doses: Mapped[list[Any]]
    context: Mapped[dict[str, Any]]
    knows_bands: Mapped[bool]
    settled: Mapped[bool] = mapped_column(doc="the resulting prescriptions are stored")


class ReminderRow(Base):
    """A reminder to a runner on a local date; the row is also its timer.

    claimed: due at `due_at`, or at `again_at` after a refusal that may pass; sending: handed to
    Telegram; sent, refused: Telegram's answer; unknown: no answer came, so it may have arrived;
    dropped: not sent on purpose (trained already, away, too late).
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
    slot_at: Mapped[datetime] = mapped_column(doc="the planned moment")
    due_at: Mapped[datetime] = mapped_column(
        doc="when to send it; an hour later once it is put off"
    )
    state: Mapped[str] = mapped_column(String(8))
    routine: Mapped[str | None] = mapped_column(String(40), doc="the suggested routine")
    answer: Mapped[str | None] = mapped_column(String(9))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    again_at: Mapped[datetime | None] = mapped_column(doc="the earliest moment for a retry")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram refused it")
    role: Mapped[str] = mapped_column(
        String(6),
        server_default="counts",
        doc="counts: unless it is answered, it is an ignored one; asks: it asks whether reminders "
        "suit the runner; over: the runner has acted since, or no session could start on its day; "
        "once: the runner asked for this one",
    )


class CalendarDayRow(Base):
    """A training day as it was written into the runner's calendar file last.

    By these rows the next file changes what the last one brought, and cancels what is gone.
    """

    __tablename__ = "calendar_days"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, doc="the local date")
    uid: Mapped[str] = mapped_column(String(36), doc="by which calendars know the entry")
    starts_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(String(80), doc="all that the words of the entry depend on")
    revision: Mapped[int] = mapped_column(doc="how often the entry has changed")
    changed_at: Mapped[datetime]
    is_cancelled: Mapped[bool] = mapped_column(
        server_default=false(), doc="no training day any more"
    )


class QuestionRow(Base):
    """The open question to a runner, who answers in words; `wish` is what the answer completes."""

    __tablename__ = "questions"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    wish: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]


class IncidentRow(Base):
    """An ache or a pain that a runner reported, in a session or outside; never the words."""

    __tablename__ = "incidents"
    __table_args__ = (
        one_of("kind", "ache", "dull", "sharp", "one-sided", "joint", "bone", "groin"),
        one_of("side", "left", "right", "both"),
        one_of("level", "mild", "moderate", "strong", "lock"),
        Index(None, "runner_id", "day"),
        Index(None, "session_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    session_id: Mapped[int | None] = mapped_column(doc="None: outside a session")
    exercise: Mapped[str | None] = mapped_column(String(40), doc="None: the warm-up, or no session")
    region: Mapped[str | None] = mapped_column(String(16), doc="None: an ache somewhere")
    side: Mapped[str | None] = mapped_column(String(5), doc="None: not known")
    kind: Mapped[str] = mapped_column(String(9))
    score: Mapped[int] = mapped_column(doc="0 to 10")
    days: Mapped[int | None] = mapped_column(doc="how long an ache has lasted")
    level: Mapped[str | None] = mapped_column(
        String(8), doc="how much the region rests after the report; None: not at all, or not known"
    )
    day: Mapped[date] = mapped_column(doc="the runner's local date")
    worse: Mapped[bool] = mapped_column(
        server_default=false(), doc="it was worse on the morning after"
    )


class SentArchiveRow(Base):
    """An export that the runner has sent to be brought back, until they say whether to use it.

    The file stays at Telegram; `digest` is the SHA-256 of its bytes.
    """

    __tablename__ = "sent_archives"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]


class HurtingRow(Base):
    """An unfinished pain report, so that typed answers can continue it.

    The report is valid only while the session is at `revision`.
    """

    __tablename__ = "hurting"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    session_id: Mapped[int]
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(9))
    region: Mapped[str | None] = mapped_column(String(16))
    side: Mapped[str | None] = mapped_column(String(5))
    score: Mapped[int | None]


class WarningSignRow(Base):
    """A warning sign that the runner typed and that is not lifted: its kind, never the words."""

    __tablename__ = "warning_signs"
    __table_args__ = (
        one_of("urgency", "emergency", "today", "days"),
        one_of("screening_before", "clear", "waiting", "agreed"),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    sign: Mapped[str] = mapped_column(String(40))
    urgency: Mapped[str] = mapped_column(String(9))
    doubt: Mapped[str | None] = mapped_column(String(12), doc="None: it was plain")
    reported_at: Mapped[datetime]
    is_confirmed: Mapped[bool]
    screening_before: Mapped[str | None] = mapped_column(String(16))
    screened_before_at: Mapped[datetime | None]
    regions: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), doc="the parts of the body that the words named"
    )


class ConditionRow(Base):
    """A condition that, by the runner's word, applies to them."""

    __tablename__ = "conditions"
    __table_args__ = (
        one_of("condition", *Condition),
        one_of("detail", *Detail),
    )

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    condition: Mapped[str] = mapped_column(String(16), primary_key=True)
    told_at: Mapped[datetime]
    detail: Mapped[str | None] = mapped_column(String(16), doc="the age, or what is known of latex")
    settled_at: Mapped[datetime | None] = mapped_column(
        doc="when a clinician or an adult agreed; None: sessions wait"
    )


class SafetyQuestionRow(Base):
    """The safety screen that was asked last, and the answers ticked so far."""

    __tablename__ = "safety_questions"
    __table_args__ = (one_of("screening_before", "clear", "waiting", "agreed"),)

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    asked_at: Mapped[datetime]
    routine: Mapped[str] = mapped_column(String(40), doc="id of the one to start afterwards")
    ticked: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), doc="None: not asked which condition applies"
    )
    screening_before: Mapped[str | None] = mapped_column(String(16))
    screened_before_at: Mapped[datetime | None]


class RestAnswerRow(Base):
    """What a runner said of a resting region, or what became of its rest.

    agreed: a clinician agreed, by the runner's word; trained: a session on the way back was done;
    ended: the rest was over when older rules ceased to hold; heard: a warning sign was read in the
    runner's words; sign: the runner has it.
    """

    __tablename__ = "rest_answers"
    __table_args__ = (
        one_of(
            "answer",
            *("worse", "same", "better", "ready", "not-yet", "agreed", "trained", "ended"),
            *("heard", "sign"),
        ),
        Index(None, "runner_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    region: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(String(8))
    day: Mapped[date] = mapped_column(doc="the runner's local date")
    after_incident: Mapped[int] = mapped_column(doc="the last report before it; 0: none")


class PainTalkRow(Base):
    """What a runner has said so far of pain outside a session; never the words.

    `revision` counts the answers.
    """

    __tablename__ = "pain_talks"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    revision: Mapped[int]
    answers: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]


class MorningRow(Base):
    """A question about resting regions on the morning after `day`; the row is also its timer.

    The states are those of a reminder. `hurt_at` is a moment of `day`.
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
    again_at: Mapped[datetime | None] = mapped_column(doc="the earliest moment for a retry")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram refused it")


class MissedRow(Base):
    """An offer to move a session whose reminder was ignored; the row is also its timer.

    The states are those of a reminder.
    """

    __tablename__ = "missed_days"
    __table_args__ = (
        UniqueConstraint("runner_id", "reminder_id"),
        one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
        Index(None, "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner())
    reminder_id: Mapped[int] = mapped_column(doc="the reminder that was ignored")
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    again_at: Mapped[datetime | None] = mapped_column(doc="the earliest moment for a retry")
    tries: Mapped[int] = mapped_column(server_default="0", doc="how often Telegram refused it")


class SwapRow(Base):
    """The exercise and form that a runner does instead of another exercise."""

    __tablename__ = "swaps"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(40), primary_key=True)
    instead: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(40))
    region: Mapped[str | None] = mapped_column(
        String(16), doc="as long as it rests; None: until the runner swaps back"
    )


class OwnRoutineRow(Base):
    """A routine of a runner's own; `code` is in the link by which others get a copy."""

    __tablename__ = "own_routines"
    __table_args__ = (UniqueConstraint("runner_id", "kept_from"),)

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), index=True)
    name: Mapped[str] = mapped_column(String(40))
    lines: Mapped[list[Any]] = mapped_column(doc="the exercises with their sets and work")
    rest: Mapped[int | None] = mapped_column(doc="seconds; None: each exercise's own")
    kept_from: Mapped[str | None] = mapped_column(String(16), doc="code of the one it copies")
    created_at: Mapped[datetime]


class RoutineDraftRow(Base):
    """A routine that a runner is writing; `revision` counts the answers."""

    __tablename__ = "routine_drafts"

    runner_id: Mapped[int] = mapped_column(BigInteger, of_runner(), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    draft: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), doc="None: saved or left"
    )
    asked_at: Mapped[datetime]


class UploadRow(Base):
    """The file_id of a file uploaded to Telegram; `digest` is the SHA-256 of its bytes."""

    __tablename__ = "uploads"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(255))


class InboxRow(Base):
    """An update whose receipt was confirmed to Telegram and which is not handled yet.

    Updates of one `chat_id` are handled in the order of `id`, by the process `holder`. If several
    processes share the database, the claim ends at `held_until`, by the database's clock.
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
    sender_id: Mapped[int | None] = mapped_column(
        BigInteger, doc="the person who caused the update"
    )
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None]
    replays: Mapped[int] = mapped_column(
        server_default="0", doc="how often it was claimed again after a process had died"
    )


class HandledUpdateRow(Base):
    """The id of an update that was handled lately, in case Telegram delivers it again."""

    __tablename__ = "handled_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handled_at: Mapped[datetime]
