"""Refuses requests that come neither from the chat page nor from a program with the bot's token.

A web page of another origin can send requests to this machine from the same browser. Browsers
mark such requests by headers, which are checked here for every path and method.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

READING = ("GET", "HEAD")
OWN_SITES = ("same-origin", "none")  # none: the user typed the address
REFUSED = "only the chat page itself may ask this"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to all other requests, even for unknown paths."""
    if not (_is_own_host(request) and _is_own_origin(request) and _is_own_site(request)):
        raise web.HTTPForbidden(text=REFUSED)
    return await handler(request)


def _is_own_host(request: web.Request) -> bool:
    """Return whether the Host is an IP address or localhost.

    By DNS rebinding any other name could lead here, and its pages would then be of this origin.
    """
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
        return host == "localhost" or bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def _is_own_origin(request: web.Request) -> bool:
    """Return whether the Origin is the page's own; browsers send one with every request but reads.

    Programs send none; the Bot API checks their token.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return request.method in READING or "token" in request.match_info
    return origin == f"{request.scheme}://{request.host}"


def _is_own_site(request: web.Request) -> bool:
    """Return whether a request comes from this site, or follows a link to the page.

    Browsers send Sec-Fetch-Site even without an Origin. The site that holds the link does not
    see the page.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site in OWN_SITES or _is_link(request)


def _is_link(request: web.Request) -> bool:
    headers = request.headers
    is_navigation = headers.get("Sec-Fetch-Mode") == "navigate"
    is_document = headers.get("Sec-Fetch-Dest") == "document"
    return request.method == "GET" and request.path == "/" and is_navigation and is_document
