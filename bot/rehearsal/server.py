"""The rehearsal's server: Bot API, people's doors and the chat page on one port."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.rehearsal.clock import Clock, ShiftedClock
from bot.rehearsal.doors.controls import AtWork, Controls, OnClock
from bot.rehearsal.doors.groups import GroupDoors
from bot.rehearsal.doors.people import Doors
from bot.rehearsal.files import MAX_UPLOAD
from bot.rehearsal.gate import Gate
from bot.rehearsal.people import PersonSpec
from bot.rehearsal.wire import Json
from bot.rehearsal.world import Moments, World

PAGE = Path(__file__).with_name("page")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@web.middleware
async def own_page_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another page in the operator's browser sends, under its own name or one it made point here."""
    host, origin = request.url.host, request.headers.get("Origin")
    local = request.transport is None or request.transport.get_extra_info("sockname")[0] in LOOPBACK
    if (local and host not in LOOPBACK) or (origin is not None and origin != str(request.url.origin())):
        raise web.HTTPForbidden(text="This rehearsal takes orders from its own page only.")
    return await handler(request)


class Rehearsal:
    """A local Telegram for one bot.

    `token` looks like Telegram's ("<bot id>:<secret>"); ValueError otherwise. Without a `clock` the
    rehearsal has its own. `moments` names points of time the chat page offers to jump to.
    `flood_limits` switches Telegram's sending limits on.
    """

    def __init__(
        self,
        *,
        token: str,
        username: str = "minber_bot",
        name: str = "Minber",
        clock: Clock | None = None,
        zone: str = "UTC",
        moments: Moments | None = None,
        people: Iterable[PersonSpec] = (),
        flood_limits: bool = False,
    ) -> None:
        bot_id, colon, _ = token.partition(":")
        if not colon or not bot_id.isdecimal():
            raise ValueError("a bot token looks like 123456:ABC")
        self._world = World(
            bot_id=int(bot_id),
            username=username,
            name=name,
            clock=clock or ShiftedClock(),
            zone=zone,
            moments=moments,
            flood_limits=flood_limits,
        )
        for person in people:
            self._world.add_person(person)
        gate = Gate(self._world, token)
        self._controls = Controls(self._world, gate)
        self._app = web.Application(client_max_size=MAX_UPLOAD + 1024 * 1024, middlewares=[own_page_only])
        self._app.add_routes(gate.routes())
        self._app.add_routes(Doors(self._world).routes())
        self._app.add_routes(GroupDoors(self._world).routes())
        self._app.add_routes(self._controls.routes())
        self._app.add_routes([web.get("/", self._page), web.static("/page", PAGE)])
        self._app.on_response_prepare.append(self._fresh)
        self._runner: web.AppRunner | None = None

    @property
    def on_clock(self) -> OnClock | None:
        """Called (and awaited) after the clock was moved."""
        return self._controls.on_clock

    @on_clock.setter
    def on_clock(self, call: OnClock | None) -> None:
        self._controls.on_clock = call

    @property
    def at_work(self) -> AtWork | None:
        """Says whether a bot of this process has something under way, of which no call tells. It counts as idle only
        when it has not."""
        return self._controls.at_work

    @at_work.setter
    def at_work(self, ask: AtWork | None) -> None:
        self._controls.at_work = ask

    @property
    def tour(self) -> Json | None:
        """What the page leads a newcomer through: "steps" of a "title" and "moves", a move being "person", "say" and
        "until"; "instead" when there is nothing to show. Texts are by language; page/tour.js reads `until`."""
        return self._world.tour

    @tour.setter
    def tour(self, tour: Json | None) -> None:
        self._world.tour = tour

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; the base URL, without a slash at its end. Port 0 takes a free one."""
        # handler_cancellation: the getUpdates of a bot that went away must not count as a waiting one.
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        return f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Answer the waiting polls at once and stop listening."""
        self._controls.close()
        self._world.updates.close()
        await self._world.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @staticmethod
    async def _page(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    @staticmethod
    async def _fresh(request: web.Request, response: web.StreamResponse) -> None:
        """After an upgrade no browser mixes an old script with a new one: each file is asked for again."""
        if request.path == "/" or request.path.startswith("/page/"):
            response.headers["Cache-Control"] = "no-cache"
