"""Serves files to the chat page: pictures and clips inline, documents to save."""

import re
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.world.files import Files, StoredFile

_HEADERS = {
    # Nothing in a file may run or load anything, whatever its type.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
}


def answer_media(files: Files, request: web.Request) -> web.Response:
    file = files.find_unique(request.match_info["id"])
    if file is None:
        raise web.HTTPNotFound(text="no such file")
    content = files.content(file)
    headers = _HEADERS | {"Content-Type": file.mime}
    if file.kind == "document":
        headers["Content-Disposition"] = disposition(file)
    start, stop = _span(request, len(content))
    if stop - start == len(content):
        return web.Response(body=content, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
    return web.Response(status=206, body=content[start:stop], headers=headers)


def disposition(file: StoredFile) -> str:
    """Build a Content-Disposition (RFC 6266) with an ASCII name and the percent-encoded one."""
    ascii_name = re.sub(r"[^A-Za-z0-9._ -]", "_", file.name)
    encoded = quote(file.name, safe="", errors="replace")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded}"


def _span(request: web.Request, size: int) -> tuple[int, int]:
    """Return the start and stop of the requested range; the whole file without one."""
    try:
        requested = request.http_range
    except ValueError:
        raise web.HTTPRequestRangeNotSatisfiable from None
    start, stop, _ = requested.indices(size)
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return start, stop
