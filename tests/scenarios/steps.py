"""What people do in more than one test: ask, invite, announce."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.moderation.claims import LASTS
from bot.programme.model import Programme, Session
from bot.texts import Translators, language_for
from storage import participants, programmes
from storage.database import Transaction
from storage.deliveries import CLAIMED, WAITING
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.screen import read
from tests.telegram import Message, Person

TRANSLATORS = Translators(ZoneInfo("UTC"))


def enrol_all(tx: Transaction, people: Iterable[int], now: int = 0) -> None:
    """What registration leaves of these people, as delegates who read Russian."""
    for person in people:
        participants.consent(tx, person, "ru", 10, now)
        participants.set_name(tx, person, "Делегат")
        participants.register(tx, person, now)


def sessions(forum: Forum) -> list[Session]:
    """Those one can ask questions to, in the order of the programme."""
    return [one for one in forum.programme.sessions if not one.is_break]


async def ask(author: Person, session: str, text: str) -> int:
    """Ask as a delegate does; the number on the receipt."""
    await author.start(f"q_{session}")
    await author.sees("✋")
    await author.send(text)
    receipt = await author.sees("🧾", "№")
    return int(receipt.text.split("№")[1].split()[0])


async def vote(voter: Person, session: str, number: int, wanted: bool = True) -> None:
    """Vote for a question in the session's feed, or take the vote back."""
    await voter.start(f"s_{session}")
    await voter.press(f"f:{session}")
    await voter.press(f"v:{number}:{int(wanted)}")


async def star(person: Person, session: Session, wanted: int = 1) -> None:
    """Put a session into the agenda, or (`wanted` 0) take it out."""
    await person.start(f"s_{session.code}")
    await person.press(f"b:{session.code}:{wanted}")
    await person.toast()


async def publish(forum: Forum, *changed: Session) -> None:
    """A new version of the programme, as a publication will make it."""
    version = version_of(forum, *changed)
    number = await write_version(forum, version)
    forum.application.current.replace(version, number)
    await forum.application.scheduler.look()


async def publish_unseen(forum: Forum, *changed: Session) -> None:
    """A new version of which the bot only hears that it is in the database, as of another instance's."""
    await write_version(forum, version_of(forum, *changed))


async def write_version(forum: Forum, version: Programme) -> int:
    return await forum.db.write(
        programmes.publish, version.to_document(), source="test", published_by=None, now=forum.clock.seconds()
    )


def version_of(forum: Forum, *changed: Session) -> Programme:
    """The programme with these sessions in the place of those they were."""
    by_code = {one.code: one for one in changed}
    programme = forum.application.current.programme
    everything = tuple(by_code.get(one.code, one) for one in programme.sessions)
    return replace(programme, sessions=tuple(sorted(everything, key=lambda one: one.start)))


async def moderator_of(forum: Forum, organizer: Person, session: str, name: str, language: str = "ru") -> Person:
    """A person invited to moderate one session only."""
    person = await forum.delegate(name, language)
    await organizer.send("/staff")
    listed = await organizer.sees("🗝")
    await organizer.press_data(f"si:moderator:{session}", listed.id)
    link = await organizer.sees("?start=i_")
    await person.start(link.text.split("?start=")[1].split()[0])
    await person.sees("🗝")
    return person


async def announce(organizer: Person, text: str) -> Message:
    """Write an announcement; the message that asks whether to send it."""
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send(text)
    desk = await organizer.sees("📣", "№", timeout=10)  # a chat takes five messages in five seconds
    await organizer.press_data(f"ad:{desk.text.split('№')[1].split()[0]}:confirm", desk.id)
    return await organizer.sees("?")


async def insist(person: Person, button: str) -> None:
    """Press, and when told that it came too soon press again, as people do: nobody moves the clock of a process."""
    language = language_for(person.data["language_code"])
    while (await person.press(button, seen=False)).text == said("refusal.too_soon", language):
        pass


async def claims_end(forum: Forum) -> None:
    """Let so much time go by that nobody works on a question any more."""
    await forum.at(forum.clock.now() + dt.timedelta(seconds=LASTS))
    await forum.telegram.idle()


async def open_list(moderator: Person, session: str, which: str = "w") -> Message:
    """Open a list of the private desk; the message that shows its first card."""
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    await moderator.press(f"ks:{session}", desk)
    await moderator.press(f"kn:{session}:{which}", desk)
    return await now_in(moderator, desk)


async def now_in(person: Person, message: Message) -> Message:
    """The message as it stands now, when all has come."""
    await person.telegram.idle()
    return next(one for one in await person.messages() if one.id == message.id)


def first_question(forum: Forum) -> dict[str, Any]:
    """Question 1, as the database has it."""
    return tables(forum.folder)["questions"][0]


async def until(look: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for what nobody in the forum sees happen."""
    async with asyncio.timeout(seconds):
        while not look():  # noqa: ASYNC110 - the database of another thread sets no event
            await asyncio.sleep(0.05)


async def nothing_due(forum: Forum) -> None:
    """Wait for rest: all that is due has been sent, and its outcome is in the ledger."""

    def over() -> bool:
        now = forum.clock.seconds()
        rows = tables(forum.folder)["deliveries"]
        return not any(row["state"] == CLAIMED or (row["state"] == WAITING and row["due_at"] <= now) for row in rows)

    await forum.telegram.idle()
    await until(over)
    await forum.telegram.idle()


def at(forum: Forum, clock: str) -> dt.datetime:
    """That time of the first day, "10:20" or "10:20:30"."""
    programme = forum.programme
    return dt.datetime.combine(programme.days[0].date, dt.time.fromisoformat(clock), programme.forum.zone)


def outbox(forum: Forum, kind: str) -> list[dict[str, Any]]:
    """The ledger's rows of one kind, oldest first."""
    rows = tables(forum.folder)["deliveries"]
    return sorted((row for row in rows if row["kind"] == kind), key=lambda row: row["id"])


def said(key: str, language: str = "ru", n: int | None = None, **fields: object) -> str:
    """The bot's words as a person reads them: how a sentence is put may change, what is said here may not."""
    t = TRANSLATORS[language]
    text = t.plain(key, **fields) if n is None else t.plain_n(key, n, **fields)
    return read(re.sub(r"</?\w+>", "", text))
