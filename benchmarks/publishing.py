"""`python -m benchmarks.publishing`: how long an organizer waits whose change touches 5,000 delegates."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import page
from benchmarks.congress import A_DAY, DAYS, LANGUAGES, ROOMS
from benchmarks.figures import Figure, ratio
from benchmarks.people import People, people_at
from benchmarks.processes import our_bot, telegram
from bot.actions import outgoing
from bot.programme.edits import DAY, ONLY
from bot.programme.load import read_programme
from bot.programme.model import Programme, Session
from bot.views.buttons import Go
from bot.views.publishing.buttons import AskPublish, Publish, Shift, stamp_of
from storage import bookmarks, participants, programmes
from storage.database import Transaction, open_database
from tests.programme.schedules import as_json, pretalx

ORGANIZER, FIRST = 90_000, 100_000
STARS = 5  # of each delegate, besides the session that all have
NOBODYS, EVERYBODYS, FULL_DAY, AGAIN = "touches nobody", "one session", "its whole day", "the same once more"


@dataclass(frozen=True, slots=True)
class Round:
    """Milliseconds from a press to its answer, by what was published: of the preview before it, of the publication;
    and how many people the outbox then had to notify."""

    previews: dict[str, float]
    publications: dict[str, float]
    enqueued: int


class Desk:
    """The organizer, who publishes. `revision` is the draft's and `base` the newest version's number."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._revision = 0
        self._base = 1

    async def publish(self, session: Session, scope: str) -> tuple[float, float]:
        """Put one change into the draft, look at it, publish it: milliseconds of the latter two."""
        await self._press(Shift(session=session.code, scope=scope, minutes=5, stamp=stamp_of(self._revision)).pack())
        self._revision += 1
        preview = await self._press(Go(where="draft").pack())
        await self._press(AskPublish(revision=self._revision).pack())
        publication = await self._press(Publish(base=self._base, revision=self._revision, quiet=0).pack())
        self._revision += 1
        self._base += 1
        return preview, publication

    async def _press(self, data: str) -> float:
        seconds = await self._people.press(ORGANIZER, data)
        await self._people.rest()
        return 1000 * seconds


async def measure(delegates: int, rounds: int, folder: Path) -> str:
    """Every round on a copy of the same database: in a new one nobody waits for a notice yet."""
    programme = await fill(folder / "forum.db", delegates)
    found = [await one_round(programme, folder, number) for number in range(rounds)]
    if any(one.enqueued != delegates for one in found):
        raise RuntimeError(f"not everybody has one message in the outbox: {[one.enqueued for one in found]}")
    return "\n".join(table(found, delegates))


async def one_round(programme: Programme, folder: Path, number: int) -> Round:
    copy = folder / str(number)
    await asyncio.to_thread(copy.mkdir)
    await asyncio.to_thread(shutil.copy, folder / "forum.db", copy)
    everybodys, nobodys = programme.sessions[0], programme.sessions[-1]
    previews, publications = {}, {}
    async with (
        telegram(copy) as url,
        people_at(url) as people,
        our_bot(url, copy, ORGANIZERS=str(ORGANIZER)),
    ):
        await people.join([ORGANIZER])
        await people.write(ORGANIZER, "/programme")
        desk = Desk(people)
        await desk.publish(nobodys, ONLY)  # the first pays for what is loaded late
        for name, session, scope in (
            (NOBODYS, nobodys, ONLY),
            (EVERYBODYS, everybodys, ONLY),
            (AGAIN, everybodys, ONLY),
            (FULL_DAY, everybodys, DAY),
        ):
            previews[name], publications[name] = await desk.publish(session, scope)
    with closing(sqlite3.connect(copy / "forum.db")) as stored:
        [(enqueued,)] = stored.execute("SELECT COUNT(*) FROM deliveries WHERE kind = ?", (outgoing.ChangeNotice.kind,))
    return Round(previews, publications, enqueued)


async def fill(file: Path, delegates: int) -> Programme:
    """A new database: a congress from tomorrow on, whose first session everybody has starred, and the last nobody."""
    programme = read_programme(as_json(pretalx(DAYS, ROOMS, A_DAY)), "congress.json")
    now = dt.datetime.now(dt.UTC)
    programme = programme.moved_to(now.date() + dt.timedelta(days=1))
    database = await open_database(str(file))
    try:
        await database.write(write, programme, delegates, int(now.timestamp()))
    finally:
        await database.close()
    return programme


def write(tx: Transaction, programme: Programme, delegates: int, now: int) -> None:
    first, *others, _ = programme.sessions
    programmes.publish(tx, programme.to_document(), source="congress.json", published_by=None, now=now)
    for person in (ORGANIZER, *range(FIRST, FIRST + delegates)):
        participants.consent(tx, person, LANGUAGES[person % 3], 10, now)
        participants.set_name(tx, person, f"Delegate {person}")
        participants.register(tx, person, now)
        if person != ORGANIZER:
            for star in range(STARS):
                bookmarks.add(tx, person, others[(person * 7 + star * 101) % len(others)].code, now)
            bookmarks.add(tx, person, first.code, now)


def table(found: Sequence[Round], delegates: int) -> Iterator[str]:
    yield (
        f"| {len(found)} rounds, {DAYS * ROOMS * A_DAY} sessions | ms to the preview | ms to publish "
        "| × what touches nobody |"
    )
    yield "|---|---|---|---|"
    base = Figure(tuple(one.publications[NOBODYS] for one in found))
    names = {
        NOBODYS: "a change that touches nobody",
        EVERYBODYS: f"one session, which {delegates:,} delegates have starred",
        AGAIN: "the same again, while they all wait to be told",
        FULL_DAY: f"{ROOMS * A_DAY} sessions of a day at once, while they wait",
    }
    for key, name in names.items():
        preview = Figure(tuple(one.previews[key] for one in found))
        figure = Figure(tuple(one.publications[key] for one in found))
        yield f"| {name} | {preview.shown(0)} | **{figure.shown(0)}** | {ratio(figure, base).shown(1)} |"
    yield ""
    held = f"{found[0].enqueued:,}"
    yield f"The outbox then holds {held} messages: one for each person, whatever else was published in between."


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing", description=__doc__)
    parser.add_argument("--delegates", type=int, default=5000, help="who starred the session (5000)")
    parser.add_argument("--rounds", type=int, default=5, help="each with a bot of its own (5)")
    parser.add_argument("--print", action="store_true", help="print only, and leave docs/benchmarks.md as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minber-publishing-") as name:
        tables = asyncio.run(measure(options.delegates, options.rounds, Path(name)))
    if options.print:
        print(tables)
    else:
        page.put("publishing", tables)


if __name__ == "__main__":
    main()
