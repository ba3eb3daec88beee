"""The chat page's HTTP routes: its files, a person's chat as events, and the person's actions."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from importlib import resources

from aiohttp import web

from bot.sandbox.page.actions import ACTIONS, Action, send_file
from bot.sandbox.page.media import answer_media
from bot.sandbox.page.view import calls_json, view
from bot.sandbox.world.world import World

BODY_LIMIT = 1024**2  # bytes
FILE_LIMIT = 8 * 1024**2
HEARTBEAT = 15.0  # seconds; a lost connection is noticed at the next write
RECONNECT = 1000  # milliseconds until the browser asks again
_FILE_TYPE = "application/octet-stream"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_FILES = sorted(
    file.name
    for file in (resources.files("bot.sandbox.page") / "static").iterdir()
    if file.name.endswith(tuple(_TYPES))
)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; media-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application, world: World) -> None:
    app.router.add_get("/", partial(_static, "index.html"))
    app.router.add_get("/page/events", partial(_events, world))
    app.router.add_post("/page/file", _sized(partial(_upload, world), FILE_LIMIT))
    app.router.add_get("/page/media/{id}", partial(_media, world))
    for name in _FILES:
        app.router.add_get(f"/page/{name}", partial(_static, name))
    for name, action in ACTIONS.items():
        app.router.add_post(f"/page/{name}", _sized(partial(_act, world, action)))


def _sized(handler: Handler, limit: int = BODY_LIMIT) -> Handler:
    """Refuse bodies larger than `limit` bytes."""

    async def sized(request: web.Request) -> web.StreamResponse:
        if (request.content_length or 0) > limit:
            raise _too_large(request.content_length or 0, limit)
        try:
            return await handler(request)
        except web.HTTPRequestEntityTooLarge:  # of a body without Content-Length
            raise _too_large(limit + 1, limit) from None

    return sized


def _too_large(size: int, limit: int) -> web.HTTPException:
    text = f"too large: {limit // 1024**2} MB is the most that this page takes"
    return web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=size, text=text)


async def _static(name: str, _request: web.Request) -> web.Response:
    file = resources.files("bot.sandbox.page") / "static" / name
    kind = _TYPES[name[name.rindex(".") :]]
    return web.Response(
        body=file.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS
    )


async def _events(world: World, request: web.Request) -> web.StreamResponse:
    """Send server-sent events: the whole view at each change, and the new calls.

    A page that reconnects therefore misses nothing of the view.
    """
    person_id = _number(request, "person")
    chat_id = _number(request, "chat") or person_id
    stream = web.StreamResponse(headers=_HEADERS | {"Content-Type": "text/event-stream"})
    with suppress(ConnectionResetError):  # the page was closed
        await stream.prepare(request)
        await stream.write(f"retry: {RECONNECT}\n\n".encode())
        await _stream_changes(world, person_id, chat_id, stream)
    return stream


async def _stream_changes(
    world: World, person_id: int, chat_id: int, stream: web.StreamResponse
) -> None:
    """Write the view and the new calls until the write raises ConnectionResetError."""
    sent_view, sent_calls = "", 0
    while True:
        version = world.version
        current = json.dumps(view(world, person_id, chat_id), ensure_ascii=False)
        if current != sent_view:
            sent_view = current
            await stream.write(_event("view", current))
        new, sent_calls = world.calls.since(sent_calls), world.calls.total
        if (calls := calls_json(world, new)) != "[]":
            await stream.write(_event("calls", calls))
        try:
            if world.version == version:
                await world.next_change(HEARTBEAT)
        except TimeoutError:
            await stream.write(b": still here\n\n")


def _number(request: web.Request, name: str) -> int:
    """Return a query parameter as a number; 0 if it is none."""
    try:
        return int(request.query.get(name, ""))
    except ValueError:
        return 0


def _event(name: str, data: str) -> bytes:
    return f"event: {name}\ndata: {data}\n\n".encode(errors="replace")


async def _media(world: World, request: web.Request) -> web.Response:
    return answer_media(world.files, request)


async def _act(world: World, action: Action, request: web.Request) -> web.Response:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        return web.json_response(await action(world, await request.json()))
    except (ValueError, LookupError, TypeError, AssertionError, RecursionError) as error:
        raise web.HTTPBadRequest(text=str(error)) from None


async def _upload(world: World, request: web.Request) -> web.Response:
    if request.content_type != _FILE_TYPE:
        raise web.HTTPUnsupportedMediaType
    content = await request.clone(client_max_size=FILE_LIMIT).read()
    fields = {
        "person": _number(request, "person"),
        "chat": _number(request, "chat"),
        "name": request.query.get("name", ""),
    }
    try:
        send_file(world, fields, content)
    except (ValueError, LookupError) as error:
        raise web.HTTPBadRequest(text=str(error)) from None
    return web.json_response({})
