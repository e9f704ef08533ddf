"""Where to ask: the session is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.texts import Translator
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Button, Go, button
from bot.views.labels import WHOLE, distinguish, timed
from bot.views.pager import pager
from bot.views.questions.buttons import AskDay, AskIn, AskNow
from bot.views.screen import Screen, in_rows, page_of, screen
from bot.views.times import begin

ON_NOW, DAYS, OF_DAY = 5, 6, 5  # sessions and days to choose from


def choose(t: Translator, current: Sequence[Session], open_days: Sequence[dt.date], page: int = 0) -> Screen:
    """Where to ask: what is on now, or any other session by its day; from the last day that is shown one goes on."""
    if not current and not open_days:
        return screen(t("questions.nowhere"))
    shown, page, pages = page_of(current, page, ON_NOW)
    titles = distinguish([t.say_plain(session.title) for session in shown], WHOLE - len("🔴  "))
    days = [day_button(t.short_date(date), date) for date in open_days[:DAYS]]
    return screen(
        t("questions.choose_now" if current else "questions.choose_day"),
        *([button(f"🔴 {title}", AskIn(session=one.code))] for one, title in zip(shown, titles, strict=True)),
        pager(page, pages, lambda to: AskNow(page=to)),
        *in_rows(days, 3),
    )


def choose_in_day(
    t: Translator,
    programme: Programme,
    runs: Runs,
    date: dt.date,
    *,
    sessions: Sequence[Session],
    open_days: Sequence[dt.date],
    page: int,
    now: dt.datetime,
) -> Screen:
    """The sessions of a day; and the days before and after it that still take questions."""
    shown, page, pages = page_of(sessions, page, OF_DAY)
    labels = timed(t, shown, begin(t, programme, runs, shown, now))
    rows = [[button(label, AskIn(session=session.code))] for session, label in zip(shown, labels, strict=True)]
    return screen(
        t("questions.choose_in_day", day=t.date(date)),
        *rows,
        pager(page, pages, lambda to: AskDay(day=day_key(date), page=to)),
        [
            *(day_button(f"‹ {t.short_date(one)}", one) for one in [one for one in open_days if one < date][-1:]),
            *(day_button(f"{t.short_date(one)} ›", one) for one in [one for one in open_days if one > date][:1]),
        ],
        [button(t.plain("menu.back"), Go(where="ask"))],
    )


def day_button(label: str, date: dt.date) -> Button:
    return button(label, AskDay(day=day_key(date), page=0))
