"""Where t.me/<bot>?start=… leads: s_<session> its card, q_<session> ask it, i_<token> an invitation,
p_<token> the person is here, c_<code> a badge is scanned, r_<room> what is on in a room.

Between the link and the end of a registration it is kept with the open form, an invitation as h_<digest>: whoever
reads the database cannot use it. So are what the person wanted to do when they were asked to register first (`then` of
NotRegistered): b_<session> star it, v_<question> vote for it, f_<question> follow it, t_<session>_<message> ask there
what that message says, and the names in SCREENS. None of these, nor h_, is taken from outside: nobody's link does
something in another's name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.actions.entrance import presence
from bot.actions.questions.questions import session_to_ask
from bot.actions.staff import staff as staff_actions
from bot.context import Context
from bot.errors import Refusal, Stale
from bot.people import People
from bot.texts import Html
from bot.views.agenda import speaking
from bot.views.agenda.buttons import Star
from bot.views.people import menu
from bot.views.people.participants import reason, settings
from bot.views.staff.staff import for_somebody_else, role_name
from bot.who import SPEAKER
from handlers.agenda import agenda
from handlers.announcements.news import open_news
from handlers.answers import show
from handlers.commands import set_commands
from handlers.entrance import posters
from handlers.entrance.presence import scan
from handlers.filters import LARGEST
from handlers.questions import questions
from handlers.questions.ask_this import offer_again
from handlers.questions.following import follow_link


async def open_settings(message: Message, ctx: Context) -> None:
    await show(message, settings(ctx.t, ctx.programme, ctx.who))


# "i_" and an invitation's 22 characters, "s_" and a code's 24: with prefix and language they fit 64 bytes.
LONGEST_PAYLOAD = 40
FROM_OUTSIDE = frozenset("sqipcr")
NOWHERE = "-"  # leads to "bad link"

SCREENS: dict[str, Callable[[Message, Context], Awaitable[None]]] = {
    "ask": questions.choose,
    "questions": questions.open_mine,
    "my": agenda.open_mine,
    "news": open_news,
    "settings": open_settings,
    "badge": open_settings,  # which has its button
}


def from_outside(payload: str) -> str:
    """A link's payload if it is one of ours and can travel in a button, as all of them can."""
    fits = len(payload.encode()) <= LONGEST_PAYLOAD and ":" not in payload
    return payload if not payload or (fits and payload.partition("_")[0] in FROM_OUTSIDE) else NOWHERE


async def before_registering(then: str, ctx: Context) -> Html | None:
    """What somebody should know who is not registered yet: that it will lead nowhere, or why they have to register."""
    try:
        await check(then, ctx)
    except Refusal as refusal:
        return Html(f"⚠️ {ctx.t(refusal.key, **refusal.fields)} {ctx.t('registration.all_the_same')}")
    return reason(ctx.t, then)


async def check(then: str, ctx: Context) -> None:
    """Refuse what `follow` would refuse, as far as that can be known before the registration."""
    kind, _, rest = then.partition("_")
    if kind == "i":
        await ctx.db.read(staff_actions.usable, ctx.who.id, staff_actions.digest(rest), ctx.seconds)
    elif kind == "p":
        await ctx.db.read(presence.need_link, rest)
    elif then and not leads_somewhere(kind, rest, ctx):
        raise Stale("fallback.bad_link")
    elif kind == "q":
        session_to_ask(ctx.programme, ctx.runs, rest, ctx.now)


def leads_somewhere(kind: str, rest: str, ctx: Context) -> bool:
    if kind in ("s", "q", "b"):
        return ctx.programme.session(rest) is not None
    return ctx.programme.room(rest) is not None if kind == "r" else kind in ("c", "f", "t", "v", *SCREENS)


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
    """Do what a deep link asked, `sealed`, or what the person wanted before they were registered."""
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
        await go_on(message, then, ctx, people)


async def go_on(message: Message, then: str, ctx: Context, people: People) -> None:
    """Do what the person had pressed before they were registered."""
    kind, _, rest = then.partition("_")
    number = numbered(rest)
    if kind == "b":
        await agenda.put_star(message, Star(session=rest, wanted=1, back=""), ctx, people)
    elif kind == "v" and number:
        await questions.give_voice(message, number, ctx)
    elif kind == "f" and number:
        await follow_link(message, number, ctx)
    elif kind == "t":
        session, _, typed = rest.rpartition("_")
        await offer_again(message, session, numbered(typed), ctx)
    elif then in SCREENS:
        await SCREENS[then](message, ctx)
    else:
        await message.answer(ctx.t("fallback.bad_link"))


def numbered(text: str) -> int:
    """0 for what is no number that we would give."""
    return int(text) if text.isdecimal() and len(text) < len(str(LARGEST)) else 0


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
