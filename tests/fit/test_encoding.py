"""FIT files, read back by Garmin's own SDK and compared with the log of the session."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from garmin_fit_sdk import Decoder, Profile, Stream

from bot.domain.activity import Activity, FitName, activity
from bot.domain.session import MOVES, Move, Outcome, Phase, Session, StepLog, tick
from bot.fit.encoding import encode
from bot.views.watch import titles
from tests.shipped import CATALOGUE, TEXTS

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 30, 11, 0, 0, 400_000, tzinfo=UTC)
BEFORE_MIDNIGHT = datetime(2026, 11, 30, 22, 50, tzinfo=UTC)
CLOCKS_GO_BACK = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
CLOCKS_GO_FORWARD = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
EPOCH = datetime(1989, 12, 31, tzinfo=UTC)

Read = dict[str, list[dict[str, Any]]]


def decoded(file: bytes) -> Read:
    """The messages by kind, read without an error by a decoder that has checked the sums."""
    assert Decoder(Stream.from_byte_array(bytearray(file))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(file))).read()
    assert errors == []
    return messages


def routine(key: str, pace: Move, at: datetime) -> Session:
    steps = CATALOGUE.steps(CATALOGUE.routines[key], 9)
    session = Session(5, 1, key, CATALOGUE.name_of(key), steps)
    begun = MOVES[pace](session, at)
    assert begun is not None
    return begun


def walked(key: str, pace: Move, at: datetime, moves: dict[int, Move]) -> Session:
    """A routine from its start to its end; at these positions, this move comes in between."""
    session, now, left = routine(key, pace, at), at, dict(moves)
    while session.is_open:
        now += timedelta(seconds=7.3)
        due = session.due_at
        move = left.pop(session.position, None)
        if move is not None and (after := MOVES[move](session, now)) is not None:
            session = after
            if move in (Move.PAUSE, Move.HURT) and session.is_open:
                now += timedelta(seconds=95)
                session = (
                    MOVES[Move.RESUME if move is Move.PAUSE else Move.SKIP](session, now) or session
                )
        elif session.clock is not None and due is not None:
            now = max(now, due)
            session = tick(session, now) or session
        else:
            now += timedelta(seconds=session.step.work + session.step.rest)
            session = MOVES[Move.DONE](session, now) or session
    return session


def made(session: Session, zone: ZoneInfo | None = BERLIN) -> tuple[Activity, Read]:
    found = activity(session, CATALOGUE.fit_name, zone)
    assert found is not None
    return found, decoded(encode(found, titles(TEXTS, found)))


def done(session: Session) -> Iterator[StepLog]:
    for entry in session.log:
        if entry.outcome is Outcome.DONE and session.steps[entry.step].is_work:
            yield entry


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def assert_is_the_log(session: Session, read: Read, zone: ZoneInfo) -> None:
    sets = [each for each in read["set_mesgs"] if each["set_type"] == "active"]
    log = list(done(session))
    assert len(sets) == len(log) == session.count(Outcome.DONE)
    for entry, each in zip(log, sets, strict=True):
        step = session.steps[entry.step]
        assert each["timestamp"] == whole(entry.at)
        if entry.seconds is not None:
            assert each["duration"] == pytest.approx(entry.seconds, abs=1)
        assert ("repetitions" in each) == bool(step.count)
        plan = read["workout_step_mesgs"][each["wkt_step_index"]]
        assert plan["wkt_step_name"] == (f"{step.name}, {step.side}" if step.side else step.name)
        named = CATALOGUE.fit_name(step.exercise or "", step.form)
        assert named is not None
        assert each["category"] == plan["exercise_category"] == named.category
        names = Profile["types"][f"{named.category}_exercise_name"]
        assert names.get(each.get("category_subtype")) == named.name
        assert "weight" not in each
    assert_times(session, read, zone)


def assert_times(session: Session, read: Read, zone: ZoneInfo) -> None:
    """All times are in order, add up, and are those of the session."""
    (summary,), (act,) = read["session_mesgs"], read["activity_mesgs"]
    assert session.started_at is not None
    assert (summary["sport"], summary["sub_sport"]) == ("training", "strength_training")
    assert summary["start_time"] == whole(session.started_at)
    assert summary["num_laps"] == len(read["lap_mesgs"])
    elapsed, timer = summary["total_elapsed_time"], summary["total_timer_time"]
    assert sum(lap["total_elapsed_time"] for lap in read["lap_mesgs"]) == elapsed
    assert sum(lap["total_timer_time"] for lap in read["lap_mesgs"]) == timer
    assert sum(each["duration"] for each in read["set_mesgs"]) <= timer
    moments = [each["timestamp"] for each in read["set_mesgs"]]
    assert moments == sorted(moments)
    local = EPOCH + timedelta(seconds=act["local_timestamp"])
    assert local.replace(tzinfo=None) == act["timestamp"].astimezone(zone).replace(tzinfo=None)
    events = [(each["event_type"], each["timestamp"]) for each in read["event_mesgs"]]
    assert [kind for kind, _ in events] == [
        *(["start", "stop"] * (len(events) // 2 - 1)),
        "start",
        "stop_all",
    ]
    running = zip(events[::2], events[1::2], strict=True)
    assert sum((end - start).total_seconds() for (_, start), (_, end) in running) == timer


MIXED = {2: Move.SKIP, 4: Move.PAUSE, 7: Move.MORE, 9: Move.HURT, 12: Move.BACK}


@pytest.mark.breadth(4)
@pytest.mark.parametrize("pace", [Move.HANDS_FREE, Move.OWN_PACE])
@pytest.mark.parametrize("key", sorted(CATALOGUE.routines))
def test_every_routine_is_read_as_it_was_done(key: str, pace: Move) -> None:
    for moves in ({}, MIXED, {**MIXED, 13: Move.STOP}):
        session = walked(key, pace, NOON, moves)
        assert_is_the_log(session, made(session)[1], BERLIN)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("start", [BEFORE_MIDNIGHT, CLOCKS_GO_BACK, CLOCKS_GO_FORWARD])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
def test_midnight_and_changed_clocks_move_no_time(start: datetime, zone: str) -> None:
    session = walked("marathon-five", Move.HANDS_FREE, start, {5: Move.PAUSE})
    _, read = made(session, ZoneInfo(zone))
    assert_is_the_log(session, read, ZoneInfo(zone))


def test_a_pause_stops_the_timer_for_as_long_as_it_was() -> None:
    session = walked("marathon-five", Move.HANDS_FREE, NOON, {5: Move.PAUSE})
    _, read = made(session)
    _, (kind, stopped), (again, started), _ = (
        (each["event_type"], each["timestamp"]) for each in read["event_mesgs"]
    )
    assert (kind, again) == ("stop", "start")
    assert (started - stopped).total_seconds() == 95
    summary = read["session_mesgs"][0]
    assert summary["total_elapsed_time"] - summary["total_timer_time"] == 95


def test_rests_stand_between_the_sets() -> None:
    found, read = made(walked("marathon-five", Move.HANDS_FREE, NOON, {}))
    kinds = [each["set_type"] for each in read["set_mesgs"]]
    assert kinds.count("rest") == len(found.rests)
    assert [each["message_index"] for each in read["set_mesgs"]] == list(range(len(kinds)))
    assert "rest rest" not in " ".join(kinds)


def test_the_first_lap_is_the_warm_up() -> None:
    _, read = made(walked("marathon-five", Move.HANDS_FREE, NOON, {}))
    assert [lap["intensity"] for lap in read["lap_mesgs"]][:2] == ["warmup", "active"]


def test_the_same_session_gives_the_same_file_so_that_a_second_import_is_known() -> None:
    session = walked("marathon-five", Move.OWN_PACE, NOON, {})
    found, read = made(session)
    assert encode(found, titles(TEXTS, found)) == encode(found, titles(TEXTS, found))
    (file,) = read["file_id_mesgs"]
    assert file["serial_number"] == session.id + 1
    assert file["time_created"] == whole(NOON)
    (device,) = read["device_info_mesgs"]
    assert device["product_name"] == file["product_name"] == "Band Coach"


def test_a_session_of_somebody_without_a_place_says_no_local_time() -> None:
    _, read = made(walked("marathon-five", Move.OWN_PACE, NOON, {}), None)
    assert "local_timestamp" not in read["activity_mesgs"][0]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        (FitName("banded_exercises", "no_such_name"), "banded_exercises"),
        (FitName("no_such_category", "squat"), "unknown"),
        (FitName("total_body"), "total_body"),
    ],
)
def test_a_name_that_the_profile_lacks_leaves_the_title(name: FitName, category: str) -> None:
    session = walked("marathon-five", Move.OWN_PACE, NOON, {3: Move.STOP})
    found = activity(session, lambda _exercise, _form: name, BERLIN)
    assert found is not None
    long = "Überkopf-Brücke " * 20
    odd = replace(found, sets=tuple(replace(each, title=long) for each in found.sets))
    read = decoded(encode(odd, [long] * len(odd.sets)))
    assert read["set_mesgs"][-1]["category"] == category
    assert "category_subtype" not in read["set_mesgs"][-1]
    (title,) = read["exercise_title_mesgs"]
    assert long.startswith(title["wkt_step_name"])


def test_a_session_that_was_stopped_is_what_was_done() -> None:
    session = walked("marathon-five", Move.HANDS_FREE, NOON, {6: Move.STOP})
    assert session.phase is Phase.STOPPED
    _, read = made(session)
    assert_is_the_log(session, read, BERLIN)
    assert read["session_mesgs"][0]["total_timer_time"] < 900
