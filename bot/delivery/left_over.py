"""What is left of a session that is over, as it is when its moderators are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.agenda import reminders
from bot.actions.agenda.ratings import DELAY, over
from bot.actions.moderation.left_over import ANOTHER_END
from bot.actions.questions.over import closes
from bot.delivery.rendered import Later
from bot.programme.current import CurrentProgramme
from storage import unheard
from storage.database import Database
from storage.unheard import LeftOver


@dataclass(frozen=True, slots=True)
class LeftOverNews:
    """`closes` is when the authors are told (epoch seconds)."""

    left: LeftOver
    closes: int


async def left_over_news(
    db: Database, current: CurrentProgramme, message: outgoing.LeftOver, now: dt.datetime
) -> LeftOverNews | Later | None:
    """Later while the session goes on; None when it is not so any more, or nothing is left."""
    programme, runs = current.programme, current.runs
    session = reminders.still_true(programme, message)
    if session is None:
        return None
    ended = over(programme, runs, session)
    if ended - message.ended >= ANOTHER_END:
        return None  # it was not over yet: there will be another
    ended += DELAY
    if now.timestamp() < ended:
        return Later(ended, "it goes on")
    left = await db.read(unheard.of_session, session.code)
    return LeftOverNews(left, closes(programme, runs, session)) if left.all else None
