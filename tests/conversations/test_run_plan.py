"""A running plan sent as a calendar file: read, asked about, used, and followed."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.world.faults import Fault
from tests.conversations.stage import Runner, Stage
from tests.databases import rows

TUESDAY = date(2026, 11, 24)
PROGRAMS = Path(__file__).parents[1] / "calendars" / "programs"
DAILY = "RRULE:FREQ=DAILY"


def day(number: int) -> date:
    return TUESDAY + timedelta(days=number)


def calendar(*events: str) -> bytes:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


def event(number: int, title: str, *lines: str) -> str:
    """Return an event so many days from Tuesday."""
    start = f"DTSTART;VALUE=DATE:{day(number):%Y%m%d}"
    return "\r\n".join(("BEGIN:VEVENT", start, f"SUMMARY:{title}", *lines, "END:VEVENT"))


WEEK = calendar(
    event(0, "Easy 8 km"),
    event(1, "8x400 track"),
    event(3, "Morning run"),
    event(5, "Long run"),
    event(10, "Morning run"),
    event(11, "Club night"),
    event(131, "Spring Marathon race"),
)


async def sends(runner: Runner, content: bytes, name: str = "plan.ics") -> None:
    runner.stage.world.send_document(runner.person, name, content, mime="text/calendar")
    await runner.stage.settle()


def kept(runner: Runner) -> list[tuple[str, str]]:
    """Return the kinds and titles in the plan that is used."""
    found = rows(
        runner.stage.database,
        "SELECT kind, title FROM run_plan_entries JOIN run_plans ON run_plans.id = plan_id "
        f"WHERE runner_id = {runner.id} AND expires_at IS NULL ORDER BY day",
    )
    return [(row["kind"], row["title"]) for row in found]


async def test_a_file_is_shown_day_by_day_and_nothing_is_used_before_a_tap(bea: Runner) -> None:
    await sends(bea, WEEK)
    assert "Tue 24 Nov: easy · Easy 8 km" in bea.shown.text
    assert "Wed 25 Nov: hard · 8x400 track" in bea.shown.text
    assert "Thu 26 Nov: –" in bea.shown.text
    assert "Fri 27 Nov: unclear · Morning run" in bea.shown.text
    assert "A race: Sunday 4 April · Spring Marathon race" in bea.shown.text
    assert "I found 7 days, the last of them Sunday 4 April 2027." in bea.shown.text
    assert "2 titles do not tell me what they are" in bea.shown.text
    assert bea.shown.labels == ["Tell you what is unclear", "Use it", "Leave it"]
    assert kept(bea) == []
    await bea.says("/week")
    assert "Tell me your running week" in bea.shown.text


async def test_use_it_keeps_it_once_and_offers_its_race(bea: Runner) -> None:
    await sends(bea, WEEK)
    draft = bea.shown
    await bea.taps("Use it")
    assert len(kept(bea)) == 7
    assert "Your plan is in use" in bea.shown.text
    count = len(bea.messages)
    await bea.taps("Use it", draft)
    assert (len(kept(bea)), len(bea.messages)) == (7, count)
    await bea.taps("Marathon, 4 Apr")
    assert "your marathon. This one counts." in bea.shown.text
    await bea.says("the race moved to 11 April")
    assert "race" not in [kind for kind, _ in kept(bea)]


@pytest.mark.slow
async def test_of_many_entries_on_a_day_those_that_weigh_most_are_shown(bea: Runner) -> None:
    names = ("Strength", "Easy 5k", "Intervals")
    await sends(bea, calendar(*(event(1, name) for name in names)))
    assert "Wed 25 Nov: easy · Easy 5k\nWed 25 Nov: hard · Intervals" in bea.shown.text
    assert "Wed 25 Nov: 1 more" in bea.shown.text


@pytest.mark.slow
async def test_a_plan_is_used_or_left_in_words_too(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.says("leave it")
    assert bea.shown.text == "All right, I have forgotten that plan."
    await bea.says("use it")
    assert kept(bea) == []
    await sends(bea, WEEK)
    await bea.taps("Tell you what is unclear")
    await bea.says("easy")
    await bea.says("hard")
    await bea.says("use it")
    assert len(kept(bea)) == 7


@pytest.mark.slow
async def test_a_race_whose_distance_is_unknown_asks_for_it(bea: Runner) -> None:
    await sends(bea, calendar(event(40, "Race: Grand Raid")))
    await bea.taps("Use it")
    await bea.taps("Race: Grand Raid, 3 Jan")
    assert "Which distance" in bea.shown.text
    await bea.taps("Ultra up to 80 km")
    assert rows(bea.stage.database, "SELECT distance FROM races")[0]["distance"] == "ultra"


@pytest.mark.slow
async def test_leave_it_keeps_nothing(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Leave it")
    assert "I have forgotten that plan" in bea.shown.text
    assert rows(bea.stage.database, "SELECT * FROM run_plans") == []
    assert rows(bea.stage.database, "SELECT * FROM run_plan_entries") == []


@pytest.mark.statements
async def test_what_is_unclear_is_asked_by_title_by_buttons_and_in_words(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Tell you what is unclear")
    assert "What is “Morning run”? It comes twice, first on Friday 27 November." in bea.shown.text
    assert bea.shown.labels[:5] == ["Easy", "Hard", "Long", "Rest", "Not a run"]
    first = bea.shown
    await bea.taps("Easy")
    assert "What is “Club night”?" in bea.shown.text
    await bea.taps("Hard", first)
    await bea.stage.restart()
    await bea.says("interval")
    assert "Sat 5 Dec: hard · Club night" in bea.shown.text
    assert "Fri 27 Nov: easy · Morning run" in bea.shown.text
    assert "Tell you what is unclear" not in bea.shown.labels


async def test_a_question_that_is_skipped_leaves_the_run_unclear(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Tell you what is unclear")
    await bea.says("skip")
    assert "Fri 27 Nov: unclear · Morning run" in bea.shown.text
    assert bea.shown.labels == ["Tell you what is unclear", "Use it", "Leave it"]


@pytest.mark.statements
async def test_the_distance_of_a_race_is_read_in_other_languages(bea: Runner) -> None:
    await sends(bea, calendar(event(40, "Berliner Halbmarathon, Wettkampf")))
    await bea.taps("Use it")
    await bea.taps("Half marathon, 3 Jan")
    assert "your half marathon. This one counts." in bea.shown.text


@pytest.mark.slow
async def test_what_is_no_run_goes_and_rest_has_no_title(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Tell you what is unclear")
    await bea.taps("Not a run")
    await bea.says("rest")
    await bea.taps("Use it")
    assert [kind for kind, title in kept(bea)] == ["easy", "hard", "long", "rest", "race"]
    assert ("rest", "") in kept(bea)


@pytest.mark.slow
async def test_what_stays_unclear_can_be_told_later_and_counts_as_hard(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await sends(bea, calendar(event(1, "Morning run"), event(4, "Easy run")))
    await bea.taps("Use it")
    await bea.says("/today")
    assert "A hard run is tomorrow" in bea.shown.text
    await bea.taps("Tell you what is unclear")
    await bea.taps("Easy")
    await bea.says("/today")
    assert "A hard run is tomorrow" not in bea.shown.text


async def test_the_plan_comes_before_the_week_and_the_rest_falls_back(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/week long sun, hard wed")
    await sends(bea, calendar(event(1, "Easy run"), event(4, "Long run")))
    await bea.taps("Use it")
    await bea.says("/week")
    assert "Your next seven days, by your plan" in bea.shown.text
    lines = bea.shown.text.splitlines()
    assert lines[1:8] == [
        "Tuesday: nothing planned",
        "Wednesday: easy run",
        "Thursday: nothing planned",
        "Friday: nothing planned",
        "Saturday: long run",
        "Sunday: long run",
        "Monday: nothing planned",
    ]
    assert bea.shown.labels[-5:] == ["Mon", "Tue", "Thu", "Fri", "Sun"]


@pytest.mark.slow
async def test_a_race_and_an_unclear_run_in_the_coming_week_are_told(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await sends(bea, calendar(event(1, "Run"), event(4, "10k race")))
    await bea.taps("Use it")
    await bea.says("/week")
    assert "Wednesday: unclear, so taken as hard" in bea.shown.text
    assert "Not Wednesday: tell me first what that run is." in bea.shown.text
    assert "Saturday: race" in bea.shown.text
    assert "Not Friday: the race comes the next day." in bea.shown.text


async def test_a_reminder_follows_the_plan(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 07:00")
    await sends(bea, calendar(event(2, "Sortie longue 1h45")))
    await bea.taps("Use it")
    await bea.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert "Your long run is tomorrow" in bea.shown.text
    await bea.taps("Not today")
    assert bea.shown.labels[0] == "To Saturday 28 November"


@pytest.mark.slow
async def test_strength_in_the_plan_counts_as_done_elsewhere(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await sends(bea, calendar(event(0, "Gym"), event(1, "Easy run"), event(3, "Leg day")))
    await bea.taps("Use it")
    await bea.says("/today")
    assert "Your plan has strength for the legs within 48 hours" in bea.shown.text
    await bea.taps("Why today?")
    assert "48 hours are the usual careful distance" in bea.shown.text
    await bea.says("/week")
    assert "Tuesday: strength" in bea.shown.text
    assert "strength for the legs on Tuesday and Friday" in bea.shown.text
    assert "Use these days" not in bea.shown.labels


@pytest.mark.slow
async def test_a_newer_file_replaces_the_older_once_it_is_used(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Use it")
    await sends(bea, calendar(event(2, "Tempo")))
    assert len(kept(bea)) == 7
    await bea.taps("Use it")
    assert kept(bea) == [("hard", "Tempo")]
    assert len(rows(bea.stage.database, "SELECT * FROM run_plans")) == 1


@pytest.mark.slow
async def test_an_older_draft_and_one_of_yesterday_can_be_used_no_more(bea: Runner) -> None:
    await sends(bea, WEEK)
    older = bea.shown
    await sends(bea, calendar(event(2, "Tempo")))
    newer = bea.shown
    await bea.taps("Use it", older)
    await bea.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    await bea.taps("Use it", newer)
    assert kept(bea) == []


@pytest.mark.slow
async def test_a_draft_of_another_runner_is_not_touched(stage: Stage, bea: Runner) -> None:
    await sends(bea, WEEK)
    ann = await stage.runner("Ann").is_ready()
    plan = rows(stage.database, "SELECT id FROM run_plans")[0]["id"]
    for data in (f"useplan:{plan}", f"leaveplan:{plan}", f"askplan:{plan}", f"plan:{plan}"):
        await ann.sends_data(ann.shown, data)
    assert kept(ann) == []
    await bea.taps("Use it")
    assert len(kept(bea)) == 7


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Easy run on Monday", "not a calendar"),
        (calendar(event(0, "Easy", "RRULE:FREQ=SECONDLY")), "repeats as no running plan does"),
        (calendar(event(-60000, "Easy", DAILY)), "goes on for years"),
        (calendar(event(-200, "Easy")), "no run between today and a year from now"),
        (calendar(event(0, "Dentist")), "no run between today and a year from now"),
        (b"x" * 1_048_577, "larger than 1 MB"),
    ],
)
@pytest.mark.breadth(1)
async def test_a_file_that_is_no_plan_is_refused_in_one_sentence(
    bea: Runner, content: bytes, words: str
) -> None:
    count = len(bea.messages)
    await sends(bea, content)
    assert words in bea.shown.text
    assert bea.shown.text.count(". ") == 0
    assert len(bea.messages) == count + 1
    assert rows(bea.stage.database, "SELECT * FROM run_plans") == []


@pytest.mark.slow
async def test_a_file_that_telegram_does_not_hand_over_is_told(bea: Runner) -> None:
    bea.stage.world.faults.add(Fault("file", "status", status=502))
    await sends(bea, WEEK)
    assert "Please send it once more" in bea.shown.text
    await sends(bea, WEEK)
    assert "Your plan, as I read it" in bea.shown.text


@pytest.mark.slow
async def test_a_title_is_shown_as_it_is_written(bea: Runner) -> None:
    await sends(bea, calendar(event(0, "Easy <b>run</b> & jog"), event(1, "Run <script>")))
    assert "Easy <b>run</b> & jog" in bea.shown.text
    await bea.taps("Tell you what is unclear")
    assert "What is “Run <script>”?" in bea.shown.text


@pytest.mark.slow
async def test_two_weeks_of_many_entries_a_day_fit_into_a_message(bea: Runner) -> None:
    titles = [f"{kind} {'&' * 200}" for kind in ("Race", "Long", "Easy", "Run")]
    await sends(bea, calendar(*(event(0, title, f"UID:{title[:4]}", DAILY) for title in titles)))
    assert "Use it" in bea.shown.labels
    assert "Tue 24 Nov: 2 more" in bea.shown.text


@pytest.mark.slow
async def test_nothing_else_of_the_file_is_kept(bea: Runner) -> None:
    await sends(bea, (PROGRAMS / "google.ics").read_bytes())
    assert "3 titles have nothing of training in them" in bea.shown.text
    await bea.taps("Use it")
    stored = str(rows(bea.stage.database, "SELECT * FROM run_plan_entries"))
    for words in ("Secret", "Quartet", "Dentist", "bert", "restaurant"):
        assert words not in stored


@pytest.mark.slow
async def test_privacy_names_it_export_has_it_and_delete_erases_it(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Use it")
    await bea.says("/privacy")
    assert "a running plan that you sent as a calendar file" in bea.shown.text
    shown = await bea.says("/export")
    stored = bea.stage.world.files.find(shown.media["document"]["file_id"])
    assert stored is not None
    archive = zipfile.ZipFile(io.BytesIO(bea.stage.world.files.content(stored)))
    tables = json.loads(archive.read("data.json"))["tables"]
    assert (len(tables["run_plans"]), len(tables["run_plan_entries"])) == (1, 7)
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert rows(bea.stage.database, "SELECT * FROM run_plan_entries") == []


@pytest.mark.slow
async def test_week_off_forgets_the_plan_too(bea: Runner) -> None:
    await sends(bea, WEEK)
    await bea.taps("Use it")
    await bea.says("/week off")
    assert kept(bea) == []


@pytest.mark.slow
async def test_a_forwarded_file_is_read_and_its_words_are_not(bea: Runner) -> None:
    world = bea.stage.world
    coach = world.add_person("Coach")
    sent = world.send_document(coach, "plan.ics", WEEK, caption="my knee hurts")
    await bea.stage.settle()
    wire = sent.wire() | {"chat": world.chats[bea.id].wire(), "from": bea.person.wire()}
    origin = {"type": "user", "date": 0, "sender_user": coach.wire()}
    world.update("message", wire | {"message_id": 10_000, "forward_origin": origin})
    await bea.stage.settle()
    assert "Your plan, as I read it" in bea.shown.text
