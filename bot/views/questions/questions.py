"""Questions as their authors and the other delegates see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.moderation.desk import read_reason
from bot.actions.questions.questions import LONGEST, SHORTEST, Feed, OwnQuestion
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.buttons import SessionCard
from bot.views.buttons import Go, LeaveForm, button
from bot.views.labels import WHOLE
from bot.views.names import GONE_SIGN, session_name
from bot.views.pager import pager
from bot.views.questions.buttons import (
    FROM_MINE,
    Anonymous,
    AskIn,
    EditQuestion,
    FeedPage,
    Follow,
    MyQuestion,
    MyQuestions,
    OpenQuestion,
    Vote,
    WithdrawQuestion,
)
from bot.views.questions.naming import name_row
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import expected_times, times
from storage.questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    CLOSED,
    DECLINED,
    LIVE,
    MERGED,
    NO_TIME,
    PENDING,
    PUBLIC,
    Question,
)

PAGE = 4  # of one's own questions, and of those that can be voted for: of 500 characters they fit a message
SESSION_MAX = 60  # characters of a session's title next to a question in a list
STATE_MARKS = {PENDING: "⏳", APPROVED: "✅", DECLINED: "✖️", ASKED: "☑️", ANSWERED: "💬", "withdrawn": "🗑"}
STATE_MARKS |= {MERGED: "🧩", NO_TIME: "🔚", CLOSED: "🔚"}
FOLLOWED = "🔔"
LOST = ("gone", "cancelled")  # what became of the session, among the texts of states


def lost_session(programme: Programme | None, question: Question) -> str:
    """Why nobody will ask the question at its session, as the text of a state says it; "" when they may."""
    if programme is None or question.state not in LIVE:
        return ""
    session = programme.session(question.session)
    if session is None:
        return "gone"
    return "cancelled" if session.cancelled or session.is_break else ""


def marked_state(t: Translator, question: Question, programme: Programme | None = None) -> str:
    """The state with its mark, as HTML. The `programme` knows whether its session is still to come."""
    lost = lost_session(programme, question)
    if lost:
        return f"{GONE_SIGN} {t(f'questions.state_{lost}')}"
    state = question.shown_state
    return f"{STATE_MARKS.get(state, '•')} {t(f'questions.state_{state}')}"


def voices(question: Question) -> str:
    """How many want it asked, behind its number; nothing while nobody has voted."""
    return f" · 👍 {question.votes}" if question.votes else ""


def form(
    t: Translator,
    programme: Programme,
    runs: Runs,
    session: Session,
    *,
    anonymous: bool,
    now: dt.datetime,
    over: bool,
) -> Screen:
    """`over`: the session has ended, and only a written answer can come."""
    return screen(
        t(
            "questions.form",
            session=cut(t.say(session.title), 300),
            time=expected_times(t, programme, runs, session, now),
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
        [button(t.plain("questions.elsewhere"), Go(where="ask"))],
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def only_written(t: Translator, over: bool) -> str:
    return f"\n\n🔚 {t('questions.only_written')}" if over else ""


def form_closed(t: Translator, session: Session) -> Screen:
    """What is left of a form whose question was sent, or that something else has closed."""
    return screen(
        f"<i>{cut(t.say(session.title), 300)}</i>\n\n{t('questions.form_closed')}",
        [button(t.plain("questions.another"), AskIn(session=session.code))],
    )


def given_back(t: Translator, programme: Programme, code: str, typed: str) -> Screen:
    """The session of an open form went away while the question was typed: the words, and where they can be asked."""
    return screen(
        f"{GONE_SIGN} {t('questions.given_back', session=session_name(t, programme, code))}\n\n"
        f"<blockquote>{cut(escape(typed), 2 * LONGEST)}</blockquote>",
        [button(t.plain("questions.ask_elsewhere"), Go(where="ask"))],
    )


def edit_form(t: Translator, question: Question, *, over: bool) -> Screen:
    return screen(
        t("questions.edit_form", number=question.number, text=question.text, most=LONGEST) + only_written(t, over),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def receipt(t: Translator, programme: Programme, question: Question, waiting: int = 0, *, over: bool) -> Screen:
    """`waiting`: how many others asked something like it, which nobody may read yet."""
    received = t(
        "questions.receipt",
        number=question.number,
        session=session_name(t, programme, question.session),
        text=question.text,
    )
    return screen(
        "\n\n".join([received, *like_it(t, waiting)]) + only_written(t, over),
        [button(t.plain("questions.open_mine"), MyQuestion(number=question.number))],
        name_row(t, question),
        [button(t.plain("questions.another"), AskIn(session=question.session))],
    )


def like_it(t: Translator, waiting: int) -> list[Html]:
    return [t.n("likeness.waiting", waiting)] if waiting else []


def state_line(
    t: Translator, question: Question, stays: Question | None = None, programme: Programme | None = None
) -> str:
    """What became of the question; of a merged one, what became of the one that `stays`. The `programme` knows whether
    their session is still to come."""
    if question.state == MERGED and stays is not None:
        text = f"\n<i>{cut(escape(stays.text), 300)}</i>" if stays.state in PUBLIC else ""
        merged = t("questions.merged", number=stays.number, votes=stays.votes)
        return f"🧩 {merged}{text}\n{state_line(t, stays, programme=programme)}"
    if not lost_session(programme, question) and question.shown_state == NO_TIME:
        return f"🔚 {t('questions.state_unheard')}"
    lines = [marked_state(t, question, programme)]
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


def mine(t: Translator, programme: Programme, questions: Sequence[OwnQuestion], page: int) -> Screen:
    """What the person asked and, with a mark, what they follow."""
    if not questions:
        return screen(t("questions.none_yet"))
    shown, page, pages = page_of(questions, page, PAGE)
    lines, keys = [f"❓ <b>{t('questions.mine')}</b>"], []
    if any(one.followed for one in questions):
        lines[0] += f"\n{FOLLOWED} {t('following.mark')}"
    for each in shown:
        one, mark = each.question, f"{FOLLOWED} " if each.followed else ""
        lines.append(
            f"{mark}<b>{t.number(one.number)}</b> {marked_state(t, one, programme)}\n"
            f"<i>{session_name(t, programme, one.session, SESSION_MAX)}</i>"
            + ("" if one.text else f"\n{words(t, one)}")
        )
        data = OpenQuestion(number=one.number, page=FROM_MINE) if each.followed else MyQuestion(number=one.number)
        keys.append([button(numbered(t, one, before=mark), data)])
    return screen("\n".join(lines), *keys, pager(page, pages, lambda to: MyQuestions(page=to)))


def words(t: Translator, question: Question) -> Html:
    """The question's words, as far as the reader may read them (bot.actions.questions.reading)."""
    return escape(question.text) if question.text else Html(f"<i>{t('following.not_shown')}</i>")


