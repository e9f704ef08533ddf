"""How what goes out arrives: at Telegram's limit, as fast as one process can, during people's taps, and on time.

Against a local Telegram that refuses what is too fast with 429, as Telegram's FAQ has it (bot/rehearsal/flood.py),
but where the fastest is looked for. The audience is written into a new database before the bot starts, the messages
too: what is measured is delivery.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import page
from benchmarks.arrivals import Arrivals, arrivals_at
from benchmarks.figures import percentile
from benchmarks.peers import PAUSE, PEERS
from benchmarks.people import people_at
from benchmarks.processes import ROOT, TOKEN, our_bot, started, telegram
from benchmarks.speed import AGENDA
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.views.agenda.agenda import day_key
from bot.views.agenda.buttons import DayPage
from storage import announcement_parts, announcements, bookmarks, participants, programmes
from storage.announcement_parts import Part
from storage.database import Transaction, open_database

FIRST, FIRST_TAPPER = 100_000, 90_000
TEXT = "Обед сегодня в 13:00 в большом зале."
LEAD = 5  # minutes before a session
TAPPERS, TAPS, PAUSE_OF_TAPPER = 20, 8, 5.0  # people, of each, seconds between two of one


Enqueue = Callable[[Transaction, int], None]
"""Puts something into the outbox, at a time in epoch seconds."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery to many: seconds from its first message to its last, how many 429, how many got it not once,
    CPU milliseconds of the bot a message (0 where it is not looked at)."""

    recipients: int
    seconds: float
    refused: int
    not_once: int
    cpu: float = 0.0

    @property
    def per_second(self) -> float:
        """The first message stands at the beginning of the time: it is not counted."""
        return (self.recipients - 1) / self.seconds


@dataclass(frozen=True, slots=True)
class OnTime:
    """Reminders of one session: seconds from the first to the last, and by how many the last was early."""

    recipients: int
    seconds: float
    early: float
    refused: int


async def peers(recipients: int, folder: Path) -> dict[str, Sent]:
    """What other bots do, and ours at its usual pace, to the same number of people."""
    found = {}
    for name in PEERS:
        everybody = range(FIRST, FIRST + recipients)
        arguments = ("-m", "benchmarks.peers", name, str(FIRST), str(recipients))
        async with telegram(folder, "--limits") as url, people_at(url) as people, arrivals_at(url) as arrivals:
            await people.join(everybody, started=True)
            async with started(*arguments, folder=folder, BOT_TOKEN=TOKEN, BOT_API_URL=url):
                await arrivals.until(recipients, recipients * PAUSE * 4 + 30)
            found[name] = sent(arrivals, everybody)
    found["ours"] = await announcement(recipients, 30, folder / "ours", limits=True)
    return found


async def announcement(recipients: int, per_second: int, folder: Path, *, limits: bool) -> Sent:
    """One announcement to everybody, at a pace that is set."""
    await fill(folder, enqueue_for_everybody, recipients)
    everybody = range(FIRST, FIRST + recipients)
    async with (
        telegram(folder, *(["--limits"] if limits else [])) as url,
        people_at(url) as people,
        arrivals_at(url) as arrivals,
    ):
        await people.join(everybody, started=True)
        async with our_bot(url, folder, MESSAGES_PER_SECOND=str(per_second)) as bot:
            await arrivals.until(1, 30)
            before, begun = bot.cpu(), arrivals.count.total()
            await arrivals.until(recipients, 2 * recipients / per_second + 60)
            cpu = (bot.cpu() - before) / max(1, recipients - begun)
            return sent(arrivals, everybody, 1000 * cpu)


async def taps(recipients: int, folder: Path) -> tuple[Sequence[float], Sequence[float]]:
    """Seconds from a press of the agenda to its answer: while nothing else goes out, and during an announcement."""
    quiet = await tapping(folder / "quiet", enqueued_for_nobody, 0)
    return quiet, await tapping(folder / "busy", enqueue_for_everybody, recipients)


async def tapping(folder: Path, enqueue: Enqueue, recipients: int) -> Sequence[float]:
    days = [day_key(one.date) for one in (await fill(folder, enqueue, recipients)).days]
    tappers = range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS)
    seconds: list[float] = []
    async with telegram(folder, "--limits") as url, people_at(url) as people, arrivals_at(url) as arrivals:
        await people.join(range(FIRST, FIRST + recipients), started=True)
        await people.join(tappers, started=True)

        async def tap(person: int, number: int) -> None:
            await asyncio.sleep(number * PAUSE_OF_TAPPER / TAPPERS)
            await people.write(person, AGENDA)
            for turn in range(TAPS):
                await asyncio.sleep(PAUSE_OF_TAPPER)
                seconds.append(await people.press(person, DayPage(day=days[(1 + turn) % 2], page=0).pack()))

        async with our_bot(url, folder, MESSAGES_PER_SECOND="30"):
            if recipients:
                await arrivals.until(1, 30)
            async with asyncio.TaskGroup() as group:
                for number, person in enumerate(tappers):
                    group.create_task(tap(person, number))
            if 0 < recipients <= sum(arrivals.count[person] for person in range(FIRST, FIRST + recipients)):
                raise RuntimeError("the announcement was over before the last tap: take more recipients")
    return seconds


async def reminders(recipients: int, folder: Path) -> OnTime:
    """Everybody starred one session, and chose the same lead. The wave begins soon after the bot starts."""
    wave = recipients / 20
    start = int(time.time() + LEAD * 60 + wave + 30)
    await fill(folder, enqueued_for_nobody, recipients, start)
    everybody = range(FIRST, FIRST + recipients)
    async with telegram(folder, "--limits") as url, people_at(url) as people, arrivals_at(url) as arrivals:
        await people.join(everybody, started=True)
        async with our_bot(url, folder, MESSAGES_PER_SECOND="28"):
            await arrivals.until(recipients, 4 * wave + 120)
    found = sent(arrivals, everybody)
    # Telegram dates messages in whole seconds: the end of the second is the latest it can have been.
    return OnTime(recipients, found.seconds, start - LEAD * 60 - (max(arrivals.wall.values()) + 1), found.refused)


def sent(arrivals: Arrivals, everybody: range, cpu: float = 0.0) -> Sent:
    not_once = sum(arrivals.count[person] != 1 for person in everybody)
    return Sent(len(everybody), arrivals.last - arrivals.first, arrivals.refused, not_once, cpu)


async def fill(folder: Path, enqueue: Enqueue, recipients: int, start: int | None = None) -> Programme:
    """A new database in `folder`: the sample forum from tomorrow on, its participants, and what is enqueued for them.

    `start`, in epoch seconds, moves the first session there, and everybody has starred it.
    """
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - nothing else goes on yet
    programme = load_file(ROOT / "programme" / "turkistan.toml")
    now = int(time.time())
    first = next(one for one in programme.sessions if not one.is_break)
    if start is None:
        programme = programme.moved_to(
            dt.datetime.fromtimestamp(now, programme.forum.zone).date() + dt.timedelta(days=1)
        )
    else:
        programme = beginning(programme, first.code, start)

    def write(tx: Transaction) -> None:
        programmes.publish(tx, programme.to_document(), source="turkistan.toml", published_by=None, now=now)
        for person in range(FIRST, FIRST + recipients):
            join_forum(tx, person, now)
            if start is not None:
                bookmarks.add(tx, person, first.code, now)
        enqueue(tx, now)
        for person in range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS):
            join_forum(tx, person, now)
            participants.set_muted(tx, person, True)  # whoever taps gets nothing else

    database = await open_database(str(folder / "forum.db"))
    try:
        await database.write(write)
    finally:
        await database.close()
    return programme


def join_forum(tx: Transaction, person: int, now: int) -> None:
    participants.consent(tx, person, "ru", LEAD, now)
    participants.set_name(tx, person, f"Delegate {person}")
    participants.register(tx, person, now)


def beginning(programme: Programme, code: str, start: int) -> Programme:
    """The programme with one session moved to another time."""
    shift = dt.datetime.fromtimestamp(start, programme.forum.zone)
    moved = [
        replace(one, start=shift, end=shift + (one.end - one.start)) if one.code == code else one
        for one in programme.sessions
    ]
    return replace(programme, sessions=tuple(sorted(moved, key=lambda one: one.start)))


def enqueued_for_nobody(tx: Transaction, now: int) -> None:
    """Nothing goes out."""


def enqueue_for_everybody(tx: Transaction, now: int) -> None:
    """An announcement that goes out when the bot starts."""
    draft = announcements.draft(tx, FIRST_TAPPER, 1, TEXT, now)
    announcement_parts.put(tx, draft.number, Part(language="", position=0, kind="text", text=TEXT))
    announcements.confirm(tx, draft.number, state=announcements.SCHEDULED, chat=FIRST_TAPPER, message=None, now=now)


async def measure(recipients: int, *, many: int, few: int, folder: Path) -> str:
    """All of it, one after the other: for others, at the limit, at full speed, during taps, on time."""
    found = await peers(few, folder)
    found["at the limit"] = await announcement(recipients, 30, folder / "limit", limits=True)
    found["as fast as one process can"] = await announcement(many, 1000, folder / "fast", limits=False)
    quiet, busy = await taps(many // 4, folder)
    on_time = await reminders(3000, folder / "reminders")
    return "\n".join((*sent_table(found), "", *taps_table(quiet, busy), "", *on_time_lines(on_time)))


def sent_table(found: dict[str, Sent]) -> Iterator[str]:
    yield "| | recipients | messages a second | × the time at 30 a second | 429 | not once | CPU ms a message |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in found.items():
        ideal = one.seconds * 30 / (one.recipients - 1)
        cpu = f"{one.cpu:.2f}" if one.cpu else ""
        yield (
            f"| {name} | {one.recipients:,} | **{one.per_second:.1f}** | {ideal:.3f} | {one.refused} | {one.not_once} "
            f"| {cpu} |"
        )


def taps_table(quiet: Sequence[float], busy: Sequence[float]) -> Iterator[str]:
    yield "| ms from a press of the agenda to its answer | median | p95 |"
    yield "|---|---|---|"
    for name, seconds in (("nothing else goes out", quiet), ("during an announcement at 30 a second", busy)):
        yield f"| {name} | {1000 * percentile(seconds, 0.5):.1f} | {1000 * percentile(seconds, 0.95):.1f} |"
    yield f"| ratio | | **{percentile(busy, 0.95) / percentile(quiet, 0.95):.2f}** |"


def on_time_lines(found: OnTime) -> Iterator[str]:
    yield (
        f"{found.recipients:,} reminders of one session, at 28 a second: within {found.seconds:.0f} s, "
        f"the last at least {found.early:.0f} s before its lead, {found.refused} times 429."
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    parser.add_argument("--recipients", type=int, default=5000, help="of the announcement at Telegram's limit (5000)")
    parser.add_argument("--many", type=int, default=20_000, help="of the one at full speed (20000)")
    parser.add_argument("--few", type=int, default=600, help="of the other bots' (600)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minber-delivery-") as name:
        page.put(
            "delivery", asyncio.run(measure(options.recipients, many=options.many, few=options.few, folder=Path(name)))
        )


if __name__ == "__main__":
    main()
