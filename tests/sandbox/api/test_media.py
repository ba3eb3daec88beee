"""Photos, clips and documents: uploads, file_ids, captions and edits."""

from typing import Any

import pytest

from bot.sandbox.api.formats import read_media_info
from bot.sandbox.api.uploads import FILE_LIMIT, PHOTO_LIMIT, THUMBNAIL_LIMIT
from bot.sandbox.world import snapshot
from bot.sandbox.world.chats import Person
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.files import MediaInfo
from bot.sandbox.world.flood_limits import FloodLimits
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused
from tests.sandbox.samples import CLIP, GIF, PDF, jpeg_head, mp3, png

from .test_edit_message import NOT_MODIFIED

WRONG_FILE = refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
Json = dict[str, Any]


@pytest.fixture
async def photo(ann: Person, send: Api) -> Json:
    """A message of the bot with a photo, a caption and a button, in the form of the Bot API."""
    keyboard = inline([button()])
    file = ("a.png", png())
    answer = await send(
        "sendPhoto", chat_id=ann.id, photo=file, caption="one", reply_markup=keyboard
    )
    result: Json = answer["result"]
    return result


def where(message: Json) -> Json:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


@pytest.mark.parametrize(
    ("content", "info"),
    [
        (png(60, 40), MediaInfo("image/png", 60, 40)),
        (jpeg_head(300, 200), MediaInfo("image/jpeg", 300, 200)),
        (GIF, MediaInfo("image/gif", 30, 20)),
        (CLIP, MediaInfo("video/mp4", 160, 120, 3)),
        (CLIP[:40], MediaInfo("video/mp4")),
        (b"\x89PNG\r\n\x1a\n", MediaInfo()),
        (b"\xff\xd8\xff", MediaInfo()),
        (mp3(), MediaInfo("audio/mpeg")),
        (b"ID3\x04", MediaInfo("audio/mpeg")),
        (b"\0\0\0\x18ftypM4A ", MediaInfo("audio/mp4")),
        (PDF, MediaInfo()),
        (b"", MediaInfo()),
    ],
)
def test_a_file_tells_its_shape(content: bytes, info: MediaInfo) -> None:
    assert read_media_info(content) == info


def test_a_file_cut_off_anywhere_is_no_error() -> None:
    for content in (CLIP, png(), jpeg_head(300, 200), GIF, mp3()):
        for length in range(len(content)):
            read_media_info(content[:length])


async def test_a_photo_arrives_with_caption_and_buttons(
    world: World, ann: Person, photo: Json
) -> None:
    (size,) = photo["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (60, 40, len(png()))
    assert photo["caption"] == "one"
    message = world.last(ann)
    assert message
    assert (message.text, message.labels, message.from_bot) == ("one", ["Done"], True)
    assert "text" not in photo


async def test_a_clip_is_an_animation_and_a_document(ann: Person, send: Api) -> None:
    file = ("bridge.mp4", CLIP, "video/mp4")
    sent = (await send("sendAnimation", chat_id=ann.id, animation=file))["result"]
    clip, document = sent["animation"], sent["document"]
    assert (clip["width"], clip["height"], clip["duration"]) == (160, 120, 3)
    assert (clip["file_name"], clip["mime_type"]) == ("bridge.mp4", "video/mp4")
    assert clip["file_id"] == document["file_id"]
    assert "duration" not in document


async def test_what_the_bot_says_of_a_clip_goes_first(ann: Person, send: Api) -> None:
    declared = {"width": 720, "height": 540, "duration": 9}
    answer = await send("sendAnimation", chat_id=ann.id, animation=("a.mp4", CLIP), **declared)
    clip = answer["result"]["animation"]
    assert {name: clip[name] for name in declared} == declared


async def test_what_does_not_move_becomes_a_document(ann: Person, send: Api) -> None:
    answer = await send("sendAnimation", chat_id=ann.id, animation=("plan.pdf", PDF))
    assert "animation" not in answer["result"]
    assert answer["result"]["document"]["file_name"] == "plan.pdf"


async def test_a_document_has_name_type_and_size(ann: Person, send: Api) -> None:
    file = ("plan.pdf", PDF, "application/pdf")
    sent = (await send("sendDocument", chat_id=ann.id, document=file))["result"]
    declared = {name: sent["document"][name] for name in ("file_name", "mime_type", "file_size")}
    assert declared == {
        "file_name": "plan.pdf",
        "mime_type": "application/pdf",
        "file_size": len(PDF),
    }


async def test_a_file_is_uploaded_once_and_sent_by_its_id(
    world: World, ann: Person, photo: Json, api: Api, send: Api
) -> None:
    file_id = photo["photo"][-1]["file_id"]
    answer = await api("sendPhoto", chat_id=ann.id, photo=file_id)
    assert answer["result"]["photo"] == photo["photo"]
    assert [(upload.name, upload.kind) for upload in world.uploads] == [("a.png", "photo")]
    again = await send("sendPhoto", chat_id=ann.id, photo=("a.png", png()))
    (size,) = again["result"]["photo"]
    assert size["file_unique_id"] == photo["photo"][-1]["file_unique_id"]
    assert size["file_id"] != file_id
    assert len(world.uploads) == 2
    assert len(world.files._contents) == 1


async def test_a_forgotten_file_id_is_refused(
    world: World, ann: Person, photo: Json, api: Api, send: Api
) -> None:
    other = await send("sendDocument", chat_id=ann.id, document=("plan.pdf", PDF))
    kept, lost = other["result"]["document"]["file_id"], photo["photo"][-1]["file_id"]
    world.forget_files(lost)
    assert await api("sendPhoto", chat_id=ann.id, photo=lost) == WRONG_FILE
    assert (await api("sendDocument", chat_id=ann.id, document=kept))["ok"]
    world.forget_files()
    assert await api("sendDocument", chat_id=ann.id, document=kept) == WRONG_FILE
    assert (await send("sendPhoto", chat_id=ann.id, photo=("a.png", png())))["ok"]


@pytest.mark.parametrize("method", ["sendPhoto", "sendAnimation", "sendAudio", "sendDocument"])
@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        (("a.png", b""), "file must be non-empty"),
    ],
)
async def test_a_wrong_file_is_refused(
    method: str, file: Any, words: str, world: World, ann: Person, send: Api
) -> None:
    field = method.removeprefix("send").lower()
    answer = await send(method, chat_id=ann.id, **{field: file})
    assert answer == refused(400, f"Bad Request: {words}")
    assert len(world.messages(ann)) == 1
    assert world.uploads == []


