"""The tables, each below a class with its columns.

Times are UTC, in a column type that refuses naive values. SQLAlchemy's ORM is not used: with it a
coach takes 9 MB more.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    String,
    Table,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.ext.compiler import compiles
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


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


class RunnerColumns(TypedColumns):
    """A runner; `id` is the Telegram user id, which is also the id of the private chat."""

    id: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    created_at: Named[datetime] = Column(UtcDateTime)
    screening: Named[str | None] = Column(String(16))
    screened_at: Named[datetime | None] = Column(UtcDateTime)
    zone: Named[str | None] = Column(String(64))
    place: Named[str | None] = Column(String(120))
    away_from: Named[date | None]
    away_until: Named[date | None]
    unreachable_at: Named[datetime | None] = Column(UtcDateTime)
    bands_told_at: Named[datetime | None] = Column(UtcDateTime, doc="None: the bands are not known")
    elsewhere_at: Named[datetime | None] = Column(
        UtcDateTime, doc="when they last trained without the coach, by their word"
    )
    cleared_at: Named[datetime | None] = Column(
        UtcDateTime, doc="when, by their word, they were cleared after an emergency or a fever"
    )
    own_pace: Named[bool] = Column(
        server_default=false(), doc="Start begins a session led by Done taps, not by the clock"
    )
    sound_told: Named[bool] = Column(
        server_default=false(), doc="has read that messages in an open chat make no sound"
    )
    hours: Named[int | None] = Column(
        Integer, doc="12 or 24: the clock of a time that the runner typed"
    )
    sound_at: Named[datetime | None] = Column(
        UtcDateTime, index=True, doc="when to send the requested sound test"
    )
    joined_at: Named[datetime | None] = Column(
        UtcDateTime, doc="when access was granted; None: no access"
    )


RUNNERS = Table(
    "runners", METADATA, RunnerColumns, one_of("screening", "clear", "waiting", "agreed")
)


class AskedColumns(TypedColumns):
    """A question that was asked once in a runner's life with the coach, answered or not."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    topic: Named[str] = Column(String(8), primary_key=True)
    asked_at: Named[datetime] = Column(UtcDateTime)
    answered_at: Named[datetime | None] = Column(UtcDateTime)


ASKED = Table("asked", METADATA, AskedColumns, one_of("topic", "bands", "days", "pace"))


class BandColumns(TypedColumns):
    """A band of a runner, or a door anchor; `colour` is the runner's own name for it."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    kind: Named[str] = Column(String(16), primary_key=True)
    level: Named[str] = Column(String(16), primary_key=True)
    colour: Named[str] = Column(String(20), doc="empty: no name")


BANDS = Table(
    "bands",
    METADATA,
    BandColumns,
    one_of("kind", "mini-band", "hip-circle", "long-loop", "long-band", "door-anchor"),
    one_of("level", "extra-light", "light", "medium", "heavy", "none"),
)


class ScheduleColumns(TypedColumns):
    """A training day. The runner's zone is repeated here, so that a slot is one index look-up."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    weekday: Named[str] = Column(String(9), primary_key=True)
    local_time: Named[str] = Column(String(5), doc="HH:MM")
    zone: Named[str] = Column(String(64))
    chosen_at: Named[datetime] = Column(UtcDateTime)


SCHEDULE = Table(
    "schedule",
    METADATA,
    ScheduleColumns,
    Index(None, "zone", "local_time", "weekday"),
    one_of_the_weekdays(),
)


class RunDayColumns(TypedColumns):
    """What a weekday usually has in the runner's running week; a day without a row has nothing."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    weekday: Named[str] = Column(String(9), primary_key=True)
    kind: Named[str] = Column(String(4))
    run_at: Named[str | None] = Column(String(5), doc="HH:MM; None: not told")


RUN_DAYS = Table(
    "run_days",
    METADATA,
    RunDayColumns,
    one_of_the_weekdays(),
    one_of("kind", "easy", "hard", "long", "rest"),
)


class RunPlanColumns(TypedColumns):
    """A running plan from a runner's calendar file: a draft, or, without `expires_at`, in use."""

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    read_on: Named[date] = Column(doc="the runner's local date")
    others: Named[int] = Column(doc="how many titles had nothing of training")
    expires_at: Named[datetime | None] = Column(UtcDateTime)


