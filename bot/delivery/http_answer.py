"""Reads HTTP/1.x answers from bytes that come in any pieces: llhttp does, with bounds of ours around it."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from httptools import HttpParserCallbackError, HttpParserError, HttpResponseParser

LONGEST_HEAD = 65_536  # bytes of all that stands around a body: status lines, headers, the sizes of its chunks
LONGEST_BODY = 2**25  # bytes, unpacked: far above a hundred updates, the largest answer there is
PACKED = (b"gzip", b"deflate")
EITHER = 32 + zlib.MAX_WBITS  # zlib looks which of the two it is


class NotHttp(Exception):
    """What came is not an answer that we can read; str() says what is wrong, without a word of what came."""


class Answer(NamedTuple):
    status: int
    body: bytes


class AnswerReader:
    """Takes bytes until `answer` is there. Then `reusable` says whether the connection may carry another request,
    and `expect` makes ready for its answer.

    What is named `on_...` is called by llhttp, which goes on from one answer to the next by itself.
    """

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self.expect()

    def expect(self) -> None:
        self.answer: Answer | None = None
        self.reusable = False
        self._around = 0  # bytes so far that are not of the body
        self.on_message_begin()

    def feed(self, data: bytes) -> bool:
        """Take what came; True once the answer is whole. Raises NotHttp."""
        if not self._around and data[:1] not in b"H":
            raise NotHttp("no status line")  # llhttp would take empty lines, RTSP and ICE too
        self._around += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            if self.answer is None:
                ours = error.__context__ if isinstance(error, HttpParserCallbackError) else None
                raise ours or NotHttp(str(error)) from None
            self.reusable = False  # bytes nobody asked for: the next answer could begin anywhere
        if self._around > LONGEST_HEAD:
            raise NotHttp("endless headers")
        return self.answer is not None

    def end(self) -> bool:
        """The other side has closed; True when that was the end of a whole answer. Raises NotHttp."""
        if not self._in_head and not self._says_its_end:
            self.on_message_complete()
        return self.answer is not None

    def on_message_begin(self) -> None:
        if self.answer is not None:
            raise NotHttp("a second answer")
        self._in_head = True
        self._says_its_end = self._packed = False
        self._body = bytearray()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            return  # a trailer, which says nothing about the body
        name, value = name.lower(), value.strip().lower()
        if name == b"content-length":
            within_reason(int(value.lstrip(b"0") or 0))  # llhttp has seen that it is one; int() minds many zeros
            self._says_its_end = True
        elif name == b"transfer-encoding":
            if value != b"chunked":
                raise NotHttp("an unknown transfer encoding")
            self._says_its_end = True
        elif name == b"content-encoding" and value != b"identity":
            if self._packed or value not in PACKED:
                raise NotHttp("compressed in an unknown way")
            self._packed = True

    def on_headers_complete(self) -> None:
        self._in_head = False
        status = self._parser.get_status_code()
        if self._parser.get_http_version() not in ("1.0", "1.1") or not 100 <= status < 600 or status == 101:
            raise NotHttp("no answer to a request of HTTP/1")

    def on_body(self, piece: bytes) -> None:
        self._around -= len(piece)
        self._body += piece
        within_reason(len(self._body))

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return  # what comes before the answer itself, such as 100 Continue
        body = bytes(self._body)
        self.answer = Answer(status, unpacked(body) if self._packed and body else body)
        self.reusable = self._parser.should_keep_alive()


def within_reason(size: int) -> None:
    if size > LONGEST_BODY:
        raise NotHttp("an endless body")


def unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(EITHER)
    try:
        found = unpacker.decompress(body, LONGEST_BODY)  # a bomb goes off no further than this
    except zlib.error:
        raise NotHttp("compressed in an unknown way") from None
    if not unpacker.eof or unpacker.unused_data:
        raise NotHttp("half a compressed body, an endless one, or more than one")
    return found
