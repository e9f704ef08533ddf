"""Keeps the organizers' boards up to date: one message in a chat, edited in place and without a sound."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import EditMessageText, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message

from bot.actions.staff import board as actions
from bot.clock import Clock
from bot.delivery.calls import chat_of, once, readable
from bot.delivery.pace import Pace
from bot.delivery.screens import Place, changed_by
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.rounds import ended, rounds
from bot.texts import Translators
from bot.views.screen import Screen
from bot.views.staff import board as views
from bot.views.staff.way_back import is_board
from bot.who import Who
from storage import boards as records
from storage import participants
from storage.boards import BoardMessage
from storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

EVERY = 5.0  # seconds between two edits of a board at the least
SETTLE = 1.0  # seconds in which what comes in bunches is gathered for one edit
CROWDED = 1.0  # seconds after which a chat that had no turn to spare is looked at again


class OpenBoards(BaseRequestMiddleware):
    """Around every call that is made in answer to somebody: a board that is about to show something else, or to be
    deleted, is struck off before, so that nothing edits it back; and no two edits of it are under way at once. As
    bot.delivery.screens does with announcements."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._places: set[Place] = set()
        self._locks: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()

    async def start(self) -> None:
        """Before anything is handled: a board of the last run may be pressed at once."""
        self.know(await self._db.read(records.every))

    def know(self, followed: Iterable[BoardMessage]) -> None:
        """All there are, those that other instances have placed among them."""
        self._places |= {(one.chat, one.message) for one in followed}

    def one_at_a_time(self, place: Place) -> asyncio.Lock:
        return self._locks.setdefault(place, asyncio.Lock())

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat, message = chat_of(method), changed_by(method)
        if chat is None or message is None or (chat, message) not in self._places:
            return await make_request(bot, method)
        async with self.one_at_a_time((chat, message)):
            if is_board(getattr(method, "reply_markup", None)):
                return await make_request(bot, method)
            former = await self._strike_off(chat, message)
            try:
                with readable(method):
                    return await make_request(bot, method)
            except (TelegramBadRequest, TelegramServerError, TelegramRetryAfter):
                if former is not None:
                    await self._put_back(former)  # nothing has changed there
                raise

    async def _strike_off(self, chat: int, message: int) -> BoardMessage | None:
        """The board that the message shows, if it still does."""
        self._places.discard((chat, message))
        try:
            former = await self._db.read(records.get, chat, message)
            if former is not None:
                await self._db.write(records.lift, chat, message)
        except DatabaseError as error:
            log.warning("a message that shows something else may be taken for a board: %s", error)
            return None
        return former

    async def _put_back(self, former: BoardMessage) -> None:
        self._places.add((former.chat, former.message))
        try:
            await self._db.write(records.put_back, former)
        except DatabaseError as error:
            log.warning("a board will not be followed: %s", error)


