"""The alarm clock: APScheduler says when to look, the programme and the ledger say what is due."""

from __future__ import annotations

import datetime as dt
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.actions.agenda import ratings, reminders, speaking
from bot.actions.announcements import timing
from bot.actions.moderation import left_over
from bot.actions.publishing import notices
from bot.actions.questions import over
from bot.clock import Clock
from bot.programme.current import CurrentProgramme
from storage import unheard
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 15  # seconds: how late a bookmark made within its own lead may be noticed
STATIC = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}


class Scheduler:
    """Jobs in memory only: a regular look, and one set to the very moment of the next reminder or announcement.

    `per_second` is how fast the bot writes: reminders of a large audience begin so early that the last is on time.
    """

    def __init__(self, db: Database, current: CurrentProgramme, clock: Clock, per_second: float) -> None:
        self._db = db
        self._current = current
        self._clock = clock
        self._per_second = per_second
        self._jobs = AsyncIOScheduler(timezone=dt.UTC)
        self._looked: int | None = None

    async def start(self) -> None:
        await self.look()
        self._jobs.add_job(self.look, "interval", seconds=EVERY, id="look", **STATIC)
        self._jobs.start()

    def stop(self) -> None:
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    def wake(self) -> None:
        """The programme has changed, or what really happens."""
        if self._jobs.running:
            self._set_alarm("changed", dt.timedelta())

    async def look(self) -> None:
        """Enqueue what is due now. Also called when the clock was moved or the programme changed."""
        works = (
            self._rewind,
            self._remind,
            self._announce,
            self._ask_ratings,
            self._end_sessions,
            self._notify_speakers,
        )
        for work in works:
            try:
                await work()
            except Exception:
                log.exception("the look for what is due failed; the next one is in %s s", EVERY)

    async def _rewind(self) -> None:
        """A clock that was ahead, also before this start, must not hold up what people are to know of changes."""
        now = self._clock.seconds()
        if self._looked is None or now < self._looked:
            await self._db.write(notices.rewind, now)
        self._looked = now

    async def _remind(self) -> None:
        now = self._clock.now()
        seconds = int(now.timestamp())
        waves = await self._db.read(reminders.plan, self._current.programme, now, self._per_second)
        due = [wave for wave in waves if wave.begins <= seconds]
        if due:
            await self._db.write(reminders.enqueue, due, seconds)
        following = next((wave.begins for wave in waves if wave.begins > seconds), None)
        if following is not None:
            self._set_alarm("alarm", dt.datetime.fromtimestamp(following, dt.UTC) - now)

    async def _notify_speakers(self) -> None:
        """Notify those who speak or moderate soon, whatever they starred."""
        now = self._clock.now()
        programme = self._current.programme
        slots = await self._db.read(speaking.due, programme, now)
        if slots:
            await self._db.write(speaking.enqueue, slots, int(now.timestamp()))
        following = speaking.following(programme, now)
        if following is not None:
            self._set_alarm("slot", following - now)

    async def _announce(self) -> None:
        """Let out the announcements whose time has come."""
        now = self._clock.now()
        seconds = int(now.timestamp())
        following = await self._db.write(timing.look, self._current.programme, seconds)
        if following is not None:
            self._set_alarm("announcement", dt.datetime.fromtimestamp(following, dt.UTC) - now)

    async def _ask_ratings(self) -> None:
        """Ask how the sessions were that have ended."""
        now = self._clock.now()
        seconds = int(now.timestamp())
        current = self._current
        following = await self._db.write(ratings.look, current.programme, current.runs, self._per_second, seconds)
        if following is not None:
            self._set_alarm("rating", dt.datetime.fromtimestamp(following, dt.UTC) - now)

    async def _end_sessions(self) -> None:
        """Where questions are left of a session that is over: show the moderators, and tell the authors."""
        now = self._clock.now()
        seconds = int(now.timestamp())
        programme, runs = self._current.programme, self._current.runs
        due = over.due(programme, runs, await self._db.read(unheard.by_session), seconds)
        for session, ended in await self._db.read(left_over.not_notified, due.left) if due.left else ():
            await self._db.write(left_over.notify, session, ended, seconds)
        for code in due.unheard:
            while not await self._db.write(over.tell_some, code, seconds):
                pass
        for code in due.again:
            while not await self._db.write(over.take_some_back, code, seconds):
                pass
        if due.following is not None:
            self._set_alarm("over", dt.timedelta(seconds=due.following - now.timestamp()))

    def _set_alarm(self, name: str, wait: dt.timedelta) -> None:
        # The scheduler lives in real time, the forum in the clock's, which a rehearsal moves.
        at = dt.datetime.now(dt.UTC) + wait
        self._jobs.add_job(self.look, "date", run_date=at, id=name, replace_existing=True, **STATIC)
