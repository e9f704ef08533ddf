"""Who did what and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.staff.audit import STAFF_ACTIONS, Journal, NamedStaffAction
from bot.programme.model import Programme, Session
from bot.texts import Translator, escape
from bot.views.buttons import Go, button
from bot.views.moderation.buttons import ShowCard
from bot.views.names import marked, session_name
from bot.views.pager import pager
from bot.views.screen import Screen, cut, page_of, screen, shorten
from bot.views.staff.buttons import JournalBy, JournalPage

CHOICES = 6  # people or sessions on a page
NAME_LIMIT = 36  # characters of a name on a button
BY_MAX = 16  # of who did it, in a line


def journal(t: Translator, programme: Programme, page: Journal) -> Screen:
    lines = [f"🗒 <b>{t('audit.title')}</b>"]
    if page.session:
        lines.append(f"<i>{session_name(t, programme, page.session)}</i>")
    filtered = page.person or page.session
    return screen(
        "\n".join([*lines, *by_day(t, page.actions)]),
        pager(
            page.page,
            page.pages,
            lambda to: JournalPage(person=page.person, session=page.session, page=to),
        ),
        [
            button(t.plain("audit.by_person"), JournalBy(what="person", page=0)),
            button(t.plain("audit.by_session"), JournalBy(what="session", page=0)),
        ],
        [button(t.plain("audit.everything"), JournalPage(person=0, session="", page=0))] if filtered else [],
        [button(t.plain("menu.back"), Go(where="staff"))],
    )


def history(t: Translator, number: int, found: Sequence[NamedStaffAction], desk: str) -> Screen:
    return screen(
        "\n".join([f"<b>{t('audit.history', number=number)}</b>", *by_day(t, found)]),
        [button(t.plain("menu.back"), ShowCard(number=number, desk=desk))],
    )


def by_day(t: Translator, found: Sequence[NamedStaffAction]) -> list[str]:
    """A line for each action under the day it was done on."""
    lines: list[str] = []
    day = ""
    for one in found:
        at = dt.datetime.fromtimestamp(one.action.at, dt.UTC)
        if t.date(at) != day:
            day = t.date(at)
            lines += ["", f"<b>{day}</b>"]
        lines.append(line(t, one))
    return lines or ["", t("audit.empty")]


def line(t: Translator, one: NamedStaffAction) -> str:
    """ "09:31 · #12 ✅ approved · Aigerim"."""
    number = f"{t.number(one.action.question)} " if one.action.question is not None else ""
    words = t(f"audit.{one.action.deed}") if one.action.deed in STAFF_ACTIONS else escape(one.action.deed)
    by = cut(escape(one.by), BY_MAX) if one.by else t("audit.gone")
    undone = f" <i>({t('audit.undone')})</i>" if one.action.undone_at is not None else ""
    return f"{t.clock(one.action.at)} · {number}{words} · {by}{undone}"


def choose_person(t: Translator, people: Sequence[tuple[int, str]], page: int) -> Screen:
    shown, page, pages = page_of(people, page, CHOICES)
    return screen(
        t("audit.choose_person"),
        *(
            [button(shorten(name, NAME_LIMIT), JournalPage(person=person, session="", page=0))]
            for person, name in shown
        ),
        pager(page, pages, lambda to: JournalBy(what="person", page=to)),
        [button(t.plain("audit.everything"), JournalPage(person=0, session="", page=0))],
    )


def choose_session(t: Translator, programme: Programme, sessions: Sequence[Session], page: int) -> Screen:
    shown, page, pages = page_of(sessions, page, CHOICES)
    return screen(
        t("audit.choose_session"),
        *(
            [button(label, JournalPage(person=0, session=session.code, page=0))]
            for session, label in zip(shown, marked(t, programme, shown), strict=True)
        ),
        pager(page, pages, lambda to: JournalBy(what="session", page=to)),
        [button(t.plain("audit.everything"), JournalPage(person=0, session="", page=0))],
    )
