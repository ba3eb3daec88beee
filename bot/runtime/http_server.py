"""A port that anybody may connect to: every connection has a deadline, and there are only so many.

aiohttp waits for a request's headers and body for as long as the client likes. Here a connection
that has not brought a whole request in time is closed, and so is one whose request was refused.
What is turned away is counted, and logged once a minute at most.
"""

import asyncio
import logging
import os
from collections import Counter
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.runtime.addresses import CannotListenError

log = logging.getLogger(__name__)
_malformed = logging.Logger("requests that are no HTTP", logging.CRITICAL)  # counted, not logged


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and the number of connections at a time.

    `request`: from the connection's begin until its first request is there with its body, and as
    long for the body of a later one; `answer`: until that is handled and the answer is taken;
    `idle`: between two requests of a connection that is kept.
    """

    connections: int = 200
    request: float = 10.0
    answer: float = 60.0
    idle: float = 75.0
    report: float = 60.0


class Port:
    """One port, for an application that has its `middleware`.

    Where all connections are taken, a new one takes the place of the one that has waited longest
    without a request under way: of those that never brought one that was not refused, if there
    are such. So whoever fills the port does not keep out whom it is there for.
    """

    def __init__(self, name: str, limits: Limits = Limits()) -> None:
        self.limits = limits
        self._name = name
        self._connections: dict[web.RequestHandler, _Connection] = {}
        self._turned_away: Counter[str] = Counter()
        self._report: asyncio.TimerHandle | None = None

    @property
    def middleware(self) -> Middleware:
        """Follows each request; of the application that is listened for."""

        @web.middleware
        async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._watch(request, handler)

        return watch

    async def listen(self, app: web.Application, host: str, port: int, seconds: float) -> "Served":
        """Raises CannotListenError; at its end answers are waited for so many seconds."""
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
            number = error.errno if isinstance(error, OSError) else None
            why = os.strerror(number) if number and number > 0 else str(error)
            raise CannotListenError(f"can't listen on {host}, port {port} ({why})") from None
        return Served(self, runner, server)

    def __len__(self) -> int:
        """How many connections there are."""
        return len(self._connections)

    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Follows a request through its handler; after a refused one the connection ends."""
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
        except (ConnectionError, web.RequestPayloadError):  # it broke off
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
        """Whether there is room, or room could be made."""
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
        """Counts it; the first of a minute sets the clock for the line in the log."""
        self._turned_away[what] += 1
        if self._report is None:
            loop = asyncio.get_running_loop()
            self._report = loop.call_later(self.limits.report, self.report)

    def report(self) -> None:
        """What was turned away since the last time, in one line."""
        if self._report is not None:
            self._report.cancel()
            self._report = None
        if self._turned_away:
            told = ", ".join(f"{count} {what}" for what, count in self._turned_away.items())
            log.warning("turned away at %s: %s", self._name, told)
            self._turned_away.clear()


class Served:
    """A port that is listened on."""

    def __init__(self, port: Port, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._port = port
        self._runner = runner
        self._server = server

    def stop(self) -> None:
        """Takes no more connections; those that are there go on."""
        self._server.close()

    async def close(self) -> None:
        """Ends the connections, too."""
        self._server.close()
        await self._runner.cleanup()
        self._port.report()


class _Connection(asyncio.Protocol):
    """Passes all on to aiohttp's protocol for it, `handler`, and keeps the deadline."""

    def __init__(self, port: Port, handler: web.RequestHandler) -> None:
        self.handler = handler
        self.request: web.Request | None = None  # under way
        self.is_proven = False  # has brought a request that was not refused
        self.since = 0.0
        self._port = port
        self._limits = port.limits
        self._loop = asyncio.get_running_loop()
        self._is_admitted = False
        self._has_begun = False  # something came, be it no request
        self._has_asked = False
        self._is_answering = False
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def begin(self, request: web.Request) -> None:
        """Its headers are there; the first one's body has what is left of the time."""
        self.request = request
        self._has_asked = True
        self._is_answering = False
        if self.is_proven:
            self._expect(self._limits.request)

    def end(self, *, accepted: bool) -> None:
        """It is handled; the answer may still be on its way."""
        self.request = None
        self.is_proven = self.is_proven or accepted
        self._expect(self._limits.idle if accepted else self._limits.request)

    def close(self) -> None:
        """At once, whatever is still to be written."""
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
        """A request that is wholly there may take longer to be handled."""
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
