"""The rules of docs/architecture.md that no import can break: where SQL, wording and the time may stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = [
    file.relative_to(ROOT)
    for folder in ("bot", "handlers", "storage")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if "rehearsal" not in file.parts
] + [Path("run_bot.py"), Path("rehearse.py")]
HANDLERS = [file for file in OURS if file.parts[0] == "handlers"]

LONGEST_HANDLER = 24  # lines of body: read, allow, act, view, answer
LONGEST_FILE = 400

SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|BEGIN|WITH) ")
WORDS = re.compile(r"[^\W\d_a-zA-Z]|[A-Za-z]{2,} [A-Za-z]{2,}")

# datetime.now and the like; the monotonic clock and the event loop's measure pauses, which no rehearsal moves.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
MAY_ASK_THE_TIME = {
    Path("bot/clock.py"),
    Path("bot/delivery/scheduler.py"),  # APScheduler's alarm rings in real time: the clock's moment is translated
    Path("storage/migrate.py"),  # storage knows nothing of ours, and when a migration ran is a fact of real time
}


def tree(file: Path) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def strings(module: ast.Module) -> Iterator[ast.Constant]:
    """The literals of a module that are no docstrings."""
    statements = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node


def not_for_people(module: ast.Module) -> set[int]:
    """Literals that no person reads: of log lines, and those that Telegram's own errors are compared with."""
    nodes = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Compare)
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "log"
        )
    ]
    return {id(inner) for node in nodes for inner in ast.walk(node)}


def clocks(module: ast.Module) -> list[str]:
    found = [node for node in ast.walk(module) if isinstance(node, ast.Attribute)]
    names = [(ast.unparse(node.value).split(".")[-1], node.attr) for node in found]
    return [f"{owner}.{name}" for owner, name in names if (owner, name) in CLOCKS]


def functions(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every function's name and the lines of its body, its docstring aside."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("file", [file for file in OURS if file.parts[0] != "storage"], ids=str)
def test_sql_stands_in_storage_alone(file: Path) -> None:
    assert [node.value for node in strings(tree(file)) if SQL.match(str(node.value))] == []


@pytest.mark.parametrize("file", [file for file in OURS if file not in MAY_ASK_THE_TIME], ids=str)
def test_the_time_is_asked_of_the_clock(file: Path) -> None:
    assert clocks(tree(file)) == []


@pytest.mark.parametrize("file", HANDLERS, ids=str)
def test_handlers_hold_no_wording(file: Path) -> None:
    module = tree(file)
    aside = not_for_people(module)
    assert [node.value for node in strings(module) if id(node) not in aside and WORDS.search(str(node.value))] == []


@pytest.mark.parametrize("file", HANDLERS, ids=str)
def test_handlers_are_short(file: Path) -> None:
    assert [(name, lines) for name, lines in functions(tree(file)) if lines > LONGEST_HANDLER] == []


@pytest.mark.parametrize("file", OURS, ids=str)
def test_a_file_is_one_idea(file: Path) -> None:
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_these_checks_see_what_they_look_for() -> None:
    guilty = ast.parse(
        '''
"""SELECT a docstring is no SQL."""
import datetime as dt
log.info("a line of the log")
now = dt.datetime.now()
async def handler(message):
    await message.answer("Қош келдіңіз")
    await message.answer(f"Hello there {now}")
    db.run(" SELECT 1")
'''
    )
    aside = not_for_people(guilty)
    literals = [str(node.value) for node in strings(guilty) if id(node) not in aside]
    assert [literal for literal in literals if WORDS.search(literal)] == ["Қош келдіңіз", "Hello there "]
    assert [literal for literal in literals if SQL.match(literal)] == [" SELECT 1"]
    assert clocks(guilty) == ["datetime.now"]
    assert list(functions(guilty)) == [("handler", 3)]
