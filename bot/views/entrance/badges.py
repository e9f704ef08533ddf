"""Badges: which sheet is wanted, one's own on the phone, a new one for a lost one."""

from __future__ import annotations

from bot.actions.entrance.badges import ALL, DELEGATION, NEW
from bot.actions.entrance.presence import Guest
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, button
from bot.views.entrance.buttons import (
    BadgeSheet,
    GuestCard,
    Reissue,
    SheetDelegations,
)
from bot.views.labels import WHOLE
from bot.views.names import delegation_names
from bot.views.pager import pager
from bot.views.screen import Screen, page_of, screen, shorten

PAGE = 6  # delegations


def sheets(t: Translator, unprinted: int, people: int) -> Screen:
    """Whose badges are wanted. `unprinted` people of all are on no sheet yet."""
    fresh = [button(t.plain("badges.new", count=unprinted), BadgeSheet(which=NEW, value=""), style="primary")]
    return screen(
        f"🪪 <b>{t('badges.title')}</b>\n\n{t('badges.how')}",
        fresh if unprinted else [],
        [button(t.plain("badges.all", count=people), BadgeSheet(which=ALL, value=""))] if people else [],
        [button(t.plain("badges.of_delegation"), SheetDelegations(page=0))],
        [button(t.plain("menu.back"), Go(where="entrance"))],
    )


def choose_delegation(t: Translator, programme: Programme, page: int) -> Screen:
    shown, page, pages = page_of(delegation_names(t, programme), page, PAGE)
    return screen(
        t("badges.choose_delegation"),
        *([button(shorten(name, WHOLE), BadgeSheet(which=DELEGATION, value=code))] for code, name in shown),
        pager(page, pages, lambda to: SheetDelegations(page=to)),
        [button(t.plain("menu.back"), Go(where="badges"))],
    )


def making(t: Translator, count: int) -> Screen:
    """While a sheet is made, which may take some seconds."""
    return screen(t.n("badges.making", count), [button(t.plain("menu.back"), Go(where="badges"))])


def caption(t: Translator, count: int) -> Html:
    """Under the file: how many, how to print, and that it is not for everybody's eyes."""
    return t.n("badges.caption", count)


def reissue_sure(t: Translator, one: Guest) -> Screen:
    return screen(
        t("badges.reissue_sure", name=one.name),
        [button(t.plain("badges.reissue_yes"), Reissue(person=one.person, sure=1), style="danger")],
        [button(t.plain("menu.back"), GuestCard(person=one.person))],
    )


def own(t: Translator, name: str) -> Screen:
    """Under the picture of one's own code."""
    return screen(
        f"🪪 <b>{escape(name)}</b>\n{t('badges.own_how')}",
        [button(t.plain("badges.to_settings"), Go(where="settings"))],
    )
