"""What the version before has stored is taken up by this one: what waits to be sent, forms half typed, old buttons.

The expectations are what that version itself did with the same database.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import StillClock
from bot.middlewares.kept import BY
from bot.rehearsal import Rehearsal
from storage.database import Row, Transaction
from tests.conftest import ORGANIZER, Forum, Running
from tests.golden import databases
from tests.golden.expected import check
from tests.golden.forms import go_through_forms, presser
from tests.scenarios.announcements.announcing import PNG
from tests.storage.conftest import database_url  # noqa: F401 - a fixture
from tests.telegram import Message, Person, Telegram

LINK = re.compile(r"(?<=\?start=)i_[\w-]+")  # the links of invitations are never the same twice
# Who works on a question is said by the press itself and by the change that it enqueues, whichever comes last.
CLAIM = re.compile(r"\n👀 [^\n]*")
MARK = re.compile(r"(?<=:)[0-9a-f]{8}(?= )")
PRESSES = {
    "QuestionForm:alike": "jn:186",
    "ProgrammeForm:person": "pea:plenary-2:s",
    "ProgrammeForm:everywhere": "zb:kurmanov:",
}
WORDS = {
    "AnnouncementForm:time": "18:00",
    "ProgrammeForm:find": "пленар",
    "ProgrammeForm:start": "27.11 16:40",
    "ProgrammeForm:length": "45",
    "ProgrammeForm:room": "Киіз үй\nЮрта\nYurt",
    "ProgrammeForm:person": "Айдос Сапаров",
    "ProgrammeForm:everywhere": "Айдос Сапаров",
    "ProgrammeForm:slot": "19:00-19:30",
    "SpeakerForm:name": "Курманов",
    "SpeakerForm:photo": "вот фото",
    "WatchForm:address": "not an address",
    "EntranceForm:name": "Ася",
}
WORD = "Ещё одно слово"  # for the other forms
FEW = 2  # buttons of a kind that are pressed in one chat


@pytest.fixture
def clock() -> StillClock:
    """The moment at which the database was made."""
    return StillClock(dt.datetime.fromtimestamp(databases.made()[0], dt.UTC))


@pytest.fixture
async def forum(
    rehearsal: Rehearsal,
    running: Running,
    tmp_path: Path,
    database_url: str,  # noqa: F811 - the fixture
) -> AsyncIterator[Forum]:
    """The forum of that day, opened by this version: whatever was due has been sent."""
    await asyncio.to_thread(databases.fill, database_url, tmp_path / "migrations")
    databases.restore(rehearsal)
    running.settings["database_url"] = database_url
    async with running.open() as forum:
        await rest(forum)
        yield forum
    await running.stop()  # before its database is gone


def rows(tx: Transaction, sql: str) -> list[Row]:
    return list(tx.rows(sql))


async def read(forum: Forum, sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await forum.db.read(rows, sql)]


async def rest(forum: Forum) -> None:
    """Wait until all that came in is handled and all that is due has gone out."""
    busy = f"""
        SELECT (SELECT COUNT(*) FROM inbox) AS updates,
            (SELECT COUNT(*) FROM announcements
             WHERE started_at IS NOT NULL AND finished_at IS NULL AND state <> 'paused') AS announcements,
            (SELECT COUNT(*) FROM deliveries
             WHERE state = 'claimed' OR (state = 'waiting' AND due_at <= {forum.clock.seconds()})) AS messages
    """
    await forum.telegram.idle(settle=0.02)  # what was sent is in the inbox
    async with asyncio.timeout(60):
        while any((await read(forum, busy))[0].values()):  # noqa: ASYNC110 - the database sets no event
            await asyncio.sleep(0.05)
    await forum.telegram.idle(settle=0.02)


def shown(message: Message) -> dict[str, Any]:
    """A message as its reader has it, without what is counted again in each run."""
    found: dict[str, Any] = {"text": LINK.sub("…", message.text)}
    if message.rows:
        found["buttons"] = [[button["text"] for button in row] for row in message.rows]
    return found


async def screens(person: Person, chat: int | None = None) -> dict[int, dict[str, Any]]:
    return {one.id: shown(one) for one in await person.messages(chat) if one.from_bot}


async def ledger(forum: Forum) -> list[str]:
    """The outcome of each outgoing message."""
    found = await read(forum, "SELECT recipient, kind, thing, state, error FROM deliveries")
    return sorted("{recipient} {kind} {thing} {state} {error}".format(**row).rstrip() for row in found)


async def stored(forum: Forum) -> dict[str, list[str]]:
    """What this version has added to what others read later."""
    found = {
        "draft_steps": await read(forum, "SELECT what, detail, changes FROM draft_steps ORDER BY number"),
        "audit": await read(forum, "SELECT deed, question, session, detail FROM audit ORDER BY id"),
        "announcement_parts": await read(
            forum,
            "SELECT announcement, language, kind, text FROM announcement_parts"
            " ORDER BY announcement, language, position",
        ),
        "deliveries": await read(forum, "SELECT kind, thing, recipient FROM deliveries"),
    }
    lines = {table: [" ".join(map(str, row.values())) for row in rows] for table, rows in found.items()}
    # Whether a card is touched depends on what was under way; the end of a card's thing is by chance.
    lasting = (line for line in lines["deliveries"] if ":x" not in line)
    lines["deliveries"] = sorted({MARK.sub("…", line) for line in lasting})
    return lines


def people(telegram: Telegram) -> list[Person]:
    return sorted(telegram._people.values(), key=lambda one: one.id)


async def test_what_waits_in_the_outbox_arrives_once_or_is_dropped_for_the_same_reason(forum: Forum) -> None:
    async def seen() -> dict[str, list[dict[str, Any]]]:
        found = {str(one.id): list((await screens(one)).values()) for one in people(forum.telegram)}
        for chat in (await forum.telegram.get("state"))["chats"]:
            if chat["type"] != "private":
                member = next(one for one in people(forum.telegram) if one.id == chat["members"][0])
                found[str(chat["id"])] = list((await screens(member, chat["id"])).values())
        return found

    check("outbox", {"at once": await ledger(forum), "screens": await seen()})
    await forum.at(forum.clock.now() + dt.timedelta(minutes=8))
    await rest(forum)
    check("outbox_later", {"after eight minutes": await ledger(forum), "screens": await seen()})


async def test_the_message_that_followed_an_announcement_still_does(forum: Forum) -> None:
    """The author's, as it was kept; the requests that waited in the outbox follow too."""
    followed = await read(forum, "SELECT announcement, message FROM announcement_screens WHERE chat = 7001")
    assert {tuple(row.values()) for row in followed} == {(1, 175), (2, 122), (4, 142), (5, 181)}
    asked = await read(forum, "SELECT announcement, asks FROM announcement_screens WHERE chat <> 7001")
    assert {tuple(row.values()) for row in asked} == {(8, ""), (1, "+:e206a89adca6f193")}
    [left] = await read(forum, "SELECT COUNT(report_message) AS left FROM announcements")
    assert left["left"] == 0


