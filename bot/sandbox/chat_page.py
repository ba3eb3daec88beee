"""The chat page's side of the server: a runner's chat as events, and what the runner does.

Nobody but the page itself is let in: another site open in the same browser must neither read the
chat nor act in it.
"""

import ipaddress
import json
from collections.abc import Awaitable, Callable
from functools import partial
from importlib import resources
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.chats import Json, Person
from bot.sandbox.keyboards import Button, ReplyKeyboard
from bot.sandbox.messages import Message
from bot.sandbox.world import World

SHOWN = 200  # messages; a chat page needs no more
_FILES = {"index.html": "text/html", "page.js": "text/javascript", "page.css": "text/css"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
Action = Callable[[World, Json], Awaitable[Json]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application, world: World) -> None:
    app.router.add_get("/", _own(partial(_static, "index.html")))
    app.router.add_get("/page/events", _own(partial(_events, world)))
    for name in _FILES:
        app.router.add_get(f"/page/{name}", _own(partial(_static, name)))
    for name, action in _ACTIONS.items():
        app.router.add_post(f"/page/{name}", _own(partial(_act, world, action)))


def _own(handler: Handler) -> Handler:
    """Takes requests of the page itself only."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not _is_own(request):
            raise web.HTTPForbidden(text="only the chat page itself may ask this")
        return await handler(request)

    return guarded


def _is_own(request: web.Request) -> bool:
    """The Origin must be this server, under a name that no stranger's DNS can claim."""
    origin = request.headers.get("Origin")
    if origin is None and request.method == "POST":
        return False
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return _is_plain_address(urlsplit(f"//{request.host}").hostname or "")


def _is_plain_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


async def _static(name: str, _request: web.Request) -> web.Response:
    file = resources.files("bot.sandbox") / "page" / name
    body = file.read_bytes()
    return web.Response(body=body, content_type=_FILES[name], charset="utf-8", headers=_HEADERS)


async def _events(world: World, request: web.Request) -> web.StreamResponse:
    """Server-sent events: the whole of what the page shows, again whenever it changed."""
    stream = web.StreamResponse(headers=_HEADERS | {"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    person = request.query.get("person", "")
    person_id = int(person) if person.isdecimal() else 0
    shown = ""
    while True:
        view = json.dumps(_view(world, person_id), ensure_ascii=False)
        if view != shown:
            shown = view
            await stream.write(f"data: {view}\n\n".encode())
        await world.next_change()
    return stream


async def _act(world: World, action: Action, request: web.Request) -> web.Response:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        return web.json_response(await action(world, await request.json()))
    except (ValueError, LookupError, TypeError, AssertionError) as error:
        raise web.HTTPBadRequest(text=str(error)) from None


async def _add_person(world: World, fields: Json) -> Json:
    return {"id": world.add_person(str(fields["name"]).strip() or "Runner").id}


async def _say(world: World, fields: Json) -> Json:
    if text := str(fields["text"]).strip():
        world.say(_person(world, fields), text)
    return {}


async def _send_location(world: World, fields: Json) -> Json:
    latitude, longitude = float(fields["latitude"]), float(fields["longitude"])
    world.send_location(_person(world, fields), latitude, longitude)
    return {}


async def _tap(world: World, fields: Json) -> Json:
    """Answers when the bot has, so that the page can show what it said."""
    tap = world.tap(_person(world, fields), int(fields["message_id"]), data=str(fields["data"]))
    try:
        await tap.answer(world.tap_lifetime.total_seconds())
    except TimeoutError:
        return {"text": "The bot does not answer.", "show_alert": False}
    return {"text": tap.text, "show_alert": tap.show_alert, "url": tap.url}


_ACTIONS: dict[str, Action] = {
    "person": _add_person,
    "say": _say,
    "location": _send_location,
    "tap": _tap,
}


def _person(world: World, fields: Json) -> Person:
    for person in world.people:
        if person.id == fields["person"]:
            return person
    raise LookupError("no such person")


def _view(world: World, person_id: int) -> Json:
    return {
        "bot": world.bot.first_name,
        "username": world.bot.username,
        "commands": world.profile.commands.get((("default",), ""), []),
        "people": [{"id": person.id, "name": person.first_name} for person in world.people],
        "messages": [_bubble(message) for message in world.messages(person_id)[-SHOWN:]],
        "keyboard": _keyboard(world.keyboard(person_id)),
    }


def _bubble(message: Message) -> Json:
    return {
        "id": message.id,
        "from_bot": message.from_bot,
        "time": message.date.isoformat(),
        "edited": message.edited > 0 and not message.from_bot,
        "text": message.text,
        "entities": [entity.wire() for entity in message.entities],
        "media": next(iter(message.media), None),
        "buttons": [[_button(button) for button in row] for row in message.buttons],
    }


def _button(button: Button) -> Json:
    return {"label": button.label, "data": button.data, "url": button.url}


def _keyboard(keyboard: ReplyKeyboard | None) -> list[list[Json]]:
    rows = keyboard.rows if keyboard else ()
    return [[{"label": key.label, "asks_for": key.asks_for} for key in row] for row in rows]
