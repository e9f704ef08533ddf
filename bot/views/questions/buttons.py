"""Callback data of questions: asking, one's own, the feed and its votes."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.views.buttons import YES_NO, Decides


class AskDay(CallbackData, prefix="qd"):
    day: str
    page: int


class AskNow(CallbackData, prefix="gpa"):
    """Another page of the sessions that are on and take questions."""

    page: int


class AskIn(CallbackData, prefix="q"):
    session: str


class AskThis(Decides, CallbackData, prefix="tq"):
    """Ask in that session the words that the message of the button quotes."""

    session: str


class Anonymous(CallbackData, prefix="qa"):
    among: ClassVar = {"wanted": YES_NO}

    session: str
    wanted: int


class MyQuestions(CallbackData, prefix="mq"):
    page: int


class MyQuestion(CallbackData, prefix="m1"):
    number: int


class EditQuestion(CallbackData, prefix="me"):
    number: int


class WithdrawQuestion(Decides, CallbackData, prefix="mw"):
    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"sure": YES_NO}

    number: int
    sure: int


class ShowName(Decides, CallbackData, prefix="qn"):
    """Show one's name with the question, or (`wanted` 0) hide it; asks first."""

    when: ClassVar = {"sure": ("1",)}
    among: ClassVar = {"wanted": YES_NO, "sure": YES_NO}

    number: int
    wanted: int
    sure: int


class FeedPage(CallbackData, prefix="f"):
    session: str
    page: int


class Vote(Decides, CallbackData, prefix="v"):
    """`wanted` is the desired state that the button showed, so that a double tap is one vote and not a vote taken
    back."""

    anywhere: ClassVar = True
    among: ClassVar = {"wanted": YES_NO}

    number: int
    wanted: int
    page: int


class OpenQuestion(CallbackData, prefix="fo"):
    """A question on its own screen. `page` is that of the feed it was opened from, FROM_MINE for any other place."""

    number: int
    page: int


FROM_MINE = -1


class Follow(Decides, CallbackData, prefix="fw"):
    """`wanted` is the desired state, as of a vote. Shows the question's own screen."""

    among: ClassVar = {"wanted": YES_NO}
    anywhere: ClassVar = True

    number: int
    wanted: int
    page: int


class VoteHere(Decides, CallbackData, prefix="fs"):
    """A vote on the question's own screen."""

    among: ClassVar = {"wanted": YES_NO}
    anywhere: ClassVar = True

    number: int
    wanted: int
    page: int


class FollowAlike(Decides, CallbackData, prefix="fm"):
    """Follow a question that is like one's own, which goes on waiting to be sent."""

    number: int


class AddVoice(Decides, CallbackData, prefix="ja"):
    """Instead of asking the same again."""

    number: int


class SendAnyway(Decides, CallbackData, prefix="jn"):
    """`message` is the author's message that holds the question."""

    message: int