RUN_PLANS = Table(
    "run_plans",
    METADATA,
    RunPlanColumns,
    Index(None, "runner_id"),
    Index(None, "expires_at"),
    sqlite_autoincrement=True,
)


class RunPlanEntryColumns(TypedColumns):
    """What a plan has on a date; `title` is that of a run, of 60 letters at most."""

    id: Named[int] = Column(primary_key=True)
    plan_id: Named[int] = Column(ForeignKey("run_plans.id", ondelete="CASCADE"))
    day: Named[date]
    run_at: Named[str | None] = Column(String(5), doc="HH:MM; None: not told")
    kind: Named[str] = Column(String(8))
    title: Named[str] = Column(String(60), doc="empty: none")


RUN_PLAN_ENTRIES = Table(
    "run_plan_entries",
    METADATA,
    RunPlanEntryColumns,
    one_of("kind", "race", "long", "hard", "ask", "easy", "rest", "strength", "trunk"),
    Index(None, "plan_id", "day"),
)


class RaceColumns(TypedColumns):
    """A race; the row is also the timer of the question how it went.

    The states are those of a reminder. `started` None: no answer yet. `reached`: how far a runner
    came who did not finish.
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    distance: Named[str] = Column(String(10))
    day: Named[date] = Column(doc="the local date at the race")
    rank: Named[str] = Column(String(8))
    started: Named[bool | None]
    reached: Named[str | None] = Column(String(10))
    due_at: Named[datetime] = Column(UtcDateTime, doc="when to ask how it went")
    state: Named[str] = Column(String(8))
    message_id: Named[int | None] = Column(BigInteger)
    again_at: Named[datetime | None] = Column(UtcDateTime, doc="the earliest moment for a retry")
    tries: Named[int] = Column(server_default="0", doc="how often Telegram refused it")


RACES = Table(
    "races",
    METADATA,
    RaceColumns,
    UniqueConstraint("runner_id", "day"),
    one_of("distance", "k5", "k10", "half", "marathon", "ultra", "long-ultra"),
    one_of("reached", "k5", "k10", "half", "marathon", "ultra", "long-ultra"),
    one_of("rank", "main", "minor", "training"),
    one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)


class SessionColumns(TypedColumns):
    """A session with the snapshot of its steps; at most one per runner is open.

    One that the runner follows as a track is `running`, with `track_seconds`.
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    routine: Named[str] = Column(String(40))
    routine_name: Named[str] = Column(String(80))
    steps: Named[list[Any]] = Column(JSON)
    phase: Named[str] = Column(String(8))
    position: Named[int]
    revision: Named[int]
    created_at: Named[datetime] = Column(UtcDateTime)
    started_at: Named[datetime | None] = Column(UtcDateTime)
    ended_at: Named[datetime | None] = Column(UtcDateTime)
    trained_at: Named[datetime | None] = Column(UtcDateTime, doc="when the last work step was done")
    rating: Named[str | None] = Column(String(8))
    message_id: Named[int | None] = Column(BigInteger, doc="the message with live buttons")
    shown: Named[int | None] = Column(doc="the revision of the latest screen that arrived")
    word_id: Named[int] = Column(
        BigInteger, server_default="0", doc="id of the latest text message that moved the session"
    )
    timed: Named[bool] = Column(server_default=false(), doc="led by the clock, not by Done taps")
    stage: Named[str | None] = Column(
        String(4), doc="lead, work or rest: the running or paused interval"
    )
    seconds_left: Named[int | None] = Column(doc="of a paused interval")
    due_at: Named[datetime | None] = Column(
        UtcDateTime,
        doc="when the coach acts next: at the end of a running interval, or after idleness",
    )
    touched_at: Named[datetime | None] = Column(UtcDateTime, doc="when the runner last acted")
    nudged: Named[bool] = Column(server_default=false())
    sets_done: Named[int | None] = Column(doc="None: older than the column")
    loads: Named[bool | None] = Column(doc="at least half of the work was done")
    exercises_done: Named[dict[str, Any] | None] = Column(
        JSON, doc="by exercise: the number of sets done, and whether it was done to the end"
    )
    notes: Named[list[Any] | None] = Column(
        JSON, doc="notes that are shown before the session begins"
    )
    pauses: Named[list[Any] | None] = Column(
        JSON, doc="start and end in seconds after the start; no end: it stands still"
    )
    track_seconds: Named[int | None] = Column(
        doc="the length of the track that the runner follows; None: it is led in the chat"
    )
    track_id: Named[int | None] = Column(
        BigInteger, doc="the message with the track, until it is deleted"
    )


