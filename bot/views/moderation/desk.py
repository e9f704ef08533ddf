"""The moderator's desk: sessions, lists, a question's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from aiogram.filters.callback_data import CallbackData

from bot.actions.moderation.cards import CardFacts
from bot.actions.moderation.claims import WORKED_ON
from bot.actions.moderation.desk import REASONS, Decision, possible
from bot.programme.estimates import Runs, ends
from bot.programme.model import Programme, Session
from bot.texts import Translator, escape
from bot.views.buttons import Button, Go, LeaveForm, button
from bot.views.labels import WHOLE
from bot.views.moderation.buttons import (
    Correct,
    Decide,
    DeskNext,
    DeskPage,
    DeskSession,
    HallScreen,
    History,
    LabelCounts,
    LabelPick,
    MergePick,
    More,
    Papers,
    Reason,
    SetVoice,
    SetVoiceHere,
    ShowCard,
    ShowOriginal,
    Sortings,
    Undo,
    Unmerge,
    Work,
)
from bot.views.moderation.claims import on_it
from bot.views.moderation.left_over_buttons import CarryPick, OpenLeftOver
from bot.views.moderation.stage_buttons import OpenStage, StageNote
from bot.views.moderation.twins import merge_key, twin_text
from bot.views.names import delegation_name, marked, session_name
from bot.views.pager import pager
from bot.views.questions.buttons import FeedPage
from bot.views.questions.questions import STATE_MARKS, reason_words, voices
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import begin, expected_times
from storage.cards import REASONS as REASONS_OPEN
from storage.cards import Place
from storage.mutes import EVERYWHERE
from storage.question_counts import OFF_LINE, UNHEARD
from storage.questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    CLOSED,
    DECLINED,
    LIVE,
    MERGED,
    PENDING,
    PUBLIC,
    Question,
)

WAITING, READY = "w", "a"  # the desk's two lists
NO_LIST = "-"
STYLES = {"approve": "success", "decline": "danger", "asked": "success"}  # of the buttons of decisions
PAGE = 7  # sessions on a page of the desk: with the pager eight rows, which a phone shows at once
# A card's buttons by the question's state. Read across the states, from the top and from the bottom: where one decides,
# none that decides otherwise stands after it, whoever pressed; a narrow row keeps its halves. A phone cuts the
# words of four buttons in a row.
SETTLED = (("more", "undo"),)
ROWS = {
    PENDING: (("approve", "decline"), ("merge",), ("leave",), ("more", "answer", "undo")),
    APPROVED: (("answer", "decline"), ("merge",), ("leave",), ("asked", "undo", "more")),
    ASKED: (("answer", "more", "undo"),),
}
SHORT_REASONS = ("offtopic", "rude")  # two of them have room in a row, in every language
MARKS_LIMIT = 200  # characters of a card for stop words, and for labels


def desk(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    counts: Mapping[str, Mapping[str, int]],
    page: int,
    now: dt.datetime,
) -> Screen:
    """The sessions one moderates, with how many questions wait in each: first, where no phone cuts it off."""
    if not sessions:
        return screen(t("moderation.no_sessions"))
    rows: list[Row] = []
    shown, page, pages = page_of(sessions, page, PAGE)
    labels = marked(t, programme, shown, begin(t, programme, runs, shown, now))
    for session, named in zip(shown, labels, strict=True):
        count = counts.get(session.code, {})
        waiting = f"⏳ {count[PENDING]} · " if count.get(PENDING) else ""
        ready = f"✅ {to_ask(count)} · " if to_ask(count) else ""
        rows.append([button(shorten(f"{waiting}{ready}{named}", WHOLE), DeskSession(session=session.code))])
    total = sum(count.get(PENDING, 0) for count in counts.values())
    return screen(
        f"🛎 <b>{t('moderation.title')}</b>\n"
        + (t.n("moderation.waiting", total) if total else t("moderation.list_done")),
        *rows,
        pager(page, pages, lambda to: DeskPage(page=to)),
    )


def session(
    t: Translator, programme: Programme, runs: Runs, one: Session, *, count: Mapping[str, int], now: dt.datetime
) -> Screen:
    expected = expected_times(t, programme, runs, one, now)
    lines = [f"<b>{cut(t.say(one.title), 300)}</b>", f"🕒 {t.date(one.start)}, {expected}", "", *counted(t, count)]
    if not count:
        lines.append(t("moderation.nothing_yet"))
    rows = list_rows(t, one, count, over_and_left(programme, runs, one, count, now))
    stage = button(t.plain("stage.open"), OpenStage(session=one.code))
    rows.append([stage, button(t.plain("papers.open"), Papers(session=one.code))])
    rows.append([button(t.plain("stage.note"), StageNote(session=one.code))])
    rows.append([button(t.plain("hall.open"), HallScreen(session=one.code))])
    rows.append([button(t.plain("moderation.all_sessions"), Go(where="desk"))])
    return screen("\n".join(lines), *rows)


def counted(t: Translator, count: Mapping[str, int]) -> list[str]:
    """In the order of a question's way: what waits for the moderator comes first."""
    lines = [
        f"{mark} {t(f'questions.state_{state}')}: {count[state]}"
        for state, mark in STATE_MARKS.items()
        if state in count
    ]
    if count.get(OFF_LINE):
        lines.append(t.plain("stage.skipped", count=count[OFF_LINE]))
    return [*lines, *([f"🔚 {t('left.told', count=count[UNHEARD])}"] if count.get(UNHEARD) else [])]


