"""Labels of questions: choosing them, and finding questions by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.programme.model import Programme, Session, Topic
from bot.texts import Translator, escape
from bot.views.buttons import button
from bot.views.labels import WHOLE, side_by_side
from bot.views.moderation.buttons import DeskSession, LabelCounts, LabelList, SetLabel, ShowCard
from bot.views.moderation.desk import READY, WAITING
from bot.views.pager import pager
from bot.views.questions.questions import STATE_MARKS
from bot.views.screen import Screen, cut, in_rows, screen, shorten
from storage.questions import PENDING, Question

MOST = 40  # topics with a button; a message takes a hundred
PAGE = 8


def named(t: Translator, topic: Topic) -> str:
    return shorten(t.say_plain(topic.name), WHOLE - len("✓ "))


def pick(t: Translator, programme: Programme, question: Question, labels: Sequence[str], desk: str) -> Screen:
    """The programme's topics: a tap puts one on the question or takes it off."""
    keys = [
        button(
            f"{'✓ ' if topic.code in labels else ''}{named(t, topic)}",
            SetLabel(number=question.number, topic=topic.code, wanted=int(topic.code not in labels), desk=desk),
        )
        for topic in programme.topics[:MOST]
    ]
    hint = t("labelling.hint") if keys else t("labelling.no_topics")
    return screen(
        f"🏷 <b>{t.number(question.number)}</b> {cut(escape(question.text), 300)}\n\n{hint}",
        *side_by_side(keys),
        [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))],
    )


def counts(t: Translator, programme: Programme, session: Session, count: Mapping[str, int]) -> Screen:
    """The labels of a session's questions that are still to be dealt with."""
    topics = [topic for topic in programme.topics if count.get(topic.code)]
    keys = [
        button(f"{count[topic.code]} · {named(t, topic)}", LabelList(session=session.code, topic=topic.code, page=0))
        for topic in topics[:MOST]
    ]
    return screen(
        f"🏷 <b>{cut(t.say(session.title), 200)}</b>\n\n{t('labelling.find') if keys else t('labelling.none_yet')}",
        *in_rows(keys, 1),
        [button(t.plain("moderation.to_session"), DeskSession(session=session.code))],
    )


def listed(
    t: Translator,
    programme: Programme,
    session: Session,
    *,
    code: str,
    questions: Sequence[Question],
    page: int,
    pages: int,
) -> Screen:
    """A page of the questions with one label, a button each."""
    topic = programme.topic(code)
    title = t.say(topic.name) if topic else escape(code)
    lines = [
        f"<b>{t.number(one.number)}</b> {STATE_MARKS.get(one.state, '•')} 👍 {one.votes}\n{cut(escape(one.text), 160)}"
        for one in questions
    ]
    keys = [
        button(t.number(one.number), ShowCard(number=one.number, desk=WAITING if one.state == PENDING else READY))
        for one in questions
    ]
    return screen(
        f"🏷 <b>{cut(title, 200)}</b>\n\n" + ("\n\n".join(lines) or t("labelling.none_yet")),
        *in_rows(keys, 4),
        pager(page, pages, lambda to: LabelList(session=session.code, topic=code, page=to)),
        [button(t.plain("menu.back"), LabelCounts(session=session.code))],
    )
