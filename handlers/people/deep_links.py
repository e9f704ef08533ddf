"""Where t.me/<bot>?start=… leads: s_<session> its card, q_<session> ask it, i_<token> an invitation,
p_<token> the person is here, c_<code> a badge is scanned, r_<room> what is on in a room.

Between the link and the end of a registration it is kept with the open form, an invitation as h_<digest>: whoever
reads the database cannot use it. So h_ from outside is a bad link.
"""

from __future__ import annotations

import datetime as dt

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.actions.entrance import presence
from bot.actions.staff import staff as staff_actions
from bot.people import People
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.agenda import speaking
from bot.views.people import menu
from bot.views.staff.staff import role_name
from bot.who import SPEAKER, Who
from handlers.agenda import agenda
from handlers.answers import show
from handlers.commands import set_commands
from handlers.entrance import posters
from handlers.entrance.presence import scan
from handlers.questions import questions
from storage.database import Database

NOWHERE = "-"  # leads to "bad link"


def in_one_glance(payload: str, programme: Programme) -> bool:
    """Whether what it leads to is all there is to say: who opens a session's link wants the session, and at the door
    people wait behind a scan."""
    kind, _, rest = payload.partition("_")
    return kind == "c" or (kind in ("s", "q") and programme.session(rest) is not None)


def sealed(payload: str) -> str:
    """A link's payload as it may be kept."""
    kind, _, rest = payload.partition("_")
    if kind == "i":
        return f"h_{staff_actions.digest(rest)}"
    return NOWHERE if kind == "h" else payload


async def follow(
    message: Message,
    then: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    """Do what a deep link asked, `sealed`, for a person who is registered (a card: for anybody)."""
    kind, _, rest = then.partition("_")
    if kind == "s" and programme.session(rest):
        await agenda.show_card(message, rest, "", who, t, db, programme, runs, now)
    elif kind == "q" and programme.session(rest):
        await questions.open_form(message, rest, False, state, who, t, db, programme, runs, now)
    elif kind == "h":
        await accept(message, rest, who, t, db, people, programme, now)
    elif kind == "p":
        await db.write(presence.arrive, who, rest, int(now.timestamp()))
        people.changed(who.id)
        await message.answer(t("presence.here"))
    elif kind == "c":
        await scan(message, rest, who, t, db, people, programme, now)
    elif kind == "r":
        await posters.show_room(message, rest, t, programme, runs, now)
    else:
        await message.answer(t("fallback.bad_link"))


async def accept(
    message: Message,
    digest: str,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    """Take an invitation. A speaker's gives no right, so that the keyboard and the commands stay as they are."""
    invitation = await db.write(staff_actions.accept, who.id, digest, int(now.timestamp()))
    people.changed(who.id)
    who = await people.get(who.id, who.language)
    if invitation.role == SPEAKER:
        await show(message, speaking.welcome(t, programme, invitation.session, who.name))
        return
    what = role_name(t, programme, invitation.role, invitation.session)
    await message.answer(t("staff.welcome", what=what), reply_markup=menu.keyboard(t, who))
    await set_commands(message.bot, who, t)
