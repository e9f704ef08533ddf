"""The organizers' list of words that flag a question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.moderation.stop_words import mark
from bot.texts import Translator
from bot.views.buttons import Go, button
from bot.views.labels import HALF, side_by_side
from bot.views.moderation.buttons import AskStopWord, RemoveStopWord, StopWordsPage
from bot.views.pager import pager
from bot.views.screen import Screen, page_of, screen, shorten

ROWS = 6  # of words


def listed(t: Translator, words: Sequence[str], page: int) -> Screen:
    """What is sent while this stands there is added; a button asks whether to remove its word."""
    keys = [button(f"✖️ {shorten(word, 2 * HALF)}", AskStopWord(mark=mark(word), page=page)) for word in words]
    shown, page, pages = page_of(side_by_side(keys), page, ROWS)
    count = t.n("stop_words.count", len(words)) if words else t("stop_words.none")
    return screen(
        f"⚠️ <b>{t('stop_words.title')}</b> · {count}\n\n{t('stop_words.hint')}",
        *shown,
        pager(page, pages, lambda to: StopWordsPage(page=to)),
        [button(t.plain("menu.back"), Go(where="staff"))],
    )


def remove_sure(t: Translator, word: str, page: int) -> Screen:
    """The list moves up when a word is gone: one tap too many must not remove the next."""
    return screen(
        t("stop_words.sure", word=word),
        [button(t.plain("stop_words.remove_yes"), RemoveStopWord(mark=mark(word), page=page), style="danger")],
        [button(t.plain("menu.back"), StopWordsPage(page=page))],
    )
