"""A step of the programme's draft in people's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bot.actions.publishing.drafts import Draft
from bot.programme.model import Programme, Session, Text
from bot.programme.texts import FORUM, About, field_of
from bot.texts import (
    LANGUAGE_NAMES,
    Html,
    Translator,
    escape,
)
from bot.views.publishing.concerns import quoted
from bot.views.screen import cut
from storage.drafts import Step

TITLE_MAX = 80

Words = Callable[[Translator, Draft, Step], Html]


def step(t: Translator, draft: Draft, one: Step) -> Html:
    """One line; of a step that this version of the bot does not know, only that there was one."""
    words = WORDS.get(one.what)
    return words(t, draft, one) if words else t("step.other")


def shifted(t: Translator, draft: Draft, one: Step) -> Html:
    minutes = t.plain("step.minutes", minutes=f"{one.detail['minutes']:+d}".replace("-", "−"))
    count = len({change[1] for change in one.changes if change[0] == "sessions"})
    if count < 2:
        return t("step.shift", minutes=minutes, session=title(t, draft, one))
    return t("step.shift_more", minutes=minutes, session=title(t, draft, one), sessions=t.n("step.sessions", count))


def moved(t: Translator, draft: Draft, one: Step) -> Html:
    start = dt.datetime.fromisoformat(one.detail["start"])
    return t("step.move", session=title(t, draft, one), at=f"{t.short_date(start)}, {t.time(start)}")


def lengthened(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.length", session=title(t, draft, one), minutes=one.detail["minutes"])


def in_room(t: Translator, draft: Draft, one: Step) -> Html:
    if not one.detail["room"]:
        return t("step.no_room", session=title(t, draft, one))
    return t("step.room", session=title(t, draft, one), room=named(t, draft, "rooms", one.detail["room"]))


def swapped(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.swap", one=title(t, draft, one), other=session_title(t, draft, one.detail["other"]))


def with_person(key: str) -> Words:
    def words(t: Translator, draft: Draft, one: Step) -> Html:
        return t(key, session=title(t, draft, one), person=named(t, draft, "speakers", one.detail["person"]))

    return words


def replaced(t: Translator, draft: Draft, one: Step) -> Html:
    old, new = (named(t, draft, "speakers", one.detail[which]) for which in ("old", "person"))
    return t("step.person_replaced", session=title(t, draft, one), old=old, person=new)


def replaced_everywhere(t: Translator, draft: Draft, one: Step) -> Html:
    old, new = (named(t, draft, "speakers", one.detail[which]) for which in ("old", "person"))
    return t("step.person_everywhere", old=old, person=new, sessions=sessions_changed(t, one))


def removed(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.removed", what=record_name(t, draft, About(one.detail["kind"], one.detail["code"])))


def halls_swapped(t: Translator, draft: Draft, one: Step) -> Html:
    day = t.short_date(dt.date.fromisoformat(one.detail["day"]))
    rooms = {which: named(t, draft, "rooms", one.detail[which]) for which in ("one", "other")}
    return t("step.halls", day=day, **rooms, sessions=sessions_changed(t, one))


def sessions_changed(t: Translator, one: Step) -> Html:
    return t.n("step.sessions", len({change[1] for change in one.changes if change[0] == "sessions"}))


def of_session(key: str) -> Words:
    return lambda t, draft, one: t(key, session=title(t, draft, one))


def reworded(t: Translator, draft: Draft, one: Step) -> Html:
    about, language = About(one.detail["kind"], one.detail["code"], one.detail["field"]), one.detail["language"]
    return t(
        "step.text",
        field=field_name(t, about),
        what=record_name(t, draft, about),
        language=LANGUAGE_NAMES[language] if language else t.plain("change.for_all"),
    )


def read_from_file(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.import", file=cut_name(str(one.detail.get("file", ""))))


def brought_back(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.restore", version=one.detail.get("version", "?"))


def photographed(key: str) -> Words:
    return lambda t, draft, one: t(key, person=named(t, draft, "speakers", str(one.detail["speaker"])))


def watched(t: Translator, draft: Draft, one: Step) -> Html:
    return t("step.watched", host=cut_name(str(one.detail["host"])))


WORDS: dict[str, Words] = {
    "photo": photographed("step.photo"),
    "photo_off": photographed("step.photo_off"),
    "watched": watched,
    "shift": shifted,
    "move": moved,
    "length": lengthened,
    "room": in_room,
    "swap": swapped,
    "person_in": with_person("step.person_in"),
    "person_out": with_person("step.person_out"),
    "person_replaced": replaced,
    "person_everywhere": replaced_everywhere,
    "removed": removed,
    "halls": halls_swapped,
    "cancel": of_session("step.cancel"),
    "uncancel": of_session("step.uncancel"),
    "kind": of_session("step.kind"),
    "added": of_session("step.added"),
    "text": reworded,
    "import": read_from_file,
    "restore": brought_back,
}


def field_name(t: Translator, about: About) -> str:
    """What a field is called; a person's name is another word than a room's in Kazakh and Russian."""
    name = field_of(about).name
    return t.plain(f"change.field_{'person' if (about.kind, name) == ('p', 'name') else name}")


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


def title(t: Translator, draft: Draft, one: Step) -> Html:
    return session_title(t, draft, str(one.detail["session"]))


def session_title(t: Translator, draft: Draft, code: str) -> Html:
    """The title as the draft has it, else as it was published; of what a later step took away again, the code."""
    session: Session | None = draft.programme.session(code) or draft.published.session(code)
    return quoted(t, cut_name(t.say_plain(session.title) if session else code))


def named(t: Translator, draft: Draft, part: str, code: str) -> Html:
    """A room's or a person's name, likewise."""
    name = name_in(draft.programme, part, code) or name_in(draft.published, part, code)
    return cut_name(t.say_plain(name) if name else code)


def name_in(programme: Programme, part: str, code: str) -> Text | None:
    record = programme.room(code) if part == "rooms" else programme.speaker(code)
    return record.name if record else None


def cut_name(words: str) -> Html:
    return cut(escape(words), TITLE_MAX)
