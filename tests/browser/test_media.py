"""What a bot shows on the page: media, quotes, styled buttons, typing, alerts."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import (
    DESKTOP,
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
from tests.sandbox.conftest import button, inline
from tests.sandbox.samples import CLIP, GIF, PDF, mp3, png

pytestmark = IN_ONE_BROWSER

PHOTO = ("a.png", png(), "image/png")
MOVES = ("bridge.mp4", CLIP, "video/mp4")
TRACK = ("session.mp3", mp3(60), "audio/mpeg")
PLAN = ("plan.pdf", PDF, "application/pdf")
IS_LOADED = "node => node.complete && node.naturalWidth === 60"
PLAYS = "node => !node.paused && node.muted && node.loop && node.currentTime > 0"


@fixture
async def stage() -> AsyncIterator[Bare]:
    async with a_bare_page() as bare:
        yield bare


async def settled(locator: Any, condition: str) -> None:
    """Waits until the condition holds for the node."""
    await locator.wait_for()
    page, node = locator.page, await locator.element_handle()
    await page.wait_for_function(condition, arg=node)


async def test_a_photo_has_its_caption_and_changes_in_place(stage: Bare, opened: Open) -> None:
    keyboard = inline([button()])
    sent = await stage.call(
        "sendPhoto",
        chat_id=stage.ann.id,
        photo=PHOTO,
        caption="<b>Week</b> 1",
        parse_mode="HTML",
        reply_markup=keyboard,
    )
    page = await opened()
    await settled(page.get_by_role("img", name="Photo from Band Coach"), IS_LOADED)
    assert await page.locator("#chat b").inner_text() == "Week"
    assert await in_chat(page, "Done").is_enabled()
    where = {"chat_id": stage.ann.id, "message_id": sent["message_id"]}
    await stage.call("editMessageCaption", **where, caption="Week 2")
    await page.get_by_text("Week 2").wait_for()
    assert await page.locator("#chat .keys").count() == 0
    media = {"type": "animation", "media": "attach://clip", "caption": "moves"}
    await stage.call("editMessageMedia", **where, media=media, clip=MOVES)
    await page.get_by_label("Clip from Band Coach").wait_for()
    assert await page.get_by_role("article", name="Band Coach").count() == 1
    assert await page.get_by_role("img", name="Photo").count() == 0


async def test_a_clip_plays_in_a_loop_and_can_be_paused(stage: Bare, opened: Open) -> None:
    await stage.call("sendAnimation", chat_id=stage.ann.id, animation=MOVES)
    page = await opened()
    clip = page.get_by_label("Clip from Band Coach")
    await settled(clip, PLAYS)
    assert await clip.evaluate("node => node.videoWidth") == 160
    await page.get_by_role("button", name="Pause the clip").press("Enter")
    await page.get_by_role("button", name="Play the clip").wait_for()
    assert await clip.evaluate("node => node.paused")


async def test_nothing_moves_for_who_wants_less_motion(stage: Bare, opened: Open) -> None:
    await stage.call("sendAnimation", chat_id=stage.ann.id, animation=MOVES)
    page = await opened(reduced_motion="reduce")
    clip = page.get_by_label("Clip from Band Coach")
    await settled(clip, "node => node.readyState >= 2")
    assert await clip.evaluate("node => node.paused && node.controls && !node.autoplay")
    assert await page.locator(".pause").is_hidden()
    await page.emulate_media(reduced_motion="no-preference")
    await settled(clip, PLAYS)
    await page.get_by_role("button", name="Pause the clip").wait_for()


async def test_a_track_has_position_pause_and_speed_and_plays_on_when_its_buttons_go(
    stage: Bare, opened: Open
) -> None:
    sent = await stage.call(
        "sendAudio",
        chat_id=stage.ann.id,
        audio=TRACK,
        title="Hips",
        performer="Coach",
        caption="Press play",
        reply_markup=inline([button()]),
    )
    page = await opened(viewport=PHONE)
    track = page.get_by_label("Hips, audio from Band Coach")
    await settled(track, "node => node.readyState >= 1 && node.controls")
    assert abs(await track.evaluate("node => node.duration") - 60) < 1
    await page.get_by_role("button", name="Speed 1, change").click()
    await page.get_by_role("button", name="Speed 1.25, change").wait_for()
    assert await track.evaluate("node => node.playbackRate") == 1.25
    await track.evaluate(
        "node => { node.muted = true; node.currentTime = 30; return node.play(); }"
    )
    where = {"chat_id": stage.ann.id, "message_id": sent["message_id"]}
    await stage.call("editMessageReplyMarkup", **where)
    await in_chat(page, "Done").wait_for(state="hidden")
    await settled(track, "node => !node.paused && node.currentTime > 30.2")
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert await serious_faults(page) == []


async def test_a_gif_is_seen_where_motion_is_welcome(stage: Bare, opened: Open) -> None:
    await stage.call("sendAnimation", chat_id=stage.ann.id, animation=("a.gif", GIF, "image/gif"))
    page = await opened()
    await page.get_by_role("img", name="Clip from Band Coach").wait_for(state="attached")
    calm = await opened(reduced_motion="reduce")
    await calm.get_by_role("link", name="Clip").wait_for()
    assert await calm.locator("#chat img").count() == 0


async def test_a_document_is_downloaded_as_it_was(
    stage: Bare, opened: Open, tmp_path: Path
) -> None:
    await stage.call("sendDocument", chat_id=stage.ann.id, document=PLAN, caption="print it")
    page = await opened()
    link = page.get_by_role("link", name="plan.pdf")
    assert "15 bytes" in await link.inner_text()
    async with page.expect_download() as waiting:
        await link.press("Enter")
    download = await waiting.value
    assert download.suggested_filename == "plan.pdf"
    await download.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == PDF


async def test_a_hostile_file_name_stays_text(stage: Bare, opened: Open) -> None:
    name = "<img src=x onerror=alert(1)>'; x=\u202e.html"
    page_in_it = b"<script>document.title='taken'</script>"
    await stage.call("sendDocument", chat_id=stage.ann.id, document=(name, page_in_it, "text/html"))
    page = await opened()
    link = page.get_by_role("link")
    await page.get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert await page.locator("#chat img").count() == 0
    async with page.expect_download() as waiting:
        await link.last.click()
    assert "/" not in (await waiting.value).suggested_filename
    assert await page.title() == "Band Coach"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_media_fit_the_screen_and_axe_finds_nothing_serious(
    viewport: Any, stage: Bare, opened: Open
) -> None:
    to = {"chat_id": stage.ann.id, "caption": "Three sessions"}
    await stage.call("sendPhoto", **to, photo=("b.png", png(900, 1200), "image/png"))
    await stage.call("sendAnimation", **to, animation=MOVES, reply_markup=inline([button()]))
    await stage.call("sendDocument", **to, document=("p" * 90 + ".pdf", PDF, "application/pdf"))
    page = await opened(viewport=viewport, reduced_motion="reduce")
    await settled(page.get_by_label("Clip from Band Coach"), "node => node.readyState >= 2")
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) == []
    at_end = "node => node.scrollHeight - node.scrollTop - node.clientHeight < 2"
    assert await page.locator("#chat").evaluate(at_end)
    assert await serious_faults(page) == []


async def test_the_bot_is_seen_typing_until_it_speaks(stage: Bare, opened: Open) -> None:
    page = await opened()
    await page.get_by_text("You are Ann").wait_for()
    await stage.call("sendChatAction", chat_id=stage.ann.id, action="typing")
    await page.get_by_text("Band Coach is typing…").wait_for()
    await stage.call("sendMessage", chat_id=stage.ann.id, text="hello")
    await page.get_by_text("You are Ann").wait_for()


async def test_an_alert_is_a_dialog_that_wants_an_ok(stage: Bare, opened: Open) -> None:
    await stage.call("sendMessage", chat_id=stage.ann.id, text="x", reply_markup=inline([button()]))
    page = await opened()
    await in_chat(page, "Done").press("Enter")
    await stage.world.until(lambda: "callback_query" in stage.world.updates.pending[-1])
    query = stage.world.updates.pending[-1]["callback_query"]
    words = "Stop <b>now</b>"
    await stage.call(
        "answerCallbackQuery", callback_query_id=query["id"], text=words, show_alert=True
    )
    dialog = page.get_by_role("dialog", name="From the bot")
    await dialog.get_by_text(words).wait_for()
    assert await serious_faults(page) == []
    await page.keyboard.press("Enter")
    await dialog.wait_for(state="hidden")
    await page.wait_for_function("document.activeElement.innerText === 'Done'")


LONG = "\n".join(f"Line {number} of a long quote" for number in range(1, 9))


async def test_a_long_quote_shows_three_lines_until_it_is_opened(stage: Bare, opened: Open) -> None:
    """It stays open when the chat is drawn again; a short one has nothing to open."""
    for text in (LONG, "Short"):
        quote = f"<blockquote expandable>{text}</blockquote>"
        await stage.call("sendMessage", chat_id=stage.ann.id, text=quote, parse_mode="HTML")
    page = await opened(viewport=PHONE)
    show = page.get_by_role("button", name="Show all")
    await show.wait_for()
    assert await show.count() == 1
    words = page.locator(".expandable > .words").first
    folded = (await words.bounding_box())["height"]
    await show.click()
    assert (await words.bounding_box())["height"] > 2 * folded
    await stage.call("sendMessage", chat_id=stage.ann.id, text="And then")
    await page.get_by_text("And then").wait_for()
    await page.get_by_role("button", name="Show less").click()
    assert abs((await words.bounding_box())["height"] - folded) < 2
    assert await serious_faults(page) == []


async def test_a_button_has_the_colour_of_its_style(stage: Bare, opened: Open) -> None:
    styles = ("success", "danger", "primary")
    rows = [{**button(style, callback_data=style), "style": style} for style in styles]
    keyboard = inline(rows, [button("plain")])
    await stage.call("sendMessage", chat_id=stage.ann.id, text="Go", reply_markup=keyboard)
    page = await opened(viewport=PHONE)
    await in_chat(page, "plain").wait_for()
    colour = "node => getComputedStyle(node).backgroundColor"
    colours = {await in_chat(page, label).evaluate(colour) for label in (*styles, "plain")}
    assert len(colours) == 4
    assert await serious_faults(page) == []
