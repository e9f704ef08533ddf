"""Callback data of the agenda: sessions and speakers, what really happens in the halls, ratings."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides

PLACES = ("stage", "card", "now", "page")  # where a run is marked: bot.views.agenda.runs


class DayPage(CallbackData, prefix="d"):
    day: str  # 20261126
    page: int


class NowPage(CallbackData, prefix="gpn"):
    """Another page of what is on now and next."""

    page: int


class RoomPage(CallbackData, prefix="r"):
    room: str
    page: int


class RoomsPage(CallbackData, prefix="rl"):
    page: int


class RoomCard(CallbackData, prefix="tyc"):
    """Where a room is and what is on there."""

    room: str


class MyPage(CallbackData, prefix="my"):
    page: int


class SessionCard(CallbackData, prefix="s"):
    session: str
    back: str


class SessionPeople(CallbackData, prefix="gpp"):
    """All people of a session. `back` is that of its card."""

    session: str
    page: int
    back: str


class SpeakerSessions(CallbackData, prefix="gps"):
    """Another page of a speaker's sessions, on their card. `list_page` is that of the list it was opened from."""

    speaker: str
    page: int
    list_page: int


class Found(CallbackData, prefix="w"):
    """What a search found; `query` without ":", and only while it is short enough."""

    query: str
    page: int


class Star(Decides, CallbackData, prefix="b"):
    anywhere: ClassVar = True
    among: ClassVar = {"wanted": YES_NO}

    session: str
    wanted: int
    back: str


class Calendar(CallbackData, prefix="i"):
    among: ClassVar = {"which": ("my", "all")}

    which: str  # my, all


class SpeakersPage(CallbackData, prefix="ps"):
    page: int


class SpeakerCard(CallbackData, prefix="p"):
    speaker: str
    page: int


class SpeakingPage(CallbackData, prefix="skm"):
    """Of the sessions at which the person speaks."""

    page: int


class Rate(CallbackData, prefix="rt"):
    session: str
    stars: int


class RateWord(CallbackData, prefix="rtw"):
    """Add a word to the stars, or change it."""

    session: str


class AddToRating(Decides, CallbackData, prefix="tyr"):
    """Add to the rating the words that the message of the button quotes."""

    session: str


class AskRemoveRating(CallbackData, prefix="rtr"):
    """Whether to remove it; not `wanted` leads back to it."""

    among: ClassVar = {"wanted": YES_NO}

    session: str
    wanted: int


class RemoveRating(Decides, CallbackData, prefix="rtx"):
    session: str


class RatingsPage(CallbackData, prefix="rtl"):
    """`order` is one of bot.actions.agenda.ratings.ORDERS."""

    order: str
    page: int


class SessionRatings(CallbackData, prefix="rts"):
    """One session's, with the words on the page; `order` and `list_page` are of the list it was opened from."""

    session: str
    page: int
    order: str
    list_page: int


class RatingsPicture(CallbackData, prefix="rtp"):
    order: str
    page: int


class RatingsFile(CallbackData, prefix="rtf"):
    pass


class MarkRun(Decides, CallbackData, prefix="rnm"):
    """`until`: epoch seconds until which the session runs over, 0 for other marks."""

    among: ClassVar = {"place": PLACES}

    session: str
    move: str
    until: int
    read: int
    place: str


class MarkLateStart(Decides, CallbackData, prefix="rns"):
    """A session begins only now, although it should be over by plan; fields as of MarkRun."""

    among: ClassVar = {"place": PLACES}

    session: str
    read: int
    place: str


class UnmarkRun(Decides, CallbackData, prefix="rnu"):
    """Take the mark `move` back."""

    among: ClassVar = {"place": PLACES}

    session: str
    move: str
    read: int
    place: str


class RunPage(CallbackData, prefix="rnp"):
    session: str
