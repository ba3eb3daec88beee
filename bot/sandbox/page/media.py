"""The bot's uploads as the chat page shows them: pictures and clips to look at, files to save."""

import re
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.world.files import Files, StoredFile

_HEADERS = {
    # Nothing in a file may run or load anything, whatever it says it is.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
}


def answer_media(files: Files, request: web.Request) -> web.Response:
    file = files.seen(request.match_info["id"])
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
    """RFC 6266: a plain name for old browsers, the real one percent-encoded."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", file.name)
    real = quote(file.name, safe="", errors="replace")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{real}"


def _span(request: web.Request, size: int) -> tuple[int, int]:
    """What of the file is asked for; players ask for parts."""
    try:
        asked = request.http_range
    except ValueError:
        raise web.HTTPRequestRangeNotSatisfiable from None
    start, stop, _ = asked.indices(size)
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return start, stop
