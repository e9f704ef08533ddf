"""A question on its own screen, for those who did not ask it: to read it whole, to vote for it and to follow it."""

from __future__ import annotations

from bot.actions.questions.following import Reading
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.buttons import button
from bot.views.names import session_name
from bot.views.questions.buttons import FROM_MINE, FeedPage, Follow, MyQuestions, VoteHere
from bot.views.questions.questions import FOLLOWED, news, state_line, words
from bot.views.screen import Row, Screen, screen
from storage.questions import APPROVED, PUBLIC, Question


def one(t: Translator, programme: Programme, reading: Reading, page: int) -> Screen:
    """`page` is that of the feed it was opened from, or FROM_MINE."""
    question = reading.question
    votes = f"\n{t.n('questions.votes', question.votes)}" if question.votes and reading.stays is None else ""
    told = f"\n\n{FOLLOWED} {t('following.told')}" if reading.followed else ""
    back: Row = [button(t.plain("likeness.to_feed"), FeedPage(session=question.session, page=page))]
    if page == FROM_MINE:
        back = [button(t.plain("menu.back"), MyQuestions(page=0))]
    return screen(
        f"<b>{t.number(question.number)}</b> · <i>{session_name(t, programme, question.session)}</i>\n\n"
        f"{words(t, question)}\n\n{state_line(t, question, reading.stays, programme)}{votes}{told}",
        *acts(t, reading, page),
        back,
    )


def acts(t: Translator, reading: Reading, page: int) -> list[Row]:
    """What the reader may do with it: vote for what stands for it, follow it or stop."""
    number, stands = reading.question.number, reading.stays or reading.question
    rows: list[Row] = []
    if stands.state == APPROVED:
        label = t.plain("following.vote_back" if reading.voted else "following.vote")
        rows.append([button(label, VoteHere(number=number, wanted=int(not reading.voted), page=page))])
    if reading.followed or stands.state in PUBLIC:
        label = t.plain("following.stop" if reading.followed else "following.follow")
        rows.append([button(label, Follow(number=number, wanted=int(not reading.followed), page=page))])
    return rows


def stopped(t: Translator, number: int) -> Screen:
    """Of a question that only those may open who follow it."""
    return screen(t("following.stopped_all", number=number), [button(t.plain("menu.questions"), MyQuestions(page=0))])


def corrected(t: Translator, programme: Programme, question: Question) -> Screen:
    """The news to those who follow it that a moderator has worded it otherwise."""
    title = t("following.corrected", number=question.number)
    return news(t, programme, question, None, title=title, followed=True)
