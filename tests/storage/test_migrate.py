"""Migrations run once, together or not at all, and what has been applied is never changed."""

import asyncio
from pathlib import Path

import pytest

from storage.database import Database, DatabaseError, MigrationChanged, Transaction, open_database
from tests.postgres import schema

START = "CREATE TABLE people (id {id}, name TEXT NOT NULL);\nINSERT INTO people (name) VALUES ('a;b');\n"
ADD_MAIL = "ALTER TABLE people ADD COLUMN mail TEXT; -- no semicolon after this"
BROKEN = "CREATE TABLE rooms (id {id});\nINSERT INTO nowhere (id) VALUES (1);\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "0001_start.sql").write_text(START)
    (folder / "README.md").write_text("not a migration")
    return folder


def people(tx: Transaction) -> list[str]:
    return [row["name"] for row in tx.rows("SELECT name FROM people ORDER BY id")]


def with_mail(tx: Transaction) -> int:
    return tx.run("UPDATE people SET mail = 'somewhere'")


def applied(tx: Transaction) -> list[str]:
    return [row["name"] for row in tx.rows("SELECT name FROM migrations ORDER BY number")]


async def open_and_close(url: str, folder: Path) -> tuple[list[str], list[str]]:
    database = await open_database(url, folder)
    try:
        return await database.read(people), await database.read(applied)
    finally:
        await database.close()


async def test_twice_is_once(database_url: str, folder: Path) -> None:
    for _ in range(2):
        assert await open_and_close(database_url, folder) == (["a;b"], ["0001_start.sql"])


async def test_a_new_file_is_applied_to_an_existing_database(database_url: str, folder: Path) -> None:
    await open_and_close(database_url, folder)
    (folder / "0002_mail.sql").write_text(ADD_MAIL)
    database = await open_database(database_url, folder)
    assert await database.write(with_mail) == 1
    assert await database.read(applied) == ["0001_start.sql", "0002_mail.sql"]
    await database.close()


async def test_the_identity_goes_on_after_a_given_id(database: Database) -> None:
    """BY DEFAULT on PostgreSQL: rows may be brought along with their ids."""

    def bring(tx: Transaction) -> list[int]:
        tx.run("INSERT INTO notes (id, author) VALUES (:id, 1)", id=50)
        tx.run("INSERT INTO notes (author) VALUES (2)")
        return [row["author"] for row in tx.rows("SELECT author FROM notes")]

    assert sorted(await database.write(bring)) == [1, 2]


async def test_a_changed_file_is_refused_and_named(database_url: str, folder: Path) -> None:
    await open_and_close(database_url, folder)
    (folder / "0001_start.sql").write_text(START + "-- a harmless word")
    with pytest.raises(MigrationChanged, match="0001_start"):
        await open_database(database_url, folder)
    (folder / "0001_start.sql").write_bytes(START.replace("\n", "\r\n").encode())
    await open_and_close(database_url, folder)  # line ends of another system do not count as a change


async def test_a_database_newer_than_the_program_is_refused(database_url: str, folder: Path) -> None:
    (folder / "0002_mail.sql").write_text(ADD_MAIL)
    await open_and_close(database_url, folder)
    (folder / "0002_mail.sql").unlink()
    with pytest.raises(DatabaseError, match="newer"):
        await open_database(database_url, folder)


async def test_a_failing_file_leaves_nothing_of_all_pending_ones(database_url: str, folder: Path) -> None:
    await open_and_close(database_url, folder)
    (folder / "0002_mail.sql").write_text(ADD_MAIL)
    (folder / "0003_rooms.sql").write_text(BROKEN)
    with pytest.raises(DatabaseError, match="0003_rooms"):
        await open_database(database_url, folder)
    (folder / "0002_mail.sql").unlink()
    (folder / "0003_rooms.sql").unlink()
    assert await open_and_close(database_url, folder) == (["a;b"], ["0001_start.sql"])
    (folder / "0002_rooms.sql").write_text("CREATE TABLE rooms (id {id}, mail TEXT);")
    await open_and_close(database_url, folder)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("0003_gap.sql", "0003_gap.sql stands where number 0002"),
        ("0001_again.sql", "stands where number 0002"),
        ("2_short.sql", "not named like"),
        ("0002_open.sql", "does not end in a semicolon"),
    ],
)
async def test_a_misplaced_file_is_refused(database_url: str, folder: Path, name: str, complaint: str) -> None:
    (folder / name).write_text("CREATE TABLE rooms (id {id})")
    with pytest.raises(DatabaseError, match=complaint):
        await open_database(database_url, folder)


async def test_two_instances_that_start_together_apply_each_file_once(postgres_server: str, folder: Path) -> None:
    with schema(postgres_server) as url:
        both = await asyncio.gather(*(open_and_close(url, folder) for _ in range(4)))
    assert both == [(["a;b"], ["0001_start.sql"])] * 4
