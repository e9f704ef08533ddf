"""The director's side: state and events, the clock, floods, faults, holds and raw updates."""

from __future__ import annotations

import asyncio
import inspect
import mimetypes
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.rehearsal.doors.exchange import Given, door, read
from bot.rehearsal.errors import DoorError
from bot.rehearsal.faults import ONLY_LATE, Fault
from bot.rehearsal.gate import Gate
from bot.rehearsal.holds import Hold
from bot.rehearsal.wire import Json, dumps
from bot.rehearsal.world import World

KEEP_ALIVE = 15.0
LONGEST_WAIT = 60.0
SETTLE = 0.1
"""Seconds without a call or a confirmation after which a bot with nothing left to do counts as idle."""
LOOK = 0.01
"""Seconds between two looks at whether it is. A bot of this process that gets no time on a busy machine
cannot make its next call: there are fewer looks then too, and it is as many looks as fit into its rest that count."""

OnClock = Callable[[], Awaitable[None] | None]
AtWork = Callable[[], bool]


class Controls:
    def __init__(self, world: World, gate: Gate) -> None:
        self._world = world
        self._gate = gate
        self.on_clock: OnClock | None = None
        self.at_work: AtWork | None = None
        self.closing = False
        self._looks = 0
        self._looked_at = 0.0
        """Looks since the last call or confirmation, and when that was."""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/state", door(self.state)),
            web.get("/api/events", self.events),
            web.get("/api/file/{file_id}", self.file),
            web.get("/api/idle", door(self.idle)),
            web.post("/api/flood", door(self.flood)),
            web.post("/api/fault", door(self.fault)),
            web.post("/api/hold", door(self.hold)),
            web.get("/api/held", door(self.held)),
            web.post("/api/release", door(self.release)),
            web.post("/api/clock", door(self.clock)),
            web.post("/api/update", door(self.update)),
        ]

    async def state(self, request: web.Request) -> Json:
        world = self._world
        return {
            "seq": world.events.seq,
            "world": world.id,
            "tour": world.tour,
            "bot": world.profile.as_page(),
            "clock": world.clock_page(),
            "flood": world.flood.as_page(),
            "people": [world.person_page(person) for person in world.people.values()],
            "chats": [chat.as_page() for chat in world.chats.values()],
            "messages": {str(chat.id): list(chat.messages.values()) for chat in world.chats.values()},
        }

    # following

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, or one long poll when `wait` is given."""
        since = request.headers.get("Last-Event-ID") or request.query.get("since", "0")
        wait = request.query.get("wait")
        if not since.lstrip("-").isdecimal():
            return web.json_response({"error": "since is not a number"}, status=400)
        if wait is not None:
            return await door(self._poll)(request)
        return await self._stream(request, int(since))

    async def _poll(self, request: web.Request) -> Json:
        given = Given(dict(request.query))
        # Numbers above ours come from before a restart: go on from here.
        since = min(given.integer("since") or 0, self._world.events.seq)
        wait = given.number("wait") or 0.0
        found = await self._world.events.wait(since, 0 if self.closing else min(wait, LONGEST_WAIT))
        return {"seq": self._world.events.seq, "events": found}

    async def _stream(self, request: web.Request, since: int) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        seq = min(since, self._world.events.seq)
        try:
            await response.write(b": welcome\n\n")
            while not self.closing:
                found = await self._world.events.wait(seq, KEEP_ALIVE)
                lines = [b"id: %d\ndata: %s\n\n" % (event["seq"], dumps(event)) for event in found]
                await response.write(b"".join(lines) or b": still here\n\n")
                seq = found[-1]["seq"] if found else seq
        except ConnectionError:
            pass  # the page was closed
        return response

    def close(self) -> None:
        self.closing = True
        self._gate.holds.close()
        self._world.events.wake()

    async def file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.get(request.match_info["file_id"])
        if stored is None:
            return web.json_response({"error": "there is no such file"}, status=404)
        mime = stored.mime
        if mime in ("", "application/octet-stream"):
            mime = mimetypes.guess_type(stored.name)[0] or "application/octet-stream"
        # Whatever a bot sends must stay a file: never a page that runs on the chat page's address.
        safe = mime if mime.startswith(("image/", "audio/", "video/", "text/plain")) else ""
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        kind = safe.split(";")[0] or "application/octet-stream"
        return web.Response(body=stored.data, content_type=kind, headers=headers)

    async def idle(self, request: web.Request) -> bool:
        """Whether the bot has taken and confirmed everything and rests; waits up to `wait` s.

        It rests too while all that it does is to wait for calls that are held.
        """
        given = Given(dict(request.query))
        loop = asyncio.get_running_loop()
        settle = given.number("settle")
        settle = SETTLE if settle is None else settle
        until = loop.time() + min(given.number("wait") or 0.0, LONGEST_WAIT)
        while not self._rests(settle):
            if loop.time() >= until or self.closing:
                return False
            await asyncio.sleep(LOOK)
        return True

    def _rests(self, settle: float) -> bool:
        world, gate = self._world, self._gate
        if len(world.updates) or gate.in_flight > gate.holds.held:
            return False
        if not (world.updates.polled or world.webhook.on):
            return False
        last = max(gate.last_call, world.updates.confirmed_at)
        if self.at_work is not None and self.at_work():
            self._looks = 0
            return False
        if last != self._looked_at:
            self._looked_at, self._looks = last, 0
        self._looks += 1
        return asyncio.get_running_loop().time() - last >= settle and self._looks * LOOK >= settle

    # directing

    async def clock(self, request: web.Request) -> Json:
        given = await read(request)
        by = given.number("by")
        if by is None:
            by = (self._moment(given) - self._world.clock.now()).total_seconds()
        self._world.clock.move(timedelta(seconds=by))
        page = self._world.clock_page()
        self._world.events.add("clock", clock=page)
        if self.on_clock is not None:
            done = self.on_clock()
            if inspect.isawaitable(done):
                await done
        return page

    @staticmethod
    def _moment(given: Given) -> datetime:
        to = given.text("to", required=True)
        try:
            try:
                return datetime.fromtimestamp(float(to), UTC)
            except ValueError:
                moment = datetime.fromisoformat(to)
        except (ValueError, OverflowError, OSError):
            raise DoorError("to is neither unix seconds nor an ISO time") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    async def flood(self, request: web.Request) -> Json:
        given = await read(request)
        retry_after = given.integer("retry_after")
        seconds = 5 if retry_after is None else max(1, retry_after)
        count = given.integer("next")
        if count is not None:
            self._world.flood.refuse_next(count, seconds)
        else:
            self._world.flood.switch(on=bool(given.values.get("on")), retry_after=seconds)
        self._world.events.add("flood", flood=self._world.flood.as_page())
        return self._world.flood.as_page()

    async def fault(self, request: web.Request) -> Json:
        given = await read(request)
        status = given.integer("status")
        self._gate.faults.add(
            Fault(
                method=given.text("method").lower(),
                left=max(1, given.integer("next") or 1),
                status=ONLY_LATE if status is None else status,
                after=bool(given.values.get("after")),
                delay=given.number("delay") or 0.0,
            )
        )
        return {"ok": True}

    async def hold(self, request: web.Request) -> Json:
        """Hold the next calls that match; the number of the hold."""
        given = await read(request)
        hold = Hold(
            method=given.text("method").lower(),
            chat=given.text("chat"),
            text=given.text("text"),
            left=max(1, given.integer("next") or 1),
            after=bool(given.values.get("after")),
        )
        return {"hold": self._gate.holds.add(hold)}

    async def held(self, request: web.Request) -> list[Json]:
        """The calls that a hold holds now; waits up to `wait` s until it is so many `calls`."""
        given = Given(dict(request.query))
        hold = self._gate.holds.get(given.integer("hold"))
        if hold is None:
            raise DoorError("there is no such hold", 404)
        calls = given.integer("calls") or 0
        loop = asyncio.get_running_loop()
        until = loop.time() + min(given.number("wait") or 0.0, LONGEST_WAIT)
        while len(hold.calls) < calls and not self.closing and (left := until - loop.time()) > 0:
            await self._world.events.wait(self._world.events.seq, left)
        return hold.calls

    async def release(self, request: web.Request) -> Json:
        given = await read(request)
        status = given.integer("status")
        self._gate.holds.release(given.integer("hold") or 0, ONLY_LATE if status is None else status)
        return {"ok": True}

    async def update(self, request: web.Request) -> Json:
        given = await read(request)
        return {"update_id": self._world.updates.add_raw(given.values)}
