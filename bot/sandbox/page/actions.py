"""What a person does on the chat page. Errors become status 400 in `routes`."""

import mimetypes
from collections.abc import Awaitable, Callable

from bot.sandbox.page.view import file_json
from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.files import ANY_TYPE
from bot.sandbox.world.inline import InlineResult
from bot.sandbox.world.messages import TEXT_LIMIT
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

NAME_LIMIT = 64
TITLE_LIMIT = 40  # characters of its text that stand for the title of a result without one
CLUB = "Running club"
TRAVEL_TARGETS = ("reminder", "minute", "hour", "day", "clock-change")
Action = Callable[[World, Json], Awaitable[Json]]


async def _add_person(world: World, fields: Json) -> Json:
    person = world.add_person(_clean(fields["name"])[:NAME_LIMIT] or "Runner")
    for group in world.groups:
        world.join(group, person)
    return {"id": person.id}


async def _open_club(world: World, _fields: Json) -> Json:
    """Open the one group of the page, which everyone is in."""
    club = next((group for group in world.groups if group.title == CLUB), None)
    return {"id": (club or world.add_group(CLUB, world.people)).id}


async def _block(world: World, fields: Json) -> Json:
    world.block(_person(world, fields))
    return {}


async def _unblock(world: World, fields: Json) -> Json:
    world.unblock(_person(world, fields))
    return {}


async def _say(world: World, fields: Json) -> Json:
    person, chat = _participant(world, fields)
    text = _clean(fields["text"])
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"a message holds {TEXT_LIMIT} characters at most")
    if text:
        world.say(person, text, chat)
    return {}


async def _send_location(world: World, fields: Json) -> Json:
    latitude, longitude = float(fields["latitude"]), float(fields["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("no such place on Earth")
    person, chat = _participant(world, fields)
    world.send_location(person, latitude, longitude, chat)
    return {}


async def _send_medium(world: World, fields: Json) -> Json:
    person, chat = _participant(world, fields)
    world.send(person, str(fields["kind"]), chat)
    return {}


def send_file(world: World, fields: Json, content: bytes) -> None:
    """Send a document; its type is that of its name, as in Telegram's clients."""
    person, chat = _participant(world, fields)
    name = _clean(fields["name"])[:255] or "file"
    mime = mimetypes.guess_type(name)[0] or ANY_TYPE
    world.send_document(person, name, content, chat, mime=mime)


async def _tap(world: World, fields: Json) -> Json:
    """Respond with the bot's answer to the tap."""
    person, chat = _participant(world, fields)
    tap = world.tap(person, int(fields["message_id"]), chat=chat, data=_clean(fields["data"]))
    try:
        await tap.answer(world.tap_lifetime.total_seconds())
    except TimeoutError:
        return {"text": "The bot does not answer.", "show_alert": False}
    return {"text": tap.text, "show_alert": tap.show_alert, "url": tap.url}


async def _ask_inline(world: World, fields: Json) -> Json:
    """Respond with the bot's results; with none if it does not answer."""
    person, chat = _participant(world, fields)
    query = world.ask_inline(person, _clean(fields["query"]), chat)
    try:
        await query.answer(world.inline_lifetime.total_seconds())
    except TimeoutError:
        return {"id": query.id, "results": [], "button": None}
    button = query.button
    return {
        "id": query.id,
        "results": [_result_json(world, result) for result in query.results],
        "button": {"label": button.label, "payload": button.payload} if button else None,
    }


def _result_json(world: World, result: InlineResult) -> Json:
    return {
        "id": result.id,
        "type": result.type,
        "title": result.title or result.text[:TITLE_LIMIT],
        "description": result.description,
        "file": file_json(world, result.preview),
    }


async def _choose(world: World, fields: Json) -> Json:
    query = world.queries.get(str(fields["query"]))
    if query is None:
        raise LookupError("no such query")
    if query.person != _person(world, fields):
        raise LookupError("somebody else asked that")
    _participant(world, fields | {"chat": query.chat_id})
    world.choose(query, str(fields["result"]))
    return {}


async def _travel(world: World, fields: Json) -> Json:
    """Move the clock of the world and of the bot."""
    if world.travel is None or fields["where"] not in TRAVEL_TARGETS:
        raise ValueError("the clock can't be moved there")
    before = world.clock()
    await world.travel(fields["where"])
    world.mark_changed()
    return {"moved": round((world.clock() - before).total_seconds())}


async def _hasten(world: World, fields: Json) -> Json:
    """Let the clock run at several times its speed, or at its own again."""
    if world.hasten is None:
        raise ValueError("the clock can't be hastened")
    world.is_fast = fields["is_fast"] is True
    world.hasten(world.is_fast)
    world.mark_changed()
    return {}


ACTIONS: dict[str, Action] = {
    "person": _add_person,
    "club": _open_club,
    "block": _block,
    "unblock": _unblock,
    "say": _say,
    "location": _send_location,
    "medium": _send_medium,
    "tap": _tap,
    "inline": _ask_inline,
    "choose": _choose,
    "travel": _travel,
    "hasten": _hasten,
}


def _person(world: World, fields: Json) -> Person:
    for person in world.people:
        if person.id == fields["person"]:
            return person
    raise LookupError("no such person")


def _participant(world: World, fields: Json) -> tuple[Person, Chat]:
    """Return the person and the chat, which is the private one unless another is named."""
    person = _person(world, fields)
    chat = world.chat_of(person, fields.get("chat") or person.id)
    if chat is None:
        raise LookupError("no such chat")
    if chat.is_private and world.is_blocked_by(person):
        raise ValueError("you blocked the bot: unblock it to write to it")
    return person, chat


def _clean(text: object) -> str:
    """Strip a text and replace lone surrogates, which JSON can carry and UTF-8 cannot."""
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
