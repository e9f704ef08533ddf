"""Warnings about a changed programme, in people's words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.concerns import OUTSIDE_DAY, TWO_PLACES, Concern
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.screen import cut
from bot.views.times import times

SHOWN = 5
NAME_MAX = 60


def concern_lines(t: Translator, programme: Programme, found: Sequence[Concern], shown: int = SHOWN) -> list[Html]:
    """A line for each warning, and how many more there are."""
    lines = [Html(f"⚠️ {concern(t, programme, one)}") for one in found[:shown]]
    if len(found) > shown:
        lines.append(Html(f"⚠️ {t.n('concern.more', len(found) - shown)}"))
    return lines


def concern(t: Translator, programme: Programme, one: Concern) -> Html:
    """One warning; `programme` is the one it was found in."""
    fields = {"one": timed_title(t, programme, one.session)}
    if one.other:
        fields["other"] = timed_title(t, programme, one.other)
    if one.subject:
        record = programme.speaker(one.subject) if one.kind == TWO_PLACES else programme.room(one.subject)
        fields["subject"] = name(t.say_plain(record.name) if record else one.subject)
    if one.kind == OUTSIDE_DAY:
        session = programme.session(one.session)
        fields["day"] = escape(t.short_date(session.day) if session else "")
    return t(f"concern.{one.kind}", **fields)


def timed_title(t: Translator, programme: Programme, code: str) -> Html:
    session = programme.session(code)
    if session is None:
        return escape(code)
    return Html(f"{times(t, session)} {quoted(t, name(t.say_plain(session.title)))}")


def quoted(t: Translator, words: Html) -> Html:
    """In quotation marks, when none stand in it already."""
    return words if any(mark in words for mark in "«“„") else t("change.quoted", words=words)


def name(words: str) -> Html:
    return cut(escape(words), NAME_MAX)
