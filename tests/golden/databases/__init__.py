"""A database as a former version left it, and what people had on their screens then; opened on either engine.

forum.sql holds the rows, which both engines read. telegram.json holds the people and the bot's messages.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from bot.rehearsal import Rehearsal
from bot.rehearsal.people import Chat, PersonSpec, Topic
from storage.database import open_database
from storage.migrate import FOLDER as MIGRATIONS
from storage.migrate import load

FOLDER = Path(__file__).parent
SQL = FOLDER / "forum.sql"
HEAD = re.compile(r"-- The forum at (\d+), at migration (\d+);")


def made() -> tuple[int, int]:
    """When it was made, in epoch seconds of the forum's clock, and at which migration it stood."""
    found = HEAD.match(SQL.read_text(encoding="utf-8"))
    assert found is not None
    return int(found[1]), int(found[2])


def fill(url: str, folder: Path) -> None:
    """Make the database at `url` as the former version had it: its own migrations, then its rows."""
    _, newest = made()
    folder.mkdir()
    for migration in load(MIGRATIONS)[:newest]:
        shutil.copy(MIGRATIONS / migration.name, folder)
    asyncio.run(migrated(url, folder))
    rows = "DELETE FROM draft_revision;\n" + SQL.read_text(encoding="utf-8")
    if not url.startswith("postgres"):
        with closing(sqlite3.connect(url)) as connection:
            connection.executescript(rows)
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(rows.encode())
        identities = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND is_identity = 'YES'"
        ).fetchall()
        for table, column in identities:
            # As it would be had the rows been numbered by the database itself.
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), MAX({column}))"
                f" FROM {table} HAVING MAX({column}) IS NOT NULL".encode()
            )


async def migrated(url: str, folder: Path) -> None:
    await (await open_database(url, folder)).close()


def restore(rehearsal: Rehearsal) -> None:
    """Put the people, the group and the bot's messages back, before anybody connects."""
    seen: dict[str, Any] = json.loads((FOLDER / "telegram.json").read_text(encoding="utf-8"))
    world = rehearsal._world
    for one in seen["people"]:
        world.add_person(PersonSpec(**one, started=True))
    for one in seen["chats"]:
        topics = {topic["id"]: Topic(topic["id"], topic["name"], 0) for topic in one.pop("topics")}
        chat = Chat(**{**one, "bot_rights": frozenset(one["bot_rights"]), "topics": topics})
        world.chats[chat.id] = chat
    for number, messages in seen["messages"].items():
        chat = world.chats[int(number)]
        for message in messages:
            chat.keep({**message, "from": world.profile.user, "chat": world.chat_json(chat)})
            world._last_message = max(world._last_message, message["message_id"])
