"""From a batch of updates to handled ones: stored first, struck out when done, replayed after a crash."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.clock import Clock
from bot.dialogues import Dialogues
from bot.inbound.lanes import Lanes
from bot.inbound.unread import Overflow, RawUpdate, Unread
from bot.views.apart import CELLS, cells
from bot.views.staff.way_back import WAY_BACK, leads_back
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

GROUPS = ("group", "supergroup", "channel")
UNUSED = ("reply_markup", "entities", "caption_entities")  # of the message a press belongs to


class Inbox:
    """At-least-once: an update is in the database before its arrival is confirmed to Telegram."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, db: Database, dialogues: Dialogues, clock: Clock) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._db = db
        self._dialogues = dialogues
        self._clock = clock
        self._lanes: Lanes[RawUpdate | Unread] = Lanes(self._work)
        self._overflow = Overflow(self._notify)
        self._received: dict[int, float] = {}  # when an update came (`Clock.steady`), until it is handled

    async def replay(self) -> int:
        """Hand out all that a former run did not finish: what it stored and notified nobody of must not be lost."""
        left = await self._db.read(inbox.unfinished)
        for _, body in left:
            update = json.loads(body)
            self._lanes.put(lane_of(update), update)
        return len(left)

    async def take_in(self, updates: Sequence[RawUpdate]) -> None:
        """Store a batch, then hand out what is new in it. Once this returns, it may be confirmed.

        What is said in a group is nowhere stored.
        """
        received = self._clock.steady()
        updates = [slimmed(update) for update in updates if not overheard(update)]
        # As ASCII: half a surrogate pair, which JSON can carry, no database takes.
        rows = [(update["update_id"], json.dumps(update)) for update in updates]
        new = set(await self._db.write(inbox.take_in, self._bot.id, rows, self._clock.seconds()))
        for update in updates:
            if update["update_id"] in new:
                new.discard(update["update_id"])
                self._received[update["update_id"]] = received
                self._hand_out(update)

    async def calm(self) -> None:
        await self._lanes.calm()

    async def drain(self, seconds: float) -> None:
        self._overflow.close()
        if not await self._lanes.drain(seconds):
            log.warning("stopped with updates under way; they are handled again at the next start")

    def _hand_out(self, update: RawUpdate) -> None:
        chat = lane_of(update)
        if chat in self._overflow or self._lanes.full(chat):
            self._overflow.add(chat, update)
        else:
            self._lanes.put(chat, update)

    def _notify(self, unread: Unread) -> None:
        """The notice stands in the lane too: behind the answers to what came before."""
        self._lanes.put(unread.chat, unread)

    async def _work(self, item: RawUpdate | Unread) -> None:
        if isinstance(item, Unread):
            await self._pass_over(item)
        else:
            received = self._received.pop(item["update_id"], self._clock.steady())
            await self._handle(item, received=received)
            changes = self._dialogues.changes(lane_of(item))
            await self._db.write(inbox.finish, item["update_id"], changes, self._clock.seconds())

    async def _pass_over(self, unread: Unread) -> None:
        self._overflow.end(unread)
        for update in unread.updates:
            self._received.pop(update, None)
        log.warning("%s updates of a chat came faster than they could be answered: unread", len(unread.updates))
        if unread.first is not None:
            await self._handle(unread.first, unread=unread.messages)
        await self._db.write(inbox.strike_out, unread.updates)

    async def _handle(self, raw: RawUpdate, **known: float) -> None:
        """Let the dispatcher have an update, and what else is `known`; never raises."""
        update_id: int = raw["update_id"]
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
            update.event_type  # noqa: B018 - looked up, and found missing here rather than by the dispatcher
        except (ValidationError, UpdateTypeLookupError) as error:
            # A kind of update newer than our aiogram, or a damaged one: it must not stop the others.
            log.warning("update %s cannot be read and is passed over (%s)", update_id, reason(error))
        else:
            try:
                await self._dispatcher.feed_update(self._bot, update, **known)
            except Exception:
                # The middlewares notify the person of a handler's failure; this one is their own.
                log.exception("update %s failed outside of its handler", update_id)


def slimmed(update: RawUpdate) -> RawUpdate:
    """A press without what comes back with it and nobody reads: all the buttons of the message, its entities.

    They are most of the update, and a model is made of each (docs/benchmarks.md). Of the buttons it is kept where the
    pressed one stands, for bot.views.apart, and whether they lead back to a board, for bot.views.staff.way_back.
    """
    press = update.get("callback_query")
    message = press.get("message") if isinstance(press, Mapping) else None
    if not isinstance(press, Mapping) or not isinstance(message, Mapping):
        return update
    kept = {name: value for name, value in message.items() if name not in UNUSED}
    return {**update, "callback_query": {**press, "message": kept, **of_the_buttons(press, message)}}


def of_the_buttons(press: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    """Where the pressed one stands; and, only if it is so, that they lead back to a board."""
    markup = message.get("reply_markup")
    rows = (markup.get("inline_keyboard") if isinstance(markup, Mapping) else None) or []
    try:
        where = [list(cell) for cell in cells(rows, press.get("data", ""))]
        return {CELLS: where, WAY_BACK: True} if leads_back(rows) else {CELLS: where}
    except (AttributeError, TypeError):
        return {CELLS: []}


def lane_of(update: RawUpdate) -> int:
    """Updates of one lane are handled in order. A lane is the chat an update belongs to, 0 when it has none.

    A press in a group is in the lane of whoever pressed: it may begin a form in their own chat, and several who press
    at once do not wait for each other.
    """
    press = update.get("callback_query")
    if isinstance(press, Mapping) and isinstance(press.get("from"), Mapping):
        return number(press["from"].get("id"))
    for event in update.values():
        if isinstance(event, Mapping):
            for owner in (event.get("chat"), event.get("from")):
                if isinstance(owner, Mapping) and number(owner.get("id")):
                    return number(owner["id"])
    return 0


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def overheard(update: RawUpdate) -> bool:
    """Whether it is what people in a group say to each other: as an administrator the bot gets to hear it.

    Commands are for the bot; that a group has become another is the one thing Telegram says in a message.
    """
    message = update.get("message", update.get("edited_message"))
    chat = message.get("chat") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(chat, Mapping) or chat.get("type") not in GROUPS:
        return False
    return not str(message.get("text", "")).startswith("/") and "migrate_to_chat_id" not in message


def reason(error: ValidationError | UpdateTypeLookupError) -> str:
    """What is wrong with an update, without a word of what stands in it."""
    if isinstance(error, UpdateTypeLookupError):
        return "unknown kind"
    return ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
