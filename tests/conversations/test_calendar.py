"""/calendar: a file that calendars read, and a sentence where there is nothing to put into it."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.conversations.stage import Runner, Stage
from tests.databases import rows


def calendar(stage: Stage, message: Message) -> Calendar:
    file = stage.world.files.find(message.media["document"]["file_id"])
    assert file is not None
    return Calendar.from_ical(stage.world.files.content(file).decode())


def uids(found: Calendar, status: str = "CONFIRMED") -> dict[str, str]:
    return {
        str(event["dtstart"].dt.date()): str(event["uid"])
        for event in found.walk("VEVENT")
        if event["status"] == status
    }


async def with_days(runner: Runner, days: str = "mon thu 07:00") -> None:
    await runner.says("/timezone Berlin")
    await runner.says(f"/reminders {days}")


async def test_the_training_days_come_as_a_file(stage: Stage, bea: Runner) -> None:
    await with_days(bea)
    shown = await bea.says("/calendar")
    assert shown.media["document"]["file_name"] == "training-days.ics"
    assert shown.media["document"]["mime_type"] == "text/calendar"
    assert "Your next 24 training days, until 15 February 2027" in shown.text
    event = calendar(stage, shown).walk("VEVENT")[0]
    assert str(event["url"]) == f"https://t.me/{stage.world.bot.username}?start=today"
    assert str(bea.id) not in str(event["uid"])


@pytest.mark.statements
@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["put it in my calendar", "Calendar!", "sync with my calendar"])
async def test_plain_words_do_too(bea: Runner, words: str) -> None:
    await with_days(bea)
    assert "as a file for your calendar" in (await bea.says(words)).text


@pytest.mark.slow
async def test_a_second_file_changes_the_first(stage: Stage, bea: Runner) -> None:
    await with_days(bea)
    first = calendar(stage, await bea.says("/calendar"))
    assert calendar(stage, await bea.says("/calendar")).to_ical() == first.to_ical()
    await bea.says("/reminders mon 08:00")
    shown = await bea.says("/calendar")
    second = calendar(stage, shown)
    assert "12 days of an earlier file are off" in shown.text
    assert uids(second) | uids(second, "CANCELLED") == uids(first)
    assert {event["sequence"] for event in second.walk("VEVENT")} == {1}


async def test_without_days_the_buttons_to_choose_them_are_offered(bea: Runner) -> None:
    await bea.says("/calendar")
    assert "you have chosen none yet" in bea.shown.text
    await bea.taps("Choose days")
    assert "Save" in bea.shown.labels


async def test_a_stranger_is_offered_them_too_and_nothing_is_stored(ann: Runner) -> None:
    await ann.says("/calendar")
    assert "you have chosen none yet" in ann.shown.text
    assert rows(ann.stage.database, "SELECT * FROM runners") == []


async def test_reminders_off_cancels_what_an_earlier_file_brought(
    stage: Stage, bea: Runner
) -> None:
    await with_days(bea)
    await bea.says("/calendar")
    await bea.says("/reminders off")
    shown = await bea.says("/calendar")
    assert "This file cancels the 24 days of an earlier file" in shown.text
    assert uids(calendar(stage, shown)) == {}
    assert shown.labels == ["Choose days"]


async def test_a_time_away_and_a_race_are_left_out_and_said(stage: Stage, bea: Runner) -> None:
    await with_days(bea)
    await bea.says("/away 10 December")
    await bea.says("/race half 20 December")
    shown = await bea.says("/calendar")
    assert "you are away are left out" in shown.text
    assert "your race leaves no room" in shown.text
    assert list(uids(calendar(stage, shown)))[:2] == ["2026-12-10", "2026-12-14"]


@pytest.mark.slow
async def test_away_all_the_time_there_is_no_file(bea: Runner) -> None:
    await with_days(bea)
    await bea.says("/away 1 April 2027")
    shown = await bea.says("/calendar")
    assert "no training day is left" in shown.text
    assert shown.media == {}


@pytest.mark.slow
async def test_a_moved_session_is_on_its_new_day(stage: Stage, bea: Runner) -> None:
    await bea.says("/week easy mon wed, rest tue")
    await with_days(bea, "wed 07:00")
    await stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    await bea.taps("Not today")
    await bea.taps("To Thursday 26 November")
    shown = await bea.says("/calendar")
    assert list(uids(calendar(stage, shown)))[:2] == ["2026-11-26", "2026-12-02"]


async def test_while_sessions_wait_it_says_for_what(bea: Runner) -> None:
    await with_days(bea)
    await bea.says("I have chest pain")
    shown = await bea.says("/calendar")
    assert shown.media == {}


@pytest.mark.slow
async def test_a_file_that_cannot_be_sent_can_be_tried_again(
    bea: Runner, errors_expected: None
) -> None:
    await with_days(bea)
    bea.stage.world.faults.add(Fault(method="sendDocument", status=500, times=3))
    shown = await bea.says("/calendar")
    assert "could not be sent" in shown.text
    bea.stage.world.faults.clear()
    await bea.taps("Try again", shown)
    assert bea.shown.media["document"]["file_name"] == "training-days.ics"


async def test_menu_and_help_name_it(bea: Runner) -> None:
    assert "/calendar" in (await bea.says("/help")).text
    assert "calendar file" in (await bea.says("/privacy")).text


@pytest.mark.slow
async def test_in_a_group_it_leads_to_the_private_chat(stage: Stage, bea: Runner) -> None:
    group = stage.world.add_group("Club", [bea.person])
    stage.world.say(bea.person, "/calendar", chat=group)
    await stage.settle()
    said = [message for message in stage.world.messages(group) if message.from_bot]
    assert ["between you and me" in message.text for message in said] == [True]
