"""What typed words lead to: what a search found, what may be done with them, what is on at a time, a short answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.programme.estimates import Runs, ends, is_on, starts
from bot.programme.model import Page, Programme, Room, Session, Speaker
from bot.programme.search import Findings, Thing
from bot.programme.typed.understood import LINK, AtTime
from bot.texts import Translator
from bot.views.agenda.agenda import date_and_place, day_key, tabs
from bot.views.agenda.buttons import AddToRating, DayPage, Found, RoomCard, SessionCard, SpeakerCard
from bot.views.agenda.lists import STAR
from bot.views.agenda.sessions import back_to_search
from bot.views.buttons import Button, Go, button
from bot.views.labels import WHOLE, distinguish, timed
from bot.views.pager import pager
from bot.views.people.buttons import InfoPage
from bot.views.questions.buttons import AskThis
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import begin, exactly, expected_times

PAGE, PAGE_BELOW_OFFERS = 4, 3  # things: with the offers and the last row never more than eight rows
ASKED, ASKED_BELOW_RATING = 3, 2  # sessions: fewer when the words may also go to a rating
AT_ONCE, NEXT = 4, 2  # sessions that are on at a time, and that come next
QUERY_MAX, TITLE_MAX, OFFICE_MAX = 60, 100, 60
SIGN = "🔍"
SPEAKER, ROOM, INFO = "👤", "📍", "ℹ️"


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody typed, what was found, and what else it may be: a question to one of these sessions, or words for
    the rating of that one."""

    query: str
    findings: Findings
    ask: Sequence[Session] = ()
    rate: Session | None = None

    @property
    def offers(self) -> bool:
        """Whether something may be done with the words themselves, for which the answer has to quote them."""
        return bool(self.ask) or self.rate is not None


