"""An edit of a message whose words are published: the form for the next change."""

from __future__ import annotations

from bot.programme.texts import About
from bot.texts import LANGUAGE_NAMES, Translator
from bot.views.buttons import button
from bot.views.publishing.buttons import TypeChange, TypeText
from bot.views.publishing.steps import field_name
from bot.views.screen import Screen, screen


def text_published(t: Translator, about: About, language: str) -> Screen:
    name = LANGUAGE_NAMES[language] if language else t.plain("change.for_all")
    data = TypeText(kind=about.kind, code=about.code, field=about.letter, language=language)
    return screen(t("edited.published"), [button(f"✏️ {field_name(t, about)}: {name}", data)])


def time_published(t: Translator, session: str, asked: str) -> Screen:
    label = t.plain("change.length" if asked == "length" else "change.to_time")
    return screen(t("edited.published"), [button(label, TypeChange(session=session, what=asked))])
