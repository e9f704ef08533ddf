"""The card of an announcement: what it says in each language, what is missing there, and what is too long."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.announcements import signing
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.wording import FOR_ALL, first_words, in_order, language_for, languages_of, version
from bot.texts import LANGUAGE_NAMES, LANGUAGES, Html, Translator, escape
from bot.texts.length import units, visible
from bot.views.announcements.buttons import (
    AnnounceAudience,
    AnnounceDesk,
    AnnounceFrom,
    AnnounceTime,
    AnnounceUntil,
    AnnounceVersion,
    LeaveWriting,
)
from bot.views.announcements.choices import short_name, version_name
from bot.views.announcements.lines import drop_button, plain_words, preview_button, to_list
from bot.views.buttons import button
from bot.views.screen import Row, Screen, screen
from storage.announcement_parts import Part

BEGINNING = 300  # of the only version's words that the card shows, in units
EACH = 80  # of each of several


def language_lines(t: Translator, facts: Facts) -> list[Html]:
    """Each version with its length and its first words; then which languages have none, and what their readers get."""
    written = in_order(languages_of(facts.parts))
    over = signing.over(facts.announcement.said_by, facts.parts)
    shown: list[Html] = []
    for language in written:
        shown += version_lines(t, language, version(facts.parts, language), EACH if len(written) > 1 else BEGINNING)
        if over.get(language):
            shown.append(t("card.too_long", count=over[language]))
    return [*shown, *missing_lines(t, facts.parts)]


def version_lines(t: Translator, language: str, parts: Sequence[Part], most: int) -> list[Html]:
    many = f" ×{len(parts)}" if len(parts) > 1 else ""
    words = first_words(parts)
    length = f" · {t.n('card.length', units(visible(words)))}" if words else ""
    kind = t(f"announcements.kind_{parts[0].kind}")
    return [
        Html(f"📝 <b>{escape(version_name(t, language))}</b> · {kind}{many}{length}"),
        Html(f"<blockquote>{escape(plain_words(t, words, most))}</blockquote>"),
    ]


def missing_lines(t: Translator, parts: Sequence[Part]) -> list[Html]:
    """Of readers whose language has no version of its own, where there are several."""
    if languages_of(parts) == (FOR_ALL,):
        return []
    missing: dict[str, list[str]] = {}
    for reader in LANGUAGES:
        gets = language_for(parts, reader)
        if gets is not None and gets != reader:
            missing.setdefault(gets, []).append(LANGUAGE_NAMES[reader])
    return [
        t("card.get_for_all", languages=", ".join(names))
        if gets == FOR_ALL
        else t("card.get_marked", languages=", ".join(names), version=version_name(t, gets))
        for gets, names in missing.items()
    ]


def draft_rows(t: Translator, facts: Facts, *, right: Row) -> list[Row]:
    """At most eight with the one that stands above them; `right` is what is to be said of versions behind."""
    number, urgent = facts.announcement.number, facts.announcement.urgent
    written = languages_of(facts.parts)

    def write(language: str) -> dict[str, str]:
        sign = "⚠️" if language in facts.behind else "✏️" if language in written else "➕"
        return button(
            f"{sign} {short_name(t, language)}", AnnounceVersion(number=number, language=language, act="write")
        )

    languages = button(t.plain("announcements.languages"), AnnounceVersion(number=number, language="", act="open"))
    everybody = AnnounceAudience(number=number, kind="l", value="", wanted=0, page=0)
    label = ("● " if urgent else "") + t.plain("announcements.urgent")
    return [
        [write(language) for language in LANGUAGES],
        [*([write(FOR_ALL)] if FOR_ALL in written else []), languages],
        [
            preview_button(t, number),
            button(label, AnnounceDesk(number=number, act="calm" if urgent else "urgent")),
        ],
        [
            button(t.plain("announcements.audience"), everybody),
            button(t.plain("from_whom.open"), AnnounceFrom(number=number, choice="")),
        ],
        [
            button(t.plain("announcements.when"), AnnounceTime(number=number, choice="")),
            button(t.plain("announcements.until"), AnnounceUntil(number=number, choice="")),
        ],
        [button(t.plain("announcements.go"), AnnounceDesk(number=number, act="confirm"), "success")],
        right,
        [drop_button(t, number, "card.drop"), to_list(t)],
    ]


def form_for(t: Translator, facts: Facts, language: str) -> Screen:
    """What to send as the version of a language: in the card's place, with what there is so far."""
    number = facts.announcement.number
    asks = t("announcements.form_version", number=number, language=version_name(t, language))
    return screen(
        "\n".join([asks, "", *language_lines(t, facts)]),
        [button(t.plain("form.cancel"), LeaveWriting(number=number))],
    )


def form_correction(t: Translator, number: int) -> Screen:
    return screen(
        t("announcements.form_correction", number=number),
        [button(t.plain("form.cancel"), LeaveWriting(number=number))],
    )


def below(t: Translator, number: int) -> Html:
    """In place of a card that stands further down now."""
    return t("card.below", number=number)
