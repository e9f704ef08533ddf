"""A look at an address: where it may lead, and how much of it is taken."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest
from aiohttp import web
from yarl import URL

from bot.errors import BadInput
from bot.watching import fetch as fetching
from bot.watching.fetch import LARGEST, Fetched, NotFetched, address_of, fetch, judge
from bot.watching.reach import IP, Unreachable, public
from tests.schedule_server import Endless, ScheduleServer, bomb, only_second_loopback, redirect, schedule_server, status
from tests.schedule_server import stuck as stuck_answer

PUBLIC = "8.8.8.8 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1"
PRIVATE = """
    127.0.0.1 127.9.9.9 0.0.0.0 10.1.1.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.8 192.0.0.170
    192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fe80::1
    fe80::1%eth0 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1 2001::1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::1
    2002:a9fe:a9fe::1
"""


def test_only_web_ports_of_the_public_internet_are_reached() -> None:
    for address in PUBLIC.split():
        assert public(ip_address(address), 443), address
        assert public(ip_address(address), 80), address
        for port in (22, 8080, 5432, 0):
            assert not public(ip_address(address), port)
    for address in PRIVATE.split():
        assert not public(ip_address(address), 443), address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "schedule.json",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://user:word@example.org/",
        "http://user@example.org/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://[::1/",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_what_is_no_address_is_said_so(typed: str) -> None:
    with pytest.raises(BadInput):
        address_of(typed)


def test_an_address_is_kept_without_what_no_server_sees() -> None:
    assert address_of(" https://example.org/a?b=c#d ") == "https://example.org/a?b=c"
    assert address_of("http://Example.org") == "http://example.org"


@pytest.fixture
async def server() -> AsyncIterator[ScheduleServer]:
    async with schedule_server() as server:
        server.data, server.etag = b"first", '"1"'
        yield server


async def look(server: ScheduleServer, mark: str = "", host: str = "127.0.0.2") -> Fetched | None:
    return await fetch(server.address(host), mark, only_second_loopback)


async def refused(server: ScheduleServer, host: str = "127.0.0.2") -> str:
    with pytest.raises(NotFetched) as found:
        await look(server, host=host)
    return str(found.value.fault["key"])


async def test_it_is_read_with_its_mark_and_not_again(server: ScheduleServer) -> None:
    first = await look(server)
    assert first == Fetched(b"first", "schedule.toml", '"1"')
    assert await look(server, '"1"') is None
    server.data, server.etag = b"second", '"2"'
    second = await look(server, '"1"')
    assert second is not None
    assert second.digest != first.digest
    assert server.asked == ["", '"1"', '"1"']


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"]
)
async def test_the_house_itself_is_never_asked(server: ScheduleServer, host: str) -> None:
    assert await refused(server, host) in ("watch.forbidden", "watch.no_answer")
    assert server.asked == []


async def test_an_address_written_as_a_number_is_not_left_to_the_resolver() -> None:
    for host in ("127.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "0"):
        with pytest.raises(Unreachable):
            judge(URL(f"http://{host}/"), lambda address, port: True)


async def test_neither_is_it_by_a_redirect(server: ScheduleServer) -> None:
    for to in (
        f"http://127.0.0.1:{server.port}/secret",
        f"http://localhost:{server.port}/",
        f"//127.0.0.1:{server.port}/x",
    ):
        server.asked.clear()
        server.answer = redirect(to)
        assert await refused(server) == "watch.forbidden"
        assert len(server.asked) == 1
    for to in ("file:///etc/passwd", "gopher://127.0.0.2/"):
        server.answer = redirect(to)
        assert await refused(server) == "watch.forbidden"


async def test_a_name_is_judged_by_where_it_is_connected_to(server: ScheduleServer) -> None:
    """The predicate sees the very address of the connection, whatever the name says a moment later."""
    judged: list[IP] = []

    def reach(address: IP, port: int) -> bool:
        judged.append(address)
        return False

    with pytest.raises(NotFetched):
        await fetch(server.address("localhost"), "", reach)
    assert ip_address("127.0.0.1") in judged or ip_address("::1") in judged
    assert server.asked == []


async def test_redirects_are_followed_but_not_for_ever(server: ScheduleServer) -> None:
    async def twice(request: web.Request) -> web.StreamResponse:
        if request.path == "/third":
            return web.Response(body=b"there")
        return web.Response(status=307, headers={"Location": "/third" if request.path == "/second" else "/second"})

    server.answer = twice
    assert await look(server) == Fetched(b"there", "schedule.toml", "")
    server.answer = redirect("/again")
    assert await refused(server) == "watch.redirects"
    assert len(server.asked) == 3 + 4


async def test_what_has_no_end_is_given_up(server: ScheduleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = server.answer = Endless()
    assert await refused(server) == "watch.too_large"
    assert endless.written < 2 * LARGEST  # and what was on its way
    tracemalloc.start()
    server.answer = bomb
    assert await refused(server) == "watch.too_large"
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * LARGEST
    monkeypatch.setattr(fetching, "WITHIN", 0.3)
    server.answer = stuck_answer
    assert await refused(server) == "watch.too_slow"


async def test_what_was_packed_without_being_asked_is_read(server: ScheduleServer) -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        return web.Response(body=gzip.compress(b"words"), headers={"Content-Encoding": "gzip"})

    server.answer = packed
    assert await look(server) == Fetched(b"words", "schedule.toml", "")

    async def broken(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"no gzip", headers={"Content-Encoding": "gzip"})

    server.answer = broken
    assert await refused(server) == "watch.no_answer"

    async def cut_off(request: web.Request) -> web.StreamResponse:
        return web.Response(body=gzip.compress(b"words" * 100)[:-12], headers={"Content-Encoding": "gzip"})

    server.answer = cut_off
    assert await refused(server) == "watch.no_answer"


async def test_a_mark_that_is_no_text_is_none() -> None:
    """aiohttp hands over the bytes of such a header as lone surrogates, which neither engine stores."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nContent-Length: 5\r\n\r\nwords')
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.2", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        found = await fetch(f"http://127.0.0.2:{port}/x.toml", "", only_second_loopback)
    assert found == Fetched(b"words", "x.toml", "")


@pytest.mark.parametrize("code", [204, 304, 403, 404, 500, 503])
async def test_every_other_answer_is_said(server: ScheduleServer, code: int) -> None:
    server.answer = status(code)
    assert await refused(server) == "watch.status"


async def test_a_server_that_is_gone_is_said() -> None:
    async with schedule_server() as server:
        pass
    assert await refused(server) == "watch.no_answer"
    with pytest.raises(NotFetched):
        await fetch("http://no-such-name.invalid/", "", only_second_loopback)
