"""Numbers for organizers."""

from __future__ import annotations

from bot.actions.stats import Stats
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.participants import LANGUAGE_NAMES
from bot.views.questions import STATE_MARKS
from bot.views.screen import Screen, screen
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE


def stats(t: Translator, programme: Programme, numbers: Stats) -> Screen:
    lines = [f"📊 <b>{t('stats.title')}</b>", "", f"<b>{t('stats.people', count=numbers.people)}</b>"]
    for code, count in numbers.by_delegation:
        delegation = programme.delegation(code) if code else None
        lines.append(f"• {t.say(delegation.name) if delegation else t('stats.no_delegation')}: {count}")
    lines += ["", t("stats.languages")]
    lines += [f"• {LANGUAGE_NAMES.get(code, code)}: {count}" for code, count in numbers.by_language]
    if numbers.blocked:
        lines.append(t("stats.blocked", count=numbers.blocked))
    lines += ["", f"<b>{t('stats.questions', count=sum(numbers.by_state.values()))}</b>"]
    lines += [
        f"{mark} {t(f'questions.state_{state}')}: {numbers.by_state[state]}"
        for state, mark in STATE_MARKS.items()
        if state in numbers.by_state
    ]
    if numbers.reminders:
        sent, dropped = numbers.reminders.get(SENT, 0), numbers.reminders.get(DROPPED, 0)
        lost = sum(numbers.reminders.get(state, 0) for state in (BLOCKED, FAILED, UNSURE))
        lines += ["", t("stats.reminders", sent=sent, dropped=dropped, lost=lost)]
    if numbers.waiting:
        lines += ["", t("stats.outbox", count=numbers.waiting)]
    return screen("\n".join(lines))
