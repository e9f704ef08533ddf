"""The organizers' list of words that flag a question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.moderation.stop_words import mark
from bot.texts import Translator
from bot.views.buttons import Go, button
from bot.views.labels import HALF, side_by_side
from bot.views.moderation.buttons import RemoveStopWord, StopWordsPage
from bot.views.pager import pager
from bot.views.screen import Screen, page_of, screen, shorten

PAGE = 20


def listed(t: Translator, words: Sequence[str], page: int) -> Screen:
    """What is sent while this stands there is added; a button removes its word."""
    shown, page, pages = page_of(words, page, PAGE)
    keys = [button(f"✖️ {shorten(word, 2 * HALF)}", RemoveStopWord(mark=mark(word), page=page)) for word in shown]
    count = t.n("stop_words.count", len(words)) if words else t("stop_words.none")
    return screen(
        f"⚠️ <b>{t('stop_words.title')}</b> · {count}\n\n{t('stop_words.hint')}",
        *side_by_side(keys),
        pager(page, pages, lambda to: StopWordsPage(page=to)),
        [button(t.plain("menu.back"), Go(where="staff"))],
    )
