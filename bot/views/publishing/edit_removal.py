"""Changing the programme by thumb: a person or a room that nothing uses any more is taken out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.agenda.speaking import Linked
from bot.actions.publishing.drafts import Draft
from bot.programme.edits import not_over_of
from bot.programme.estimates import Runs
from bot.programme.model import Session
from bot.programme.texts import About
from bot.texts import Translator
from bot.views.buttons import button
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    RemoveNow,
    ReplaceEverywhere,
    SeeRemoval,
    SpeakerLink,
    Texts,
    stamp_of,
)
from bot.views.publishing.edit import session_rows
from bot.views.publishing.steps import record_name
from bot.views.screen import Row, Screen, page_of, screen

PAGE = 5
PEOPLE = 5  # who are one speaker
KINDS = ("p", "r")  # people and rooms, as in bot.programme.texts


def removal(
    t: Translator, draft: Draft, about: About, *, linked: Linked, page: int, now: dt.datetime, runs: Runs
) -> Screen:
    """Which sessions still use it, each with a way there; or whether to remove it."""
    uses = users(draft, about)
    if not uses:
        return free(t, draft, about, linked)
    replaceable = about.kind == "p" and bool(not_over_of(draft.programme, about.code, now, runs))
    return used(t, draft, about, uses=uses, page=page, replaceable=replaceable)


def users(draft: Draft, about: About) -> tuple[Session, ...]:
    programme = draft.programme
    return programme.of_speaker(about.code) if about.kind == "p" else programme.in_room(about.code)


def used(t: Translator, draft: Draft, about: About, *, uses: Sequence[Session], page: int, replaceable: bool) -> Screen:
    """Not yet removable: its sessions; for a person (`replaceable`) also the way to replace them in all that are not
    over."""
    shown, page, pages = page_of(uses, page, PAGE)
    instead: Row = []
    if replaceable:
        instead.append(button(t.plain("change.everywhere"), ReplaceEverywhere(speaker=about.code)))
    words = t(
        "change.remove_used_p" if about.kind == "p" else "change.remove_used_r",
        sessions=t.n("step.sessions", len(uses)),
    )
    return screen(
        f"{title(t, draft, about)}\n\n{words}",
        instead,
        *session_rows(t, shown, draft),
        pager(page, pages, lambda to: SeeRemoval(kind=about.kind, code=about.code, page=to)),
        back(t, about),
    )


def free(t: Translator, draft: Draft, about: About, linked: Linked) -> Screen:
    """It can be removed; links and invitations are better ended first."""
    links: Row = []
    if linked.people or linked.invitations:
        links.append(button(t.plain("change.remove_links"), SpeakerLink(speaker=about.code, page=0)))
    lines = [
        title(t, draft, about),
        *(t("speaking.is", name=name) for _, name in linked.people[:PEOPLE]),
        *([t("change.remove_linked")] if links else []),
        "",
        t("change.remove_sure"),
    ]
    data = RemoveNow(kind=about.kind, code=about.code, stamp=stamp_of(draft.revision))
    return screen("\n".join(lines), links, [button(t.plain("change.remove_yes"), data)], back(t, about))


def title(t: Translator, draft: Draft, about: About) -> str:
    return f"🗑 <b>{record_name(t, draft, about)}</b>"


def back(t: Translator, about: About) -> Row:
    return [button(t.plain("menu.back"), Texts(kind=about.kind, code=about.code, field=""))]
