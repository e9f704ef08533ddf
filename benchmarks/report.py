"""What was measured, compared with the echo bot, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import congress
from benchmarks.figures import ratio
from benchmarks.footprint import FEW, MANY, Footprint
from benchmarks.speed import CROWDS, Results

ECHO = "echo"


def report(speed: Results, footprints: dict[str, Footprint], rounds: int) -> str:
    spread = f"{rounds} rounds: the median, and in brackets the least and the most."
    return "\n".join((spread, "", *cpu(speed), "", *latency(speed), "", *footprint(footprints)))


def cpu(results: Results) -> Iterator[str]:
    names = list(dict.fromkeys(name for name, _ in results))
    yield f"| CPU ms a press ({congress.PARTICIPANTS:,} participants, 900 sessions) |" + "".join(
        f" {crowd.name} | × echo |" for crowd in CROWDS
    )
    yield "|---|" + "---|---|" * len(CROWDS)
    for name in names:
        cells = []
        for crowd in CROWDS:
            figure, base = results[name, crowd.name].figures()[0], results[ECHO, crowd.name].figures()[0]
            cells += [figure.shown(), "1" if name == ECHO else f"**{ratio(figure, base).shown()}**"]
        yield f"| {name} | " + " | ".join(cells) + " |"


def latency(results: Results) -> Iterator[str]:
    names = list(dict.fromkeys(name for name, _ in results))
    yield "| ms from the press to the answer |" + "".join(
        f" {crowd.name} ({crowd.presses} presses a round), median | 95 % |" for crowd in CROWDS
    )
    yield "|---|" + "---|---|" * len(CROWDS)
    for name in names:
        cells = []
        for crowd in CROWDS:
            _, middle, slow = results[name, crowd.name].figures()
            cells += [middle.shown(1), slow.shown(1)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def footprint(found: dict[str, Footprint]) -> Iterator[str]:
    names = {
        ECHO: "echo",
        "sample": "ours, the sample forum",
        "congress": f"ours, {congress.PARTICIPANTS:,} participants and 900 sessions",
    }
    yield (
        f"| | RSS, MB, after {FEW} people | after {MANY} people | against echo "
        "| from start to the first poll, s | to the first answer, s |"
    )
    yield "|---|---|---|---|---|---|"
    base = found[ECHO].many.middle
    for key, name in names.items():
        one = found[key]
        more = "" if key == ECHO else f"**{one.many.middle - base:+.0f} MB**"
        yield (
            f"| {name} | {one.few.shown(0)} | {one.many.shown(0)} | {more} | {one.first_poll.shown()} "
            f"| {one.first_answer.shown()} |"
        )
