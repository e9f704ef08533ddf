"""What one instance announces reaches the others through PostgreSQL, once, and only when it is durable."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from storage.database import Database, Transaction, open_database
from tests.postgres import schema
from tests.storage.conftest import MIGRATIONS
from tests.storage.units import add_counter


@pytest.fixture
def database_url(postgres_server: str) -> Iterator[str]:
    """This module's databases are on PostgreSQL only."""
    with schema(postgres_server) as url:
        yield url


@pytest.fixture
async def other(database: Database, database_url: str) -> AsyncIterator[Database]:
    """A second instance of the bot on the same database."""
    other = await open_database(database_url, MIGRATIONS)
    yield other
    await other.close()


class Ear:
    """Counts what it hears on a channel."""

    def __init__(self, database: Database, channel: str) -> None:
        self.heard = 0
        self._news = asyncio.Event()
        database.listen(channel, self._hear)

    def _hear(self) -> None:
        self.heard += 1
        self._news.set()

    async def hears(self, times: int) -> None:
        async with asyncio.timeout(5):
            while self.heard < times:
                self._news.clear()
                await self._news.wait()


def notify(tx: Transaction, *channels: str) -> None:
    for channel in channels:
        tx.notify(channel)


def tell_and_fail(tx: Transaction) -> None:
    tx.notify("questions")
    raise ZeroDivisionError


async def test_a_write_wakes_the_listeners_of_the_other_instance(database: Database, other: Database) -> None:
    there, elsewhere = Ear(other, "questions"), Ear(other, "messages")
    await database.write(notify, "questions")
    await there.hears(1)
    assert (there.heard, elsewhere.heard) == (1, 0)


async def test_what_one_tells_is_heard_once_by_each(database: Database, other: Database) -> None:
    """A unit may notify of the same twice; and one's own news does not come back from the server."""
    here, there, last = Ear(database, "questions"), Ear(other, "questions"), Ear(database, "last")
    for _ in range(10):
        await database.write(notify, "questions", "questions")
    await there.hears(10)
    await other.write(notify, "last")  # what comes after it on the wire has come by then
    await last.hears(1)
    assert (here.heard, there.heard) == (10, 10)


async def test_what_was_rolled_back_was_never_told(database: Database, other: Database) -> None:
    there, last = Ear(other, "questions"), Ear(other, "last")
    with pytest.raises(ZeroDivisionError):
        await database.write(tell_and_fail)
    await database.write(notify, "last")
    await last.hears(1)
    assert there.heard == 0


async def test_what_is_heard_can_be_read(database: Database, other: Database) -> None:
    def add_and_tell(tx: Transaction, name: str) -> None:
        tx.notify("questions")
        add_counter(tx, name)

    def names(tx: Transaction) -> int:
        return int(tx.value("SELECT COUNT(*) AS counters FROM counters"))

    there = Ear(other, "questions")
    await database.write(add_and_tell, "votes")
    await there.hears(1)
    assert await other.read(names) == 1


async def test_after_a_lost_connection_everybody_looks_once(
    database: Database, other: Database, postgres_server: str
) -> None:
    """What the others announced meanwhile cannot be known."""
    there = Ear(other, "questions")
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await there.hears(1)
    await database.write(notify, "questions")
    await there.hears(2)


async def test_two_forums_in_one_database_do_not_wake_each_other(database: Database, postgres_server: str) -> None:
    with schema(postgres_server) as url:
        strangers = [await open_database(url, MIGRATIONS) for _ in range(2)]
        there, last = Ear(strangers[0], "questions"), Ear(strangers[0], "last")
        await database.write(notify, "questions")
        await strangers[1].write(notify, "last")
        await last.hears(1)
        assert there.heard == 0
        for stranger in strangers:
            await stranger.close()
