"""A moderator's correction of a question: asking for it, and notifying the author."""

from __future__ import annotations

from bot.actions.questions.questions import LONGEST
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import LeaveForm, button
from bot.views.moderation.buttons import Correct, ShowCard
from bot.views.names import (
    session_name,
)
from bot.views.questions.buttons import MyQuestion
from bot.views.questions.questions import (
    state_line,
)
from bot.views.screen import Screen, screen
from storage.questions import Question


def form(t: Translator, question: Question) -> Screen:
    """The wording as it is can be copied with one tap, to be changed and sent back."""
    return screen(
        t("editing.form", number=question.number, text=question.text, most=LONGEST),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def form_again(t: Translator, question: Question) -> Screen:
    """What was typed was about another text: it stands in the chat, and nothing of it is lost."""
    return screen(
        t("editing.again", number=question.number, text=question.text),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def told(t: Translator, number: int, desk: str) -> Screen:
    """An edit of the message with the wording came when the author had it: it is corrected as at first."""
    return screen(
        t("edited.told_wording", number=number),
        [button(t.plain("editing.open"), Correct(number=number, desk=desk))],
    )


def original(t: Translator, question: Question, desk: str) -> Screen:
    """Both wordings, one above the other."""
    return screen(
        f"<b>{t.number(question.number)}</b>\n\n{both(t, question)}",
        [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))],
    )


def corrected(t: Translator, programme: Programme, question: Question) -> Screen:
    """The news to the author."""
    return screen(
        f"✏️ <b>{t('editing.told', number=question.number)}</b> · "
        f"<i>{session_name(t, programme, question.session)}</i>\n\n{both(t, question)}\n\n"
        f"{state_line(t, question, programme=programme)}",
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
    )


def both(t: Translator, question: Question) -> str:
    now = f"{t('editing.wording_now')}\n<blockquote>{escape(question.text)}</blockquote>"
    if not question.original:
        return now
    return f"{now}\n{t('editing.wording_before')}\n<blockquote>{escape(question.original)}</blockquote>"
