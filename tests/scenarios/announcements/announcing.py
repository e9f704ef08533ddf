"""What organizers do with announcements in more than one test."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.conftest import Forum
from tests.scenarios.steps import announce, outbox, said, until
from tests.telegram import Message, Person

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\xfd\xd4\x9as"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


DESK_ACTS = ("open", "new", "preview", "replace", "confirm", "urgent", "calm", "link", "back", "drop")
RUN_ACTS = ("pause", "resume", "stop", "correct", "remove", "removal")
VERSION_ACTS = ("open", "write", "name", "drop", "correct", "staged")

# What organizers press, with values that would do something; by the class of the button.
STAFF_BUTTONS = {
    "AnnounceDesk": tuple(f"ad:1:{act}" for act in DESK_ACTS),
    "AnnounceAsk": ("ah:1:drop:", "ah:1:stop:", "ah:1:version:kk"),
    "AnnounceDecide": ("ay:1:1795000000:approve", "ay:1:1795000000:decline"),
    "AnnounceApply": ("az:1:kk:0123456789abcdef",),
    "AnnounceSendBack": ("at:1:kk:0123456789abcdef",),
    "AnnounceRun": tuple(f"ar:1:{act}" for act in RUN_ACTS),
    "AnnounceList": ("al:0",),
    "AnnounceAudience": ("aa:1:l:kk:1:0", "aa:1:::0:0", "aa:1:d::0:0", "aa:1:s::0:0"),
    "AnnounceTime": ("aw:1:", "aw:1:now", "aw:1:typed"),
    "AnnounceUntil": ("ax:1:", "ax:1:never"),
    "AnnounceWith": ("as:1:w:opening:0", "as:1:x::0"),
    "AnnounceVersion": tuple(f"av:1:kk:{act}" for act in VERSION_ACTS),
    "WordAgain": ("aq:1",),
    "AnnounceFailures": ("af:1:0",),
    "AnnounceStaged": ("ag:1:kk",),
    "AnnounceRight": ("ak:1:0", "ak:1:1"),
    "AnnounceFrom": ("aj:1:", "aj:1:organizers", "aj:1:none", "aj:1:0123abcd"),
    "AnnounceOffice": tuple(f"ajo:1:0123abcd:{act}" for act in ("write", "ask", "drop", "default")),
    "LeaveWriting": ("ajw:1",),
}


async def second_organizer(forum: Forum, organizer: Person, name: str = "Алия", language: str = "ru") -> Person:
    person = await forum.delegate(name, language)
    await person.start(await forum.invitation(organizer, "si:organizer:"))
    await person.sees("🗝")
    return person


async def draft(organizer: Person, text: str) -> Message:
    """Write an announcement; its desk."""
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send(text)
    return await organizer.sees("📣", "№", timeout=10)


async def announced(forum: Forum, organizer: Person, text: str, people: int) -> Message:
    """Announce and wait until all have it; the report."""
    await announce(organizer, text)
    await organizer.press("an:")
    report = await organizer.sees(f"{people}/{people}")
    await until(lambda: all(row["state"] not in ("waiting", "claimed") for row in outbox(forum, "announcement")))
    return report


def decided(what: str, name: str, language: str = "ru") -> str:
    """The toast of whoever decides a moment later."""
    words = said("announcements.decided", language)
    return f"{words}\n{said(f'announcements.decision_{what}', language, name=name)}"


def data(message: Message, button: str) -> str:
    """The callback data of a button, to be pressed when it is gone."""
    found = message.button(button)
    assert found is not None
    return str(found["callback_data"])


async def bot_messages(person: Person) -> list[Message]:
    await person.look_away()
    return [message for message in person.shown() if message.from_bot]


async def together(*presses: Any) -> list[str]:
    """The toasts of presses made at once."""
    return [answer.text for answer in await asyncio.gather(*presses)]
