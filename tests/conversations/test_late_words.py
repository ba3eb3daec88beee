"""Words that begin or move something and are older than ten minutes are asked back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.time_travel import travel
from bot.domain.late import LIFETIME
from tests.clocks import SetClock
from tests.conversations.stage import TUESDAY, Runner, Stage, a_stage
from tests.databases import rows

HOURS = timedelta(hours=5)
A_WHILE = timedelta(minutes=15)  # late, and nothing has come of itself in a session yet
LATE_START = "You asked at 07:00. Start now?"


async def typed_while_away(
    runner: Runner, *words: str, away: timedelta = A_WHILE, forwarded: bool = False
) -> int:
    """The coach is away while it is typed; returns how many messages it had said before."""
    stage, said = runner.stage, len(runner.stage.world.messages(runner.person))
    await stage.close()
    for word in words:
        if forwarded:
            stage.world.forward(runner.person, word)
        else:
            stage.world.say(runner.person, word)
    stage.clock.move(stage.clock.now() + away)
    await stage.open()
    await stage.settle()
    return said


def state(stage: Stage) -> list[tuple[object, ...]]:
    """What a move would change."""
    wanted = ("id", "phase", "position", "timed", "ended_at", "steps")
    return [tuple(row[name] for name in wanted) for row in rows(stage.database, "sessions")]


@pytest.fixture
async def cat(bea: Runner) -> Runner:
    """In Berlin, where it is 07:00."""
    await bea.says("/timezone Berlin")
    return bea


async def is_ready(runner: Runner) -> None:
    await runner.says("/routine first two weeks")


async def runs(runner: Runner) -> None:
    """At the runner's own pace, at the second work step."""
    await is_ready(runner)
    await runner.taps("My own pace")
    await runner.says("done")
    await runner.says("done")


async def test_a_start_of_hours_ago_begins_nothing_until_it_is_confirmed(
    stage: Stage, cat: Runner
) -> None:
    await is_ready(cat)
    before = state(stage)
    await typed_while_away(cat, "start", away=HOURS)
    assert cat.shown.text == LATE_START
    assert cat.shown.labels == ["Start", "Leave it"]
    await stage.travel(stage.clock.now() + timedelta(minutes=30))
    assert state(stage) == before
    await cat.taps("Start", cat.shown)
    assert "Warm-up" in cat.shown.text
    assert cat.count(LATE_START) == 0
    (session,) = rows(stage.database, "sessions")
    assert session["phase"] == "running"


async def test_left_alone_it_begins_nothing(stage: Stage, cat: Runner) -> None:
    await is_ready(cat)
    before = state(stage)
    await typed_while_away(cat, "start")
    await cat.taps("Leave it")
    assert cat.shown.labels == []
    assert state(stage) == before


MOVES = {
    "done": "Done",
    "next": "Done",
    "skip": "Skip",
    "back": "Back",
    "pause": "Pause",
    "stop": "Stop",
    "/stop": "Stop",
    "hands-free": "Hands-free",
    "STOP!": "Stop",
}


@pytest.mark.slow
@pytest.mark.parametrize("word", MOVES)
async def test_a_move_of_hours_ago_is_asked_back(stage: Stage, cat: Runner, word: str) -> None:
    await runs(cat)
    before, label = state(stage), MOVES[word]
    await typed_while_away(cat, word)
    assert cat.shown.text == (
        f"You sent “{label}” at 07:00, but it has reached me only now. Does it still count?"
    )
    assert cat.shown.labels == [label, "Leave it"]
    assert state(stage) == before
    question = cat.shown
    await cat.taps(label, question)
    assert state(stage) != before
    assert question.id not in [message.id for message in cat.messages]
    after = state(stage)
    tap = await cat.sends_data(question.id, question.buttons[0][0].data or "")
    assert tap.text  # a second tap is answered, and changes nothing
    assert state(stage) == after


@pytest.mark.slow
@pytest.mark.parametrize(("first", "word"), [("pause", "resume"), ("hands-free", "my own pace")])
async def test_so_is_one_back_from_there(stage: Stage, cat: Runner, first: str, word: str) -> None:
    await runs(cat)
    await cat.says(first)
    before = state(stage)
    await typed_while_away(cat, word, away=timedelta(minutes=11))
    # A hands-free session goes on by itself meanwhile, but not by that word.
    assert "Does it still count?" in cat.shown.text or first == "hands-free"
    assert cat.count("Does it still count?") == 1
    assert [row[3] for row in state(stage)] == [row[3] for row in before]


@pytest.mark.slow
@pytest.mark.parametrize(("word", "label"), [("swap", "Swap"), ("swap back", "Swap back")])
async def test_so_are_swaps(stage: Stage, cat: Runner, word: str, label: str) -> None:
    await runs(cat)
    if word == "swap back":
        await cat.taps("Swap")
        await cat.taps("1: today")
    before = state(stage)
    await typed_while_away(cat, word)
    assert cat.shown.text.startswith(f"You sent “{label}” at 07:00")
    assert state(stage) == before
    await cat.taps(label, cat.shown)
    assert cat.count("Does it still count?") == (1 if word == "swap" else 0)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["/routine first two weeks", "first two weeks", "/start"])
async def test_a_routine_of_hours_ago_is_asked_back(stage: Stage, cat: Runner, words: str) -> None:
    link = "/start routine_first-two-weeks" if words == "/start" else words
    await typed_while_away(cat, link)
    assert cat.shown.text == "You asked for First two weeks at 07:00. Start now?"
    assert state(stage) == []
    await cat.taps("Start")
    assert "Warm-up" in cat.shown.text


