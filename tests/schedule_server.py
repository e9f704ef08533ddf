"""A server of a schedule, as somebody else runs one: it changes, fails, redirects, and never comes to an end."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address

from aiohttp import web

from bot.watching.reach import IP

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScheduleServer:
    """What stands at /schedule.toml is `data`, called `etag`; `answer`, when set, answers instead.

    It listens on all of this machine's addresses. `asked` are the requests, with what they knew already.
    """

    def __init__(self) -> None:
        self.data = b""
        self.etag = ""
        self.answer: Answer | None = None
        self.port = 0
        self.asked: list[str] = []

    def address(self, host: str = "127.0.0.2") -> str:
        return f"http://{host}:{self.port}/schedule.toml"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        known = request.headers.get("If-None-Match", "")
        self.asked.append(known)
        assert "Minber" in request.headers["User-Agent"]
        assert "Cookie" not in request.headers
        if self.answer is not None:
            return await self.answer(request)
        if self.etag and known == self.etag:
            return web.Response(status=304)
        response = web.Response(body=self.data, headers={"ETag": self.etag} if self.etag else {})
        response.set_cookie("session", "1")
        return response


@asynccontextmanager
async def schedule_server() -> AsyncIterator[ScheduleServer]:
    server = ScheduleServer()
    application = web.Application()
    application.router.add_route("GET", "/{rest:.*}", server.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


def only_second_loopback(address: IP, port: int) -> bool:
    """A Reach for tests: 127.0.0.2 is the internet, 127.0.0.1 the private network."""
    return address == ip_address("127.0.0.2")


def status(code: int) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code)

    return answer


def redirect(to: str, code: int = 302) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, headers={"Location": to})

    return answer


class Endless:
    """It writes until nobody reads any more; `written` are its bytes."""

    def __init__(self) -> None:
        self.written = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65536)
                self.written += 65536
        except ConnectionError:
            return response


async def stuck(request: web.Request) -> web.StreamResponse:
    """A byte, and no more for ever."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"x")
    await asyncio.Event().wait()
    return response


BOMB = gzip.compress(bytes(60_000_000))


async def bomb(request: web.Request) -> web.StreamResponse:
    """Sixty megabytes in sixty kilobytes, though nobody asked for anything packed."""
    return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})
