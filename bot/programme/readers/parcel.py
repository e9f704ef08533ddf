"""A workbook's zip looked through before anything reads it: bombs, entities and broken parts are refused here.

An .xlsx is a zip of XML. The reader behind this (calamine) lays a sheet out as a full rectangle, so that one cell at
XFD1048576 would take all memory, copies a shared text into every cell that names it, and makes room for as many shared
texts as a part says it has. Where it gets no memory it ends the whole process, so nothing it would believe goes by.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from xml.parsers import expat

from bot.programme.faults import refuse

# A congress of 900 sessions in three languages is 1 MB packed, 8 MB unpacked, in 20 parts.
LARGEST_UNPACKED = 60_000_000  # bytes
LARGEST_RATIO = 200  # of what is larger than a megabyte; real sheets reach 40
MOST_PARTS = 1_000
MOST_ROWS, MOST_COLUMNS = 10_000, 200
MOST_TEXT = 30_000_000  # characters of all cells together
_DEEPEST = 60

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of what is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NEEDED = ("xl/", "_rels/", "[Content_Types]")  # the reader is given nothing else
_CHUNK = 1 << 16
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def unpacked(data: bytes) -> io.BytesIO:
    """The XML parts of a workbook in a fresh zip, as they were looked at. Raises ProgrammeFaults."""
    if data.startswith(_COMPOUND):
        refuse("fault.sheet_password" if _ENCRYPTED in data else "fault.sheet_old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            return _repacked(_parts(parcel))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        # RuntimeError: a part that is encrypted by itself; NotImplementedError: a way of packing nobody uses
        refuse("fault.sheet_damaged", problem=error)


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _parts(parcel: zipfile.ZipFile) -> dict[str, bytes]:
    listed = parcel.infolist()
    if sum(part.file_size for part in listed) > LARGEST_UNPACKED or len(listed) > MOST_PARTS:
        refuse("fault.sheet_bomb")
    if any(part.file_size > max(1_000_000, LARGEST_RATIO * part.compress_size) for part in listed):
        refuse("fault.sheet_bomb")
    names = [part.filename for part in listed]
    if "mimetype" in names:
        refuse("fault.sheet_other")  # OpenDocument
    if "xl/workbook.xml" not in names:
        refuse("fault.sheet_none")
    if len(set(names)) != len(names):
        refuse("fault.sheet_bomb")
    parts: dict[str, bytes] = {}
    look = _Look()
    left = LARGEST_UNPACKED
    for part in listed:
        content = _read(parcel, part, left)
        left -= len(content)
        if part.filename.endswith((".xml", ".rels")) and part.filename.startswith(_NEEDED):
            look.at(part.filename, content)
            parts[part.filename] = content
    look.judge()
    return parts


def _read(parcel: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """A part's content, read through to its checksum; the sizes in a zip's list are only claims."""
    found = bytearray()
    with parcel.open(part) as file:
        while chunk := file.read(_CHUNK):
            found += chunk
            if len(found) > most:
                refuse("fault.sheet_bomb")
    return bytes(found)


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    fresh.seek(0)
    return fresh


class _Look:
    """Goes through the XML: no DOCTYPE, no abyss, no sheet larger than any programme, no text copied without end."""

    def __init__(self) -> None:
        self._shared: list[int] = []  # how long each shared text is
        self._asked: Counter[int] = Counter()  # how many cells name each
        self._typed = 0  # characters that stand in cells themselves

    def at(self, name: str, content: bytes) -> None:
        if content.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
            refuse("fault.sheet_part", name=name, problem="UTF-16")
        parser = expat.ParserCreate()
        page = _Page(name, len(content), self._shared, self._asked)
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = page.start
        parser.EndElementHandler = page.end
        parser.CharacterDataHandler = page.words
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            refuse("fault.sheet_part", name=name, problem=error)
        self._typed += page.typed

    def judge(self) -> None:
        copied = sum(
            self._shared[number] * times for number, times in self._asked.items() if 0 <= number < len(self._shared)
        )
        if copied + self._typed > MOST_TEXT:
            refuse("fault.sheet_bomb")


class _Page:
    """One part: where its cells with values stand, and how much text there is in them."""

    def __init__(self, name: str, size: int, shared: list[int], asked: Counter[int]) -> None:
        self._name, self._size = name, size
        self._shared, self._asked = shared, asked
        self._depth = 0
        self._row = self._column = 0  # counted from 1, as cells without a name follow each other
        self._in_shared = False  # inside a shared text
        self._is_shared = False  # inside a cell that names one
        self._value = ""
        self._is_value = False
        self.typed = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            refuse("fault.too_deep")
        tag = name.rpartition(":")[2]
        self._check_count(tag, attributes)
        if tag == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif tag == "c":
            self._column += 1
            if "r" in attributes:
                match = _CELL.fullmatch(attributes["r"])
                if match is None:  # xfd9 and A4294967295 are cells to the reader
                    refuse("fault.sheet_part", name=self._name, problem=attributes["r"])
                self._row, self._column = int(match[2]), _column_number(match[1])
            self._is_shared = attributes.get("t") == "s"
        elif tag in ("v", "f", "is"):
            # A cell that only has a colour takes no room.
            if self._row > MOST_ROWS or self._column > MOST_COLUMNS:
                refuse("fault.sheet_large", rows=MOST_ROWS, columns=MOST_COLUMNS)
            self._is_value, self._value = tag == "v", ""
        elif tag == "si":
            self._shared.append(0)
            self._in_shared = True

    def end(self, name: str) -> None:
        self._depth -= 1
        tag = name.rpartition(":")[2]
        if tag == "si":
            self._in_shared = False
        elif tag == "v":
            if self._is_shared and self._value.strip().isdecimal() and len(self._value) < 12:
                self._asked[int(self._value)] += 1
            self._is_value = False

    def words(self, words: str) -> None:
        if self._in_shared:
            self._shared[-1] += len(words)
        self.typed += len(words)
        if self._is_value and len(self._value) < 20:
            self._value += words

    def _check_count(self, tag: str, attributes: dict[str, str]) -> None:
        """What a part says it has cannot be more than it has bytes; only sst's count is of what other parts have."""
        for key, value in attributes.items():
            key = key.rpartition(":")[2]
            if (key == "uniqueCount" or (key == "count" and tag != "sst")) and self._number(value) > self._size:
                refuse("fault.sheet_part", name=self._name, problem=f"{key}={value}")

    def _number(self, value: str) -> int:
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            refuse("fault.sheet_part", name=self._name, problem=value)
        return int(value)


def _no_doctype(*_: object) -> None:
    refuse("fault.xml_doctype")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
