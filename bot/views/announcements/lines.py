"""What several screens of an announcement say of it, and rows that they share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.announcements import signing
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.wording import first_words, language_for, languages_of, mark, version
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.announcements.buttons import (
    AnnounceAsk,
    AnnounceDesk,
    AnnounceList,
    AnnounceRight,
)
from bot.views.announcements.choices import (
    audience_words,
    goes_out,
    holds_until,
    read_in,
)
from bot.views.announcements.decisions import decided_lines
from bot.views.announcements.from_whom import said_line
from bot.views.buttons import button
from bot.views.screen import Row, Screen, screen, shorten, visible
from storage.announcement_parts import Part
from storage.announcements import Announcement


def said(facts: Facts) -> tuple[object, ...]:
    """What anyone lets go of with it: its words, to whom and when."""
    one = facts.announcement
    return mark(facts.parts), one.audience, one.urgent, one.send_at, one.send_with


def head(t: Translator, announcement: Announcement) -> Html:
    state = "withdrawn" if announcement.withdrawn_at else announcement.state
    number = t("announcements.number", number=announcement.number)
    return Html(f"📣 <b>{number}</b> · {t(f'announcements.state_{state}')}")


def about(t: Translator, programme: Programme, facts: Facts, says: Sequence[str]) -> list[str]:
    """What it `says`, from whom and whose it is, and its terms."""
    lines = ["", *says, *from_lines(t, facts)]
    if facts.author:
        lines.append(t("announcements.by", name=facts.author))
    return [*lines, *terms(t, programme, facts), *decided_lines(t, facts), *behind_line(t, facts)]


def behind_line(t: Translator, facts: Facts) -> list[str]:
    """Which versions were not changed since another was."""
    names = ", ".join(read_in(t, facts.parts, one) for one in facts.behind)
    return ["", t("announcements.behind", languages=names)] if names else []


def right_button(t: Translator, facts: Facts) -> Row:
    """The versions behind are right as they are."""
    return [button(t.plain("announcements.right_as_they_are"), AnnounceRight(number=facts.announcement.number, sure=0))]


def drop_button(t: Translator, number: int, key: str) -> dict[str, str]:
    return button(t.plain(key), AnnounceAsk(number=number, act="drop", language=""))


def from_lines(t: Translator, facts: Facts) -> list[Html]:
    """From whom it is; that a version has no room for that, where it is only a place on the map."""
    said_by = facts.announcement.said_by
    bare = [one for one in languages_of(facts.parts) if signing.carrier(version(facts.parts, one)) is None]
    return [Html(f"🏢 {said_line(t, said_by)}"), *([t("card.no_line")] if bare and said_by else [])]


def right_sure(t: Translator, facts: Facts) -> Screen:
    """Whether the versions behind are right as they are."""
    number = facts.announcement.number
    names = ", ".join(read_in(t, facts.parts, one) for one in facts.behind)
    return screen(
        t("announcements.right_sure", number=number, languages=names),
        [button(t.plain("announcements.right_yes"), AnnounceRight(number=number, sure=1))],
        [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))],
    )


def terms(t: Translator, programme: Programme, facts: Facts) -> list[str]:
    """To whom, when, until when, and whether it makes a sound."""
    announcement, reach = facts.announcement, facts.reach
    return [
        f"👥 {audience_words(t, programme, facts.condition)}: <b>{reach.gets(announcement.urgent)}</b>",
        *([t("announcements.muted", count=reach.muted)] if reach.muted and not announcement.urgent else []),
        *([t("announcements.out_of_reach", count=reach.blocked)] if reach.blocked else []),
        f"🕒 {goes_out(t, programme, announcement)}",
        f"🕒 {holds_until(t, announcement)}",
        *([t("announcements.urgent_words")] if announcement.urgent else []),
    ]


def title(t: Translator, announcement: Announcement, limit: int, parts: Sequence[Part] = ()) -> Html:
    """Its first words, of these parts in the language of whoever looks; "(without words)" when it has none."""
    words = first_words(version(parts, language_for(parts, t.language))) or announcement.text
    return escape(plain_words(t, words, limit))


def plain_title(t: Translator, announcement: Announcement, limit: int) -> str:
    return plain_words(t, announcement.text, limit)


def plain_words(t: Translator, text: str, limit: int) -> str:
    words = " ".join(visible(text).split())
    return shorten(words, limit) if words else t.plain("announcements.no_words")


def to_list(t: Translator) -> dict[str, str]:
    return button(t.plain("announcements.list"), AnnounceList(page=0))


def preview_button(t: Translator, number: int) -> dict[str, str]:
    return button(t.plain("announcements.look"), AnnounceDesk(number=number, act="preview"))
