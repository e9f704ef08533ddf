"""One look at an address: at most so many bytes, so many seconds, so many redirects, and only where one may go."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import PurePosixPath
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.hdrs import CONTENT_ENCODING, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.errors import BadInput
from bot.programme.load import LARGEST_MEGABYTES
from bot.watching.reach import CarefulResolver, Reach, Unreachable

WITHIN = 20.0  # seconds for all of it, redirects and body included
REDIRECTS = 3
LARGEST = LARGEST_MEGABYTES * 1_000_000  # bytes, also once unpacked
LONGEST = 2000  # characters of an address
CHUNK = 64 * 1024
HEADERS = {"User-Agent": "Minber (a forum's Telegram bot)", "Accept-Encoding": "identity"}
MOVED = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
)


class NotFetched(Exception):
    """There is nothing to read at the address now. `fault` says why: a text key and its fields, as JSON has them."""

    def __init__(self, key: str, **fields: Any) -> None:
        super().__init__(key)
        self.fault: dict[str, Any] = {"key": key, "fields": fields}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`name` is the file's, as far as the address shows; `mark` is what to send to get only a newer version."""

    data: bytes
    name: str
    mark: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def address_of(typed: str) -> str:
    """The address that somebody typed. Raises BadInput unless it is one of http or https without a password in it."""
    typed = typed.strip()
    try:
        url = URL(typed)
        fits = url.scheme in ("http", "https") and url.host and url.user is None and url.password is None and url.port
    except ValueError:
        fits = False
    if not fits or len(typed) > LONGEST or any(char.isspace() for char in typed):
        raise BadInput("watch.bad_address")
    return str(url.with_fragment(None))


async def fetch(address: str, mark: str, reach: Reach) -> Fetched | None:
    """What stands at the address; None when it is still the version of that mark. Raises NotFetched."""
    connector = TCPConnector(resolver=CarefulResolver(ThreadedResolver(), reach), use_dns_cache=False, force_close=True)
    try:
        async with (
            asyncio.timeout(WITHIN),
            ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                headers=HEADERS,
                timeout=ClientTimeout(total=None),
                auto_decompress=False,
            ) as session,
        ):
            return await follow(session, URL(address), mark, reach)
    except TimeoutError as error:
        raise NotFetched("watch.too_slow", seconds=int(WITHIN)) from error
    except (ClientError, OSError, ValueError) as error:
        raise NotFetched("watch.forbidden" if forbidden(error) else "watch.no_answer") from error


def forbidden(error: BaseException) -> bool:
    """Whether a connection was not made because its address may not be reached."""
    return isinstance(error, Unreachable) or isinstance(error.__cause__, Unreachable)


async def follow(session: ClientSession, url: URL, mark: str, reach: Reach) -> Fetched | None:
    path = url.path
    for _ in range(REDIRECTS + 1):
        judge(url, reach)
        async with session.get(url, headers=known(mark), allow_redirects=False) as response:
            if response.status in MOVED and LOCATION in response.headers:
                url = url.join(URL(response.headers[LOCATION]))
                continue
            if response.status == HTTPStatus.NOT_MODIFIED and mark:
                return None
            if response.status != HTTPStatus.OK:
                raise NotFetched("watch.status", status=response.status)
            return Fetched(await body(response), PurePosixPath(path).name or url.host or "", mark_of(response))
    raise NotFetched("watch.redirects")


def judge(url: URL, reach: Reach) -> None:
    """Raises Unreachable for what no resolver is asked about: another scheme, an address in figures."""
    if url.scheme not in ("http", "https") or url.host is None or url.port is None:
        raise Unreachable(str(url))
    try:
        figures = ip_address(url.host)
    except ValueError as error:
        if url.host.replace(".", "").isdigit():  # 127.1 or 2130706433, which a socket takes for an address
            raise Unreachable(url.host) from error
        return  # a name: the resolver judges it
    if not reach(figures, url.port):
        raise Unreachable(url.host)


def mark_of(response: ClientResponse) -> str:
    """Its ETag, else its Last-Modified: the one begins with a quote or W/, the other with a day of the week. None of
    bytes that are not text: no database keeps them."""
    mark = response.headers.get(ETAG) or response.headers.get(LAST_MODIFIED) or ""
    return mark if mark.isascii() else ""


def known(mark: str) -> dict[str, str]:
    if not mark:
        return {}
    return {IF_NONE_MATCH if mark.startswith(('"', 'W/"')) else IF_MODIFIED_SINCE: mark}


async def body(response: ClientResponse) -> bytes:
    """Read no more than is taken, and unpack no more either."""
    packed = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        packed += chunk
        if len(packed) > LARGEST:
            raise NotFetched("watch.too_large", megabytes=LARGEST_MEGABYTES)
    encoding = response.headers.get(CONTENT_ENCODING, "identity").strip().lower()
    if encoding in ("", "identity"):
        return bytes(packed)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched("watch.no_answer")
    return await asyncio.to_thread(unpacked, bytes(packed))


def unpacked(packed: bytes) -> bytes:
    """What gzip or zlib packed, though it was not asked for. Raises NotFetched when it does not end."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: zlib finds out which of the two it is
    try:
        data = unpacker.decompress(packed, LARGEST + 1)
    except zlib.error as error:
        raise NotFetched("watch.no_answer") from error
    if len(data) > LARGEST:
        raise NotFetched("watch.too_large", megabytes=LARGEST_MEGABYTES)
    if not unpacker.eof:  # cut off on its way: half a programme would read as one whose rest was taken out
        raise NotFetched("watch.no_answer")
    return data
