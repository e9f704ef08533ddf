"""Carries the outbox to Telegram: claims, paces, sends, marks."""

from __future__ import annotations

import asyncio
import logging

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
from aiogram.types import Message
from aiohttp import ClientConnectorError

from bot.actions import moderation
from bot.actions.letters import CARD_CHANGE
from bot.clock import Clock
from bot.delivery.calls import once
from bot.delivery.letters import Later, Letter, Letters
from bot.delivery.pace import Pace
from bot.people import People
from bot.views.moderation import NO_LIST
from storage import deliveries, participants
from storage.database import Database
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE, Delivery, Outcome
from storage.questions import Question

log = logging.getLogger(__name__)

IN_FLIGHT = 16  # half a second's worth: what is more urgent waits no longer than that
LEASE = 120  # seconds a claim holds; only where several instances share the outbox does it run out
IDLE = 5.0  # seconds between looks when nothing wakes the sender
TRIES = 12  # with the pauses between them about half an hour
FIRST_PAUSE, LONGEST_PAUSE = 2, 300  # seconds between tries after a server's error


class Sender:
    """The only one who writes to people unasked.

    What became of a letter is written down as soon as it is known, so that a crash repeats at most what was
    on its way at that moment. A person's letters go one by one and in order (storage.deliveries.claim).
    """

    def __init__(self, bot: Bot, db: Database, letters: Letters, pace: Pace, people: People, clock: Clock) -> None:
        self._bot = bot
        self._db = db
        self._letters = letters
        self._pace = pace
        self._people = people
        self._clock = clock
        self._wake = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()  # those in flight that wait for their turn

    def wake(self) -> None:
        """Something was put into the outbox, or time has moved."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; `finish` afterwards waits for what is in flight."""
        while True:
            self._wake.clear()
            # During a pause nothing is claimed: after it the most urgent goes first, whenever it came.
            await self._pace.open()
            now = self._clock.seconds()
            free = IN_FLIGHT - len(self._in_flight)
            batch = await self._db.write(deliveries.claim, now, now + LEASE, free) if free else []
            for delivery in batch:
                task = asyncio.create_task(self._carry(delivery))
                self._in_flight.add(task)
                task.add_done_callback(self._ended)
            if not batch:
                await self._rest(now)

    async def finish(self, seconds: float) -> None:
        """Wait for what is on its way, up to so many seconds; what is not yet waits for the next start."""
        for task in self._waiting:
            task.cancel()
        if self._in_flight:
            _, hanging = await asyncio.wait(self._in_flight, timeout=seconds)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
        await self._db.write(deliveries.release)

    async def _rest(self, now: int) -> None:
        """Nothing could be claimed at `now`: wait for a wake, or for what comes due after it."""
        due = await self._db.read(deliveries.next_due, now)
        seconds = IDLE if due is None else min(IDLE, max(due - self._clock.now().timestamp(), 0.05))
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A place is free, and the person's next letter may go."""
        self._in_flight.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what became of a delivery could not be written down", exc_info=error)

    async def _carry(self, delivery: Delivery) -> None:
        """One delivery from its claim to its outcome; without one it was put back for another try."""
        if not await self._turn(delivery):
            await self._db.write(deliveries.put_back, delivery.id)
            return
        try:
            outcome = await self._deliver(delivery)
        except Exception:
            # Ours, not Telegram's: a letter that cannot be written must not stop the others.
            log.exception("delivery %s (%s) failed", delivery.id, delivery.kind)
            outcome = Outcome(delivery.id, FAILED, error="failure")
        if outcome is not None:
            await self._db.write(deliveries.finish, [outcome], self._clock.seconds())

    async def _turn(self, delivery: Delivery) -> bool:
        task = asyncio.current_task()
        assert task is not None
        self._waiting.add(task)
        try:
            return await self._pace.turn(delivery.recipient, edits=delivery.kind == CARD_CHANGE)
        finally:
            self._waiting.discard(task)

    async def _deliver(self, delivery: Delivery) -> Outcome | None:
        letter = await self._letters.write(delivery)
        if letter is None:
            return Outcome(delivery.id, DROPPED)
        if isinstance(letter, Later):
            return await self._put_off(delivery, letter)
        try:
            messages = await self._call(delivery.recipient, letter)
        except TelegramRetryAfter as error:
            if letter.repeatable:
                self._pace.refused(delivery.recipient, error.retry_after)
            else:
                self._pace.pause(error.retry_after)  # it had waited for its chat's turn, so the bot is meant
            await self._db.write(deliveries.put_back, delivery.id)
            return None
        except TelegramForbiddenError as error:
            await self._db.write(participants.block, delivery.recipient, self._clock.seconds())
            self._people.changed(delivery.recipient)
            return Outcome(delivery.id, BLOCKED, error=error.message)
        except (TelegramServerError, TelegramUnauthorizedError, TelegramNotFound) as error:
            return await self._later(delivery, error)  # the latter two are the token's fault, not the letter's
        except TelegramNetworkError as error:
            if letter.repeatable or never_left(error):
                return await self._later(delivery, error)
            # It may have arrived. To repeat it could be the second copy; it is counted and shown instead.
            return Outcome(delivery.id, UNSURE, error=error.message)
        except TelegramAPIError as error:
            return Outcome(delivery.id, FAILED, error=error.message)
        except ClientDecodeError:
            return Outcome(delivery.id, UNSURE, error="an answer that cannot be read")
        except asyncio.CancelledError:
            if letter.repeatable:
                raise  # the claim stands, and `finish` lets go of it
            return Outcome(delivery.id, UNSURE, error="stopped before Telegram answered")
        if letter.card is not None:
            await self._note_cards(delivery.recipient, messages, letter.card, new=not letter.repeatable)
        return Outcome(delivery.id, SENT, messages)

    async def _put_off(self, delivery: Delivery, later: Later) -> Outcome | None:
        if delivery.valid_until is not None and later.due_at >= delivery.valid_until:
            return Outcome(delivery.id, DROPPED, error=later.error)
        await self._db.write(deliveries.put_back, delivery.id, later.due_at, later.error)
        return None

    async def _note_cards(self, chat: int, messages: list[int], question: Question, new: bool) -> None:
        """Only now, when they are on the screen: who presses earlier has not read them."""
        for message in messages:
            if new:
                await self._db.write(moderation.card_shown, chat, message, question, NO_LIST, self._clock.seconds())
            else:
                await self._db.write(moderation.card_renewed, chat, message, question)

    async def _call(self, chat: int, letter: Letter) -> list[int]:
        """The ids of the messages that came of it or were changed by it."""
        messages: list[int] = []
        for call in letter.calls:
            if letter.repeatable:
                self._pace.edited(chat)
            try:
                result = await once(self._bot, call)
            except TelegramBadRequest as error:
                if not (letter.repeatable and harmless(error)):
                    raise
                continue
            answered = result if isinstance(result, list) else [result]  # an album is several messages
            messages += [one.message_id for one in answered if isinstance(one, Message)]
        return messages

    async def _later(self, delivery: Delivery, error: TelegramAPIError) -> Outcome | None:
        tries = delivery.attempts + 1
        if tries >= TRIES:
            return Outcome(delivery.id, FAILED, error=error.message)
        due = self._clock.seconds() + min(FIRST_PAUSE**tries, LONGEST_PAUSE)
        await self._db.write(deliveries.postpone, delivery.id, due, error.message)
        return None


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
