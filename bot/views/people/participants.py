"""Registration and settings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.agenda.reminders import (
    LEADS,
)
from bot.actions.people.participants import (
    NAME_MAX,
)
from bot.actions.quiet import CHOICES, OFF
from bot.programme.model import Programme
from bot.programme.outside import OUTSIDE
from bot.texts import LANGUAGE_NAMES, LANGUAGES, Html, Translator
from bot.views.buttons import Go, button
from bot.views.labels import HALF, distinguish
from bot.views.names import known_delegation
from bot.views.pager import pager
from bot.views.people.buttons import (
    Agree,
    DelegationsPage,
    Greet,
    Look,
    Profile,
    RegistrationStep,
    SetLanguage,
    SetLead,
    SetMuted,
    SetQuiet,
    SkipOrganization,
    TakeDelegation,
    TakeName,
)
from bot.views.screen import Row, Screen, in_rows, page_of, screen, shorten
from bot.who import Who
from storage.participants import Participant

DELEGATIONS_PAGE = 6  # three rows of a page's seven; the eighth is for a way back that stands twice (bot.views.apart)
# Why somebody has to register, by what they wanted (the beginning of a `then`).
REASONS = {
    "ask": "registration.to_ask",
    "q": "registration.to_ask",
    "t": "typed.to_ask",
    "questions": "registration.to_have_questions",
    "my": "registration.to_star",
    "b": "registration.to_star",
    "v": "registration.to_vote",
    "f": "registration.to_follow",
    "p": "registration.to_arrive",
    "news": "registration.to_hear",
    "badge": "registration.to_enter",
}


def reason(t: Translator, then: str) -> Html | None:
    """Why this needs a registration; None for what does not."""
    key = REASONS.get(then.partition("_")[0])
    return t(key) if key else None


def door(t: Translator, programme: Programme, who: Who, then: str) -> Screen:
    """To somebody who wanted what needs a registration: why, and the next step of it."""
    why = reason(t, then) or t("registration.to_go_on")
    if who.participant is None:
        return greeting(t, programme, then, why)
    return screen(f"{why}\n{t('registration.unfinished')}", register_row(t, who, then))


def register_row(t: Translator, who: Who, then: str = "") -> Row:
    """The next step of whoever is not registered: the greeting, or what is still missing."""
    if who.registered:
        return []
    if who.participant is None:
        return [button(t.plain("registration.begin"), Greet(language=t.language, then=then))]
    return [button(t.plain("registration.go_on"), Agree(language=t.language, then=then), style="success")]


def greeting(t: Translator, programme: Programme, then: str, before: Html | None = None) -> Screen:
    """The first message: what this is, what is kept and why, and the languages. Nothing is stored yet. `before` is what
    there is to say of where the person came from."""
    text = t("registration.greeting", forum=t.say_plain(programme.forum.title))
    return screen(
        f"{before}\n\n{text}" if before else text,
        [
            button(("● " if code == t.language else "") + LANGUAGE_NAMES[code], Greet(language=code, then=then))
            for code in LANGUAGES
        ],
        [button(t.plain("registration.agree"), Agree(language=t.language, then=then), style="success")],
        [button(t.plain("registration.look"), Look(then=then))],
    )


def ask_name(t: Translator, suggested: str, kept: str = "") -> Screen:
    """`suggested` is the name of the Telegram profile, "" when it will not do as a name; `kept` was entered before."""
    text = t("registration.name", limit=NAME_MAX)
    return screen(
        f"{text}\n\n{t('settings.name', value=kept)}" if kept else text,
        *name_rows(suggested),
        steps(t, after="delegation") if kept else [],
    )


def steps(t: Translator, before: str = "", after: str = "") -> Row:
    """The way to the step before, and on to the one after where this one was answered already."""
    ways = (("menu.back", before), ("registration.next", after))
    return [button(t.plain(word), RegistrationStep(step=step)) for word, step in ways if step]


def change_name(t: Translator, suggested: str) -> Screen:
    return screen(t("registration.name", limit=NAME_MAX), *name_rows(suggested), to_settings(t))


def name_rows(suggested: str) -> list[Row]:
    return [[button(shorten(suggested, 40), TakeName())]] if suggested else []


def to_settings(t: Translator) -> Row:
    return [button(t.plain("menu.back"), Go(where="settings"))]


def ask_delegation(
    t: Translator, programme: Programme, page: int, chosen: str | None = None, leaving: bool = False
) -> Screen:
    """The programme's delegations by pages; on each of them also what people are who are in none. `chosen` before;
    `leaving`: the person is registered, and may go back to the settings."""
    shown, page, pages = page_of(programme.delegations, page, DELEGATIONS_PAGE)
    labels = distinguish([t.say_plain(one.name) for one in shown], HALF)
    named = list(zip((one.code for one in shown), labels, strict=True))

    def rows(codes: Sequence[tuple[str, str]]) -> list[Row]:
        keys = [
            button(("● " if code == chosen else "") + name, TakeDelegation(delegation=code)) for code, name in codes
        ]
        return in_rows(keys, 2)

    return screen(
        t("registration.delegation"),
        *rows(named),
        *rows([(code, known_delegation(t, programme, code)) for code in OUTSIDE]),
        pager(page, pages, lambda to: DelegationsPage(page=to)),
        to_settings(t) if leaving else steps(t, "name", "organization" if chosen else ""),
    )


def ask_organization(t: Translator, delegations: bool = True) -> Screen:
    """`delegations`: the programme has any, which was asked before."""
    return screen(
        t("registration.organization"),
        [button(t.plain("registration.skip"), SkipOrganization())],
        steps(t, before="delegation" if delegations else "name"),
    )


def change_organization(t: Translator) -> Screen:
    return screen(
        t("settings.organization_form"),
        [button(t.plain("settings.no_organization"), Profile(what="no_organization"))],
        to_settings(t),
    )


def no_organization(t: Translator) -> Screen:
    """What is left of the question after it was skipped."""
    return screen(t("settings.organization", value="—"))


def registered(t: Translator, programme: Programme, person: Participant) -> Html:
    return t("registration.done", name=person.name or "", forum=t.say_plain(programme.forum.title))


def profile_lines(t: Translator, programme: Programme, person: Participant) -> str:
    return "\n".join(
        (
            t("settings.name", value=person.name or "—"),
            t("settings.delegation", value=known_delegation(t, programme, person.delegation) or "—"),
            t("settings.organization", value=person.organization or "—"),
        )
    )


def settings(t: Translator, programme: Programme, who: Who) -> Screen:
    """Language for everybody; the rest for those with a row of their own."""
    languages = [
        button(("● " if code == t.language else "") + LANGUAGE_NAMES[code], SetLanguage(language=code))
        for code in LANGUAGES
    ]
    person = who.participant
    if person is None:
        return screen(t("settings.guest"), languages, register_row(t, who, "settings"))
    lead = t.plain_n("settings.minutes", person.lead_minutes) if person.lead_minutes else t.plain("settings.off")
    muted = t.plain("settings.muted" if person.muted else "settings.heard")
    leads = [button(lead_label(t, minutes, person.lead_minutes), SetLead(minutes=minutes)) for minutes in LEADS]
    return screen(
        f"⚙️ <b>{t('settings.title')}</b>\n\n{profile_lines(t, programme, person)}\n\n"
        f"{t('settings.lead', value=lead)}\n{t('settings.announcements', value=muted)}\n"
        f"{t('settings.quiet', value=quiet_label(t, who.quiet))}",
        languages,
        *in_rows(leads, 4),
        [
            button(
                t.plain("settings.unmute" if person.muted else "settings.mute"),
                SetMuted(muted=int(not person.muted)),
            )
        ],
        [
            button(f"{'● ' if hours == who.quiet else ''}🌙 {quiet_label(t, hours)}", SetQuiet(hours=hours))
            for hours in CHOICES
        ],
        [
            button(t.plain("settings.change_name"), Profile(what="name")),
            button(t.plain("settings.change_delegation"), Profile(what="delegation")),
        ],
        [button(t.plain("settings.change_organization"), Profile(what="organization"))],
        [button(t.plain("badges.own"), Go(where="badge"))] if who.registered else register_row(t, who, "settings"),
    )


def quiet_label(t: Translator, hours: str) -> str:
    """ "22-7" as "22–7"."""
    return t.plain("settings.quiet_off") if hours in ("", OFF) else hours.replace("-", "–")


def lead_label(t: Translator, minutes: int, chosen: int) -> str:
    mark = "● " if minutes == chosen else ""
    return mark + (t.plain("settings.lead_minutes", count=minutes) if minutes else t.plain("settings.no_reminders"))
