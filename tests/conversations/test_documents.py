"""Documents sent to the coach are read by kind; all others are answered in words."""

import pytest

from tests.conversations.stage import Runner


@pytest.mark.parametrize("name", ["plan.pdf", "run.gpx", "", "ics", "plan.ics.exe"])
@pytest.mark.breadth(1)
async def test_an_unknown_kind_is_answered_in_words(ann: Runner, name: str) -> None:
    ann.stage.world.send_document(ann.person, name, b"x" * 100)
    await ann.stage.settle()
    assert "I can read words and taps" in ann.shown.text
    assert not any(call.method == "getFile" for call in ann.stage.world.calls)


async def test_words_about_pain_under_a_file_are_read(bea: Runner) -> None:
    bea.stage.world.send_document(bea.person, "plan.pdf", b"x", caption="my knee hurts")
    await bea.stage.settle()
    assert "Do you have any of these?" in bea.shown.text
