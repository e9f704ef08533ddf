"""Labels of questions: choosing them, and finding questions by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.programme.model import Programme, Session, Topic
from bot.texts import Translator, escape
from bot.views.buttons import button
from bot.views.labels import WHOLE, side_by_side
from bot.views.moderation.buttons import (
    DeskSession,
    LabelCounts,
    LabelCountsPage,
    LabelList,
    LabelPage,
    SetLabel,
    ShowCard,
)
from bot.views.moderation.desk import READY, WAITING
from bot.views.pager import pager
from bot.views.questions.questions import STATE_MARKS, numbered
from bot.views.screen import Screen, cut, in_rows, page_of, screen, shorten
from storage.questions import PENDING, Question

ROWS = 6  # of topics
PAGE = 4  # questions
WORDS_MAX = 100  # of a question in the list; its button has the first of them too


def named(t: Translator, topic: Topic) -> str:
    return shorten(t.say_plain(topic.name), WHOLE - len("✓ "))


def pick(
    t: Translator,
    programme: Programme,
    question: Question,
    labels: Sequence[str],
    desk: str,
    *,
    page: int = 0,
    topic: str = "",
) -> Screen:
    """The programme's topics, a page of them, or that on which `topic` stands: a tap puts one on the question or takes
    it off."""
    keys = [
        button(
            f"{'✓ ' if one.code in labels else ''}{named(t, one)}",
            SetLabel(number=question.number, topic=one.code, wanted=int(one.code not in labels), desk=desk),
        )
        for one in programme.topics
    ]
    rows = side_by_side(keys)
    if topic:
        stands = [key for one, key in zip(programme.topics, keys, strict=True) if one.code == topic]
        page = next((at // ROWS for at, row in enumerate(rows) if any(key in stands for key in row)), 0)
    shown, page, pages = page_of(rows, page, ROWS)
    hint = t("labelling.hint") if keys else t("labelling.no_topics")
    return screen(
        f"🏷 <b>{t.number(question.number)}</b> {cut(escape(question.text), 300)}\n\n{hint}",
        *shown,
        pager(page, pages, lambda to: LabelPage(number=question.number, desk=desk, page=to)),
        [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))],
    )


def counts(t: Translator, programme: Programme, session: Session, count: Mapping[str, int], page: int = 0) -> Screen:
    """The labels of a session's questions that are still to be dealt with."""
    topics = [topic for topic in programme.topics if count.get(topic.code)]
    keys = [
        button(f"{count[topic.code]} · {named(t, topic)}", LabelList(session=session.code, topic=topic.code, page=0))
        for topic in topics
    ]
    shown, page, pages = page_of(in_rows(keys, 1), page, ROWS)
    return screen(
        f"🏷 <b>{cut(t.say(session.title), 200)}</b>\n\n{t('labelling.find') if keys else t('labelling.none_yet')}",
        *shown,
        pager(page, pages, lambda to: LabelCountsPage(session=session.code, page=to)),
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
        f"<b>{t.number(one.number)}</b> {STATE_MARKS.get(one.state, '•')} 👍 {one.votes}\n"
        f"{cut(escape(one.text), WORDS_MAX)}"
        for one in questions
    ]
    keys = [
        [button(numbered(t, one), ShowCard(number=one.number, desk=WAITING if one.state == PENDING else READY))]
        for one in questions
    ]
    return screen(
        f"🏷 <b>{cut(title, 200)}</b>\n\n" + ("\n".join(lines) or t("labelling.none_yet")),
        *keys,
        pager(page, pages, lambda to: LabelList(session=session.code, topic=code, page=to)),
        [button(t.plain("menu.back"), LabelCounts(session=session.code))],
    )
