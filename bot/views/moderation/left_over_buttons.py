"""Callback data of what is left of a session: closing it, and carrying questions to another."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides
from bot.views.moderation.buttons import DESKS


class OpenLeftOver(CallbackData, prefix="le"):
    """What is left of a session."""

    session: str


class CloseAll(Decides, CallbackData, prefix="ls"):
    """Close all that is left of a session, without a word; not `sure` asks, and takes one. `upto` is the number of the
    last question that was there."""

    among: ClassVar = {"sure": YES_NO}
    when: ClassVar = {"sure": ("1",)}

    session: str
    upto: int
    sure: int


class CarryPick(CallbackData, prefix="lc"):
    """Where to carry the question; `number` 0: all that is left of `session`. `day` as 20261126, "" for the first."""

    among: ClassVar = {"desk": DESKS}

    number: int
    session: str
    day: str
    page: int
    desk: str


class CarryAsk(CallbackData, prefix="lk"):
    """Whether to carry the question there."""

    among: ClassVar = {"desk": DESKS}

    number: int
    to: str
    desk: str


class CarryNow(Decides, CallbackData, prefix="lx"):
    """`read` is the revision of the question that was shown."""

    among: ClassVar = {"desk": DESKS}

    number: int
    to: str
    read: int
    desk: str


class CarryAskAll(CallbackData, prefix="lka"):
    """Whether to carry all that is left of the session there."""

    session: str
    to: str


class CarryAll(Decides, CallbackData, prefix="lxa"):
    """`upto` as of CloseAll."""

    session: str
    to: str
    upto: int


class UndoTogether(Decides, CallbackData, prefix="lu"):
    """Undo all that was done with the press whose first action this was."""

    deed: int