def numbered(t: Translator, question: Question, most: int = WHOLE, before: str = "") -> str:
    """ "#5 When will the new road…": a question on a button, as far as its words may be read."""
    return shorten(f"{before}{t.number(question.number)} {' '.join(question.text.split())}".rstrip(), most)


def edited(t: Translator, programme: Programme, question: Question, waiting: int = 0, *, over: bool) -> Screen:
    return one_of_mine(t, programme, question, f"{edited_news(t, question, waiting, over=over)}\n\n")


def edited_news(t: Translator, question: Question, waiting: int = 0, *, over: bool) -> Html:
    """That it has other words now; `waiting` and `over` as of the receipt."""
    said = [t("questions.edited", number=question.number), *like_it(t, waiting)]
    return Html("\n\n".join(said) + only_written(t, over))


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
    rows += [name_row(t, question), [button(t.plain("menu.back"), MyQuestions(page=0))]]
    anonymous = f" · {t('questions.anonymous')}" if question.anonymous else ""
    return screen(
        f"{news}<b>{t.number(question.number)}</b> · <i>{session_name(t, programme, question.session)}</i>{anonymous}"
        f"\n\n{escape(question.text)}{own_words(t, question)}\n\n{state_line(t, question, stays, programme)}{votes}",
        *rows,
    )


def own_words(t: Translator, question: Question) -> str:
    """What the author wrote, next to a moderator's wording of it."""
    return f"\n\n{t('editing.own_words', text=question.original)}" if question.original else ""


def withdraw_sure(t: Translator, question: Question) -> Screen:
    return screen(
        t("questions.withdraw_sure", number=question.number, text=question.text),
        [button(t.plain("questions.withdraw_yes"), WithdrawQuestion(number=question.number, sure=1), style="danger")],
        [button(t.plain("menu.back"), MyQuestion(number=question.number))],
        decided_on=question.revision,
    )


