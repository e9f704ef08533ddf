"""The callback data of the buttons that publish the programme and show its versions; the rules are those of buttons.py.

A button about the draft carries the revision it was shown at: pressed on an older one it changes nothing.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class DraftPage(CallbackData, prefix="pp"):
    page: int


class AskPublish(CallbackData, prefix="ppa"):
    """What publishing would mean, and the question."""

    revision: int


class Publish(CallbackData, prefix="ppy"):
    """The draft upon version `base`; `quiet` tells nobody."""

    base: int
    revision: int
    quiet: int


class UndoPublish(CallbackData, prefix="ppu"):
    """Publish what was before version `number` again."""

    number: int


class TakeBackStep(CallbackData, prefix="ppt"):
    """The draft's last step; `sure` where it is another organizer's."""

    revision: int
    number: int
    sure: int


class DiscardDraft(CallbackData, prefix="ppd"):
    revision: int
    sure: int


class VersionsPage(CallbackData, prefix="pv"):
    page: int


class CompareVersions(CallbackData, prefix="pvc"):
    """What differs between a version and another; 0 is the newest."""

    number: int
    target: int
    page: int


class BringBack(CallbackData, prefix="pvb"):
    """Make the version the draft's next step."""

    number: int
    revision: int
