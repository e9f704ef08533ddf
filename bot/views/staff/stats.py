"""Numbers for organizers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from bot.actions.agenda.ratings import BY_PROGRAMME
from bot.actions.staff.stats import Registrations, Stats
from bot.programme.model import Programme
from bot.texts import (
    LANGUAGE_NAMES,
    Translator,
    escape,
)
from bot.views.agenda.buttons import RatingsPage
from bot.views.buttons import button
from bot.views.names import delegation_name
from bot.views.questions.questions import STATE_MARKS
from bot.views.screen import CAPTION_LIMIT, Screen, cut, screen
from bot.views.staff.buttons import RegistrationsPicture
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE
from storage.questions import WITHDRAWN


def stats(t: Translator, programme: Programme, numbers: Stats, now: int) -> Screen:
    lines = [
        f"📊 <b>{t('stats.title')}</b>",
        f"<i>{t('papers.as_of', at=t.moment(now))}</i>",
        "",
        f"<b>{t('stats.people', count=numbers.people)}</b>",
    ]
    lines += by_delegation(t, programme, numbers.by_delegation)
    lines += ["", t("stats.languages")]
    lines += [f"• {LANGUAGE_NAMES.get(code, code)}: {count}" for code, count in numbers.by_language]
    if numbers.blocked:
        lines.append(t("stats.blocked", count=numbers.blocked))
    withdrawn = numbers.by_state.get(WITHDRAWN, 0)
    lines += ["", f"<b>{t('stats.questions', count=sum(numbers.by_state.values()) - withdrawn)}</b>"]
    lines += [
        f"{mark} {t(f'questions.state_{state}')}: {numbers.by_state[state]}"
        for state, mark in STATE_MARKS.items()
        if state in numbers.by_state and state != WITHDRAWN
    ]
    lines += [f"{STATE_MARKS[WITHDRAWN]} {t('papers.withdrawn', count=withdrawn)}"] if withdrawn else []
    if numbers.reminders:
        sent, dropped = numbers.reminders.get(SENT, 0), numbers.reminders.get(DROPPED, 0)
        lost = sum(numbers.reminders.get(state, 0) for state in (BLOCKED, FAILED, UNSURE))
        lines += ["", t("stats.reminders", sent=sent, dropped=dropped, lost=lost)]
    if numbers.waiting:
        lines += ["", t("stats.outbox", count=numbers.waiting)]
    return screen(
        "\n".join(lines),
        [
            button(t.plain("stats.registrations"), RegistrationsPicture()),
            button(t.plain("stats.ratings"), RatingsPage(order=BY_PROGRAMME, page=0)),
        ],
    )


def delegations_caption(t: Translator, programme: Programme, found: Registrations, now: int) -> str:
    """What the picture shows, for those who cannot see it; HTML that fits under it."""
    lines = [
        f"<b>{t('stats.by_delegation')}</b>",
        *of_now(t, found, now),
        *by_delegation(t, programme, found.by_delegation),
    ]
    return cut("\n".join(lines), CAPTION_LIMIT)


def growth_caption(t: Translator, found: Registrations, now: int) -> str:
    """As above, of when people registered: how many on each day, the newest first."""
    days = Counter(dt.datetime.fromtimestamp(moment, t.zone).date() for moment in found.moments)
    lines = [f"• {t.short_date(day)}: {days[day]}" for day in sorted(days, reverse=True)]
    return cut("\n".join((f"<b>{t('stats.over_time')}</b>", *of_now(t, found, now), *lines)), CAPTION_LIMIT)


def of_now(t: Translator, found: Registrations, now: int) -> list[str]:
    """How many there are in all, and when: a picture stays in the chat."""
    return [t("stats.people", count=found.people), f"<i>{t('papers.as_of', at=t.moment(now))}</i>"]


def by_delegation(t: Translator, programme: Programme, counted: Sequence[tuple[str | None, int]]) -> list[str]:
    lines = []
    for code, count in counted:
        name = escape(delegation_name(t, programme, code)) if code else t("stats.no_delegation")
        lines.append(f"• {name}: {count}")
    return lines
