"""The way back to the board, which goes along from what a board opens to what is opened from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from bot.texts import Translator
from bot.views.buttons import Button, button, meaning_of
from bot.views.labels import HALF
from bot.views.screen import Row, Screen, screen, state_of
from bot.views.staff.buttons import BoardBelow, OpenBoard

MOST = 8  # rows of buttons that a screen has with it
WAY_BACK = "way_back"  # what is added to a press on a board, or on a screen with the way back to it
BESIDE = {1: HALF, 2: 10, 3: 7}  # characters that each of so many buttons in a row may have, to take one more
OURS = (OpenBoard.__prefix__, BoardBelow.__prefix__)


def way_back(t: Translator) -> Button:
    return button(t.plain("board.back"), OpenBoard())


def leads_back(rows: Iterable[Iterable[Mapping[str, Any]]]) -> bool:
    """Whether the buttons are a board's, or some among them lead back to it."""
    return any(one.get("callback_data") in OURS for row in rows for one in row)


def is_board(keyboard: object) -> bool:
    """Whether the buttons are a board's."""
    if not isinstance(keyboard, InlineKeyboardMarkup):
        return False
    rows: Any = keyboard.inline_keyboard  # as bot.views.screen makes them
    return any(one.get("callback_data") == BoardBelow.__prefix__ for row in rows for one in row)


def found_in(shown: Screen | None) -> Button | None:
    """The way back that a screen has."""
    rows = shown.rows if shown is not None else ()
    return next((one for row in rows for one in row if one.get("callback_data") == OpenBoard.__prefix__), None)


def led_back(to: Screen, back: Button | None) -> Screen:
    """The screen with the way back, unless it is the board itself: as its last row, or, where it has as many as it may,
    at the end of that if there is room beside what decides nothing."""
    if back is None or leads_back(to.rows):
        return to
    *above, last = [list(row) for row in to.rows] or [[]]
    if len(to.rows) < MOST:
        rows = [*above, last, [back]]
    elif has_room(last):
        rows = [*above, [*last, back]]
    else:
        return to
    state = "" if to.keyboard is None else state_of(to.keyboard)
    return replace(to, keyboard=screen("", *rows, decided_on=state).keyboard)


def has_room(row: Row) -> bool:
    """Whether one more button can stand in the row, and all can be read."""
    longest = max(len(one["text"]) for one in row)
    decides = any(meaning_of(one.get("callback_data", "")) for one in row)
    return not decides and longest <= BESIDE.get(len(row), 0)
