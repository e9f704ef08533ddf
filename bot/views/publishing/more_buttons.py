"""Callback data of what stands one tap behind a full screen."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ChangeMore(CallbackData, prefix="gpc"):
    """What else can be changed, of a day and of the whole programme."""

    day: str


class SpeakerEnds(CallbackData, prefix="sve"):
    """The links and invitations of a speaker, to be ended. `list_page` is that of the list of speakers."""

    speaker: str
    page: int
    list_page: int
