"""An HTTP/1.1 client for the one thing a bot does all day: POST some JSON, read a small answer.

aiohttp's client does far more than that, and takes three times the CPU for it (docs/benchmarks.md). What this one
raises is aiohttp's: `ClientConnectorError` when no connection was made, so that nothing can have arrived, any
other `ClientError` once a request may have gone out, `TimeoutError`. It repeats nothing.
"""

from __future__ import annotations

import asyncio
import selectors
import socket
import ssl
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection
from aiohttp import (
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientOSError,
    ClientPayloadError,
    ServerDisconnectedError,
)
from aiohttp.client_reqrep import ConnectionKey

from bot.delivery.http_answer import Answer, AnswerReader, NotHttp

KEPT = 15.0  # seconds a connection rests at most before it is given up, as in aiohttp
LOOKED_AT = 0.5  # seconds of rest after which a connection is looked at before it is used again
RESOLVED = 3600.0  # seconds for which addresses are remembered, as in aiogram; forgotten when nobody listens there
CONNECT_WITHIN = 10.0  # seconds; it distinguishes a network that swallows packets from a server that is slow to answer
OTHER_FAMILY = 0.25  # seconds until the other of IPv4 and IPv6 is tried as well (RFC 8305)
FAREWELL = 0.25  # seconds for TLS connections to say goodbye, as in aiogram


class Origin(NamedTuple):
    host: str
    port: int
    tls: bool


class Connection(asyncio.Protocol):
    """Carries one request at a time. Whoever sees it fail, or gives up waiting, leaves it closed."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._loop = loop
        self._transport: asyncio.Transport
        self._reader = AnswerReader()
        self._awaited: asyncio.Future[Answer] | None = None
        self._rests_since = loop.time()
        self.gone: asyncio.Future[None] = loop.create_future()

    async def exchange(self, request: bytes) -> Answer:
        self._reader.expect()
        self._awaited = self._loop.create_future()
        self._transport.write(request)
        try:
            return await self._awaited
        except BaseException:
            self._transport.abort()  # the rest of the answer must not be taken for the next one's
            raise
        finally:
            self._awaited = None
            self._rests_since = self._loop.time()

    @property
    def reusable(self) -> bool:
        """Whether another request may follow the one that was answered."""
        return self._reader.reusable and not self.gone.done() and not self._transport.is_closing()

    def rested_well(self) -> bool:
        """Whether it is still good after a rest: not too long, and the other side has not closed meanwhile.

        The event loop may be behind, so the socket itself is asked: what can be read from it now is its end.
        """
        rest = self._loop.time() - self._rests_since
        if self.gone.done() or self._transport.is_closing() or rest > KEPT:
            return False
        return rest < LOOKED_AT or not readable(self._transport.get_extra_info("socket"))

    def close(self) -> None:
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._awaited is None or self._awaited.done():
            self._transport.abort()  # nobody asked
        else:
            self._read(self._awaited, data)

    def connection_lost(self, error: Exception | None) -> None:
        self.gone.set_result(None)
        if self._awaited is None or self._awaited.done():
            return
        if error is None:
            self._read(self._awaited)
        if isinstance(error, OSError):
            self._awaited.set_exception(ClientOSError(error.errno, error.strerror))
        elif not self._awaited.done():
            self._awaited.set_exception(ServerDisconnectedError())

    def _read(self, awaited: asyncio.Future[Answer], data: bytes | None = None) -> None:
        """What came, or None at the end."""
        try:
            whole = self._reader.end() if data is None else self._reader.feed(data)
        except NotHttp as error:
            awaited.set_exception(ClientPayloadError(str(error)))
        else:
            if whole:
                awaited.set_result(cast(Answer, self._reader.answer))


class Client:
    """Keeps the connections it made for the next request. How many there are is up to its callers: as many as
    they have requests under way at once."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._resting: dict[Origin, list[Connection]] = {}
        self._open: set[Connection] = set()
        self._addresses: dict[Origin, tuple[Sequence[Any], float]] = {}  # and until when, in the loop's seconds

    async def post(self, url: str, body: bytes, seconds: float) -> Answer:
        """Send JSON to a url that `spoken` knows how to; all of it, connecting included, within so many seconds."""
        origin, head = cast(tuple[Origin, bytes], spoken(url))
        resting = self._resting.setdefault(origin, [])
        async with asyncio.timeout(seconds):
            while resting:
                connection = resting.pop()  # the last one in: those that are too many grow old
                if connection.rested_well():
                    break
                connection.close()
            else:
                connection = await self._connect(origin)
            answer = await connection.exchange(b"%b%d\r\n\r\n%b" % (head, len(body), body))
        if connection.reusable:
            resting.append(connection)
        else:
            connection.close()
        return answer

    async def close(self) -> None:
        """Close what rests; what is under way ends with an error."""
        self._resting.clear()
        for connection in self._open:
            connection.close()
        if self._open:
            await asyncio.wait([connection.gone for connection in self._open], timeout=FAREWELL)

    async def _connect(self, origin: Origin) -> Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                # Not the event loop's own race: cancelled at the wrong moment, it forgets a socket (Python 3.11).
                sock = await start_connection(await self._resolve(origin), happy_eyeballs_delay=OTHER_FAMILY)
                tls, name = (self._tls, origin.host) if origin.tls else (None, None)
                _, connection = await loop.create_connection(Connection, sock=sock, ssl=tls, server_hostname=name)
        except OSError as error:
            self._addresses.pop(origin, None)  # they may have moved
            key = ConnectionKey(*origin, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
            kind = ClientConnectorDNSError if isinstance(error, socket.gaierror) else ClientConnectorError
            raise kind(key, OSError(error.errno, error.strerror or str(error) or "too slow")) from error
        self._open.add(connection)
        connection.gone.add_done_callback(lambda _: self._open.discard(connection))
        return connection

    async def _resolve(self, origin: Origin) -> Sequence[Any]:
        """Where it listens, as getaddrinfo has it."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        found, until = self._addresses.get(origin, ((), 0.0))
        if now >= until:
            found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
            self._addresses[origin] = found, now + RESOLVED
        return found


def readable(sock: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))


@lru_cache(maxsize=256)  # a bot calls some twenty methods
def spoken(url: str) -> tuple[Origin, bytes] | None:
    """Where a url leads, and the head of a request to it up to the length of its body.

    None: a url with more to it than a server and a path in plain ASCII.
    """
    parts = urlsplit(url)
    plain = url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc
    if not plain or not parts.hostname or parts.query or parts.fragment:
        return None
    tls = parts.scheme == "https"
    origin = Origin(parts.hostname, parts.port or (443 if tls else 80), tls)
    head = (
        f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: Minber\r\nAccept: */*\r\n"
        "Accept-Encoding: identity\r\nContent-Type: application/json\r\nContent-Length: "
    )
    return origin, head.encode()
