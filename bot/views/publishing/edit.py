"""Changing the programme by thumb: choosing a session, and its screen in the draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.publishing.drafts import Draft
from bot.programme.concerns import Concern, fresh, standing
from bot.programme.model import KINDS, Programme, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.agenda import day_key
from bot.views.agenda.buttons import SessionCard
from bot.views.agenda.sessions import speakers_of
from bot.views.buttons import Button, Go, button
from bot.views.labels import WHOLE, side_by_side, timed
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    AddSession,
    AskPublish,
    ChangeDay,
    ChangeSession,
    HallsOfDay,
    SetCancelled,
    SetKind,
    TakeBackChange,
    Texts,
    TextsList,
    stamp_of,
)
from bot.views.publishing.concerns import concern_lines
from bot.views.publishing.more_buttons import ChangeMore
from bot.views.publishing.steps import step
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import times

PAGE = 4  # sessions of a day, beside the ways to all else
FOUND_MOST = 7
TITLE_MAX = 300
NAME_MAX = 80
PEOPLE_SHOWN = 8
OLDER_SHOWN = 2  # warnings that the published version has as well
DRAFT_SIGN = "📝"


def day(t: Translator, draft: Draft, date: dt.date, page: int, me: int) -> Screen:
    """A day's sessions as the draft has them, a button for each; a typed word is searched for."""
    shown, page, pages = page_of(draft.programme.of_day(date), page, PAGE)
    heading = f"✏️ <b>{t('change.title')}</b> · {t.date(date)}"
    return screen(
        "\n".join([heading, "", t("change.choose_how") if shown else t("change.no_sessions")]),
        *session_rows(t, shown, draft),
        pager(page, pages, lambda to: ChangeDay(day=day_key(date), page=to)),
        days_row(t, draft.programme, date),
        *tail(t, draft, me, ""),
        [
            button(t.plain("menu.back"), Go(where="programme")),
            button(t.plain("change.more"), ChangeMore(day=day_key(date))),
        ],
    )


def more(t: Translator, draft: Draft, date: dt.date) -> Screen:
    """What is changed besides the sessions of a day, or of all of them at once."""
    heading = f"✏️ <b>{t('change.title')}</b> · {t.date(date)}"
    return screen(
        heading,
        [button(t.plain("change.add"), AddSession(day=day_key(date)))],
        [button(t.plain("change.halls"), HallsOfDay(day=day_key(date), room="", page=0))]
        if draft.programme.of_day(date)
        else [],
        [button(t.plain("change.texts"), TextsList(kind="", page=0))],
        [button(t.plain("menu.back"), ChangeDay(day=day_key(date), page=0))],
    )


def no_days(t: Translator) -> Screen:
    """Of a programme that has no day yet: it comes from a file."""
    return screen(t("change.no_days"), [button(t.plain("menu.back"), Go(where="programme"))])


def session_rows(t: Translator, sessions: Sequence[Session], draft: Draft) -> list[Row]:
    """The sessions as buttons, with a sign on those that the draft changes."""
    several_days = len({one.day for one in sessions}) > 1
    rows: list[Row] = []
    for one, label in zip(sessions, timed(t, sessions), strict=True):
        sign = "❌ " if one.cancelled else f"{DRAFT_SIGN} " if draft.published.session(one.code) != one else ""
        date = f"{one.day:%d.%m} " if several_days else ""
        rows.append([button(shorten(f"{sign}{date}{label}", WHOLE), ChangeSession(session=one.code, part="", page=0))])
    return rows


def days_row(t: Translator, programme: Programme, date: dt.date) -> Row:
    """To the days before and after."""
    before = [one.date for one in programme.days if one.date < date][-1:]
    after = [one.date for one in programme.days if one.date > date][:1]
    return [
        *(button(f"‹ {t.short_date(one)}", ChangeDay(day=day_key(one), page=0)) for one in before),
        *(button(f"{t.short_date(one)} ›", ChangeDay(day=day_key(one), page=0)) for one in after),
    ]


def found(t: Translator, draft: Draft, query: str, sessions: Sequence[Session]) -> Screen:
    """What a typed word found; another can be typed at once."""
    shown = sessions[:FOUND_MOST]
    return screen(
        t("change.found" if shown else "change.found_none", query=cut(escape(query), NAME_MAX)),
        *session_rows(t, shown, draft),
        [button(t.plain("menu.back"), Go(where="change"))],
    )


def session(t: Translator, draft: Draft, session: Session, now: dt.datetime, me: int) -> Screen:
    """A session in the draft, with what was published struck out beside it, warnings, and what can be changed."""
    code = session.code
    return screen(
        "\n".join([*facts(t, draft, session), *warning_lines(t, draft, session, now), *last_step(t, draft)]),
        [part(t, session, "time"), part(t, session, "room")],
        [part(t, session, "swap", page_of_session(draft, session)), part(t, session, "people")],
        [
            button(t.plain("change.wording"), Texts(kind="s", code=code, field="")),
            part(t, session, "kind"),
        ],
        [cancel_button(t, draft, session)],
        *tail(t, draft, me, code),
        [
            button(t.plain("menu.back"), ChangeDay(day=day_key(session.day), page=page_of_session(draft, session))),
            *published_card(t, draft, code),
        ],
    )


def part(t: Translator, session: Session, name: str, page: int = 0) -> Button:
    return button(t.plain(f"change.part_{name}"), ChangeSession(session=session.code, part=name, page=page))


def published_card(t: Translator, draft: Draft, code: str) -> Row:
    """The way to the card that everybody has, of what everybody has."""
    if draft.published.session(code) is None:
        return []
    return [button(t.plain("change.card"), SessionCard(session=code, back=""))]


