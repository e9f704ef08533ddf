"""The rules of docs/architecture.md that no import can break: where SQL, wording and the time may stand."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from storage import deliveries

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
MOST_PARAMETERS = 5  # of a function in handlers; elsewhere ruff counts (pyproject.toml)
MOST_MODULES = 24  # of a package of handlers or bot; storage is one package on purpose
BY_SUBJECT = ("handlers", "bot/actions", "bot/views", "tests/scenarios")

# What silences ruff or mypy at a place, and how it is to say why.
SILENCED = re.compile(r"#\s*(ruff:\s*)?noqa|#\s*type:\s*ignore")
SILENCED_WITH_REASON = re.compile(r"#\s*(ruff: )?noqa: [A-Z0-9, ]+ - \w|# type: ignore\[[a-z, -]+\]  # \w")

SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|BEGIN|WITH) ")
WORDS = re.compile(r"[^\W\d_a-zA-Z]|[A-Za-z]{2,} [A-Za-z]{2,}")

# What functions of storage call the kind and the thing of a message, and the attribute of bot.actions.outgoing.
KIND_OR_THING = {"kind": "kind", "thing": "thing", "sending": "thing", "correcting": "thing"}
PUT = (deliveries.put, deliveries.put_unless_waiting)

# datetime.now and the like; the monotonic clock and the event loop's measure pauses, which no rehearsal moves.
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
MAY_ASK_THE_TIME = {
    Path("bot/clock.py"),
    Path("bot/delivery/scheduler.py"),  # APScheduler's alarm rings in real time: the clock's moment is translated
    Path("storage/migrate.py"),  # storage knows nothing of ours, and when a migration ran is a fact of real time
}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def strings(module: ast.Module) -> Iterator[ast.Constant]:
    """The literals of a module that are not docstrings."""
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


def wording(module: ast.Module) -> list[Any]:
    aside = not_for_people(module)
    return [node.value for node in strings(module) if id(node) not in aside and WORDS.search(str(node.value))]


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


def parameters(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every function's name and how many parameters it has, of any kind."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            named = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            yield node.name, len([one for one in named if one.arg not in ("self", "cls")])


def silenced_without_reason(source: str) -> list[str]:
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    return [one for one in comments if SILENCED.search(one) and not SILENCED_WITH_REASON.search(one)]


def guilty(found: dict[Path, list[Any]]) -> dict[str, list[Any]]:
    """The files in which something was found, and what."""
    return {str(file): what for file, what in found.items() if what}


def storage_modules(module: ast.Module) -> dict[str, ModuleType]:
    """The modules of storage that it imports, by the names they have there."""
    return {
        alias.asname or alias.name: importlib.import_module(f"storage.{alias.name}")
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "storage"
        for alias in node.names
    }


def storage_calls(module: ast.Module) -> Iterator[tuple[Callable[..., object], ast.Call]]:
    """Calls of functions of storage, and those handed to a `read` or `write` of the database."""
    known = storage_modules(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        handed_on = isinstance(node.func, ast.Attribute) and node.func.attr in ("read", "write") and node.args
        target = node.args[0] if handed_on else node.func
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in known:
            yield getattr(known[target.value.id], target.attr), node


def made_by_hand(module: ast.Module) -> list[str]:
    """What storage is given as a kind or a thing and is not asked of an outgoing message."""
    found = []
    for function, call in storage_calls(module):
        # The first is the transaction, or the function that is handed on.
        given = {**dict(zip(inspect.signature(function).parameters, call.args, strict=False))}
        given |= {word.arg: word.value for word in call.keywords if word.arg}
        for name, value in given.items():
            wanted = KIND_OR_THING.get(name)
            if wanted and not (isinstance(value, ast.Attribute) and value.attr == wanted):
                found.append(ast.unparse(value))
    return found


def test_kinds_and_things_are_made_by_messages_alone() -> None:
    elsewhere = [file for file in OURS if file.parts[0] != "storage"]
    assert guilty({file: made_by_hand(tree(file)) for file in elsewhere}) == {}
    put = {
        file: [ast.unparse(call) for function, call in storage_calls(tree(file)) if function in PUT]
        for file in elsewhere
        if file != Path("bot/actions/outgoing.py")
    }
    assert guilty(put) == {}


def test_sql_stands_in_storage_alone() -> None:
    elsewhere = [file for file in OURS if file.parts[0] != "storage"]
    found = {file: [node.value for node in strings(tree(file)) if SQL.match(str(node.value))] for file in elsewhere}
    assert guilty(found) == {}


def test_the_time_is_asked_of_the_clock() -> None:
    assert guilty({file: clocks(tree(file)) for file in OURS if file not in MAY_ASK_THE_TIME}) == {}


def test_handlers_hold_no_wording() -> None:
    assert guilty({file: wording(tree(file)) for file in HANDLERS}) == {}


def test_handlers_are_short() -> None:
    found = {
        file: [(name, lines) for name, lines in functions(tree(file)) if lines > LONGEST_HANDLER] for file in HANDLERS
    }
    assert guilty(found) == {}


def test_handlers_take_few_parameters() -> None:
    found = {
        file: [(name, count) for name, count in parameters(tree(file)) if count > MOST_PARAMETERS] for file in HANDLERS
    }
    assert guilty(found) == {}


def test_packages_by_subject_are_the_same_on_all_layers() -> None:
    layers = {layer: {package.parent.name for package in (ROOT / layer).glob("*/__init__.py")} for layer in BY_SUBJECT}
    assert layers == dict.fromkeys(BY_SUBJECT, layers["handlers"])


def test_packages_are_small() -> None:
    packages = [init.parent for layer in ("handlers", "bot") for init in (ROOT / layer).rglob("__init__.py")]
    modules = {package: len(list(package.glob("*.py"))) - 1 for package in packages}
    assert len(modules) > 30
    assert {str(package): count for package, count in modules.items() if count > MOST_MODULES} == {}


def test_nothing_is_silenced_without_a_reason() -> None:
    sources = {
        file.relative_to(ROOT): file.read_text(encoding="utf-8")
        for folder in ("bot", "handlers", "storage", "tests", "benchmarks")
        for file in (ROOT / folder).rglob("*.py")
    }
    sources |= {Path(name): (ROOT / name).read_text(encoding="utf-8") for name in ("run_bot.py", "rehearse.py")}
    some = {file: source for file, source in sources.items() if SILENCED.search(source)}
    assert len(some) > 20
    assert guilty({file: silenced_without_reason(source) for file, source in some.items()}) == {}


def test_a_file_is_one_idea() -> None:
    lines = {file: len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in OURS}
    assert guilty({file: [number] for file, number in lines.items() if number > LONGEST_FILE}) == {}


def test_these_checks_see_what_they_look_for() -> None:
    module = ast.parse(
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
    literals = [str(node.value) for node in strings(module)]
    assert wording(module) == ["Қош келдіңіз", "Hello there "]
    assert [literal for literal in literals if SQL.match(literal)] == [" SELECT 1"]
    assert clocks(module) == ["datetime.now"]
    assert list(functions(module)) == [("handler", 3)]
    assert list(parameters(module)) == [("handler", 1)]


def test_what_is_silenced_without_a_reason_is_seen() -> None:
    source = """
import one  # noqa
import two  # noqa: PLC0415
import three  # noqa: PLC0415 - late, it is large
four = five()  # type: ignore[arg-type]
six = seven()  # type: ignore[arg-type]  # it takes any
eight = "# noqa: in a text"
"""
    assert silenced_without_reason(source) == ["# noqa", "# noqa: PLC0415", "# type: ignore[arg-type]"]


def test_a_message_made_by_hand_is_seen() -> None:
    module = ast.parse(
        """
from storage import deliveries, announced as shown
deliveries.put(tx, message.kind, f"{number}:1", [1], 0, now)
deliveries.withdraw(tx, "fate", message.thing, now)
db.read(shown.served, str(number), person)
deliveries.hold(tx, kind=message.kind, thing=thing)
deliveries.resume(tx, message.kind, outgoing.Card(number).thing)
"""
    )
    assert made_by_hand(module) == ["f'{number}:1'", "'fate'", "str(number)", "thing"]
    assert [function for function, _ in storage_calls(module) if function in PUT] == [deliveries.put]
