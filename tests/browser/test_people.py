"""Several people on the page, several pages of one person, and a server that goes and comes."""

import pytest

from bot.sandbox.server import serve
from tests.browser.conftest import IN_ONE_BROWSER, Open, begin_a_session, in_chat, say, tap
from tests.conversations.stage import Stage

pytestmark = IN_ONE_BROWSER


async def test_a_blocked_bot_is_told_so_and_unblocked_again(stage: Stage, opened: Open) -> None:
    page = await opened()
    await begin_a_session(page)
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Block the bot").click()
    await page.get_by_role("button", name="Unblock the bot").wait_for()
    assert await in_chat(page, "Done").is_disabled()
    assert await page.get_by_label("Message", exact=True).is_hidden()
    await page.get_by_role("button", name="Unblock the bot").click()
    await say(page, "done")
    await page.get_by_text("1 of 9").wait_for()


async def test_runners_are_added_and_meet_in_the_club(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_label("Name of a new runner").fill("Bob")
    await page.keyboard.press("Enter")
    await page.get_by_text("You are Bob").wait_for()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Running club, as Bob").click()
    await page.get_by_role("heading", name="Running club").wait_for()
    await say(page, "hello all")
    await say(page, "/exercise deadbug")
    await page.get_by_role("article", name="Band Coach").first.wait_for()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Ann", exact=True).click()
    await page.get_by_role("button", name="Start", exact=True).wait_for()
    assert await page.get_by_role("article").count() == 0


async def test_two_tabs_stay_in_step(stage: Stage, opened: Open) -> None:
    one, other = await opened(), await opened()
    await begin_a_session(one)
    await tap(other, "Done")
    await one.get_by_text("1 of 9").wait_for()
    await one.get_by_text("✓ Warm-up").wait_for()
    texts = [await page.locator("#chat").inner_text() for page in (one, other)]
    assert texts[0] == texts[1]


async def test_a_lost_connection_comes_back_with_what_was_missed(
    stage: Stage, opened: Open, complaints: list[str]
) -> None:
    async with serve(stage.world) as address:
        port = int(address.rpartition(":")[2])
        page = await opened()
        await page.goto(address)
        await page.get_by_text("You are Ann").wait_for()
    await page.get_by_text("Connecting…").wait_for()
    stage.world.say(stage.world.people[0], "said meanwhile")
    async with serve(stage.world, port=port):
        await page.get_by_role("article", name="You").get_by_text("said meanwhile").wait_for()
        await page.get_by_text("You are Ann").wait_for()
        await page.close()
    complaints.clear()


async def test_the_drawer_tells_each_call_and_refusals_in_red(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="What Telegram would have said").click()
    await page.get_by_text("setMyCommands").first.wait_for()
    calls = page.get_by_role("list", name="Calls")
    with pytest.raises(Exception, match="Chat not found"):
        await stage.work.app.bot.send_message(5, "<b>x</b>")
    newest = calls.get_by_role("listitem").first
    await newest.get_by_text("Bad Request: chat not found").wait_for()
    await newest.locator("summary").click()
    assert "<b>x</b>" in await newest.locator("pre").first.inner_text()
    assert "getUpdates" not in await calls.inner_text()
    assert stage.world.token not in await page.content()
    colour = "node => getComputedStyle(node).color"
    assert await newest.locator(".answered").evaluate(colour) == "rgb(179, 38, 30)"
    await page.keyboard.press("Escape")
    assert await calls.is_hidden()


async def test_the_bots_keyboard_asks_for_a_place_from_a_list(stage: Stage, opened: Open) -> None:
    page = await opened()
    await begin_a_session(page)
    await say(page, "/timezone")
    keyboard = page.get_by_role("group", name="Keyboard")
    await keyboard.get_by_role("button", name="Share where I am").click()
    await page.get_by_role("button", name="Kathmandu").click()
    await page.get_by_text("📍 Location").wait_for()
    await page.get_by_text("Asia/Kathmandu").or_(page.get_by_text("Kathmandu:")).first.wait_for()
    assert await page.get_by_role("dialog").count() == 0
