"""What stands on the pages of our own PDFs: words by the tables of the fonts, QR codes by their bars."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass

Modules = list[bytes]

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n")
LENGTH = re.compile(rb"/Length (\d+)")
# Operators of a page: a font is chosen, a string shown, a group of bars drawn (the only thing drawn in modules).
PAGE = re.compile(
    rb"/(?P<font>F[\w+]+) [\d.]+ Tf|\((?P<text>(?:\\.|[^\\)])*)\) Tj|"
    rb"q 0 g [^\n]*? cm (?P<bars>[\d re]+?) f Q",
    re.DOTALL,
)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Page:
    """`lines` in the order they are written in; the modules of each QR code without the white margin, in order too."""

    lines: list[str]
    codes: list[Modules]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def pages(pdf: bytes) -> list[Page]:
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    return [page(objects, body) for body in in_order(objects)]


def in_order(objects: dict[int, bytes]) -> list[bytes]:
    tree = next(body for body in objects.values() if b"/Type /Pages" in body)
    kids = re.search(rb"/Kids \[(.*?)\]", tree, re.DOTALL)
    assert kids
    return [objects[int(number)] for number in re.findall(rb"(\d+) 0 R", kids[1])]


def page(objects: dict[int, bytes], body: bytes) -> Page:
    fonts = {name: letters(objects, int(number)) for name, number in font_list(objects, body)}
    content = re.search(rb"/Contents (\d+) 0 R", body)
    assert content
    lines: list[str] = []
    codes: list[Modules] = []
    font: dict[int, str] = {}
    for found in PAGE.finditer(stream(objects[int(content[1])])):
        if found["font"]:
            font = fonts[found["font"]]
        elif found["bars"]:
            codes.append(modules(found["bars"]))
        else:
            lines.append("".join(font[code] for code in unescaped(found["text"] or b"")))
    return Page(lines, codes)


def font_list(objects: dict[int, bytes], body: bytes) -> list[tuple[bytes, bytes]]:
    at = re.search(rb"/Font (\d+) 0 R", body)
    named = objects[int(at[1])] if at else body
    return re.findall(rb"/(F[\w+]+) (\d+) 0 R", named)


def letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Each code of a font with the letter it stands for; without a table of its own it is Latin."""
    at = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    if at is None:
        return {code: chr(code) for code in range(256)}
    pairs = re.findall(rb"<(\w\w)> <(\w{4})>\n", stream(objects[int(at[1])]).partition(b"beginbfchar")[2])
    return {int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs}


def stream(body: bytes) -> bytes:
    begin, length = STREAM.search(body), LENGTH.search(body)
    assert begin
    assert length
    data = body[begin.end() : begin.end() + int(length[1])]
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"/FlateDecode" in body else data


def unescaped(text: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if code[:1].isdigit() else ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, text, flags=re.DOTALL)


def modules(bars: bytes) -> Modules:
    """The rows of a code, from bars as "x y length 1 re" from its lower left corner."""
    drawn = [tuple(map(int, bar)) for bar in re.findall(rb"(\d+) (\d+) (\d+) 1 re", bars)]
    size = max(y for _, y, _ in drawn) + 1
    rows = [bytearray(size) for _ in range(size)]
    for x, y, length in drawn:
        rows[size - 1 - y][x : x + length] = b"\x01" * length
    return [bytes(row) for row in rows]
