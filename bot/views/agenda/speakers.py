"""Speakers: the list and a card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from bot.programme.estimates import Runs
from bot.programme.model import Programme, Speaker
from bot.texts import Translator
from bot.views.agenda.buttons import SessionCard, SpeakerCard, SpeakerSessions, SpeakersPage
from bot.views.agenda.sessions import SPEAKER
from bot.views.buttons import button
from bot.views.labels import WHOLE, timed
from bot.views.pager import pager
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten
from bot.views.times import begin, expected_times

PAGE = 5  # people, and sessions of one
OFFICE_MAX = 36


def speakers(t: Translator, people: Sequence[Speaker], page: int) -> Screen:
    if not people:
        return screen(t("speakers.none"))
    shown, page, pages = page_of(people, page, PAGE)
    lines, keys = [], []
    for speaker in shown:
        office = f"\n<i>{cut(t.say(speaker.office), OFFICE_MAX)}</i>" if speaker.office else ""
        lines.append(f"<b>{t.say(speaker.name)}</b>{office}")
        keys.append([button(shorten(t.say_plain(speaker.name), WHOLE), SpeakerCard(speaker=speaker.code, page=page))])
    return screen(
        f"👤 <b>{t('speakers.title')}</b>\n\n" + "\n".join(lines),
        *keys,
        pager(page, pages, lambda to: SpeakersPage(page=to)),
    )


def speaker(
    t: Translator,
    programme: Programme,
    runs: Runs,
    who: Speaker,
    *,
    page: int,
    photo: Path | str | None,
    now: dt.datetime,
    list_page: int,
) -> Screen:
    """A speaker's card with a page of their sessions; `photo` is a file or an address when there is one. `list_page` is
    that of the list it was opened from."""
    sessions, page, pages = page_of(programme.of_speaker(who.code), page, PAGE)
    parts = [f"<b>{t.say(who.name)}</b>"]
    if who.office:
        parts.append(f"<i>{t.say(who.office)}</i>")
    if sessions:
        parts.append("")
        parts += [
            f"• {t.short_date(one.start)}, {expected_times(t, programme, runs, one, now)} {cut(t.say(one.title), 160)}"
            for one in sessions
        ]
    if who.bio:
        parts += ["", t.say_html(who.bio)]
    labels = timed(t, sessions, begin(t, programme, runs, sessions, now))
    rows: list[Row] = [
        [button(label, SessionCard(session=session.code, back=f"{SPEAKER}.{who.code}"))]
        for session, label in zip(sessions, labels, strict=True)
    ]
    rows.append(pager(page, pages, lambda to: SpeakerSessions(speaker=who.code, page=to, list_page=list_page)))
    rows.append([button(t.plain("menu.speakers"), SpeakersPage(page=list_page))])
    return screen("\n".join(parts), *rows, photo=photo)