def list_rows(t: Translator, one: Session, count: Mapping[str, int], left: int) -> list[Row]:
    """To the lists of the session's questions, as far as there are any; `left` are open where it is over."""
    rows: list[Row] = []
    if count.get(PENDING):
        word = t.plain("moderation.to_read", count=count[PENDING])
        rows.append([button(word, DeskNext(session=one.code, which=WAITING, after=0), style="primary")])
    if left:
        rows.append([button(t.plain("left.open", count=left), OpenLeftOver(session=one.code))])
    elif to_ask(count):
        word = t.plain("moderation.to_ask", count=to_ask(count))
        rows.append([button(word, DeskNext(session=one.code, which=READY, after=0))])
    if public := sum(count.get(state, 0) for state in PUBLIC):
        rows.append([button(t.plain("questions.feed", count=public), FeedPage(session=one.code, page=0))])
    if count.get(PENDING) or count.get(APPROVED):
        sorting = button(t.plain("sorting.open"), Sortings(session=one.code))
        rows.append([sorting, button(t.plain("labelling.open"), LabelCounts(session=one.code))])
    return rows


def over_and_left(
    programme: Programme, runs: Runs, session: Session, count: Mapping[str, int], now: dt.datetime
) -> int:
    """How many are open in a session that is over; 0 while it is not."""
    return sum(count.get(state, 0) for state in LIVE) if now >= ends(programme, runs, session) else 0


def to_ask(count: Mapping[str, int]) -> int:
    """How many the list of those to ask has: what the chair skipped is not in it."""
    return count.get(APPROVED, 0) - count.get(OFF_LINE, 0)


def card(t: Translator, programme: Programme, facts: CardFacts, desk: str, done: Decision | None = None) -> Screen:
    """One question with what can be done about it. `desk` says from which list it was opened, `done` which decision
    brought it there: the thumb that slipped finds the way back under it."""
    rows = [*card_rows(t, facts, desk), undo_row(t, done, desk)]
    return screen(card_text(t, programme, facts), *rows, decided_on=facts.question.revision)


def card_text(t: Translator, programme: Programme, facts: CardFacts) -> str:
    """What a card says wherever it stands: in a moderator's chat or in their group."""
    question, decider = facts.question, facts.decider
    author = ", ".join(part for part in (facts.author, delegation_name(t, programme, facts.delegation)) if part)
    lines = [
        f"<b>{t.number(question.number)}</b>{voices(question)} · <i>{session_name(t, programme, question.session)}</i>"
    ]
    if facts.claimed_by:
        lines.append(f"👀 {on_it(t, facts.claimed_by, facts.claimed_until)}")
    if facts.flags:
        lines.append(f"⚠️ {cut(escape(', '.join(facts.flags)), MARKS_LIMIT)}")
    topics = [topic for topic in map(programme.topic, facts.labels) if topic is not None]
    if topics:
        lines.append(f"🏷 {cut(escape(', '.join(t.say_plain(topic.name) for topic in topics)), MARKS_LIMIT)}")
    if facts.merged:
        lines.append(f"🧩 {t.n('moderation.merged', facts.merged)}")
    marks = f"{'🌱 ' if facts.first else ''}{'🔇 ' if facts.muted else ''}"
    lines += [
        f"👤 {marks}{escape(author) if author else t('questions.anonymous')} · {t.moment(question.asked_at)}",
        "",
        escape(question.text) if question.text else f"<i>{t('moderation.erased')}</i>",
    ]
    if question.original:
        lines.append(f"<i>{t('editing.edited')}</i>")
    lines += twin_text(t, facts.twin)
    if question.state in LIVE and question.unheard_at is not None:
        lines += ["", f"🔚 {t('left.known', time=t.moment(question.unheard_at))}"]
    if question.state != PENDING:
        mark = STATE_MARKS.get(question.state, "•")
        by = f" · {escape(decider)}" if decider else ""
        into = f" → {t.number(question.merged_into)}" if question.state == MERGED else ""
        lines += ["", f"{mark} <b>{t(f'questions.state_{question.state}')}</b>{into}{by}"]
    if question.state == APPROVED and question.skipped:
        lines.append(t("stage.passed_over"))
    elif question.state == APPROVED and question.postponed_at:
        lines.append(t("stage.put_off"))
    if question.state == DECLINED and question.reason:
        lines.append(t("questions.reason", text=reason_words(t, question.reason)))
    if question.state == CLOSED and question.reason:
        lines.append(t("questions.closing", text=reason_words(t, question.reason)))
    if question.state == ANSWERED and question.answer:
        lines.append(t("questions.answer", text=question.answer))
    return "\n".join(lines)


