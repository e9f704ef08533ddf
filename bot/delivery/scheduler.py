"""The alarm clock: APScheduler says when to look, the programme and the ledger say what is due."""

from __future__ import annotations

import datetime as dt
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.actions import reminders
from bot.clock import Clock
from bot.programme.current import CurrentProgramme
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 15  # seconds: how late a bookmark made within its own lead may be noticed
STATIC = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}


class Scheduler:
    """Two jobs, in memory only: a regular look, and one set to the very moment of the next reminder."""

    def __init__(self, db: Database, current: CurrentProgramme, clock: Clock) -> None:
        self._db = db
        self._current = current
        self._clock = clock
        self._jobs = AsyncIOScheduler(timezone=dt.UTC)

    async def start(self) -> None:
        await self.look()
        self._jobs.add_job(self.look, "interval", seconds=EVERY, id="look", **STATIC)
        self._jobs.start()

    def stop(self) -> None:
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    async def look(self) -> None:
        """Owe what is due now. Also called when the clock was moved or the programme changed."""
        try:
            programme, now = self._current.programme, self._clock.now()
            if reminders.soon(programme, now):
                await self._db.write(reminders.owe, programme, now)
            self._set_alarm()
        except Exception:
            log.exception("the look for due reminders failed; the next one is in %s s", EVERY)

    def _set_alarm(self) -> None:
        moment = reminders.next_moment(self._current.programme, self._clock.now())
        if moment is None:
            return
        # The scheduler lives in real time, the forum in the clock's, which a rehearsal moves.
        at = dt.datetime.now(dt.UTC) + (moment - self._clock.now())
        self._jobs.add_job(self.look, "date", run_date=at, id="alarm", replace_existing=True, **STATIC)
