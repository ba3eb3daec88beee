"""Every button's data is what it was packed from, fits into 64 bytes, and nothing else is a tap."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, time
from enum import Enum
from typing import Any, get_type_hints
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.callbacks import (
    BUTTONS,
    EVERY_WEEK,
    LARGEST,
    LIMIT,
    AcheTap,
    AskedDaysTap,
    AwayTap,
    BandsTap,
    BringBackTap,
    BrowseTap,
    ColoursTap,
    ColourTap,
    DaysTap,
    EachTap,
    EraseTap,
    ExerciseTap,
    FlagsTap,
    FlagTap,
    HowTap,
    HurtTap,
    Lasting,
    LeaveOutTap,
    MorningTap,
    MoveTap,
    NamesakesTap,
    OneTap,
    OwnTap,
    PainTap,
    Part,
    PartTap,
    PlaceTap,
    RaceMoveTap,
    RateOneTap,
    RateTap,
    RegionTap,
    ReminderTap,
    RestartTap,
    RoutineTap,
    SafetyTap,
    ScoreTap,
    SecondTap,
    ShowTap,
    SideTap,
    SkippedTap,
    SoreTap,
    StartTap,
    SuitTap,
    SummaryTap,
    SwapBackTap,
    SwapTap,
    SwapToTap,
    Tap,
    TrainAnywayTap,
    UntilTap,
    UseDaysTap,
    WhereTap,
    WhyTap,
    WishTap,
    pack,
    parse,
)
from bot.content import read_catalogue
from bot.content.reading import shipped
from bot.domain import pain
from bot.domain.feedback import Skip
from bot.domain.intents import Intent
from bot.domain.kit import ORDER, KitKind
from bot.domain.pain import MorningAnswer, Score, Urgency
from bot.domain.regions import Region, Side
from bot.domain.reminder import ReminderAnswer, Suiting
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, TrainingDay
from bot.domain.session import Move, Rating
from bot.routes import TAPS
from bot.views.reminders import NAME_BYTES
from tests.conftest import tries

LARGEST_ROW = LARGEST[int]
LARGEST_CHAT = 2**52  # Telegram: ids have at most 52 significant bits
SMALLEST = -(2**53)


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values for a field of this type, as our own buttons carry them."""
    if kind == date | None:
        return st.none() | st.dates()
    if kind is date:
        return st.dates()
    if kind in LARGEST:
        return st.integers(0, LARGEST[kind])
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return st.text("abcxyz019-", max_size=20)


def of_kind(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Taps of one kind, made from its fields' types."""
    if kind is DaysTap:
        flags = st.text("01", min_size=7, max_size=7)
        return st.builds(DaysTap, flags, st.times().map("{:%H%M}".format), st.integers(0, 1))
    if kind is AskedDaysTap:
        taps = st.tuples(of_kind(DaysTap), st.integers(0, LARGEST_ROW))
        return taps.map(lambda of: AskedDaysTap(of[0].days, of[0].at, of[0].save, of[1]))
    if kind is OwnTap:
        return st.sampled_from([OwnTap(*band, owned) for band in ORDER for owned in (0, 1)])
    if kind is UseDaysTap:
        return st.builds(UseDaysTap, st.text("01", min_size=7, max_size=7))
    if kind is PlaceTap:
        return st.builds(PlaceTap, st.sampled_from(sorted(available_timezones())))
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{f.name: of_type(hints[f.name]) for f in fields(kind)})


@given(st.data())
@settings(max_examples=tries(30))
@pytest.mark.parametrize("kind", BUTTONS.values(), ids=BUTTONS.keys())
def test_a_tap_is_parsed_as_what_was_packed(kind: type[Any], data: st.DataObject) -> None:
    tap: Tap = data.draw(of_kind(kind))
    packed = pack(tap)
    assert parse(packed) == tap
    assert 1 <= len(packed.encode()) <= LIMIT


