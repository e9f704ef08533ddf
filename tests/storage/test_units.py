"""What a unit of work may rely on, whichever engine runs it."""

import asyncio
import enum
import threading
from collections.abc import AsyncIterator

import pytest

from storage.database import Database, DatabaseError, Row, Transaction, UniqueViolation, open_database
from tests.storage.conftest import MIGRATIONS
from tests.storage.units import (
    ADD_COUNTER,
    ADD_NOTE,
    READ_COUNTER,
    add_counter,
    add_counters,
    count_counters,
    increment,
    read_counter,
    reply_to_nothing,
)


class State(enum.StrEnum):
    PENDING = "pending"


class Lane(enum.IntEnum):
    ANSWER = 7


class DeclinedError(Exception):
    """What a unit raises for reasons of its own."""


async def test_a_written_row_is_there_for_reads_and_after_reopening(database_url: str) -> None:
    database = await open_database(database_url, MIGRATIONS)
    assert await database.write(add_counter, "votes", value=3) == 1
    assert await database.read(read_counter, "votes") == 3
    await database.close()
    again = await open_database(database_url, MIGRATIONS)
    assert await again.read(read_counter, "votes") == 3
    await again.close()


async def test_a_unit_that_raises_takes_back_only_its_own_work(database: Database) -> None:
    def decline(tx: Transaction, name: str) -> None:
        add_counter(tx, name)
        raise DeclinedError(name)

    results = await asyncio.gather(
        database.write(add_counter, "first"),
        database.write(decline, "second"),
        database.write(add_counter, "third"),
        return_exceptions=True,
    )
    assert isinstance(results[1], DeclinedError)
    assert (results[0], results[2]) == (1, 1)
    assert await database.read(read_counter, "second") is None
    assert await database.read(count_counters) == 2


async def test_ten_simultaneous_writers_lose_nothing(database: Database) -> None:
    await database.write(add_counter, "votes")

    async def writer() -> list[int]:
        return [await database.write(increment, "votes") for _ in range(10)]

    seen = await asyncio.gather(*(writer() for _ in range(10)))
    assert sorted(number for numbers in seen for number in numbers) == list(range(1, 101))
    assert await database.read(read_counter, "votes") == 100


async def test_a_broken_unique_key_says_so_and_fails_the_whole_unit(database: Database) -> None:
    def swallow(tx: Transaction) -> str:
        add_counter(tx, "other")
        try:
            add_counter(tx, "votes")
        except UniqueViolation:
            with pytest.raises(UniqueViolation):  # the unit is over, on both engines
                count_counters(tx)
        return "done"

    await database.write(add_counter, "votes")
    with pytest.raises(UniqueViolation) as caught:
        await database.write(swallow)
    assert "\n" not in str(caught.value)
    assert await database.read(count_counters) == 1
    assert await database.write(add_counter, "next") == 1


async def test_any_other_failing_statement_is_a_database_error(database: Database) -> None:
    def run(tx: Transaction, /, sql: str, **params: str) -> int:
        return tx.run(sql, **params)

    for sql in ("SELECT nothing FROM nowhere", "INSERT INTO notes (author) VALUES (NULL)", "gibberish"):
        with pytest.raises(DatabaseError) as caught:
            await database.write(run, sql)
        assert type(caught.value) is DatabaseError
    with pytest.raises(DatabaseError):
        await database.write(run, ADD_COUNTER, name="no value given")


async def test_a_failed_commit_reaches_the_caller_and_leaves_the_writer_usable(database: Database) -> None:
    with pytest.raises(DatabaseError):
        await database.write(reply_to_nothing)
    assert await database.write(add_counter, "votes") == 1


async def test_an_empty_next_in_a_unit_raises_instead_of_hanging(database: Database) -> None:
    def first_of_none(tx: Transaction) -> int:
        numbers: list[int] = []
        return next(iter(numbers))

    for perform in (database.write, database.read):
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(perform(first_of_none), 5)


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError):
        await database.read(add_counter, "votes")
    assert await database.read(count_counters) == 0