async def test_another_day_is_named(stage: Stage, cat: Runner) -> None:
    """As the runner's own calendar has it: in Berlin it is Wednesday."""
    await stage.travel(datetime(2026, 11, 24, 22, 50, tzinfo=UTC))
    await is_ready(cat)
    await typed_while_away(cat, "start")
    assert cat.shown.text == "You asked on Tuesday 24 November at 23:50. Start now?"


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(minutes=11), "You asked less than an hour ago. Start now?"),
        (timedelta(hours=1), "You asked an hour ago. Start now?"),
        (timedelta(hours=5), "You asked 5 hours ago. Start now?"),
    ],
)
async def test_where_the_zone_is_not_known_no_time_of_day_is_told(
    bea: Runner, away: timedelta, said: str
) -> None:
    await is_ready(bea)
    await typed_while_away(bea, "start", away=away)
    assert bea.shown.text == said


@pytest.mark.slow
async def test_ten_minutes_are_not_late(stage: Stage, cat: Runner) -> None:
    await is_ready(cat)
    await typed_while_away(cat, "start", away=LIFETIME)
    assert "Warm-up" in cat.shown.text


INFORMS = ("/help", "/exercise deadbug", "deadbug", "hamstrings", "/routine", "/start", "how")


@pytest.mark.slow
@pytest.mark.parametrize("words", INFORMS)
async def test_what_only_informs_is_answered_as_always(
    stage: Stage, cat: Runner, words: str
) -> None:
    await runs(cat)
    now = await cat.says(words)
    before = state(stage)
    await typed_while_away(cat, words)
    assert cat.shown.text == now.text
    assert state(stage) == before


@pytest.mark.slow
@pytest.mark.parametrize("words", ["something hurts", "pain 6", "ouch", "numb"])
async def test_what_hurts_is_taken_in_however_late(stage: Stage, cat: Runner, words: str) -> None:
    await runs(cat)
    await typed_while_away(cat, words)
    assert cat.count("Does it still count?") == 0
    (session,) = rows(stage.database, "sessions")
    assert session["phase"] == "hurting"


@pytest.mark.slow
async def test_without_a_session_nothing_is_asked(cat: Runner) -> None:
    said = await typed_while_away(cat, "done", "start", "/stop", "pause", "swap")
    answers = cat.stage.world.messages(cat.person)[said + 5 :]
    assert len(answers) == 5
    assert not any("still count" in message.text for message in answers)


@pytest.mark.slow
async def test_what_the_session_can_t_do_is_told_as_always(stage: Stage, cat: Runner) -> None:
    await runs(cat)
    await typed_while_away(cat, "resume")
    assert "Does it still count?" not in cat.shown.text
    assert "Done" in cat.shown.labels


@pytest.mark.slow
async def test_by_the_clock_that_dates_messages(tmp_path: Path) -> None:
    """The host's clock is wrong by hours, either way: what was typed just now counts, what was
    typed hours ago does not."""
    for error in (timedelta(hours=3), timedelta(hours=-6)):
        folder = tmp_path / str(error.total_seconds())
        folder.mkdir()
        async with a_stage(folder) as stage:
            telegram, wrong = SetClock(TUESDAY), SetClock(TUESDAY + error)
            stage.world.clock, stage.clock = telegram.now, wrong
            async with stage.coach():
                bea = await stage.runner("Bea").is_ready()
                await is_ready(bea)
                await bea.says("start")
                assert "Warm-up" in bea.shown.text
                await stage.close()
                stage.world.say(bea.person, "stop")
                for clock in (telegram, wrong):
                    clock.move(clock.now() + HOURS)
                await stage.open()
                await stage.settle()
                assert bea.count("You sent “Stop” 5 hours ago") == 1


async def test_travelling_in_time_makes_nothing_late(stage: Stage, cat: Runner) -> None:
    await travel(stage.work, stage.clock, stage.clock.now() + timedelta(days=3))
    await is_ready(cat)
    await cat.says("start")
    assert "Warm-up" in cat.shown.text


FORWARDED = (
    *("stop", "done", "/stop", "/routine first two weeks", "/start", "/delete", "/bands none"),
    *("/start routine_first-two-weeks", "first two weeks", "hurts", "hello", "/nonsense"),
)


@pytest.mark.slow
@pytest.mark.parametrize("words", FORWARDED)
async def test_a_forwarded_message_is_no_order(stage: Stage, cat: Runner, words: str) -> None:
    await runs(cat)
    before = state(stage)
    stage.world.forward(cat.person, words, author=stage.world.add_person("Dan"))
    await stage.settle()
    assert cat.shown.text.startswith("I can't act on forwarded messages.")
    assert state(stage) == before


async def test_a_forwarded_message_answers_no_question(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone")
    stage.world.forward(bea.person, "Berlin")
    await stage.settle()
    assert bea.shown.text.startswith("I can't act on forwarded messages.")
    await bea.says("Berlin")
    assert "Europe/Berlin" in bea.shown.text


@pytest.mark.slow
async def test_forwarded_while_away_it_is_answered_the_same(cat: Runner) -> None:
    await runs(cat)
    await typed_while_away(cat, "stop", forwarded=True)
    assert cat.shown.text.startswith("I can't act on forwarded messages.")


async def test_a_forwarded_invitation_lets_nobody_in(tmp_path: Path) -> None:
    async with a_stage(tmp_path, invite_code="knee-high-socks") as stage, stage.coach():
        eve = stage.runner("Eve")
        stage.world.forward(eve.person, "/start join_knee-high-socks")
        await stage.settle()
        assert eve.shown.text.startswith("This coach is by invitation only")
        assert rows(stage.database, "runners") == []
