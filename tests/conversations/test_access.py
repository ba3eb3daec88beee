"""With an invitation code set, only who came by its link may use the coach."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import ONE_MORE, TRIES, TRIES_OF_ALL
from tests.conversations.stage import Runner, Stage, a_stage
from tests.databases import change, rows

CODE = "knee-high-socks"
HOST = 700
CLOSED = "This coach is by invitation only"
LINK = f"join_{CODE}"


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Stage]:
    """A coach behind a door."""
    async with a_stage(tmp_path, invite_code=CODE, admins=frozenset({HOST})) as stage:
        async with stage.coach():
            yield stage
        # But that the host has no chat for a menu of their own yet.
        assert {c.method for c in stage.world.refused()} <= {"getMyCommands"}


@pytest.fixture
async def eve(club: Stage) -> Runner:
    """Was not invited."""
    return club.runner("Eve")


async def invited(club: Stage, name: str) -> Runner:
    runner = club.runner(name)
    await runner.starts(LINK)
    await runner.taps("None applies to me")
    return runner


def stored(stage: Stage) -> list[int]:
    return sorted(row["id"] for row in rows(stage.database, "runners"))


async def test_the_link_goes_on_with_the_welcome(club: Stage) -> None:
    ann = club.runner("Ann")
    await ann.starts(LINK)
    (safety,) = ann.messages
    assert safety.text.startswith("Hello Ann")
    assert safety.labels == ["None applies to me", "One applies to me"]
    await ann.taps("None applies to me")
    await ann.taps("Start")
    assert "Warm-up" in ann.shown.text


SAID = (
    *("/start", "/exercise deadbug", "/routine", "/reminders wed 07:00", "/bands none", "/stop"),
    *("/progress", "/timezone Berlin", "/frobnicate", "/status", "deadbug", "done", "hello"),
)


@pytest.mark.parametrize("words", SAID)
@pytest.mark.breadth(1)
async def test_whatever_others_say_is_answered_with_one_sentence(eve: Runner, words: str) -> None:
    await eve.says(words)
    (answer,) = eve.messages
    assert answer.text.startswith(CLOSED)
    assert (answer.text.count("."), answer.labels) == (1, [])
    assert stored(eve.stage) == []


async def test_so_are_pictures_places_edits_and_taps(club: Stage, eve: Runner) -> None:
    club.world.send(eve.person, "photo", caption="look")
    club.world.send_location(eve.person, 52.5, 13.4)
    word = club.world.say(eve.person, "hello")
    club.world.edit(eve.person, word, "done")
    await club.settle()
    assert [m.text.startswith(CLOSED) for m in eve.messages] == [True] * 4
    for data in ("start:", "routine:", "exercise:clamshell", "safety:clear:", "nonsense"):
        tap = await eve.sends_data(eve.shown, data)
        assert (tap.text or "").startswith(CLOSED)
    assert len(eve.messages) == 4
    assert stored(club) == []


@pytest.mark.slow
async def test_what_is_kept_of_one_can_be_asked_and_erased_by_anybody(eve: Runner) -> None:
    await eve.says("/privacy")
    assert "0 sessions" in eve.shown.text
    await eve.says("/help")
    assert "/routine" in eve.shown.text
    await eve.says("/export")
    assert "I keep nothing about you" in eve.shown.text
    await eve.says("/delete")
    await eve.taps("Erase everything")
    assert "Erased" in eve.shown.text


async def test_a_wrong_code_is_told_and_guessing_is_held_up(club: Stage, eve: Runner) -> None:
    for _ in range(TRIES):
        await eve.starts("join_knee-high-boots")
        assert eve.shown.text.startswith("That invitation is not valid")
    await eve.starts(LINK)
    assert eve.shown.text.startswith("Those were too many wrong invitations")
    assert stored(club) == []
    ann = await invited(club, "Ann")
    assert stored(club) == [ann.id]
    club.clock.move(club.clock.now() + timedelta(hours=1))
    await eve.starts(LINK)
    assert eve.shown.text.startswith("Hello Eve")


@pytest.mark.slow
async def test_many_who_guess_together_are_held_up_and_the_host_learns_of_it(club: Stage) -> None:
    club.clock.jump(timedelta(days=1))  # the steady clock is another one than the wall clock
    crowd = [club.runner(f"Guest {number}") for number in range(60)]
    for number, runner in enumerate(crowd):
        club.world.start(runner.person, f"join_{number}")
    await club.settle()
    said = [runner.shown.text for runner in crowd]
    assert sum(text.startswith("That invitation is not valid") for text in said) == TRIES_OF_ALL
    assert sum(text.startswith("Many wrong invitations") for text in said) == 60 - TRIES_OF_ALL
    host, ann = club.runner("Hank", id=HOST), club.runner("Ann")
    await host.says("/status")
    assert "too many wrong codes since Wed 25 Nov 06:00, so one is looked at" in host.shown.text
    await ann.starts(LINK)
    assert ann.shown.text.startswith("Many wrong invitations")
    club.clock.move(club.clock.now() + ONE_MORE)
    await ann.starts(LINK)
    assert ann.shown.text.startswith("Hello Ann")
    club.clock.move(club.clock.now() + timedelta(hours=2))
    await host.says("/status")
    assert "wrong codes" not in host.shown.text


async def test_who_is_in_stays_in_when_the_code_changes(club: Stage, eve: Runner) -> None:
    ann = await invited(club, "Ann")
    club.invite_code = "another-code-now"
    await club.restart()
    await ann.says("/routine first two weeks")
    assert "Start" in ann.shown.labels
    await ann.starts("join_wrong-code")
    assert "Hello Ann" in ann.shown.text
    await eve.starts(LINK)
    assert eve.shown.text.startswith("That invitation is not valid")
    await eve.starts("join_another-code-now")
    assert "None applies to me" in eve.shown.labels


@pytest.mark.slow
async def test_who_came_while_the_door_was_open_stays_in(stage: Stage, bea: Runner) -> None:
    stage.invite_code = CODE
    await stage.restart()
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
async def test_who_erases_everything_needs_the_link_again(club: Stage) -> None:
    ann = await invited(club, "Ann")
    await ann.says("/delete")
    await ann.taps("Erase everything")
    await ann.says("/start")
    assert ann.shown.text.startswith(CLOSED)
    await ann.starts(LINK)
    assert "None applies to me" in ann.shown.labels


async def test_a_host_is_always_in(club: Stage) -> None:
    host = club.runner("Hank", id=HOST)
    await host.is_ready()
    await host.taps("Start")
    assert "Warm-up" in host.shown.text


@pytest.mark.slow
async def test_an_old_link_opens_an_open_door(stage: Stage, ann: Runner) -> None:
    await ann.starts(LINK)
    assert ann.messages[0].text.startswith("Hello Ann")


async def test_a_bug_at_the_door_leaves_it_shut(
    club: Stage, eve: Runner, errors_expected: None
) -> None:
    change(club.database, "ALTER TABLE runners RENAME COLUMN joined_at TO out_of_reach")
    await eve.says("/exercise deadbug")
    change(club.database, "ALTER TABLE runners RENAME COLUMN out_of_reach TO joined_at")
    (answer,) = eve.messages
    assert "Something went wrong" in answer.text


@pytest.mark.slow
async def test_who_comes_many_times_at_once_is_let_in_once(club: Stage) -> None:
    ann = club.runner("Ann")
    for _ in range(5):
        club.world.start(ann.person, LINK)
    await club.settle()
    assert stored(club) == [ann.id]
    assert ann.count(CLOSED) == 0


async def test_an_album_from_outside_gets_one_answer(club: Stage, eve: Runner) -> None:
    club.world.send_album(eve.person, ["photo"] * 6)
    club.world.send_content(eve.person, {"boost_added": {"boost_count": 1}})
    await club.settle()
    assert eve.count(CLOSED) == 1


@pytest.mark.slow
async def test_in_a_group_exercises_are_explained_to_everybody(club: Stage, eve: Runner) -> None:
    group = club.world.add_group("Club", [eve.person])
    club.world.say(eve.person, "/exercise deadbug", chat=group)
    await club.settle()
    message = club.world.last(group)
    assert "Dead bug" in message.text
    tap = club.world.tap(eve.person, message, "How?")
    await tap.answer()
    await club.settle()
    assert not (tap.text or "").startswith(CLOSED)
    assert stored(club) == []


async def test_an_inline_search_finds_exercises_for_everybody(club: Stage, eve: Runner) -> None:
    asked = club.world.ask_inline(eve.person, "deadbug")
    await asked.answer(timeout=10)
    assert asked.results
    assert stored(club) == []