SESSIONS = Table(
    "sessions",
    METADATA,
    SessionColumns,
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
    sqlite_autoincrement=True,
)


class StepLogColumns(TypedColumns):
    session_id: Named[int] = Column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    step: Named[int] = Column(primary_key=True)
    outcome: Named[str] = Column(String(8))
    at: Named[datetime] = Column(UtcDateTime)
    seconds: Named[int | None] = Column(doc="of work timed by the clock")


STEP_LOGS = Table(
    "step_logs", METADATA, StepLogColumns, one_of("outcome", "done", "skipped", "hurt")
)


class PrescriptionColumns(TypedColumns):
    """What a runner does next of an exercise; `dose` holds the fields of a Prescription."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    exercise: Named[str] = Column(String(40), primary_key=True)
    dose: Named[dict[str, Any]] = Column(JSON)
    knows_bands: Named[bool] = Column(doc="the runner's bands were known when the row was made")


PRESCRIPTIONS = Table("prescriptions", METADATA, PrescriptionColumns)


class PrescribedColumns(TypedColumns):
    """The doses that a session was built from, with the runner's answers on each exercise."""

    session_id: Named[int] = Column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    doses: Named[list[Any]] = Column(JSON)
    context: Named[dict[str, Any]] = Column(JSON)
    knows_bands: Named[bool]
    settled: Named[bool] = Column(doc="the resulting prescriptions are stored")


PRESCRIBED = Table("prescribed", METADATA, PrescribedColumns)


class ReminderColumns(TypedColumns):
    """A reminder to a runner on a local date; the row is also its timer.

    claimed: due at `due_at`, or at `again_at` after a refusal that may pass; sending: handed to
    Telegram; sent, refused: Telegram's answer; unknown: no answer came, so it may have arrived;
    dropped: not sent on purpose (trained already, away, too late).
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    local_date: Named[date]
    slot_at: Named[datetime] = Column(UtcDateTime, doc="the planned moment")
    due_at: Named[datetime] = Column(
        UtcDateTime, doc="when to send it; an hour later once it is put off"
    )
    state: Named[str] = Column(String(8))
    routine: Named[str | None] = Column(String(40), doc="the suggested routine")
    answer: Named[str | None] = Column(String(9))
    message_id: Named[int | None] = Column(BigInteger)
    again_at: Named[datetime | None] = Column(UtcDateTime, doc="the earliest moment for a retry")
    tries: Named[int] = Column(server_default="0", doc="how often Telegram refused it")
    role: Named[str] = Column(
        String(6),
        server_default="counts",
        doc="counts: unless it is answered, it is an ignored one; asks: it asks whether reminders "
        "suit the runner; over: the runner has acted since, or no session could start on its day; "
        "once: the runner asked for this one",
    )


REMINDERS = Table(
    "reminders",
    METADATA,
    ReminderColumns,
    UniqueConstraint("runner_id", "local_date"),
    one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
    one_of("answer", "start", "later", "not-today"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)


class CalendarDayColumns(TypedColumns):
    """A training day as it was written into the runner's calendar file last.

    By these rows the next file changes what the last one brought, and cancels what is gone.
    """

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    day: Named[date] = Column(primary_key=True, doc="the local date")
    uid: Named[str] = Column(String(36), doc="by which calendars know the entry")
    starts_at: Named[datetime] = Column(UtcDateTime)
    zone: Named[str] = Column(String(64))
    about: Named[str] = Column(String(80), doc="all that the words of the entry depend on")
    revision: Named[int] = Column(doc="how often the entry has changed")
    changed_at: Named[datetime] = Column(UtcDateTime)
    is_cancelled: Named[bool] = Column(server_default=false(), doc="no training day any more")


CALENDAR_DAYS = Table("calendar_days", METADATA, CalendarDayColumns)


class QuestionColumns(TypedColumns):
    """The open question to a runner, who answers in words; `wish` is what the answer completes."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    wish: Named[dict[str, Any]] = Column(JSON)
    asked_at: Named[datetime] = Column(UtcDateTime)


