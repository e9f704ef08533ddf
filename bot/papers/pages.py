"""What every PDF of ours is made of: pages, words that fit their place, QR codes.

The fonts have all letters of Kazakh, Russian and English, and of most that are written in Latin, Cyrillic, Greek,
Armenian or Georgian; of others an empty frame is printed.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"  # the files' names too
LEADING = 1.2  # a line's height in sizes of its letters
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
MM = 72 / 25.4  # points
WIDTH, HEIGHT = 210 * MM, 297 * MM  # A4
MARK = "…"

# A font remembers for each document which of its letters are used: one document at a time.
one_at_a_time = threading.Lock()


@cache
def load_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def document(title: str, draw: Callable[[Pages], None]) -> bytes:
    """A PDF of A4 pages, drawn by `draw`. Not for the event loop."""
    # Late, like everything big that is seldom wanted: it costs memory from then on.
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    with one_at_a_time:
        load_fonts()
        # Invariant: without the moment and the machine in the file's properties.
        canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
        canvas.setTitle(title)
        canvas.setAuthor("")
        canvas.setCreator("")
        draw(Pages(canvas))
        canvas.save()
    return file.getvalue()


class Pages:
    """A4 pages, upright. Lengths are points from the lower left corner, as PDF has them."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def turn(self) -> None:
        """This page is full."""
        self._canvas.showPage()

    def grey(self, part: float) -> None:
        """From here on the ink is black (0) to white (1)."""
        self._canvas.setFillGray(part)

    def line(self, x1: float, *, y1: float, x2: float, y2: float) -> None:
        """A thin grey line, to cut along."""
        self._canvas.setLineWidth(0.4)
        self._canvas.setStrokeGray(0.6)
        self._canvas.line(x1, y1=y1, x2=x2, y2=y2)

    def words(self, text: str, *, x: float, y: float, font: str, size: float, centred: bool = False) -> None:
        """One line of printable words, its base line at `y`."""
        self._canvas.setFont(font, size)
        (self._canvas.drawCentredString if centred else self._canvas.drawString)(x, y, text)

    def block(
        self,
        paragraphs: Sequence[str],
        *,
        box: tuple[float, float, float, float],
        font: str,
        sizes: tuple[float, float],
        gap: float = 0.0,
        centred: bool = False,
    ) -> float:
        """Paragraphs from the top of a box (x, y of its top, width, height), in the largest of the sizes (most, least)
        in which all of them fit, `gap` sizes apart; what fits in none is cut. Returns where the block ends below."""
        x, y, width, height = box
        size, lines = fitted(
            [printable(one, font) for one in paragraphs], font=font, sizes=sizes, width=width, height=height, gap=gap
        )
        middle = x + width / 2 if centred else x
        for number, paragraph in enumerate(lines):
            y -= gap * size if number else 0
            for line in paragraph:
                y -= size * LEADING
                # The base line stands a little above the line's foot, so that a "y" stays in its box.
                self.words(line, x=middle, y=y + size * (LEADING - 1), font=font, size=size, centred=centred)
        return y

    def qr(self, content: str, x: float, y: float, *, side: float, error: str = "q") -> None:
        """A QR code with its white margin, its lower left corner at (x, y)."""
        modules = qr_modules(content, error)
        unit = side / (len(modules) + 2 * QUIET)
        # Bars of whole modules in the code's own measure, one path: sharp at any size, and short in the file.
        bars = " ".join(
            f"{start} {len(modules) - 1 - row} {length} 1 re"
            for row, line in enumerate(modules)
            for start, length in dark(line)
        )
        corner = f"{x + QUIET * unit:.3f} {y + QUIET * unit:.3f}"
        self._canvas.addLiteral(f"q 0 g {unit:.4f} 0 0 {unit:.4f} {corner} cm {bars} f Q")

    def link(self, url: str, x: float, *, y: float, width: float, height: float) -> None:
        """A place to tap, for those who read the page on a screen."""
        self._canvas.linkURL(url, (x, y, x + width, y + height))


