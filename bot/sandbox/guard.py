"""Who may ask the server anything: its own chat page, and programs that know the bot's token.

A web page of another origin, open in the same browser, can send requests to this machine. Its
browser says so in the headers that are looked at here, on every path and for every method.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

READING = ("GET", "HEAD")
OWN_SITES = ("same-origin", "none")  # none: the person typed the address
REFUSED = "only the chat page itself may ask this"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers 403 to whoever else asks, also where there is no such path."""
    if not (_is_own_host(request) and _is_own_origin(request) and _is_own_site(request)):
        raise web.HTTPForbidden(text=REFUSED)
    return await handler(request)


def _is_own_host(request: web.Request) -> bool:
    """The Host must be a bare address or localhost: a name can be made to lead here by a
    stranger's DNS (DNS rebinding), and its pages would then be of this origin."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
        return host == "localhost" or bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def _is_own_origin(request: web.Request) -> bool:
    """Browsers name the Origin of all that may change something; a program that knows the token
    has none, and the Bot API asks it for the token."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.method in READING or "token" in request.match_info
    return origin == f"{request.scheme}://{request.host}"


def _is_own_site(request: web.Request) -> bool:
    """Browsers also say where a request that names no Origin comes from. A link may lead to the
    page: it shows nothing to the site that the link is on."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site in OWN_SITES or _is_link(request)


def _is_link(request: web.Request) -> bool:
    headers = request.headers
    opens = headers.get("Sec-Fetch-Mode") == "navigate"
    in_a_tab = headers.get("Sec-Fetch-Dest") == "document"
    return request.method == "GET" and request.path == "/" and opens and in_a_tab