async def test_a_read_sees_one_moment(database: Database) -> None:
    between, go_on = threading.Event(), threading.Event()

    def count_twice(tx: Transaction) -> tuple[int, int]:
        before = count_counters(tx)
        between.set()
        assert go_on.wait(5)
        return before, count_counters(tx)

    counting = asyncio.create_task(database.read(count_twice))
    assert await asyncio.to_thread(between.wait, 5)
    await database.write(add_counter, "votes")
    go_on.set()
    assert await counting == (0, 0)
    assert await database.read(count_counters) == 1


async def test_rows_are_read_by_name(database: Database) -> None:
    def note(tx: Transaction) -> tuple[Row | None, list[Row], Row | None, object]:
        tx.run(ADD_NOTE, author=1, text="бір: ?", data=b"\x00\xff", weight=0.5)
        rows = tx.rows("SELECT id, author, text, data, weight FROM notes ORDER BY id")
        none = tx.row("SELECT id FROM notes WHERE author = :author", author=2)
        return rows[0], rows, none, tx.value("SELECT text FROM notes WHERE author = :author", author=2)

    row, rows, none, nothing = await database.write(note)
    assert row is not None
    assert dict(**row) == {"id": row["id"], "author": 1, "text": "бір: ?", "data": b"\x00\xff", "weight": 0.5}
    assert len(rows) == 1
    assert none is None
    assert nothing is None


async def test_values_come_back_as_they_went_in(database: Database) -> None:
    """Bools and enumerations are stored as plain values; sums and averages are numbers on both engines."""

    def store(tx: Transaction) -> Row | None:
        tx.run(ADD_NOTE, author=True, text=State.PENDING, data=None, weight=None)
        tx.run(ADD_NOTE, author=Lane.ANSWER, text="O'Neil -- :name :: 100%", data=None, weight=1)
        tx.run(ADD_NOTE, author=7_000_000_000, text="", data=None, weight=None)
        return tx.row(
            "SELECT SUM(author) AS total, AVG(value) AS mean, MAX(text) AS text, MIN(author) AS least "
            "FROM notes LEFT JOIN counters ON 1 = 1 WHERE text <> :empty OR author > :least",
            empty="",
            least=True,
        )

    await database.write(add_counter, "one", 1)
    row = await database.write(store)
    assert row is not None
    assert (row["total"], type(row["total"])) == (7_000_000_008, int)
    assert row["mean"] == 1
    assert isinstance(row["mean"], int | float)
    assert (row["text"], row["least"]) == ("pending", 1)


async def test_a_number_is_compared_with_text_as_text(database: Database) -> None:
    """What SQLite's column affinity does, PostgreSQL does for a parameter that comes without a type."""
    await database.write(add_counter, "5")
    assert await database.read(lambda tx: tx.value(READ_COUNTER, name=5)) == 0


async def test_literals_comments_and_percent_signs_are_left_alone(database: Database) -> None:
    def look(tx: Transaction) -> Row | None:
        tx.run("INSERT INTO notes (author) VALUES (:author) -- it's :nobody's; 100%", author=9)
        return tx.row(
            """
            SELECT text, ':author' AS word, author % 4 AS rest, author * :factor AS product /* :none */
            FROM notes WHERE text LIKE 'a:%' AND author = :author
            """,
            author=9,
            factor=40_000,
        )

    row = await database.write(look)
    assert row is not None
    assert dict(**row) == {"text": "a:b; 100%", "word": ":author", "rest": 1, "product": 360_000}


async def test_numbers_of_touched_rows(database: Database) -> None:
    def touch(tx: Transaction) -> list[int]:
        return [
            add_counters(tx, []),
            add_counters(tx, ["a", "b", "c"]),
            tx.run("UPDATE counters SET value = 1 WHERE name <> :name", name="a"),
            tx.run("UPDATE counters SET value = 2 RETURNING name"),
            tx.run("INSERT INTO counters (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", name="a"),
            tx.run("DELETE FROM counters WHERE name = :name", name="nobody"),
        ]

    assert await database.write(touch) == [0, 3, 2, 3, 0, 0]