def found(
    t: Translator,
    programme: Programme,
    runs: Runs,
    looked: Looked,
    *,
    page: int,
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """What a search brought, best first; above it what else may be done with the words.

    A search travels in the buttons while its words are short enough, so that its pages can be turned and come back to;
    a longer one has one page, which asks for more precise words.
    """
    things, size = looked.findings.things, PAGE_BELOW_OFFERS if looked.offers else PAGE
    codes = [thing.code for thing in things if isinstance(thing, Session)]
    travels = all(back_to_search(looked.query, len(things) // size, code) for code in codes or [""])
    shown, page, pages = page_of(things, page if travels else 0, size)
    back = back_to_search(looked.query, page, "") if travels else ""
    parts = [*head(t, looked), *(lines_of(t, programme, runs, one, starred=starred, now=now) for one in shown)]
    if len(things) > size and not travels:
        parts.append(t.n("agenda.more_found", len(things) - size))
    if looked.offers:
        hint = f"<i>{t('typed.rating_hint' if looked.rate else 'typed.ask_hint')}</i>"
        # A whole question is seldom found, and was not meant to be.
        parts = [*parts, hint] if things else [hint, *parts]
    return screen(
        "\n\n".join(parts),
        *offers(t, looked),
        *([key] for key in keys(t, programme, runs, shown, back=back, now=now)),
        pager(page, pages, lambda to: Found(query=back.split(".", 2)[2], page=to)) if travels else [],
        *([ways(t)] if things else tabs(t, "")),
    )


def head(t: Translator, looked: Looked) -> list[str]:
    """How it was understood, and whether anything was found."""
    query, instead = shorten(looked.query, QUERY_MAX), shorten(looked.findings.instead, QUERY_MAX)
    if not looked.findings.things:
        return [t("agenda.not_found", query=query)]
    if instead:
        return [f"{SIGN} {t('typed.instead', query=query, instead=instead)}"]
    return [f"{SIGN} <b>{t('agenda.found', query=query)}</b>"]


def offers(t: Translator, looked: Looked) -> list[Row]:
    """What may be done with the words: add them to the rating, ask them."""
    rows: list[Row] = []
    if looked.rate is not None:
        word = t.plain("typed.add_to_rating")
        title = shorten(t.say_plain(looked.rate.title), WHOLE - len(word) - 1)
        rows.append([button(f"{word} {title}", AddToRating(session=looked.rate.code))])
    asked = looked.ask[: ASKED_BELOW_RATING if looked.rate else ASKED]
    word = t.plain("typed.ask_this")
    titles = distinguish([t.say_plain(one.title) for one in asked], WHOLE - len(word) - 1)
    rows += [[button(f"{word} {title}", AskThis(session=one.code))] for one, title in zip(asked, titles, strict=True)]
    return rows


def ways(t: Translator) -> Row:
    """On from here, in one row."""
    return [button(t.plain("agenda.tab_days"), Go(where="days")), button(t.plain("agenda.tab_now"), Go(where="now"))]


def keys(
    t: Translator, programme: Programme, runs: Runs, things: Sequence[Thing], *, back: str, now: dt.datetime
) -> list[Button]:
    """A button for each, with its title."""
    sessions = [one for one in things if isinstance(one, Session)]
    labels = dict(zip(sessions, timed(t, sessions, begin(t, programme, runs, sessions, now)), strict=True))
    return [key(t, one, labels.get(one, "") if isinstance(one, Session) else "", back) for one in things]


def key(t: Translator, thing: Thing, label: str, back: str) -> Button:
    match thing:
        case Session():
            return button(label, SessionCard(session=thing.code, back=back))
        case Speaker():
            return button(titled(SPEAKER, t.say_plain(thing.name)), SpeakerCard(speaker=thing.code, page=0))
        case Room():
            return button(titled(ROOM, t.say_plain(thing.name)), RoomCard(room=thing.code))
        case Page():
            return button(titled(INFO, t.say_plain(thing.title)), InfoPage(page=thing.code))


def titled(sign: str, name: str) -> str:
    return f"{sign} {shorten(name, WHOLE - len(sign) - 1)}"


def lines_of(
    t: Translator, programme: Programme, runs: Runs, thing: Thing, *, starred: frozenset[str], now: dt.datetime
) -> str:
    match thing:
        case Session():
            return session_lines(t, programme, runs, thing, starred=starred, now=now)
        case Speaker():
            office = f" · <i>{cut(t.say(thing.office), OFFICE_MAX)}</i>" if thing.office else ""
            coming = next_of(programme, runs, thing, now)
            own = f"\n{session_lines(t, programme, runs, coming, starred=starred, now=now)}" if coming else ""
            return f"{SPEAKER} <b>{cut(t.say(thing.name), TITLE_MAX)}</b>{office}{own}"
        case Room():
            hint = f" · <i>{cut(t.say(thing.hint), OFFICE_MAX)}</i>" if thing.hint else ""
            return f"{ROOM} <b>{cut(t.say(thing.name), TITLE_MAX)}</b>{hint}"
        case Page():
            return f"{INFO} <b>{cut(t.say(thing.title), TITLE_MAX)}</b>"


def session_lines(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, starred: frozenset[str], now: dt.datetime
) -> str:
    """Its time and title, and below them its day and room."""
    marks = ("🔴 " if is_on(programme, runs, session, now) else "") + (f"{STAR} " if session.code in starred else "")
    title = cut(t.say(session.title), TITLE_MAX)
    if session.cancelled:
        title = cut(f"<s>{title}</s> {t('agenda.cancelled_mark')}", 2 * TITLE_MAX)
    where = date_and_place(t, programme, session)
    return f"<b>{expected_times(t, programme, runs, session, now)}</b> {marks}{title}\n     {where}"


def next_of(programme: Programme, runs: Runs, speaker: Speaker, now: dt.datetime) -> Session | None:
    """The session at which they speak now or next; when all are over, the last one."""
    held = [one for one in programme.of_speaker(speaker.code) if not one.cancelled]
    coming = [one for one in held if ends(programme, runs, one) > now]
    return next(iter(coming or held[-1:]), None)


def at_time(
    t: Translator,
    programme: Programme,
    runs: Runs,
    asked: AtTime,
    *,
    current: Sequence[Session],
    coming: Sequence[Session],
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """What is on at that moment, and what comes next."""
    on, soon = current[:AT_ONCE], coming[:NEXT]
    parts = [f"🕒 <b>{t.date(asked.moment)}, {t.time(asked.moment)}</b>"]
    parts += [session_lines(t, programme, runs, one, starred=starred, now=now) for one in on]
    if len(current) > len(on):
        parts.append(t.n("agenda.more_now", len(current) - len(on)))
    if not on:
        parts.append(t("typed.nothing_then"))
    if soon:
        begins = starts(programme, runs, soon[0])
        parts.append(f"<b>{t('agenda.next', when=exactly(t, begins, asked.moment))}</b>")
        parts += [session_lines(t, programme, runs, one, starred=starred, now=now) for one in soon]
    if len(coming) > len(soon):
        parts.append(t.n("agenda.more_now", len(coming) - len(soon)))
    day = DayPage(day=day_key(asked.moment.date()), page=0)
    return screen(
        "\n\n".join(parts),
        *([one] for one in keys(t, programme, runs, (*on, *soon), back="", now=now)),
        [button(t.short_date(asked.moment), day)] if programme.day(asked.moment.date()) else [],
        ways(t),
    )


def no_such_day(t: Translator, date: dt.date, nearest: Screen) -> Screen:
    """The nearest day of the forum, in the place of one on which nothing is planned."""
    return replace(nearest, text=screen(f"{t('typed.no_day', date=t.date(date))}\n\n{nearest.text}").text)


def courtesy(t: Translator, kind: str, looked: Looked) -> Screen:
    """A short answer, and the ways on from there."""
    return screen(t(f"typed.{kind}"), *offers(t, looked), *all_ways(t))


def unreadable(t: Translator, kind: str) -> Screen:
    """To a message without words."""
    return screen(t("typed.only_link" if kind == LINK else "typed.only_signs"), *all_ways(t))


def all_ways(t: Translator) -> list[Row]:
    return [[button(t.plain("questions.ask"), Go(where="ask"))], *tabs(t, "")]
