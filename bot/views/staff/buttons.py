"""Callback data of staff, the audit and the statistics."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides


class Invite(Decides, CallbackData, prefix="si"):
    once: ClassVar = True

    role: str
    session: str


class InviteDay(CallbackData, prefix="sd"):
    day: str
    page: int


class TeamPage(CallbackData, prefix="svt"):
    """Who may do what, and the open invitations."""

    page: int


class Revoke(Decides, CallbackData, prefix="sr"):
    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    person: int
    role: str
    session: str
    sure: int


class AskWithdraw(CallbackData, prefix="sx"):
    """Whether to withdraw an invitation."""

    digest: str  # as of WithdrawInvitation


class WithdrawInvitation(Decides, CallbackData, prefix="sw"):
    digest: str  # its first 16 characters


class TakeInvitation(Decides, CallbackData, prefix="bb"):
    """An organizer is the speaker whose invitation they opened."""

    digest: str  # as of WithdrawInvitation


class JournalPage(CallbackData, prefix="ka"):
    """Who did what: of one person (0: everybody) about one session ("": all)."""

    person: int
    session: str
    page: int


class JournalBy(CallbackData, prefix="kf"):
    """The choice: whose actions, or about which session."""

    what: str  # person, session
    page: int


class RegistrationsPicture(CallbackData, prefix="spr"):
    pass


class OpenBoard(CallbackData, prefix="ob"):
    """The organizer's board, in the place of what was pressed."""


class BoardBelow(CallbackData, prefix="obd"):
    """The same in a new message, which the chat's other messages stand above. It stands on every board and nowhere
    else."""
