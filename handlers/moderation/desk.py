"""The moderator's desk and the cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import DecisionWords, digest
from bot.actions.moderation import claims
from bot.actions.moderation import desk as actions
from bot.actions.moderation.cards import Card
from bot.actions.moderation.stage import Moved
from bot.actions.rights import need_a_desk, need_moderator
from bot.actions.typed import tidy
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.programme.estimates import Span, span
from bot.programme.lookup import need_known
from bot.programme.model import Session
from bot.texts import escape
from bot.views.buttons import Go
from bot.views.moderation import desk as views
from bot.views.moderation import gone as gone_views
from bot.views.moderation.buttons import (
    Decide,
    DeskNext,
    DeskPage,
    DeskSession,
    LabelPage,
    LabelPick,
    MergeWith,
    Reason,
    SetLabel,
    ShowCard,
    ShowOriginal,
)
from bot.views.moderation.claims import wait
from bot.who import MODERATOR, Who
from handlers.answers import message_of, send_to, show, text_only
from handlers.filters import Key, Press, Text, WasTyped, page_in
from handlers.forms import DecisionForm, InForm
from storage import questions as records
from storage.cards import FOLDED, MENU

Counts = Mapping[str, Mapping[str, int]]
DeskOrder = tuple[bool, bool, bool, bool, dt.datetime]


def register(routes: Router) -> None:
    for entry in (Key("menu.desk"), Command("moderate")):
        routes.message.register(open_desk, entry)
    routes.callback_query.register(decide, Press(Decide))
    routes.callback_query.register(give_reason, Press(Reason))
    routes.callback_query.register(show_card, Press(ShowCard))
    routes.callback_query.register(show_next, Press(DeskNext))
    routes.callback_query.register(open_session, Press(DeskSession))
    routes.callback_query.register(open_desk, Press(Go, where="desk"))
    routes.callback_query.register(open_desk, Press(DeskPage))


def register_forms(routes: Router) -> None:
    routes.message.register(take_words, InForm(DecisionForm), Text())
    routes.message.register(text_only, InForm(DecisionForm))
    routes.edited_message.register(amend_words, WasTyped(DecisionWords), Text())
    routes.edited_message.register(text_only, WasTyped(DecisionWords))


async def open_desk(event: Message | CallbackQuery, ctx: Context, press: DeskPage | Go | None = None) -> None:
    need_a_desk(ctx.who)
    counts = await ctx.db.read(actions.counts)
    sessions = desks(ctx, counts)
    mine = {one.code: counts[one.code] for one in sessions if one.code in counts}
    await lift(event, ctx)
    await show(
        event,
        views.desk(ctx.t, ctx.programme, ctx.runs, sessions, counts=mine, page=page_in(press), now=ctx.now),
    )


def desks(ctx: Context, counts: Counts) -> list[Session]:
    """The sessions that the person moderates: those of the programme, and wherever else there are questions. What has
    left the programme comes where questions wait, or last."""
    programme = ctx.programme
    sessions = [one for one in programme.sessions if not one.is_break or one.code in counts]
    sessions += [one for one in programme.gone if one.code in counts or one.code in own_desks(ctx.who)]

    def order(one: Session) -> tuple[bool, DeskOrder]:
        count = counts.get(one.code, {})
        if programme.session(one.code) is not None:
            return False, desk_order(span(programme, ctx.runs, one), count, ctx.now)
        waits = any(count.get(state) for state in records.LIVE)
        return not waits, desk_order(Span(one.start, one.start), count, ctx.now)

    return sorted((one for one in sessions if ctx.who.moderates(one.code)), key=order)


def own_desks(who: Who) -> frozenset[str]:
    """The sessions the person was asked to moderate by name."""
    return frozenset(role.session for role in who.roles if role.role == MODERATOR)


def desk_order(held: Span, count: Mapping[str, int], now: dt.datetime) -> DeskOrder:
    """What is on now, then where questions wait, where some are to be asked, what is to come, what is over."""
    return (
        not held.start <= now < held.end,
        not count.get(records.PENDING),
        not count.get(records.APPROVED),
        held.end <= now,
        held.start,
    )


async def open_session(query: CallbackQuery, press: DeskSession, ctx: Context) -> None:
    session = need_known(ctx.programme, press.session)
    need_moderator(ctx.who, press.session)
    count = (await ctx.db.read(actions.counts)).get(press.session, {})
    await lift(query, ctx)
    if ctx.programme.session(press.session) is None:
        await show(query, gone_views.session(ctx.t, session, count, moves=ctx.who.organizer))
    else:
        await show(query, views.session(ctx.t, ctx.programme, ctx.runs, session, count=count, now=ctx.now))


async def show_next(
    event: Message | CallbackQuery, press: DeskNext, ctx: Context, done: actions.Decision | None = None
) -> None:
    """The next question of a desk's list, from its beginning again after the last; `done` is what was decided now."""
    code, which = press.session, press.which
    waiting = which == views.WAITING
    pressed = pressed_card(event)
    facts = await ctx.write(actions.open_next, code, waiting=waiting, after=press.after, pressed=pressed)
    if facts is not None:
        message = await show(event, views.card(ctx.t, ctx.programme, facts, which, done))
        await remember(message, facts.question, which, ctx)
    else:
        held = await ctx.db.read(actions.all_held, code, waiting)
        await show(event, views.list_empty(ctx.t, which, code, held, done))


