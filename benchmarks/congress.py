"""A large forum, written straight into a new database: 900 sessions, 10,000 participants."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

from bot.programme.load import read_programme
from bot.programme.model import Programme
from bot.who import MODERATOR
from storage import bookmarks, participants, programmes, questions, roles, votes
from storage.database import Transaction, open_database
from tests.programme.schedules import as_json, pretalx

DAYS, ROOMS, A_DAY = 5, 15, 12  # 900 sessions
PARTICIPANTS = 10_000
FIRST_ID, FIRST_MODERATOR = 100_000, 90_000
LANGUAGES = ("kk", "ru", "en")
BOOKMARKS = 6  # a person
QUESTIONS, VOTES = 600, 20_000
FEED = 5  # approved questions in the session that is voted in: one page of them


@dataclass(frozen=True, slots=True)
class Congress:
    """What the benchmarks press: a day of several pages, sessions that take questions, questions to vote for.

    Every session has a moderator of its own: a chat gets a card a second, and who has them all would get them late.
    """

    day: dt.date
    sessions: tuple[str, ...]
    votable: tuple[int, ...]
    moderators: tuple[int, ...]


def people(count: int, start: int = 0) -> list[int]:
    """Ids of `count` registered participants."""
    assert start + count <= PARTICIPANTS
    return list(range(FIRST_ID + start, FIRST_ID + start + count))


async def fill(folder: Path) -> Congress:
    """Write the forum into forum.db in `folder`. It begins tomorrow, so that every session takes questions."""
    programme = read_programme(as_json(pretalx(DAYS, ROOMS, A_DAY)), "congress.json")
    now = dt.datetime.now(dt.UTC)
    programme = programme.moved_to(now.date() + dt.timedelta(days=1))
    database = await open_database(str(folder / "forum.db"))
    try:
        return await database.write(write, programme, int(now.timestamp()))
    finally:
        await database.close()


def write(tx: Transaction, programme: Programme, now: int) -> Congress:
    dice = random.Random(1)
    codes = tuple(session.code for session in programme.sessions)
    moderators = tuple(range(FIRST_MODERATOR, FIRST_MODERATOR + len(codes)))
    programmes.publish(tx, programme.to_document(), source="congress.json", published_by=None, now=now)
    everybody = people(PARTICIPANTS)
    for person in (*everybody, *moderators):
        participants.consent(tx, person, LANGUAGES[person % 3], 10, now)
        participants.set_name(tx, person, f"Delegate {person}")
        participants.set_delegation(tx, person, "almaty")
        participants.register(tx, person, now)
        for code in dice.sample(codes, BOOKMARKS):
            bookmarks.add(tx, person, code, now)
    for person, code in zip(moderators, codes, strict=True):
        roles.grant(tx, person, role=MODERATOR, session=code, granted_by=None, now=now)
    numbers = [ask(tx, codes[0] if index < FEED else dice.choice(codes[1:]), index, now) for index in range(QUESTIONS)]
    for _ in range(VOTES):
        votes.vote(tx, dice.choice(numbers), person=dice.choice(everybody), now=now)
    return Congress(programme.days[0].date, codes, tuple(numbers[:FEED]), moderators)


def ask(tx: Transaction, session: str, index: int, now: int) -> int:
    """An approved question by somebody who will not press; an hour old, so that no limit is near."""
    number = questions.ask(
        tx,
        session,
        author=everybody_else(index),
        message=index,
        anonymous=False,
        language="ru",
        text=f"Вопрос {index}?",
        now=now - 3600,
    )
    assert number is not None
    questions.decide(
        tx, number, expected=questions.PENDING, state=questions.APPROVED, moderator=FIRST_MODERATOR, now=now - 3000
    )
    return number


def everybody_else(index: int) -> int:
    return FIRST_ID + PARTICIPANTS - 1 - index
