"""What a database from before the boards and the lines below announcements has become, on both engines."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.actions.people import privacy
from storage import announcements, boards, participants
from storage.database import Transaction, open_database
from storage.migrate import FOLDER

ORGANIZER, NOW = 9, 1_795_000_000
BEFORE = 14  # the last migration without them

ANNOUNCED = """
    INSERT INTO announcements (author, message, text, state, created_at)
    VALUES (:author, 5, 'Автобус в 18:30', 'sent', :now)
"""


def announce(tx: Transaction) -> None:
    participants.consent(tx, ORGANIZER, "ru", 10, NOW)
    tx.run(ANNOUNCED, author=ORGANIZER, now=NOW)


async def test_announcements_from_before_say_nothing_and_boards_can_begin(database_url: str, tmp_path: Path) -> None:
    former = tmp_path / "former"
    former.mkdir()
    for one in FOLDER.glob("*.sql"):
        if int(one.name[:4]) <= BEFORE:
            shutil.copy(one, former)
    database = await open_database(database_url, former)
    await database.write(announce)
    await database.close()

    database = await open_database(database_url)
    found = await database.read(announcements.of_author, ORGANIZER)
    assert [one.said_by for one in found] == [""]
    await database.write(boards.place, ORGANIZER, 7, "digest")
    everything = await database.read(privacy.everything, ORGANIZER)
    assert everything["boards"] == [{"message": 7}]
    assert everything["announcements"][0]["said_by"] == ""
    await database.write(privacy.forget, ORGANIZER, NOW)
    assert await database.read(boards.every) == []
    await database.close()
