"""What was acknowledged is there after the process was killed."""

import asyncio
import sys
from pathlib import Path

from storage.database import Transaction, open_database
from tests.storage.conftest import MIGRATIONS

ACKNOWLEDGED_BEFORE_KILL = 1500


def stored(tx: Transaction) -> tuple[set[int], set[int]]:
    sides: tuple[set[int], set[int]] = (set(), set())
    for row in tx.rows("SELECT name, value FROM counters"):
        sides[row["name"].startswith("right")].add(row["value"])
    return sides


async def start_writers(url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.storage.writers",
        url,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


async def test_nothing_acknowledged_is_lost_by_sigkill(database_url: str) -> None:
    process = await start_writers(database_url)
    assert process.stdout is not None
    acknowledged = [int(await process.stdout.readline()) for _ in range(ACKNOWLEDGED_BEFORE_KILL)]
    process.kill()
    rest = (await process.stdout.read()).split(b"\n")[:-1]  # without a number cut off in the middle
    acknowledged += [int(line) for line in rest]
    await process.wait()

    database = await open_database(database_url, MIGRATIONS)  # the dead process holds no lock
    left, right = await database.read(stored)
    assert not set(acknowledged) - left
    assert left == right  # no half transaction
    await database.close()
