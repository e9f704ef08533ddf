"""Carries one outgoing message to Telegram and reports the outcome."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import EditMessageText, TelegramMethod
from aiogram.types import Message
from aiohttp import ClientConnectorError

from bot.actions import outgoing
from bot.actions.moderation import desk as moderation
from bot.actions.moderation.cards import CardFacts
from bot.clock import Clock
from bot.delivery.calls import counted, once
from bot.delivery.pace import Pace, Turn
from bot.delivery.rendered import Later, Requeued, Send, repeatable
from bot.delivery.rendering import Renderers
from bot.delivery.topics import DeskKeeper
from bot.people import People
from bot.views.moderation.desk import NO_LIST
from storage import cards, leases, participants
from storage.database import Database, DatabaseError, Transaction
from storage.deliveries import BLOCKED, DROPPED, FAILED, LANE_REMINDER, SENT, UNSURE, Delivery, Outcome
from storage.leases import PutBack
from storage.questions import Question

log = logging.getLogger(__name__)

TRIES = 12  # with the pauses between them about half an hour
FIRST_PAUSE, LONGEST_PAUSE = 2, 300  # seconds between tries after a server's error
UNREACHED = 10  # seconds until the next try when no connection could be made
PART_TRIES = 5  # for a part that meets a 429 when another is there already
NOTE_TRIES, NOTE_PAUSE = 3, 1.0  # to write down what a card shows, and the seconds between
UNREADABLE = "an answer that cannot be read"

Result = Outcome | PutBack
"""What the ledger is to say."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome is written down already."""

    id: int


@dataclass(slots=True)
class Sending:
    """How far a delivery has come: `begun` as soon as a new message of it may have arrived, `sent` when one has;
    `messages` are the ids of those that have, and of those that were changed."""

    begun: bool = False
    sent: bool = False
    messages: list[int] = field(default_factory=list)


