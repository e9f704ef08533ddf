"""The streams of the screens: how many, how slow, how they end."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack

from bot.web import hall
from tests.conftest import Running
from tests.web.conftest import Screens, approved, vote


async def test_one_address_cannot_take_all_seats(screens: Screens) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(hall.STREAMS_BY_ADDRESS):
            await stack.enter_async_context(screens.stream(screens.session.code))
        refused = screens.http.get(f"{screens.url}/hall/{screens.session.code}/events")
        async with refused as answer:
            assert answer.status == 503
            assert answer.headers["Retry-After"]
        # Behind a proxy there are many addresses.
        told = {"X-Forwarded-For": "203.0.113.7"}
        async with screens.http.get(f"{screens.url}/hall/{screens.session.code}/events", headers=told) as answer:
            assert answer.status == 200
    async with asyncio.timeout(5):
        while True:  # a seat is free once the server has seen its screen go
            async with screens.http.get(f"{screens.url}/hall/{screens.session.code}/events") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.05)


async def test_a_screen_that_reads_nothing_holds_up_no_other(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    number = await approved(await forum.delegate(), moderator, session.code, "Бұл жоба қашан аяқталады?")
    host, port = screens.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port), limit=1)
    writer.write(f"GET /hall/{session.code}/events HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())

    voter = await forum.delegate("Болат")
    async with screens.stream(session.code) as screen:
        await vote(voter, session.code, number)
        while (await screen.state())["list"][0]["votes"] != 1:
            pass
    writer.close()


async def test_a_stopping_bot_ends_its_streams_and_serves_the_next(screens: Screens, running: Running) -> None:
    async with screens.stream(screens.session.code) as screen:
        await screen.state()
        async with asyncio.timeout(10):
            await running.stop()
        assert await screen.event() == ("", "")
    await running.start()
    async with screens.stream(screens.session.code) as screen:
        assert (await screen.state())["view"] == "empty"


async def test_the_stream_asks_proxies_not_to_hold_it_back(screens: Screens) -> None:
    async with screens.http.get(f"{screens.url}/hall/{screens.session.code}/events") as answer:
        assert answer.headers["X-Accel-Buffering"] == "no"
        assert answer.headers["Cache-Control"] == "no-store"
        first = await answer.content.readline()
        assert re.fullmatch(rb"id: 1\n", first)
