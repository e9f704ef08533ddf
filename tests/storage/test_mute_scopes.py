"""Mutes of a session and of all sessions, on both engines, and what those from before the scope have become."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storage import mutes, participants, questions, roles
from storage.database import Database, Transaction, open_database
from storage.migrate import FOLDER

AUTHOR, ORGANIZER, NOW = 1, 9, 1_795_000_000
# Of the sessions "opening", with and without a name, and "closing"; the last is somebody else's.
ASKED = ((AUTHOR, "opening", False), (AUTHOR, "opening", True), (AUTHOR, "closing", False), (2, "closing", False))


def ask_all(tx: Transaction) -> None:
    for message, (author, session, anonymous) in enumerate(ASKED):
        participants.consent(tx, author, "kk", 10, NOW)
        questions.ask(
            tx, session, author=author, message=message, anonymous=anonymous, language="kk", text="Сұрақ", now=NOW
        )


@pytest.fixture
async def asked(tables: Database) -> Database:
    await tables.write(ask_all)
    return tables


def scopes(tx: Transaction) -> dict[int, tuple[str, ...]]:
    """What the cards of the questions say."""
    shown = {number: mutes.shown_on(tx, number) for number in range(1, len(ASKED) + 1)}
    return {number: found for number, found in shown.items() if found}


def silent_in(tx: Transaction) -> list[str]:
    return [session for session in ("opening", "closing") if mutes.is_muted(tx, AUTHOR, session)]


async def test_a_mute_of_a_session_holds_there_and_shows_there(asked: Database) -> None:
    assert await asked.write(mutes.mute, 1, moderator=7, now=NOW, scope="opening")
    assert not await asked.write(mutes.mute, 1, moderator=8, now=NOW, scope="opening")
    assert await asked.read(silent_in) == ["opening"]
    assert not await asked.read(mutes.is_muted, AUTHOR)
    assert not await asked.read(mutes.is_muted, 2, "opening")
    assert await asked.read(scopes) == {1: ("opening",)}  # neither that without a name, nor those elsewhere


async def test_one_by_a_question_without_a_name_shows_on_that_question_alone(asked: Database) -> None:
    assert await asked.write(mutes.mute, 2, moderator=7, now=NOW, scope="opening")
    assert await asked.write(mutes.mute, 2, moderator=9, now=NOW)
    assert await asked.read(silent_in) == ["opening", "closing"]
    assert await asked.read(scopes) == {2: ("", "opening")}
    assert [one.person for one in await asked.read(mutes.listed)] == [0, 0]


async def test_a_mute_of_a_session_and_one_everywhere_are_two(asked: Database) -> None:
    assert await asked.write(mutes.mute, 1, moderator=7, now=NOW, scope="opening")
    assert await asked.write(mutes.mute, 1, moderator=ORGANIZER, now=NOW)
    assert await asked.write(mutes.mute, 3, moderator=ORGANIZER, now=NOW)
    assert await asked.read(scopes) == {1: ("", "opening"), 3: ("",)}
    assert await asked.read(mutes.of_person, AUTHOR) == [(1, "", NOW), (1, "opening", NOW), (3, "", NOW)]
    assert await asked.read(mutes.made_by, 7) == [(1, "opening", NOW)]
    assert not await asked.write(mutes.unmute, 3, "closing")
    assert await asked.write(mutes.unmute, 3)
    assert await asked.read(scopes) == {1: ("opening",)}
    assert await asked.write(mutes.unmute, 1, "opening")
    assert await asked.read(silent_in) == []


async def test_a_name_is_given_back_for_each_scope(asked: Database) -> None:
    """By any of their questions with a name in the session."""
    for number, scope in ((1, "opening"), (3, "closing")):
        assert await asked.write(mutes.mute, number, moderator=7, now=NOW, scope=scope)
    assert not await asked.write(mutes.unmute, 4, "closing")
    assert await asked.write(mutes.unmute, 1, "closing")
    assert await asked.read(silent_in) == ["opening"]


async def test_what_was_said_before_holds_as_far_as_its_speaker_may_say_it(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "before"
    shutil.copytree(FOLDER, folder)
    news = [path for path in folder.glob("*.sql") if path.name >= "0012"]
    for path in news:
        path.unlink()
    speakers = {
        10: "chief",
        11: "organizer",
        12: "moderator of all",
        13: "moderator of one",
        14: "gone",
        None: "forgotten",
    }

    def before(tx: Transaction) -> None:
        ask_all(tx)
        roles.name_chiefs(tx, {10})
        for person, role, session in ((11, "organizer", ""), (12, "moderator", ""), (13, "moderator", "opening")):
            roles.grant(tx, person, role=role, session=session, granted_by=None, now=NOW)
        for person, speaker in enumerate(speakers):
            tx.run(
                "INSERT INTO mutes (person, question, muted_by, muted_at) VALUES (:person, 1, :speaker, 5)",
                person=100 + person,
                speaker=speaker,
            )

    database = await open_database(database_url, folder)
    await database.write(before)
    await database.close()
    database = await open_database(database_url)

    def after(tx: Transaction) -> list[tuple[str, int | None]]:
        rows = tx.rows("SELECT person, scope, muted_by, muted_at, question FROM mutes ORDER BY person")
        assert {(row["question"], row["muted_at"]) for row in rows} == {(1, 5)}
        return [(row["scope"], row["muted_by"]) for row in rows]

    assert await database.read(after) == [
        ("", 10),
        ("", 11),
        ("", 12),
        ("opening", 13),
        ("opening", 14),
        ("opening", None),
    ]
    await database.close()