QUESTIONS = Table("questions", METADATA, QuestionColumns)


class IncidentColumns(TypedColumns):
    """An ache or a pain that a runner reported, in a session or outside; never the words."""

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    session_id: Named[int | None] = Column(doc="None: outside a session")
    exercise: Named[str | None] = Column(String(40), doc="None: the warm-up, or no session")
    region: Named[str | None] = Column(String(16), doc="None: an ache somewhere")
    side: Named[str | None] = Column(String(5), doc="None: not known")
    kind: Named[str] = Column(String(9))
    score: Named[int] = Column(doc="0 to 10")
    days: Named[int | None] = Column(doc="how long an ache has lasted")
    level: Named[str | None] = Column(
        String(8), doc="how much the region rests after the report; None: not at all, or not known"
    )
    day: Named[date] = Column(doc="the runner's local date")
    worse: Named[bool] = Column(server_default=false(), doc="it was worse on the morning after")


INCIDENTS = Table(
    "incidents",
    METADATA,
    IncidentColumns,
    one_of("kind", "ache", "dull", "sharp", "one-sided", "joint", "bone", "groin"),
    one_of("side", "left", "right", "both"),
    one_of("level", "mild", "moderate", "strong", "lock"),
    Index(None, "runner_id", "day"),
    Index(None, "session_id"),
    sqlite_autoincrement=True,
)


class SentArchiveColumns(TypedColumns):
    """An export that the runner has sent to be brought back, until they say whether to use it.

    The file stays at Telegram; `digest` is the SHA-256 of its bytes.
    """

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    file_id: Named[str] = Column(String(255))
    digest: Named[str] = Column(String(64))
    asked_at: Named[datetime] = Column(UtcDateTime)


SENT_ARCHIVES = Table("sent_archives", METADATA, SentArchiveColumns)


class HurtingColumns(TypedColumns):
    """An unfinished pain report, so that typed answers can continue it.

    The report is valid only while the session is at `revision`.
    """

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    session_id: Named[int]
    revision: Named[int]
    kind: Named[str] = Column(String(9))
    region: Named[str | None] = Column(String(16))
    side: Named[str | None] = Column(String(5))
    score: Named[int | None]


HURTING = Table("hurting", METADATA, HurtingColumns)


class WarningSignColumns(TypedColumns):
    """A warning sign that the runner typed and that is not lifted: its kind, never the words."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    sign: Named[str] = Column(String(40))
    urgency: Named[str] = Column(String(9))
    doubt: Named[str | None] = Column(String(12), doc="None: it was plain")
    reported_at: Named[datetime] = Column(UtcDateTime)
    is_confirmed: Named[bool]
    screening_before: Named[str | None] = Column(String(16))
    screened_before_at: Named[datetime | None] = Column(UtcDateTime)
    regions: Named[list[Any] | None] = Column(
        JSON(none_as_null=True), doc="the parts of the body that the words named"
    )


WARNING_SIGNS = Table(
    "warning_signs",
    METADATA,
    WarningSignColumns,
    one_of("urgency", "emergency", "today", "days"),
    one_of("screening_before", "clear", "waiting", "agreed"),
)


class ConditionColumns(TypedColumns):
    """A condition that, by the runner's word, applies to them."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    condition: Named[str] = Column(String(16), primary_key=True)
    told_at: Named[datetime] = Column(UtcDateTime)
    detail: Named[str | None] = Column(String(16), doc="the age, or what is known of latex")
    settled_at: Named[datetime | None] = Column(
        UtcDateTime, doc="when a clinician or an adult agreed; None: sessions wait"
    )