async def show_card(query: CallbackQuery, press: ShowCard, ctx: Context) -> None:
    await put_card(query, press.number, press.desk, ctx)


async def put_card(
    event: Message | CallbackQuery, number: int, desk: str, ctx: Context, *, claimed: bool | None = None
) -> None:
    """Show a question's card, in the message that was pressed if one was; from a list it is also worked on, unless
    `claimed` says otherwise."""
    works = desk != views.NO_LIST if claimed is None else claimed
    pressed = pressed_card(event)
    facts = await ctx.write(actions.open_card, number, pressed, claimed=works)
    message = await show(event, views.card(ctx.t, ctx.programme, facts, desk))
    await remember(message, facts.question, desk, ctx)


async def put_menu(query: CallbackQuery, number: int, desk: str, ctx: Context) -> None:
    """Show what else can be done about a question, in the place of its card."""
    facts = await ctx.write(actions.open_card, number, pressed_card(query), claimed=desk != views.NO_LIST)
    message = await show(query, views.more(ctx.t, ctx.programme, facts, desk))
    await remember(message, facts.question, desk, ctx, unfolded=MENU)


async def keep(
    query: CallbackQuery, press: LabelPick | LabelPage | SetLabel | MergeWith | ShowOriginal, ctx: Context
) -> None:
    """A step on the screens behind a card: whoever works on the question goes on; from a list they take it as with the
    card."""
    await ctx.write(claims.keep, press.number, pressed_card(query), take_it=press.desk != views.NO_LIST)


async def remember(
    message: Message | None, question: records.Question, desk: str, ctx: Context, *, unfolded: int = FOLDED
) -> None:
    """Keep where a card stands that was opened, or (`unfolded`) what it led to."""
    if message is not None:
        await ctx.db.write(
            actions.card_shown,
            message.chat.id,
            message=message.message_id,
            shown=question,
            desk=desk,
            now=ctx.seconds,
            unfolded=unfolded,
        )


async def decide(query: CallbackQuery, press: Decide, state: FSMContext, ctx: Context) -> Toast | None:
    if press.decision not in ("decline", "answer"):
        return await carry_out(query, press.number, press.desk, actions.Verdict(press.decision), ctx)
    choice = await choose(query, press, press.decision, ctx)
    if not choice.made:
        return too_late(ctx, choice)
    if press.decision == "decline":
        await show(query, views.reasons(ctx.t, choice.question, press.desk))
    else:
        await ask_words(query, deciding(choice.question, "answer", press.desk), choice.question, state, ctx)
    return None


async def give_reason(query: CallbackQuery, press: Reason, state: FSMContext, ctx: Context) -> Toast | None:
    if press.reason != "own":
        verdict = actions.Verdict("decline", ready=press.reason)
        return await carry_out(query, press.number, press.desk, verdict, ctx)
    choice = await choose(query, press, "decline", ctx)
    if not choice.made:
        return too_late(ctx, choice)
    await ask_words(query, deciding(choice.question, "decline", press.desk), choice.question, state, ctx)
    return None


async def choose(query: CallbackQuery, press: Decide | Reason, decision: str, ctx: Context) -> actions.Decision:
    """Begin a decision that asks for more: the reasons of a decline cover the card. If it is too late, the card shows
    what is true now."""
    pressed, covered = pressed_card(query), decision == "decline"
    choice = await ctx.write(actions.choose, press.number, decision, pressed=pressed, covered=covered)
    if not choice.made:
        await put_card(query, press.number, press.desk, ctx)
    return choice


def deciding(question: records.Question, decision: str, desk: str) -> DecisionForm:
    return DecisionForm(number=question.number, decision=decision, desk=desk, revision=question.revision)


