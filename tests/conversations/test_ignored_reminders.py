"""Reminders that are ignored: one question, then silence, and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.regions import Region
from bot.domain.reminder import Role
from bot.sandbox.world.faults import Fault
from bot.services import schedule
from tests.conversations.stage import Runner
from tests.databases import change, rows

REMINDER = "Today is a training day"
QUESTION = "What would suit you better?"
ANSWERS = ["Another time", "Fewer days", "A break", "Keep them"]
DAY = timedelta(days=1)


async def plan(runner: Runner, days: str = "daily 07:00") -> None:
    await runner.says("/timezone Berlin")
    await runner.says(f"/reminders {days}")


async def days(runner: Runner, count: int) -> None:
    """Let so many days pass, at noon."""
    noon = runner.stage.clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    await runner.stage.travel(noon + count * DAY)


def came(runner: Runner) -> tuple[int, int]:
    """How many reminders and how many questions."""
    return runner.count(REMINDER), runner.count(QUESTION)


async def trains(runner: Runner) -> None:
    await runner.says("/routine first two weeks")
    for label in ("Start", "Done", "Done", "Stop"):
        await runner.taps(label)


async def test_after_three_ignored_ones_comes_one_question_and_then_nothing(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 3)
    assert came(bea) == (3, 0)
    await days(bea, 1)
    assert came(bea) == (3, 1)
    assert bea.shown.labels == ANSWERS
    await days(bea, 10)
    assert came(bea) == (3, 1)
    await bea.says("when is my next reminder?")
    assert "Your reminders are paused" in bea.shown.text
    assert bea.shown.labels[0] == "Turn them on again"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Keep them", "come as before"),
        ("fewer days", "Fewer days, then"),
        ("another time", "Another time, then"),
        ("I need a break", "A break, then"),
    ],
)
@pytest.mark.breadth(1)
async def test_the_question_can_be_answered_in_words(bea: Runner, words: str, answer: str) -> None:
    await plan(bea)
    await days(bea, 4)
    question = bea.shown
    before = len(bea.messages)
    await bea.says(words)
    assert any(answer in message.text for message in bea.messages[before:])
    assert next(m.labels for m in bea.messages if m.id == question.id) == []
    await bea.says("/reminders")
    assert "paused" not in bea.shown.text


@pytest.mark.slow
async def test_neither_restarts_nor_slots_that_wake_twice_add_a_question(bea: Runner) -> None:
    await plan(bea)
    for _ in range(8):
        await days(bea, 1)
        await bea.stage.restart()
        for slot in await schedule.used_slots(bea.stage.work.coach.db):
            bea.stage.clock.moment = bea.stage.clock.now().replace(hour=6, minute=1)
            await bea.stage.work.slots.wake(slot)
        await bea.stage.work.outbox.deliver()
    assert came(bea) == (3, 1)


@pytest.mark.slow
async def test_a_question_that_telegram_turned_down_comes_a_little_later_once(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 3)
    bea.stage.world.faults.add(Fault("sendMessage", "status", status=500, times=2))
    await days(bea, 2)
    assert came(bea) == (3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("handled", [True, False], ids=["arrived", "lost"])
async def test_a_question_that_may_have_arrived_is_not_asked_again(
    bea: Runner, handled: bool
) -> None:
    await plan(bea)
    await days(bea, 3)
    bea.stage.world.faults.add(Fault("sendMessage", "drop", handled=handled))
    await days(bea, 4)
    assert came(bea) == (3, 1 if handled else 0)
    await bea.says("/reminders")
    assert "paused" in bea.shown.text


@pytest.mark.slow
async def test_keep_goes_on_and_counts_anew(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 4)
    await bea.taps("Keep them")
    assert "as before" in bea.shown.text
    assert bea.shown.labels == []
    await days(bea, 3)
    assert came(bea) == (6, 0)
    await days(bea, 2)
    assert came(bea) == (6, 1)


@pytest.mark.slow
@pytest.mark.parametrize("label", ["Another time", "Fewer days"])
async def test_another_time_and_fewer_days_open_the_picker(bea: Runner, label: str) -> None:
    await plan(bea, "mon wed fri 07:00")
    await bea.stage.travel(datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert came(bea) == (3, 1)
    await bea.taps(label)
    assert {"✓ Mon", "✓ Wed", "✓ Fri", "Tue", "Save"} <= set(bea.shown.labels)
    assert "paused" not in bea.shown.text
    await bea.taps("✓ Wed")
    await bea.taps("+ 1 h")
    await bea.taps("Save")
    assert "Monday, Friday 08:00" in bea.shown.text
    await bea.stage.travel(datetime(2026, 12, 5, 12, tzinfo=UTC))
    assert came(bea) == (4, 0)


@pytest.mark.slow
async def test_a_break_offers_the_days_away(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 4)
    await bea.taps("A break")
    assert bea.shown.labels == ["3 days", "1 week", "2 weeks"]
    await bea.taps("1 week")
    await days(bea, 6)
    assert came(bea) == (3, 0)
    await days(bea, 1)
    assert came(bea) == (4, 0)


@pytest.mark.slow
async def test_a_doubled_answer_and_one_of_another_runner_change_nothing(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 4)
    question = bea.shown
    eve = await bea.stage.runner("Eve").is_ready()
    data = question.button("Keep them").data or ""
    assert (await eve.sends_data(eve.shown, data)).text == "This button is not yours."
    await bea.taps("Keep them")
    assert (await bea.sends_data(question, data)).text == "You have answered this one already."


async def test_while_paused_reminders_says_so_and_one_tap_turns_them_on(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 4)
    await bea.says("/reminders")
    assert "paused" not in bea.shown.text
    await days(bea, 2)
    await bea.says("/reminders")
    assert "paused" in bea.shown.text
    assert "07:00" in bea.shown.text
    await bea.taps("Turn them on again")
    assert "on again" in bea.shown.text
    assert "Next reminder: Tuesday 1 December at 07:00" in bea.shown.text
    await days(bea, 1)
    assert came(bea)[0] == 4
    assert bea.shown.labels == ["Start", "In 1 hour", "Not today"]


@pytest.mark.slow
@pytest.mark.parametrize("after", [2, 3, 4, 7])
async def test_a_session_ends_the_row_and_the_silence(bea: Runner, after: int) -> None:
    await plan(bea)
    await days(bea, after)
    before = came(bea)
    await trains(bea)
    await days(bea, 3)
    assert came(bea) == (before[0] + 3, before[1])
    await days(bea, 1)
    assert came(bea)[1] == before[1] + 1


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["/reminders daily 07:30", "/timezone Lisbon", "/away off"])
async def test_a_command_about_reminders_ends_the_silence(bea: Runner, words: str) -> None:
    await plan(bea)
    await days(bea, 6)
    await bea.says(words)
    await days(bea, 3)
    assert came(bea) == (6, 1)


@pytest.mark.slow
async def test_any_answer_ends_the_row(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 2)
    await bea.taps("Not today")
    await days(bea, 3)
    assert bea.count(QUESTION) == 0
    await days(bea, 1)
    assert bea.count(QUESTION) == 1


@pytest.mark.slow
async def test_days_away_do_not_count(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 2)
    await bea.says("/away 3 days")
    await days(bea, 5)
    assert came(bea) == (5, 0)


@pytest.mark.slow
async def test_days_on_which_sessions_wait_do_not_count(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 2)
    await bea.says("my chest hurts")
    await days(bea, 5)
    assert came(bea) == (2, 0)


@pytest.mark.slow
async def test_days_on_which_everything_rests_do_not_count_and_bring_no_question(
    bea: Runner,
) -> None:
    await plan(bea)
    await days(bea, 2)
    for region in Region:
        change(
            bea.stage.database,
            "INSERT INTO incidents (runner_id, session_id, region, kind, score, day)"
            f" VALUES ({bea.id}, 0, '{region}', 'dull', 8, '2026-11-26')",
        )
    await days(bea, 6)
    assert bea.count(QUESTION) == 0
    roles = [row["role"] for row in rows(bea.stage.database, "reminders")]
    assert roles == [Role.COUNTS] * 2 + [Role.OVER] * 6
    change(bea.stage.database, "DELETE FROM incidents")
    await days(bea, 4)
    assert bea.count(QUESTION) == 1


@pytest.mark.slow
async def test_rows_of_an_earlier_version_lead_to_a_question_not_to_silence(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 3)
    change(bea.stage.database, "UPDATE reminders SET role = 'counts'")
    change(
        bea.stage.database,
        "INSERT INTO reminders (runner_id, local_date, slot_at, due_at, state)"
        " SELECT runner_id, '2026-11-0' || id, '2026-11-01', '2026-11-01', 'sent' FROM reminders",
    )
    await days(bea, 2)
    assert came(bea) == (3, 1)


@pytest.mark.slow
async def test_the_buttons_of_the_unanswered_one_before_are_removed(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 1)
    first = bea.shown
    assert first.labels == ["Start", "In 1 hour", "Not today"]
    await days(bea, 3)
    open_ = [m for m in bea.messages if m.labels and REMINDER in m.text]
    assert open_ == []
    assert bea.shown.labels == ANSWERS


@pytest.mark.slow
async def test_one_whose_buttons_cannot_be_removed_holds_nothing_up(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 1)
    fault = Fault("editMessageReplyMarkup", "status", status=500, times=None)
    bea.stage.world.faults.add(fault)
    await days(bea, 3)
    assert came(bea) == (3, 1)


@pytest.mark.slow
async def test_not_today_of_an_earlier_week_changes_nothing(bea: Runner) -> None:
    await plan(bea, "wed 07:00")
    await days(bea, 1)
    reminder = bea.shown
    await days(bea, 6)
    before = rows(bea.stage.database, "reminders")
    tap = await bea.sends_data(reminder, reminder.button("Not today").data or "")
    assert "earlier week" in (tap.text or "")
    assert rows(bea.stage.database, "reminders") == before


async def test_save_says_what_was_saved_where_the_days_were_chosen_too(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders")
    await bea.taps("Mon")
    picker = bea.shown
    await bea.taps("Save")
    assert "Monday 07:00" in bea.shown.text
    assert "Next reminder" in bea.shown.text
    [shown] = [m for m in bea.messages if m.id == picker.id]
    assert shown.text == "Chosen: Monday 07:00"
    assert shown.labels == []


@pytest.mark.slow
async def test_what_is_stored_of_it_is_the_role_alone(bea: Runner) -> None:
    await plan(bea)
    await days(bea, 5)
    roles = [row["role"] for row in rows(bea.stage.database, "reminders")]
    assert roles == [Role.COUNTS, Role.COUNTS, Role.COUNTS, Role.ASKS, Role.COUNTS]
