"""What an author, or anyone who follows a question, reads when a decision about it was taken back."""

from __future__ import annotations

from bot.actions.outgoing import Carried, QuestionNews, Unheard
from bot.actions.questions.questions import OwnQuestion
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.questions.questions import lost_session, news, news_text
from bot.views.screen import Screen, screen
from storage.questions import LIVE, Question


def taken_back(t: Translator, programme: Programme, fate: OwnQuestion, former: QuestionNews) -> Screen:
    """In place of the news `former` that does not hold any more: what a moderator decided, where it was carried, or
    that there was no time, where it has a chance again."""
    question, stays, followed = fate.question, fate.stays, fate.followed
    title = t("following.fate" if followed else "questions.fate", number=question.number)
    key = "following.taken_back" if followed else "undo.author"
    if isinstance(former, Carried):
        key = "following.no_longer" if followed else "questions.corrected"
    elif isinstance(former, Unheard):
        stands = stays or question
        chance = stands.state in LIVE and stands.unheard_at is None and not lost_session(programme, stands)
        key = ("following.goes_on" if followed else "undo.goes_on") if chance else ""
    lead = f"{t(key)}\n" if key else ""
    return news(t, programme, question, stays, title=title, followed=followed, lead=lead)


def taken_back_since(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """The same for those whom the question concerns no more: they stopped following it."""
    title, lead = t("following.fate", number=question.number), f"{t('following.taken_back')}\n"
    return screen(news_text(t, programme, question, stays, title=title, lead=lead))
