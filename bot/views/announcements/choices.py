"""What an organizer chooses of an announcement: languages, audience, when, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.announcements import audience
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.wording import FOR_ALL, readers_of
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.texts import (
    LANGUAGE_NAMES,
    LANGUAGES,
    Html,
    Translator,
    escape,
)
from bot.views.announcements.buttons import (
    AnnounceAsk,
    AnnounceAudience,
    AnnounceDesk,
    AnnounceRun,
    AnnounceTime,
    AnnounceUntil,
    AnnounceVersion,
    AnnounceWith,
    NameVersion,
)
from bot.views.buttons import Button, button
from bot.views.labels import WHOLE, timed
from bot.views.names import delegation_names, known_delegation, marked, session_title
from bot.views.pager import pager
from bot.views.screen import Row, Screen, in_rows, page_of, screen, shorten
from bot.views.times import begin
from storage.announcement_parts import Part
from storage.announcements import DRAFT, Announcement
from storage.audiences import Condition

PAGE = 6
NAMED = 3  # choices of one kind that are named in words; the others are counted
NAME_MAX = 24  # characters of such a choice
MINUTES = (15, 30, 60)
HOURS = (1, 3, 24)
KINDS = {"l": "languages", "r": "roles", "d": "delegations", "s": "sessions", "p": audience.PRESENT}


def version_name(t: Translator, language: str) -> str:
    return LANGUAGE_NAMES.get(language) or t.plain("announcements.for_all")


def short_name(t: Translator, language: str) -> str:
    """The same, on a button beside others."""
    return LANGUAGE_NAMES.get(language) or t.plain("card.for_all")


def read_in(t: Translator, parts: Sequence[Part], language: str) -> str:
    """A version's name, with the other languages whose readers get it too for want of their own."""
    others = [LANGUAGE_NAMES[reader] for reader in readers_of(parts, language) if reader != language]
    name = version_name(t, language)
    return f"{name} (+ {', '.join(others)})" if others and language else name


def go_on(t: Translator, number: int, languages: Sequence[str], act: str) -> list[Row]:
    """On to each of these versions: to "write" it again, or to "correct" it."""
    return [
        [
            button(
                t.plain(f"languages.correct_{language or 'all'}"),
                AnnounceVersion(number=number, language=language, act=act),
            )
        ]
        for language in languages
    ]


def goes_out(t: Translator, programme: Programme, announcement: Announcement) -> Html:
    if announcement.send_with:
        session = programme.session(announcement.send_with)
        title = shorten(t.say_plain(session.title), 80) if session else announcement.send_with
        at = t.moment(int(session.start.timestamp())) if session else "—"
        return t("announcements.with_session", title=title, at=at)
    if announcement.send_at is not None:
        return escape(t.moment(announcement.send_at))
    return t("announcements.at_once")


def holds_until(t: Translator, announcement: Announcement) -> Html:
    if announcement.expires_at is None:
        return t("announcements.holds")
    return t("announcements.holds_until", at=t.moment(announcement.expires_at))


def audience_words(t: Translator, programme: Programme, condition: Condition) -> Html:
    """ "Everybody", or "Қазақша; delegation: Shymkent, Turkistan; moderators"."""
    if audience.everybody(condition):
        return t("audience.everybody")
    delegations = [known_delegation(t, programme, code) or "—" for code in condition.delegations]
    sessions = [session_title(t, programme, code) for code in condition.sessions]
    parts = [
        few([LANGUAGE_NAMES[code] for code in condition.languages]),
        few([t.plain(f"audience.role_{role}") for role in condition.roles]),
        few(delegations),
    ]
    if sessions:
        parts.append(t.plain("audience.starred", titles=few(sessions)))
    if condition.present is not None:
        parts.append(t.plain("audience.present" if condition.present else "audience.absent"))
    return escape("; ".join(part for part in parts if part))


def few(names: Sequence[str]) -> str:
    named = ", ".join(shorten(name, NAME_MAX) for name in names[:NAMED])
    return f"{named} +{len(names) - NAMED}" if len(names) > NAMED else named


