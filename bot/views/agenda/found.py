"""What a search found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.texts import Translator
from bot.views.agenda.agenda import PAGE, STAR, date_and_place, keys, line, tabs
from bot.views.agenda.buttons import Found
from bot.views.agenda.sessions import back_to_search
from bot.views.pager import pager
from bot.views.screen import Screen, page_of, screen, shorten


def found(
    t: Translator,
    programme: Programme,
    runs: Runs,
    query: str,
    sessions: Sequence[Session],
    *,
    page: int,
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """What a search brought, best first. `query` is one line.

    A search travels in the buttons while its words are short enough, so that its pages can be turned and come back to;
    a longer one has one page, which asks for more precise words.
    """
    if not sessions:
        return screen(t("agenda.not_found", query=shorten(query, 60)), *tabs(t, ""))
    travels = all(back_to_search(query, len(sessions) // PAGE, session.code) for session in sessions)
    shown, page, pages = page_of(sessions, page if travels else 0, PAGE)
    back = back_to_search(query, page, shown[0].code) if travels else ""
    marks = [STAR if session.code in starred else "" for session in shown]
    written = [
        f"{line(t, programme, runs, session, number=number, mark=mark, now=now)}\n     "
        + date_and_place(t, programme, session)
        for number, (session, mark) in enumerate(zip(shown, marks, strict=True), start=1)
    ]
    if len(sessions) > PAGE and not travels:
        written.append(t.n("agenda.more_found", len(sessions) - PAGE))
    return screen(
        f"🔎 <b>{t('agenda.found', query=shorten(query, 60))}</b>\n\n" + "\n\n".join(written),
        *keys(shown, starred, back),
        pager(page, pages, lambda to: Found(query=back.split(".", 2)[2], page=to)) if travels else [],
        *tabs(t, ""),
    )
