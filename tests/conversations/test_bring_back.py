"""An export sent to the coach: shown first, used by one tap, left by another."""

from datetime import timedelta

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.conversations.stage import FIVE, Runner, Stage
from tests.databases import rows

TABLES = ("sessions", "step_logs", "schedule", "bands", "runners", "races", "own_routines")


def kept(stage: Stage) -> dict[str, list[dict[str, object]]]:
    return {table: rows(stage.database, table) for table in TABLES}


async def lives(runner: Runner) -> None:
    """Something of everything that can be brought back."""
    await runner.says("/timezone Berlin")
    await runner.says("/reminders mon thu 07:00")
    await runner.says("/bands mini light green")
    await runner.says("/race half 20 March")
    for days in (3, 6):
        await runner.has_trained(FIVE, runner.stage.clock.now() - timedelta(days=days))


async def export(runner: Runner) -> bytes:
    shown = await runner.says("/export")
    file = runner.stage.world.files.find(shown.media["document"]["file_id"])
    assert file is not None
    return runner.stage.world.files.content(file)


async def sends(runner: Runner, content: bytes, name: str = "bandcoach.zip") -> Message:
    runner.stage.world.send_document(runner.person, name, content, mime="application/zip")
    await runner.stage.settle()
    return runner.shown


async def erases(runner: Runner) -> None:
    await runner.says("/delete")
    await runner.taps("Erase everything")


async def test_it_is_shown_used_and_there_again(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    content = await export(bea)
    await erases(bea)
    shown = await sends(bea, content)
    assert "Your export of 24 November 2026, 07:00" in shown.text
    assert "• 2 sessions, from 18 November 2026 to 21 November 2026\n" in shown.text
    assert "So far nothing has changed." in shown.text
    assert shown.labels == ["Use it", "Leave it"]
    await bea.says("leave it")
    await bea.says("use it")
    assert rows(stage.database, "sessions") == []
    await sends(bea, content)
    await bea.says("use it")
    assert "Your export is back." in bea.shown.text
    assert len(rows(stage.database, "sessions")) == 2
    assert list(stage.work.coach.calendar.wakes()) != []
    await bea.says("/reminders")
    assert "Monday, Thursday 07:00" in bea.shown.text


async def test_what_it_replaces_is_said(bea: Runner) -> None:
    await lives(bea)
    shown = await sends(bea, await export(bea))
    assert "This goes:\n• 2 sessions\n• 2 training days" in shown.text


@pytest.mark.slow
async def test_leave_it_changes_nothing(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    content = await export(bea)
    before = kept(stage)
    await sends(bea, content)
    await bea.taps("Leave it")
    assert ("left the export alone" in bea.shown.text, bea.shown.labels) == (True, [])
    assert kept(stage) == before
    assert rows(stage.database, "sent_archives") == []


@pytest.mark.slow
async def test_a_double_an_old_and_a_foreign_tap_change_nothing(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    content = await export(bea)
    first = await sends(bea, content)
    use = first.button("Use it").data or ""
    stage.clock.move(stage.clock.now() + timedelta(seconds=5))
    second = await sends(bea, content)
    eve = await stage.runner("Eve").is_ready()
    before = kept(stage)
    for runner, data in ((bea, use), (eve, second.button("Use it").data or "")):
        assert (await runner.sends_data(second, data)).text
        assert kept(stage) == before
    use = second.button("Use it").data or ""
    await bea.taps("Use it", second)
    after = kept(stage)
    assert (await bea.sends_data(second, use)).text
    assert kept(stage) == after


@pytest.mark.slow
async def test_after_an_hour_it_is_sent_anew(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    asked = await sends(bea, await export(bea))
    before = kept(stage)
    await stage.travel(stage.clock.now() + timedelta(hours=1, minutes=1))
    assert (await bea.taps("Use it", asked)).text
    assert kept(stage) == before


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "no export of mine"),
        (b"", "no export of mine"),
        (b"PK\x03\x04 and nothing else", "damaged"),
    ],
)
async def test_what_is_none_is_refused_in_a_sentence(
    stage: Stage, bea: Runner, content: bytes, words: str
) -> None:
    before = kept(stage)
    shown = await sends(bea, content)
    assert words in shown.text
    assert shown.labels == []
    assert kept(stage) == before


@pytest.mark.slow
async def test_another_runners_is_refused(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    eve = await stage.runner("Eve").is_ready()
    before = kept(stage)
    assert "another Telegram account" in (await sends(eve, await export(bea))).text
    assert kept(stage) == before


async def test_a_large_one_is_not_even_fetched(stage: Stage, bea: Runner) -> None:
    shown = await sends(bea, bytes(8 * 1024**2 + 1))
    assert "larger than 8 MB" in shown.text
    assert not any(call.method == "getFile" for call in stage.world.calls)


@pytest.mark.slow
async def test_a_session_under_way_goes_first(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    asked = await sends(bea, await export(bea))
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Use it", asked)
    assert "Your session is under way" in bea.shown.text
    await bea.says("/stop")
    await bea.taps("Use it", asked)
    assert "Your export is back." in bea.shown.text


@pytest.mark.slow
async def test_one_that_is_gone_from_telegram_is_asked_for_again(stage: Stage, bea: Runner) -> None:
    await lives(bea)
    asked = await sends(bea, await export(bea))
    before = kept(stage)
    stage.world.faults.add(Fault(method="file", kind="status", status=404))
    await bea.taps("Use it", asked)
    assert "could not get that file" in bea.shown.text
    assert kept(stage) == before
    await bea.taps("Use it", asked)
    assert "Your export is back." in bea.shown.text