class Carrier:
    """Has a delivery that has its turn rendered, and makes its calls.

    `paid`: what goes to many may go beyond the free pace, which costs the bot's owner Stars.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        renderers: Renderers,
        *,
        pace: Pace,
        people: People,
        clock: Clock,
        desk_keeper: DeskKeeper,
        paid: bool = False,
    ) -> None:
        self._bot = bot
        self._db = db
        self._renderers = renderers
        self._pace = pace
        self._people = people
        self._clock = clock
        self._desk_keeper = desk_keeper
        self._paid = paid

    def claimed(self) -> None:
        """More deliveries were claimed: what is rendered from now on is about the world as it is after that."""
        self._renderers.forget_read()

    async def prepare(self, delivery: Delivery) -> None:
        """What can be read before the turn comes: afterwards it is to leave at once, and evenly."""
        if delivery.recipient > 0:
            await self._people.get(delivery.recipient)

    async def carry(
        self, delivery: Delivery, turn: Turn, holder: str, card: CardFacts | None = None
    ) -> Result | Settled:
        """Use the turn, or give it back when there is nothing to send. `holder` is whose claim it is, `card` what a
        card of a question is to say, where that is known already."""
        rendered = await self._renderers.render(delivery, card)
        if not isinstance(rendered, Send) or not rendered.calls:
            self._pace.give_back(turn)
        if rendered is None:
            return Outcome(delivery.id, DROPPED, changed=delivery.kind in outgoing.CHANGES)
        if isinstance(rendered, Later):
            return put_off(delivery, rendered)
        if isinstance(rendered, Requeued):
            return Settled(delivery.id)  # to say it now could be taken for the next claim's outcome
        result = await self._carried(delivery, rendered, holder)
        return replace(result, changed=rendered.repeatable) if isinstance(result, Outcome) else result

    async def _carried(self, delivery: Delivery, rendered: Send, holder: str) -> Result | Settled:
        sending = Sending()
        try:
            await self._call(delivery, rendered, sending)
        except (TelegramAPIError, ClientDecodeError) as error:
            if sending.sent:
                # Part of it is there, so it can neither be repeated nor be called sent.
                return Outcome(delivery.id, UNSURE, sending.messages, error="only in part")
            return await self._failed(delivery, sending, error)
        except asyncio.CancelledError:
            if not sending.begun:
                raise  # the claim stands, and the sender lets go of it at its end
            return Outcome(delivery.id, UNSURE, sending.messages, error="stopped before Telegram answered")
        except Exception:
            if not sending.begun:
                raise
            log.exception("delivery %s (%s) was sent, or perhaps not", delivery.id, delivery.kind)
            return Outcome(delivery.id, UNSURE, sending.messages, error=UNREADABLE)
        sent = Outcome(delivery.id, SENT, sending.messages, changed=rendered.repeatable)
        if rendered.card is not None:
            try:
                return await self._note_card(delivery, sent, rendered.card, not rendered.repeatable, holder)
            except (DatabaseError, asyncio.CancelledError):
                if rendered.repeatable:
                    raise
                # A second card would be worse than one that is brought up to date only when somebody presses it.
                log.warning("a card of question %s is there but not written down", rendered.card.number)
        if rendered.then is not None:
            with suppress(asyncio.CancelledError):  # as above: it is sent
                for message in sending.messages:
                    await rendered.then(message)
        return sent

    async def _call(self, delivery: Delivery, rendered: Send, sending: Sending) -> None:
        """Make the calls; `sending` gets the ids of what came of them or was changed by them."""
        messages = sending.messages
        for position, call in enumerate(rendered.calls):
            await self._more_turns(delivery, counted(call) - (position == 0))
            if self._paid and delivery.lane >= LANE_REMINDER and hasattr(call, "allow_paid_broadcast"):
                call.allow_paid_broadcast = True
            again = repeatable(call)
            try:
                sending.begun = sending.begun or not again
                result = await self._made(delivery, call, PART_TRIES if sending.sent else 1)
            except TelegramBadRequest as error:
                if not (again and harmless(error)):
                    raise
                edited = call.message_id if isinstance(call, EditMessageText) else None
                if edited is not None and "not modified" in error.message:
                    messages.append(edited)  # a former try had arrived: it shows what it is to show
                elif edited is not None and delivery.recipient < 0:
                    await self._desk_keeper.card_gone(delivery.recipient, edited)
                continue
            sending.sent = sending.sent or not again
            answered = result if isinstance(result, list) else [result]  # an album is several messages
            messages += [one.message_id for one in answered if isinstance(one, Message)]

    async def _more_turns(self, delivery: Delivery, messages: int) -> None:
        """The turn that the delivery had was for one message; what it is beyond that waits for its own."""
        while messages > 0 and await self._pace.turn(delivery.recipient, delivery.lane, messages=messages) is None:
            await self._pace.open()

    async def _made(self, delivery: Delivery, call: TelegramMethod[object], tries: int) -> object:
        """The part of a delivery whose beginning is there already has several tries and waits between them."""
        while True:
            tries -= 1
            try:
                return await once(self._bot, call)
            except TelegramRetryAfter as error:
                if not tries:
                    raise
                await asyncio.sleep(self._pace.refused(delivery.recipient, error.retry_after))

    async def _failed(
        self, delivery: Delivery, sending: Sending, error: TelegramAPIError | ClientDecodeError
    ) -> Result:
        """The outcome of a delivery that did not arrive, or perhaps did not."""
        match error:
            case TelegramRetryAfter():
                # Perhaps the bot is meant, perhaps this chat alone: one that is refused for ever must not stop all.
                self._pace.refuse(delivery.recipient, error.retry_after)
                return PutBack(delivery.id)
            case TelegramForbiddenError() if delivery.recipient > 0:
                await self._db.write(participants.block, delivery.recipient, self._clock.seconds())
                self._people.changed(delivery.recipient)
                return Outcome(delivery.id, BLOCKED, error=error.message)
            case TelegramServerError() | TelegramUnauthorizedError() | TelegramNotFound():
                return self.later(delivery, error.message)  # the latter two are the token's fault, not the message's
            case TelegramNetworkError():
                if never_left(error):
                    # Not even a try: however long a venue is without a network, it costs nobody a message.
                    return PutBack(delivery.id, self._clock.seconds() + UNREACHED, error.message)
                if not sending.begun:
                    return self.later(delivery, error.message)
                # It may have arrived. To repeat it could be the second copy; it is counted and shown instead.
                return Outcome(delivery.id, UNSURE, error=error.message)
            case TelegramAPIError():
                if delivery.recipient < 0:
                    return await self._desk_keeper.refused(delivery, error)
                return Outcome(delivery.id, FAILED, error=error.message)
        return Outcome(delivery.id, UNSURE, error=UNREADABLE)

    def later(self, delivery: Delivery, error: str) -> Result:
        """Another try after a while, if there is any left."""
        tries = delivery.attempts + 1
        if tries >= TRIES:
            return Outcome(delivery.id, FAILED, error=error)
        due = self._clock.seconds() + min(FIRST_PAUSE**tries, LONGEST_PAUSE)
        return PutBack(delivery.id, due, error, tried=True)

    async def _note_card(
        self, delivery: Delivery, sent: Outcome, question: Question, new: bool, holder: str
    ) -> Settled:
        """Only now, when it is on the screen: who presses earlier has not read it."""
        for attempt in range(1, NOTE_TRIES + 1):
            try:
                now = self._clock.seconds()
                await self._db.write(
                    card_sent, holder, sent=sent, chat=delivery.recipient, question=question, new=new, now=now
                )
                break
            except DatabaseError:
                if attempt == NOTE_TRIES:
                    raise
                await asyncio.sleep(NOTE_PAUSE)
        return Settled(delivery.id)


def card_sent(
    tx: Transaction, holder: str, *, sent: Outcome, chat: int, question: Question, new: bool, now: int
) -> None:
    """The messages show the question from now on, or show it as it is now; with the delivery's outcome.

    A new one may have been pressed before this was written: then what it shows is known.
    """
    for message in sent.messages:
        if new and cards.shown_in(tx, chat, message) is not None:
            continue
        if new:
            moderation.card_shown(tx, chat, message=message, shown=question, desk=NO_LIST, now=now)
        else:
            moderation.card_renewed(tx, chat, message, question, now)
    leases.settle(tx, holder, [sent], now)


def put_off(delivery: Delivery, later: Later) -> Result:
    if delivery.valid_until is not None and later.due_at >= delivery.valid_until:
        return Outcome(delivery.id, DROPPED, error=later.error)
    return PutBack(delivery.id, later.due_at, later.error)


def never_left(error: TelegramNetworkError) -> bool:
    """True when no connection was made at all: the message cannot have arrived."""
    return isinstance(error.__cause__, ClientConnectorError)


def harmless(error: TelegramBadRequest) -> bool:
    """An edit that changes nothing, or an edit or deletion of what is gone, has nothing left to do."""
    return any(
        words in error.message
        for words in (
            "message is not modified",
            "message to edit not found",
            "message can't be edited",
            "message to delete not found",
        )
    )
