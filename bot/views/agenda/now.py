"""What is on and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.questions.questions import takes_questions
from bot.programme.estimates import Runs, starts
from bot.programme.model import Programme, Session
from bot.texts import Translator
from bot.views.agenda.agenda import PAGE, tabs
from bot.views.agenda.buttons import NowPage
from bot.views.agenda.lists import entries, titled
from bot.views.agenda.runs import ON_NOW, ON_PAGE, mark_row, undo_row
from bot.views.agenda.sessions import NOW
from bot.views.buttons import button
from bot.views.labels import WHOLE
from bot.views.pager import pager, portions
from bot.views.questions.buttons import AskIn
from bot.views.screen import Row, Screen, screen, shorten
from bot.views.times import when
from bot.who import Who

ROWS = 6  # of sessions, where to ask in them, and their marks


def now_and_next(
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: Sequence[Session],
    *,
    coming: Sequence[Session],
    who: Who,
    now: dt.datetime,
    page: int = 0,
) -> Screen:
    """What is on and what comes next, a page of it. Staff mark there with one tap what begins, runs over and ends: the
    row of a session's marks is under its button."""
    every = (*current, *coming)
    marks = {one.code: marks_of(t, programme, runs, one, who=who, now=now, place=ON_NOW) for one in every}
    undo = undo_row(t, programme, runs, who, now=now)
    asks = {one.code: ask_row(t, one) for one in current if takes_questions(programme, runs, one, now)}
    heights = [1 + bool(marks[one.code]) + (one.code in asks) for one in every]
    pages = portions(heights, most=PAGE, height=ROWS - bool(undo))
    page = page % len(pages)
    shown = every[pages[page]]
    starred = who.starred
    on, soon = [one for one in shown if one in current], [one for one in shown if one not in current]
    head = [f"<b>{t('agenda.nothing_now')}</b>"] if not current else [f"<b>{t('agenda.now')}</b>"] if on else []
    parts = [*head, *entries(t, programme, runs, on, marked=starred, now=now)]
    if soon:
        parts.append(f"<b>{t('agenda.next', when=when(t, starts(programme, runs, coming[0]), now))}</b>")
        parts += entries(t, programme, runs, soon, marked=starred, now=now)
    elif not every:
        parts.append(t("agenda.over") if programme.sessions else t("agenda.empty"))
    rows: list[Row] = []
    for one, key in zip(shown, titled(t, programme, runs, shown, starred=starred, back=NOW, now=now), strict=True):
        # Where it was pressed on another page than the first, the session's own marks follow, with the way back.
        own = marks_of(t, programme, runs, one, who=who, now=now, place=ON_PAGE) if page else marks[one.code]
        rows += [key, asks.get(one.code, []), own]
    return screen("\n".join(parts), *rows, undo, pager(page, len(pages), lambda to: NowPage(page=to)), *tabs(t, "now"))


def ask_row(t: Translator, session: Session) -> Row:
    word = t.plain("questions.ask_named", session="")
    name = shorten(t.say_plain(session.title), WHOLE - len(word) - 1)
    return [button(t.plain("questions.ask_named", session=name), AskIn(session=session.code))]


def marks_of(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, who: Who, now: dt.datetime, place: str
) -> Row:
    """What may be marked of it at once, for those who moderate it; empty while nothing can be."""
    if not who.registered or not who.moderates(session.code):
        return []
    row = mark_row(t, programme, runs, session.code, now=now, place=place)
    return row if len(row) > 1 else []
