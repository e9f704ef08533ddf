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


def taken_back(
    t: Translator,
    programme: Programme,
    question: Question,
    stays: Question | None = None,
    *,
    decided: bool = True,
) -> Screen:
    """In place of the news that does not hold any more: what a moderator `decided`, or what the programme brought."""
    words = "undo.author" if decided else "questions.corrected"
    return screen(
        f"<b>{t('questions.fate', number=question.number)}</b> · "
        f"<i>{session_name(t, programme, question.session)}</i>\n\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{t(words)}\n{state_line(t, question, stays, programme)}",
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
    )