async def test_the_draft_reads_as_it_did(forum: Forum) -> None:
    organizer = next(one for one in people(forum.telegram) if one.id == ORGANIZER)
    await organizer.look_away()
    await organizer.send("/programme")
    message = await organizer.sees("🗂")
    found = []
    for data in ("go:draft", "pv:0", "pvc:1:0:0", "ka:0::0"):
        await organizer.press_data(data, message.id)
        await rest(forum)
        found.append({data: (await screens(organizer))[message.id]})
    check("draft_read", found)


async def test_half_typed_forms_are_finished_by_their_next_word(forum: Forum) -> None:
    found = []
    by_id = {one.id: one for one in people(forum.telegram)}
    for row in await read(forum, "SELECT person, state, data FROM conversations ORDER BY person"):
        person = by_id[row["person"]]
        before = await screens(person)
        if "typed" in row["data"]:
            await person.press_data(PRESSES[row["state"]], 1)
        elif row["state"] == "AnnouncementForm:more":
            await person.send_album("way", ("photo", PNG, "Вход"))
        else:
            await person.send(WORDS.get(row["state"], WORD))
        await rest(forum)
        answers = [message for key, message in (await screens(person)).items() if before.get(key) != message]
        left = await read(forum, f"SELECT state, data FROM conversations WHERE person = {person.id}")
        found.append({"form": f"{row['state']} {row['data']}", "answers": answers, "left": left})
    check("forms_finished", found)
    check("forms_finished_stored", await stored(forum))


async def test_a_form_is_stored_as_it_was(forum: Forum) -> None:
    """Each form there is, with its data, gone into by this version."""
    organizer, author = (one for one in people(forum.telegram) if one.id in (ORGANIZER, 8007))
    await author.send("/cancel")  # it asked question 7
    await author.sees()
    newcomer = await forum.telegram.person("Жаңа", "ru")
    found: list[str] = []

    async def keep(person: Person, state: str) -> None:
        await rest(forum)
        own = f"person = {person.id} AND state IS NOT NULL"  # not the one that was left before (bot.middlewares.kept)
        [row] = await read(forum, f"SELECT state, data FROM conversations WHERE {own}")
        data = {name: value for name, value in json.loads(row["data"]).items() if name != BY}
        found.append(f"{row['state']} {json.dumps(data, ensure_ascii=False)}")
        assert row["state"] == state

    await go_through_forms(newcomer, organizer, author, presser(forum.telegram), keep)
    check("forms_stored", found)


async def test_buttons_of_old_messages_answer_as_they_did(forum: Forum) -> None:
    """What is pressed changes what the next one finds, as on the day."""
    found: dict[str, list[dict[str, Any]]] = {}
    by_id = {one.id: one for one in people(forum.telegram)}
    group = next(chat for chat in (await forum.telegram.get("state"))["chats"] if chat["type"] != "private")
    moderator = by_id[group["members"][1]]
    for person, chat in [(moderator, group["id"]), *((one, one.id) for one in by_id.values())]:
        pressed: Counter[str] = Counter()
        messages = [one for one in await person.messages(chat) if one.from_bot]
        for message, button in [(one, button) for one in messages for row in one.rows for button in row]:
            data = button.get("callback_data", "")
            kind = data.split(":")[0]
            pressed[kind] += 1
            if data and pressed[kind] <= FEW:
                answer = await person.press_data(data, message.id, chat=chat)
                await rest(forum)
                now = (await screens(person, chat)).get(message.id)
                line = {"pressed": data, "answer": answer.text, "shows": now and CLAIM.sub("", now["text"])}
                found.setdefault(f"{person.id} in {chat}", []).append(line)
    check("old_buttons", found)
    check("old_buttons_stored", await stored(forum))
