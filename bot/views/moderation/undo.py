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
from storage.questions import LIVE, Question


def taken_back(
    t: Translator, programme: Programme, question: Question, stays: Question | None = None, *, goes_on: bool = False
) -> Screen:
    """In place of the news that does not hold any more; `goes_on`: it was that there is no time for the question."""
    stands = stays or question
    if not goes_on:
        why = f"{t('undo.author')}\n"
    else:
        chance = stands.state in LIVE and stands.unheard_at is None
        why = f"{t('undo.goes_on')}\n" if chance else ""
    return screen(
        f"<b>{t('questions.fate', number=question.number)}</b> · "
        f"<i>{session_name(t, programme, question.session)}</i>\n\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{why}{state_line(t, question, stays)}",
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
    )
