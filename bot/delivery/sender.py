"""Carries the outbox to Telegram: claims, waits for turns, has messages carried, marks."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from bot.actions import outgoing
from bot.actions.moderation.cards import CardFacts, facts_of
from bot.clock import Clock
from bot.delivery.carrier import Carrier, Result, Settled
from bot.delivery.ledger import Ledger
from bot.delivery.pace import Pace, Turn
from storage import leases
from storage.database import Database, DatabaseError, Transaction
from storage.deliveries import FAILED, LANE_ANNOUNCEMENT, LANE_CARD, LANE_REMINDER, Delivery, Outcome
from storage.leases import PutBack

log = logging.getLogger(__name__)

AHEAD = 0.5  # seconds of the pace that are claimed ahead of their turns
FEWEST, MOST = 16, 500  # places for deliveries under way
SPARE = 4  # places beyond these for what is more urgent than announcements, and as many for what somebody waits for
FOR_CHATS = 250  # claimed at most only to wait for their own chat, which takes one a second
LEASE, RENEW = 60, 15.0  # seconds a claim holds, and how often it is renewed
RETRY = 1.0  # seconds until the database is asked again after a failure
LATE = 0.75  # of a lease that was not renewed: after that nothing more is begun under it
IDLE = 5.0  # seconds between looks when nothing wakes the sender
# Seconds for which a card says what was read with its claim. Not more than the call itself may take: what changes
# meanwhile is enqueued for the card when it is written down (bot.actions.moderation.desk.card_shown).
FRESH = 0.1


class Claimed(NamedTuple):
    """A delivery, and for a question's card what it is to say, if that was read with the claim."""

    delivery: Delivery
    card: CardFacts | None


