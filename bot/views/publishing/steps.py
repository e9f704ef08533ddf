"""A step of the programme's draft in people's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from bot.actions.publishing.drafts import Draft
from bot.programme import edits
from bot.programme.edits import Edit
from bot.programme.model import Programme, Session, Text
from bot.programme.texts import FORUM, About, changed_in_part, field_of, text_of
from bot.texts import (
    LANGUAGE_NAMES,
    LANGUAGES,
    Html,
    Translator,
    escape,
)
from bot.views.publishing.concerns import quoted
from bot.views.screen import cut
from storage.drafts import Step

TITLE_MAX = 80
BEHIND_SHOWN = 5

E = TypeVar("E", bound=Edit)
Words = Callable[[Translator, Draft, E, int], Html]  # of an edit that changed so many sessions


class OfSession(Protocol):
    @property
    def session(self) -> str: ...


def step(t: Translator, draft: Draft, one: Step) -> Html:
    """One line; of a step that this version of the bot does not know, only that there was one."""
    edit = edits.read(one.what, one.detail)
    if edit is None:
        return t("step.other")
    return WORDS[type(edit)](t, draft, edit, len({change[1] for change in one.changes if change[0] == "sessions"}))


def shifted(t: Translator, draft: Draft, edit: edits.Shift, count: int) -> Html:
    minutes = t.plain("step.minutes", minutes=f"{edit.minutes:+d}".replace("-", "−"))
    session = session_title(t, draft, edit.session)
    if count < 2:
        return t("step.shift", minutes=minutes, session=session)
    return t("step.shift_more", minutes=minutes, session=session, sessions=t.n("step.sessions", count))


def moved(t: Translator, draft: Draft, edit: edits.Move, _: int) -> Html:
    at = f"{t.short_date(edit.start)}, {t.time(edit.start)}"
    return t("step.move", session=session_title(t, draft, edit.session), at=at)


def lengthened(t: Translator, draft: Draft, edit: edits.Lengthen, _: int) -> Html:
    return t("step.length", session=session_title(t, draft, edit.session), minutes=edit.minutes)


def in_room(t: Translator, draft: Draft, edit: edits.ToRoom, _: int) -> Html:
    session = session_title(t, draft, edit.session)
    if not edit.room:
        return t("step.no_room", session=session)
    return t("step.room", session=session, room=named(t, draft, "rooms", edit.room))


def swapped(t: Translator, draft: Draft, edit: edits.Swap, _: int) -> Html:
    one, other = (session_title(t, draft, code) for code in (edit.session, edit.other))
    return t("step.swap", one=one, other=other)


def with_person(key: str) -> Words[edits.AddPerson | edits.DropPerson]:
    def words(t: Translator, draft: Draft, edit: edits.AddPerson | edits.DropPerson, _: int) -> Html:
        person = named(t, draft, "speakers", edit.person)
        return t(key, session=session_title(t, draft, edit.session), person=person)

    return words


def replaced(t: Translator, draft: Draft, edit: edits.ReplacePerson, _: int) -> Html:
    old, new = (named(t, draft, "speakers", code) for code in (edit.old, edit.person))
    return t("step.person_replaced", session=session_title(t, draft, edit.session), old=old, person=new)


def replaced_everywhere(t: Translator, draft: Draft, edit: edits.ReplaceEverywhere, count: int) -> Html:
    old, new = (named(t, draft, "speakers", code) for code in (edit.old, edit.person))
    return t("step.person_everywhere", old=old, person=new, sessions=t.n("step.sessions", count))


def removed(t: Translator, draft: Draft, edit: edits.Remove, _: int) -> Html:
    return t("step.removed", what=record_name(t, draft, About(edit.kind, edit.code)))


def rooms_swapped(t: Translator, draft: Draft, edit: edits.SwapRooms, count: int) -> Html:
    one, other = (named(t, draft, "rooms", code) for code in (edit.one, edit.other))
    return t("step.halls", day=t.short_date(edit.day), one=one, other=other, sessions=t.n("step.sessions", count))


def of_session(key: str) -> Callable[[Translator, Draft, OfSession, int], Html]:
    return lambda t, draft, edit, _: t(key, session=session_title(t, draft, edit.session))


def reworded(t: Translator, draft: Draft, edit: edits.Reword, _: int) -> Html:
    return t(
        "step.text",
        field=field_name(t, edit.about),
        what=record_name(t, draft, edit.about),
        language=LANGUAGE_NAMES[edit.language] if edit.language else t.plain("change.for_all"),
    )


def read_from_file(t: Translator, draft: Draft, edit: edits.Import, _: int) -> Html:
    return t("step.import", file=cut_name(edit.file))


def brought_back(t: Translator, draft: Draft, edit: edits.Restore, _: int) -> Html:
    return t("step.restore", version="?" if edit.version is None else edit.version)


def photographed(key: str) -> Words[edits.Photo | edits.DropPhoto]:
    return lambda t, draft, edit, _: t(key, person=named(t, draft, "speakers", edit.speaker))


def watched(t: Translator, draft: Draft, edit: edits.Watched, _: int) -> Html:
    return t("step.watched", host=cut_name(edit.host))


def _said(kind: type[E], words: Words[E]) -> tuple[type[Edit], Words[Any]]:
    """A line of the table, whose halves mypy compares here."""
    return kind, words


WORDS = dict(
    (
        _said(edits.Shift, shifted),
        _said(edits.Move, moved),
        _said(edits.Lengthen, lengthened),
        _said(edits.Swap, swapped),
        _said(edits.ToRoom, in_room),
        _said(edits.SwapRooms, rooms_swapped),
        _said(edits.AddPerson, with_person("step.person_in")),
        _said(edits.DropPerson, with_person("step.person_out")),
        _said(edits.ReplacePerson, replaced),
        _said(edits.ReplaceEverywhere, replaced_everywhere),
        _said(edits.Photo, photographed("step.photo")),
        _said(edits.DropPhoto, photographed("step.photo_off")),
        _said(edits.Cancel, of_session("step.cancel")),
        _said(edits.Uncancel, of_session("step.uncancel")),
        _said(edits.SetKind, of_session("step.kind")),
        _said(edits.AddSession, of_session("step.added")),
        _said(edits.Reword, reworded),
        _said(edits.Remove, removed),
        _said(edits.Import, read_from_file),
        _said(edits.Restore, brought_back),
        _said(edits.Watched, watched),
    )
)


def field_name(t: Translator, about: About) -> str:
    """What a field is called; a person's name is another word than a room's in Kazakh and Russian."""
    name = field_of(about).name
    return t.plain(f"change.field_{'person' if (about.kind, name) == ('p', 'name') else name}")


def read_in(text: Text, languages: Sequence[str]) -> str:
    """Languages of a text, each with those others whose readers get it for want of their own."""
    names = []
    for language in languages:
        others = [LANGUAGE_NAMES[one] for one in LANGUAGES if one != language and text.language_said(one) == language]
        names.append(LANGUAGE_NAMES[language] + (f" (+ {', '.join(others)})" if others else ""))
    return ", ".join(names)


def behind_lines(t: Translator, draft: Draft) -> list[Html]:
    """A line for each text that the draft changes in one language and not in another."""
    found = list(changed_in_part(draft.published, draft.programme))
    lines = [
        t(
            "change.behind_of",
            field=field_name(t, about),
            name=record_name(t, draft, about),
            languages=read_in(text_of(draft.programme, about), languages),
        )
        for about, languages in found[:BEHIND_SHOWN]
    ]
    if len(found) > BEHIND_SHOWN:
        lines.append(Html(f"⚠️ {t.n('concern.more', len(found) - BEHIND_SHOWN)}"))
    return lines


def record_name(t: Translator, draft: Draft, about: About) -> Html:
    """The name of what a text is of."""
    kind, code = about.kind, about.code
    if kind == FORUM:
        return cut_name(t.say_plain(draft.programme.forum.title))
    if kind == "s":
        return session_title(t, draft, code)
    if kind == "g":
        page = draft.programme.page(code) or draft.published.page(code)
        return cut_name(t.say_plain(page.title) if page else code)
    return named(t, draft, "rooms" if kind == "r" else "speakers", code)


def session_title(t: Translator, draft: Draft, code: str) -> Html:
    """The title as the draft has it, else as it was published; of what a later step took away again, the code."""
    session: Session | None = draft.programme.session(code) or draft.published.session(code)
    return quoted(t, cut_name(t.say_plain(session.title) if session else code))


def named(t: Translator, draft: Draft, part: str, code: str) -> Html:
    """A room's or a person's name, found in the same way."""
    name = name_in(draft.programme, part, code) or name_in(draft.published, part, code)
    return cut_name(t.say_plain(name) if name else code)


def name_in(programme: Programme, part: str, code: str) -> Text | None:
    record = programme.room(code) if part == "rooms" else programme.speaker(code)
    return record.name if record else None


def cut_name(words: str) -> Html:
    return cut(escape(words), TITLE_MAX)
