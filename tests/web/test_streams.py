"""The streams of the screens: how many, how slow, how they end."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from bot.web import hall, live
from tests.browser.projector import HOST, stand
from tests.conftest import Running
from tests.web.conftest import Screens, Stream

MANY = 900  # states; together more than two sockets hold


async def test_one_address_cannot_take_all_seats(screens: Screens) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(hall.STREAMS_BY_ADDRESS):
            await stack.enter_async_context(screens.stream(screens.session.code))
        refused = screens.http.get(f"{screens.url}/hall/{screens.session.code}/events")
        async with refused as answer:
            assert answer.status == 503
            assert answer.headers["Retry-After"]
        # Behind a proxy there are many addresses.
        claimed = {"X-Forwarded-For": "203.0.113.7"}
        async with screens.http.get(f"{screens.url}/hall/{screens.session.code}/events", headers=claimed) as answer:
            assert answer.status == 200
    async with asyncio.timeout(20):
        while True:  # a seat is free once the server has seen its screen go
            async with screens.http.get(f"{screens.url}/hall/{screens.session.code}/events") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.05)


async def test_one_internet_line_is_one_address_however_many_it_has(screens: Screens) -> None:
    """Anyone with IPv6 has 2^64 addresses."""
    url = f"{screens.url}/hall/{screens.session.code}/events"

    def address(last: object) -> dict[str, str]:
        return {"X-Forwarded-For": f"2001:db8:1:2::{last}"}

    async with AsyncExitStack() as stack:
        for number in range(hall.STREAMS_BY_ADDRESS):
            answer = await stack.enter_async_context(screens.http.get(url, headers=address(number)))
            assert answer.status == 200
        async with screens.http.get(url, headers=address("ffff")) as answer:
            assert answer.status == 503
        for other in ("2001:db8:1:3::1", "::ffff:203.0.113.7", "203.0.113.7", "unknown"):
            async with screens.http.get(url, headers={"X-Forwarded-For": other}) as answer:
                assert answer.status == 200, other


async def test_who_reads_nothing_holds_up_nobody_and_then_gets_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No queue grows for a screen that stands still: what the sockets do not hold is never sent."""
    monkeypatch.setattr(live, "PAUSE", 0.0)
    async with stand(str(tmp_path / "forum.db")) as wall, aiohttp.ClientSession() as http:
        numbers = [await wall.ask(f"{number} {'Жол қашан жөнделеді? ' * 20}") for number in range(6)]
        await wall.put_on_stage(numbers[-1])
        asleep = socket.socket()
        asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asleep.connect((HOST, wall.line.server_port))
        reader, writer = await asyncio.open_connection(sock=asleep, limit=4096)
        writer.write(f"GET /hall/{wall.session.code}/events HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        async with http.get(wall.url) as page:
            assert page.status == 200
        async with http.get(f"{wall.url}/events") as answer:
            awake = Stream(answer)
            first = await awake.state()
            for votes in range(1, MANY + 1):
                await wall.vote(numbers[-1])
                while (await awake.state())["stage"]["votes"] != votes:
                    pass
        got = b""
        async with asyncio.timeout(20):
            while f'"votes":{MANY},'.encode() not in got:
                got += await reader.read(65536)
        assert first["stage"]["votes"] == 0
        assert got.count(b"\ndata: {") < MANY * 0.9
        writer.close()


async def test_a_stopping_bot_ends_its_streams_and_serves_the_next(screens: Screens, running: Running) -> None:
    async with screens.stream(screens.session.code) as screen:
        await screen.state()
        async with asyncio.timeout(20):
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


async def test_there_is_no_stream_for_who_asks_for_its_head(screens: Screens) -> None:
    """What follows the head would be taken for the answer to the next request of the line."""
    async with screens.http.head(f"{screens.url}/hall/{screens.session.code}/events") as answer:
        assert answer.status == 405
    async with screens.http.head(f"{screens.url}/hall/{screens.session.code}") as answer:
        assert answer.status == 200
