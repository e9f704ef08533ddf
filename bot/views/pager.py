"""The row of buttons that turns a list's pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import Go, button
from bot.views.screen import Row

LEAP = 10
COUNTED = 99  # pages that a button five in a row has room to count


def pager(page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """‹ 2/5 ›; nothing when there is one page. It turns over at the ends, so a thumb never meets a dead key.

    A list of more pages than a leap has « and », which leap.
    """
    if pages < 2:
        return []
    steps = (("«", -LEAP), ("‹", -1), ("", 0), ("›", 1), ("»", LEAP))
    return [
        button(sign, to((page + step) % pages)) if step else button(place(page, pages), Go(where="nothing"))
        for sign, step in steps
        if abs(step) < LEAP or pages > LEAP
    ]


def place(page: int, pages: int) -> str:
    return f"{page + 1}/{pages}" if pages <= COUNTED else str(page + 1)


def portions(heights: Sequence[int], most: int, height: int) -> list[slice]:
    """The pages of a list whose items take so many rows each: at most so many items, and rows, on one. One page at
    least."""
    starts, items, rows = [0], 0, 0
    for at, own in enumerate(heights):
        if items and (items == most or rows + own > height):
            starts.append(at)
            items = rows = 0
        items, rows = items + 1, rows + own
    return [slice(start, end) for start, end in zip(starts, [*starts[1:], len(heights)], strict=True)]
