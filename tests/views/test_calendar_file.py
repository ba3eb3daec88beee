"""The calendar file obeys RFC 5545, and has the right moment in every zone and on every change."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from bot.content.reading import shipped
from bot.content.texts import Texts
from bot.domain.calendar_days import CalendarDay, CalendarEntry, PlannedDay, plan, revised
from bot.domain.race import Distance, Race
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, TrainingDay, moment, next_clock_change
from bot.domain.standing import standing
from bot.views.calendar_file import calendar_file
from tests.shipped import TEXTS

LINK = "https://t.me/band_coach_bot?start=today"
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Tokyo",
)
ODD = 'Läufe, <b>Band</b>; "5\\6"\nand a second line 🏃 ' + "深蹲" * 40


def entries(
    zone: str = "Europe/Berlin",
    now: datetime = NOW,
    at: time = time(7),
    races: Sequence[Race] = (),
    stored: Sequence[CalendarDay] = (),
    weekdays: Sequence[int] = range(7),
) -> tuple[CalendarEntry, ...]:
    runner = Runner(1, zone=zone, schedule=tuple(TrainingDay(WEEK[day], at) for day in weekdays))
    planned = plan(
        runner, now, lambda day: standing({}, races, day), moved={}, taken=(), done=0
    ).days
    by_day = {each.day: each for each in planned}
    numbers = iter(range(1000))
    days = revised(stored, planned, zone, now, lambda: f"uid-{next(numbers)}")
    return tuple(CalendarEntry(each, by_day.get(each.day)) for each in days)


def written(*args: object, texts: Texts = TEXTS, **about: object) -> str:
    return calendar_file(texts, entries(*args, **about), LINK).decode()  # type: ignore[arg-type]


@pytest.fixture
def odd(tmp_path: Path) -> Texts:
    """Sentences of a host with everything in them that has a meaning in the file."""
    own = tmp_path / "en.ftl"
    value = ODD.replace("\n", "\n    ").replace("{", "")
    own.write_text(
        f"calendar-title-strength = {value}\ncalendar-name = A, B; C\n", encoding="utf-8"
    )
    return Texts("en", [shipped() / "locales" / "en.ftl", own])


def properties(text: str) -> list[str]:
    """The lines of the file with their folds undone."""
    return text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


@pytest.mark.parametrize("case", ["usual", "odd"])
def test_lines_are_folded_and_ended_as_the_standard_says(case: str, odd: Texts) -> None:
    text = written(texts=odd if case == "odd" else TEXTS)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    pattern = re.compile(r"[A-Z0-9-]+(;[A-Z0-9-]+=[^:;]+)*:.*")
    assert [line for line in properties(text) if not pattern.fullmatch(line)] == []


def test_text_is_escaped_and_read_back_as_it_was(odd: Texts) -> None:
    calendar = Calendar.from_ical(written(texts=odd))
    event = calendar.walk("VEVENT")[0]
    assert str(event["summary"]) == ODD
    assert str(event.walk("VALARM")[0]["description"]) == ODD
    raw = next(line for line in properties(written(texts=odd)) if line.startswith("SUMMARY"))
    assert "Läufe\\, <b>Band</b>\\; " in raw
    assert "\\nand a second line" in raw


def test_the_file_has_what_the_standard_demands_once() -> None:
    calendar = Calendar.from_ical(written())
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert "Band Coach" in calendar["prodid"]
    assert calendar.errors == []
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "DTSTART", "DURATION", "SEQUENCE", "SUMMARY", "STATUS"):
            assert name in event
            assert not isinstance(event[name], list)
        assert "DTEND" not in event
        alarm = event.walk("VALARM")[0]
        assert alarm["action"] == "DISPLAY"
        assert alarm["trigger"].dt == -timedelta(minutes=10)
        assert alarm["description"]
    stamps = [line for line in properties(written()) if line.startswith(("DTSTAMP", "LAST-MOD"))]
    assert all(line.endswith("Z") for line in stamps)
    assert len({str(event["uid"]) for event in calendar.walk("VEVENT")}) == 83


def test_the_link_is_in_the_address_and_in_the_description() -> None:
    event = Calendar.from_ical(written()).walk("VEVENT")[0]
    assert str(event["url"]) == LINK
    assert LINK in str(event["description"])


def test_an_entry_has_its_revision_and_the_moment_of_its_last_change() -> None:
    first = entries()
    later = NOW + timedelta(days=1)
    second = entries(
        now=later, stored=[each.entry for each in first], weekdays=range(6), at=time(8)
    )
    text = calendar_file(TEXTS, second, LINK).decode()
    events = Calendar.from_ical(text).walk("VEVENT")
    assert {(event["sequence"], event["last-modified"].dt) for event in events[:83]} >= {(1, later)}
    assert all(event["dtstamp"].dt == event["last-modified"].dt for event in events)
    off = [event for event in events if event["status"] == "CANCELLED"]
    assert {event["dtstart"].dt.weekday() for event in off} == {6}
    assert {str(event["summary"]) for event in off} == {"Band session: off"}
    assert not any(event.walk("VALARM") for event in off)
    uids = {each.entry.day: each.entry.uid for each in first}
    for event in events:
        day = event["dtstart"].dt.date()
        assert str(event["uid"]) == uids.get(day, str(event["uid"]))


def zone_in(text: str, zone: str):
    """The zone as a program reads it that knows only the file."""
    part = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    import io

    return tzical(io.StringIO(part.replace("\r\n", "\n"))).get(zone)


@pytest.mark.breadth(6)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("start", [date(2026, 2, 20), date(2026, 9, 1), date(2027, 1, 20)])
def test_the_zone_in_the_file_has_every_change_of_the_clocks(zone: str, start: date) -> None:
    now = datetime.combine(start, time(), UTC)
    text = written(zone, now)
    read, true = zone_in(text, zone), ZoneInfo(zone)
    for hour in range(24 * 84):
        utc = (now + timedelta(hours=hour)).replace(tzinfo=None)
        local = (now + timedelta(hours=hour)).astimezone(true)
        wall = local.replace(tzinfo=None)
        is_certain = (
            wall.replace(tzinfo=true, fold=0).utcoffset()
            == wall.replace(tzinfo=true, fold=1).utcoffset()
        )
        if is_certain:
            assert wall.replace(tzinfo=read).utcoffset() == local.utcoffset(), (utc, wall)


@pytest.mark.breadth(4)
@pytest.mark.parametrize("zone", ZONES[:-1])
@pytest.mark.parametrize("minutes", range(0, 240, 15))
def test_each_day_has_the_moment_of_its_reminder_on_the_changes_too(
    zone: str, minutes: int
) -> None:
    at = time(minutes // 60, minutes % 60)
    change = next_clock_change(zone, datetime(2026, 1, 15, tzinfo=UTC))
    for _ in range(2):
        assert change is not None
        text = written(zone, change - timedelta(days=3), at)
        for event in Calendar.from_ical(text).walk("VEVENT")[:7]:
            wall = event["dtstart"].dt.replace(tzinfo=None)
            read = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            assert read == moment(wall.date(), at, ZoneInfo(zone))
            assert event["dtstart"].params["TZID"] == zone
        change = next_clock_change(zone, change)


def test_near_a_race_the_title_says_so() -> None:
    race = Race(1, Distance.HALF, date(2026, 12, 20))
    events = Calendar.from_ical(written(races=[race], weekdays=(0, 3))).walk("VEVENT")
    titles = {event["dtstart"].dt.date(): str(event["summary"]) for event in events}
    assert titles[date(2026, 11, 26)] == "Band session"
    assert titles[date(2026, 12, 7)] == (
        "Band session, 13 days to your half marathon: one easy set of each"
    )
    assert titles[date(2026, 12, 14)] == ("Band session, 6 days to your half marathon: a light one")
    assert date(2026, 12, 17) not in titles
    described = next(event for event in events if event["dtstart"].dt.date() == date(2026, 12, 14))
    assert "no strength work for your legs now" in described["description"]


def test_every_kind_of_day_has_a_title() -> None:
    for distance in Distance:
        for weekday in range(7):
            race = Race(1, distance, date(2026, 12, 20))
            assert written(races=[race], weekdays=(weekday,))
            assert isinstance(entries(races=[race])[0].planned, PlannedDay)
