"""The order of a session's questions."""

from __future__ import annotations

from bot.programme.model import Session
from bot.texts import Translator
from bot.views.buttons import button
from bot.views.moderation.buttons import DeskSession, Sort
from bot.views.screen import Screen, cut, screen
from storage.lines import BY_DELEGATION, BY_TIME, BY_VOTES, FIRST_TIMERS

NAMES = {
    BY_VOTES: "sorting.votes",
    BY_TIME: "sorting.time",
    FIRST_TIMERS: "sorting.first",
    BY_DELEGATION: "sorting.delegation",
}


def choose(t: Translator, session: Session, sorting: str) -> Screen:
    keys = [
        [button(f"{'✓ ' if one == sorting else ''}{t.plain(name)}", Sort(session=session.code, sorting=one))]
        for one, name in NAMES.items()
    ]
    return screen(
        f"⇅ <b>{cut(t.say(session.title), 200)}</b>\n\n{t('sorting.hint')}",
        *keys,
        [button(t.plain("moderation.to_session"), DeskSession(session=session.code))],
    )
