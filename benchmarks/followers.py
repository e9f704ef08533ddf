"""`python -m benchmarks.followers`: what people wait for while 500 followers of one question learn its outcome,
compared with the same when nobody follows it."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import page
from benchmarks.figures import Figure, percentile, ratio
from benchmarks.people import People, people_at
from benchmarks.processes import ROOT, our_bot, telegram
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.views.moderation.buttons import Decide, DeskNext, DeskSession
from bot.views.questions.buttons import FeedPage, Follow, OpenQuestion
from bot.who import MODERATOR
from storage import followers, participants, programmes, questions, roles
from storage.database import Transaction, open_database

FOLLOWERS = 500
MODERATOR_ID, AUTHOR, FIRST_TAPPER, FIRST_FOLLOWER = 90_000, 90_001, 91_000, 100_000
TAPPERS, PAUSE = 20, 0.1  # in turns: what decides has stood long enough when they come to it again
PER_SECOND = 28
DESK = "🛎 Модерация"  # the menu's key
NOBODY, MANY = "nobody follows it", "500 follow it"
DECIDE, READ, FOLLOW = "the moderator's “asked”", "a question opened from the feed", "follow or stop"


@dataclass(frozen=True, slots=True)
class Forum:
    people: People
    code: str
    numbers: range
    file: Path


async def measure(rounds: int, folder: Path) -> str:
    """Both kinds of question take turns."""
    programme = load_file(ROOT / "programme" / "turkistan.toml")
    now = dt.datetime.now(dt.UTC)
    programme = programme.moved_to(now.date() + dt.timedelta(days=1))
    database = await open_database(str(folder / "forum.db"))
    code = await database.write(write, programme, 2 * rounds + 1, int(now.timestamp()))
    await database.close()
    found: dict[tuple[str, str], list[float]] = {}
    async with (
        telegram(folder, "--limits") as url,
        people_at(url) as people,
        our_bot(url, folder, MESSAGES_PER_SECOND=str(PER_SECOND)),
    ):
        everybody = (AUTHOR, *range(FIRST_FOLLOWER, FIRST_FOLLOWER + FOLLOWERS))
        await people.join((*everybody, MODERATOR_ID, *range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS)), started=True)
        forum = Forum(people, code, range(1, 2 * rounds + 1), folder / "forum.db")
        for tapper in range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS):
            await people.write(tapper, f"/start s_{code}")
        await taps(forum, len(forum.numbers) + 1)  # warm
        for number in forum.numbers:
            for name, seconds in (await one_round(forum, number)).items():
                found.setdefault((MANY if number % 2 else NOBODY, name), []).append(1000 * seconds)
    return "\n".join(table(found, rounds))


def table(found: dict[tuple[str, str], list[float]], rounds: int) -> list[str]:
    rows = [
        f"{rounds} rounds of {6 * TAPPERS} taps: the median, and in brackets the least and the most.",
        "",
        f"| ms to the answer | {NOBODY} | {MANY}, and are being told | ratio |",
        "|---|---|---|---|",
    ]
    for name in dict.fromkeys(name for _, name in found):
        base, loaded = (Figure(tuple(found[kind, name])) for kind in (NOBODY, MANY))
        rows.append(f"| {name} | {base.shown(1)} | {loaded.shown(1)} | **{ratio(loaded, base).shown()}** |")
    return rows


async def one_round(forum: Forum, number: int) -> dict[str, float]:
    """The question is asked aloud; while those who follow it are told, people read and follow others."""
    people = forum.people
    await people.write(MODERATOR_ID, DESK)
    await people.press(MODERATOR_ID, DeskSession(session=forum.code).pack())
    await people.press(MODERATOR_ID, DeskNext(session=forum.code, which="a", after=number - 1).pack())
    await asyncio.sleep(1)  # a press that decides counts only when its button has stood for a moment
    decided = await people.press(MODERATOR_ID, Decide(number=number, decision="asked", desk="a").pack())
    measured = await taps(forum, len(forum.numbers) + 1)
    told = 1 + (FOLLOWERS if number % 2 else 0)
    assert number % 2 == 0 or sent(forum, number) < told, "all were told before the last tap"
    while sent(forum, number) < told:  # noqa: ASYNC110 - another process's database sets no event
        await asyncio.sleep(0.2)
    return {DECIDE: decided} | measured


def sent(forum: Forum, number: int) -> int:
    """How many were told of the question, as the bot's own file says."""
    with closing(sqlite3.connect(f"file:{forum.file}?mode=ro", uri=True)) as connection:
        counted = "SELECT COUNT(*) FROM deliveries WHERE kind = 'fate' AND thing LIKE ? AND state = 'sent'"
        return int(connection.execute(counted, (f"{number}:%",)).fetchone()[0])


async def taps(forum: Forum, number: int) -> dict[str, float]:
    """People open a question from the feed, and follow it or stop, in turns: by kind of tap the median and the slow."""
    seconds: dict[str, list[float]] = {READ: [], FOLLOW: []}
    for wanted in (1, 0):
        for name, data in (
            ("", FeedPage(session=forum.code, page=0)),
            (READ, OpenQuestion(number=number, page=0)),
            (FOLLOW, Follow(number=number, wanted=wanted, page=0)),
        ):
            for tapper in range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS):
                took = await forum.people.press(tapper, data.pack())
                seconds.get(name, []).append(took)
                await asyncio.sleep(PAUSE)
    return {
        f"{name}, {title}": percentile(values, share)
        for name, values in seconds.items()
        for title, share in (("median", 0.5), ("95 %", 0.95))
    }


def write(tx: Transaction, programme: Programme, many: int, now: int) -> str:
    """Approved questions of one author, every other one with its followers; the last is for those who tap."""
    code = next(one.code for one in programme.sessions if not one.is_break)
    programmes.publish(tx, programme.to_document(), source="turkistan.toml", published_by=None, now=now)
    told = range(FIRST_FOLLOWER, FIRST_FOLLOWER + FOLLOWERS)
    for person in (MODERATOR_ID, AUTHOR, *range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS), *told):
        participants.consent(tx, person, "ru", 10, now)
        participants.set_name(tx, person, f"Delegate {person}")
        participants.register(tx, person, now)
    roles.grant(tx, MODERATOR_ID, role=MODERATOR, session=code, granted_by=None, now=now)
    for index in range(1, many + 1):
        text = f"Когда и где покажут результаты проекта номер {index}?"
        number = questions.ask(
            tx, code, author=AUTHOR, message=index, anonymous=False, language="ru", text=text, now=now - 3600
        )
        assert number == index
        questions.decide(
            tx, number, expected=questions.PENDING, state=questions.APPROVED, moderator=MODERATOR_ID, now=now - 3000
        )
        for person in told if index % 2 and index < many else ():
            followers.follow(tx, number, person=person, now=now)
    return code


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.followers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of each kind (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minber-followers-") as name:
        page.put("followers", asyncio.run(measure(options.rounds, Path(name))))


if __name__ == "__main__":
    main()
