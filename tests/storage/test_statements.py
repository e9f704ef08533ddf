"""Every statement of storage is one both engines understand, and there is no statement anywhere else.

The statements are the module-level constants in capitals of every module in storage/. They are prepared,
not run, against the tables of the real migrations: a wrong column, a type that does not fit or a parameter
whose type PostgreSQL cannot tell goes red here. PostgreSQL gets them with untyped parameters, which is how
the engine sends whole numbers and text.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

import storage
from storage.parameters import to_numbered
from storage.postgres import PostgresTransaction
from storage.sqlite_units import SqliteTransaction
from tests.postgres import forum

STATEMENT = re.compile(r"\s*(--[^\n]*\s*)*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
INLINE = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\s")

MODULES = [importlib.import_module(f"storage.{module.name}") for module in pkgutil.iter_modules(storage.__path__)]


def constants(module: ModuleType) -> dict[str, str]:
    """The texts a module defines in capitals; those in a tuple or a mapping under `NAME[key]`."""
    texts: dict[str, str] = {}
    for name, value in vars(module).items():
        if not re.fullmatch(r"_?[A-Z][A-Z0-9_]*", name):
            continue
        if isinstance(value, str):
            texts[name] = value
        elif isinstance(value, tuple | list | dict):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            texts |= {f"{name}[{key}]": text for key, text in items if isinstance(text, str)}
    return texts


STATEMENTS = {
    f"{module.__name__}.{name}": text
    for module in MODULES
    for name, text in constants(module).items()
    if STATEMENT.match(text)
}


def stray_sql(source: str) -> list[str]:
    """`line: text` for each string inside a function that holds a statement; docstrings are prose."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return sorted(
        {
            f"{node.lineno}: {node.value.strip()[:60]}"
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in prose and INLINE.search(node.value)
        }
    )


@pytest.fixture
def sqlite_tables(tmp_path: Path, forum_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(shutil.copy(forum_file, tmp_path))) as connection:
        yield connection


@pytest.fixture
def postgres_tables(postgres_template: str) -> Iterator[psycopg.Connection]:
    with forum(postgres_template) as url, psycopg.connect(url, autocommit=True) as connection:
        yield connection


def prepare_on_sqlite(connection: sqlite3.Connection, statement: str) -> None:
    statement = statement.replace("{skip_locked}", SqliteTransaction.skip_locked)
    _, names = to_numbered(statement)
    connection.execute("EXPLAIN " + statement, dict.fromkeys(names)).close()


def prepare_on_postgres(connection: psycopg.Connection, statement: str) -> None:
    numbered, _ = to_numbered(statement.replace("{skip_locked}", PostgresTransaction.skip_locked))
    # Without parameters of its own psycopg sends a text as it is, so no % needs doubling.
    connection.execute(f"PREPARE statement AS {numbered}".encode())
    connection.execute("DEALLOCATE statement")


def test_every_statement_is_understood_by_sqlite(sqlite_tables: sqlite3.Connection) -> None:
    faults = []
    for name, statement in STATEMENTS.items():
        if name.startswith("storage.postgres."):
            continue  # written for that engine alone
        try:
            prepare_on_sqlite(sqlite_tables, statement)
        except (sqlite3.Error, sqlite3.Warning) as error:
            faults.append(f"{name}: {error}")
    assert not faults, "\n".join(faults)


def test_every_statement_is_understood_by_postgres(postgres_tables: psycopg.Connection) -> None:
    faults = []
    for name, statement in STATEMENTS.items():
        try:
            prepare_on_postgres(postgres_tables, statement)
        except psycopg.Error as error:
            faults.append(f"{name}: {error.diag.message_primary}")
    assert not faults, "\n".join(faults)


def test_statements_stand_in_constants_only() -> None:
    found = {module.__name__: stray_sql(inspect.getsource(module)) for module in MODULES}
    assert {name: stray for name, stray in found.items() if stray} == {}


def test_a_constant_of_several_words_is_a_statement_or_a_part_of_one() -> None:
    """Otherwise a statement with a slip in its first word would go unprepared."""
    faults = []
    for module in MODULES:
        texts = constants(module)
        statements = [text for text in texts.values() if STATEMENT.match(text)]
        for name, text in texts.items():
            words = name.isidentifier() and not name.startswith("_") and re.search(r"\S\s+\S", text)
            if words and not any(text in statement for statement in statements):
                faults.append(f"{module.__name__}.{name}")
    assert faults == []


WRONG = [
    "SELECT sha257 FROM migrations",
    "SELECT number FROM migration",
    "SELECT number FROM migrations WHERE (:x IS NULL OR number > 1)",
    "INSERT INTO migrations (number) SELECT :number FROM migrations GROUP BY 1",
    "SELECT number FROM migrations WHERE name = 'a' LIMIT",
]


def test_a_wrong_statement_would_be_noticed(
    sqlite_tables: sqlite3.Connection, postgres_tables: psycopg.Connection
) -> None:
    for statement in WRONG:
        with pytest.raises(psycopg.Error):
            prepare_on_postgres(postgres_tables, statement)
        if ":" in statement:  # SQLite has no types to object to
            prepare_on_sqlite(sqlite_tables, statement)
        else:
            with pytest.raises(sqlite3.Error):
                prepare_on_sqlite(sqlite_tables, statement)


def test_stray_sql_would_be_noticed() -> None:
    source = '''
ASK = "INSERT INTO questions"
def ask(tx):
    """SELECT nothing, says this docstring."""
    return tx.run(f"UPDATE questions {tx.skip_locked}")
'''
    assert stray_sql(source) == ["5: UPDATE questions"]
