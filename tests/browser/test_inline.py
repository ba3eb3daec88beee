"""Inline mode on the page: results by keyboard, and the buttons that lead to them."""

from collections.abc import AsyncIterator
from typing import Any

from bot.sandbox.world.inline import InlineQuery
from tests.browser.conftest import (
    IN_ONE_BROWSER,
    PHONE,
    Bare,
    Open,
    a_bare_page,
    fixture,
    in_chat,
    serious_faults,
)
from tests.browser.test_looks import WIDER_THAN_THE_SCREEN
from tests.sandbox.api.test_inline import article
from tests.sandbox.conftest import button, inline
from tests.sandbox.samples import CLIP, PDF, png

pytestmark = IN_ONE_BROWSER

VIA = "via @band_coach_bot"


@fixture
async def stage() -> AsyncIterator[Bare]:
    async with a_bare_page() as bare:
        yield bare


async def asked(stage: Bare, words: str) -> InlineQuery:
    """The query that the page sends once the person stopped typing."""
    queries = lambda: stage.world.inline_queries  # noqa: E731
    await stage.world.until(lambda: queries() and queries()[-1].query == words)
    return queries()[-1]


async def answer(stage: Bare, words: str, *results: Any, **more: Any) -> None:
    query = await asked(stage, words)
    await stage.call("answerInlineQuery", inline_query_id=query.id, results=list(results), **more)


async def results(stage: Bare) -> list[Any]:
    """One of each kind, with files that were sent before."""
    to = {"chat_id": stage.ann.id}
    clip = await stage.call("sendAnimation", **to, animation=("a.mp4", CLIP, "video/mp4"))
    photo = await stage.call("sendPhoto", **to, photo=("a.png", png(), "image/png"))
    plan = await stage.call("sendDocument", **to, document=("plan.pdf", PDF, "application/pdf"))
    moving = {"mpeg4_file_id": clip["animation"]["file_id"], "caption": "slow"}
    return [
        article("1", reply_markup=inline([button("Go")])),
        {"type": "mpeg4_gif", "id": "2", "title": "Dead bug clip"} | moving,
        {"type": "photo", "id": "3", "photo_file_id": photo["photo"][-1]["file_id"], "title": "P"},
        {
            "type": "document",
            "id": "4",
            "title": "Plan",
            "document_file_id": plan["document"]["file_id"],
        },
    ]


async def test_a_result_is_chosen_by_keyboard(stage: Bare, opened: Open) -> None:
    offered = await results(stage)
    page = await opened(viewport=PHONE)
    box, options = page.get_by_label("Message", exact=True), page.get_by_role("option")
    await box.click()
    await page.keyboard.type("@Band_Coach_bot dead")
    more = {"text": "Open the coach", "start_parameter": "inline"}
    await answer(stage, "dead", *offered, button=more)
    await page.get_by_role("status").filter(has_text="4 results").wait_for()
    assert await options.count() == 5
    assert "Dead bug" in await page.get_by_role("option", selected=True).inner_text()
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert await serious_faults(page) == []
    await page.keyboard.press("ArrowDown")
    assert "Dead bug clip" in await page.get_by_role("option", selected=True).inner_text()
    await page.keyboard.press("Enter")
    mine = page.get_by_role("article", name="You").last
    await mine.get_by_label("Clip from Ann").wait_for()
    assert VIA in await mine.inner_text()
    assert "slow" in await mine.inner_text()
    assert await box.input_value() == ""
    assert await options.count() == 0


async def test_escape_closes_the_results_and_keeps_the_text(stage: Bare, opened: Open) -> None:
    page = await opened()
    await page.get_by_label("Message", exact=True).press_sequentially("@band_coach_bot dead")
    await answer(stage, "dead", article())
    await page.get_by_role("option").first.wait_for()
    await page.keyboard.press("Escape")
    assert await page.get_by_role("option").count() == 0
    assert await page.get_by_label("Message", exact=True).input_value() == "@band_coach_bot dead"


async def test_only_the_newest_question_is_answered(stage: Bare, opened: Open) -> None:
    page = await opened()
    box = page.get_by_label("Message", exact=True)
    await box.fill("@band_coach_bot dead")
    old = await asked(stage, "dead")
    await box.fill("@band_coach_bot plank")
    await answer(stage, "plank", article(title="Plank"))
    await page.get_by_role("option", name="Plank").wait_for()
    await stage.call("answerInlineQuery", inline_query_id=old.id, results=[article()])
    await page.wait_for_timeout(300)
    assert "Plank" in await page.get_by_role("option").inner_text()
    await box.fill("@band_coach_bot nothing")
    await answer(stage, "nothing")
    await page.get_by_role("status").filter(has_text="No results").wait_for()


async def test_a_message_via_the_bot_has_buttons_that_work(stage: Bare, opened: Open) -> None:
    page = await opened()
    await page.get_by_label("Message", exact=True).fill("@band_coach_bot dead")
    await answer(stage, "dead", article(reply_markup=inline([button("Go")])))
    await page.get_by_role("option").click()
    await in_chat(page, "Go").click()
    await stage.world.until(lambda: "callback_query" in stage.world.updates.pending[-1])
    tapped = stage.world.updates.pending[-1]["callback_query"]
    await stage.call(
        "editMessageText", inline_message_id=tapped["inline_message_id"], text="Well done"
    )
    await page.get_by_role("article", name="You").get_by_text("Well done").wait_for()


async def test_a_button_leads_to_results_here_and_in_the_club(stage: Bare, opened: Open) -> None:
    keyboard = inline(
        [button("Here", switch_inline_query_current_chat="dead")],
        [button("Share", switch_inline_query="plank")],
        [button("Friends", switch_inline_query_chosen_chat={"allow_user_chats": True})],
        [button("Copy", copy_text={"text": "/exercise deadbug"})],
    )
    await stage.call("sendMessage", chat_id=stage.ann.id, text="x", reply_markup=keyboard)
    page = await opened(permissions=["clipboard-read", "clipboard-write"])
    await in_chat(page, "Here").press("Enter")
    await answer(stage, "dead", article())
    await page.get_by_role("option", name="Dead bug").wait_for()
    await in_chat(page, "Friends").press("Enter")
    await page.get_by_text("There is no such chat here.").wait_for()
    await in_chat(page, "Share").press("Enter")
    dialog = page.get_by_role("dialog", name="In which chat?")
    await dialog.get_by_role("button", name="Running club").press("Enter")
    await page.get_by_role("heading", name="Running club").wait_for()
    assert await page.get_by_label("Message", exact=True).input_value() == "@band_coach_bot plank"
    await answer(stage, "plank", article("p", "Plank", title="Plank"))
    await page.get_by_role("option", name="Plank").wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_text(VIA).wait_for()
    (club,) = stage.world.groups
    assert [message.text for message in stage.world.messages(club)] == ["Plank"]
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Ann", exact=True).click()
    await in_chat(page, "Copy").click()
    await page.get_by_text("Copied").wait_for()
    assert await page.evaluate("navigator.clipboard.readText()") == "/exercise deadbug"


async def test_the_button_over_the_results_opens_the_bot(stage: Bare, opened: Open) -> None:
    page = await opened()
    await page.get_by_label("Message", exact=True).fill("@band_coach_bot x")
    more = {"text": "Open the coach", "start_parameter": "inline"}
    await answer(stage, "x", button=more)
    await page.get_by_role("option", name="Open the coach").click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("article", name="You").get_by_text("/start inline").wait_for()
