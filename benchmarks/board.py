"""`python -m benchmarks.board`: what reading an organizers' board costs with 5,000 questions and 20,000 messages sent,
beside a forum with a hundredth of them."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks import page
from benchmarks.figures import Figure, percentile, ratio
from benchmarks.processes import ROOT
from bot.actions.staff import board
from bot.programme.estimates import NO_RUNS
from bot.programme.load import load_file
from bot.programme.model import Programme
from storage import deliveries, drafts, leases, participants, questions
from storage.database import Database, Transaction, open_database
from storage.deliveries import FAILED, SENT, UNSURE, Outcome

QUESTIONS, MESSAGES, PEOPLE = 5_000, 20_000, 2_000
SHARE = 100  # how much smaller the other forum is
AT_ONCE = 1_000  # rows in a transaction
READS = 200  # in a round


async def measure(rounds: int, folder: Path) -> str:
    """Both forums take turns, so that what disturbs one disturbs the other."""
    programme = load_file(ROOT / "programme" / "turkistan.toml")
    now = programme.sessions[0].start + dt.timedelta(hours=3)
    few, many = (
        await forum(folder / "few.db", programme, now, SHARE),
        await forum(folder / "many.db", programme, now, 1),
    )
    try:
        taken = [[await read(one, programme, now) for one in (few, many)] for _ in range(rounds)]
    finally:
        await few.close()
        await many.close()
    rows = ["| ms to read a board | a hundredth | 5,000 questions, 20,000 messages | ratio |", "|---|---|---|---|"]
    for at, name in enumerate(("median", "95 %")):
        base, loaded = (Figure(tuple(one[which][at] for one in taken)) for which in (0, 1))
        rows.append(f"| {name} | {base.shown()} | {loaded.shown()} | **{ratio(loaded, base).shown()}** |")
    return "\n".join(rows)


async def read(database: Database, programme: Programme, now: dt.datetime) -> tuple[float, float]:
    """The median and the 95th percentile of milliseconds."""
    took = []
    for _ in range(READS):
        before = time.perf_counter()
        await database.read(board.read, programme, NO_RUNS, now)
        took.append(1000 * (time.perf_counter() - before))
    return median(took), percentile(took, 0.95)


async def forum(file: Path, programme: Programme, now: dt.datetime, share: int) -> Database:
    database = await open_database(str(file))
    seconds, codes = int(now.timestamp()), [one.code for one in programme.sessions if not one.is_break]
    for some in batches(PEOPLE // share):
        await database.write(gather, some, seconds)
    for some in batches(QUESTIONS // share):
        await database.write(ask, some, codes, seconds)
    for some in batches(MESSAGES // share):
        await database.write(send, some, seconds)
    await database.write(draft, seconds)
    return database


def batches(count: int) -> Iterable[range]:
    return (range(start, min(start + AT_ONCE, count)) for start in range(0, count, AT_ONCE))


def gather(tx: Transaction, people: range, now: int) -> None:
    for person in people:
        participants.consent(tx, person, "ru", 10, now)
        participants.register(tx, person, now)
        if person % 3:
            participants.arrive(tx, person, now)


def ask(tx: Transaction, numbers: range, codes: list[str], now: int) -> None:
    """Of ten four wait, and two are approved."""
    for index in numbers:
        session = codes[index % len(codes)]
        number = questions.ask(
            tx, session, author=index % 500, message=index, anonymous=False, language="ru", text="Когда?", now=now - 60
        )
        assert number is not None
        if index % 10 >= 4:
            state = questions.APPROVED if index % 10 < 6 else questions.DECLINED
            questions.decide(tx, number, expected=questions.PENDING, state=state, moderator=1, now=now)


def send(tx: Transaction, numbers: range, now: int) -> None:
    """All of today; of a thousand one failed, and one is unsure."""
    deliveries.put(tx, "reminder", thing=f"x@{numbers.start}", recipients=numbers, lane=2, now=now)
    claimed = leases.claim(tx, "me", now=now, until=now + 60, limit=len(numbers), lane=3)
    states = {0: FAILED, 1: UNSURE}
    leases.settle(tx, "me", [Outcome(one.id, states.get(one.recipient % 1000, SENT), [1]) for one in claimed], now)


def draft(tx: Transaction, now: int) -> None:
    for made_by in range(10):
        drafts.add(tx, "shift", detail={}, changes=[], made_by=made_by, now=now)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.board", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="of reading both (7)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minber-board-") as name:
        page.put("board", asyncio.run(measure(options.rounds, Path(name))))


if __name__ == "__main__":
    main()
