"""Callback data of the entrance: check-in, badges, posters."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides


class TakeBack(Decides, CallbackData, prefix="ck"):
    """The person was not let in after all; `at` is when they were (epoch seconds), so that an old button does
    nothing about a later scan."""

    person: int
    at: int


class PresentPage(CallbackData, prefix="ckp"):
    page: int


class GuestCard(CallbackData, prefix="ckf"):
    person: int


class LetIn(Decides, CallbackData, prefix="cki"):
    """Somebody who came without a badge."""

    person: int


class BadgeSheet(CallbackData, prefix="bd"):
    which: str  # one of bot.actions.entrance.badges: all, new, delegation, person
    value: str  # a delegation's code, a person's id, or ""


class SheetDelegations(CallbackData, prefix="bdd"):
    page: int


class Reissue(Decides, CallbackData, prefix="bdr"):
    when: ClassVar = {"sure": ("1",)}
    once: ClassVar = True
    among: ClassVar = {"sure": YES_NO}

    person: int
    sure: int


class PosterDay(CallbackData, prefix="qr"):
    """The posters of a day. On buttons of former versions `page` is one of its sessions."""

    day: str  # 20261126
    page: int


class PosterSessions(CallbackData, prefix="gpo"):
    """The sessions of a day, each with its posters."""

    day: str
    page: int


class PosterOf(CallbackData, prefix="qrs"):
    """Which posters there are of a session."""

    session: str


class GetPoster(CallbackData, prefix="qrf"):
    """`what`: q and s of a session, r of a room, sessions and rooms of a day, p of the entrance."""

    what: str
    value: str  # a session's or room's code, a day as 20261126, or ""
