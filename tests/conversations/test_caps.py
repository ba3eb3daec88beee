"""A session over a cap is asked about before it begins; who insists gets a light one."""

from datetime import timedelta

import pytest

from bot.domain.session import Rating
from bot.sandbox.world.messages import Message
from tests.conversations.stage import FIVE, TUESDAY, Runner
from tests.databases import rows

ASKED = ["Rest today", "Before a run · 6 min", "Train anyway"]


@pytest.fixture
async def bea(bea: Runner) -> Runner:
    """She has trained a few hours ago, and knows every exercise."""
    await bea.knows_the_exercises()
    await bea.has_trained(FIVE, TUESDAY - timedelta(hours=3), Rating.RIGHT)
    return bea


def labels(runner: Runner, message: Message) -> list[str]:
    """The buttons that the message has by now."""
    return next(m.labels for m in runner.messages if m.id == message.id)


async def test_a_routine_by_name_says_first_that_it_is_too_soon(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    assert "less than 48 hours ago" in bea.shown.text
    assert "today is for rest, or for something light" in bea.shown.text
    assert bea.shown.labels == ASKED
    assert "Which routine?" in (await bea.says("/routine")).text, "none was opened"


async def test_train_anyway_opens_a_light_session(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    asked = bea.shown
    await bea.taps("Train anyway")
    assert "so this is a light one" in bea.shown.text
    assert "9 steps" in bea.shown.text
    assert labels(bea, asked) == []
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_train_anyway_after_the_start_button_begins_at_once(bea: Runner) -> None:
    await bea.says("/start")
    await bea.taps("Start")
    assert bea.shown.labels == ASKED
    await bea.taps("Train anyway")
    assert "so this is a light one" in bea.shown.text
    assert "Warm-up" in bea.shown.text


async def test_the_light_routine_needs_no_question(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    await bea.taps("Before a run · 6 min")
    assert "48 hours" not in bea.shown.text
    await bea.taps("Start")
    assert "Set 1 of" not in bea.shown.text


async def test_rest_today_leaves_it_at_that(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    asked = bea.shown
    await bea.taps("Rest today")
    assert labels(bea, asked) == []
    assert "Which routine?" in (await bea.says("/routine")).text


async def test_a_reminders_start_asks_too_and_can_be_tapped_again(bea: Runner) -> None:
    await bea.says("/timezone UTC")
    await bea.says("/reminders daily 07:00")
    await bea.stage.travel(TUESDAY + timedelta(days=1, hours=2))
    reminder = bea.with_button("Not today")
    assert reminder.text.startswith("Today is a training day. Your last session was less")
    assert "So today is for rest, or for something light. If you train all the" in reminder.text
    assert reminder.labels == ["Start", "In 1 hour", "Not today"]
    await bea.taps("Start", reminder)
    assert bea.shown.labels == ASKED
    await bea.taps("Start", reminder)
    assert bea.shown.labels == ASKED
    await bea.taps("Train anyway")
    assert "Warm-up" in bea.shown.text
    await bea.taps("Start", reminder)
    assert "Warm-up" in bea.shown.text
    assert "still" in bea.shown.text


async def test_a_reminder_that_says_to_rest_is_not_counted_as_ignored(bea: Runner) -> None:
    await bea.says("/timezone UTC")
    await bea.says("/reminders daily 07:00")
    for day in range(1, 7):
        await bea.has_trained(FIVE, TUESDAY + timedelta(days=day - 1, hours=9), Rating.RIGHT)
        await bea.stage.travel(TUESDAY + timedelta(days=day, hours=2))
    assert bea.count("My last reminders") == 0
    roles = {row["role"] for row in rows(bea.stage.database, "reminders")}
    assert roles == {"over"}


async def test_a_reminder_two_days_after_a_late_session_is_an_ordinary_one(bea: Runner) -> None:
    await bea.says("/timezone UTC")
    await bea.has_trained(FIVE, TUESDAY + timedelta(hours=7), Rating.RIGHT)
    await bea.says("/reminders thu 07:00")
    await bea.stage.travel(TUESDAY + timedelta(days=2, hours=2))
    assert bea.shown.text.startswith("Today is a training day. Next for you: ")


@pytest.mark.slow
async def test_a_second_tap_on_train_anyway_changes_nothing(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    asked = bea.shown
    again = asked.button("Train anyway").data
    await bea.taps("Train anyway")
    ready = bea.shown.text
    await bea.sends_data(asked, again)
    assert bea.shown.text == ready
    await bea.taps("Start")
    await bea.sends_data(asked, again)
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_an_old_tap_on_train_anyway_opens_what_is_due_by_then(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    asked = bea.shown
    await bea.stage.travel(TUESDAY + timedelta(days=3))
    await bea.taps("Train anyway", asked)
    assert "light one" not in bea.shown.text
    assert "18 steps" in bea.shown.text


async def test_train_anyway_asks_newcomers_about_their_health_first(
    ann: Runner, bea: Runner
) -> None:
    await bea.says("/routine marathon five")
    data = bea.shown.button("Train anyway").data
    await ann.says("/start")
    await ann.sends_data(ann.shown, data)
    assert "None applies to me" in ann.shown.labels


@pytest.mark.slow
async def test_a_warning_sign_is_not_for_a_runner_to_decide(bea: Runner) -> None:
    await bea.says("/routine marathon five")
    asked = bea.shown
    await bea.says("chest pain")
    await bea.taps("Train anyway", asked)
    assert "Start" not in bea.shown.labels
    assert "Warm-up" not in bea.shown.text
