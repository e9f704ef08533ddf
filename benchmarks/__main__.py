"""`python -m benchmarks [--rounds N]`: measure, print the tables and put them into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from benchmarks import footprint, page, report, speed


async def measure(rounds: int, lives: int) -> str:
    with tempfile.TemporaryDirectory(prefix="minber-benchmarks-") as name:
        folder = Path(name)
        for part in ("speed", "footprint"):
            (folder / part).mkdir()
        pace = await speed.measure(rounds, folder / "speed")
        return report.report(pace, await footprint.measure(lives, folder / "footprint"), rounds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="of each thing that is timed (7)")
    parser.add_argument("--lives", type=int, default=3, help="starts of each bot whose memory is looked at (3)")
    parser.add_argument("--print", action="store_true", help="print only, and leave docs/benchmarks.md as it is")
    options = parser.parse_args()
    tables = asyncio.run(measure(options.rounds, options.lives))
    if options.print:
        print(tables)
    else:
        page.put("measured", tables)


if __name__ == "__main__":
    main()
