"""A reminder: room, time and people, and the way to the card."""

from __future__ import annotations

import datetime as dt

from bot.programme.estimates import Runs, late, starts
from bot.programme.model import Programme, Session
from bot.texts import Translator
from bot.views.agenda.buttons import SessionCard
from bot.views.agenda.sessions import people_lines, room_lines
from bot.views.buttons import button
from bot.views.questions.buttons import AskIn
from bot.views.screen import Screen, cut, screen
from bot.views.times import expected_times, when

BEHIND = 10  # minutes from which a reminder says in so many words that the session begins later


def reminder(t: Translator, programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> Screen:
    lines = [
        f"⏰ <b>{t('reminder.starts', when=when(t, starts(programme, runs, session), now))}</b>",
        f"<b>{cut(t.say(session.title), 500)}</b>",
        f"🕒 {expected_times(t, programme, runs, session, now)}",
    ]
    behind = late(programme, runs, session) // 60
    if behind >= BEHIND:
        lines.insert(1, f"⏳ {t.n('reminder.late', behind)}")
    lines += room_lines(t, programme, session)
    people = people_lines(t, programme, session)
    if people:
        lines += ["", people]
    return screen(
        "\n".join(lines),
        [button(t.plain("reminder.open"), SessionCard(session=session.code, back="my"))],
        [button(t.plain("questions.ask"), AskIn(session=session.code))],
    )
