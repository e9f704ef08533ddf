"""What only the SQLite engine promises: one process a file, shared commits, copies while it runs."""

# ruff: noqa: ASYNC240 - a test may block its own loop

import asyncio
import itertools
import os
import sqlite3
import stat
import struct
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import (
    BackupNotHere,
    Database,
    DatabaseError,
    DatabaseInUse,
    Transaction,
    backup_file,
    open_database,
)
from tests.storage.conftest import MIGRATIONS
from tests.storage.units import add_counter, count_counters, read_counter, reply_to_nothing

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "forum.db"


@pytest.fixture
def database_url(file: Path) -> str:
    """This module's `database` is on SQLite only, in `file`."""
    return f"sqlite:///{file}"


def commits(file: Path) -> int:
    """Commit marks in the write-ahead log: frames that give the size of the database after a commit.

    https://www.sqlite.org/fileformat2.html#the_wal_file_format
    """
    log = Path(f"{file}-wal").read_bytes()
    (page_size,) = struct.unpack_from(">I", log, 8)
    frames = range(32, len(log), 24 + page_size)
    return sum(struct.unpack_from(">I", log, frame + 4)[0] > 0 for frame in frames)


async def python(*arguments: str | Path) -> tuple[int | None, str]:
    """Run another Python process; its return code and what it wrote to stderr."""
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stderr=asyncio.subprocess.PIPE, cwd=ROOT)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, errors.decode()


async def test_a_commit_is_visible_to_another_connection_when_it_is_acknowledged(
    database: Database, file: Path
) -> None:
    with closing(sqlite3.connect(file)) as other:
        for number in range(20):
            await database.write(add_counter, str(number))
            assert other.execute("SELECT COUNT(*) FROM counters").fetchone() == (number + 1,)


async def test_units_that_wait_together_share_a_commit(database: Database, file: Path) -> None:
    before = commits(file)
    await asyncio.gather(*(database.write(add_counter, str(number)) for number in range(50)))
    assert commits(file) - before <= 2
    assert await database.read(count_counters) == 50


async def test_one_after_the_other_commit_one_by_one(database: Database, file: Path) -> None:
    before = commits(file)
    for number in range(5):
        await database.write(add_counter, str(number))
    assert commits(file) - before == 5


async def test_more_units_than_one_group_holds(database: Database) -> None:
    await asyncio.gather(*(database.write(add_counter, str(number)) for number in range(1000)))
    assert await database.read(count_counters) == 1000


async def test_a_failed_commit_fails_the_whole_group_and_the_next_one_works(database: Database) -> None:
    results = await asyncio.gather(
        database.write(add_counter, "innocent"),
        database.write(reply_to_nothing),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [DatabaseError, DatabaseError]
    assert await database.read(count_counters) == 0
    assert await database.write(add_counter, "next") == 1


async def test_a_unit_that_commits_by_itself_is_refused(database: Database) -> None:
    """It would commit the others of its group too early, before anybody could take them back."""
    with pytest.raises(DatabaseError):
        await database.write(lambda tx: tx.run("ROLLBACK"))
    assert await database.write(add_counter, "next") == 1


async def test_a_full_disk_fails_the_units_and_not_the_writer(database: Database, file: Path) -> None:
    """SQLite then rolls everything back by itself; with max_page_count it does the same (SQLITE_FULL)."""
    (pages,) = sqlite_value(file, "PRAGMA page_count")
    await database.write(lambda tx: tx.value(f"PRAGMA max_page_count = {pages}"))
    results = await asyncio.gather(
        database.write(add_counter, "small"),
        database.write(add_counter, "large" * 100_000),
        database.write(add_counter, "later"),
        return_exceptions=True,
    )
    assert [isinstance(result, DatabaseError) for result in results] == [True, True, True]
    assert await database.write(add_counter, "small again") == 1


def sqlite_value(file: Path, sql: str) -> tuple[int]:
    with closing(sqlite3.connect(file)) as connection:
        (value,) = connection.execute(sql).fetchone()
        return (int(value),)


async def test_a_second_process_is_refused_with_a_clear_line(database: Database, file: Path) -> None:
    script = "import asyncio, sys; from storage.database import open_database as o; asyncio.run(o(sys.argv[1]))"
    code, errors = await python("-c", script, file)
    assert code == 1
    assert "DatabaseInUse" in errors.splitlines()[-1]
    assert str(file) in errors.splitlines()[-1]


async def test_a_second_open_is_refused_too_whatever_the_path_is_called(database: Database, file: Path) -> None:
    link = file.parent / "link.db"
    link.symlink_to(file)
    for path in (file, link):
        with pytest.raises(DatabaseInUse):
            await open_database(str(path), MIGRATIONS)
    await database.close()
    again = await open_database(str(link), MIGRATIONS)
    await again.close()


async def test_the_files_are_for_their_owner_only(database: Database, file: Path) -> None:
    await database.write(add_counter, "private")
    await database.backup(file.parent / "copy.db")
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(rights) == {"forum.db", "forum.db-wal", "forum.db-shm", "forum.db.lock", "copy.db"}
    assert set(rights.values()) == {0o600}


async def test_closing_leaves_one_file_with_everything_in_it(database: Database, file: Path) -> None:
    await database.write(add_counter, "votes")
    await database.read(count_counters)
    await database.close()
    assert {path.name for path in file.parent.iterdir()} == {"forum.db", "forum.db.lock"}


@pytest.mark.parametrize("where", ["this process", "another process"])
async def test_backup_while_units_go_on(database: Database, file: Path, tmp_path: Path, where: str) -> None:
    """Each unit adds a left and a right row, so a copy made in the middle of one would show."""
    target = tmp_path / "copies" / "forum.db"
    numbers = itertools.count()
    stop = asyncio.Event()

    def add_pair(tx: Transaction, number: int) -> None:
        add_counter(tx, f"l{number}")
        add_counter(tx, f"r{number}")

    async def writer() -> None:
        while not stop.is_set():
            await database.write(add_pair, next(numbers))

    await asyncio.gather(*(database.write(add_counter, f"{number}-before") for number in range(200)))
    writers = [asyncio.create_task(writer()) for _ in range(5)]
    if where == "this process":
        await database.backup(target)
    else:
        script = "import sys; from pathlib import Path; from storage.database import backup_file as b; "
        code, errors = await python("-c", script + "b(sys.argv[1], Path(sys.argv[2]))", file, target)
        assert (code, errors) == (0, "")
    stop.set()
    await asyncio.gather(*writers)

    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [name for (name,) in copy.execute("SELECT name FROM counters")]
    assert sum(name.endswith("before") for name in names) == 200
    assert sum(name[0] == "l" for name in names) == sum(name[0] == "r" for name in names)
    assert [path.name for path in target.parent.iterdir()] == ["forum.db"]
    again = await open_database(str(target), MIGRATIONS)  # a backup is a database
    assert await again.read(count_counters) == len(names)
    await again.close()


async def test_a_backup_never_overwrites(database: Database, file: Path) -> None:
    for target in (file, file.parent / "old.db"):
        target.touch()
        before = target.read_bytes()
        with pytest.raises(DatabaseError, match="exists already"):
            await database.backup(target)
        assert target.read_bytes() == before


async def test_a_backup_of_a_killed_bot_holds_what_its_log_holds(file: Path, tmp_path: Path) -> None:
    """The copy is made without the bot, and must neither need nor do the bot's recovery."""
    script = (
        "import asyncio, os; from storage.database import open_database\n"
        "from tests.storage.units import add_counter; from tests.storage.conftest import MIGRATIONS\n"
        f"async def main():\n db = await open_database({str(file)!r}, MIGRATIONS)\n"
        " await db.write(add_counter, 'votes', 7)\n os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())"
    )
    code, _ = await python("-c", script)
    assert code == -9
    log = Path(f"{file}-wal").read_bytes()
    backup_file(str(file), tmp_path / "copy.db")
    assert Path(f"{file}-wal").read_bytes() == log
    copy = await open_database(str(tmp_path / "copy.db"), MIGRATIONS)
    assert await copy.read(read_counter, "votes") == 7
    await copy.close()


def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"no database at .*nothing\.db"):
        backup_file(tmp_path / "nothing.db", tmp_path / "copy.db")
    assert os.listdir(tmp_path) == []
    with pytest.raises(BackupNotHere, match="pg_dump"):
        backup_file("postgresql://user:secret@host/forum", tmp_path / "copy.db")


