"""The moderator's desk: sessions, lists, a question's card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.actions.cards import CardFacts
from bot.actions.moderation import REASONS, possible
from bot.programme.model import Programme, Session
from bot.texts import Translator, escape
from bot.views.buttons import (
    Decide,
    DeskNext,
    DeskPage,
    DeskSession,
    FeedPage,
    Go,
    HallScreen,
    LeaveForm,
    Reason,
    ShowCard,
    button,
)
from bot.views.labels import timed
from bot.views.pager import pager
from bot.views.questions import STATE_MARKS, reason_words, session_name
from bot.views.screen import Row, Screen, cut, in_rows, page_of, screen
from bot.views.sessions import times
from storage.questions import ANSWERED, APPROVED, DECLINED, PENDING, Question

WAITING, READY = "w", "a"  # the desk's two lists
NO_LIST = "-"
PAGE = 10  # sessions on a page of the desk


def desk(
    t: Translator,
    programme: Programme,
    sessions: Sequence[Session],
    counts: Mapping[str, Mapping[str, int]],
    page: int,
) -> Screen:
    """The sessions one moderates, with how many questions wait in each: first, where no phone cuts it off."""
    if not sessions:
        return screen(t("moderation.no_sessions"))
    rows: list[Row] = []
    shown, page, pages = page_of(sessions, page, PAGE)
    for session, named in zip(shown, timed(t, shown), strict=True):
        count = counts.get(session.code, {})
        waiting = f"🕓 {count[PENDING]} · " if count.get(PENDING) else ""
        ready = f"✅ {count[APPROVED]} · " if count.get(APPROVED) else ""
        rows.append([button(f"{waiting}{ready}{named}", DeskSession(session=session.code))])
    total = sum(count.get(PENDING, 0) for count in counts.values())
    return screen(
        f"🛎 <b>{t('moderation.title')}</b>\n"
        + (t.n("moderation.waiting", total) if total else t("moderation.list_done")),
        *rows,
        pager(page, pages, lambda to: DeskPage(page=to)),
    )


def session(t: Translator, one: Session, count: Mapping[str, int]) -> Screen:
    lines = [f"<b>{cut(t.say(one.title), 300)}</b>", f"🕙 {t.date(one.start)}, {times(t, one)}", ""]
    lines += [f"{STATE_MARKS.get(state, '•')} {t(f'questions.state_{state}')}: {many}" for state, many in count.items()]
    if not count:
        lines.append(t("moderation.nothing_yet"))
    rows: list[Row] = []
    if count.get(PENDING):
        word = t.plain("moderation.to_read", count=count[PENDING])
        rows.append([button(word, DeskNext(session=one.code, which=WAITING, after=0), style="primary")])
    if count.get(APPROVED):
        word = t.plain("moderation.to_ask", count=count[APPROVED])
        rows.append([button(word, DeskNext(session=one.code, which=READY, after=0))])
        rows.append([button(t.plain("questions.feed", count=count[APPROVED]), FeedPage(session=one.code, page=0))])
    rows.append([button(t.plain("hall.open"), HallScreen(session=one.code))])
    rows.append([button(t.plain("moderation.all_sessions"), Go(where="desk"))])
    return screen("\n".join(lines), *rows)


def card(t: Translator, programme: Programme, facts: CardFacts, desk: str) -> Screen:
    """One question with what can be done about it. `desk` says from which list it was opened."""
    return screen(card_text(t, programme, facts), *card_rows(t, facts.question, desk))


def card_text(t: Translator, programme: Programme, facts: CardFacts) -> str:
    """What a card says wherever it stands: in a moderator's chat or in their group."""
    question, author, decider = facts.question, facts.author, facts.decider
    votes = f" · 👍 {question.votes}" if question.votes else ""
    lines = [
        f"<b>№{question.number}</b>{votes} · <i>{session_name(t, programme, question.session)}</i>",
        f"👤 {escape(author) if author else t('questions.anonymous')} · {t.moment(question.asked_at)}",
        "",
        escape(question.text) if question.text else f"<i>{t('moderation.erased')}</i>",
    ]
    if question.state != PENDING:
        mark = STATE_MARKS.get(question.state, "•")
        by = f" · {escape(decider)}" if decider else ""
        lines += ["", f"{mark} <b>{t(f'questions.state_{question.state}')}</b>{by}"]
    if question.state == DECLINED and question.reason:
        lines.append(t("questions.reason", text=reason_words(t, question.reason)))
    if question.state == ANSWERED and question.answer:
        lines.append(t("questions.answer", text=question.answer))
    return "\n".join(lines)


def card_rows(t: Translator, question: Question, desk: str) -> list[Row]:
    decisions = possible(question)
    styles = {"approve": "success", "decline": "danger", "asked": "success"}
    keys = {
        name: button(
            t.plain(f"moderation.{name}"),
            Decide(number=question.number, decision=name, desk=desk),
            styles.get(name),
        )
        for name in decisions
    }
    # The two decisions of a hurry stand side by side on top, under the thumb.
    rows: list[Row] = [[keys[name] for name in ("approve", "asked", "decline") if name in keys]]
    rows.append([keys["answer"]] if "answer" in keys else [])
    if desk != NO_LIST:
        rows.append(
            [
                button(
                    t.plain("moderation.next"),
                    DeskNext(session=question.session, which=desk, after=question.number),
                ),
                button(t.plain("moderation.to_session"), DeskSession(session=question.session)),
            ]
        )
    return rows


def reasons(t: Translator, question: Question, desk: str) -> Screen:
    """Why it is declined: one tap for the usual reasons."""
    keys = [
        button(t.plain(f"reason.{reason}"), Reason(number=question.number, reason=reason, desk=desk))
        for reason in REASONS
    ]
    return screen(
        t("moderation.why", number=question.number, text=question.text),
        *in_rows(keys, 1),
        [
            button(t.plain("moderation.own_words"), Reason(number=question.number, reason="own", desk=desk)),
            button(t.plain("moderation.no_reason"), Reason(number=question.number, reason="none", desk=desk)),
        ],
        [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))],
    )


def ask_words(t: Translator, question: Question, decision: str) -> Screen:
    return screen(
        t(f"moderation.words_{decision}", number=question.number, text=question.text),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def ask_words_again(t: Translator, question: Question) -> Screen:
    """What was typed was about another text: nothing of it is lost, it stands in the chat."""
    return screen(
        t("moderation.words_again", number=question.number, text=question.text),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def list_empty(t: Translator, which: str, code: str) -> Screen:
    return screen(
        t("moderation.list_done" if which == WAITING else "moderation.nothing_to_ask"),
        [button(t.plain("moderation.to_session"), DeskSession(session=code))],
        [button(t.plain("moderation.all_sessions"), Go(where="desk"))],
    )
