"""Changing the programme by thumb: who speaks and who moderates."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.publishing.drafts import Draft
from bot.programme.edits import ROLES, people_of
from bot.programme.model import Session, Speaker
from bot.texts import Translator, escape
from bot.views.agenda.sessions import speakers_of
from bot.views.buttons import Button, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    ChangeSession,
    DropPerson,
    FindPerson,
    NewPerson,
    PersonIn,
    ReplaceEverywhere,
    TakePerson,
    Texts,
    stamp_of,
)
from bot.views.publishing.edit import (
    back_to_session,
    heading,
    people_lines,
    time_line,
)
from bot.views.screen import Screen, cut, page_of, screen, shorten

PAGE = 5
FOUND_MOST = 5
OFFICE_MAX = 60


def people(t: Translator, draft: Draft, session: Session, page: int) -> Screen:
    """Who is in a session: a person is replaced or taken out on their own screen."""
    code = session.code
    shown, page, pages = page_of(everybody(draft, session), page, PAGE)
    return screen(
        "\n".join(
            [
                heading(t, session),
                time_line(t, draft, session),
                *people_lines(t, draft, session),
                "",
                t("change.people_how"),
            ]
        ),
        *([button(person_label(t, session, one), PersonIn(session=code, speaker=one.code))] for one in shown),
        pager(page, pages, lambda to: ChangeSession(session=code, part="people", page=to)),
        [
            button(t.plain("change.add_speaker"), FindPerson(session=code, seat="s")),
            button(t.plain("change.add_moderator"), FindPerson(session=code, seat="m")),
        ],
        [back_to_session(t, code)],
    )


def everybody(draft: Draft, session: Session) -> list[Speaker]:
    return speakers_of(draft.programme, people_of(session))


def person_label(t: Translator, session: Session, person: Speaker) -> str:
    signs = ("👤" if person.code in session.speakers else "") + ("🧭" if person.code in session.moderators else "")
    return f"{signs} {shorten(t.say_plain(person.name), WHOLE - 3)}"


def person(t: Translator, draft: Draft, session: Session, person: Speaker) -> Screen:
    """A person of a session: replace, take out, correct."""
    code, stamp = session.code, stamp_of(draft.revision)
    inside = people_of(session)
    seat = str(inside.index(person.code)) if person.code in inside else "s"
    drop = [
        button(t.plain(f"change.drop_{role}"), DropPerson(session=code, speaker=person.code, seat=role, stamp=stamp))
        for role, codes in (("s", session.speakers), ("m", session.moderators))
        if person.code in codes
    ]
    office = f"\n<i>{cut(t.say(person.office), OFFICE_MAX)}</i>" if person.office else ""
    more = len(draft.programme.of_speaker(person.code)) > 1
    return screen(
        f"{heading(t, session)}\n\n<b>{cut(t.say(person.name), OFFICE_MAX)}</b>{office}",
        [button(t.plain("change.replace"), FindPerson(session=code, seat=seat))],
        [button(t.plain("change.everywhere"), ReplaceEverywhere(speaker=person.code))] if more else [],
        *([one] for one in drop),
        [button(t.plain("change.person_texts"), Texts(kind="p", code=person.code, field=""))],
        [back_to_people(t, code)],
    )


def find(t: Translator, draft: Draft, session: Session, seat: str) -> Screen:
    """Ask for the name of the person who comes."""
    return screen(
        f"{heading(t, session)}\n\n{asked(t, draft, session, seat)}",
        [button(t.plain("form.cancel"), ChangeSession(session=session.code, part="people", page=0))],
    )


def asked(t: Translator, draft: Draft, session: Session, seat: str) -> str:
    if seat in ROLES:
        return t(f"change.who_{seat}")
    inside = people_of(session)
    old = draft.programme.speaker(inside[int(seat)]) if seat.isdecimal() and int(seat) < len(inside) else None
    return t("change.who_instead", name=shorten(t.say_plain(old.name), WHOLE) if old else "…")


def candidates(
    t: Translator, draft: Draft, session: Session, *, seat: str, name: str, found: Sequence[Speaker]
) -> Screen:
    """Those who are in the programme already and may be meant, or somebody new."""
    code, stamp = session.code, stamp_of(draft.revision)
    shown = found[:FOUND_MOST]
    lines = [f"• {cut(t.say(one.name), OFFICE_MAX)}{office(t, one)}" for one in shown]
    new = t.plain("change.new_person", name=shorten(name, WHOLE - 8))
    return screen(
        "\n".join([heading(t, session), "", t("change.who_found" if shown else "change.who_none", name=name), *lines]),
        *(
            [
                button(
                    shorten(t.say_plain(one.name), WHOLE),
                    TakePerson(session=code, seat=seat, speaker=one.code, stamp=stamp),
                )
            ]
            for one in shown
        ),
        [button(new, NewPerson(session=code, seat=seat))],
        [back_to_people(t, code)],
    )


def office(t: Translator, person: Speaker) -> str:
    return f", <i>{cut(escape(t.say_plain(person.office)), OFFICE_MAX)}</i>" if person.office else ""


def back_to_people(t: Translator, code: str) -> Button:
    return button(t.plain("menu.back"), ChangeSession(session=code, part="people", page=0))
