"""Changing the programme by thumb: its texts, a field and a language at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.actions.publishing.drafts import Draft
from bot.errors import Stale
from bot.programme.model import LANGUAGES, Programme, Text
from bot.programme.texts import EVERYBODY, FIELDS, FORUM, PARTS, About, field_of, left_behind, text_of
from bot.texts import (
    LANGUAGE_NAMES,
    Html,
    Translator,
    escape,
)
from bot.views.buttons import Button, Go, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    ChangeSession,
    DropText,
    ReplaceEverywhere,
    SeeRemoval,
    Texts,
    TextsList,
    TypeText,
    stamp_of,
)
from bot.views.publishing.edit import last_step, tail
from bot.views.publishing.edit_removal import KINDS as REMOVABLE
from bot.views.publishing.steps import field_name, read_in, record_name
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten

PAGE = 5
SHOWN = 1200  # characters of a text in one language
LISTED = ("p", "r", "g")  # kinds that have a list here; sessions are found by their day


def lists(t: Translator) -> Screen:
    """Whose texts can be corrected."""
    return screen(
        t("change.texts_how"),
        *side_by_side(
            [
                *(button(t.plain(f"change.list_{kind}"), TextsList(kind=kind, page=0)) for kind in LISTED),
                button(t.plain("change.list_f"), Texts(kind=FORUM, code="", field="")),
            ]
        ),
        [button(t.plain("menu.back"), Go(where="change"))],
    )


def records(t: Translator, draft: Draft, of_kind: str, page: int, me: int) -> Screen:
    """The people, rooms or pages of the draft, one a button."""
    every: Sequence[Any] = getattr(draft.programme, PARTS[of_kind]) if of_kind in LISTED else ()
    shown, page, pages = page_of(every, page, PAGE)
    return screen(
        "\n".join([t(f"change.list_{of_kind}") if shown else t("change.list_empty"), *last_step(t, draft)]),
        *([button(label(t, of_kind, one), Texts(kind=of_kind, code=one.code, field=""))] for one in shown),
        pager(page, pages, lambda to: TextsList(kind=of_kind, page=to)),
        *tail(t, draft, me, ""),
        [button(t.plain("menu.back"), TextsList(kind="", page=0))],
    )


def label(t: Translator, kind: str, record: Any) -> str:
    return shorten(t.say_plain(record.title if kind == "g" else record.name), WHOLE)


def fields(t: Translator, draft: Draft, about: About, me: int) -> Screen:
    """The texts of a record, each with the languages it is in."""
    keys = [
        button(
            shorten(f"{field_name(t, one)}: {languages(t, text_of(draft.programme, one))}", WHOLE),
            Texts(kind=one.kind, code=one.code, field=one.letter),
        )
        for one in (replace(about, letter=letter) for letter in FIELDS[about.kind])
    ]
    return screen(
        f"✏️ <b>{record_name(t, draft, about)}</b>\n\n{t('change.fields_how')}",
        *([one] for one in keys),
        *as_a_whole(t, draft, about),
        *tail(t, draft, me, about.code if about.kind == "s" else ""),
        [up(t, about)],
    )


def as_a_whole(t: Translator, draft: Draft, about: About) -> list[Row]:
    """What else can be done with a person or a room: another in all their sessions, and out of the programme."""
    if about.kind not in REMOVABLE:
        return []
    instead: Row = []
    if about.kind == "p" and draft.programme.of_speaker(about.code):
        instead.append(button(t.plain("change.everywhere"), ReplaceEverywhere(speaker=about.code)))
    return [instead, [button(t.plain("change.remove"), SeeRemoval(kind=about.kind, code=about.code, page=0))]]


def languages(t: Translator, text: Text) -> str:
    return ", ".join(LANGUAGE_NAMES[one] if one else t.plain("change.for_all") for one, _ in text.variants) or "—"


def up(t: Translator, about: About) -> Button:
    if about.kind == "s":
        return button(t.plain("menu.back"), ChangeSession(session=about.code, part="", page=0))
    return button(t.plain("menu.back"), TextsList(kind="" if about.kind == FORUM else about.kind, page=0))


def field(t: Translator, draft: Draft, about: About, me: int) -> Screen:
    """A text as it stands in every language, to be written again in one of them."""
    text = text_of(draft.programme, about)
    own = dict(text.variants)
    behind = left_behind(draft.published, draft.programme, about)
    write = [
        button(
            ("✏️ " if one in own else "➕ ") + (LANGUAGE_NAMES[one] if one else t.plain("change.for_all")),
            TypeText(kind=about.kind, code=about.code, field=about.letter, language=one),
        )
        for one in (*LANGUAGES, EVERYBODY)
    ]
    return screen(
        "\n".join(
            [
                f"✏️ <b>{field_name(t, about)}</b> · {record_name(t, draft, about)}",
                *(variant(t, draft.published, about, one, words) for one, words in text.variants),
                *(["", t("change.for_all_how")] if EVERYBODY in own else []),
                *(["", t("change.behind", languages=read_in(text, behind))] if behind else []),
            ]
        ),
        *([go_on(t, about, one)] for one in behind),
        *side_by_side(write),
        drop_row(t, draft, about, text),
        *tail(t, draft, me, about.code if about.kind == "s" else ""),
        [button(t.plain("menu.back"), Texts(kind=about.kind, code=about.code, field=""))],
    )


def go_on(t: Translator, about: About, language: str) -> Button:
    """To a language in which the text was not changed with another."""
    data = TypeText(kind=about.kind, code=about.code, field=about.letter, language=language)
    return button(t.plain(f"languages.correct_{language}"), data)


def variant(t: Translator, published: Programme, about: About, language: str, words: str) -> Html:
    """What stands in a language; a sign says that it is not so in the published version."""
    name = LANGUAGE_NAMES[language] if language else t.plain("change.for_all")
    said = cut(words if field_of(about).markup else escape(words), SHOWN)
    sign = "" if dict(before(published, about).variants).get(language) == words else "📝 "
    return Html(f"\n{sign}<b>{escape(name)}</b>\n{said}")


def before(published: Programme, about: About) -> Text:
    try:
        return text_of(published, about)
    except Stale:
        return Text()


def drop_row(t: Translator, draft: Draft, about: About, text: Text) -> Row:
    """Remove a language; the last one of a title or a name stays."""
    if field_of(about).required and len(text.variants) < 2:
        return []
    stamp = stamp_of(draft.revision)
    return [
        button(
            f"🗑 {LANGUAGE_NAMES[one] if one else t.plain('change.for_all')}",
            DropText(kind=about.kind, code=about.code, field=about.letter, language=one, stamp=stamp),
        )
        for one, _ in text.variants
    ]


def form(t: Translator, draft: Draft, about: About, language: str) -> Screen:
    """Ask for the words; what stands there can be copied with one tap."""
    own = dict(text_of(draft.programme, about).variants).get(language, "")
    markup = field_of(about).markup
    name = LANGUAGE_NAMES[language] if language else t.plain("change.for_all")
    said = ""
    if own:
        said = f"\n\n{cut(own, 3000)}" if markup else f"\n\n<code>{cut(escape(own), SHOWN)}</code>"
    ask = "change.type_markup" if markup else "change.type_words" if own else "change.type_new"
    asked = t(ask, field=field_name(t, about), language=name)
    return screen(
        f"{asked}{said}", [button(t.plain("form.cancel"), Texts(kind=about.kind, code=about.code, field=about.letter))]
    )