CONDITIONS = Table(
    "conditions",
    METADATA,
    ConditionColumns,
    one_of("condition", *Condition),
    one_of("detail", *Detail),
)


class SafetyQuestionColumns(TypedColumns):
    """The safety screen that was asked last, and the answers ticked so far."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    asked_at: Named[datetime] = Column(UtcDateTime)
    routine: Named[str] = Column(String(40), doc="id of the one to start afterwards")
    ticked: Named[list[Any] | None] = Column(
        JSON(none_as_null=True), doc="None: not asked which condition applies"
    )
    screening_before: Named[str | None] = Column(String(16))
    screened_before_at: Named[datetime | None] = Column(UtcDateTime)


SAFETY_QUESTIONS = Table(
    "safety_questions",
    METADATA,
    SafetyQuestionColumns,
    one_of("screening_before", "clear", "waiting", "agreed"),
)


class RestAnswerColumns(TypedColumns):
    """What a runner said of a resting region, or what became of its rest.

    agreed: a clinician agreed, by the runner's word; trained: a session on the way back was done;
    ended: the rest was over when older rules ceased to hold; heard: a warning sign was read in the
    runner's words; sign: the runner has it.
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    region: Named[str] = Column(String(16))
    answer: Named[str] = Column(String(8))
    day: Named[date] = Column(doc="the runner's local date")
    after_incident: Named[int] = Column(doc="the last report before it; 0: none")


REST_ANSWERS = Table(
    "rest_answers",
    METADATA,
    RestAnswerColumns,
    one_of(
        "answer",
        *("worse", "same", "better", "ready", "not-yet", "agreed", "trained", "ended"),
        *("heard", "sign"),
    ),
    Index(None, "runner_id"),
    sqlite_autoincrement=True,
)


class PainTalkColumns(TypedColumns):
    """What a runner has said so far of pain outside a session; never the words.

    `revision` counts the answers.
    """

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    revision: Named[int]
    answers: Named[dict[str, Any]] = Column(JSON)
    asked_at: Named[datetime] = Column(UtcDateTime)


PAIN_TALKS = Table("pain_talks", METADATA, PainTalkColumns)


class MorningColumns(TypedColumns):
    """A question about resting regions on the morning after `day`; the row is also its timer.

    The states are those of a reminder. `hurt_at` is a moment of `day`.
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    day: Named[date]
    hurt_at: Named[datetime] = Column(UtcDateTime)
    due_at: Named[datetime] = Column(UtcDateTime)
    state: Named[str] = Column(String(8))
    answer: Named[str | None] = Column(String(6))
    message_id: Named[int | None] = Column(BigInteger)
    again_at: Named[datetime | None] = Column(UtcDateTime, doc="the earliest moment for a retry")
    tries: Named[int] = Column(server_default="0", doc="how often Telegram refused it")


MORNINGS = Table(
    "mornings",
    METADATA,
    MorningColumns,
    UniqueConstraint("runner_id", "day"),
    one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
    one_of("answer", "worse", "same", "better"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)


class MissedColumns(TypedColumns):
    """An offer to move a session whose reminder was ignored; the row is also its timer.

    The states are those of a reminder.
    """

    id: Named[int] = Column(primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner())
    reminder_id: Named[int] = Column(doc="the reminder that was ignored")
    due_at: Named[datetime] = Column(UtcDateTime)
    state: Named[str] = Column(String(8))
    message_id: Named[int | None] = Column(BigInteger)
    again_at: Named[datetime | None] = Column(UtcDateTime, doc="the earliest moment for a retry")
    tries: Named[int] = Column(server_default="0", doc="how often Telegram refused it")


MISSED_DAYS = Table(
    "missed_days",
    METADATA,
    MissedColumns,
    UniqueConstraint("runner_id", "reminder_id"),
    one_of("state", "claimed", "sending", "sent", "refused", "unknown", "dropped"),
    Index(None, "state", "due_at"),
    sqlite_autoincrement=True,
)


class SwapColumns(TypedColumns):
    """The exercise and form that a runner does instead of another exercise."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    exercise: Named[str] = Column(String(40), primary_key=True)
    instead: Named[str] = Column(String(40), doc='"": nothing, the exercise is left out')
    form: Named[str] = Column(String(40))
    region: Named[str | None] = Column(
        String(16), doc="as long as it rests; None: until the runner swaps back"
    )


