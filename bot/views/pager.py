"""The row of buttons that turns a list's pages."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import Go, button
from bot.views.screen import Row

LEAP = 10


def pager(page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """‹ 2/5 ›; nothing when there is one page. It turns over at the ends, so a thumb never meets a dead key.

    A list of more pages than a leap has « and », which leap.
    """
    if pages < 2:
        return []
    steps = (("«", -LEAP), ("‹", -1), ("", 0), ("›", 1), ("»", LEAP))
    return [
        button(sign, to((page + step) % pages)) if step else button(f"{page + 1}/{pages}", Go(where="nothing"))
        for sign, step in steps
        if abs(step) < LEAP or pages > LEAP
    ]