def cancel_button(t: Translator, draft: Draft, session: Session) -> Button:
    word = "change.uncancel" if session.cancelled else "change.cancel"
    wanted = int(not session.cancelled)
    data = SetCancelled(session=session.code, wanted=wanted, stamp=stamp_of(draft.revision))
    return button(t.plain(word), data)


def page_of_session(draft: Draft, session: Session) -> int:
    """The page of its day's list that it stands on."""
    codes = [one.code for one in draft.programme.of_day(session.day)]
    return codes.index(session.code) // PAGE if session.code in codes else 0


def kinds(t: Translator, draft: Draft, session: Session) -> Screen:
    """What kind of session it is: a break takes no questions and reminds nobody."""
    stamp = stamp_of(draft.revision)
    keys = [
        button(
            ("✅ " if one == session.kind else "") + t.plain(f"change.kind_{one}"),
            SetKind(session=session.code, kind=one, stamp=stamp),
        )
        for one in KINDS
    ]
    return screen(
        f"{heading(t, session)}\n\n{t('change.kind_how')}", *side_by_side(keys), [back_to_session(t, session.code)]
    )


def heading(t: Translator, session: Session) -> str:
    return f"✏️ <b>{cut(t.say(session.title), TITLE_MAX)}</b>"


def facts(t: Translator, draft: Draft, session: Session) -> list[str]:
    """The session as the draft has it, a line for each fact."""
    before = draft.published.session(session.code)
    lines = [heading(t, session)]
    if session.cancelled:
        lines.append(f"❌ <b>{t('agenda.cancelled')}</b>")
    elif before is not None and before.cancelled:
        lines.append(f"✅ {t('change.uncancelled')}")
    lines.append(time_line(t, draft, session))
    lines.append(room_line(t, draft, session))
    lines += people_lines(t, draft, session)
    if before is None:
        lines.append(f"➕ <i>{t('change.is_new')}</i>")
    return lines


def time_line(t: Translator, draft: Draft, session: Session) -> str:
    line = f"🕒 {t.short_date(session.start)}, {times(t, session)}"
    before = draft.published.session(session.code)
    if before is None or (before.start, before.end) == (session.start, session.end):
        return line
    old_day = "" if before.day == session.day else f"{t.short_date(before.start)}, "
    return f"{line} <s>{old_day}{times(t, before)}</s>"


def room_line(t: Translator, draft: Draft, session: Session) -> str:
    line = f"📍 {room_name(t, draft.programme, session.room)}"
    before = draft.published.session(session.code)
    if before is None or before.room == session.room:
        return line
    return f"{line} <s>{room_name(t, draft.published, before.room)}</s>"


def room_name(t: Translator, programme: Programme, code: str | None) -> Html:
    room = programme.room(code) if code else None
    return cut(t.say(room.name), NAME_MAX) if room else t("change.no_room")


def people_lines(t: Translator, draft: Draft, session: Session) -> list[str]:
    before = draft.published.session(session.code)
    lines = []
    for sign, field in (("👤", "speakers"), ("🧭", "moderators")):
        codes: tuple[str, ...] = getattr(session, field)
        gone = [one for one in getattr(before, field) if one not in codes] if before else []
        names = [
            *(str(cut(t.say(one.name), NAME_MAX)) for one in speakers_of(draft.programme, codes)),
            *(f"<s>{cut(t.say(one.name), NAME_MAX)}</s>" for one in speakers_of(draft.published, gone)),
        ]
        more = f" +{len(names) - PEOPLE_SHOWN}" if len(names) > PEOPLE_SHOWN else ""
        if names:
            lines.append(f"{sign} {', '.join(names[:PEOPLE_SHOWN])}{more}")
    return lines


def warning_lines(t: Translator, draft: Draft, session: Session, now: dt.datetime) -> list[str]:
    """What the draft brings about, this session's first; then in short those that the published version has as well."""
    new = fresh(draft.published, draft.programme, now)
    own = sorted(new, key=lambda one: not one.names(session.code))
    marks = {one.mark for one in new}
    older: list[Concern] = [one for one in standing(draft.programme, session) if one.mark not in marks]
    lines = [*concern_lines(t, draft.programme, own)]
    if older:
        lines += [t("change.as_published"), *concern_lines(t, draft.programme, older, OLDER_SHOWN)]
    return ["", *lines] if lines else []


def last_step(t: Translator, draft: Draft) -> list[str]:
    if not draft.steps:
        return []
    return ["", f"{DRAFT_SIGN} <i>{t('change.last_step', step=step(t, draft, draft.steps[-1]))}</i>"]


def tail(t: Translator, draft: Draft, me: int, code: str) -> list[Row]:
    """Take back what was just done, if it was the person's own; and go on to publishing, in one tap where nothing else
    waits in the draft. One row: these screens are full."""
    if not draft.steps:
        return []
    last = draft.steps[-1]
    row: Row = []
    if last.made_by == me:
        data = TakeBackChange(session=code, number=last.number, stamp=stamp_of(draft.revision))
        row.append(button(t.plain("change.take_back"), data))
    if len(draft.steps) == 1 and last.made_by == me and draft.changes:
        row.append(button(t.plain("draft.publish"), AskPublish(revision=draft.revision)))
    else:
        row.append(button(t.plain("change.draft", count=len(draft.steps)), Go(where="draft")))
    return [row]


def back_to_session(t: Translator, code: str) -> Button:
    return button(t.plain("menu.back"), ChangeSession(session=code, part="", page=0))
