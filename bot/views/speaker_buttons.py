"""The callback data of organizers' buttons about speakers who are people, their photos, and the watched address; the
rules stand in buttons.py.

`page` is of the list that a speaker was opened from.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class SpeakerLinks(CallbackData, prefix="sk"):
    page: int


class SpeakerLink(CallbackData, prefix="skd"):
    speaker: str
    page: int


class FindSpeaker(CallbackData, prefix="skf"):
    """Type a name."""


class SendPhoto(CallbackData, prefix="ph"):
    speaker: str
    page: int


class DropPhoto(CallbackData, prefix="phx"):
    """`revision` is the draft's that was shown."""

    speaker: str
    page: int
    revision: int


class WatchAddress(CallbackData, prefix="wa"):
    """Type an address."""


class CheckWatch(CallbackData, prefix="wac"):
    """Look at the address now."""


class EndWatch(CallbackData, prefix="wax"):
    sure: int