def shipped_ids() -> tuple[list[str], list[str]]:
    catalogue, faults = read_catalogue([shipped()], "en")
    assert faults == []
    return list(catalogue.exercises), list(catalogue.routines)


def largest_taps() -> Iterator[Tap]:
    """The longest of each kind that the shipped content and any life-time can bring about."""
    exercises, routines = shipped_ids()
    row = LARGEST_ROW
    yield from (ExerciseTap(exercise) for exercise in exercises)
    yield from (PartTap(exercise, part) for exercise in (*exercises, "x" * 40) for part in Part)
    yield BrowseTap("t" * 40, 10**3)
    for routine in (*routines, "r" * 40):  # 40 is the most that a routine's id may have
        yield from (SafetyTap(answer, routine) for answer in Screening)
        yield from (StartTap(routine), RoutineTap(routine), RestartTap(10**9, routine, 1))
        yield TrainAnywayTap(routine, 1)
    yield from (MoveTap(move, row, row) for move in Move)
    yield from (RateTap(rating, row) for rating in Rating)
    yield from (RateOneTap(rating, row, row) for rating in Rating)
    yield from (SkippedTap(reason, row, row) for reason in Skip)
    yield from (SummaryTap(row), EachTap(row), OneTap(row, row), WhyTap(row))
    yield from (FlagTap(urgency, row, row) for urgency in Urgency)
    yield from (SoreTap(score, row, row) for score in Score)
    for kind in pain.PainKind:
        yield PainTap(kind, row, row)
        for region in Region:
            yield WhereTap(kind, region, row, row)
            yield from (ScoreTap(kind, region, score, row, row) for score in Score)
            yield from (SideTap(kind, region, side, row, row) for side in Side)
    yield from (RegionTap(region) for region in Region)
    yield from (MorningTap(morning, row) for morning in MorningAnswer)
    yield from (SwapToTap(lasting, "f" * 8, row, row) for lasting in Lasting)
    yield from (HurtTap(row, row), AcheTap(row, row), FlagsTap(row, row))
    yield from (SwapTap(row, row), SwapBackTap(row, row))
    yield from (LeaveOutTap("standing-leg-raise-3way", "0" * 8), BringBackTap("clamshell"))
    yield from (ReminderTap(answer, row) for answer in ReminderAnswer)
    yield from (SuitTap(answer, row) for answer in Suiting)
    yield from (WishTap(intent) for intent in Intent)
    yield from (SecondTap(yes, LARGEST_ROW) for yes in range(EVERY_WEEK + 1))
    yield from (ShowTap(row), HowTap(row, row), AwayTap(row), EraseTap(LARGEST_CHAT, 1))
    yield RaceMoveTap(row, date(2026, 12, 24))
    yield from (UntilTap(date(2026, 12, 24)), NamesakesTap("x" * NAME_BYTES))
    yield from (PlaceTap(zone) for zone in available_timezones())
    yield DaysTap("1" * 7, "2359", 1)
    yield AskedDaysTap("1" * 7, "2359", 1, LARGEST_ROW)
    yield from (BandsTap(kind) for kind in KitKind)
    for band in ORDER:
        yield from (OwnTap(*band, 1), ColoursTap(*band), ColourTap(*band, "c" * 20))


def test_the_longest_ids_fit_into_64_bytes() -> None:
    taps = list(largest_taps())
    assert [parse(pack(tap)) for tap in taps] == taps


