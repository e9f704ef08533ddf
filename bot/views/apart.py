"""Where buttons come to stand: a second tap at the same place decides nothing else.

A message is edited under the thumb that pressed it, and which of its edges stays where it was depends on the chat. So a
place is a row counted from the top and the same row counted from the bottom, with as much of its width as the button
took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from aiogram.types import CallbackQuery

from bot.views.buttons import Button, Go, button, may_follow

Rows = Sequence[Sequence[Button]]

NOTHING = [button("·", Go(where="nothing"))]


CELLS = "cells"  # what inbound adds to a press: where its button stood


class Cell(NamedTuple):
    """Where a button was pressed: its row from the top and from the bottom, `at` of the `of` buttons of the row."""

    top: int
    bottom: int
    at: int
    of: int

    def rows(self, total: int) -> Iterator[int]:
        """The rows of a keyboard of so many that may come to stand under the thumb."""
        yield from {row for row in (self.top, total - 1 - self.bottom) if 0 <= row < total}

    def meets(self, at: int, of: int) -> bool:
        """Whether a button, `at` of `of` in such a row, takes some of the same width."""
        return self.at * of < (at + 1) * self.of and at * self.of < (self.at + 1) * of


def cells(rows: Rows, data: str) -> list[Cell]:
    """Where the button stands; the way back may stand twice."""
    return [
        Cell(top, len(rows) - 1 - top, at, len(row))
        for top, row in enumerate(rows)
        for at, one in enumerate(row)
        if one.get("callback_data") == data
    ]


def cells_of(query: CallbackQuery) -> list[Cell]:
    """Where the pressed button stood."""
    return [Cell(*cell) for cell in (query.model_extra or {}).get(CELLS, ())]


def wrongly_placed(rows: Rows, pressed: str, where: Sequence[Cell]) -> list[Button]:
    """The buttons that decide something and stand where something else was pressed."""
    return [
        one
        for cell in where
        for row in cell.rows(len(rows))
        for at, one in enumerate(rows[row])
        if cell.meets(at, len(rows[row])) and not may_follow(pressed, one.get("callback_data", ""))
    ]


def apart(rows: Rows, pressed: str, where: Sequence[Cell]) -> Rows:
    """The rows in an order in which none is wrongly placed: rows that decide nothing, the last of them first, are moved
    to where it was pressed, the way back the last of all; only where that is not enough it stands twice or more often.
    """
    if not wrongly_placed(rows, pressed, where):
        return rows
    single = [one for row in rows for one in row if may_follow("", one.get("callback_data", ""))]
    harmless = [row for row in rows if all(one in single for one in row)]
    spare = harmless[-1] if harmless else single[-1:] or NOTHING
    movable = [row for row in harmless if row is not rows[-1]]
    few = [(copies, ones) for copies in (0, 1) for ones in (movable, harmless)]
    for copies, ones in (*few, *((copies, movable) for copies in range(2, 2 * len(where) + 2))):
        total = len(rows) + copies
        under = sorted({row for cell in where for row in cell.rows(total)})
        under += [row for row in range(total) if row not in under][: copies - len(under)] if copies > len(under) else []
        for count in range(copies, min(len(under), copies + len(ones)) + 1):
            moved = ones[len(ones) - (count - copies) :]
            others = [row for row in rows if not any(row is one for one in moved)]
            for places in combinations(sorted(under), count):
                made = filled(others, [*moved, *[spare] * copies], places)
                if not wrongly_placed(made, pressed, where):
                    return made
    return rows


def filled(rows: Rows, put: Rows, places: Sequence[int]) -> Rows:
    """The rows in their order, with those to be `put` at their places between them."""
    made = list(rows)
    for row, place in zip(put, places, strict=True):
        made.insert(place, row)
    return made
