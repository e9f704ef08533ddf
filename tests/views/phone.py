"""A phone of 390 x 844 pixels, as far as it decides what of a message is seen at once: how wide words are, how high a
message with its buttons is.

Measured with DejaVu Sans, the font that the project has. It is wider than what phones use: at KEY_FONT pixels it is as
wide as Roboto Medium at 15, at TEXT_FONT as Roboto at 16, with titles in Kazakh and Russian.
"""

from __future__ import annotations

import re
from functools import cache

from PIL import ImageFont

from bot.papers.pages import FONTS
from bot.views.screen import Screen, visible

FONT = FONTS / "DejaVuSans.ttf"
KEY_FONT, TEXT_FONT = 13.5, 14.0  # pixels
WIDE = 1.35  # of an emoji, in heights of the font

WIDTH, HEIGHT = 390, 844
BUBBLE = 330  # of the width: a message and its rows of buttons
TEXT = BUBBLE - 2 * 12
GAP, PADDING = 4, 6  # between the buttons of a row, and beside a button's label
# What is not the chat: the clock's line, the bot's name, the input field, and the line to swipe from.
CHAT = HEIGHT - 47 - 44 - 45 - 34
LINE, ROW, FRAME = 20, 46, 12  # a line of text, a row of buttons with its gap, the bubble around the text
ROWS = 8  # of buttons, on any screen

EMOJI = re.compile("[\u231a-\u23ff\u2600-\u27bf\u2934-\u2b55\U0001f000-\U0001faff]")
UNSEEN = re.compile("[\ufe0f\u200d\u2060]")


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


@cache
def width(words: str, size: float) -> float:
    """In pixels."""
    words = UNSEEN.sub("", words)
    plain, emoji = EMOJI.subn("", words)
    return font(size).getlength(plain) + emoji * WIDE * size


def room(in_row: int) -> float:
    """For a label where so many buttons stand in a row."""
    return (BUBBLE - (in_row - 1) * GAP) / in_row - 2 * PADDING


def fits(label: str, in_row: int) -> bool:
    return width(label, KEY_FONT) <= room(in_row)


@cache
def lines(html: str) -> int:
    """Of the message, as the phone breaks them."""
    return sum(broken(line) for line in visible(html).split("\n"))


def broken(line: str) -> int:
    count, taken = 1, 0.0
    space = width(" ", TEXT_FONT)
    for word in line.split(" "):
        needs = width(word, TEXT_FONT)
        if taken and taken + space + needs > TEXT:
            count, taken = count + 1, 0.0
        else:
            taken += space if taken else 0.0
        while taken + needs > TEXT:  # a word longer than a line
            count, needs = count + 1, needs - TEXT
        taken += needs
    return count


def height(screen: Screen) -> int:
    return FRAME + lines(screen.text) * LINE + len(screen.rows) * ROW


def cut_labels(screen: Screen) -> list[str]:
    """The labels that the phone would cut."""
    return [one["text"] for row in screen.rows for one in row if not fits(one["text"], len(row))]
