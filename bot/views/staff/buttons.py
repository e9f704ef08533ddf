"""Callback data of staff, the audit and the statistics."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Invite(CallbackData, prefix="si"):
    role: str
    session: str


class InviteDay(CallbackData, prefix="sd"):
    day: str
    page: int


class Revoke(CallbackData, prefix="sr"):
    person: int
    role: str
    session: str
    sure: int


class WithdrawInvitation(CallbackData, prefix="sw"):
    digest: str  # its first 16 characters


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
