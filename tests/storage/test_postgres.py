"""What only the PostgreSQL engine has to do: come through conflicts, lost connections, a missing server."""

import asyncio
import itertools
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path

import psycopg
import pytest

from storage.database import BackupNotHere, Database, DatabaseError, Transaction, open_database
from storage.postgres import FAIR
from tests.postgres import schema
from tests.storage.conftest import MIGRATIONS
from tests.storage.units import add_counter, count_counters, increment, read_counter


@pytest.fixture
def database_url(postgres_server: str) -> Iterator[str]:
    """This module's `database` is on PostgreSQL only."""
    with schema(postgres_server) as url:
        yield url


async def test_two_instances_lose_nothing_between_them(database: Database, database_url: str) -> None:
    other = await open_database(database_url, MIGRATIONS)
    await database.write(add_counter, "votes")
    await asyncio.gather(*(one.write(increment, "votes") for one in (database, other) for _ in range(25)))
    assert await other.read(read_counter, "votes") == 50
    await other.close()


async def test_units_that_read_what_the_other_writes_do_not_pass_each_other(database: Database) -> None:
    """Write skew: both see the one free place at the same moment, and only one may take it."""
    both_have_looked = threading.Barrier(2, timeout=5)
    attempts = itertools.count()

    def take_last_place(tx: Transaction, name: str) -> bool:
        free = count_counters(tx) == 0
        if next(attempts) < 2:
            both_have_looked.wait()
        if free:
            add_counter(tx, name)
        return free

    taken = await asyncio.gather(*(database.write(take_last_place, name) for name in "ab"))
    assert sorted(taken) == [False, True]
    assert await database.read(count_counters) == 1
    assert next(attempts) == 3  # the loser was run again


async def test_deadlocked_units_are_repeated(database: Database) -> None:
    def touch(tx: Transaction, names: list[str]) -> None:
        for name in names:
            tx.run("UPDATE counters SET value = value + 1 WHERE name = :name", name=name)

    for name in "ab":
        await database.write(add_counter, name)
    orders = [["a", "b"], ["b", "a"]] * 10
    await asyncio.gather(*(database.write(touch, order) for order in orders))
    assert [await database.read(read_counter, name) for name in "ab"] == [20, 20]


async def test_a_unit_that_loses_again_and_again_has_the_database_to_itself(
    database: Database, database_url: str
) -> None:
    """As one that enqueues five thousand messages does, while messages go out."""
    other = await open_database(database_url, MIGRATIONS)
    await database.write(add_counter, "messages")
    loop = asyncio.get_running_loop()
    others: list[Future[int]] = []

    def slow(tx: Transaction) -> int:
        before = read_counter(tx, "messages") or 0
        others.append(asyncio.run_coroutine_threadsafe(other.write(increment, "messages"), loop))
        wait(others[-1:], timeout=0.5)  # when we are alone, it waits for us and not we for it
        tx.run("UPDATE counters SET value = :value WHERE name = 'messages'", value=before + 100)
        return before + 100

    seen = await database.write(slow)
    await asyncio.gather(*map(asyncio.wrap_future, others))
    assert seen == 100 + len(others) - 1  # the last of the others came after us
    assert await other.read(read_counter, "messages") == 100 + len(others)
    assert len(others) <= FAIR + 1
    await other.close()


async def test_connections_lost_in_a_restart_of_the_server_are_replaced(
    database: Database, postgres_server: str
) -> None:
    await asyncio.gather(*(database.write(add_counter, str(number)) for number in range(16)))
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'minber'")
    assert await database.write(add_counter, "after") == 1
    assert await database.read(read_counter, "after") == 0


async def test_an_absent_server_is_one_clear_line_without_the_password() -> None:
    with pytest.raises(DatabaseError, match="cannot open PostgreSQL") as caught:
        await open_database("postgresql://someone:secret@127.0.0.1:1/forum", MIGRATIONS)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_without_psycopg_the_way_to_get_it_is_named() -> None:
    script = """
import asyncio, sys
sys.modules["psycopg"] = None  # what an import finds when it is not installed
from storage.database import DatabaseError, open_database
try:
    asyncio.run(open_database("postgresql://localhost/forum"))
except DatabaseError as error:
    print(error)
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    said, _ = await process.communicate()
    assert b"pip install --require-hashes -r requirements-postgres.txt" in said


async def test_a_unique_violation_does_not_quote_the_data(database: Database) -> None:
    await database.write(add_counter, "Aigerim")
    with pytest.raises(DatabaseError) as caught:
        await database.write(add_counter, "Aigerim")
    assert "Aigerim" not in str(caught.value)


async def test_backup_points_to_pg_dump(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupNotHere, match="pg_dump"):
        await database.backup(tmp_path / "copy")