class Sender:
    """The only one who writes to people unasked; several processes may each have one on the same database.

    The outcome of a message is recorded within moments, and its place is taken until then: what a crash repeats
    is under way at that moment, `places_at` the pace at most. A person's messages go one by one and in order
    (storage.leases.claim).
    """

    def __init__(self, db: Database, carrier: Carrier, pace: Pace, clock: Clock, per_second: float) -> None:
        self._db = db
        self._carrier = carrier
        self._pace = pace
        self._clock = clock
        self._holder = secrets.token_hex(8)
        self._places = places_at(per_second)
        self._ledger = Ledger(db, self._holder, clock, self._written)
        self._wake = asyncio.Event()
        self._taken: Counter[int] = Counter()  # ids of what is claimed and not yet written down
        self._astray = False  # whether more may be claimed than that
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()  # those that wait for their turn
        self._renewed = time.monotonic()

    def wake(self) -> None:
        """Something was put into the outbox, or time has moved."""
        self._wake.set()

    async def start(self) -> None:
        """Take over what a former process left.

        A SQLite file has one process, so whatever is claimed there was left by a dead one. On PostgreSQL the
        holder may live; what it does not renew is free when its lease has run out, a minute later.
        """
        if self._db.engine == "sqlite":
            lost = await self._db.write(leases.release_all)
            if lost:
                log.warning("%s messages were under way when the last process ended: they may arrive twice", lost)
        else:
            await self._renew()

    async def run(self) -> None:
        """Send until cancelled; `finish` afterwards waits for what is in flight."""
        renewing = asyncio.create_task(self._keep_leases())
        try:
            while True:
                try:
                    await self._round()
                except Exception:
                    log.exception("the outbox could not be read; trying again in %.0f s", RETRY)
                    self._astray = True
                    await asyncio.sleep(RETRY)
        finally:
            renewing.cancel()

    async def finish(self, seconds: float) -> None:
        """Wait for what is on its way, up to so many seconds; what is not yet waits for the next start."""
        for task in self._waiting:
            task.cancel()
        if self._tasks:
            _, hanging = await asyncio.wait(self._tasks, timeout=seconds)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
        if await self._ledger.close():
            await self._db.write(leases.release, self._holder)
        # Otherwise some of what is claimed was sent: it stays claimed, so that the next start takes it for lost.

    async def _round(self) -> None:
        """Claim what there are places for, then rest until there may be more."""
        self._wake.clear()
        # During a pause nothing is claimed: after it the most urgent goes first, whenever it came.
        await self._pace.open()
        troubled = self._astray
        if troubled:
            # A claim may be stored although its connection broke; nobody would carry it, and it would be renewed.
            await self._db.write(leases.keep, self._holder, frozenset(self._taken))
            self._astray = False
        now = self._clock.seconds()
        free, lane = self._claimable()
        batch, due = await self._claim(now, free, lane=lane, read=not troubled) if free else ([], None)
        for claimed in batch:
            self._begin(claimed)
        if free and len(batch) == free:
            await asyncio.sleep(0)  # those that must wait for their chat take no place
            if self._claimable()[1] == LANE_ANNOUNCEMENT:
                return
        await self._rest(due)

    def _claimable(self) -> tuple[int, int]:
        """How many deliveries may be claimed, and of which lanes."""
        free = 0 if self._pace.for_chats >= FOR_CHATS else self._places - self._busy
        if free > 0:
            return free, LANE_ANNOUNCEMENT
        if free + SPARE > 0:
            return free + SPARE, LANE_REMINDER
        return max(free + 2 * SPARE, 0), LANE_CARD

    @property
    def _busy(self) -> int:
        """Places taken: by all that was claimed, but for what waits for its chat only."""
        return self._taken.total() - self._pace.for_chats

    async def _claim(self, now: int, limit: int, *, lane: int, read: bool) -> tuple[list[Claimed], int | None]:
        """`read` the cards with it; not after a failure: one that cannot be read must stop no other."""
        most = FEWEST if read else 0
        batch, due = await self._db.write(
            claim, self._holder, now=now, until=now + LEASE, limit=limit, lane=lane, most=most
        )
        if batch:
            self._carrier.claimed()
        return batch, due

    async def _rest(self, due: int | None) -> None:
        """Wait for a wake, or for what comes `due` then."""
        seconds = IDLE if due is None else min(IDLE, max(due - self._clock.now().timestamp(), 0.05))
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _begin(self, claimed: Claimed) -> None:
        self._taken[claimed.delivery.id] += 1
        task = asyncio.create_task(self._carry(*claimed, time.monotonic()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _written(self, ids: Collection[int]) -> None:
        """Places are free, and the next messages of those people may go. Half empty is early enough to fill up."""
        # Put back, it may be claimed again before we hear that it was written down: then it is twice in there.
        self._taken -= Counter(ids)
        if self._busy <= self._places // 2:
            self._wake.set()

    async def _carry(self, delivery: Delivery, card: CardFacts | None, claimed: float) -> None:
        """One delivery from its claim to its result."""
        try:
            turn = await self._turn(delivery)
            result: Result | Settled = PutBack(delivery.id)
            if turn is not None and self._held(claimed):
                fresh = time.monotonic() - claimed < FRESH
                result = await self._carrier.carry(delivery, turn, self._holder, card if fresh else None)
        except DatabaseError as error:
            # Before the message left: the carrier answers for what comes after.
            log.exception("delivery %s (%s) could not be written; trying again later", delivery.id, delivery.kind)
            result = self._carrier.later(delivery, str(error))
        except Exception:
            # Ours, not Telegram's: a message that cannot be rendered must not stop the others.
            log.exception("delivery %s (%s) failed", delivery.id, delivery.kind)
            result = Outcome(delivery.id, FAILED, error="failure")
        if isinstance(result, Settled):
            self._written([result.id])
        else:
            self._ledger.note(result)

    async def _turn(self, delivery: Delivery) -> Turn | None:
        task = asyncio.current_task()
        assert task is not None
        self._waiting.add(task)
        try:
            await self._carrier.prepare(delivery)
            return await self._pace.turn(delivery.recipient, delivery.lane)
        finally:
            self._waiting.discard(task)

    def _held(self, claimed: float) -> bool:
        """Whether the claim is surely still ours: a lease that could not be renewed may be somebody else's soon."""
        return time.monotonic() < max(claimed, self._renewed) + LEASE * LATE

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(RENEW)
            try:
                await self._renew()
            except Exception:
                log.exception("the leases could not be renewed; trying again in %.0f s", RENEW)

    async def _renew(self) -> None:
        before, now = time.monotonic(), self._clock.seconds()
        if await self._db.write(leases.renew, self._holder, now, now + LEASE):
            self._wake.set()
        self._renewed = before


def claim(
    tx: Transaction, holder: str, *, now: int, until: int, limit: int, lane: int, most: int
) -> tuple[list[Claimed], int | None]:
    """As `leases.claim_or_wait`, with what the claimed cards have to say, which saves a trip to another thread. Only
    `most` cards are read: those behind them wait for their turns, and are read again then."""
    batch, due = leases.claim_or_wait(tx, holder, now=now, until=until, limit=limit, lane=lane)
    things = [one.thing for one in batch if one.kind == outgoing.Card.kind]
    facts = facts_of(tx, things[:most], now)
    return [Claimed(one, facts.get(one.thing) if one.kind == outgoing.Card.kind else None) for one in batch], due


def places_at(per_second: float) -> int:
    """How many deliveries are under way at once at most, and so how many a crash can repeat."""
    return min(max(FEWEST, int(per_second * AHEAD)), MOST)