@pytest.mark.parametrize("url", ["", ":memory:", "sqlite://", "sqlite:///", "mysql://user:secret@host/forum"])
async def test_an_impossible_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        await open_database(url, MIGRATIONS)
    assert "secret" not in str(caught.value)


async def test_what_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("a letter, not a database " * 100)
    with pytest.raises(DatabaseError, match="not a database"):
        await open_database(str(file), MIGRATIONS)
    assert file.read_text().startswith("a letter")
    with pytest.raises(DatabaseError, match="cannot open"):
        await open_database(str(file / "forum.db"), MIGRATIONS)


def secret(number: int) -> str:
    return f"secret-{number}-" + "x" * (number * 37 % 700)


def left(file: Path) -> set[int]:
    """The numbers of the secrets that stand anywhere in the files of the database."""
    found = b"".join(part.read_bytes() for part in file.parent.glob("forum.db*"))
    return {number for number in range(600) if f"secret-{number}-".encode() in found}


async def test_of_what_was_deleted_a_scrub_leaves_no_bytes(database: Database, file: Path) -> None:
    """The names are keys too, so that rows move from page to page and leave copies behind."""

    def fill(tx: Transaction) -> None:
        for number in range(600):
            add_counter(tx, secret(number))

    def erase(tx: Transaction) -> None:
        for number in range(0, 600, 3):
            tx.run("UPDATE counters SET name = :new WHERE name = :name", name=secret(number), new=f"changed {number}")
            tx.run("DELETE FROM counters WHERE name = :name", name=secret(number + 1))

    await database.write(fill)
    await database.write(erase)
    kept = set(range(2, 600, 3))
    assert left(file) > kept
    await database.scrub()
    assert left(file) == kept
    assert await database.read(count_counters) == 400


async def test_a_scrub_waits_for_a_reader_and_nobody_waits_for_the_scrub(database: Database, file: Path) -> None:
    await database.write(add_counter, secret(7))
    running, go_on = threading.Event(), threading.Event()

    def look(tx: Transaction) -> int:
        count = count_counters(tx)
        running.set()
        assert go_on.wait(5)
        return count

    reading = asyncio.create_task(database.read(look))
    assert await asyncio.to_thread(running.wait, 5)
    await database.write(lambda tx: tx.run("DELETE FROM counters"))
    scrubbing = asyncio.create_task(database.scrub())
    await database.write(add_counter, "meanwhile")
    assert not scrubbing.done()
    go_on.set()
    assert await reading == 1
    await scrubbing
    assert left(file) == set()
