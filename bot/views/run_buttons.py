"""The callback data of staff's buttons for what really happens in the halls; the rules stand in buttons.py.

`move` is one of bot.actions.runs.MOVES, `read` the revision of the marks that the button was shown with, `place` where
it stands: stage, card, now or page.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class MarkRun(CallbackData, prefix="rnm"):
    """`until`: epoch seconds until which the session runs over, 0 for other marks."""

    session: str
    move: str
    until: int
    read: int
    place: str


class UnmarkRun(CallbackData, prefix="rnu"):
    """Take the mark `move` back."""

    session: str
    move: str
    read: int
    place: str


class RunPage(CallbackData, prefix="rnp"):
    session: str
