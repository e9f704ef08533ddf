"""`python -m benchmarks.desk`: what opening the desk costs with 2,000 questions, compared with 20."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import page
from benchmarks.figures import Figure, percentile, ratio
from benchmarks.people import People, people_at
from benchmarks.processes import ROOT, Process, our_bot, telegram
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.views.moderation.buttons import DeskNext, DeskSession
from bot.who import MODERATOR
from storage import lines, participants, programmes, questions, roles, session_desks, votes
from storage.database import Transaction, open_database

FEW, MANY = 20, 2000  # questions of one session: half of them wait, half are ready to be asked
AUTHORS = 200
VOTES = 10  # for each question that is ready
MODERATOR_ID, FIRST_AUTHOR = 90_000, 100_000
DESK = "🛎 Модерация"  # the menu's key
OPENING, SESSION = "all sessions", "the session"
WAITING, READY = "the next that waits", "the next to be asked"
PRESSES = 30  # of each kind in a round
WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """A running bot with so many questions, and its moderator at the door."""

    bot: Process
    people: People
    code: str

    async def open(self, name: str) -> float:
        """The seconds until it was there."""
        if name == OPENING:
            return await self.people.write(MODERATOR_ID, DESK)
        if name == SESSION:
            return await self.people.press(MODERATOR_ID, DeskSession(session=self.code).pack())
        which = "w" if name == WAITING else "a"
        return await self.people.press(MODERATOR_ID, DeskNext(session=self.code, which=which, after=0).pack())


async def measure(rounds: int, folder: Path) -> str:
    """Both desks take turns, so that what disturbs one disturbs the other; in every order of the lists."""
    rows = [
        "| to open | CPU ms, 20 | 2,000 | ratio | ms to the answer, 20 | 2,000 | ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for sorting in lines.SORTINGS:
        async with (
            desk(folder / f"few-{sorting}", FEW, sorting) as few,
            desk(folder / f"many-{sorting}", MANY, sorting) as many,
        ):
            for name in (OPENING, SESSION, WAITING, READY) if sorting == lines.BY_VOTES else (WAITING, READY):
                small, large = [], []
                for _ in range(rounds):
                    small.append(await one_round(few, name))
                    large.append(await one_round(many, name))
                title = f"{name}, order {sorting or 'votes'}" if name in (WAITING, READY) else name
                cells = []
                for which in (0, 1):
                    base, loaded = (Figure(tuple(one[which] for one in taken)) for taken in (small, large))
                    cells += [base.shown(), loaded.shown(), f"**{ratio(loaded, base).shown()}**"]
                rows.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


async def one_round(one: Desk, name: str) -> tuple[float, float]:
    """CPU milliseconds a press, and the median of milliseconds to the answer."""
    cpu, seconds = 0.0, []
    for turn in range(WARM_UP + PRESSES):
        if name != OPENING:
            await one.people.write(MODERATOR_ID, DESK)  # a desk of its own for each press, and not counted
            await one.people.rest()
        before = one.bot.cpu()
        took = await one.open(name)
        await one.people.rest()
        if turn >= WARM_UP:
            cpu += one.bot.cpu() - before
            seconds.append(took)
    return 1000 * cpu / PRESSES, 1000 * percentile(seconds, 0.5)


@asynccontextmanager
async def desk(folder: Path, count: int, sorting: str) -> AsyncIterator[Desk]:
    await asyncio.to_thread(folder.mkdir)
    programme = load_file(ROOT / "programme" / "turkistan.toml")
    now = dt.datetime.now(dt.UTC)
    programme = programme.moved_to(now.date() + dt.timedelta(days=1))
    database = await open_database(str(folder / "forum.db"))
    code = await database.write(write, programme, count, sorting, int(now.timestamp()))
    await database.close()
    async with telegram(folder) as url, people_at(url) as people, our_bot(url, folder) as bot:
        await people.join([MODERATOR_ID])
        await people.write(MODERATOR_ID, DESK)
        yield Desk(bot, people, code)


def write(tx: Transaction, programme: Programme, count: int, sorting: str, now: int) -> str:
    code = next(one.code for one in programme.sessions if not one.is_break)
    programmes.publish(tx, programme.to_document(), source="turkistan.toml", published_by=None, now=now)
    authors = range(FIRST_AUTHOR, FIRST_AUTHOR + AUTHORS)
    for person in (MODERATOR_ID, *authors):
        participants.consent(tx, person, "ru", 10, now)
        participants.set_name(tx, person, f"Delegate {person}")
        participants.set_delegation(tx, person, programme.delegations[person % len(programme.delegations)].code)
        participants.register(tx, person, now)
    roles.grant(tx, MODERATOR_ID, role=MODERATOR, session=code, granted_by=None, now=now)
    session_desks.set_sorting(tx, code, sorting)
    for index in range(count):
        text = f"Когда и где покажут результаты проекта номер {index}?"
        number = questions.ask(
            tx,
            code,
            author=authors[index % AUTHORS],
            message=index,
            anonymous=index % 5 == 0,
            language="ru",
            text=text,
            now=now - 3600,
        )
        assert number is not None
        if index % 2:
            questions.decide(
                tx, number, expected=questions.PENDING, state=questions.APPROVED, moderator=MODERATOR_ID, now=now - 3000
            )
            for voice in range(VOTES):
                votes.vote(tx, number, person=authors[(index * 7 + voice * 13) % AUTHORS], now=now)
    return code


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of each thing that is opened (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minber-desk-") as name:
        page.put("desk", asyncio.run(measure(options.rounds, Path(name))))


if __name__ == "__main__":
    main()
