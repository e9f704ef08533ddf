"""Every step of a draft as it is stored: its name, its details and what it changes; and that each of them is here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.programme.edits import EDITS
from bot.programme.model import Text
from bot.programme.writers import write as file_of
from tests.conftest import Forum, Running
from tests.golden.expected import check
from tests.images import png
from tests.scenarios.publishing.changing import write
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import until
from tests.schedule_server import only_second_loopback, schedule_server
from tests.telegram import Person

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# {} stands for the draft's revision, in base 36 as buttons have it; "= …" is typed into the form that has opened.
CHANGES = (
    "peh:opening:o:5:{}",
    "pet:dialogue:start",
    "= 27.11 16:40",
    "pet:dialogue:length",
    "= 45",
    "per:plenary-1:otyrar:{}",
    "per:plenary-1::{}",
    "pet:plenary-1:room",
    "= Киіз үй\nЮрта\nYurt",
    "pew:plenary-2:projects-1:{}",
    "pex:talk-kurmanov:kurmanov:s:{}",
    "pe:talk-kurmanov:s:altayev:{}",
    "pef:opening:m",
    "= Серік Ахметов\nСерик Ахметов\nSerik Akhmetov",
    "pea:opening:m",
    "pe:talk-nurgaziyeva:0:kurmanov:{}",
    "ze:chinkisbayeva:sharipbekov:{}",
    "zx:p:chinkisbayeva:{}",
    "zs:20261126:0:1:{}",
    "pec:plenary-3:1:{}",
    "pec:plenary-3:0:{}",
    "pek:plenary-3:talk:{}",
    "peg:20261126",
    "= 18:30-19:00",
    "= Қонақ\nВстреча гостей\nGuests",
    "pej:s:opening:t:ru",
    "= Открытие форума",
    "peu:s:opening:t:en:{}",
    "pej:f::t:ru",
    "= Форум",
    "pej:g:about:b:kk",
    "= Форум туралы",
)


@pytest.fixture
async def forum(running: Running) -> AsyncIterator[Forum]:
    """A forum that may watch an address of this machine."""
    running.reach = only_second_loopback
    async with running.open() as forum:
        yield forum


def revision(forum: Forum) -> int:
    return int(tables(forum.folder)["draft_revision"][0]["revision"])


def stamp(forum: Forum) -> str:
    high, low = divmod(revision(forum), len(DIGITS))
    return (DIGITS[high] if high else "") + DIGITS[low]


def stored(forum: Forum) -> list[dict[str, object]]:
    return [
        {"what": row["what"], "detail": row["detail"], "changes": row["changes"]}
        for row in tables(forum.folder)["draft_steps"]
    ]


async def press(forum: Forum, organizer: Person, data: str) -> None:
    answer = await organizer.press_data(data, (await organizer.last()).id)
    assert answer.answered, data
    assert not answer.alert, (data, answer.text)
    await forum.telegram.idle(settle=0.02)


async def test_every_step_is_stored_as_it_was(forum: Forum) -> None:
    organizer = await forum.organizer()
    for one in CHANGES:
        if one.startswith("= "):
            await write(organizer, one.removeprefix("= "))
        else:
            await press(forum, organizer, one.format(stamp(forum)))
    await press(forum, organizer, "ph:kurmanov:0")
    await organizer.send_photo(png(64, 64))
    await until(lambda: stored(forum)[-1]["what"] == "photo")
    await press(forum, organizer, f"phx:kurmanov:0:{revision(forum)}")
    found = stored(forum)
    await press(forum, organizer, f"ppd:{revision(forum)}:1")

    programme = forum.programme
    sessions = tuple(replace(one, title=Text("Иначе")) if one.code == "opening" else one for one in programme.sessions)
    other = replace(programme, sessions=sessions)
    await organizer.send_document(file_of(other, "toml", "ru"), "program.toml")
    await organizer.sees("program.toml")
    await at_rest(forum)
    found += stored(forum)
    await press(forum, organizer, f"ppy:1:{revision(forum)}:1")
    await press(forum, organizer, f"pvb:1:{revision(forum)}")
    found += stored(forum)
    await press(forum, organizer, f"ppd:{revision(forum)}:1")
    async with schedule_server() as server:
        server.data, server.etag = file_of(programme, "toml", "ru"), '"1"'
        await press(forum, organizer, "wa")
        await organizer.send(server.address())
        await until(lambda: bool(stored(forum)))
        found += stored(forum)
    check("draft_steps", [one | {"changes": json.loads(str(one["changes"]))} for one in found])
    assert {str(one["what"]) for one in found} == set(EDITS)
    check("draft_step_names", sorted(EDITS))