def card_rows(t: Translator, facts: CardFacts, desk: str) -> list[Row]:
    """In a list the way on stands on top, where the list was opened: a second tap there approves nothing. Others have
    the same card, and what they decide changes it under one's thumb: see ROWS."""
    question = facts.question
    keys = decision_keys(t, question, lambda name: Decide(number=question.number, decision=name, desk=desk))
    keys |= {"undo": button(t.plain("undo.this"), Undo(deed=facts.undo, desk=desk))} if facts.undo else {}
    keys |= {"leave": leave_key(t, facts, desk)} if facts.mine else {}
    keys["more"] = button(t.plain("moderation.more"), More(number=question.number, desk=desk))
    keys |= merge_key(t, facts, desk)
    rows = of_the_state(keys, ROWS.get(question.state, SETTLED))
    if desk == NO_LIST:
        return rows
    on = button(t.plain("moderation.next"), DeskNext(session=question.session, which=desk, after=question.number))
    return [[on, button(t.plain("moderation.to_session"), DeskSession(session=question.session))], *rows]


def of_the_state(keys: Mapping[str, Button], rows: Sequence[Sequence[str]]) -> list[Row]:
    """The buttons of these names that there are, row by row."""
    return [[keys[name] for name in row if name in keys] for row in rows]


def decision_keys(t: Translator, question: Question, press: Callable[[str], CallbackData]) -> dict[str, Button]:
    """A button for each decision that can be made about the question, by its name; `press` makes what it carries."""
    return {name: button(t.plain(f"moderation.{name}"), press(name), STYLES.get(name)) for name in possible(question)}


def unfolded(t: Translator, programme: Programme, facts: CardFacts, place: Place) -> Screen:
    """What a card led to, in the place of the card."""
    if place.unfolded == REASONS_OPEN:
        return reasons(t, facts.question, place.desk)
    return more(t, programme, facts, place.desk)


def more(t: Translator, programme: Programme, facts: CardFacts, desk: str) -> Screen:
    """The same card with what is needed less often."""
    text = "\n".join([card_text(t, programme, facts), *voice_lines(t, facts)])
    return screen(text, *more_rows(t, facts, desk), decided_on=facts.question.revision)


def more_rows(t: Translator, facts: CardFacts, desk: str) -> list[Row]:
    number = facts.question.number
    rows: list[Row] = [claim_row(t, facts, desk), *wording_rows(t, facts.question, desk)]
    rows += voice_rows(t, facts, desk)
    rows.append([button(t.plain("audit.of_question"), History(number=number, desk=desk))])
    rows.append([button(t.plain("menu.back"), ShowCard(number=number, desk=desk))])
    return rows


def voice_rows(t: Translator, facts: CardFacts, desk: str) -> list[Row]:
    """Muting the author, as far as the reader may: nobody mutes themselves, nor anyone who was erased."""
    question = facts.question
    if question.author is None or facts.own:
        return []
    if facts.wide:
        said, words = EVERYWHERE in facts.muted_in, ("mutes.mute", "mutes.unmute")
    else:
        said, words = question.session in facts.muted_in, ("mutes.mute_here", "mutes.unmute_here")
    rows = [[button(t.plain(words[said]), SetVoice(number=question.number, muted=int(not said), desk=desk))]]
    if facts.wide and question.session in facts.muted_in:
        rows.append([button(t.plain("mutes.unmute_here"), SetVoiceHere(number=question.number, muted=0, desk=desk))])
    return rows


def voice_lines(t: Translator, facts: CardFacts) -> list[str]:
    """Where the author is muted, which the card only marks."""
    return [t("mutes.is_here" if scope else "mutes.is_everywhere") for scope in facts.muted_in]


