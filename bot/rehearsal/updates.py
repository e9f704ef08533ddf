"""The queue of updates: kept until confirmed, read by long polling or sent to a webhook.

The rules are those of the Bot API server (tdlib/telegram-bot-api, Client.cpp): an offset confirms
everything below it, a negative one everything but the last -n; a new getUpdates ends the one already
waiting with 409; updates die after a day, callbacks after 150 s.
Left out: the slowing of clients that repeat one offset within half a second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.rehearsal.errors import conflict
from bot.rehearsal.wire import Json, Params

DAY = 86_400.0
CALLBACK_LIFE = 150.0
MAX_TIMEOUT = 50
MAX_PENDING = 100_000
"""Oldest updates beyond this are dropped: a rehearsal without a bot must not eat the memory."""

KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "subscription",
        "stopped_message_generation",
    ]
)
DEFAULT_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}

_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_EPOCH_2025 = 1_735_689_600


class UpdateQueue:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._pending: dict[int, tuple[float, Json]] = {}
        self._poll: asyncio.Future[None] | None = None
        self._closed = False
        self.confirmed_at = 0.0
        """When the last waiting update was confirmed, in loop seconds."""
        # A bot remembers the highest number it has handled, so a new rehearsal goes on above the last
        # one (as long as it had fewer than ten updates a second on average); 32 bits last until 2031.
        self._last_id = int(time.time() - _EPOCH_2025) * 10
        self.allowed = DEFAULT_KINDS
        self.on_add: Callable[[], None] | None = None
        """Set while a webhook is on: called for every new update, and polling is refused."""

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def polled(self) -> bool:
        """Whether a getUpdates waits right now."""
        return self._poll is not None

    def add(self, kind: str, payload: Json, *, life: float = DAY) -> int | None:
        """Queue one update; None when the bot has not asked for this kind."""
        if kind not in self.allowed:
            return None
        return self.add_raw({kind: payload}, life=life)

    def add_raw(self, update: Json, *, life: float = DAY) -> int:
        self._last_id += 1
        self._pending[self._last_id] = (self._now() + life, {**update, "update_id": self._last_id})
        if len(self._pending) > MAX_PENDING:
            del self._pending[next(iter(self._pending))]
        if self.on_add is not None:
            self.on_add()
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return self._last_id

    def allow(self, params: Params) -> None:
        """Take over `allowed_updates`; absent or not a list leaves the setting as it was."""
        wanted = params.items("allowed_updates")
        if wanted is None:
            return
        kinds = {str(kind).lower() for kind in wanted} & KINDS
        self.allowed = frozenset(kinds) if kinds else DEFAULT_KINDS

    async def get(self, params: Params) -> list[Json]:
        """One getUpdates call. Raises ApiError 409 as the real server does."""
        if self.on_add is not None:
            raise conflict(_WEBHOOK)
        offset = params.integer("offset")
        limit = min(max(params.integer("limit", 100), 1), 100)
        timeout = min(max(params.integer("timeout"), 0), MAX_TIMEOUT)
        self.allow(params)
        self.end_poll(_TERMINATED)
        self.confirm(offset)
        batch = self.head(limit)
        if batch or timeout == 0 or self._closed:
            return batch
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
        return self.head(limit)

    def confirm(self, offset: int) -> None:
        if offset < 0:
            gone = list(self._pending)[:offset]
        elif offset > 0:
            gone = []
            for update_id in self._pending:
                if update_id >= offset:
                    break
                gone.append(update_id)
        else:
            return
        for update_id in gone:
            del self._pending[update_id]
        if gone:
            self.confirmed_at = asyncio.get_running_loop().time()

    def head(self, limit: int) -> list[Json]:
        """Up to `limit` live updates, oldest first; the expired ones are dropped on the way."""
        batch: list[Json] = []
        expired: list[int] = []
        now = self._now()
        for update_id, (until, update) in self._pending.items():
            if until < now:
                expired.append(update_id)
                continue
            batch.append(update)
            if len(batch) == limit:
                break
        for update_id in expired:
            del self._pending[update_id]
        return batch

    def drop(self, update_id: int) -> None:
        """Forget one update, which a webhook took."""
        self._pending.pop(update_id, None)
        self.confirmed_at = asyncio.get_running_loop().time()

    def clear(self) -> None:
        self._pending.clear()

    def end_poll(self, reason: str) -> None:
        """Answer a waiting getUpdates with 409."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_exception(conflict(reason))

    def close(self) -> None:
        """Answer the waiting getUpdates with what there is, and every later one at once."""
        self._closed = True
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