async def test_the_first_of_several_returned_rows_still_changes_all(database: Database) -> None:
    def reset(tx: Transaction) -> str:
        add_counters(tx, ["a", "b", "c"])
        return str(tx.value("UPDATE counters SET value = 5 RETURNING name"))

    assert await database.write(reset) in ("a", "b", "c")
    assert [await database.read(read_counter, name) for name in "abc"] == [5, 5, 5]


async def test_claiming_with_skip_locked(database: Database) -> None:
    def claim(tx: Transaction) -> list[str]:
        sql = f"""
            UPDATE counters SET value = 1 WHERE name IN (
                SELECT name FROM counters WHERE value = 0 ORDER BY name LIMIT :limit {tx.skip_locked}
            )
            RETURNING name
        """
        return [row["name"] for row in tx.rows(sql, limit=5)]

    await database.write(add_counters, [str(number) for number in range(20)])
    claimed = await asyncio.gather(*(database.write(claim) for _ in range(6)))
    assert sorted(name for names in claimed for name in names) == sorted(str(number) for number in range(20))


@pytest.fixture
async def held_up(database: Database) -> AsyncIterator[tuple[Database, threading.Event]]:
    """The database with its writer threads all busy until the event is set."""
    running, go_on = threading.Semaphore(0), threading.Event()

    def hold(tx: Transaction) -> None:
        running.release()
        assert go_on.wait(5)

    count = 1 if database.engine == "sqlite" else 8
    holding = [asyncio.create_task(database.write(hold)) for _ in range(count)]
    for _ in range(count):
        assert await asyncio.to_thread(running.acquire, timeout=5)
    yield database, go_on
    go_on.set()
    await asyncio.gather(*holding)


async def test_a_cancelled_caller_before_its_turn_leaves_nothing_and_hurts_nobody(
    held_up: tuple[Database, threading.Event],
) -> None:
    database, go_on = held_up
    waiting = [asyncio.create_task(database.write(add_counter, name)) for name in ("gone", "stays")]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.wait(waiting[:1])
    go_on.set()
    assert await waiting[1] == 1
    assert waiting[0].cancelled()
    assert await database.read(read_counter, "gone") is None


async def test_a_cancelled_caller_in_its_turn_still_has_its_unit_whole(database: Database) -> None:
    running, go_on = threading.Event(), threading.Event()

    def two_rows(tx: Transaction) -> None:
        add_counter(tx, "left")
        running.set()
        assert go_on.wait(5)
        add_counter(tx, "right")

    task = asyncio.create_task(database.write(two_rows))
    assert await asyncio.to_thread(running.wait, 5)
    task.cancel()
    other = asyncio.create_task(database.write(add_counter, "other"))
    await asyncio.sleep(0)
    go_on.set()
    assert await other == 1
    assert task.cancelled()
    await database.close()  # waits for what is under way


async def test_close_finishes_what_was_asked_and_refuses_what_comes_later(database_url: str) -> None:
    database = await open_database(database_url, MIGRATIONS)
    writes = [asyncio.create_task(database.write(add_counter, str(number))) for number in range(20)]
    reads = [asyncio.create_task(database.read(count_counters)) for _ in range(20)]
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    assert await asyncio.gather(*writes) == [1] * 20
    await asyncio.gather(*reads)
    for late in (database.write(count_counters), database.read(count_counters)):
        with pytest.raises(DatabaseError):
            await late
    again = await open_database(database_url, MIGRATIONS)
    assert await again.read(count_counters) == 20
    await again.close()


async def test_a_scrub_keeps_what_is_there(database: Database) -> None:
    await database.write(add_counters, ["a", "b"])
    await asyncio.gather(database.scrub(), database.write(add_counter, "c"), database.scrub())
    assert await database.read(count_counters) == 3
