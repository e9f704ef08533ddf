"""What an author reads when a decision about their question was taken back."""

from __future__ import annotations

from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import button
from bot.views.names import (
    session_name,
)
from bot.views.questions.buttons import MyQuestion
from bot.views.questions.questions import (
    state_line,
)
from bot.views.screen import Screen, screen
from storage.questions import Question


def taken_back(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """In place of the news that does not hold any more."""
    return screen(
        f"<b>{t('questions.fate', number=question.number)}</b> · "
        f"<i>{session_name(t, programme, question.session)}</i>\n\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{t('undo.author')}\n{state_line(t, question, stays)}",
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
    )
