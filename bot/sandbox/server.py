"""Serves a world over HTTP: the Bot API under /bot<token>/, the chat page under /."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox import guard
from bot.sandbox.api import routes as api_routes
from bot.sandbox.api.webhook_delivery import WebhookDelivery
from bot.sandbox.page import routes as page_routes
from bot.sandbox.world.world import World


def make_app(world: World, *, calls_by_get: bool = True) -> web.Application:
    """Build the application; `calls_by_get`: whether a bot may call methods by GET, too."""
    app = web.Application(middlewares=[guard.guard])
    api_routes.add_routes(app, world, by_get=calls_by_get)
    page_routes.add_routes(app, world)
    return app


@asynccontextmanager
async def serve(
    world: World, host: str = "127.0.0.1", port: int = 0, *, calls_by_get: bool = True
) -> AsyncIterator[str]:
    """Serve the world and yield its base URL. There is no access log: it would hold the token."""
    app = make_app(world, calls_by_get=calls_by_get)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound_host, bound_port = runner.addresses[0][:2]
        async with WebhookDelivery(world).running():
            url_host = f"[{bound_host}]" if ":" in bound_host else bound_host
            yield f"http://{url_host}:{bound_port}"
    finally:
        await runner.cleanup()
