"""Charts as PNG, drawn to be read on a phone: large type, high contrast, nothing that compression would blur.

Colours, sizes and places are in pixels of a picture WIDTH wide; Telegram shows it about 360 points wide, so a letter
of 36 pixels is read as one of ten points. They say nothing in a language of their own: all words are given.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent / "fonts"  # DejaVu Sans has every Kazakh letter

WIDTH = 1280
MARGIN = 48
TITLE, LABEL, SMALL = 52, 36, 32  # sizes of type
ROW, BAR = 112, 40  # the height of a row of bars with its label, and of the bar in it
CHART = 640  # the height of a curve's field
PAPER, INK, GREY, GRID, TRACK, BLUE = "#FFFFFF", "#111820", "#4A5560", "#C9D1D9", "#E6EBF0", "#0B5CAD"


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` None draws no bar, only the `said` words."""

    label: str
    value: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    said: str


def bars(title: str, note: str, rows: Sequence[Bar], most: float, ticks: Sequence[Tick] = ()) -> bytes:
    """Bars one below the other, from 0 to `most`, each under its label and with its number behind it.

    `note` stands small under the title. A label that is too long ends in "…".
    """
    behind = max((width(row.said, LABEL, bold=True) for row in rows), default=0) + 24
    field = WIDTH - 2 * MARGIN - behind
    top = heading_height(title, note)
    height = int(top + len(rows) * ROW + (SMALL + 40 if ticks else 0) + MARGIN / 2)
    image, draw = canvas(height)
    write_heading(draw, title, note)
    for number, row in enumerate(rows):
        y = top + number * ROW
        write(draw, at=(MARGIN, y), text=fitted(row.label, WIDTH - 2 * MARGIN, LABEL), size=LABEL, colour=INK)
        bar_top = y + LABEL + 14
        draw.rectangle((MARGIN, bar_top, MARGIN + field, bar_top + BAR), fill=TRACK)
        if row.value:
            draw.rectangle((MARGIN, bar_top, MARGIN + field * row.value / most, bar_top + BAR), fill=BLUE)
        for tick in ticks:
            x = MARGIN + field * tick.at / most
            draw.line((x, bar_top, x, bar_top + BAR), fill=PAPER, width=4)
        write(
            draw,
            at=(MARGIN + field + 24, bar_top + BAR / 2),
            text=row.said,
            size=LABEL,
            colour=INK,
            bold=True,
            anchor="lm",
        )
    for tick in ticks:
        x = MARGIN + field * tick.at / most
        write(draw, at=(x, top + len(rows) * ROW), text=tick.said, size=SMALL, colour=GREY, anchor="ma")
    return png(image)


def curve(
    title: str, note: str, points: Sequence[tuple[float, float]], across: Sequence[Tick], up: Sequence[Tick]
) -> bytes:
    """A line that goes up in steps through the points (x, y), which are in order; `up` ends at or above the highest."""
    top = heading_height(title, note)
    image, draw = canvas(int(top + CHART + SMALL + 40 + MARGIN))
    write_heading(draw, title, note)
    left = MARGIN + max(width(tick.said, SMALL) for tick in up) + 16
    first, last = points[0][0], max(points[-1][0], points[0][0] + 1)
    most = max(tick.at for tick in up)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (WIDTH - MARGIN - left) * (x - first) / (last - first), top + CHART * (1 - y / most)

    for tick in up:
        _, y = place(first, tick.at)
        draw.line((left, y, WIDTH - MARGIN, y), fill=GRID, width=2)
        write(draw, at=(left - 16, y), text=tick.said, size=SMALL, colour=GREY, anchor="rm")
    free = 0.0
    for tick in across:
        x, y = place(tick.at, 0)
        draw.line((x, y, x, y + 12), fill=GREY, width=3)
        half = width(tick.said, SMALL) / 2
        middle = min(max(x, left + half), WIDTH - MARGIN - half)
        if middle - half >= free:  # labels that would touch are left out, their marks stay
            write(draw, at=(middle, y + 20), text=tick.said, size=SMALL, colour=GREY, anchor="ma")
            free = middle + half + 24
    stepped = [place(*points[0])]
    for (_, before), (x, y) in pairwise(points):
        stepped += [place(x, before), place(x, y)]
    ground = place(last, 0)[1]
    draw.polygon([(stepped[0][0], ground), *stepped, (stepped[-1][0], ground)], fill=TRACK)
    draw.line(stepped, fill=BLUE, width=8, joint="curve")
    draw.line((left, ground, WIDTH - MARGIN, ground), fill=INK, width=3)
    return png(image)


def heading_height(title: str, note: str) -> int:
    return MARGIN + len(lines(title, TITLE, bold=True)) * (TITLE + 12) + len(lines(note, SMALL)) * (SMALL + 12) + 24


def write_heading(draw: ImageDraw, title: str, note: str) -> None:
    y = MARGIN - 12
    for line in lines(title, TITLE, bold=True):
        write(draw, at=(MARGIN, y), text=line, size=TITLE, colour=INK, bold=True)
        y += TITLE + 12
    for line in lines(note, SMALL):
        write(draw, at=(MARGIN, y), text=line, size=SMALL, colour=GREY)
        y += SMALL + 12


def lines(text: str, size: int, bold: bool = False) -> list[str]:
    """The text broken between words to the picture's width."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, bold) <= WIDTH - 2 * MARGIN:
            found[-1] = longer
        else:
            found.append(fitted(word, WIDTH - 2 * MARGIN, size, bold))
    return found


def fitted(text: str, within: float, size: int, bold: bool = False) -> str:
    """The text as far as it fits in `within` pixels, ending in "…"."""
    text = drawable(text)
    if width(text, size, bold) <= within:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(f"{text[:middle].rstrip()}…", size, bold) <= within:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


def drawable(text: str) -> str:
    """Without emoji and what belongs to them: the font would show a box for each."""
    kept = "".join(letter for letter in text if ord(letter) < 0x10000 and letter not in "\u200d\ufe0e\ufe0f")
    return " ".join(kept.split())


def width(text: str, size: int, bold: bool = False) -> float:
    return font(size, bold).getlength(drawable(text))


@cache
def font(size: int, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    # The basic layout: what is drawn are single letters from left to right, and not every machine has the other.
    file = FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def write(
    draw: ImageDraw,
    *,
    at: tuple[float, float],
    text: str,
    size: int,
    colour: str,
    bold: bool = False,
    anchor: str = "la",
) -> None:
    draw.text(at, drawable(text), font=font(size, bold), fill=colour, anchor=anchor)


def canvas(height: int) -> tuple[Image, ImageDraw]:
    # Late, like everything big that is seldom wanted: it costs memory from then on.
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, height), PAPER)
    return image, ImageDraw.Draw(image)


def png(image: Image) -> bytes:
    """With the few colours it has: a fifth of the bytes, and nothing to be seen of it."""
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
