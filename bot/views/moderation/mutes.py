"""Who is muted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.moderation.mutes import revocable
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE
from bot.views.moderation.buttons import AskUnmute, AskUnmuteHere, MutedPage, SetVoice, SetVoiceHere
from bot.views.names import (
    session_name,
)
from bot.views.pager import pager
from bot.views.screen import Screen, cut, page_of, screen, shorten
from bot.who import Who
from storage.mutes import Mute

PAGE = 4
LIST = "m"  # the desk of a button that stands in this list
SESSION_MAX = 40  # of a session's title
NAME_LIMIT = 24  # characters of a name on a button


def muted(t: Translator, programme: Programme, mutes: Sequence[Mute], page: int, reader: Who) -> Screen:
    """Each with where it holds, and a button that asks whether to let them ask again, if the reader may. Anyone who
    asked without a name is "author of question #12"."""
    shown, page, pages = page_of(mutes, page, PAGE)
    lines = [
        f"🔇 <b>{escape(who_is(t, one))}</b> · {t.moment(one.muted_at)}\n"
        f"{t.number(one.question)} · {where(t, programme, one)}"
        for one in shown
    ]
    rows = [
        [
            button(
                shorten(t.plain("mutes.unmute_one", name=shorten(who_is(t, one), NAME_LIMIT)), WHOLE),
                AskUnmuteHere(number=one.question) if narrower(one, reader) else AskUnmute(number=one.question),
            )
        ]
        for one in shown
        if revocable(reader, one)
    ]
    return screen(
        f"<b>{t('mutes.title')}</b>\n\n" + ("\n".join(lines) or t("mutes.nobody_muted")),
        *rows,
        pager(page, pages, lambda to: MutedPage(page=to)),
        [button(t.plain("moderation.all_sessions"), Go(where="desk"))],
    )


def who_is(t: Translator, one: Mute) -> str:
    return one.name or t.plain("mutes.author_of", number=one.question)


def where(t: Translator, programme: Programme, one: Mute) -> Html:
    """ "only in “Opening”", or everywhere and in which session it was said."""
    session = cut(session_name(t, programme, one.scope or one.session), SESSION_MAX)
    return t("mutes.only_in", session=session) if one.scope else t("mutes.everywhere", session=session)


def narrower(one: Mute, reader: Who) -> bool:
    """Whether it holds in a session only, and what the reader says holds in all."""
    return bool(one.scope) and reader.moderates_everywhere


def unmute_sure(t: Translator, programme: Programme, one: Mute, reader: Who) -> Screen:
    """The list moves up when somebody is out of it: one tap too many must not unmute the next."""
    kind = SetVoiceHere if narrower(one, reader) else SetVoice
    return screen(
        f"{t('mutes.unmute_sure', name=who_is(t, one))}\n{where(t, programme, one)}",
        [
            button(
                t.plain("mutes.unmute_here" if one.scope else "mutes.unmute"),
                kind(number=one.question, muted=0, desk=LIST),
            )
        ],
        [button(t.plain("menu.back"), MutedPage(page=0))],
    )
