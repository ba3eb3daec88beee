"""The pretend Telegram on the network: the Bot API under /bot<token>/, the chat page under /."""

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from bot.sandbox.api.methods import perform
from bot.sandbox.api.parameters import Params, Upload
from bot.sandbox.api.refusal import Refusal, bad_request, too_many_requests
from bot.sandbox.api.signatures import unknown
from bot.sandbox.guard import guard
from bot.sandbox.page import routes as chat_page
from bot.sandbox.world.calls import Call
from bot.sandbox.world.chats import Json
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.files import ANY_TYPE, FILE_LIMIT
from bot.sandbox.world.webhook import Bringer
from bot.sandbox.world.world import World

WORLD = web.AppKey("world", World)
_TOKEN = re.compile(r"\d+:[\w-]+")
_WORDS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
_LOST = 0
_BODY_LIMIT = FILE_LIMIT + 1024**2  # bytes: a file and what is said about it


def make_app(world: World, *, calls_by_get: bool = True) -> web.Application:
    """`calls_by_get`: whether a bot may call methods by GET too, as on Telegram."""
    app = web.Application(middlewares=[guard])
    app[WORLD] = world
    for verb in ("GET", "POST") if calls_by_get else ("POST",):
        app.router.add_route(verb, "/bot{token:[^/]*}/{method}", _bot_api)
    app.router.add_get("/file/bot{token:[^/]*}/{path:.*}", _file)
    chat_page.add_routes(app, world)
    return app


@asynccontextmanager
async def serve(
    world: World, host: str = "127.0.0.1", port: int = 0, *, calls_by_get: bool = True
) -> AsyncIterator[str]:
    """Serves the world; the value is its base URL. No access log: it would hold the token."""
    app = make_app(world, calls_by_get=calls_by_get)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound_host, bound_port = runner.addresses[0][:2]
        async with Bringer(world).at_work():
            shown_host = f"[{bound_host}]" if ":" in bound_host else bound_host
            yield f"http://{shown_host}:{bound_port}"
    finally:
        await runner.cleanup()


async def _bot_api(request: web.Request) -> web.StreamResponse:
    world, method = request.app[WORLD], request.match_info["method"]
    try:
        params = await _read_params(request)
    except (TypeError, ValueError):
        return _json(world, _refusal_answer(bad_request("can't parse JSON object")))
    except web.HTTPRequestEntityTooLarge:
        return _json(world, _refusal_answer(Refusal(413, "Request Entity Too Large")))
    fault = world.faults.take(method, params.chat_id)
    delay = 0 if method.lower() == "getupdates" else world.latency
    await asyncio.sleep(delay + (fault.seconds if fault else 0))
    answer: Json = {}
    if fault is None or fault.takes_effect:
        answer = await _answer(world, request.match_info["token"], method, params)
    if fault is None or fault.kind == "latency":
        _log(world, method, params, answer, fault)
        return _json(world, answer)
    whole, answer = answer, _spoilt_answer(fault)
    _log(world, method, params, answer, fault)
    if answer:
        return _json(world, answer)
    return await _spoil(request, fault, whole)


async def _answer(world: World, token: str, method: str, params: Params) -> Json:
    """The one place where a Refusal becomes words on the wire."""
    try:
        _check_token(world, token)
        return {"ok": True, "result": await perform(world, method, params)}
    except Refusal as refusal:
        return _refusal_answer(refusal)


def _refusal_answer(refusal: Refusal) -> Json:
    answer: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    parameters = {
        "retry_after": refusal.retry_after,
        "migrate_to_chat_id": refusal.migrate_to_chat_id,
    }
    if given := {name: value for name, value in parameters.items() if value is not None}:
        answer["parameters"] = given
    return answer


def _spoilt_answer(fault: Fault) -> Json:
    """Empty when there is none at all."""
    if fault.kind == "status":
        words = _WORDS.get(fault.status, "Injected Fault")
        return _refusal_answer(Refusal(fault.status, words))
    if fault.kind == "flood":
        return _refusal_answer(too_many_requests(fault.retry_after))
    return {}


async def _spoil(request: web.Request, fault: Fault, whole: Json) -> web.StreamResponse:
    """An answer that is not Telegram's, a part of one, or none."""
    match fault.kind:
        case "page":
            page = f"<html><head><title>{fault.status}</title></head><body>nginx</body></html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        case "empty":
            return web.Response(status=fault.status)
        case "cut":
            await _begin(request, whole or {"ok": True, "result": True})
        case "hang":
            await asyncio.Event().wait()  # until the client gives up, which cancels this handler
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _begin(request: web.Request, answer: Json) -> None:
    """Half of the answer goes out."""
    whole = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(whole))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    await asyncio.sleep(0)  # so that it is on its way before the connection breaks


def _check_token(world: World, token: str) -> None:
    if not _TOKEN.fullmatch(token):
        raise Refusal(404, "Not Found")
    if not hmac.compare_digest(token.encode(errors="replace"), world.token.encode()):
        raise Refusal(401, "Unauthorized")


def _log(world: World, method: str, params: Params, answer: Json, fault: Fault | None) -> None:
    world.log(
        Call(
            method=method,
            params=params.told,
            status=answer.get("error_code", 200) if answer else _LOST,
            description=answer.get("description", ""),
            at=world.clock(),
            chat_id=params.chat_id,
            spoilt=fault is not None and fault.kind != "latency",
            unknown=unknown(method, params),
            answer=answer,
        )
    )


async def _read_params(request: web.Request) -> Params:
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        values |= dict(await request.json())
    elif request.content_type.startswith("multipart/"):
        form = await request.clone(client_max_size=_BODY_LIMIT).post()
        values |= {name: _form_value(value) for name, value in form.items()}
    elif request.can_read_body:
        values |= await request.post()
    return Params(values)


def _form_value(value: Any) -> Any:
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        return Upload(value.filename, value.content_type, file.read())


async def _file(request: web.Request) -> web.Response:
    """The bytes of an uploaded file, by the path that getFile told."""
    world = request.app[WORLD]
    try:
        _check_token(world, request.match_info["token"])
    except Refusal as refusal:
        return _json(world, _refusal_answer(refusal))
    content = world.files.at_path(request.match_info["path"])
    if content is None:
        return _json(world, _refusal_answer(Refusal(404, "Not Found")))
    return web.Response(body=content, content_type=ANY_TYPE)


def _json(world: World, answer: Json) -> web.Response:
    """Dated by the clock that dates messages, as Telegram's answers are."""
    date = format_datetime(world.clock().astimezone(UTC), usegmt=True)
    status = answer.get("error_code", 200)
    return web.json_response(answer, status=status, headers={"Date": date})