def test_what_does_not_fit_is_refused_before_telegram_does() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        pack(ExerciseTap("x" * 60))
    with pytest.raises(ValueError, match="64 bytes"):
        pack(ExerciseTap("ж" * 30))


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        ":::::",
        "done",
        "close:",
        "close:1",
        "nothing:1",
        "CLOSE",
        "show",
        "show:",
        "show:x",
        "show:1:2",
        "show:1.0",
        "show:0x10",
        "show:1e5",
        "show:\x00",
        "show:²",
        "move:done:1",
        "move:fly:1:1",
        "move:DONE:1:1",
        "move:done:1:1:1",
        "move:done::1",
        "rate:great:1",
        "safety:yes:",
        "remind:maybe:1",
        "days:1111111:0700",
        "days:111111:0700:0",
        "days:11111111:0700:0",
        "days:1111112:0700:0",
        "days:1111111:2400:0",
        "days:1111111:0760:0",
        "days:1111111:700:0",
        "days:1111111:07:00:0",
        "whytoday:",
        "whytoday:20261224",
        "whytoday:2026-13-01",
        "until:2026-W52-4",
        "days:1111111:-1-1:0",
        "days:1111111:ab00:0",
        "restart:1:marathon-five",
        "erase:1:",
        "own:mini-band:light:yes",
        "own:mini-band:none:1",
        "own:door-anchor:light:1",
        "own:rope:light:1",
        "colours:mini-band:strong",
        "__class__:1",
    ],
)
def test_what_no_button_holds_is_no_tap(data: str) -> None:
    assert parse(data) is None


@pytest.mark.parametrize(
    "data",
    [
        "show: 5",
        "show:+5",
        "show:05",
        "show:1_0",
        "show:٥",
        "days:1111111:٠٧٠٠:0",
        "move:done:99999999999999999999:1",
        "move:done:2147483648:1",
        "move:done:1:2147483648",
        "erase:1000000000000000000:1",
        "rate:easy:99999999999999999999",
    ],
)
def test_a_number_that_we_never_wrote_is_no_tap(data: str) -> None:
    assert parse(data) is None


NUMBERS = st.integers(SMALLEST, LARGEST_CHAT).map(str)
PIECES = st.sampled_from(
    [*BUTTONS, *Move, *ReminderAnswer, *Rating, *Screening, "", "1111111", "0700"]
)


@given(st.text() | st.lists(PIECES | NUMBERS | st.text(max_size=5), max_size=6).map(":".join))
@example("show:" + "9" * 5000)
@example("days:1111111:0700:" + "1" * 40)
@example("\ud800")
def test_hostile_data_never_raises(data: str) -> None:
    tap = parse(data)
    assert tap is None or type(tap) in TAPS


@given(of_kind(DaysTap), st.integers(0, 6))
def test_a_day_tapped_twice_is_as_before(tap: DaysTap, index: int) -> None:
    once = tap.with_day_changed(index)
    assert {day.weekday for day in once.schedule} ^ {day.weekday for day in tap.schedule} == {
        WEEK[index]
    }
    assert once.with_day_changed(index).schedule == tap.schedule


@given(of_kind(DaysTap), st.sampled_from([-60, -15, 15, 60]))
def test_the_time_goes_round_the_clock_and_back(tap: DaysTap, minutes: int) -> None:
    shifted = tap.with_time_shifted(minutes)
    before, after = (at.hour * 60 + at.minute for at in (tap.time, shifted.time))
    assert (after - before - minutes) % (24 * 60) == 0
    assert shifted.with_time_shifted(-minutes).time == tap.time
    assert shifted.days == tap.days


def test_an_hour_before_half_past_midnight_is_half_past_eleven() -> None:
    assert DaysTap("0000000", "0030").with_time_shifted(-60).at == "2330"


@given(of_kind(DaysTap))
def test_only_save_saves(tap: DaysTap) -> None:
    assert tap.to_save().save == 1
    assert tap.to_save().schedule == tap.schedule
    assert (tap.with_day_changed(0).save, tap.with_time_shifted(15).save) == (0, 0)


def test_the_picker_shows_the_days_that_are_chosen() -> None:
    at = time(6, 45)
    schedule = (TrainingDay(WEEK[0], at), TrainingDay(WEEK[5], at))
    tap = DaysTap.of(schedule, at)
    assert (tap.days, tap.at, tap.schedule) == ("1000010", "0645", schedule)
