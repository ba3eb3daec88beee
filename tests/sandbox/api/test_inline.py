"""Inline mode: queries, the results that Telegram takes, and messages sent via the bot."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.inline import InlineQuery
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused
from tests.sandbox.samples import CLIP, PDF, png

from .test_taps import TOO_OLD

Json = dict[str, Any]


@pytest.fixture
def inline_query(world: World, ann: Person) -> InlineQuery:
    return world.ask_inline(ann, "dead")


@pytest.fixture
def group(world: World, ann: Person) -> Chat:
    return world.add_group("Club", [ann])


def article(number: str = "1", text: str = "<b>Dead bug</b>", **more: Any) -> Json:
    content = {"message_text": text, "parse_mode": "HTML"}
    fields: Json = {"type": "article", "id": number, "title": "Dead bug"}
    return fields | {"input_message_content": content} | more


async def answer(api: Api, inline_query: InlineQuery, *results: Any, **more: Any) -> Json:
    return await api(
        "answerInlineQuery", inline_query_id=inline_query.id, results=list(results), **more
    )


async def chosen(world: World, api: Api, inline_query: InlineQuery, result: Json) -> Message:
    assert (await answer(api, inline_query, result))["ok"]
    return world.choose(inline_query, result["id"])


@pytest.fixture
async def clip(ann: Person, send: Api) -> str:
    """The file_id of an uploaded clip."""
    sent = await send("sendAnimation", chat_id=ann.id, animation=("a.mp4", CLIP))
    return str(sent["result"]["animation"]["file_id"])


def test_a_query_arrives_with_its_words(
    world: World, ann: Person, inline_query: InlineQuery
) -> None:
    query = world.updates.pending[-1]["inline_query"]
    assert (query["id"], query["query"], query["offset"]) == (inline_query.id, "dead", "")
    assert (query["from"]["id"], query["chat_type"]) == (ann.id, "sender")


def test_a_query_from_a_group_tells_so(world: World, ann: Person, group: Chat) -> None:
    world.ask_inline(ann, "x" * 300, chat=group, offset="50")
    query = world.updates.pending[-1]["inline_query"]
    assert (query["chat_type"], query["offset"], len(query["query"])) == ("supergroup", "50", 256)


async def test_a_query_records_how_it_was_answered(inline_query: InlineQuery, api: Api) -> None:
    more = {"text": "Set up", "start_parameter": "inline"}
    response = await answer(
        api, inline_query, article(), article("2"), next_offset="2", button=more
    )
    assert response["result"] is True
    assert await inline_query.answer() is inline_query
    assert [(found.id, found.title) for found in inline_query.results] == [
        ("1", "Dead bug"),
        ("2", "Dead bug"),
    ]
    assert inline_query.next_offset == "2"
    assert inline_query.button
    assert (inline_query.button.label, inline_query.button.payload) == ("Set up", "inline")


async def test_a_query_may_have_no_results(inline_query: InlineQuery, api: Api) -> None:
    assert (await answer(api, inline_query))["ok"]
    assert inline_query.results == ()


async def test_a_query_that_nobody_answers_times_out(inline_query: InlineQuery) -> None:
    with pytest.raises(TimeoutError):
        await inline_query.answer(timeout=0.01)


async def test_a_chosen_article_becomes_a_text_via_the_bot(
    world: World, ann: Person, group: Chat, api: Api
) -> None:
    inline_query = world.ask_inline(ann, "dead", chat=group)
    message = await chosen(world, api, inline_query, article())
    assert (message.text, message.html, message.sender) == ("Dead bug", "<b>Dead bug</b>", ann)
    assert message is world.last(group)
    response = world.updates.pending[-1]["message"]
    assert response["via_bot"]["id"] == world.bot.id
    assert response["entities"] == [{"type": "bold", "offset": 0, "length": 8}]
    assert message.inline_id is None


async def test_a_chosen_clip_has_its_caption(
    world: World, inline_query: InlineQuery, clip: str, api: Api
) -> None:
    result = {"type": "mpeg4_gif", "id": "a", "mpeg4_file_id": clip, "caption": "slow"}
    message = await chosen(world, api, inline_query, result)
    assert message.text == "slow"
    assert message.media["animation"]["file_id"] == clip
    assert message.media["document"]["file_id"] == clip


async def test_cached_photos_and_documents_can_be_chosen(
    world: World, ann: Person, inline_query: InlineQuery, api: Api, send: Api
) -> None:
    photo = await send("sendPhoto", chat_id=ann.id, photo=("a.png", png()))
    document = await send("sendDocument", chat_id=ann.id, document=("plan.pdf", PDF))
    numbers = (
        photo["result"]["photo"][-1]["file_id"],
        document["result"]["document"]["file_id"],
    )
    results = [
        {"type": "photo", "id": "p", "photo_file_id": numbers[0]},
        {"type": "document", "id": "d", "title": "Plan", "document_file_id": numbers[1]},
    ]
    assert (await answer(api, inline_query, *results))["ok"]
    assert world.choose(inline_query, "p").media["photo"][-1]["file_id"] == numbers[0]
    assert world.choose(inline_query, "d").media["document"]["file_id"] == numbers[1]
    with pytest.raises(LookupError):
        world.choose(inline_query, "x")


async def test_a_text_may_be_sent_instead_of_a_clip(
    world: World, inline_query: InlineQuery, clip: str, api: Api
) -> None:
    content = {"message_text": "description"}
    result = {"type": "mpeg4_gif", "id": "a", "mpeg4_file_id": clip}
    message = await chosen(world, api, inline_query, result | {"input_message_content": content})
    assert (message.text, message.media) == ("description", {})
    assert inline_query.results[0].preview["animation"]["file_id"] == clip


async def test_a_tap_on_such_a_message_has_an_id_of_its_own(
    world: World, ann: Person, inline_query: InlineQuery, api: Api
) -> None:
    message = await chosen(world, api, inline_query, article(reply_markup=inline([button()])))
    world.tap(ann, message, "Done")
    query = world.updates.pending[-1]["callback_query"]
    assert query["inline_message_id"] == message.inline_id
    assert query["data"] == "d:1"
    assert "message" not in query


async def test_such_a_message_is_edited_by_that_id(
    world: World, ann: Person, inline_query: InlineQuery, clip: str, api: Api
) -> None:
    message = await chosen(world, api, inline_query, article(reply_markup=inline([button()])))
    named = {"inline_message_id": message.inline_id}
    again = inline([button("Again")])
    assert await api("editMessageText", **named, text="two", reply_markup=again) == {
        "ok": True,
        "result": True,
    }
    assert (await api("editMessageReplyMarkup", **named))["result"] is True
    moving = {"type": "animation", "media": clip}
    assert (await api("editMessageMedia", **named, media=moving))["result"] is True
    assert (await api("editMessageCaption", **named, caption="slow"))["result"] is True
    last = world.last(ann)
    assert last
    assert (last.text, last.labels, last.media["animation"]["file_id"]) == ("slow", [], clip)
    answer = await api("editMessageText", inline_message_id="x", text="two")
    assert answer == refused(400, "Bad Request: MESSAGE_ID_INVALID")
    answer = await api(
        "editMessageText", chat_id=ann.id, message_id=message.id, text="not the bot's own"
    )
    assert answer == refused(400, "Bad Request: message can't be edited")


async def test_a_query_is_answered_once_and_soon(
    world: World, ann: Person, inline_query: InlineQuery, api: Api
) -> None:
    assert (await answer(api, inline_query, article()))["ok"]
    assert await answer(api, inline_query, article()) == TOO_OLD
    assert await api("answerInlineQuery", inline_query_id="17", results=[]) == TOO_OLD
    late = world.ask_inline(ann, "plank")
    world.clock = lambda: datetime.now(UTC) + timedelta(seconds=11)
    assert await answer(api, late, article()) == TOO_OLD
    assert late.answered_at is None


BUTTON = "can't parse inline keyboard button:"
PARSE = "can't parse inline query result:"


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("ж" * 33)], "RESULT_ID_INVALID"),
        ([article(title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(text="x" * 4097)], "MESSAGE_TOO_LONG"),
        ([article(text="")], f"{PARSE} message text is empty"),
        ([article(text="<b></b>")], "text must be non-empty"),
        ([article(input_message_content=None)], f"{PARSE} Input message content is not specified"),
        ([article(reply_markup=inline([button(callback_data="x" * 65)]))], "BUTTON_DATA_INVALID"),
        ([article(reply_markup={"keyboard": [["x"]]})], "inline keyboard expected"),
        ([{"id": "1"}], f'{PARSE} Can\'t find field "type"'),
        ([{"type": "article"}], f'{PARSE} Can\'t find field "id"'),
        ([{"type": "article", "id": 1}], f'{PARSE} Field "id" must be of type String'),
        (
            [{"type": "hologram", "id": "1"}],
            f'{PARSE} type "hologram" is unsupported for the inline query result',
        ),
        ([{"type": "photo", "id": "1"}], f'{PARSE} Can\'t find field "photo_file_id"'),
        (["x"], f"{PARSE} Inline query result must be an object"),
        ({"type": "article"}, "expected an Array of inline query results"),
        ([{"type": "mpeg4_gif", "id": "1", "mpeg4_file_id": "x"}], "DOCUMENT_INVALID"),
        (
            [{"type": "mpeg4_gif", "id": "1", "mpeg4_url": "https://x.org/a.mp4"}],
            "WEBDOCUMENT_URL_INVALID",
        ),
    ],
)
async def test_a_wrong_result_is_refused(
    results: Any, description: str, inline_query: InlineQuery, api: Api
) -> None:
    response = await api("answerInlineQuery", inline_query_id=inline_query.id, results=results)
    assert response == refused(400, f"Bad Request: {description}")
    assert inline_query.answered_at is None


async def test_a_forgotten_file_is_no_result(
    world: World, inline_query: InlineQuery, clip: str, api: Api
) -> None:
    result = {"type": "mpeg4_gif", "id": "1", "mpeg4_file_id": clip}
    long = await answer(api, inline_query, result | {"caption": "x" * 1025})
    assert long == refused(400, "Bad Request: MEDIA_CAPTION_TOO_LONG")
    other = {"type": "document", "id": "1", "title": "x", "document_file_id": clip}
    assert await answer(api, inline_query, other) == refused(400, "Bad Request: DOCUMENT_INVALID")
    world.forget_files()
    assert await answer(api, inline_query, result) == refused(400, "Bad Request: DOCUMENT_INVALID")


@pytest.mark.parametrize(
    ("more", "description"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        (
            {"button": {"start_parameter": "a"}},
            "can't parse inline query results button: Can't find field \"text\"",
        ),
    ],
)
async def test_a_wrong_answer_is_refused(
    more: Json, description: str, inline_query: InlineQuery, api: Api
) -> None:
    refusal = refused(400, f"Bad Request: {description}")
    assert await answer(api, inline_query, article(), **more) == refusal


ALLOWED = {"query": "dead", "allow_group_chats": True}


@pytest.mark.parametrize(
    ("action", "query", "chats"),
    [
        ({"switch_inline_query": "dead"}, "dead", ("user", "bot", "group", "channel")),
        ({"switch_inline_query": ""}, "", ("user", "bot", "group", "channel")),
        ({"switch_inline_query_current_chat": "dead"}, "dead", ()),
        ({"switch_inline_query_chosen_chat": ALLOWED}, "dead", ("group",)),
    ],
)
async def test_buttons_may_lead_to_a_query(
    action: Json, query: str, chats: tuple[str, ...], world: World, ann: Person, api: Api
) -> None:
    keyboard = inline([button("Share", **action)])
    sent = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    assert sent["result"]["reply_markup"] == keyboard
    message = world.last(ann)
    assert message
    assert message.button("Share").inline_query == query
    assert message.button("Share").inline_chats == chats
    with pytest.raises(LookupError):
        world.tap(ann, message, "Share")


@pytest.mark.parametrize(
    ("action", "description"),
    [
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"copy_text": "x"},
            'can\'t parse inline keyboard button: Field "copy_text" must be of type Object',
        ),
        (
            {"switch_inline_query": 5},
            f'{BUTTON} Field "switch_inline_query" must be of type String',
        ),
        (
            {"switch_inline_query_chosen_chat": {"query": "x"}},
            f"{BUTTON} At least one chat type must be allowed",
        ),
    ],
)
async def test_a_wrong_button_is_refused(
    action: Json, description: str, ann: Person, api: Api
) -> None:
    keyboard = inline([button("Share", **action)])
    answer = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    assert answer == refused(400, f"Bad Request: {description}")


async def test_a_button_may_copy_a_text(world: World, ann: Person, api: Api) -> None:
    keyboard = inline([button("Copy", copy_text={"text": "/exercise deadbug"})])
    await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    message = world.last(ann)
    assert message
    assert message.button("Copy").copy_text == "/exercise deadbug"
    assert message.button("Copy").inline_query is None