class Boards:
    """Looks at what the boards show whenever some of it may have changed, all boards at once, and edits those that say
    something else by now.

    It edits by itself and enqueues nothing: only the newest state counts (docs/decisions/0015). An edit takes a turn
    that nobody else wants, and says what is so when it has it.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        people: People,
        *,
        translators: Translators,
        current: CurrentProgramme,
        clock: Clock,
        pace: Pace,
        open_boards: OpenBoards,
    ) -> None:
        self._bot = bot
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock
        self._pace = pace
        self._open = open_boards
        self._wake = asyncio.Event()
        self._edited: dict[int, float] = {}  # when the chat's board was shown or edited last, of the monotonic clock
        self._rests: dict[int, float] = {}  # until when a chat gets no edit at all
        self._wanted: dict[int, tuple[BoardMessage, Screen]] = {}  # by chat: what is to be shown with its next turn
        self._busy: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Something a board shows may have changed, or time has moved."""
        self._wake.set()

    async def opened(self, message: Message | None, screen: Screen) -> None:
        """Somebody's press has put a board there: it is the chat's own from now on."""
        if message is not None:
            shown = BoardMessage(message.chat.id, message.message_id, views.digest(screen))
            self._edited[shown.chat] = time.monotonic()
            self._open.know([shown])
            await self._db.write(records.place, shown.chat, shown.message, shown.says)

    async def run(self) -> None:
        try:
            await rounds(self._wake, self.look, "the organizers' boards", settle=SETTLE)
        finally:
            await ended(self._busy.values())

    async def look(self) -> float | None:
        """Bring up to date what may be edited now. Seconds until the next look; None when nothing is followed."""
        followed = await self._db.read(records.every)
        self._open.know(followed)
        now = time.monotonic()
        due: list[tuple[BoardMessage, Who]] = []
        waits = [self._minute()]
        for one in sorted(followed, key=lambda one: not one.former):
            who = await self._people.get(one.chat)
            if who.participant is not None and who.participant.blocked_at is not None:
                continue  # once they are back, it goes on
            wait = max(self._rests.get(one.chat, 0.0), 0.0 if one.former or not who.organizer else self._next(one.chat))
            if wait > now:
                waits.append(wait - now - SETTLE)
            else:
                due.append((one, who))
        self._wanted.clear()
        for one, screen in await self._screens(due):
            self._bring(one, screen)
        return max(0.0, min(waits)) if followed else None

    def _next(self, chat: int) -> float:
        """When the chat's board may be edited again."""
        return self._edited.get(chat, -EVERY) + EVERY

    def _minute(self) -> float:
        """Seconds until the next minute: what is late, over or scheduled changes with time too."""
        return 60.0 - self._clock.now().timestamp() % 60.0

    async def _screens(self, due: Sequence[tuple[BoardMessage, Who]]) -> list[tuple[BoardMessage, Screen]]:
        """What those that say something else by now are to show: one reading for all of them."""
        languages = {who.language for one, who in due if who.organizer and not one.former}
        shown: dict[str, Screen] = {}
        if languages:
            current, now = self._current, self._clock.now()
            programme, runs = current.programme, current.runs
            found = await self._db.read(actions.read, programme, runs, now)
            shown = {one: views.board(self._translators[one], programme, found, now) for one in languages}
        screens = []
        for one, who in due:
            t = self._translators[who.language]
            if not who.organizer:
                screens.append((one, views.ended(t)))
            elif one.former:
                screens.append((one, views.moved_on(t)))
            elif views.digest(shown[who.language]) != one.says:
                screens.append((one, shown[who.language]))
        return screens

    def _bring(self, one: BoardMessage, screen: Screen) -> None:
        """Show it with the chat's next turn; of several messages of a chat the first, and the others after it."""
        if one.chat in self._wanted:
            return
        self._wanted[one.chat] = one, screen
        if one.chat not in self._busy:
            self._busy[one.chat] = asyncio.create_task(self._show(one.chat))

    async def _show(self, chat: int) -> None:
        try:
            turn = await self._pace.spare(chat)
            wanted = self._wanted.pop(chat, None) if turn is not None else None
            if wanted is not None:
                await self._edit(*wanted)
            elif turn is not None:
                self._pace.give_back(turn)  # it is by now as it was
            else:
                self._rests[chat] = time.monotonic() + CROWDED
        except TelegramRetryAfter as error:
            self._rests[chat] = time.monotonic() + self._pace.refused(chat, error.retry_after)
        except Exception as error:
            log.warning("a board was not brought up to date: %s", error)
            self._rests[chat] = time.monotonic() + EVERY
        finally:
            del self._busy[chat]
            self.wake()

    async def _edit(self, one: BoardMessage, screen: Screen) -> None:
        place = one.chat, one.message
        async with self._open.one_at_a_time(place):
            standing = await self._db.read(records.get, *place)
            if standing is None or (standing.former, standing.says) != (one.former, one.says):
                return  # it shows something else by now
            if not one.former:
                self._edited[one.chat] = time.monotonic()
            try:
                await once(
                    self._bot,
                    EditMessageText(
                        chat_id=one.chat, message_id=one.message, text=screen.text, reply_markup=screen.keyboard
                    ),
                )
            except TelegramForbiddenError:
                if (await self._people.get(one.chat)).participant is None:
                    await self._db.write(records.lift, *place)  # nobody would know that they are back
                await self._db.write(participants.block, one.chat, self._clock.seconds())
                self._people.changed(one.chat)
                return
            except TelegramBadRequest as error:
                if "not modified" not in error.message:
                    log.info("a board is gone: %s", error.message)
                    await self._db.write(records.lift, *place)
                    return
            if is_board(screen.keyboard):
                await self._db.write(records.say, *place, views.digest(screen))
            else:
                await self._db.write(records.lift, *place)  # it has said its last
