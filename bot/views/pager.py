"""The row of buttons that turns a list's pages."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import Go, button
from bot.views.screen import Row


def pager(page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """‹ 2/5 ›; nothing when there is one page. It turns over at the ends, so a thumb never meets a dead key."""
    if pages < 2:
        return []
    return [
        button("‹", to((page - 1) % pages)),
        button(f"{page + 1}/{pages}", Go(where="nothing")),
        button("›", to((page + 1) % pages)),
    ]
