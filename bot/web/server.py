"""The bot's own small web server: the screens of the halls; is it alive, is it ready."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.web.hall import Hall

STREAMS_END = 1.0  # seconds that an open answer gets when the server stops


class CannotListen(Exception):
    """The address is taken, or does not belong to this machine."""


class Served(Protocol):
    """What the server asks about."""

    ready: bool


@asynccontextmanager
async def serve(address: tuple[str, int] | None, application: Served, hall: Hall) -> AsyncIterator[None]:
    """Answer /hall/…, /healthz and /readyz on `address` (host, port) while the context lasts; None: no server.

    Raises CannotListen.
    """
    if address is None:
        yield
        return

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_: web.Request) -> web.Response:
        if application.ready:
            return web.Response(text="ready\n")
        return web.Response(text="not ready\n", status=503)

    async def close(_: web.Application) -> None:
        hall.close()

    app = web.Application()
    app.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), *hall.routes()])
    app.on_shutdown.append(close)
    # handler_cancellation: a screen that was switched off gives its seat back at once.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STREAMS_END, handler_cancellation=True)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *address).start()
        except OSError as error:
            raise CannotListen(f"LISTEN: {address[0]}:{address[1]} cannot be opened: {error.strerror}") from error
        yield
    finally:
        await runner.cleanup()
