"""What organizers do to the programme by thumb, in more than one test."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import now_in, said
from tests.telegram import Message, Person


async def open_session(organizer: Person, code: str, part: str = "") -> Message:
    """Open a session's screen from its card; the message that shows it."""
    await organizer.start(f"s_{code}")
    screen = await tap(organizer, f"pes:{code}:")
    return await tap(organizer, f"pes:{code}:{part}:", screen) if part else screen


async def here(organizer: Person) -> Message:
    """The newest message as it stands when all has come."""
    return await now_in(organizer, await organizer.last())


async def tap(organizer: Person, data: str, message: Message | None = None) -> Message:
    """Press the button with this data on the newest message, or on that one; what stands there then."""
    await organizer.telegram.idle()
    shown = message or await organizer.newest(data)  # the bot may rest for a moment while a thread computes
    await organizer.press(data, shown)
    return await now_in(organizer, shown)


def instead(now: str, was: str, language: str = "ru") -> str:
    """What a notice says of something that has changed."""
    return said("changes.instead", language, now=now, was=was)


async def the_draft(organizer: Person, message: Message | None = None) -> Message:
    """The draft, from a screen that leads to it; where its one change can be published at once, by way of that."""
    screen = await now_in(organizer, message) if message else await here(organizer)
    if screen.button("go:draft") is not None:
        return await tap(organizer, "go:draft", screen)
    return await tap(organizer, "pp:0", await tap(organizer, "ppa:", screen))


async def turned(organizer: Person, data: str, message: Message) -> Message:
    """The page of a list on which the button with this data stands."""
    for _ in range(20):
        if message.button(data):
            break
        message = await tap(organizer, "›", message)
    return message


def data_of(message: Message, label: str) -> str:
    """The data of the button on the message that begins so."""
    found = message.button(label)
    assert found is not None, f"no {label} on {message}"
    return str(found["callback_data"])


async def publish(organizer: Person, quiet: int = 0) -> Message:
    """From the draft, or a screen that leads to it: look, ask, publish; what stands there then. Where nobody new is
    notified, there is no choice to be quiet."""
    screen = await here(organizer)
    if screen.button("ppa:") is None:
        screen = await tap(organizer, "go:draft", screen)
    asked = await tap(organizer, "ppa:", screen)
    loud = data_of(asked, "ppy:")
    wanted = f"{loud.removesuffix('0')}{quiet}"
    return await tap(organizer, wanted if asked.button(wanted) else loud, asked)


async def write(organizer: Person, text: str) -> Message:
    """Answer a form; the screen that comes."""
    await organizer.look_away()
    await organizer.send(text)
    await organizer.sees()  # the bot may rest for a moment while a thread computes
    await organizer.telegram.idle()
    return await organizer.last()


def steps(forum: Forum) -> list[tuple[str, dict[str, Any]]]:
    """The draft's steps as they are on disk: what, detail."""
    return [(row["what"], json.loads(row["detail"])) for row in tables(forum.folder)["draft_steps"]]


def changed(forum: Forum, code: str) -> dict[str, Any]:
    """The fields of a session that the draft's steps set, the last word of each."""
    return {
        field: new
        for row in tables(forum.folder)["draft_steps"]
        for part, name, field, _, new in json.loads(row["changes"])
        if (part, name) == ("sessions", code)
    }
