"""What an author, or anyone who follows a question, reads when a decision about it was taken back."""

from __future__ import annotations

from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.questions.questions import news, news_text
from bot.views.screen import Screen, screen
from storage.questions import Question


def taken_back(
    t: Translator, programme: Programme, question: Question, stays: Question | None = None, *, followed: bool = False
) -> Screen:
    """In place of the news that does not hold any more."""
    title = t("following.fate" if followed else "questions.fate", number=question.number)
    lead = f"{t('following.taken_back' if followed else 'undo.author')}\n"
    return news(t, programme, question, stays, title=title, followed=followed, lead=lead)


def taken_back_since(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """The same for those whom the question concerns no more: they stopped following it."""
    title, lead = t("following.fate", number=question.number), f"{t('following.taken_back')}\n"
    return screen(news_text(t, programme, question, stays, title=title, lead=lead))