def feed(
    t: Translator,
    session: Session,
    found: Feed,
    *,
    page: int,
    asks: bool,
    over: bool,
    gone: bool = False,
) -> Screen:
    """The approved questions of a session with their votes; a button for each question that can be voted for, and one
    that opens it, to follow it. It can be voted for also when the session is `over`: moderators see which to answer in
    writing first. In one that is `gone` nobody votes, and it has no card."""
    shown, page, pages = page_of(found.questions, page, PAGE)
    lines = []
    for one in shown:
        mark = f"{marked_state(t, one)} · " if one.shown_state != APPROVED else ""
        mine = (" ✓" if one.number in found.voted else "") + (f" · {FOLLOWED}" if one.number in found.followed else "")
        answer = f"\n{t('questions.answer', text=cut(escape(one.answer), 200))}" if one.answer else ""
        lines.append(f"<b>{t.number(one.number)}</b> · {mark}👍 {one.votes}{mine}\n{escape(one.text)}{answer}")
    rows: list[Row] = [
        [
            button(
                numbered(t, one, before=f"{'✓' if one.number in found.voted else '👍'} {one.votes} · "),
                Vote(number=one.number, wanted=int(one.number not in found.voted), page=page),
            )
        ]
        for one in shown
        if one.state == APPROVED and not gone
    ]
    # Its number is a question's name, here, in the hall and in the news of it; each stands above with all its words.
    rows.append([button(f"{FOLLOWED} {one.number}", OpenQuestion(number=one.number, page=page)) for one in shown])
    rows.append(pager(page, pages, lambda to: FeedPage(session=session.code, page=to)))
    rows.append(
        [
            *([button(t.plain("questions.ask"), AskIn(session=session.code))] if asks else []),
            *([] if gone else [button(t.plain("questions.to_session"), SessionCard(session=session.code, back=""))]),
        ]
    )
    hint = f"{GONE_SIGN} {t('stage.gone')}" if gone else t("questions.feed_hint")
    return screen(
        f"❓ <b>{cut(t.say(session.title), 200)}</b>\n{hint}{only_written(t, over)}\n\n"
        + ("\n\n".join(lines) or t("questions.feed_empty")),
        *rows,
    )


def carried(
    t: Translator, programme: Programme, question: Question, stays: Question | None = None, *, followed: bool = False
) -> Screen:
    """The news to whoever cares that the question is of another session now, and when that is."""
    title = t("questions.carried", number=question.number)
    session = programme.session(question.session)
    when = f"🕒 {t.date(session.start)}, {times(t, session)}\n" if session else ""
    return news(t, programme, question, stays, title=title, followed=followed, lead=when)


def unheard(
    t: Translator, programme: Programme, question: Question, stays: Question | None = None, *, followed: bool = False
) -> Screen:
    """The news that there was no time for it, or no session any more, and what happens now."""
    key = "questions.lost" if lost_session(programme, stays or question) else "questions.unheard"
    return news(t, programme, question, stays, title=t(key, number=question.number), followed=followed)


def fate(
    t: Translator, programme: Programme, question: Question, stays: Question | None = None, *, followed: bool = False
) -> Screen:
    """The news of what became of it."""
    title = t("following.fate" if followed else "questions.fate", number=question.number)
    return news(t, programme, question, stays, title=title, followed=followed)


def news(
    t: Translator,
    programme: Programme,
    question: Question,
    stays: Question | None,
    *,
    title: Html,
    followed: bool,
    lead: str = "",
) -> Screen:
    """To those whose question it is, and to those who follow it. `lead` comes before its state."""
    text = news_text(t, programme, question, stays, title=title, lead=lead)
    if followed:
        text = f"{FOLLOWED} {text}\n\n<i>{t('following.you_follow')}</i>"
    return screen(text, *news_rows(t, question.number, followed))


def news_text(
    t: Translator, programme: Programme, question: Question, stays: Question | None, *, title: Html, lead: str = ""
) -> str:
    return (
        f"<b>{title}</b> · <i>{session_name(t, programme, question.session)}</i>\n\n"
        f"<blockquote>{words(t, question)}</blockquote>\n{lead}{state_line(t, question, stays, programme)}"
    )


def news_rows(t: Translator, number: int, followed: bool) -> list[Row]:
    """Below news of a question: to open it, and where it is followed, to hear no more of it."""
    if not followed:
        return [[button(t.plain("questions.open_mine"), MyQuestion(number=number))]]
    return [
        [button(t.plain("following.open"), OpenQuestion(number=number, page=FROM_MINE))],
        [button(t.plain("following.stop"), Follow(number=number, wanted=0, page=FROM_MINE))],
    ]