async def ask_words(
    query: CallbackQuery, form: DecisionForm, question: records.Question, state: FSMContext, ctx: Context
) -> None:
    """Ask for a reason or an answer; the card itself stays where it is."""
    await form.save(state)
    await send_to(query.bot, query.from_user.id, views.ask_words(ctx.t, question, form.decision))


async def go_on_deciding(query: CallbackQuery, form: DecisionForm, state: FSMContext, ctx: Context) -> Toast | None:
    """The form was left, and is opened again in the place of the offer: with its claim, if nobody else has it."""
    # Not the pressed card decides whether it is too late, but the question: the words come with what was read.
    now = await ctx.write(actions.choose, form.number, form.decision, pressed=None, covered=False)
    if form.decision not in actions.possible(now.question):
        return too_late(ctx, now)
    claim = await ctx.write(claims.take, form.number)
    if not claim.mine:
        return Toast(wait(ctx.t, claim), alert=True)
    await form.save(state)
    await show(query, views.ask_words(ctx.t, now.question, form.decision))
    return None


async def carry_out(query: CallbackQuery, number: int, desk: str, verdict: actions.Verdict, ctx: Context) -> Toast:
    result = await ctx.write(actions.decide_pressed, number, verdict, pressed=pressed_card(query))
    if result.made and desk != views.NO_LIST:
        # At the desk the thumb stays where it is: the next question comes by itself.
        await show_next(query, DeskNext(session=result.question.session, which=desk, after=number), ctx, result)
    else:
        await put_card(query, number, desk, ctx)
    if result.made:
        return Toast(ctx.t.plain(f"moderation.done_{verdict.decision}", number=number))
    return too_late(ctx, result)


async def take_words(message: Message, text: str, state: FSMContext, ctx: Context) -> DecisionWords | None:
    form = await DecisionForm.load(state)
    number, decision, desk = form.number, form.decision, form.desk
    result = await ctx.write(actions.decide, number, actions.Verdict(decision, words=text), read=form.revision)
    if result.claim is not None:
        await message.answer(escape(too_late(ctx, result).text))  # the form stays: the words may be sent again
        return None
    if not result.made and decision in actions.possible(result.question):
        await replace(form, revision=result.question.revision).save(state)
        await show(message, views.ask_words_again(ctx.t, result.question))
        return None
    await state.clear()
    if result.made:
        await show(message, views.done(ctx.t, decision, result, desk))
    else:
        await message.answer(escape(too_late(ctx, result).text))
    if desk != views.NO_LIST:
        await show_next(message, DeskNext(session=result.question.session, which=desk, after=number), ctx)
    return words_of(result, decision, desk, text)


def words_of(decision: actions.Decision, name: str, desk: str, typed: str) -> DecisionWords | None:
    """What a message has become by a decision that was made with its words."""
    question = decision.question
    return DecisionWords(question.number, name, desk, question.revision, digest(tidy(typed))) if decision.made else None


async def amend_words(message: Message, text: str, became: DecisionWords, ctx: Context) -> DecisionWords | None:
    """The message with the reason or the answer was edited."""
    number, decision, desk = became.number, became.decision, became.desk
    result = await ctx.write(
        actions.amend, number, decision=decision, revision=became.revision, kept=became.kept, typed=text
    )
    if result is None:
        return None
    if not result.made:
        await show(message, views.told(ctx.t, number, desk, result.undo))
        return None
    await message.answer(ctx.t("edited.counted"))
    await show(message, views.done(ctx.t, decision, result, desk))
    return words_of(result, decision, desk, text)


def too_late(
    ctx: Context, result: actions.Decision | Moved, state: str = records.PENDING, words: str = "moderation.read_again"
) -> Toast:
    """Why nothing was done: somebody is at it, has decided already, or the question is in `state` still but not as it
    was read, for which these are the `words`."""
    if result.claim is not None:
        return Toast(wait(ctx.t, result.claim), alert=True)
    if result.question.state == state:
        return Toast(ctx.t.plain(words), alert=True)
    if result.question.decided_by == ctx.who.id:
        return Toast(views.decided_by_you(ctx.t, result.question))
    return Toast(views.too_late(ctx.t, result.question, result.by), alert=True)


def pressed_card(event: Message | CallbackQuery) -> Card | None:
    """Where the pressed card stands; None where none was pressed, and for a message that we are no longer shown."""
    card = message_of(event) if isinstance(event, CallbackQuery) else None
    return (card.chat.id, card.message_id) if card else None


async def lift(event: Message | CallbackQuery, ctx: Context) -> None:
    """The pressed message shows no card any more."""
    pressed = pressed_card(event)
    if pressed is not None:
        await ctx.write(actions.leave, pressed)