def audience_screen(t: Translator, programme: Programme, facts: Facts) -> Screen:
    """Kinds are joined by "and", choices of one kind by "or"; every press shows the new count."""
    number, condition = facts.announcement.number, facts.condition

    def toggle(kind: str, value: str, label: str) -> Button:
        chosen = is_chosen(condition, kind, value)
        data = AnnounceAudience(number=number, kind=kind, value=value, wanted=int(not chosen), page=-1)
        return button(("● " if chosen else "") + label, data)

    def page(kind: str, key: str, chosen: int) -> Button:
        label = t.plain(key) + (f" ({chosen})" if chosen else "")
        return button(label, AnnounceAudience(number=number, kind=kind, value="", wanted=0, page=0))

    return screen(
        "\n".join([f"👥 {audience_words(t, programme, condition)}", "", *count_lines(t, facts), "", t("audience.how")]),
        [toggle("l", code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        *in_rows([toggle("r", role, t.plain(f"audience.role_{role}")) for role in audience.ROLES], 2),
        [toggle("p", "1", t.plain("audience.present")), toggle("p", "0", t.plain("audience.absent"))],
        [page("d", "audience.delegations", len(condition.delegations))],
        [page("s", "audience.sessions", len(condition.sessions))],
        [button(t.plain("audience.link"), AnnounceDesk(number=number, act="link"))],
        [
            back(t, number),
            button(
                t.plain("audience.all_again"), AnnounceAudience(number=number, kind="", value="", wanted=0, page=-1)
            ),
        ],
    )


def count_lines(t: Translator, facts: Facts) -> list[str]:
    reach, urgent = facts.reach, facts.announcement.urgent
    return [
        t.n("audience.gets", reach.gets(urgent)),
        *([t("announcements.muted", count=reach.muted)] if reach.muted and not urgent else []),
        *([t("announcements.out_of_reach", count=reach.blocked)] if reach.blocked else []),
    ]


def is_chosen(condition: Condition, kind: str, value: str) -> bool:
    if kind == "p":
        return condition.present is not None and condition.present == (value == "1")
    return value in getattr(condition, KINDS[kind])


def audience_delegations(t: Translator, programme: Programme, facts: Facts, page: int) -> Screen:
    return choices(t, programme, facts, kind="d", names=delegation_names(t, programme), page=page)


def audience_sessions(
    t: Translator, programme: Programme, runs: Runs, facts: Facts, *, page: int, now: dt.datetime
) -> Screen:
    """Those who starred one of the chosen sessions."""
    sessions = [one for one in (*programme.sessions, *programme.gone) if not one.is_break]
    shown, page, _ = page_of(sessions, page, PAGE)
    named = marked(t, programme, shown, begin(t, programme, runs, shown, now))
    labels = dict(zip((one.code for one in shown), named, strict=True))
    return choices(
        t, programme, facts, kind="s", names=[(one.code, labels.get(one.code, "")) for one in sessions], page=page
    )


def choices(
    t: Translator, programme: Programme, facts: Facts, *, kind: str, names: Sequence[tuple[str, str]], page: int
) -> Screen:
    number, condition = facts.announcement.number, facts.condition
    shown, page, pages = page_of(names, page, PAGE)

    def to(where: int) -> AnnounceAudience:
        return AnnounceAudience(number=number, kind=kind, value="", wanted=0, page=where)

    rows: list[Row] = []
    for code, name in shown:
        chosen = is_chosen(condition, kind, code)
        data = AnnounceAudience(number=number, kind=kind, value=code, wanted=int(not chosen), page=page)
        rows.append([button(("● " if chosen else "") + shorten(name, WHOLE), data)])
    up = AnnounceAudience(number=number, kind="l", value="", wanted=0, page=0)
    return screen(
        "\n".join([f"👥 {audience_words(t, programme, condition)}", "", *count_lines(t, facts)]),
        *rows,
        pager(page, pages, to),
        [button(t.plain("menu.back"), up)],
    )


def check_in(t: Translator, number: int, link: str) -> Screen:
    """The link for the entrance: on a slide, or as a QR code."""
    up = AnnounceAudience(number=number, kind="l", value="", wanted=0, page=0)
    return screen(t("audience.link_words", link=link), [button(t.plain("menu.back"), up)])


def when(t: Translator, programme: Programme, announcement: Announcement) -> Screen:
    number = announcement.number
    return screen(
        f"🕒 {goes_out(t, programme, announcement)}\n\n{t('announcements.when_how')}",
        [button(t.plain("announcements.at_once"), AnnounceTime(number=number, choice="now"))],
        [
            button(t.plain("announcements.in_minutes", count=minutes), AnnounceTime(number=number, choice=str(minutes)))
            for minutes in MINUTES
        ],
        [button(t.plain("announcements.type_time"), AnnounceTime(number=number, choice="typed"))],
        [button(t.plain("announcements.with"), AnnounceWith(number=number, purpose="w", session="", page=0))],
        [back(t, number)],
    )


def type_time(t: Translator, number: int) -> Screen:
    return screen(
        t("announcements.type_time_how"), [button(t.plain("form.cancel"), AnnounceTime(number=number, choice=""))]
    )


def until(t: Translator, announcement: Announcement) -> Screen:
    number = announcement.number
    return screen(
        f"🕒 {holds_until(t, announcement)}\n\n{t('announcements.until_how')}",
        [button(t.plain("announcements.holds"), AnnounceUntil(number=number, choice="never"))],
        [button(t.plain("announcements.today"), AnnounceUntil(number=number, choice="today"))],
        [
            button(t.plain("announcements.hours", count=hours), AnnounceUntil(number=number, choice=str(hours)))
            for hours in HOURS
        ],
        [button(t.plain("announcements.after"), AnnounceWith(number=number, purpose="x", session="", page=0))],
        [back(t, number)],
    )


def choose_session(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    number: int,
    purpose: str,
    page: int,
    now: dt.datetime,
) -> Screen:
    """One of the sessions to come, to go out with ("w") or to hold until the end of ("x")."""
    shown, page, pages = page_of(sessions, page, PAGE)
    labels = timed(t, shown, begin(t, programme, runs, shown, now))
    rows: list[Row] = [
        [button(label, AnnounceWith(number=number, purpose=purpose, session=one.code, page=page))]
        for one, label in zip(shown, labels, strict=True)
    ]
    up = AnnounceTime(number=number, choice="") if purpose == "w" else AnnounceUntil(number=number, choice="")
    days = sorted({one.day for one in shown})
    words = t("announcements.which_session") if shown else t("announcements.no_sessions")
    return screen(
        "\n".join([words, *(f"📅 {t.date(day)}" for day in days)]),
        *rows,
        pager(page, pages, lambda to: AnnounceWith(number=number, purpose=purpose, session="", page=to)),
        [button(t.plain("menu.back"), up)],
    )


def versions(t: Translator, number: int, languages: tuple[str, ...]) -> Screen:
    """One version for everybody, or one for each language; anyone without one of their own gets the nearest, with a
    mark."""

    def do(sign: str, language: str, act: str) -> Button:
        return button(f"{sign} {LANGUAGE_NAMES[language]}", AnnounceVersion(number=number, language=language, act=act))

    def drop(language: str) -> Button:
        return button(f"🗑 {LANGUAGE_NAMES[language]}", AnnounceAsk(number=number, act="version", language=language))

    def other(language: str, becomes: str) -> Button:
        name = LANGUAGE_NAMES[language]
        for_all = t.plain("announcements.not_said", name=name)
        word = for_all if becomes == FOR_ALL else f"{name} → {LANGUAGE_NAMES[becomes]}"
        return button(word, NameVersion(number=number, language=language, becomes=becomes))

    there = ", ".join(version_name(t, one) for one in languages) or "—"
    missing = [one for one in LANGUAGES if one not in languages]
    naming = [do("=", one, "name") for one in missing] if "" in languages else []
    lines = [f"🌐 {escape(there)}", "", t("announcements.languages_how")]
    if naming:
        lines.append(t("announcements.naming_how"))
    named = [one for one in languages if one]
    others = (*missing, *([] if FOR_ALL in languages else [FOR_ALL]))
    if named and others:
        lines.append(t("announcements.renaming_how"))
    return screen(
        "\n".join(lines),
        [do("✏️" if one in languages else "➕", one, "write") for one in LANGUAGES],
        naming,
        *(row for one in named for row in in_rows([other(one, to) for to in others], 2)),
        [drop(one) for one in languages if one] if len(languages) > 1 else [],
        [back(t, number)],
    )


def drop_sure(t: Translator, announcement: Announcement) -> Screen:
    """Before it goes out: whether to drop it, a draft or what is put forward or waits for its time."""
    number, draft = announcement.number, announcement.state == DRAFT
    yes = t.plain("announcements.drop_yes" if draft else "announcements.call_off_yes")
    return screen(
        t("announcements.drop_sure" if draft else "announcements.call_off_sure", number=number),
        [button(yes, AnnounceDesk(number=number, act="drop"), "danger")],
        [back(t, number)],
    )


def stop_sure(t: Translator, number: int) -> Screen:
    return screen(
        t("announcements.stop_sure", number=number),
        [button(t.plain("announcements.stop_yes"), AnnounceRun(number=number, act="stop"), "danger")],
        [back(t, number)],
    )


def drop_version_sure(t: Translator, number: int, language: str) -> Screen:
    drop = AnnounceVersion(number=number, language=language, act="drop")
    return screen(
        t("announcements.version_sure", number=number, language=version_name(t, language)),
        [button(t.plain("announcements.version_yes"), drop, "danger")],
        [button(t.plain("menu.back"), AnnounceVersion(number=number, language="", act="open"))],
    )


def back(t: Translator, number: int) -> Button:
    return button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))
