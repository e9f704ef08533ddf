"""`python -m benchmarks.search`: what is typed, looked for among 900 sessions, as it is and with mistakes."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from benchmarks import page
from benchmarks.congress import A_DAY, DAYS, ROOMS
from bot.programme.load import read_programme
from bot.programme.search import Index
from bot.programme.typed.understood import understand
from tests.programme.schedules import as_json, pretalx

LIMIT = 20  # ms of CPU, with mistakes too
EXACT = "democracy society"
TYPED = (
    ("as it is", EXACT),
    ("two words mistyped", "democarcy socieyt"),
    ("a word in another script", "демократия"),
    ("two words written together", "democracysociety"),
    ("on the other keyboard", "вуьщскфсн"),
    ("that means the same as another", "вай-фай пароль"),
    ("three words of noise", "zxcvbn qwerty asdfgh"),
    ("a question", "когда наконец примут закон о благотворительности и волонтёрах в сёлах?"),
    ("4,096 characters", "я" * 4096),
    ("4,096 characters of words", "слово закон " * 341),
)


def spent(work: Callable[[], object], rounds: int) -> float:
    """ms of CPU that it takes, the slowest but one of so many rounds."""
    each = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        each.append(1000 * (time.process_time() - begun))
    return sorted(each)[-2]


def measure(rounds: int) -> str:
    programme = read_programme(as_json(pretalx(DAYS, ROOMS, A_DAY)), "schedule.json")
    index = Index(programme)
    now = programme.sessions[0].start
    plain = statistics.median(spent(lambda: index.find(EXACT, "en"), 2) for _ in range(rounds))
    lines = [
        f"{len(programme.sessions)} sessions; the slowest but one of {rounds} rounds. The promise: {LIMIT} ms of CPU. "
        f"The plain search for “{EXACT}” took {plain:.2f} ms.",
        "",
        "| typed | ms of CPU | × the plain search | found |",
        "|---|---|---|---|",
    ]
    for name, typed in TYPED:

        def look(typed: str = typed) -> object:
            understand(typed, programme, now)
            return index.look(typed[:200], "en")

        took = spent(look, rounds)
        found = len(index.look(typed[:200], "en").things)
        lines.append(f"| {name} | **{took:.1f}** | {took / plain:.1f} | {found} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="of each (20)")
    page.put("search", measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
