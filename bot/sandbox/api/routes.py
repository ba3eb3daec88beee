"""The Bot API's HTTP routes: reads calls, answers them, and applies faults."""

import asyncio
import hmac
import json
import re
from datetime import UTC
from email.utils import format_datetime
from functools import partial
from typing import Any

from aiohttp import web

from bot.sandbox.api.methods import perform
from bot.sandbox.api.parameters import Parameters, Upload
from bot.sandbox.api.refusal import Refusal, bad_request, too_many_requests
from bot.sandbox.api.signatures import unknown_parameters
from bot.sandbox.api.uploads import FILE_LIMIT
from bot.sandbox.world.calls import Call
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.files import ANY_TYPE
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

_TOKEN = re.compile(r"\d+:[\w-]+")
_PHRASES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
_BODY_LIMIT = FILE_LIMIT + 1024**2  # bytes: a file and the other parameters


def add_routes(app: web.Application, world: World, *, by_get: bool) -> None:
    for verb in ("GET", "POST") if by_get else ("POST",):
        app.router.add_route(verb, "/bot{token:[^/]*}/{method}", partial(_call, world))
    path = "/file/bot{token:[^/]*}/{kind}/{id}"
    app.router.add_get(path, partial(_file, world), allow_head=False)


async def _file(world: World, request: web.Request) -> web.StreamResponse:
    """Respond with the content of a file, of which getFile told the path."""
    try:
        _check_token(world, request.match_info["token"])
    except Refusal as refusal:
        return _json(world, _refusal_answer(refusal))
    file = world.files.find_unique(request.match_info["id"])
    if file is None or request.match_info["kind"] != f"{file.kind}s":
        return _json(world, _refusal_answer(Refusal(404, "Not Found")))
    fault = world.faults.take("file", None)
    await asyncio.sleep(world.latency + (fault.seconds if fault else 0))
    if fault is not None and fault.kind != "latency":
        answer = _fault_answer(fault)
        return _json(world, answer) if answer else await _break(request, fault, {})
    return web.Response(body=world.files.content(file), content_type=ANY_TYPE)


async def _call(world: World, request: web.Request) -> web.StreamResponse:
    method = request.match_info["method"]
    try:
        params = await _read_params(request)
    except (TypeError, ValueError):
        return _json(world, _refusal_answer(bad_request("can't parse JSON object")))
    except web.HTTPRequestEntityTooLarge:
        return _json(world, _refusal_answer(Refusal(413, "Request Entity Too Large")))
    fault = world.faults.take(method, params.chat_id)
    latency = 0 if method.lower() == "getupdates" else world.latency
    await asyncio.sleep(latency + (fault.seconds if fault else 0))
    answer: Json = {}
    if fault is None or fault.takes_effect:
        answer = await _answer(world, request.match_info["token"], method, params)
    if fault is None or fault.kind == "latency":
        _log(world, method, params, answer, fault)
        return _json(world, answer)
    lost, answer = answer, _fault_answer(fault)
    _log(world, method, params, answer, fault)
    if answer:
        return _json(world, answer)
    return await _break(request, fault, lost)


async def _answer(world: World, token: str, method: str, params: Parameters) -> Json:
    try:
        _check_token(world, token)
        return {"ok": True, "result": await perform(world, method, params)}
    except Refusal as refusal:
        return _refusal_answer(refusal)


def _refusal_answer(refusal: Refusal) -> Json:
    answer: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    optional = {
        "retry_after": refusal.retry_after,
        "migrate_to_chat_id": refusal.migrate_to_chat_id,
    }
    if parameters := {name: value for name, value in optional.items() if value is not None}:
        answer["parameters"] = parameters
    return answer


def _fault_answer(fault: Fault) -> Json:
    """Return the Bot API's answer under this fault; empty if the answer is not the Bot API's."""
    if fault.kind == "status":
        phrase = _PHRASES.get(fault.status, "Injected Fault")
        return _refusal_answer(Refusal(fault.status, phrase))
    if fault.kind == "flood":
        return _refusal_answer(too_many_requests(fault.retry_after))
    return {}


async def _break(request: web.Request, fault: Fault, lost: Json) -> web.StreamResponse:
    """Respond as a proxy, or break the connection; `lost` is the answer to be cut."""
    match fault.kind:
        case "page":
            page = f"<html><head><title>{fault.status}</title></head><body>nginx</body></html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        case "empty":
            return web.Response(status=fault.status)
        case "cut":
            await _send_half(request, lost or {"ok": True, "result": True})
        case "hang":
            await asyncio.Event().wait()  # until the client gives up, which cancels this handler
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _send_half(request: web.Request, answer: Json) -> None:
    body = json.dumps(answer).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    await asyncio.sleep(0)  # so that it is sent before the connection breaks


def _check_token(world: World, token: str) -> None:
    if not _TOKEN.fullmatch(token):
        raise Refusal(404, "Not Found")
    if not hmac.compare_digest(token.encode(errors="replace"), world.token.encode()):
        raise Refusal(401, "Unauthorized")


def _log(world: World, method: str, params: Parameters, answer: Json, fault: Fault | None) -> None:
    world.log(
        Call(
            method=method,
            params=params.summary,
            status=answer.get("error_code", 200) if answer else 0,
            description=answer.get("description", ""),
            called_at=world.clock(),
            chat_id=params.chat_id,
            faulty=fault is not None and fault.kind != "latency",
            unknown_parameters=unknown_parameters(method, params),
            answer=answer,
        )
    )


async def _read_params(request: web.Request) -> Parameters:
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        values |= dict(await request.json())
    elif request.content_type.startswith("multipart/"):
        form = await request.clone(client_max_size=_BODY_LIMIT).post()
        values |= {name: _form_value(value) for name, value in form.items()}
    elif request.can_read_body:
        values |= await request.post()
    return Parameters(values)


def _form_value(value: Any) -> Any:
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        return Upload(value.filename, value.content_type, file.read())


def _json(world: World, answer: Json) -> web.Response:
    """Respond with the Date of the world's clock, which dates the messages, too."""
    date = format_datetime(world.clock().astimezone(UTC), usegmt=True)
    status = answer.get("error_code", 200)
    return web.json_response(answer, status=status, headers={"Date": date})
