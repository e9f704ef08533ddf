"""Who is muted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import Go, button
from bot.views.moderation.buttons import AskUnmute, MutedPage, SetVoice
from bot.views.names import (
    session_name,
)
from bot.views.pager import pager
from bot.views.screen import Screen, page_of, screen, shorten
from storage.mutes import Mute

PAGE = 8
LIST = "m"  # the desk of a button that stands in this list
NAME_LIMIT = 30  # characters of a name on a button


def muted(t: Translator, programme: Programme, mutes: Sequence[Mute], page: int) -> Screen:
    """Each with a button that asks whether to let them ask again. Anyone who asked without a name is "author of
    question №12"."""
    shown, page, pages = page_of(mutes, page, PAGE)
    lines = [
        f"🔇 <b>{escape(who_is(t, one))}</b> · {t.moment(one.muted_at)}\n"
        f"№{one.question} · <i>{session_name(t, programme, one.session, 80)}</i>"
        for one in shown
    ]
    rows = [
        [
            button(
                t.plain("mutes.unmute_one", name=shorten(who_is(t, one), NAME_LIMIT)),
                AskUnmute(number=one.question),
            )
        ]
        for one in shown
    ]
    return screen(
        f"<b>{t('mutes.title')}</b>\n\n" + ("\n\n".join(lines) or t("mutes.nobody_muted")),
        *rows,
        pager(page, pages, lambda to: MutedPage(page=to)),
        [button(t.plain("moderation.all_sessions"), Go(where="desk"))],
    )


def who_is(t: Translator, one: Mute) -> str:
    return one.name or t.plain("mutes.author_of", number=one.question)


def unmute_sure(t: Translator, one: Mute) -> Screen:
    """The list moves up when somebody is out of it: one tap too many must not unmute the next."""
    return screen(
        t("mutes.unmute_sure", name=who_is(t, one)),
        [button(t.plain("mutes.unmute"), SetVoice(number=one.question, muted=0, desk=LIST))],
        [button(t.plain("menu.back"), MutedPage(page=0))],
    )
