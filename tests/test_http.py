"""Our HTTP client: whatever a server or a network does, an answer is never another request's, nor half of one."""

from __future__ import annotations

import asyncio
import gc
import gzip
import ssl
import subprocess
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectorError, ClientError, ClientPayloadError, ClientSession, ServerDisconnectedError
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import http_answer, http_client
from bot.delivery.http_answer import Answer, AnswerReader, NotHttp
from bot.delivery.http_client import Client, spoken

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
PACKERS: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "GZip": gzip.compress, "deflate": zlib.compress}


def whole(status: int, body: bytes, extra: str = "") -> bytes:
    return f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body


def chunked(status: int, pieces: list[bytes], trailers: str, extra: str = "") -> bytes:
    chunks = b"".join(b"%x;a=b\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)
    head = f"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n{extra}\r\n"
    return head.encode() + chunks + f"0\r\n{trailers}\r\n".encode()


@st.composite
def answers(draw: st.DrawFn) -> tuple[bytes, Answer, bool]:
    """Bytes on the wire, what they say, and whether they end by themselves."""
    status = draw(st.sampled_from([200, 400, 429, 502]))
    body = draw(st.binary(max_size=300))
    hints = b"HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"
    before = draw(st.sampled_from([b"", b"HTTP/1.1 100 Continue\r\n\r\n", hints]))
    coding = draw(st.sampled_from(list(PACKERS)))
    sent, coded = PACKERS[coding](body), f"Content-Encoding: {coding}\r\n"
    kind = draw(st.sampled_from(["length", "chunks", "close", "empty"]))
    if kind == "length":
        extra = draw(st.sampled_from(["", "Server: nginx\r\n", "connection: close\r\n"]))
        return before + whole(status, sent, coded + extra), Answer(status, body), True
    if kind == "chunks":
        cut = draw(st.integers(0, len(sent)))
        trailers = draw(st.sampled_from(["", "X-Sum: 1\r\n", "Content-Encoding: gzip\r\n"]))
        return before + chunked(status, [sent[:cut], sent[cut:]], trailers, coded), Answer(status, body), True
    if kind == "close":
        head = f"HTTP/1.0 {status} Fine\r\n{coded}Server: x\r\n\r\n"
        return before + head.encode() + sent, Answer(status, body), False
    return before + f"HTTP/1.1 204 No Content\r\n{coded}\r\n".encode(), Answer(204, b""), True


@given(answers(), st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_any_split_of_the_bytes_gives_the_same_answer(one: tuple[bytes, Answer, bool], sizes: list[int]) -> None:
    wire, expected, ends = one
    reader = AnswerReader()
    done, at, turn = False, 0, 0
    while at < len(wire):
        assert not done  # whole before its last byte had come
        size = sizes[turn % len(sizes)]
        done = reader.feed(wire[at : at + size])
        at, turn = at + size, turn + 1
    assert done is ends
    assert done or reader.end()
    assert reader.answer == expected


@given(st.lists(answers(), min_size=2, max_size=4), st.integers(1, 40))
def test_one_reader_takes_an_answer_after_the_other(several: list[tuple[bytes, Answer, bool]], size: int) -> None:
    """As on a connection that is kept: nothing of an answer is left for the next."""
    reader = AnswerReader()
    for wire, expected, ends in several:
        for at in range(0, len(wire), size):
            reader.feed(wire[at : at + size])
        assert ends or reader.end()
        assert reader.answer == expected
        if not reader.reusable:
            break
        reader.expect()
        assert not reader.end()  # closed before a byte of it came


@given(answers(), st.data())
def test_half_an_answer_is_none(one: tuple[bytes, Answer, bool], data: st.DataObject) -> None:
    wire, _, ends = one
    reader = AnswerReader()
    cut = data.draw(st.integers(0, len(wire) - 1))
    assert not reader.feed(wire[:cut])
    if ends:
        assert not reader.end()
        assert reader.answer is None
    else:  # where it would have ended is unknown, unless it is compressed
        with suppress(NotHttp):
            assert not reader.end() or reader.answer is not None


@given(st.binary(max_size=400))
def test_noise_is_no_answer(noise: bytes) -> None:
    with suppress(NotHttp):
        assert not AnswerReader().feed(noise)


@pytest.mark.parametrize(
    "wire",
    [
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1_0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"x" * 70_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1\r\nx\r\n" * 2
        + b"1ffffff\r\n"
        + bytes(2**25 - 1),
        b"HTTP/1.0 200 OK\r\n\r\n" + bytes(2**25 + 1),
        # What llhttp would let pass
        b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"RTSP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"\r\n" + whole(200, b""),
        whole(600, b""),
        b"HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: identity\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3_000,
        CHUNKED + b"1;" + b"x" * 70_000,
        OK + b"x: " + b"x" * 70_000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 " + b"O" * 70_000 + b"K\r\nContent-Length: 0\r\n\r\n",
        CHUNKED + b"1\r\nx\r\n0\r\n" + b"x: y\r\n" * 12_000,
        # What it refuses itself
        OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        OK + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        OK + b"Content-Length:\r\n\r\n",
        OK + b"X: y\r\n folded: x\r\nContent-Length: 0\r\n\r\n",
        OK + b"Content-Length : 0\r\n\r\n",
        OK + b"X: y\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
        CHUNKED + b"1 \r\nx\r\n0\r\n\r\n",
        CHUNKED + b"fffffffffffffffff\r\n",
        b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        # Compressed otherwise than it says
        OK + b"Content-Encoding: br\r\nContent-Length: 0\r\n\r\n",
        OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: 0\r\n\r\n",
        OK + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
        PACKED % (2, b"{}"),
        PACKED % (20, gzip.compress(b"{}", mtime=0)[:20]),
        PACKED % (23, gzip.compress(b"{}", mtime=0) + b"x"),
    ],
)
def test_what_is_refused(wire: bytes) -> None:
    with pytest.raises(NotHttp):
        AnswerReader().feed(wire)


@pytest.mark.parametrize(
    ("wire", "reusable"),
    [
        (whole(200, b"x"), True),
        (whole(200, b"x", "Connection: Keep-Alive\r\n"), True),
        (whole(200, b"x", "Connection: close\r\n"), False),
        (whole(200, b"x") + b"H", False),
        (OK + b"Content-Length: " + b"0" * 5_000 + b"\r\n\r\n", True),
        (whole(200, b"x") + b"\0", False),
        (whole(200, b"x") + whole(400, b"y"), False),
        (whole(200, b"x", "Connection: close\r\n") + whole(400, b"y"), False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", True),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", True),
        (chunked(200, [b"x"], ""), True),
    ],
)
def test_whether_another_request_may_follow(wire: bytes, reusable: bool) -> None:
    reader = AnswerReader()
    assert reader.feed(wire)
    assert reader.reusable is reusable
    assert reader.answer is not None
    assert reader.answer.status != 400  # the first of two answers


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = [gzip.compress(bytes(size)) for size in (2**25, 2**25 + 1)]
    reader = AnswerReader()
    assert reader.feed(PACKED % (len(packed[0]), packed[0]))
    assert reader.answer == (200, bytes(2**25))
    with pytest.raises(NotHttp):
        AnswerReader().feed(PACKED % (len(packed[1]), packed[1]))
    monkeypatch.setattr(http_answer, "LONGEST_BODY", 2**16)
    tracemalloc.start()
    try:
        with pytest.raises(NotHttp):
            AnswerReader().feed(PACKED % (len(packed[0]), packed[0]))
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_fault_of_our_own_is_not_taken_for_the_answers() -> None:
    """llhttp catches what is raised within it."""

    class Faulty(AnswerReader):
        def on_body(self, piece: bytes) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Faulty().feed(whole(200, b"x"))


@asynccontextmanager
async def a_server(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield f"http{'s' if tls else ''}://localhost:{server.sockets[0].getsockname()[1]}/bot1:a/getMe"


@asynccontextmanager
async def a_client() -> AsyncIterator[Client]:
    client = Client(ssl.create_default_context())
    try:
        yield client
    finally:
        await client.close()


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length.split(b":")[1]))


def echoes(connections: list[int]) -> Talk:
    """Answers with the request's body; `connections` holds how many requests each connection carried."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = len(connections)
        connections.append(0)
        while True:
            body = await read_request(reader)
            connections[number] += 1
            writer.write(whole(200, body))

    return talk


async def test_one_connection_carries_request_after_request_and_never_two_at_once() -> None:
    connections: list[int] = []
    async with a_server(echoes(connections)) as url, a_client() as client:
        for number in range(5):
            assert await client.post(url, b"%d" % number, 5) == (200, b"%d" % number)
        assert connections == [5]
        together = await asyncio.gather(*(client.post(url, b"%d" % number, 5) for number in range(20)))
        assert [answer.body for answer in together] == [b"%d" % number for number in range(20)]
        assert len(connections) == 20


async def test_who_gives_up_waiting_leaves_nothing_for_the_next() -> None:
    """The connection is closed at once: the rest of its answer belongs to nobody."""
    hung_up = asyncio.Semaphore(0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            body = await read_request(reader)
            if body == b"slow":
                writer.write(whole(200, body)[:-2])
                with suppress(ConnectionError):
                    assert await reader.read() == b""
                hung_up.release()
                return
            writer.write(whole(200, body))

    async with a_server(talk) as url, a_client() as client:
        assert (await client.post(url, b"quick", 5)).body == b"quick"
        with pytest.raises(TimeoutError):
            await client.post(url, b"slow", 0.05)
        await asyncio.wait_for(hung_up.acquire(), 20)
        waiting = asyncio.create_task(client.post(url, b"slow", 5))
        await asyncio.sleep(0)
        assert (await client.post(url, b"quick", 5)).body == b"quick"
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(hung_up.acquire(), 20)
        assert (await client.post(url, b"quick", 5)).body == b"quick"


async def test_to_give_up_at_any_moment_leaves_no_socket_behind() -> None:
    """Left to the garbage collector it would be warned of, and a warning fails the test."""
    connections: list[int] = []
    async with a_server(echoes(connections)) as url, a_client() as client:
        for turns in range(40):
            asking = asyncio.create_task(client.post(url.replace("localhost", "127.0.0.1"), b"%d" % turns, 5))
            for _ in range(turns):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.wait([asking])
        assert (await client.post(url, b"x", 5)).body == b"x"
    gc.collect()
    assert len(connections) > 1


@pytest.mark.parametrize("before", [b"", whole(200, b"abc")[:-1], b"HTTP/1.1 200 OK\r\n"])
async def test_a_server_that_goes_away(before: bytes) -> None:
    """What went out may have arrived: not the error of a connection that was never made."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(before)

    async with a_server(talk) as url, a_client() as client:
        with pytest.raises(ServerDisconnectedError):
            await client.post(url, b"{}", 5)


async def test_an_answer_compressed_all_the_same_is_read() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        packed = gzip.compress(await read_request(reader))
        writer.write(PACKED % (len(packed), packed))
        half = gzip.compress(await read_request(reader))[:-1]
        writer.write(OK + b"Content-Encoding: gzip\r\n\r\n" + half)  # ended by closing, too early

    async with a_server(talk) as url, a_client() as client:
        assert (await client.post(url, b"{}", 5)).body == b"{}"
        with pytest.raises(ClientPayloadError):
            await client.post(url, b"{}", 5)


async def test_a_connection_with_bytes_nobody_asked_for_carries_no_other_request() -> None:
    connections: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(body := await read_request(reader))
        writer.write(whole(200, body) + whole(200, b"another's"))
        await reader.read()

    async with a_server(talk) as url, a_client() as client:
        for number in range(3):
            assert (await client.post(url, b"%d" % number, 5)).body == b"%d" % number
        assert connections == [b"0", b"1", b"2"]


async def test_an_answer_without_a_body_is_not_the_next_ones_too() -> None:
    """A connection that is closed before the next answer began."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await read_request(reader)

    async with a_server(talk) as url, a_client() as client:
        assert await client.post(url, b"{}", 5) == (204, b"")
        with pytest.raises(ServerDisconnectedError):
            await client.post(url, b"{}", 5)


async def test_a_server_that_speaks_no_http() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"220 mail.example.org ESMTP\r\n\r\n")

    async with a_server(talk) as url, a_client() as client:
        with pytest.raises(ClientPayloadError):
            await client.post(url, b"{}", 5)


@pytest.mark.parametrize("goodbye", [b"", b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"])
async def test_a_connection_closed_while_it_rested_is_not_used_again(
    goodbye: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the event loop has not yet heard of it: the socket itself is asked."""
    monkeypatch.setattr(http_client, "LOOKED_AT", 0.0)
    writers: list[asyncio.StreamWriter] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while True:
            writer.write(whole(200, await read_request(reader)))

    async with a_server(talk) as url, a_client() as client:
        await client.post(url, b"1", 5)
        sock = writers[0].get_extra_info("socket")
        if goodbye:
            writers[0].write(goodbye)
        sock.shutdown(1)  # SHUT_WR: seen by nobody's event loop before the next line
        assert (await client.post(url, b"2", 5)).body == b"2"
        assert len(writers) == 2
        await client.close()


async def test_a_connection_that_rested_too_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connections: list[int] = []
    async with a_server(echoes(connections)) as url, a_client() as client:
        await client.post(url, b"1", 5)
        monkeypatch.setattr(http_client, "KEPT", -1.0)
        await client.post(url, b"2", 5)
        assert connections == [1, 1]


async def outcome(of: Awaitable[Any]) -> tuple[type, str]:
    try:
        await of
    except ClientError as error:
        return type(error), str(error).partition(" ssl:")[0]
    raise AssertionError("it came through")


async def test_where_nobody_listens_or_no_name_is_known_it_fails_as_in_aiohttp() -> None:
    """bot.delivery.sender knows by the type of the error that a message cannot have arrived."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    async with a_client() as client, ClientSession() as theirs:
        for url in (f"http://127.0.0.1:{port}/x", "http://nobody.invalid/x"):
            ours = await outcome(client.post(url, b"{}", 5))
            assert ours == await outcome(theirs.post(url, data=b"{}"))
            assert issubclass(ours[0], ClientConnectorError)


async def test_a_connection_that_is_never_made_is_told_from_an_answer_that_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In an outage that swallows packets nothing has arrived, and the outbox may try again."""
    monkeypatch.setattr(http_client, "CONNECT_WITHIN", 0.05)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with a_server(silent) as url, a_client() as client:
        with pytest.raises(ClientConnectorError, match="too slow"):
            await client.post(url.replace("http", "https"), b"{}", 5)
        with pytest.raises(TimeoutError):
            await client.post(url, b"{}", 0.05)


def made_for_localhost(folder: Path) -> tuple[Path, Path]:
    """A key, and a certificate that nobody but itself vouches for."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    wanted = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = ["openssl", *wanted.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


async def test_whom_nobody_vouches_for_is_not_spoken_to(tmp_path: Path) -> None:
    """A certificate is checked, with the name; with a trusted one the answer comes through TLS as it does without."""
    key, certificate = made_for_localhost(tmp_path)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    connections: list[int] = []
    async with a_server(echoes(connections), theirs) as url:
        trusting = Client(ssl.create_default_context(cafile=str(certificate)))
        for body in (b"1", b"x" * 100_000):
            assert (await trusting.post(url, body, 5)).body == body
        assert connections == [2]
        with pytest.raises(ClientConnectorError):
            await trusting.post(url.replace("localhost", "127.0.0.1"), b"{}", 5)
        await trusting.close()
        async with a_client() as careful:
            with pytest.raises(ClientConnectorError):
                await careful.post(url, b"{}", 5)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://api.telegram.org/bot1:a/getMe", True),
        ("http://[::1]:8081/bot1:a/getMe", True),
        ("https://user:secret@example.org/bot1:a/getMe", False),
        ("https://example.org/bot1:a/getMe?x=1", False),
        ("https://қала.example.org/bot1:a/getMe", False),
        ("https://example.org/a b", False),
        ("https://example.org/a\r\nX: y", False),
    ],
)
def test_urls_that_are_left_to_aiohttp(url: str, known: bool) -> None:
    assert (spoken(url) is not None) is known


def test_a_request_says_where_it_goes() -> None:
    found = spoken("https://example.org:8443/base/bot1:a/getMe")
    assert found is not None
    origin, head = found
    assert origin == ("example.org", 8443, True)
    assert head.startswith(b"POST /base/bot1:a/getMe HTTP/1.1\r\nHost: example.org:8443\r\n")
    assert b"\r\nAccept-Encoding: identity\r\n" in head
    assert head.endswith(b"Content-Length: ")