def qr_modules(content: str, error: str) -> list[bytes]:
    """Rows of modules, 1 is dark. The mask is always the same: to compare all eight would take four fifths of the
    time of a sheet, and scanners take any."""
    import segno

    return [bytes(row) for row in segno.make_qr(content, error=error, mask=3).matrix]


def qr_picture(content: str) -> bytes:
    """A PNG to be scanned from a phone's screen, 12 pixels a module."""
    import segno

    file = io.BytesIO()
    segno.make_qr(content, error="q").save(file, kind="png", scale=12, border=QUIET)
    return file.getvalue()


def dark(line: bytes) -> list[tuple[int, int]]:
    """The runs of dark modules as (start, length)."""
    runs: list[tuple[int, int]] = []
    start = line.find(1)
    while start >= 0:
        end = line.find(0, start)
        end = len(line) if end < 0 else end
        runs.append((start, end - start))
        start = line.find(1, end)
    return runs


def printable(text: str, font: str) -> str:
    """One line without what paper has no use for: control characters, emoji, marks of direction."""
    letters = glyphs(font)
    kept = (char for char in unicodedata.normalize("NFC", " ".join(text.split())) if is_printed(char, letters))
    return " ".join("".join(kept).split())


def is_printed(char: str, letters: frozenset[int]) -> bool:
    if "\ufe00" <= char <= "\ufe0f":  # how an emoji before it is to look
        return False
    kind = unicodedata.category(char)[0]
    return kind in "LNPZ" or (kind != "C" and char < "\U00010000" and ord(char) in letters)


@cache
def glyphs(font: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    load_fonts()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def length(text: str, font: str, size: float) -> float:
    """Points that the text is long."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


def fitted(
    paragraphs: Sequence[str], *, font: str, sizes: tuple[float, float], width: float, height: float, gap: float
) -> tuple[float, list[list[str]]]:
    """The largest size in which the paragraphs fit, in half points, and their lines; at the least size what is too
    much is cut at the end of each paragraph, the longest first."""
    most, least = sizes

    def tall(lines: Sequence[Sequence[str]], size: float) -> bool:
        count = sum(map(len, lines)) * LEADING + max(0, len(lines) - 1) * gap
        return count * size > height

    widest = max((length(part, font, 1) for one in paragraphs for _, part in parts(one)), default=0)
    for step in range(int((most - least) * 2) + 1):
        size = most - step / 2
        # To break a word is the last resort: a smaller size comes first.
        if widest * size > width and size > least:
            continue
        lines = [wrapped(one, font, size, width) for one in paragraphs]
        if not tall(lines, size):
            return size, lines
    while tall(lines, size) and any(len(one) > 1 for one in lines):
        longest = max(lines, key=len)
        longest.pop()
        longest[-1] = ended(longest[-1], font, size, width)
    return size, lines


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text, broken at spaces and after hyphens; a part longer than a line is broken anywhere."""
    lines = [""]
    for glue, part in parts(text):
        longer = f"{lines[-1]}{glue if lines[-1] else ''}{part}"
        if length(longer, font, size) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for char in part:
            if lines[-1] and length(lines[-1] + char, font, size) > width:
                lines.append("")
            lines[-1] += char
    return lines


def parts(text: str) -> list[tuple[str, str]]:
    """What no line need break, each with what stands before it within a line."""
    return [
        (" " if number == 0 else "", part)
        for word in text.split()
        for number, part in enumerate(re.findall(r"[^-]+-*|-+", word))
    ]


def cut(text: str, font: str, size: float, width: float) -> str:
    """The text as far as it fits in one line, ending in "…" if it does not."""
    return text if length(text, font, size) <= width else ended(text, font, size, width)


def ended(text: str, font: str, size: float, width: float) -> str:
    """The text, or its beginning, with "…" after it."""
    while text and length(text + MARK, font, size) > width:
        text = text[:-1]
    return text.rstrip(" ,.;:—-") + MARK
