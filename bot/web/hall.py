"""The screens of the halls over HTTP: the page, its stream of states, and the state for browsers without streams."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from contextlib import suppress

from aiohttp import web

from bot.actions.moderation import hall as actions
from bot.clock import Clock
from bot.programme.current import CurrentProgramme
from bot.programme.text import LANGUAGES
from bot.texts import Translators
from bot.web import page, state
from bot.web.live import Full, Live, Seats, Shown, Watch
from storage.database import Database

STREAMS, STREAMS_BY_ADDRESS = 400, 40
LINE_BITS = 64  # bits of an IPv6 address that an internet line is given (RFC 6177 gives it that or more)
BEAT = 10.0  # seconds between signs of life; the page takes a line silent for 25 as dead
STALLED = 30.0  # seconds in which a browser takes nothing of what it is sent, until it is given up
RETRY_AFTER = 5  # seconds

# The address may hold a key, and the page asks nobody but us. Framing is allowed: there is nothing to click, and halls
# put the page into their own shows.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
ASSETS = {"hall.css": "text/css", "hall.js": "text/javascript"}


class Hall:
    """Every screen of one bot. `username` is the bot's; until it is known nothing is shown."""

    def __init__(self, db: Database, current: CurrentProgramme, clock: Clock, translators: Translators) -> None:
        self._db = db
        self._current = current
        self._clock = clock
        self._translators = translators
        self._seats = Seats(STREAMS, STREAMS_BY_ADDRESS)
        self._live = Live(self._read)
        self.username = ""

    def wake(self) -> None:
        """What a screen shows may have changed, or time has moved."""
        self._live.wake()

    def close(self) -> None:
        """End all streams; the pages go on by themselves with whoever serves next."""
        self._live.close()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/hall/{place}", self._page),
            # A stream's answer to HEAD would be a body that whoever asked, a proxy, takes for the next answer.
            web.get("/hall/{place}/events", self._events, allow_head=False),
            web.get("/hall/{place}/state", self._state),
            *(web.get(f"/{name}", self._asset) for name in ASSETS),
        ]

    async def _read(self, place: str) -> Shown | None:
        programme, runs, now = self._current.programme, self._current.runs, self._clock.now()
        if not actions.is_place(programme, place):
            return None
        facts = await self._db.read(actions.facts, programme, runs, place, now)
        found = state.state(
            self._translators, programme=programme, runs=runs, place=place, facts=facts, username=self.username, now=now
        )
        return Shown(facts.key, json.dumps(found, ensure_ascii=False, separators=(",", ":")))

    async def _page(self, request: web.Request) -> web.Response:
        self._need_bot()
        shown = await self._read(request.match_info["place"])
        if not admits(shown, request):
            return web.Response(
                text=page.missing(self._translators), status=404, content_type="text/html", headers=HEADERS
            )
        assert shown is not None
        wanted = request.query.get("lang", "")
        fixed = wanted in LANGUAGES
        text = page.page(json.loads(shown.text), wanted if fixed else LANGUAGES[0], fixed)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def _state(self, request: web.Request) -> web.Response:
        self._need_bot()
        shown = await self._read(request.match_info["place"])
        if not admits(shown, request):
            raise web.HTTPNotFound(headers=HEADERS)
        assert shown is not None
        return web.Response(text=shown.text, content_type="application/json", headers=HEADERS)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: a state, whole, whenever it has changed; `beat` while it has not; `gone` at the end
        of what this link may see."""
        self._need_bot()
        try:
            with self._seats.taken(address_of(request)):
                async with self._live.watch(request.match_info["place"]) as watch:
                    return await self._stream(request, watch)
        except Full:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_AFTER)} | HEADERS) from None

    async def _stream(self, request: web.Request, watch: Watch) -> web.StreamResponse:
        if not await watch.newer(0, BEAT):
            raise web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_AFTER)} | HEADERS)
        if not admits(watch.shown, request):
            raise web.HTTPNotFound(headers=HEADERS)
        response = web.StreamResponse(headers=HEADERS | {"X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        seen = 0
        # Who has gone, or stopped to read, is found out by writing to them.
        with suppress(ConnectionError, TimeoutError):
            await response.prepare(request)
            while True:
                changed = await watch.newer(seen, BEAT)
                if self._live.closed:
                    break
                if not changed:
                    await send(response, "event: beat\ndata: 1\n\n")
                elif watch.shown is None or not admits(watch.shown, request):
                    await send(response, "event: gone\ndata: 1\n\n")
                    break
                else:
                    seen = watch.version
                    await send(response, f"id: {seen}\ndata: {watch.shown.text}\n\n")
            return response
        if request.transport is not None:
            request.transport.abort()
        return response

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.path.lstrip("/")
        lasting = HEADERS | {"Cache-Control": "public, max-age=31536000, immutable"}
        return web.Response(body=page.asset(name), content_type=ASSETS[name], charset="utf-8", headers=lasting)

    def _need_bot(self) -> None:
        if not self.username:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_AFTER)} | HEADERS)


def admits(shown: Shown | None, request: web.Request) -> bool:
    return shown is not None and actions.opens(shown.key, request.query.get("key", ""))


async def send(response: web.StreamResponse, text: str) -> None:
    async with asyncio.timeout(STALLED):
        await response.write(text.encode())


def address_of(request: web.Request) -> str:
    """Whose screen it is. A proxy's word is taken from a private address only."""
    remote = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        private = ipaddress.ip_address(remote).is_private
    except ValueError:
        return remote
    return internet_line(forwarded if forwarded and private else remote)


def internet_line(address: str) -> str:
    """What counts as one address: of IPv6 the network that one line to the internet has, with 2^64 of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4 or found.ipv4_mapped is not None:
        return address
    return str(ipaddress.IPv6Network((int(found), LINE_BITS), strict=False))