@pytest.mark.parametrize(
    ("params", "status", "words"),
    [
        ({"photo": ""}, 400, "Bad Request: there is no photo in the request"),
        ({"photo": "attach://x"}, 400, "Bad Request: there is no photo in the request"),
        ({"photo": ("a.png", PDF)}, 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        ({"photo": ("a.png", png(9_999, 2))}, 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ({"photo": ("a.png", png(0, 0))}, 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ({"photo": ("a.png", png(210, 10))}, 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ({"photo": ("a.png", b"x" * (PHOTO_LIMIT + 1))}, 413, "Request Entity Too Large"),
        ({"caption": "x" * 1025}, 400, "Bad Request: message caption is too long"),
        ({"chat_id": 99}, 400, "Bad Request: chat not found"),
        (
            {"reply_parameters": {"message_id": 9}},
            400,
            "Bad Request: message to be replied not found",
        ),
        (
            {"reply_markup": inline([button(callback_data="x" * 65)])},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_a_wrong_photo_is_refused(
    params: Json, status: int, words: str, world: World, ann: Person, send: Api
) -> None:
    usual: Json = {"chat_id": ann.id, "photo": ("a.png", png())}
    assert await send("sendPhoto", **usual | params) == refused(status, words)
    assert world.uploads == []


async def test_audio_has_what_the_bot_says_of_it_and_its_picture(ann: Person, send: Api) -> None:
    answer = await send(
        "sendAudio",
        chat_id=ann.id,
        audio=("a.mp3", mp3(), "audio/mpeg"),
        title="Hips",
        performer="Coach",
        duration=1440,
        thumbnail="attach://cover",
        cover=("cover.jpg", jpeg_head(320, 240), "image/jpeg"),
        caption="Press play",
    )
    sent = answer["result"]
    audio = sent["audio"]
    declared = {name: audio[name] for name in ("title", "performer", "duration", "mime_type")}
    assert declared == {
        "title": "Hips",
        "performer": "Coach",
        "duration": 1440,
        "mime_type": "audio/mpeg",
    }
    assert (audio["thumbnail"]["width"], audio["thumbnail"]["height"]) == (320, 240)
    assert sent["caption"] == "Press play"
    assert "document" not in sent


@pytest.mark.parametrize(
    "picture",
    [
        ("cover.png", png(), "image/png"),
        ("cover.jpg", jpeg_head(321, 240), "image/jpeg"),
        ("cover.jpg", jpeg_head(240, 321), "image/jpeg"),
        ("cover.jpg", jpeg_head(320, 240) + bytes(THUMBNAIL_LIMIT), "image/jpeg"),
        ("cover.jpg", b"", "image/jpeg"),
        "AgACAgI",
        "attach://nothing",
    ],
)
async def test_a_picture_that_telegram_ignores_is_ignored(
    picture: Any, ann: Person, send: Api
) -> None:
    file = ("a.mp3", mp3(), "audio/mpeg")
    answer = await send("sendAudio", chat_id=ann.id, audio=file, thumbnail=picture)
    assert "thumbnail" not in answer["result"]["audio"]


async def test_audio_is_sent_again_by_its_id_as_it_was_uploaded(
    world: World, ann: Person, send: Api, api: Api
) -> None:
    file = ("a.mp3", mp3(), "audio/mpeg")
    first = (await send("sendAudio", chat_id=ann.id, audio=file, title="Hips"))["result"]["audio"]
    again = await api("sendAudio", chat_id=ann.id, audio=first["file_id"], title="Knees")
    assert again["result"]["audio"] == first
    assert [upload.kind for upload in world.uploads] == ["audio"]


async def test_what_no_music_player_plays_becomes_a_document(ann: Person, send: Api) -> None:
    answer = await send("sendAudio", chat_id=ann.id, audio=("plan.mp3", PDF, "audio/mpeg"))
    assert "audio" not in answer["result"]
    assert answer["result"]["document"]["file_name"] == "plan.mp3"


async def test_a_file_keeps_its_kind(ann: Person, photo: Json, send: Api, api: Api) -> None:
    track = await send("sendAudio", chat_id=ann.id, audio=("a.mp3", mp3(), "audio/mpeg"))
    plan = await send("sendDocument", chat_id=ann.id, document=("plan.pdf", PDF))
    for method, field, file_id, names in (
        ("sendDocument", "document", track["result"]["audio"]["file_id"], "Audio as Document"),
        ("sendAudio", "audio", plan["result"]["document"]["file_id"], "Document as Audio"),
        ("sendAudio", "audio", photo["photo"][-1]["file_id"], "Photo as Audio"),
    ):
        answer = await api(method, chat_id=ann.id, **{field: file_id})
        assert answer == refused(400, f"Bad Request: can't use file of type {names}")


@pytest.mark.parametrize("size", [FILE_LIMIT + 1, FILE_LIMIT + 2 * 1024**2])
async def test_audio_over_50_mb_is_refused(size: int, ann: Person, send: Api) -> None:
    file = ("a.mp3", mp3() + bytes(size), "audio/mpeg")
    answer = await send("sendAudio", chat_id=ann.id, audio=file)
    assert answer == refused(413, "Request Entity Too Large")


@pytest.mark.parametrize("size", [FILE_LIMIT + 1, FILE_LIMIT + 2 * 1024**2])
async def test_a_file_over_50_mb_is_refused(size: int, ann: Person, send: Api) -> None:
    answer = await send("sendDocument", chat_id=ann.id, document=("a.bin", bytes(size)))
    assert answer == refused(413, "Request Entity Too Large")


async def test_a_caption_counts_after_parsing(ann: Person, send: Api) -> None:
    caption, file = f"<b>{'é' * 1023}😀</b>", ("a.png", png())
    answer = await send("sendPhoto", chat_id=ann.id, photo=file, caption=caption, parse_mode="HTML")
    assert answer["result"]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1025}]


async def test_a_photo_is_not_sent_as_a_document(ann: Person, photo: Json, api: Api) -> None:
    file_id = photo["photo"][-1]["file_id"]
    answer = await api("sendDocument", chat_id=ann.id, document=file_id)
    assert answer == refused(400, "Bad Request: can't use file of type Photo as Document")


async def test_who_blocked_the_bot_gets_no_files(
    world: World, ann: Person, stranger: Person, send: Api
) -> None:
    file = ("a.png", png())
    world.block(ann)
    answer = await send("sendPhoto", chat_id=ann.id, photo=file)
    assert answer == refused(403, "Forbidden: bot was blocked by the user")
    answer = await send("sendPhoto", chat_id=stranger.id, photo=file)
    assert answer == refused(403, "Forbidden: bot can't initiate conversation with a user")
    assert world.uploads == []


async def test_limits_and_faults_hold_for_files_too(world: World, ann: Person, send: Api) -> None:
    world.limits = FloodLimits(chat_burst=1)
    file = ("a.png", png())
    assert (await send("sendPhoto", chat_id=ann.id, photo=file))["ok"]
    assert (await send("sendPhoto", chat_id=ann.id, photo=file))["error_code"] == 429
    assert len(world.uploads) == 1
    world.limits = None
    world.faults.add(Fault(method="sendPhoto", status=502, handled=True))
    assert await send("sendPhoto", chat_id=ann.id, photo=file) == refused(502, "Bad Gateway")
    assert len(world.uploads) == 2
    assert world.calls[-1].params["photo"] == f"<a.png, {len(png())} bytes>"


async def test_a_caption_is_edited(world: World, ann: Person, photo: Json, api: Api) -> None:
    answer = await api(
        "editMessageCaption", **where(photo), caption="<i>two</i>", parse_mode="HTML"
    )
    assert answer["result"]["caption"] == "two"
    assert answer["result"]["photo"] == photo["photo"]
    message = world.last(ann)
    assert message
    assert (message.text, message.buttons, message.edited) == ("two", (), 1)
    assert (await api("editMessageCaption", **where(photo)))["ok"]
    assert await api("editMessageCaption", **where(photo)) == refused(400, NOT_MODIFIED)


async def test_edits_of_the_wrong_kind_are_refused(ann: Person, photo: Json, api: Api) -> None:
    answer = await api("editMessageText", **where(photo), text="two")
    assert answer == refused(400, "Bad Request: there is no text in the message to edit")
    text = await api("sendMessage", chat_id=ann.id, text="x")
    answer = await api("editMessageCaption", **where(text["result"]), caption="two")
    assert answer == refused(400, "Bad Request: there is no caption in the message to edit")
    answer = await api("editMessageCaption", **where(photo), caption="x" * 1025)
    assert answer == refused(400, "Bad Request: message caption is too long")


async def test_a_caption_of_a_stranger_message_is_not_edited(
    world: World, ann: Person, api: Api
) -> None:
    sent = world.send(ann, "photo")
    answer = await api("editMessageCaption", chat_id=ann.id, message_id=sent.id, caption="x")
    assert answer == refused(400, "Bad Request: message can't be edited")


async def test_buttons_of_a_photo_are_edited_and_it_is_deleted(
    world: World, ann: Person, photo: Json, api: Api
) -> None:
    await api("editMessageReplyMarkup", **where(photo))
    message = world.last(ann)
    assert message
    assert (message.text, message.buttons) == ("one", ())
    assert (await api("deleteMessage", **where(photo)))["ok"]
    assert [message.text for message in world.messages(ann)] == ["/start"]


async def test_a_medium_is_replaced_by_an_upload_and_by_a_file_id(
    world: World, ann: Person, photo: Json, send: Api
) -> None:
    media = {"type": "animation", "media": "attach://clip", "caption": "moves", "duration": 4}
    answer = await send("editMessageMedia", **where(photo), media=media, clip=("b.mp4", CLIP))
    assert answer["result"]["animation"]["duration"] == 4
    assert answer["result"]["caption"] == "moves"
    assert "photo" not in answer["result"]
    back = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    answer = await send("editMessageMedia", **where(photo), media=back)
    assert answer["result"]["photo"] == photo["photo"]
    assert await send("editMessageMedia", **where(photo), media=back) == refused(400, NOT_MODIFIED)


async def test_a_text_is_replaced_by_a_photo(ann: Person, api: Api, send: Api) -> None:
    text = await api("sendMessage", chat_id=ann.id, text="x")
    media = {"type": "photo", "media": "attach://a"}
    answer = await send(
        "editMessageMedia", **where(text["result"]), media=media, a=("a.png", png())
    )
    assert "text" not in answer["result"]
    assert answer["result"]["photo"]


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ("", 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        ([], "can't parse InputMedia: expected an Object"),
        ({"type": "photo"}, "can't parse InputMedia: media not found"),
        (
            {"type": "hologram", "media": "x"},
            'can\'t parse InputMedia: type "hologram" is unsupported',
        ),
        ({"type": "photo", "media": "x"}, "wrong file identifier/HTTP URL specified"),
        ({"type": "photo", "media": "attach://x"}, "there is no photo in the request"),
        (
            {"type": "photo", "media": "x", "caption": "x" * 1025},
            "message caption is too long",
        ),
    ],
)
async def test_a_wrong_medium_is_refused(media: Any, words: str, photo: Json, send: Api) -> None:
    answer = await send("editMessageMedia", **where(photo), media=media)
    assert answer == refused(400, f"Bad Request: {words}")


async def test_files_are_there_again_in_a_saved_world(
    world: World, ann: Person, photo: Json, tmp_path: Any
) -> None:
    snapshot.save(world, tmp_path / "chats")
    other = World()
    assert snapshot.load(other, tmp_path / "chats")
    file = other.files.find(photo["photo"][-1]["file_id"])
    assert other.files.content(file) == png()
    assert other.uploads == world.uploads
