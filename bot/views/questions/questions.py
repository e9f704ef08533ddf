"""Questions as their authors and the other delegates see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.moderation.desk import read_reason
from bot.actions.questions.questions import LONGEST, SHORTEST
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.agenda import day_key
from bot.views.agenda.buttons import SessionCard
from bot.views.buttons import Go, LeaveForm, button
from bot.views.labels import WHOLE, distinguish, timed
from bot.views.names import session_name
from bot.views.pager import pager
from bot.views.questions.buttons import (
    Anonymous,
    AskDay,
    AskIn,
    EditQuestion,
    FeedPage,
    MyQuestion,
    MyQuestions,
    Vote,
    WithdrawQuestion,
)
from bot.views.screen import Row, Screen, cut, in_rows, page_of, screen
from bot.views.times import times
from storage.questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    CLOSED,
    DECLINED,
    MERGED,
    NO_TIME,
    PENDING,
    PUBLIC,
    Question,
)

PAGE = 5  # five questions of 500 characters with their frames stay well under a message's 4096
STATE_MARKS = {PENDING: "🕓", APPROVED: "✅", DECLINED: "✖️", ASKED: "🎤", ANSWERED: "💬", "withdrawn": "↩️"}
STATE_MARKS |= {MERGED: "🔗", NO_TIME: "⌛", CLOSED: "⌛"}


def marked_state(t: Translator, question: Question) -> str:
    """The state with its mark, as HTML."""
    state = question.shown_state
    return f"{STATE_MARKS.get(state, '•')} {t(f'questions.state_{state}')}"


def voices(question: Question) -> str:
    """How many want it asked, behind its number; nothing while nobody has voted."""
    return f" · 👍 {question.votes}" if question.votes else ""


def choose(t: Translator, current: Sequence[Session], open_days: Sequence[dt.date]) -> Screen:
    """Where to ask: what is on now, or any other session by its day."""
    titles = distinguish([t.say_plain(session.title) for session in current[:8]], WHOLE - len("🔴  "))
    rows: list[Row] = [
        [button(f"🔴 {title}", AskIn(session=session.code))] for session, title in zip(current, titles, strict=False)
    ]
    rows += in_rows([button(t.short_date(date), AskDay(day=day_key(date), page=0)) for date in open_days[:12]], 3)
    if not rows:
        return screen(t("questions.nowhere"))
    return screen(t("questions.choose_now" if current else "questions.choose_day"), *rows)


def choose_in_day(t: Translator, date: dt.date, sessions: Sequence[Session], page: int) -> Screen:
    shown, page, pages = page_of(sessions, page, 8)
    rows = [[button(label, AskIn(session=session.code))] for session, label in zip(shown, timed(t, shown), strict=True)]
    return screen(
        t("questions.choose_in_day", day=t.date(date)),
        *rows,
        pager(page, pages, lambda to: AskDay(day=day_key(date), page=to)),
        [button(t.plain("menu.back"), Go(where="ask"))],
    )


def form(t: Translator, session: Session, anonymous: bool, *, over: bool) -> Screen:
    """`over`: the session has ended, and only a written answer can come."""
    return screen(
        t(
            "questions.form",
            session=cut(t.say(session.title), 300),
            time=times(t, session),
            least=SHORTEST,
            most=LONGEST,
        )
        + only_written(t, over)
        + "\n\n"
        + t("questions.form_anonymous" if anonymous else "questions.form_named"),
        [
            button(
                t.plain("questions.be_named" if anonymous else "questions.be_anonymous"),
                Anonymous(session=session.code, wanted=int(not anonymous)),
            )
        ],
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def only_written(t: Translator, over: bool) -> str:
    return f"\n\n⌛ {t('questions.only_written')}" if over else ""


def form_closed(t: Translator, session: Session) -> Screen:
    """What is left of a form whose question was sent, or that something else has closed."""
    return screen(
        f"<i>{cut(t.say(session.title), 300)}</i>\n\n{t('questions.form_closed')}",
        [button(t.plain("questions.another"), AskIn(session=session.code))],
    )


def edit_form(t: Translator, question: Question, *, over: bool) -> Screen:
    return screen(
        t("questions.edit_form", number=question.number, text=question.text, most=LONGEST) + only_written(t, over),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def receipt(t: Translator, programme: Programme, question: Question, *, over: bool) -> Screen:
    return screen(
        t(
            "questions.receipt",
            number=question.number,
            session=session_name(t, programme, question.session),
            text=question.text,
        )
        + only_written(t, over),
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
        [button(t.plain("questions.another"), AskIn(session=question.session))],
    )


def state_line(t: Translator, question: Question, stays: Question | None = None) -> str:
    """What became of the question; of a merged one, what became of the one that `stays`."""
    if question.state == MERGED and stays is not None:
        text = f"\n<i>{cut(escape(stays.text), 300)}</i>" if stays.state in PUBLIC else ""
        merged = t("questions.merged", number=stays.number, votes=stays.votes)
        return f"🔗 {merged}{text}\n{state_line(t, stays)}"
    if question.shown_state == NO_TIME:
        return f"⌛ {t('questions.state_unheard')}"
    lines = [marked_state(t, question)]
    if question.state == DECLINED and question.reason:
        lines.append(t("questions.reason", text=reason_words(t, question.reason)))
    if question.state == CLOSED and question.reason:
        lines.append(t("questions.closing", text=reason_words(t, question.reason)))
    if question.state == ANSWERED and question.answer:
        lines.append(t("questions.answer", text=question.answer))
    return "\n".join(lines)


def reason_words(t: Translator, reason: str) -> str:
    """A ready reason in the reader's language, a moderator's own as they wrote it."""
    ready, own = read_reason(reason)
    return t.plain(f"reason.{ready}") if ready else own


def mine(t: Translator, programme: Programme, questions: Sequence[Question], page: int) -> Screen:
    if not questions:
        return screen(t("questions.none_yet"))
    shown, page, pages = page_of(questions, page, PAGE)
    lines = [
        f"<b>№{one.number}</b> {marked_state(t, one)}\n"
        f"<i>{cut(session_name(t, programme, one.session), 80)}</i>\n{cut(escape(one.text), 160)}"
        for one in shown
    ]
    return screen(
        f"❓ <b>{t('questions.mine')}</b>\n\n" + "\n\n".join(lines),
        *in_rows([button(f"№{one.number}", MyQuestion(number=one.number)) for one in shown], 5),
        pager(page, pages, lambda to: MyQuestions(page=to)),
    )


def edited(t: Translator, programme: Programme, question: Question, *, over: bool) -> Screen:
    news = f"{t('questions.edited', number=question.number)}{only_written(t, over)}\n\n"
    return one_of_mine(t, programme, question, news)


def one_of_mine(
    t: Translator, programme: Programme, question: Question, news: str = "", stays: Question | None = None
) -> Screen:
    votes = f"\n{t.n('questions.votes', question.votes)}" if question.votes else ""
    rows: list[Row] = []
    if question.state == PENDING:
        rows.append(
            [
                button(t.plain("questions.edit"), EditQuestion(number=question.number)),
                button(t.plain("questions.withdraw"), WithdrawQuestion(number=question.number, sure=0)),
            ]
        )
    rows.append([button(t.plain("menu.back"), MyQuestions(page=0))])
    anonymous = f" · {t('questions.anonymous')}" if question.anonymous else ""
    return screen(
        f"{news}<b>№{question.number}</b> · <i>{session_name(t, programme, question.session)}</i>{anonymous}\n\n"
        f"{escape(question.text)}{own_words(t, question)}\n\n{state_line(t, question, stays)}{votes}",
        *rows,
    )


def own_words(t: Translator, question: Question) -> str:
    """What the author wrote, next to a moderator's wording of it."""
    return f"\n\n{t('editing.own_words', text=question.original)}" if question.original else ""


