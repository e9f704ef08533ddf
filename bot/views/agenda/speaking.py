"""What a speaker sees of their own: their sessions, and the word before each."""

from __future__ import annotations

import datetime as dt

from bot.actions.agenda.speaking import LEAD, OwnSessions
from bot.programme.estimates import Runs, starts
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.agenda.agenda import dated, place_line
from bot.views.agenda.buttons import SessionCard, SpeakingPage
from bot.views.agenda.sessions import (
    SPEAKING,
    people_lines,
    room_lines,
    speakers_of,
)
from bot.views.buttons import Go, button
from bot.views.labels import timed
from bot.views.moderation.stage_buttons import OpenStage
from bot.views.pager import pager
from bot.views.screen import Screen, cut, screen, shorten
from bot.views.times import begin, expected_times, when

TITLE_MAX = 72
PEOPLE_NAMED = 2
NAME_MAX = 24


def my_sessions(t: Translator, programme: Programme, runs: Runs, own: OwnSessions, now: dt.datetime) -> Screen:
    names = ", ".join(shorten(t.say_plain(one.name), 80) for one in own.speakers[:PEOPLE_NAMED])
    head = f"👤 <b>{t('speaking.mine')}</b>" + (f"\n{t('speaking.as', name=names)}" if names else "")
    written = [session_lines(t, programme, runs, session, own=own, now=now) for session in own.sessions]
    labels = timed(t, own.sessions, begin(t, programme, runs, own.sessions, now))
    return screen(
        f"{head}\n\n{dated(t, own.sessions, written, apart=1) or t('speaking.none')}",
        *[
            [button(label, SessionCard(session=session.code, back=SPEAKING))]
            for session, label in zip(own.sessions, labels, strict=True)
        ],
        pager(own.page, own.pages, lambda to: SpeakingPage(page=to)),
        [button(t.plain("agenda.tab_my"), Go(where="my")), button(t.plain("agenda.tab_days"), Go(where="days"))],
    )


def session_lines(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, own: OwnSessions, now: dt.datetime
) -> str:
    """Time, title, room; who chairs it, and with whom; how many questions are to be read."""
    title = cut(t.say(session.title), TITLE_MAX)
    if session.cancelled:
        title = Html(f"<s>{title}</s> {t('agenda.cancelled_mark')}")
    lines = [
        f"<b>{expected_times(t, programme, runs, session, now)}</b> {title}{place_line(t, programme, session)}",
    ]
    mine = {one.code for one in own.speakers}
    for key, codes in (("speaking.with", session.speakers), ("speaking.chair", session.moderators)):
        others = speakers_of(programme, [code for code in codes if code not in mine])
        if others:
            names = ", ".join(shorten(t.say_plain(one.name), NAME_MAX) for one in others[:PEOPLE_NAMED])
            more = f" +{len(others) - PEOPLE_NAMED}" if len(others) > PEOPLE_NAMED else ""
            lines.append(f"     {t(key, names=names + more)}")
    asked = own.questions.get(session.code, 0)
    if asked:
        lines.append(f"     {t.n('speaking.questions', asked)}")
    return "\n".join(lines)


def welcome(t: Translator, programme: Programme, speaker: str, name: str) -> Screen:
    """To whoever has just accepted the invitation of that speaker; `name` is how they registered."""
    found = programme.speaker(speaker)
    name = shorten(t.say_plain(found.name), 100) if found else name
    return screen(
        t("speaking.welcome", name=name, minutes=LEAD),
        [button(t.plain("speaking.button"), Go(where="speaking"))],
    )


def slot(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, does: str, moderates: bool, now: dt.datetime
) -> Screen:
    """The word before somebody's own session; `does` as part_of in actions says, `moderates` in the bot."""
    lines = [
        t(f"speaking.slot_{does}", when=when(t, starts(programme, runs, session), now)),
        f"<b>{cut(t.say(session.title), 500)}</b>",
        f"🕒 {expected_times(t, programme, runs, session, now)}",
        *room_lines(t, programme, session),
    ]
    people = people_lines(t, programme, session)
    if people:
        lines += ["", people]
    return screen(
        "\n".join(lines),
        [button(t.plain("stage.open"), OpenStage(session=session.code))] if moderates else [],
        [button(t.plain("reminder.open"), SessionCard(session=session.code, back=""))],
    )
