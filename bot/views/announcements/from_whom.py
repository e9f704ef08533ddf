"""From whom an announcement is: what its readers read, and the choice."""

from __future__ import annotations

from bot.actions.announcements import signing
from bot.actions.announcements.from_whom import Choice, code
from bot.programme.text import LANGUAGES, Text
from bot.texts import Html, Translator, escape
from bot.views.announcements.buttons import AnnounceDesk, AnnounceFrom, AnnounceOffice
from bot.views.buttons import Button, button
from bot.views.labels import HALF
from bot.views.screen import Row, Screen, screen, shorten
from storage.announcements import Announcement

ORGANIZERS, NOBODY = "organizers", "none"  # choices; the others are offices


def lines(t: Translator, office: Text | None = None) -> str:
    """What readers of each language read below an announcement of this office, or of the organizers, as it is kept."""
    said = {}
    for language in LANGUAGES:
        own = t.into(language)
        name = own.plain("from_whom.the_organizers") if office is None else office.say(language)
        said[language] = own.plain("from_whom.line", name=name)
    return signing.write(Text(said))


def said_line(t: Translator, said_by: str) -> Html:
    """The line as whoever looks reads it."""
    return escape(signing.line(said_by, t.language)) if said_by else t("from_whom.none")


def choose(t: Translator, found: Choice) -> Screen:
    announcement = found.announcement
    number, said_by = announcement.number, announcement.said_by

    def choice(label: str, wanted: str, says: str) -> Button:
        return button(("● " if says == said_by else "") + label, AnnounceFrom(number=number, choice=wanted))

    rows: list[Row] = [
        [
            choice(t.plain("from_whom.organizers"), ORGANIZERS, lines(t)),
            choice(t.plain("from_whom.no_line"), NOBODY, signing.NOBODY),
        ]
    ]
    for one in found.offices:
        name = shorten(one.say(t.language), HALF)
        drop = button("🗑", AnnounceOffice(number=number, office=code(one), act="ask"))
        rows.append([choice(name, code(one), lines(t, one)), drop])
    write = AnnounceOffice(number=number, office="", act="write")
    for_all = button(t.plain("from_whom.for_all"), AnnounceOffice(number=number, office="", act="default"))
    words = [
        f"🏢 {said_line(t, said_by)}",
        t("from_whom.how"),
        t("from_whom.default", line=said_line(t, found.default)),
    ]
    return screen(
        "\n\n".join(words),
        *rows,
        [button(t.plain("from_whom.another"), write)],
        [for_all] if said_by != found.default else [],
        [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))],
        decided_on=said_by,
    )


def form(t: Translator, announcement: Announcement) -> Screen:
    number = announcement.number
    return screen(t("from_whom.form"), [button(t.plain("form.cancel"), AnnounceFrom(number=number, choice=""))])


def drop_sure(t: Translator, number: int, office: Text) -> Screen:
    return screen(
        t("from_whom.drop_sure", name=office.say(t.language)),
        [
            button(
                t.plain("from_whom.drop_yes"), AnnounceOffice(number=number, office=code(office), act="drop"), "danger"
            )
        ],
        [button(t.plain("menu.back"), AnnounceFrom(number=number, choice=""))],
    )
