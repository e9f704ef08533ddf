"""The only place where the parts meet: built, started, drained and stopped in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from aiogram import Bot, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.types import User

from bot.actions.publishing import gone
from bot.actions.staff.staff import name_chiefs
from bot.clock import Clock
from bot.delivery.board import Boards, OpenBoards
from bot.delivery.calls import Courtesy
from bot.delivery.carrier import Carrier
from bot.delivery.pace import Pace
from bot.delivery.progress import Progress
from bot.delivery.rendering import Renderers
from bot.delivery.scheduler import Scheduler
from bot.delivery.screens import Screens
from bot.delivery.sender import Sender
from bot.delivery.session import LeanSession
from bot.delivery.stage import Stages
from bot.delivery.topics import DeskKeeper
from bot.dialogues import Dialogues
from bot.drafts import Drafts
from bot.groups import GroupAnswers
from bot.inbound.inbox import Inbox
from bot.inbound.poller import FIRST_PAUSE, LONGEST_PAUSE, Poller
from bot.inbound.switchboard import Switchboard
from bot.middlewares import order
from bot.middlewares.context import ContextMiddleware
from bot.middlewares.taps import TapsMiddleware
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rounds import ended
from bot.runs import RunsKeeper
from bot.settings import Settings
from bot.taps import Taps
from bot.texts import Translators
from bot.versions import Versions
from bot.watching.reach import Reach, public
from bot.watching.watcher import Watcher
from bot.web.hall import Hall
from bot.web.server import serve
from storage import (
    announcements,
    boards,
    bots,
    conversations,
    deliveries,
    desk_groups,
    drafts,
    programme_watches,
    programmes,
    questions,
    session_runs,
)
from storage.database import open_database

log = logging.getLogger(__name__)

STOP_WITHIN = 8.0  # seconds for what is in flight; with closing the rest it stays below ten

T = TypeVar("T")

AtStart = Callable[[Bot, Translators], Coroutine[None, None, None]]


class Application:
    """The bot, assembled. `programme` overrides the settings' file: the rehearsal moves it to today.

    `reach` says where a watched address may lead; only tests have a server of their own that it has to reach.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        router: Router,
        introduce: AtStart,
        clock: Clock | None = None,
        programme: Programme | None = None,
        reach: Reach = public,
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self._router = router
        self._introduce = introduce
        self._given = programme
        self._reach = reach
        self._pace = Pace(settings.messages_per_second, settings.paid_broadcasts)
        self.ready = False

    async def run(self, stop: asyncio.Event, started: asyncio.Event | None = None) -> None:
        """Run until `stop` is set. `started` is set once updates are taken.

        Raises storage.DatabaseError, bot.programme.ProgrammeFaults or aiogram's TelegramUnauthorizedError
        when it cannot start.
        """
        async with self._database(), self._bot() as bot:
            self.hall = Hall(self.db, self.current, self.clock, self._translators)
            async with serve(self.settings.address, self, self.hall):
                me = await unless(stop, first_contact(bot))
                if me is not None:
                    await self._serve(bot, me, stop, started)

    async def _serve(self, bot: Bot, me: User, stop: asyncio.Event, started: asyncio.Event | None) -> None:
        dialogues = Dialogues(await self.db.read(conversations.everything))
        self._make_parts(bot)
        self._connect()
        self.hall.username = me.username or ""
        await self.runs_keeper.refresh()
        inbox = Inbox(bot, self._dispatcher(dialogues, me), self.db, dialogues, self.clock)

        if await self.db.write(bots.serve, me.id):
            log.warning("another bot had this database; the ids of its messages are dropped")
        await self._screens.start()
        await self._open_boards.start()
        await self.sender.start()
        replayed = await inbox.replay()
        if replayed:
            log.info("%s updates of the last run are handled again", replayed)
        await self.scheduler.start()
        try:
            await self._work(bot, Poller(bot, inbox), stop, started)
        finally:
            await inbox.drain(STOP_WITHIN * 0.6)
            await self.sender.finish(STOP_WITHIN * 0.4)

    async def _work(self, bot: Bot, poller: Poller, stop: asyncio.Event, started: asyncio.Event | None) -> None:
        """Let the workers run until `stop` is set or one of them fails, whose error is the application's then."""
        parts = (
            poller,
            self.sender,
            self.progress,
            self.desk_keeper,
            self.stages,
            self.boards,
            self.runs_keeper,
            self.versions,
            self.watcher,
        )
        workers = [asyncio.create_task(part.run()) for part in parts]
        background = [
            asyncio.create_task(self._introduce(bot, self._translators)),
            asyncio.create_task(asyncio.to_thread(self.current.warm_up)),
        ]
        polling, stopping = (asyncio.create_task(event.wait()) for event in (poller.first_poll, stop))
        try:
            # With a full inbox of the last run the first poll waits, and a stop must not wait for it.
            await asyncio.wait((polling, *workers, stopping), return_when=asyncio.FIRST_COMPLETED)
            if poller.first_poll.is_set():
                self.ready = True
                if started is not None:
                    started.set()
                log.info("ready as @%s, programme version %s", self.hall.username, self.current.number)
            done, _ = await asyncio.wait((*workers, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.ready = False
            self.scheduler.stop()
            await ended((*workers, *background, polling, stopping))
        for task in done - {stopping}:
            task.result()

    def _make_parts(self, bot: Bot) -> None:
        translators, pace = self._translators, self._pace
        self.people = People(self.db, self.settings.quiet_hours)
        self.versions = Versions(self.db, self.current)
        renderers = Renderers(
            self.db,
            self.people,
            translators=translators,
            current=self.current,
            versions=self.versions,
            clock=self.clock,
            open_screens=self._screens,
        )
        self.desk_keeper = DeskKeeper(bot, self.db, translators, self.current, self.clock)
        limit, paid = self.settings.messages_per_second, self.settings.paid_broadcasts
        carrier = Carrier(
            bot,
            self.db,
            renderers,
            pace=pace,
            people=self.people,
            clock=self.clock,
            desk_keeper=self.desk_keeper,
            paid=paid,
        )
        self.sender = Sender(self.db, carrier, pace, self.clock, limit)
        self.scheduler = Scheduler(self.db, self.current, self.clock, limit)
        self.progress = Progress(
            bot,
            self.db,
            self.people,
            translators=translators,
            current=self.current,
            clock=self.clock,
            pace=pace,
            open_screens=self._screens,
        )
        self.stages = Stages(bot, self.db, self.people, translators=translators, current=self.current, clock=self.clock)
        self.boards = Boards(
            bot,
            self.db,
            self.people,
            translators=translators,
            current=self.current,
            clock=self.clock,
            pace=pace,
            open_boards=self._open_boards,
        )
        self.runs_keeper = RunsKeeper(self.db, self.current)
        self.drafts = Drafts(self.db, self.versions.get)
        self.watcher = Watcher(self.db, self.drafts, self.clock, self._reach)

    def _connect(self) -> None:
        """Who looks again after what: news in the database, another version, other marks, a clock that was moved.

        The texts of announcements that `Announcing` keeps are not here: it forgets them by itself.
        """
        news = {
            deliveries.CHANNEL: (self.sender.wake,),
            announcements.CHANNEL: (self.progress.wake, self.boards.wake),
            questions.CHANNEL: (self.hall.wake, self.stages.wake, self.boards.wake),
            desk_groups.CHANNEL: (self.desk_keeper.wake, self.boards.wake),
            drafts.CHANNEL: (self.boards.wake,),
            boards.CHANNEL: (self.boards.wake,),
            programmes.CHANNEL: (self.versions.wake,),
            session_runs.CHANNEL: (self.runs_keeper.wake,),
            programme_watches.CHANNEL: (self.watcher.wake,),
        }
        for channel, wakes in news.items():
            for wake in wakes:
                self.db.listen(channel, wake)
        self.versions.follow(
            self.people.everybody_changed,
            self.scheduler.wake,
            self.hall.wake,
            self.stages.wake,
            self.desk_keeper.wake,
            self.progress.wake,
            self.boards.wake,
        )
        self.runs_keeper.follow(self.hall.wake, self.stages.wake, self.boards.wake, self.scheduler.wake)
        self._on_clock = (
            self.hall.wake,
            self.sender.wake,
            self.stages.wake,
            self.boards.wake,
            self.desk_keeper.wake,
            self.watcher.wake,
        )

    def _dispatcher(self, dialogues: Dialogues, me: User) -> Switchboard:
        dispatcher = Switchboard(
            storage=dialogues,
            clock=self.clock,
            current=self.current,
            people=self.people,
            pace=self._pace,
            progress=self.progress,
            stage_keeper=self.stages,
            boards=self.boards,
            runs_keeper=self.runs_keeper,
            drafts=self.drafts,
            watcher=self.watcher,
            versions=self.versions,
            translators=self._translators,
            group_answers=GroupAnswers(self.clock),
            username=me.username,
            web_address=self.settings.web_address,
            photos=self.settings.programme.parent,
            approval=self.settings.announcement_approval,
        )
        context = ContextMiddleware(self.db, self.people, self._translators, self.current, self.clock)
        order.surround(dispatcher, context, TapsMiddleware(self.taps, self.clock))
        dispatcher.include_router(self._router)
        return dispatcher

    async def time_moved(self) -> None:
        """The clock was moved, as only a rehearsal does: look at once for what is due now."""
        if self.ready:
            await self.scheduler.look()
            for wake in self._on_clock:
                wake()

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[None]:
        self.db = await open_database(self.settings.database)
        try:
            await self.db.write(name_chiefs, self.settings.organizers, self.clock.seconds())
            await self._load_programme()
            self._translators = Translators(self.settings.zone or self.current.programme.forum.zone)
            yield
        finally:
            await self.db.close()

    async def _load_programme(self) -> None:
        """The newest version in the database; a new database takes the given programme or the settings' file."""
        newest = await self.db.read(programmes.newest)
        if newest is not None:
            held = await self.db.write(gone.remembered, Programme.from_document(newest.document))
            self.current = CurrentProgramme(held, newest.number)
            return
        programme = self._given
        if programme is None:
            programme = await asyncio.to_thread(load_file, self.settings.programme)
        number = await self.db.write(
            programmes.publish,
            programme.to_document(),
            source=self.settings.programme.name,
            published_by=None,
            now=self.clock.seconds(),
        )
        self.current = CurrentProgramme(programme, number)

    @asynccontextmanager
    async def _bot(self) -> AsyncIterator[Bot]:
        assert self.settings.bot_token is not None
        self.taps = Taps(self.clock)
        session = LeanSession(self.taps, api=TelegramAPIServer.from_base(self.settings.bot_api_url))
        self._screens, self._open_boards = Screens(self.db), OpenBoards(self.db)
        session.middleware(Courtesy(self._pace))
        session.middleware(self._screens)  # after a wait, right before the call
        session.middleware(self._open_boards)
        properties = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
        bot = Bot(self.settings.bot_token.get_secret_value(), session=session, default=properties)
        try:
            yield bot
        finally:
            with suppress(Exception):
                await bot.session.close()


async def unless(stop: asyncio.Event, work: Coroutine[None, None, T]) -> T | None:
    """What `work` comes to; None when `stop` was set before, and it was given up."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        await ended((working, stopping))


async def first_contact(bot: Bot) -> User:
    """Who we are, asked until Telegram answers: a bot started before its network must come up with it."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await bot.get_me()
        except (TelegramNetworkError, TelegramServerError) as error:
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", error.message, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