def withdraw_sure(t: Translator, question: Question) -> Screen:
    return screen(
        t("questions.withdraw_sure", number=question.number, text=question.text),
        [
            button(
                t.plain("questions.withdraw_yes"),
                WithdrawQuestion(number=question.number, sure=1),
                style="danger",
            )
        ],
        [button(t.plain("menu.back"), MyQuestion(number=question.number))],
        decided_on=question.revision,
    )


def feed(
    t: Translator,
    session: Session,
    *,
    questions: Sequence[Question],
    voted: frozenset[int],
    page: int,
    asks: bool,
    over: bool,
) -> Screen:
    """The approved questions of a session with their votes; a button for each question that can be voted for, also when
    it is `over`: moderators see which to answer in writing first."""
    shown, page, pages = page_of(questions, page, PAGE)
    lines = []
    for one in shown:
        mark = f"{marked_state(t, one)} · " if one.shown_state != APPROVED else ""
        mine = " ✓" if one.number in voted else ""
        answer = f"\n{t('questions.answer', text=cut(escape(one.answer), 200))}" if one.answer else ""
        lines.append(f"<b>№{one.number}</b> · {mark}👍 {one.votes}{mine}\n{escape(one.text)}{answer}")
    keys = [
        button(
            f"№{one.number} {'✓' if one.number in voted else '👍'} {one.votes}",
            Vote(number=one.number, wanted=int(one.number not in voted), page=page),
        )
        for one in shown
        if one.state == APPROVED
    ]
    rows = in_rows(keys, 2)
    rows.append(pager(page, pages, lambda to: FeedPage(session=session.code, page=to)))
    if asks:
        rows.append([button(t.plain("questions.ask"), AskIn(session=session.code))])
    rows.append([button(t.plain("questions.to_session"), SessionCard(session=session.code, back=""))])
    return screen(
        f"❓ <b>{cut(t.say(session.title), 200)}</b>\n{t('questions.feed_hint')}{only_written(t, over)}\n\n"
        + ("\n\n".join(lines) or t("questions.feed_empty")),
        *rows,
    )


def carried(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """The news to whoever cares that the question is of another session now, and when that is."""
    session = programme.session(question.session)
    when = f"🕙 {t.date(session.start)}, {times(t, session)}\n" if session else ""
    return news(t, programme, question, stays, title=t("questions.carried", number=question.number), when=when)


def unheard(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """The news that there was no time for it, and what happens now."""
    return news(t, programme, question, stays, title=t("questions.unheard", number=question.number))


def fate(t: Translator, programme: Programme, question: Question, stays: Question | None = None) -> Screen:
    """The news of what became of it."""
    return news(t, programme, question, stays, title=t("questions.fate", number=question.number))


def news(
    t: Translator, programme: Programme, question: Question, stays: Question | None, *, title: Html, when: str = ""
) -> Screen:
    return screen(
        f"<b>{title}</b> · "
        f"<i>{session_name(t, programme, question.session)}</i>\n{when}\n"
        f"<blockquote>{escape(question.text)}</blockquote>\n{state_line(t, question, stays)}",
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
    )
