"""Callback data of the chair's stage and the notes to it."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import Decides


class OpenStage(CallbackData, prefix="to"):
    session: str


class LeaveStage(CallbackData, prefix="tl"):
    session: str


class StageMove(Decides, CallbackData, prefix="tm"):
    """`read` is the revision of the question that the button stood under; `move` one of
    bot.actions.moderation.stage.MOVES."""

    stays: ClassVar = {"number": (), "read": ()}

    number: int
    read: int
    move: str


class StageAnswer(CallbackData, prefix="ta"):
    number: int
    read: int


class StageUndo(Decides, CallbackData, prefix="tu"):
    deed: int


class StageList(CallbackData, prefix="tp"):
    session: str
    page: int


class StageSkipped(CallbackData, prefix="tk"):
    session: str
    page: int


class StageNote(CallbackData, prefix="tn"):
    """Write a note to the chair."""

    session: str


class AskClearNote(CallbackData, prefix="tx"):
    """Whether to take it away; fields as of ClearNote."""

    among: ClassVar = {"place": ("stage", "form")}

    session: str
    written_at: int
    place: str


class ClearNote(Decides, CallbackData, prefix="tc"):
    """Take away the note written at that moment (epoch seconds), and no later one; `place`: stage, form."""

    among: ClassVar = {"place": ("stage", "form")}

    session: str
    written_at: int
    place: str
