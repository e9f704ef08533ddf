"""Changing the programme by thumb: somebody comes in the place of a person, in all their sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.agenda.speaking import Linked
from bot.actions.publishing.drafts import Draft
from bot.programme.concerns import fresh
from bot.programme.model import Programme, Session, Speaker
from bot.texts import Html, Translator
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE
from bot.views.publishing.buttons import (
    ReplaceEverywhere,
    ReplaceNow,
    SeeRemoval,
    SeeReplacing,
    Texts,
    stamp_of,
)
from bot.views.publishing.concerns import concern_lines, timed_title
from bot.views.publishing.edit import last_step, tail
from bot.views.publishing.edit_people import FOUND_MOST, OFFICE_MAX, office
from bot.views.screen import Screen, cut, screen, shorten

SHOWN = 12  # sessions of a list that is only read
NAME_MAX = 80
PEOPLE = 5  # who are one speaker


def ask(t: Translator, draft: Draft, old: Speaker, coming: Sequence[Session]) -> Screen:
    """Ask for the name of the person who comes; `coming` are the sessions where the old one stands and that are not
    over."""
    lines = [
        f"🔁 <b>{name(t, old)}</b>",
        "",
        *will_change(t, draft.programme, coming),
        "",
        t("change.who_instead", name=shorten(t.say_plain(old.name), WHOLE)),
    ]
    return screen("\n".join(lines), [button(t.plain("form.cancel"), Texts(kind="p", code=old.code, field=""))])


def candidates(t: Translator, old: Speaker, name: str, found: Sequence[Speaker]) -> Screen:
    """Those who are in the programme already and may be meant, or somebody new."""
    shown = [one for one in found if one.code != old.code][:FOUND_MOST]
    lines = [f"• {cut(t.say(one.name), OFFICE_MAX)}{office(t, one)}" for one in shown]
    new = t.plain("change.new_person", name=shorten(name, WHOLE - 8))
    return screen(
        "\n".join([t("change.who_found" if shown else "change.who_none", name=name), *lines]),
        *(
            [button(shorten(t.say_plain(one.name), WHOLE), SeeReplacing(speaker=old.code, other=one.code))]
            for one in shown
        ),
        [button(new, SeeReplacing(speaker=old.code, other=""))],
        [button(t.plain("form.cancel"), Texts(kind="p", code=old.code, field=""))],
    )


def preview(
    t: Translator,
    draft: Draft,
    after: Programme,
    *,
    old: Speaker,
    new: Speaker,
    coming: Sequence[Session],
    linked: Linked,
    now: dt.datetime,
) -> Screen:
    """Which sessions change and what that brings about, before it is done; `after` is the draft with it done."""
    other = new.code if draft.programme.speaker(new.code) else ""
    sessions = t.plain_n("step.sessions", len(coming))
    data = ReplaceNow(speaker=old.code, other=other, stamp=stamp_of(draft.revision))
    over = len(draft.programme.of_speaker(old.code)) - len(coming)
    lines = [
        f"🔁 {name(t, old)} → <b>{name(t, new)}</b>",
        "",
        *will_change(t, draft.programme, coming),
        *([t.n("change.stays_over", over)] if over else []),
        *(["", *warnings] if (warnings := concern_lines(t, after, fresh(draft.programme, after, now))) else []),
        *linked_lines(t, linked),
    ]
    return screen(
        "\n".join(lines),
        [button(t.plain("change.everywhere_now", sessions=sessions), data)],
        [button(t.plain("menu.back"), ReplaceEverywhere(speaker=old.code))],
    )


def linked_lines(t: Translator, linked: Linked) -> list[str]:
    """Which of the bot's users are notified, and that the link belongs to nobody else."""
    if not linked.people:
        return []
    return ["", *(t("speaking.is", name=one) for _, one in linked.people[:PEOPLE]), t("change.everywhere_link")]


def done(t: Translator, draft: Draft, old: Speaker, *, new: Speaker, now: dt.datetime, me: int) -> Screen:
    """What is usually wanted next: the new person's office, and the old one out of the programme."""
    gone = t.plain("change.remove_who", name=shorten(t.say_plain(old.name), WHOLE - 10))
    warnings = concern_lines(t, draft.programme, fresh(draft.published, draft.programme, now))
    heading = f"🔁 {name(t, old)} → <b>{name(t, new)}</b>"
    return screen(
        "\n".join([heading, *(["", *warnings] if warnings else []), *last_step(t, draft)]),
        [button(t.plain("change.person_texts"), Texts(kind="p", code=new.code, field=""))],
        [button(gone, SeeRemoval(kind="p", code=old.code, page=0))],
        *tail(t, draft, me, ""),
        [button(t.plain("menu.back"), Go(where="change"))],
    )


def name(t: Translator, person: Speaker) -> Html:
    return cut(t.say(person.name), NAME_MAX)


def will_change(t: Translator, programme: Programme, sessions: Sequence[Session]) -> list[str]:
    """How many sessions, and which: a line each, the first SHOWN of them."""
    more = len(sessions) - SHOWN
    return [
        t("change.will_change", sessions=t.n("step.sessions", len(sessions))),
        *(
            f"• {'❌ ' if one.cancelled else ''}{t.short_date(one.start)}, {timed_title(t, programme, one.code)}"
            for one in sessions[:SHOWN]
        ),
        *([f"… +{more}"] if more > 0 else []),
    ]
