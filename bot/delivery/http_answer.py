"""Reads one HTTP/1.x answer from bytes that come in any pieces (RFC 9112)."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import NamedTuple

LONGEST_HEAD = 65_536  # bytes of a status line with its headers, or of a line between chunks
LONGEST_BODY = (
    2**25
)  # bytes: far above a hundred updates, the largest answer there is, and far below a machine's memory
STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-5][0-9][0-9])(?: .*)?")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?")
EMPTY = (204, 304)  # statuses whose answers have no body, whatever their headers say

Steps = Generator[None, None, bytes]


class NotHttp(Exception):
    """What came is no answer that we can read; str() says what is wrong, without a word of what came."""


class Answer(NamedTuple):
    status: int
    body: bytes


class AnswerReader:
    """Takes bytes until `answer` is there. Then `reusable` tells whether the connection may carry another request."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.reusable = False
        self._buffer = bytearray()
        self._over = False
        self._steps = self._read()

    def feed(self, data: bytes) -> bool:
        """Take what came; True once the answer is whole. Raises NotHttp."""
        self._buffer += data
        return self._go_on()

    def end(self) -> bool:
        """The other side has closed; True when that was the end of a whole answer. Raises NotHttp."""
        self._over = True
        return self._go_on()

    def _go_on(self) -> bool:
        return next(self._steps, self) is self

    def _read(self) -> Generator[None, None, None]:
        status, headers, minor = 100, {}, b""
        while status < 200:  # what comes before the answer itself, such as 100 Continue
            lines = (yield from self._until(b"\r\n\r\n")).split(b"\r\n")
            found = STATUS_LINE.fullmatch(lines[0])
            if found is None:
                raise NotHttp("no status line")
            minor, status = found[1], int(found[2])
            headers = read_headers(lines[1:])
        coding, length = headers.get(b"transfer-encoding"), headers.get(b"content-length")
        if headers.get(b"content-encoding", b"identity") != b"identity":
            raise NotHttp("compressed, which was not asked for")
        until_close = False
        if status in EMPTY:
            body = b""
        elif coding is not None:
            if coding != b"chunked":
                raise NotHttp("an unknown transfer encoding")
            body = yield from self._chunks()
        elif length is not None:
            if not (length.isdigit() and len(length) <= 12):
                raise NotHttp("an unreadable length")
            body = yield from self._exactly(int(length))
        else:
            body, until_close = (yield from self._rest()), True
        said = headers.get(b"connection", b"keep-alive" if minor == b"1" else b"close")
        # Both a length and chunks, or bytes nobody asked for: the next answer could begin anywhere.
        clear = not self._buffer and not (coding is not None and length is not None)
        self.reusable = clear and not until_close and said == b"keep-alive"
        self.answer = Answer(status, body)

    def _until(self, mark: bytes) -> Steps:
        """The bytes before the mark, which is taken too."""
        looked = 0
        while (end := self._buffer.find(mark, looked)) < 0:
            if len(self._buffer) > LONGEST_HEAD:
                raise NotHttp("endless headers")
            looked = max(0, len(self._buffer) - len(mark) + 1)
            yield
        taken = self._take(end)
        del self._buffer[: len(mark)]
        return taken

    def _exactly(self, size: int) -> Steps:
        within_reason(size)
        while len(self._buffer) < size:
            yield
        return self._take(size)

    def _rest(self) -> Steps:
        while not self._over:
            within_reason(len(self._buffer))
            yield
        return self._take(len(self._buffer))

    def _chunks(self) -> Steps:
        body = bytearray()
        while True:
            found = CHUNK_SIZE.fullmatch((yield from self._until(b"\r\n")))
            if found is None:
                raise NotHttp("an unreadable chunk size")
            size = int(found[1], 16)
            if size == 0:
                break
            within_reason(len(body) + size)
            body += yield from self._exactly(size)
            if (yield from self._exactly(2)) != b"\r\n":
                raise NotHttp("a chunk longer than it says")
        while (yield from self._until(b"\r\n")):  # trailers, which say nothing about the body
            pass
        return bytes(body)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def within_reason(size: int) -> None:
    if size > LONGEST_BODY:
        raise NotHttp("an endless body")


def read_headers(lines: list[bytes]) -> dict[bytes, bytes]:
    """By lower-case name; the values are lower-case too, for those that are looked at are words without case."""
    headers: dict[bytes, bytes] = {}
    for line in lines:
        name, colon, value = line.lower().partition(b":")
        if not colon or not name or name != name.strip():
            raise NotHttp("an unreadable header")  # folded lines too, which nobody may send any more
        value = value.strip()
        if headers.setdefault(name, value) != value and name in (b"content-length", b"transfer-encoding"):
            raise NotHttp("two lengths")
    return headers
