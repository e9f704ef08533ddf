"""The agenda as it is answered in a group: to be read there, with the way to the private chat for all else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.estimates import Runs, starts
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.agenda.agenda import dated, lines
from bot.views.screen import Screen, screen
from bot.views.times import when

SHOWN = 8  # sessions: with long titles they leave room for the way to the private chat


def to_chat(t: Translator, username: str) -> Html:
    """The last line of each answer."""
    return t("groups.open", link=f"https://t.me/{username}")


def elsewhere(t: Translator, username: str) -> Screen:
    """What a command that is about one person leads to."""
    return screen(t("fallback.group", link=f"https://t.me/{username}"))


def hello(
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: Sequence[Session],
    *,
    coming: Sequence[Session],
    username: str,
    now: dt.datetime,
) -> Screen:
    """What the bot does in a group, and what is on."""
    head = f"<b>{t.say(programme.forum.title)}</b>\n{t('groups.hello')}"
    found = on_now(t, programme, runs, current, coming=coming, now=now)
    return screen(f"{head}\n\n{found}\n\n{to_chat(t, username)}")


def now_and_next(
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: Sequence[Session],
    *,
    coming: Sequence[Session],
    username: str,
    now: dt.datetime,
) -> Screen:
    found = on_now(t, programme, runs, current, coming=coming, now=now)
    return screen(f"{found}\n\n{to_chat(t, username)}")


def on_now(
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: Sequence[Session],
    *,
    coming: Sequence[Session],
    now: dt.datetime,
) -> str:
    parts = [f"<b>{t('agenda.now' if current else 'agenda.nothing_now')}</b>"]
    parts += some(t, programme, runs, current, now=now)
    if coming:
        parts.append(f"<b>{t('agenda.next', when=when(t, starts(programme, runs, coming[0]), now))}</b>")
        parts += some(t, programme, runs, coming, now=now, first=len(current[:SHOWN]) + 1)
    elif not current:
        parts.append(t("agenda.over") if programme.sessions else t("agenda.empty"))
    return "\n\n".join(parts)


def day(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    username: str,
    now: dt.datetime,
) -> Screen:
    """What is left of a day, or all of it."""
    shown = sessions[:SHOWN]
    text = dated(t, shown, lines(t, programme, runs, shown, starred=frozenset(), now=now)) or t("agenda.empty")
    more = [t.n("agenda.more_now", len(sessions) - SHOWN)] if len(sessions) > SHOWN else []
    return screen("\n\n".join((text, *more, to_chat(t, username))))


def some(
    t: Translator, programme: Programme, runs: Runs, sessions: Sequence[Session], *, now: dt.datetime, first: int = 1
) -> list[str]:
    found = lines(t, programme, runs, sessions[:SHOWN], starred=frozenset(), now=now, first=first)
    return found + ([t.n("agenda.more_now", len(sessions) - SHOWN)] if len(sessions) > SHOWN else [])
