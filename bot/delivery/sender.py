"""Carries the outbox to Telegram: claims, paces, sends, marks."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message

from bot.actions import moderation
from bot.clock import Clock
from bot.delivery.letters import Letter, Letters
from bot.delivery.pace import Pace
from bot.people import People
from bot.views.moderation import NO_LIST
from storage import deliveries, participants
from storage.database import Database
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE, Delivery, Outcome

log = logging.getLogger(__name__)

BATCH = 32  # about a second's worth: a crash repeats at most what is in flight of it
IN_FLIGHT = 16
LEASE = 120  # seconds a claim holds; only where several instances share the outbox does it run out
IDLE = 5.0  # seconds between looks when nothing wakes the sender
TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = 2, 300  # seconds between tries after a server's error


class Sender:
    """The only one who writes to people unasked."""

    def __init__(self, bot: Bot, db: Database, letters: Letters, pace: Pace, people: People, clock: Clock) -> None:
        self._bot = bot
        self._db = db
        self._letters = letters
        self._pace = pace
        self._people = people
        self._clock = clock
        self._wake = asyncio.Event()
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._in_flight: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []

    def wake(self) -> None:
        """Something was put into the outbox, or time has moved."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; `finish` afterwards waits for what is in flight."""
        while True:
            self._wake.clear()
            now = self._clock.seconds()
            batch = await self._db.write(deliveries.claim, now, now + LEASE, BATCH)
            for delivery in batch:
                await self._pace.turn()
                await self._slots.acquire()
                task = asyncio.create_task(self._carry(delivery))
                self._in_flight.add(task)
                task.add_done_callback(self._in_flight.discard)
            await self._mark()
            if not batch:
                await self._rest()

    async def finish(self, seconds: float) -> None:
        """Wait for what is in flight and write down what became of it; the rest waits for the next start."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=seconds)
        await self._mark()
        await self._db.write(deliveries.release)

    async def _rest(self) -> None:
        """Nothing is due: let what is in flight end, then wait for a wake or for what comes due."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, return_when=asyncio.FIRST_COMPLETED, timeout=IDLE)
            await self._mark()
            return
        due = await self._db.read(deliveries.next_due)
        seconds = IDLE if due is None else min(IDLE, max(due - self._clock.now().timestamp(), 0.05))
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            pass

    async def _mark(self) -> None:
        if self._outcomes:
            outcomes, self._outcomes = self._outcomes, []
            await self._db.write(deliveries.finish, outcomes, self._clock.seconds())

    async def _carry(self, delivery: Delivery) -> None:
        try:
            outcomes = await self._deliver(delivery)
            self._outcomes += outcomes  # after the await: `+=` reads its left side first, and _mark swaps the list
        except Exception:
            # Ours, not Telegram's: a letter that cannot be written must not stop the others.
            log.exception("delivery %s (%s) failed", delivery.id, delivery.kind)
            self._outcomes.append(Outcome(delivery.id, FAILED, error="failure"))
        finally:
            self._slots.release()

    async def _deliver(self, delivery: Delivery) -> list[Outcome]:
        """Send one letter. No outcome means that it was put back for another try."""
        letter = await self._letters.write(delivery)
        if letter is None:
            return [Outcome(delivery.id, DROPPED)]
        try:
            message = await self._call(letter, delivery)
        except TelegramRetryAfter as error:
            self._pace.pause(error.retry_after)
            await self._again(delivery, error.retry_after, "flood")
            return []
        except TelegramForbiddenError as error:
            await self._db.write(participants.block, delivery.recipient, self._clock.seconds())
            self._people.changed(delivery.recipient)
            return [Outcome(delivery.id, BLOCKED, error=error.message)]
        except TelegramServerError as error:
            return await self._later(delivery, error)
        except TelegramNetworkError as error:
            if never_left(error):
                return await self._later(delivery, error)
            # It may have arrived. To repeat it could be the second copy; it is counted and shown instead.
            return [Outcome(delivery.id, UNSURE, error=error.message)]
        except TelegramAPIError as error:
            return [Outcome(delivery.id, FAILED, error=error.message)]
        if letter.card is not None and message is not None:
            arrived = (delivery.recipient, message, letter.card, NO_LIST, self._clock.seconds())
            await self._db.write(moderation.card_shown, *arrived)
        return [Outcome(delivery.id, SENT, message)]

    async def _call(self, letter: Letter, delivery: Delivery) -> int | None:
        message: int | None = None
        for call in letter.calls:
            try:
                result = await self._bot(call)
            except TelegramBadRequest as error:
                if not harmless(call, error):
                    raise
                continue
            if isinstance(result, Message):
                message = result.message_id
        return message

    async def _later(self, delivery: Delivery, error: TelegramAPIError) -> list[Outcome]:
        if delivery.attempts >= TRIES:
            return [Outcome(delivery.id, FAILED, error=error.message)]
        await self._again(delivery, min(FIRST_PAUSE**delivery.attempts, LONGEST_PAUSE), error.message)
        return []

    async def _again(self, delivery: Delivery, seconds: float, why: str) -> None:
        due = self._clock.seconds() + max(1, round(seconds))
        await self._db.write(deliveries.postpone, delivery.id, due, why)


def never_left(error: TelegramNetworkError) -> bool:
    """True when no connection was made at all: the message cannot have arrived."""
    return "Cannot connect" in error.message


def harmless(call: TelegramMethod[Any], error: TelegramBadRequest) -> bool:
    """An edit that changes nothing, or of a message the person deleted, has nothing left to do."""
    return not isinstance(call, SendMessage) and (
        "message is not modified" in error.message or "message to edit not found" in error.message
    )
