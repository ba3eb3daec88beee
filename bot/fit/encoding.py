"""Activities as FIT files: https://developer.garmin.com/fit/file-types/activity/.

A set has no field for its side, so that each refers to a step of a workout, which has a title.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, TypeVar

from fit_tool import FitFileBuilder
from fit_tool.data_message import DataMessage
from fit_tool.profile import profile_type as profile
from fit_tool.profile.messages.activity_message import ActivityMessage
from fit_tool.profile.messages.device_info_message import DeviceInfoMessage
from fit_tool.profile.messages.event_message import EventMessage
from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.lap_message import LapMessage
from fit_tool.profile.messages.record_message import RecordMessage
from fit_tool.profile.messages.session_message import SessionMessage
from fit_tool.profile.messages.set_message import SetMessage
from fit_tool.profile.messages.sport_message import SportMessage
from fit_tool.profile.messages.workout_message import WorkoutMessage
from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage

from bot.domain.activity import ActiveSet, Activity, FitName, Span

PRODUCT = "Band Coach"
STRENGTH = {
    "sport": profile.Sport.TRAINING,
    "sub_sport": profile.SubSport.STRENGTH_TRAINING,
}
LONGEST_TEXT = 80  # bytes
LARGEST_ID = 2**32 - 2
EPOCH = 631_065_600_000  # ms from 1970 to the first moment of FIT
CREATOR = 0  # the device that wrote the file


def _names(members: Any) -> list[str]:
    return [member.name.lower() for member in members]


CATEGORIES = _names(profile.ExerciseCategory)

Dated = tuple[datetime, DataMessage]
AnyMessage = TypeVar("AnyMessage", bound=DataMessage)


def encode(activity: Activity, titles: Sequence[str]) -> bytes:
    """Return the activity as a file; `titles` are those of its sets, with their sides."""
    builder = FitFileBuilder(strict=True)
    builder.add_all([*_head(activity), *_plan(activity, titles)])
    dated = sorted(_course(activity), key=lambda pair: pair[0])
    builder.add_all([message for _, message in dated])
    builder.add_all(_summary(activity))
    return bytes(builder.build_bytes())


def names_of(category: str) -> list[str] | None:
    """Return the exercise names of a category; None: there is no such category."""
    return _names(_exercises(category)) if category in CATEGORIES else None


def _head(activity: Activity) -> Iterator[DataMessage]:
    maker = {
        "manufacturer": profile.Manufacturer.DEVELOPMENT.value,
        "product": 0,
        "serial_number": activity.session % LARGEST_ID + 1,
        "product_name": PRODUCT,
    }
    start = _ms(activity.span.start)
    yield _message(FileIdMessage, type=profile.FileType.ACTIVITY, time_created=start, **maker)
    yield _message(DeviceInfoMessage, timestamp=start, device_index=CREATOR, **maker)
    yield _message(SportMessage, **STRENGTH)


def _plan(activity: Activity, titles: Sequence[str]) -> Iterator[DataMessage]:
    """Yield a workout with a step for each set, and the titles of the exercises."""
    yield _message(
        WorkoutMessage,
        workout_name=_short(activity.routine),
        num_valid_steps=len(activity.sets),
        **STRENGTH,
    )
    for index, (done, title) in enumerate(zip(activity.sets, titles, strict=True)):
        category, name = _numbers(done.exercise)
        yield _message(
            WorkoutStepMessage,
            message_index=index,
            workout_step_name=_short(title),
            intensity=profile.Intensity.ACTIVE,
            target_type=profile.WorkoutStepTarget.OPEN,
            exercise_category=category,
            exercise_name=name,
            **_measure(done),
        )
    titled = dict.fromkeys((_numbers(done.exercise), done.title) for done in activity.sets)
    for index, ((category, name), title) in enumerate(titled):
        yield _message(
            ExerciseTitleMessage,
            message_index=index,
            exercise_category=category,
            exercise_name=name,
            workout_step_name=_short(title),
        )


def _measure(done: ActiveSet) -> dict[str, Any]:
    if done.repetitions is None:
        time = profile.WorkoutStepDuration.TIME
        return {"duration_type": time, "duration_time": float(done.span.seconds)}
    reps = profile.WorkoutStepDuration.REPS
    return {"duration_type": reps, "duration_reps": done.repetitions}


def _course(activity: Activity) -> Iterator[Dated]:
    """Yield what happened, each with its moment; of the same moment, in the order of the file."""
    span = activity.span
    yield _timer(span.start, profile.EventType.START)
    moments = {moment for done in activity.sets for moment in (done.span.start, done.span.end)}
    for moment in (span.start, *(moments - {span.start, span.end}), span.end):
        generic = profile.ActivityType.GENERIC
        yield moment, _message(RecordMessage, timestamp=_ms(moment), activity_type=generic)
    for stopped, restarted in activity.pauses:
        yield _timer(stopped, profile.EventType.STOP)
        yield _timer(restarted, profile.EventType.START)
    yield from _sets(activity)
    yield from _laps(activity)
    yield _timer(span.end, profile.EventType.STOP_ALL)


def _timer(moment: datetime, kind: profile.EventType) -> Dated:
    timer = profile.Event.TIMER
    return moment, _message(EventMessage, timestamp=_ms(moment), event=timer, event_type=kind)


def _sets(activity: Activity) -> Iterator[Dated]:
    number = 0
    for index, done in enumerate(activity.sets):
        if (rest := activity.rests.get(index)) is not None:
            yield rest.end, _set(rest, number, profile.SetType.REST)
            number += 1
        category, name = _numbers(done.exercise)
        yield (
            done.span.end,
            _set(
                done.span,
                number,
                profile.SetType.ACTIVE,
                category=[category],
                category_subtype=None if name is None else [name],
                repetitions=done.repetitions,
                workout_step_index=index,
            ),
        )
        number += 1


def _set(span: Span, number: int, kind: profile.SetType, **fields: Any) -> SetMessage:
    return _message(
        SetMessage,
        timestamp=_ms(span.end),
        start_time=_ms(span.start),
        duration=float(span.seconds),
        set_type=kind.value,
        message_index=number,
        **fields,
    )


def _laps(activity: Activity) -> Iterator[Dated]:
    for index, lap in enumerate(activity.laps):
        warm_up = profile.Intensity.WARMUP
        yield (
            lap.span.end,
            _message(
                LapMessage,
                message_index=index,
                intensity=warm_up if lap.is_warm_up else profile.Intensity.ACTIVE,
                lap_trigger=profile.LapTrigger.MANUAL,
                workout_step_index=lap.first_set,
                **STRENGTH,
                **_times(lap.span),
            ),
        )


def _summary(activity: Activity) -> Iterator[DataMessage]:
    span = activity.span
    yield _message(
        SessionMessage,
        message_index=0,
        trigger=profile.SessionTrigger.ACTIVITY_END,
        first_lap_index=0,
        num_laps=len(activity.laps),
        **STRENGTH,
        **_times(span),
    )
    offset = activity.utc_offset
    yield _message(
        ActivityMessage,
        timestamp=_ms(span.end),
        local_timestamp=None if offset is None else (_ms(span.end + offset) - EPOCH) // 1000,
        total_timer_time=float(span.seconds),
        num_sessions=1,
        type=profile.Activity.MANUAL,
        event=profile.Event.ACTIVITY,
        event_type=profile.EventType.STOP,
    )


def _times(span: Span) -> dict[str, Any]:
    return {
        "timestamp": _ms(span.end),
        "start_time": _ms(span.start),
        "total_elapsed_time": (span.end - span.start).total_seconds(),
        "total_timer_time": float(span.seconds),
    }


def _numbers(exercise: FitName) -> tuple[int, int | None]:
    """Return the numbers of category and name; what the profile does not have has none."""
    if exercise.category not in CATEGORIES:
        return profile.ExerciseCategory.UNKNOWN.value, None
    category = profile.ExerciseCategory[exercise.category.upper()].value
    names = _exercises(exercise.category)
    known = exercise.name is not None and exercise.name in _names(names)
    return category, names[(exercise.name or "").upper()].value if known else None


def _exercises(category: str) -> Any:
    """Return the enumeration of a category's exercise names; an empty one if it has none."""
    camel = "".join(word.capitalize() for word in category.split("_"))
    return getattr(profile, f"{camel}ExerciseName", IntEnum("Empty", {}))


def _short(text: str) -> str:
    """Return the text within what a field holds."""
    return text.encode()[:LONGEST_TEXT].decode(errors="ignore")


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000


def _message(kind: type[AnyMessage], **fields: Any) -> AnyMessage:
    """Return a message with these fields; those that are None are left out."""
    message: AnyMessage = kind()
    for name, value in fields.items():
        assert hasattr(kind, name), name
        if value is not None:
            setattr(message, name, value)
    return message
