"""All callback data, on two pages: everybody's here, staff's in staff_buttons.py. It is a public format: buttons
outlive deployments.

Never change a class here; add a new one with a new prefix. At most 64 bytes (Bot API,
InlineKeyboardButton.callback_data), ids only: what they mean is looked up again at each press.
A session's or room's code has at most 24 characters (bot.programme); `back` says where a card was
opened from, as "d.20261126.0", "r.hall-a.0", "p.speaker", "my", "my.1", "now", "speaking", "w.0.words of a search"
or "".
"""

from __future__ import annotations

from typing import Any

from aiogram.filters.callback_data import MAX_CALLBACK_LENGTH, CallbackData

Button = dict[str, Any]
"""An InlineKeyboardButton as the Bot API has it. A page has thirty of them, and a model takes ten times as long
to make and to send (docs/benchmarks.md)."""

PLAIN = (str, int)  # of what most data are made


class Go(CallbackData, prefix="go"):
    """A screen without parameters: now, my, days, rooms, speakers, ask, settings, desk, staff, entrance, nothing…"""

    where: str


class DayPage(CallbackData, prefix="d"):
    day: str  # 20261126
    page: int


class RoomPage(CallbackData, prefix="r"):
    room: str
    page: int


class RoomsPage(CallbackData, prefix="rl"):
    page: int


class MyPage(CallbackData, prefix="my"):
    page: int


class SessionCard(CallbackData, prefix="s"):
    session: str
    back: str


class Found(CallbackData, prefix="w"):
    """What a search found; `query` without ":", and only while it is short enough."""

    query: str
    page: int


class Star(CallbackData, prefix="b"):
    session: str
    wanted: int
    back: str


class Calendar(CallbackData, prefix="i"):
    which: str  # my, all


class SpeakersPage(CallbackData, prefix="ps"):
    page: int


class SpeakerCard(CallbackData, prefix="p"):
    speaker: str
    page: int


class InfoPage(CallbackData, prefix="pg"):
    page: str


class AskDay(CallbackData, prefix="qd"):
    day: str
    page: int


class AskIn(CallbackData, prefix="q"):
    session: str


class Anonymous(CallbackData, prefix="qa"):
    session: str
    wanted: int


class LeaveForm(CallbackData, prefix="x"):
    """Cancel whatever form is open."""


class MyQuestions(CallbackData, prefix="mq"):
    page: int


class MyQuestion(CallbackData, prefix="m1"):
    number: int


class EditQuestion(CallbackData, prefix="me"):
    number: int


class WithdrawQuestion(CallbackData, prefix="mw"):
    number: int
    sure: int


class FeedPage(CallbackData, prefix="f"):
    session: str
    page: int


class Vote(CallbackData, prefix="v"):
    """`wanted` is the wish the button showed, so that a double tap is one vote and not a vote taken back."""

    number: int
    wanted: int
    page: int


class Greet(CallbackData, prefix="l"):
    """The greeting in another language, before consent; `then` is the deep link the person came by."""

    language: str
    then: str


class Agree(CallbackData, prefix="c"):
    language: str
    then: str


class Look(CallbackData, prefix="lo"):
    """Look around without registering."""

    then: str


class TakeName(CallbackData, prefix="rn"):
    """Take the name of the Telegram profile."""


class TakeDelegation(CallbackData, prefix="rd"):
    delegation: str


class DelegationsPage(CallbackData, prefix="rp"):
    page: int


class SkipOrganization(CallbackData, prefix="rs"):
    pass


class SetLanguage(CallbackData, prefix="sn"):
    language: str


class SetLead(CallbackData, prefix="sl"):
    minutes: int


class SetMuted(CallbackData, prefix="sm"):
    muted: int


class SetQuiet(CallbackData, prefix="sq"):
    hours: str  # one of bot.actions.quiet.CHOICES


class Profile(CallbackData, prefix="sp"):
    """Change one's profile: name, delegation, organization, or no_organization."""

    what: str


class Forget(CallbackData, prefix="fg"):
    sure: int


class AddVoice(CallbackData, prefix="ja"):
    """Instead of asking the same again."""

    number: int


class SendAnyway(CallbackData, prefix="jn"):
    """`message` is the author's message that holds the question."""

    message: int


class SpeakingPage(CallbackData, prefix="skm"):
    """Of the sessions at which the person speaks."""

    page: int


class NewsPage(CallbackData, prefix="ap"):
    page: int


class NewsItem(CallbackData, prefix="ao"):
    number: int


class Rate(CallbackData, prefix="rt"):
    session: str
    stars: int


class RateWord(CallbackData, prefix="rtw"):
    """Add a word to the stars, or change it."""

    session: str


class RemoveRating(CallbackData, prefix="rtx"):
    session: str


def button(text: str, data: CallbackData, style: str | None = None) -> Button:
    made = {"text": text, "callback_data": packed(data)}
    return made if style is None else {**made, "style": style}


def packed(data: CallbackData) -> str:
    """What `data.pack()` comes to, which dumps the model first. Whatever is not plain and short is left to it."""
    values = data.__dict__.values()
    whole = ":".join((data.__prefix__, *map(str, values)))
    plain = all(type(value) in PLAIN for value in values) and whole.count(":") == len(values)
    return whole if plain and len(whole.encode()) <= MAX_CALLBACK_LENGTH else data.pack()
