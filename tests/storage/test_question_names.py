"""Whether a question shows its author's name, on both engines."""

from __future__ import annotations

import pytest

from storage import participants, question_names, questions
from storage.database import Database, Transaction


def fill(tx: Transaction) -> None:
    participants.consent(tx, 1, "kk", 10, 0)
    tx.run("UPDATE participants SET delegation = 'shymkent' WHERE id = 1")
    for message in (1, 2):
        questions.ask(
            tx, "opening", author=1, message=message, anonymous=False, language="kk", text=f"Сұрақ {message}", now=1
        )
    questions.decide(tx, 2, expected="pending", state="approved", moderator=9, now=2)


def side(tx: Transaction, number: int) -> str:
    return str(tx.value("SELECT side FROM questions WHERE number = :number", number=number))


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(fill)
    return tables


async def test_its_side_goes_with_the_name_and_comes_back_with_it(database: Database) -> None:
    def hide_and_show(tx: Transaction) -> None:
        assert side(tx, 1) == "shymkent"
        assert question_names.choose(tx, 1, author=1, anonymous=True)
        hidden = questions.get(tx, 1)
        assert hidden is not None
        assert (hidden.anonymous, hidden.revision, side(tx, 1)) == (True, 2, "?")
        assert not question_names.choose(tx, 1, author=1, anonymous=True)
        assert question_names.choose(tx, 1, author=1, anonymous=False)
        shown = questions.get(tx, 1)
        assert shown is not None
        assert (shown.anonymous, shown.revision, side(tx, 1)) == (False, 3, "shymkent")

    await database.write(hide_and_show)


async def test_not_of_what_is_decided_nor_of_anybody_elses(database: Database) -> None:
    def others(tx: Transaction) -> None:
        assert not question_names.choose(tx, 2, author=1, anonymous=True)
        assert not question_names.choose(tx, 1, author=9, anonymous=True)
        assert not question_names.choose(tx, 7, author=1, anonymous=True)

    await database.write(others)