SWAPS = Table("swaps", METADATA, SwapColumns)


class OwnRoutineColumns(TypedColumns):
    """A routine of a runner's own; `code` is in the link by which others get a copy."""

    code: Named[str] = Column(String(16), primary_key=True)
    runner_id: Named[int] = Column(BigInteger, of_runner(), index=True)
    name: Named[str] = Column(String(40))
    lines: Named[list[Any]] = Column(JSON, doc="the exercises with their sets and work")
    rest: Named[int | None] = Column(doc="seconds; None: each exercise's own")
    kept_from: Named[str | None] = Column(String(16), doc="code of the one it copies")
    created_at: Named[datetime] = Column(UtcDateTime)


OWN_ROUTINES = Table(
    "own_routines", METADATA, OwnRoutineColumns, UniqueConstraint("runner_id", "kept_from")
)


class RoutineDraftColumns(TypedColumns):
    """A routine that a runner is writing; `revision` counts the answers."""

    runner_id: Named[int] = Column(BigInteger, of_runner(), primary_key=True)
    revision: Named[int] = Column(BigInteger)
    draft: Named[dict[str, Any] | None] = Column(JSON(none_as_null=True), doc="None: saved or left")
    asked_at: Named[datetime] = Column(UtcDateTime)


ROUTINE_DRAFTS = Table("routine_drafts", METADATA, RoutineDraftColumns)


class UploadColumns(TypedColumns):
    """The file_id of a file uploaded to Telegram; `digest` is the SHA-256 of its bytes."""

    bot_id: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    digest: Named[str] = Column(String(64), primary_key=True)
    file_id: Named[str] = Column(String(255))


UPLOADS = Table("uploads", METADATA, UploadColumns)


class InboxColumns(TypedColumns):
    """An update whose receipt was confirmed to Telegram and which is not handled yet.

    Updates of one `chat_id` are handled in the order of `id`, by the process `holder`. If several
    processes share the database, the claim ends at `held_until`, by the database's clock.
    """

    id: Named[int] = Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    update_id: Named[int] = Column(BigInteger, unique=True)
    chat_id: Named[int] = Column(BigInteger)
    sender_id: Named[int | None] = Column(BigInteger, doc="the person who caused the update")
    body: Named[dict[str, Any]] = Column(JSON)
    received_at: Named[datetime] = Column(UtcDateTime)
    holder: Named[str | None] = Column(String(32))
    held_until: Named[datetime | None] = Column(UtcDateTime)
    replays: Named[int] = Column(
        server_default="0", doc="how often it was claimed again after a process had died"
    )


INBOX = Table(
    "inbox",
    METADATA,
    InboxColumns,
    Index(None, "chat_id"),
    Index(None, "sender_id"),
    sqlite_autoincrement=True,
)


class HandledUpdateColumns(TypedColumns):
    """The id of an update that was handled lately, in case Telegram delivers it again."""

    update_id: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    handled_at: Named[datetime] = Column(UtcDateTime)


HANDLED_UPDATES = Table("handled_updates", METADATA, HandledUpdateColumns)
