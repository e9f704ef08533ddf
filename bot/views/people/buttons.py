"""Callback data of registration, settings and the forum's own pages."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides


class InfoPage(CallbackData, prefix="pg"):
    page: str


class InfoPages(CallbackData, prefix="gpi"):
    """More of the forum's pages."""

    page: int


class Greet(CallbackData, prefix="l"):
    """The greeting in another language, before consent; `then` is the deep link the person came by."""

    language: str
    then: str


class Agree(Decides, CallbackData, prefix="c"):
    language: str
    then: str


class Look(CallbackData, prefix="lo"):
    """Look around without registering."""

    then: str


class TakeName(Decides, CallbackData, prefix="rn"):
    """Take the name of the Telegram profile."""


class TakeDelegation(Decides, CallbackData, prefix="rd"):
    delegation: str


class DelegationsPage(CallbackData, prefix="rp"):
    page: int


class SkipOrganization(Decides, CallbackData, prefix="rs"):
    pass


class RegistrationStep(CallbackData, prefix="bc"):
    """Another step of the registration, with what was entered there."""

    among: ClassVar = {"step": ("name", "delegation", "organization")}

    step: str


class SetLanguage(CallbackData, prefix="sn"):
    language: str


class SetLead(CallbackData, prefix="sl"):
    minutes: int


class SetMuted(CallbackData, prefix="sm"):
    among: ClassVar = {"muted": YES_NO}

    muted: int


class SetQuiet(CallbackData, prefix="sq"):
    hours: str  # one of bot.actions.quiet.CHOICES


class Profile(Decides, CallbackData, prefix="sp"):
    """Change one's profile: name, delegation, organization, or no_organization."""

    when: ClassVar = {"what": ("no_organization",)}
    among: ClassVar = {"what": ("name", "delegation", "organization", "no_organization")}

    what: str


class Forget(Decides, CallbackData, prefix="fg"):
    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    sure: int


class MenuPage(CallbackData, prefix="mn"):
    """The menu's own screen, and those of its pages that no other button opens."""

    among: ClassVar = {"what": ("menu", "help", "privacy")}

    what: str


class KeptForm(CallbackData, prefix="mk"):
    """Go on with the form that was left then (epoch seconds), or drop it."""

    among: ClassVar = {"wanted": YES_NO}

    wanted: int
    at: int
