"""A database on both engines."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests import postgres

MIGRATIONS = Path(__file__).parent / "migrations"


ENGINES = ["sqlite", "postgres"]


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of an empty database, once on each engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "data" / "forum.db")
    else:
        with postgres.schema(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture(params=ENGINES)
def forum_url(request: pytest.FixtureRequest, tmp_path: Path, forum_file: Path) -> Iterator[str]:
    """The url of a database with the real tables, once on each engine."""
    if request.param == "sqlite":
        yield str(shutil.copy(forum_file, tmp_path))
    else:
        with postgres.forum(request.getfixturevalue("postgres_template")) as url:
            yield url


@pytest.fixture
async def tables(forum_url: str) -> AsyncIterator[Database]:
    """An open database with the real tables, once on each engine."""
    database = await open_database(forum_url)
    yield database
    await database.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with the tables of `tests/storage/migrations`, once on each engine."""
    database = await open_database(database_url, MIGRATIONS)
    yield database
    await database.close()
