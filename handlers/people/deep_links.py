"""Where t.me/<bot>?start=… leads: s_<session> its card, q_<session> ask it, i_<token> an invitation,
p_<token> the person is here, c_<code> a badge is scanned, r_<room> what is on in a room.

Between the link and the end of a registration it is kept with the open form, an invitation as h_<digest>: whoever
reads the database cannot use it. So h_ from outside is a bad link.
"""

from __future__ import annotations

from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.actions.entrance import presence
from bot.actions.staff import staff as staff_actions
from bot.context import Context
from bot.people import People
from bot.views.agenda import speaking
from bot.views.people import menu
from bot.views.staff.staff import for_somebody_else, role_name
from bot.who import SPEAKER
from handlers.agenda import agenda
from handlers.answers import show
from handlers.commands import set_commands
from handlers.entrance import posters
from handlers.entrance.presence import scan
from handlers.questions import questions

NOWHERE = "-"  # leads to "bad link"


def in_one_glance(payload: str, ctx: Context) -> bool:
    """Whether what it leads to is all there is to say: who opens a session's link wants the session, and at the door
    people wait behind a scan."""
    kind, _, rest = payload.partition("_")
    return kind == "c" or (kind in ("s", "q") and ctx.programme.session(rest) is not None)


def sealed(payload: str) -> str:
    """A link's payload as it may be kept."""
    kind, _, rest = payload.partition("_")
    if kind == "i":
        return f"h_{staff_actions.digest(rest)}"
    return NOWHERE if kind == "h" else payload


async def follow(message: Message, then: str, state: FSMContext, ctx: Context, people: People) -> None:
    """Do what a deep link asked, `sealed`, for a person who is registered (a card: for anybody)."""
    kind, _, rest = then.partition("_")
    if kind == "s" and ctx.programme.session(rest):
        await agenda.show_card(message, rest, "", ctx)
    elif kind == "q" and ctx.programme.session(rest):
        await questions.open_form(message, rest, False, state, ctx)
    elif kind == "h":
        await accept(message, rest, ctx, people)
    elif kind == "p":
        await ctx.write(presence.arrive, rest)
        people.changed(ctx.who.id)
        await message.answer(ctx.t("presence.here"))
    elif kind == "c":
        await scan(message, rest, ctx, people)
    elif kind == "r":
        await posters.show_room(message, rest, ctx)
    else:
        await message.answer(ctx.t("fallback.bad_link"))


async def accept(message: Message, digest: str, ctx: Context, people: People) -> None:
    """Take an invitation. A speaker's gives no right, so that the keyboard and the commands stay as they are."""
    opened = await ctx.db.write(staff_actions.accept, ctx.who.id, digest, ctx.seconds)
    invitation = opened.invitation
    if not opened.taken:
        await show(message, for_somebody_else(ctx.t, ctx.programme, invitation, opened.offered))
        return
    people.changed(ctx.who.id)
    ctx = replace(ctx, who=await people.get(ctx.who.id, ctx.who.language))
    if invitation.role == SPEAKER:
        await show(message, speaking.welcome(ctx.t, ctx.programme, invitation.session, ctx.who.name))
        return
    what = role_name(ctx.t, ctx.programme, invitation.role, invitation.session)
    await message.answer(ctx.t("staff.welcome", what=what), reply_markup=menu.keyboard(ctx.t, ctx.who))
    await set_commands(message.bot, ctx.who, ctx.t)
