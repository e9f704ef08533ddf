"""The marks in memory: read at the start, and after a mark at another instance of the bot too."""

from __future__ import annotations

import asyncio

from bot.programme.current import CurrentProgramme
from bot.programme.estimates import NO_RUNS, Runs
from bot.programme.load import load_file
from bot.runs import RunsKeeper
from storage import session_runs
from storage.database import open_database
from storage.session_runs import SessionRun
from tests import postgres
from tests.conftest import PROGRAMME


async def test_a_mark_at_one_instance_is_known_at_the_other(postgres_template: str) -> None:
    programme = load_file(PROGRAMME)
    opening = programme.session("opening")
    assert opening is not None
    begun = SessionRun(opening.code, started_at=int(opening.start.timestamp()) + 600)
    with postgres.forum(postgres_template) as url:
        here, there = await open_database(url), await open_database(url)
        current, news = CurrentProgramme(programme, 1), asyncio.Event()
        keeper = RunsKeeper(there, current)
        keeper.follow(news.set)
        there.listen(session_runs.CHANNEL, keeper.wake)
        running = asyncio.create_task(keeper.run())
        assert await keeper.refresh() is NO_RUNS
        await here.write(session_runs.put, begun, 1, 1)
        async with asyncio.timeout(20):
            await news.wait()
        assert current.runs.of(programme, opening.code).started_at == begun.started_at
        # Read again without news it is the same key for the pages of days.
        assert await keeper.refresh() is current.runs
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await here.close()
        await there.close()


def test_what_the_marks_come_to_is_reckoned_once_for_a_version() -> None:
    programme, newer = load_file(PROGRAMME), load_file(PROGRAMME)
    runs = Runs([SessionRun("opening", started_at=int(programme.sessions[0].start.timestamp()) + 4800)])
    assert runs.moved(programme) is runs.moved(programme)
    assert runs.moved(newer) == runs.moved(programme)
