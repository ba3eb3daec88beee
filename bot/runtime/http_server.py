"""An HTTP port that anybody may connect to, with limits on time and connections.

aiohttp waits for a request's headers and body as long as the client likes. Here a connection that
has not sent a whole request in time is closed, and so is one whose request was refused. What is
refused is counted, and logged once a minute at most.
"""

import asyncio
import logging
from collections import Counter

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.domain.frozen import frozen
from bot.runtime.addresses import CannotListenError

log = logging.getLogger(__name__)
_malformed = logging.Logger("requests that are no HTTP", logging.CRITICAL)  # counted, not logged


@frozen
class Limits:
    """Limits in seconds, and the number of connections at a time.

    `request`: from the start of the connection until its first request is complete, or for the body
    of a later one. `answer`: until the request is handled and the answer is received. `idle`:
    between two requests. `report`: between two lines in the log.
    """

    connections: int = 200
    request: float = 10.0
    answer: float = 60.0
    idle: float = 75.0
    report: float = 60.0


class Port:
    """One port, for an application that has its `middleware`.

    If all connections are taken, a new one replaces the one that has been without a request for the
    longest time, preferably one that has never had an accepted request. So nobody can keep others
    out by filling the port.
    """

    def __init__(self, name: str, limits: Limits = Limits()) -> None:  # noqa: B008
        self.limits = limits
        self._name = name
        self._connections: dict[web.RequestHandler, _Connection] = {}
        self._turned_away: Counter[str] = Counter()
        self._report: asyncio.TimerHandle | None = None

    @property
    def middleware(self) -> Middleware:
        """The middleware that observes each request; it has to be added to the application."""

        @web.middleware
        async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._watch(request, handler)

        return watch

    async def listen(self, app: web.Application, host: str, port: int, seconds: float) -> "Served":
        """Listen; closing then waits for answers for so many seconds.

        Raise CannotListenError if the port is taken or there is no such address.
        """
        runner = web.AppRunner(
            app,
            access_log=None,
            logger=_malformed,
            shutdown_timeout=seconds,
            keepalive_timeout=self.limits.idle,
            lingering_time=1.0,
        )
        await runner.setup()
        assert runner.server is not None
        make = runner.server
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(lambda: _Connection(self, make()), host, port)
        except (OSError, OverflowError) as error:
            await runner.cleanup()
            raise CannotListenError(host, port, error) from None
        return Served(self, runner, server)

    def __len__(self) -> int:
        """Return the number of connections."""
        return len(self._connections)

    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Handle a request; close the connection after a refused one."""
        connection = self._connections.get(request.protocol)
        if connection is None:  # closed meanwhile
            return await handler(request)
        connection.begin(request)
        accepted = True
        try:
            response = await handler(request)
            accepted = self._accept(response)
        except web.HTTPException as refusal:
            accepted = self._accept(refusal)
            raise
        except (ConnectionError, web.RequestPayloadError):  # the request broke off
            raise
        except Exception:
            log.exception("a request to %s could not be handled", self._name)
            raise
        finally:
            connection.end(accepted=accepted)
        return response

    def _accept(self, response: web.StreamResponse) -> bool:
        if not 400 <= response.status < 500:
            return True
        response.force_close()
        self.turn_away("refused requests")
        return False

    def admit(self, connection: "_Connection") -> bool:
        """Accept the connection, closing another if need be; return False if that is impossible."""
        if len(self._connections) >= self.limits.connections:
            self.turn_away("connections over the limit")
            waiting = [one for one in self._connections.values() if one.request is None]
            if not waiting:
                return False
            min(waiting, key=lambda one: (one.is_proven, one.since)).close()
        self._connections[connection.handler] = connection
        return True

    def forget(self, connection: "_Connection") -> None:
        self._connections.pop(connection.handler, None)

    def turn_away(self, what: str) -> None:
        """Count a refusal, which is logged later."""
        self._turned_away[what] += 1
        if self._report is None:
            loop = asyncio.get_running_loop()
            self._report = loop.call_later(self.limits.report, self.report)

    def report(self) -> None:
        """Log what was refused since the last report, in one line."""
        if self._report is not None:
            self._report.cancel()
            self._report = None
        if self._turned_away:
            counts = ", ".join(f"{count} {what}" for what, count in self._turned_away.items())
            log.warning("turned away at %s: %s", self._name, counts)
            self._turned_away.clear()


class Served:
    """A port that is open."""

    def __init__(self, port: Port, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._port = port
        self._runner = runner
        self._server = server

    def stop(self) -> None:
        """Accept no more connections; keep the present ones."""
        self._server.close()

    async def close(self) -> None:
        """Close the port and its connections."""
        self._server.close()
        await self._runner.cleanup()
        self._port.report()


class _Connection(asyncio.Protocol):
    """Passes everything on to aiohttp's protocol `handler`, and enforces the deadlines."""

    def __init__(self, port: Port, handler: web.RequestHandler) -> None:
        self.handler = handler
        self.request: web.Request | None = None  # under way
        self.is_proven = False  # has had a request that was accepted
        self.since = 0.0
        self._port = port
        self._limits = port.limits
        self._loop = asyncio.get_running_loop()
        self._is_admitted = False
        self._has_begun = False  # received data
        self._has_asked = False
        self._is_answering = False
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def begin(self, request: web.Request) -> None:
        """Handle the headers of a request; its body gets a deadline, the first one what is left."""
        self.request = request
        self._has_asked = True
        self._is_answering = False
        if self.is_proven:
            self._expect(self._limits.request)

    def end(self, *, accepted: bool) -> None:
        """Handle the end of a request; its answer may still be on its way."""
        self.request = None
        self.is_proven = self.is_proven or accepted
        self._expect(self._limits.idle if accepted else self._limits.request)

    def close(self) -> None:
        """Close at once, without sending the rest."""
        self._port.forget(self)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._is_admitted = self._port.admit(self)
        if self._is_admitted:
            self._expect(self._limits.request)
            self.handler.connection_made(transport)
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._port.forget(self)
        if self._deadline is not None:
            self._deadline.cancel()
        if self._is_admitted:
            self.handler.connection_lost(exc)
        if self._has_begun and not self._has_asked:
            self._port.turn_away("connections without a request")

    def data_received(self, data: bytes) -> None:
        self._has_begun = True
        self.handler.data_received(data)

    def eof_received(self) -> None:
        self.handler.eof_received()

    def pause_writing(self) -> None:
        self.handler.pause_writing()

    def resume_writing(self) -> None:
        self.handler.resume_writing()

    def _expect(self, seconds: float) -> None:
        self.since = self._loop.time()
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self._loop.call_later(seconds, self._late)

    def _late(self) -> None:
        """Close after a missed deadline, unless a request is complete: that has a later one."""
        whole = self.request is not None and self.request.content.is_eof()
        if whole and not self._is_answering:
            self._is_answering = True
            self._expect(self._limits.answer)
            return
        if self.request is not None:
            self._port.turn_away("requests that took too long")
        elif not self._has_begun:
            self._port.turn_away("silent connections")
        self.close()
