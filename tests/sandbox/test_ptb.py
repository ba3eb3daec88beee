"""python-telegram-bot lives in the sandbox as it does on Telegram."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedMpeg4Gif,
    InlineQueryResultsButton,
    InputMediaAnimation,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.sandbox.server import serve
from bot.sandbox.world import media
from bot.sandbox.world.chats import Person
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World

from .samples import CLIP, PDF, png


@pytest.fixture
async def ptb(world: World, url: str) -> AsyncIterator[Bot]:
    async with Bot(world.token, base_url=f"{url}/bot") as ptb:
        yield ptb


async def echo(update: Update, _context: Any) -> None:
    assert update.message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d:1")]])
    await update.message.reply_html(f"<b>{update.message.text}</b>", reply_markup=keyboard)


async def done(update: Update, _context: Any) -> None:
    assert update.callback_query
    await update.callback_query.answer("Well done")
    await update.callback_query.edit_message_text("Next")


@pytest.mark.slow
async def test_an_echo_bot_runs_by_long_polling(world: World, ann: Person, url: str) -> None:
    app = Application.builder().token(world.token).base_url(f"{url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(done))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling()
        message = await world.until(lambda: (last := world.last(ann)) and last.from_bot and last)
        assert message
        assert message.text == "/start"
        tap = await world.tap(ann, message, "Done").answer()
        assert tap.text == "Well done"
        await world.until(lambda: (last := world.last(ann)) and last.text == "Next")
        await app.updater.stop()
        await app.stop()
    assert world.refused() == []


async def test_updates_survive_the_death_of_a_bot(world: World, ann: Person, url: str) -> None:
    for _ in range(2):
        async with Bot(world.token, base_url=f"{url}/bot") as bot:
            (update,) = await bot.get_updates()
            assert update.message
            assert update.message.text == "/start"


async def test_keyboards_and_options_arrive(world: World, ann: Person, ptb: Bot) -> None:
    await ptb.send_message(
        ann.id,
        "Where?",
        reply_markup=ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)]]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )
    keyboard = world.keyboard(ann)
    assert keyboard
    assert keyboard.rows[0][0].asks_for == "location"


async def test_commands_come_back_as_set(ptb: Bot) -> None:
    commands = (BotCommand("help", "Every command"),)
    scope = BotCommandScopeAllPrivateChats()
    await ptb.set_my_commands(commands, scope=scope, language_code="en")
    assert await ptb.get_my_commands(scope=scope, language_code="en") == commands


@pytest.mark.breadth(4)
@pytest.mark.parametrize("kind", media.SAMPLES)
async def test_every_medium_is_readable(kind: str, world: World, ann: Person, ptb: Bot) -> None:
    world.send(ann, kind)
    update = (await ptb.get_updates())[-1]
    assert update.message
    assert getattr(update.message, kind)


async def test_blocks_edits_and_posts_are_readable(world: World, ann: Person, ptb: Bot) -> None:
    world.edit(ann, world.say(ann, "ten"), "twelve")
    world.post_in_channel(world.add_channel("News"), "hello")
    world.block(ann)
    *_, edited, post, member = await ptb.get_updates()
    assert edited.edited_message
    assert post.channel_post
    assert member.my_chat_member
    assert member.my_chat_member.new_chat_member.status == "kicked"


async def test_a_tap_on_a_deleted_message_is_readable(world: World, ann: Person, ptb: Bot) -> None:
    sent = await ptb.send_message(ann.id, "x")
    await ptb.delete_message(ann.id, sent.message_id)
    world.tap(ann, sent.message_id, data="d:1")
    query = (await ptb.get_updates())[-1].callback_query
    assert query
    assert query.message
    assert not query.message.is_accessible


async def test_its_files_are_taken_told_and_given_back(ann: Person, ptb: Bot) -> None:
    photo = await ptb.send_photo(ann.id, png(), caption="<b>x</b>", parse_mode="HTML")
    assert (photo.photo[-1].width, photo.photo[-1].height) == (60, 40)
    assert photo.caption_html == "<b>x</b>"
    clip = await ptb.send_animation(ann.id, CLIP, filename="a.mp4", width=720, height=540)
    assert clip.animation
    assert clip.document
    assert (clip.animation.width, clip.animation.mime_type) == (720, "video/mp4")
    document = await ptb.send_document(ann.id, PDF, filename="plan.pdf")
    assert document.document
    assert (document.document.file_name, document.document.file_size) == ("plan.pdf", len(PDF))
    assert document.document.mime_type == "application/pdf"
    again = await ptb.send_animation(ann.id, clip.animation)
    assert again.animation == clip.animation


async def test_its_edits_of_media_arrive(ann: Person, ptb: Bot) -> None:
    sent = await ptb.send_photo(ann.id, png())
    moving = await sent.edit_media(InputMediaAnimation(CLIP, caption="moves"))
    assert isinstance(moving, Message)
    assert moving.animation
    assert moving.animation.duration == timedelta(seconds=3)
    still = await sent.edit_media(InputMediaPhoto(sent.photo[-1]))
    assert isinstance(still, Message)
    assert still.photo == sent.photo
    captioned = await sent.edit_caption("slow")
    assert isinstance(captioned, Message)
    assert captioned.caption == "slow"


async def test_an_inline_query_is_answered(world: World, ann: Person, ptb: Bot) -> None:
    clip = await ptb.send_animation(ann.id, CLIP)
    assert clip.animation
    typed_query = world.ask_inline(ann, "dead")
    query = (await ptb.get_updates())[-1].inline_query
    assert query
    assert (query.query, query.from_user.id, query.chat_type) == ("dead", ann.id, "sender")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d:1")]])
    await query.answer(
        [
            InlineQueryResultArticle(
                "a", "Dead bug", InputTextMessageContent("<b>x</b>", "HTML"), keyboard
            ),
            InlineQueryResultCachedMpeg4Gif("b", clip.animation.file_id, caption="slow"),
        ],
        button=InlineQueryResultsButton("More", start_parameter="inline"),
    )
    world.choose(typed_query, "b")
    world.tap(ann, world.choose(typed_query, "a"), "Done")
    *_, moving, text, tapped = await ptb.get_updates(offset=1)
    assert moving.message
    assert moving.message.animation
    assert moving.message.via_bot
    assert text.message
    assert text.message.text == "x"
    assert tapped.callback_query
    assert tapped.callback_query.message is None
    await tapped.callback_query.edit_message_text("y")
    last = world.last(ann)
    assert last
    assert last.text == "y"


async def test_it_is_known_to_answer_inline_queries(ptb: Bot) -> None:
    assert (await ptb.get_me()).supports_inline_queries


async def test_refusals_are_the_errors_it_knows(
    world: World, ann: Person, stranger: Person, ptb: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(Forbidden, match="can't initiate"):
        await ptb.send_message(stranger.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.send_message(99, "x")
    with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
        await ptb.send_animation(ann.id, "x")
    sent = await ptb.send_message(ann.id, "x")
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("x")
    world.faults.add(Fault(kind="flood", retry_after=3))
    with pytest.raises(RetryAfter):
        await ptb.send_message(ann.id, "x")


async def test_another_token_is_refused() -> None:
    async with serve(World(token="2:other")) as url:
        bot = Bot("1:sandbox", base_url=f"{url}/bot")
        with pytest.raises(InvalidToken):
            await bot.initialize()
        await bot.shutdown()
