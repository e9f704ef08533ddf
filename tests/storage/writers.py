"""A process that 20 writers share, made to be killed: `python -m tests.storage.writers URL`.

Each acknowledged unit prints its number at once, so the reader of the pipe knows what was promised.
"""

import asyncio
import itertools
import os
import sys

from storage.database import Transaction, open_database
from tests.storage.conftest import MIGRATIONS
from tests.storage.units import ADD_COUNTER


def add_pair(tx: Transaction, number: int) -> None:
    tx.run(ADD_COUNTER, name=f"left {number}", value=number)
    tx.run(ADD_COUNTER, name=f"right {number}", value=number)


async def main(url: str) -> None:
    database = await open_database(url, MIGRATIONS)
    numbers = itertools.count()

    async def writer() -> None:
        while True:
            number = next(numbers)
            await database.write(add_pair, number)
            os.write(1, b"%d\n" % number)

    await asyncio.gather(*(writer() for _ in range(20)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