def wording_rows(t: Translator, question: Question, desk: str) -> list[Row]:
    """What can be done about what the question says, and about similar ones."""
    number = question.number
    edit = button(t.plain("editing.open"), Correct(number=number, desk=desk))
    merge = button(t.plain("merging.open"), MergePick(number=number, page=0, desk=desk))
    part = button(t.plain("merging.apart"), Unmerge(number=number, desk=desk))
    original = button(t.plain("editing.original"), ShowOriginal(number=number, desk=desk))
    label = button(t.plain("labelling.open"), LabelPick(number=number, desk=desk))
    carry = button(t.plain("carrying.open"), CarryPick(number=number, session="", day="", page=0, desk=desk))
    return [
        [edit, merge] if question.state in WORKED_ON else [],
        [part] if question.state == MERGED else [],
        [original] if question.original else [],
        [label, carry] if question.state in WORKED_ON else [label],
    ]


def claim_row(t: Translator, facts: CardFacts, desk: str) -> Row:
    """What the reader may do about who works on it."""
    if facts.question.state not in WORKED_ON:
        return []
    if facts.mine:
        return [leave_key(t, facts, desk)]
    acts = ("over",) if facts.over else () if facts.claimant else ("take",)
    return [button(t.plain(f"claims.{act}"), Work(number=facts.question.number, act=act, desk=desk)) for act in acts]


def leave_key(t: Translator, facts: CardFacts, desk: str) -> Button:
    return button(t.plain("claims.leave"), Work(number=facts.question.number, act="leave", desk=desk))


def reasons(t: Translator, question: Question, desk: str) -> Screen:
    """Why it is declined. Where "Decline" stood, none of the reasons does."""
    return screen(
        t("moderation.why", number=question.number, text=question.text),
        [button(t.plain("moderation.more"), More(number=question.number, desk=desk))],
        *reason_rows(t, lambda reason: Reason(number=question.number, reason=reason, desk=desk)),
        [button(t.plain("menu.back"), ShowCard(number=question.number, desk=desk))],
        decided_on=question.revision,
    )


def reason_rows(t: Translator, press: Callable[[str], CallbackData]) -> list[Row]:
    """One tap for the usual reasons of a decline, for none and for own words; `press` makes what a button carries."""
    ready = {reason: button(t.plain(f"reason.{reason}"), press(reason)) for reason in REASONS}
    own = button(t.plain("moderation.own_words"), press("own"))
    short = [ready.pop(reason) for reason in SHORT_REASONS]
    return [short, *([one] for one in ready.values()), [button(t.plain("moderation.no_reason"), press("none")), own]]


def ask_words(t: Translator, question: Question, decision: str) -> Screen:
    return screen(
        t(f"moderation.words_{decision}", number=question.number, text=question.text),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def ask_words_again(t: Translator, question: Question) -> Screen:
    """What was typed was about another text: it is not lost, it stands in the chat."""
    return screen(
        t("moderation.words_again", number=question.number, text=question.text),
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def list_empty(t: Translator, which: str, code: str, held: bool, done: Decision | None = None) -> Screen:
    """No question is left in a list of the desk, or others hold all that are left (`held`)."""
    if held:
        words = t("claims.all_held")
    else:
        words = t("moderation.list_done" if which == WAITING else "moderation.nothing_to_ask")
    again = [button(t.plain("moderation.look_again"), DeskNext(session=code, which=which, after=0))] if held else []
    return screen(
        words,
        again,
        [button(t.plain("moderation.to_session"), DeskSession(session=code))],
        [button(t.plain("moderation.all_sessions"), Go(where="desk"))],
        undo_row(t, done, which),
    )


def too_late(t: Translator, question: Question, by: str) -> str:
    """For a toast: somebody has decided already."""
    return t.plain("moderation.too_late", state=t.plain(f"questions.state_{question.state}"), by=by or "—")


def decided_by_you(t: Translator, question: Question) -> str:
    """For a toast: one has decided already oneself."""
    return t.plain("moderation.decided_by_you", state=t.plain(f"questions.state_{question.state}"))


def done(t: Translator, decision: str, made: Decision, desk: str) -> Screen:
    """What was decided in a message of its own, with the way back."""
    return screen(t(f"moderation.done_{decision}", number=made.question.number), undo_row(t, made, desk))


def told(t: Translator, number: int, desk: str, undo: int) -> Screen:
    """An edit of a reason or an answer came when its author had it: the way to write another."""
    return screen(
        t("edited.told", number=number), [button(t.plain("undo.of", number=number), Undo(deed=undo, desk=desk))]
    )


def undo_row(t: Translator, made: Decision | None, desk: str) -> Row:
    if made is None or not made.undo:
        return []
    return [button(t.plain("undo.of", number=made.question.number), Undo(deed=made.undo, desk=desk))]
