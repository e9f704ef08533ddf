"""The announcements that hold, as everybody looks them up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts import Translator
from bot.views.announcements.buttons import NewsItem, NewsPage
from bot.views.announcements.lines import plain_title
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.screen import Row, Screen, page_of, screen
from storage.announcements import Announcement

PAGE = 6


def feed(t: Translator, valid: Sequence[Announcement], page: int) -> Screen:
    """The newest first; each opens exactly as it was sent."""
    shown, page, pages = page_of(valid, page, PAGE)
    rows: list[Row] = [
        [button(f"{at(t, one)} {plain_title(t, one, WHOLE - 6)}", NewsItem(number=one.number))] for one in shown
    ]
    return screen(
        f"📣 <b>{t('news.title')}</b>\n\n{t('news.how') if valid else t('news.none')}",
        *rows,
        pager(page, pages, lambda to: NewsPage(page=to)),
        [button(t.plain("menu.back"), Go(where="info"))],
    )


def at(t: Translator, announcement: Announcement) -> str:
    """ "14:30", when it went out."""
    return t.clock(announcement.started_at or announcement.created_at)


def outdated(t: Translator) -> Screen:
    """Below an announcement that says what is not in the agenda any more."""
    return screen(f"⚠️ {t('news.outdated')}", [button(t.plain("menu.agenda"), Go(where="days"))])


def waiting(t: Translator, count: int) -> Screen:
    """To whoever has just registered."""
    return screen(t.n("news.waiting", count), [button(t.plain("news.show"), NewsPage(page=0))])
