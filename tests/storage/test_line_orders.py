"""Whatever happens to questions, on both engines: their rows count their votes, the quick orders are the plain ones."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import claims, decisions, lines, merges, participants, questions, votes
from storage.database import Database, Transaction, open_database
from storage.migrate import FOLDER
from storage.questions import APPROVED, PENDING, Question
from tests.examples import examples
from tests.storage import line_oracle

MODERATOR, OTHER = 8, 9
SESSIONS = ("opening", "elsewhere")
PEOPLE = st.integers(1, 5)
QUESTIONS = st.integers(0, 11)  # in the order they were asked; what was not asked yet is nobody's
VOTERS = st.integers(1, 9)
ASK = st.tuples(st.just("ask"), PEOPLE, st.sampled_from((0, 0, 0, 1)), st.sampled_from((False, False, True)))
ACTIONS = st.one_of(
    ASK,
    st.tuples(st.just("approve"), QUESTIONS),
    st.tuples(st.just("decide"), QUESTIONS, st.sampled_from(("declined", "asked", "answered"))),
    st.tuples(st.just("undo"), QUESTIONS, st.sampled_from((PENDING, APPROVED))),
    st.tuples(st.just("withdraw"), QUESTIONS),
    st.tuples(st.just("vote"), QUESTIONS, VOTERS),
    st.tuples(st.just("vote"), QUESTIONS, VOTERS),
    st.tuples(st.just("take_back"), QUESTIONS, VOTERS),
    st.tuples(st.just("merge"), QUESTIONS, QUESTIONS),
    st.tuples(st.just("part"), QUESTIONS),
    st.tuples(st.just("postpone"), QUESTIONS, st.sampled_from((10, 11))),
    st.tuples(st.just("skip"), QUESTIONS),
    st.tuples(st.just("put_back"), QUESTIONS),
    st.tuples(st.just("move"), PEOPLE, st.sampled_from(("astana", "shymkent", "abai"))),
    st.tuples(st.just("forget"), PEOPLE),
    st.tuples(st.just("claim"), QUESTIONS, st.sampled_from((MODERATOR, OTHER))),
)
BEGINNING = [("ask", 1 + at % 5, 0, at % 4 == 3) for at in range(8)] + [("approve", at) for at in range(6)]


class RolledBack(Exception):
    """What was tried leaves nothing behind."""


@dataclass
class World:
    tx: Transaction
    asked: list[int] = field(default_factory=list)

    def carry_out(self, actions: list[tuple[Any, ...]]) -> None:
        for person, delegation in ((1, "astana"), (2, "astana"), (3, "shymkent"), (4, "shymkent")):
            participants.consent(self.tx, person, "kk", 1, 30)
            participants.set_delegation(self.tx, person, delegation)
        for name, first, *more in actions:
            getattr(self, name)(first, *more)

    def question(self, at: int) -> Question | None:
        return questions.get(self.tx, self.asked[at]) if at < len(self.asked) else None

    def ask(self, person: int, session: int, anonymous: bool) -> None:
        message = len(self.asked)
        number = questions.ask(
            self.tx,
            SESSIONS[session],
            author=person,
            message=message,
            anonymous=anonymous,
            language="kk",
            text="Сұрақ",
            now=1,
        )
        assert number is not None
        self.asked.append(number)

    def approve(self, at: int) -> None:
        if (one := self.question(at)) and one.state == PENDING:
            questions.decide(self.tx, one.number, expected=PENDING, state=APPROVED, moderator=MODERATOR, now=1)

    def decide(self, at: int, state: str) -> None:
        if (one := self.question(at)) and one.state in (PENDING, APPROVED):
            questions.decide(self.tx, one.number, expected=one.state, state=state, moderator=MODERATOR, now=1)

    def undo(self, at: int, state: str) -> None:
        if (one := self.question(at)) and one.state in ("declined", "asked", "answered"):
            decisions.take_back(
                self.tx, one.number, revision=one.revision, state=state, decided_by=None, decided_at=None
            )

    def withdraw(self, at: int) -> None:
        if (one := self.question(at)) and one.author is not None:
            questions.withdraw(self.tx, one.number, author=one.author, now=1)

    def vote(self, at: int, person: int) -> None:
        if one := self.question(at):
            assert votes.vote(self.tx, one.number, person=person, now=1) <= (one.state == APPROVED)

    def take_back(self, at: int, person: int) -> None:
        if one := self.question(at):
            votes.take_back(self.tx, one.number, person)

    def merge(self, at: int, target: int) -> None:
        if (one := self.question(at)) and (other := self.question(target)):
            merges.merge(
                self.tx,
                one.number,
                target=other.number,
                moderator=MODERATOR,
                read=one.revision,
                beside=other.revision,
                now=1,
            )

    def part(self, at: int) -> None:
        if one := self.question(at):
            merges.part(self.tx, one.number, read=one.revision, state=APPROVED)

    def postpone(self, at: int, now: int) -> None:
        if one := self.question(at):
            questions.postpone(self.tx, one.number, read=one.revision, now=now)

    def skip(self, at: int) -> None:
        if one := self.question(at):
            questions.skip(self.tx, one.number, one.revision)

    def put_back(self, at: int) -> None:
        if one := self.question(at):
            questions.put_back(self.tx, one.number, one.revision)

    def move(self, person: int, delegation: str) -> None:
        participants.set_delegation(self.tx, person, delegation)

    def forget(self, person: int) -> None:
        questions.forget(self.tx, person, 1)
        votes.forget(self.tx, person)
        participants.delete(self.tx, person)

    def claim(self, at: int, moderator: int) -> None:
        if one := self.question(at):
            claims.take(self.tx, one.number, moderator=moderator, now=1, until=100)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTIONS, max_size=40))
async def test_rows_count_their_votes_and_orders_are_the_plain_ones(
    tables: Database, actions: list[tuple[Any, ...]]
) -> None:
    def try_it(tx: Transaction) -> None:
        world = World(tx)
        world.carry_out([*BEGINNING, *actions])
        assert line_oracle.drifted(tx) == []
        for state in (PENDING, APPROVED):
            for sorting in lines.SORTINGS:
                whole = line_oracle.order(tx, "opening", state=state, sorting=sorting)
                assert order(tx, state, sorting, 1000) == whole
                assert order(tx, state, sorting, 2, 3) == whole[3:5]
                for after in (0, *world.asked):
                    place: dict[str, Any] = {
                        "state": state,
                        "sorting": sorting,
                        "after": after,
                        "moderator": MODERATOR,
                        "now": 50,
                    }
                    found = lines.following(tx, "opening", **place)
                    assert found == line_oracle.following(tx, "opening", **place), place
        raise RolledBack

    with pytest.raises(RolledBack):
        await tables.write(try_it)


def order(tx: Transaction, state: str, sorting: str, limit: int, offset: int = 0) -> list[int]:
    # By `line`, which leaves the order as it is: those that wait would go by time where nobody chose another.
    return [
        one.number for one in questions.line(tx, "opening", state=state, sorting=sorting, limit=limit, offset=offset)
    ]


async def test_a_hundred_who_vote_at_once_from_two_instances_are_all_counted(forum_url: str) -> None:
    """SQLite's file is one instance's."""
    instances = [await open_database(forum_url) for _ in range(2 if forum_url.startswith("postgres") else 1)]

    def fill(tx: Transaction) -> None:
        World(tx).carry_out(BEGINNING)

    await instances[0].write(fill)
    voters = range(100, 200)
    given = [instances[person % len(instances)].write(votes.vote, 1, person=person, now=1) for person in voters]
    assert all(await asyncio.gather(*given))
    taken = [instances[person % len(instances)].write(votes.take_back, 1, person) for person in voters if person % 3]
    assert all(await asyncio.gather(*taken))
    question = await instances[-1].read(questions.get, 1)
    assert question is not None
    assert question.votes == sum(not person % 3 for person in voters)
    for one in instances:
        await one.close()


async def test_a_forum_that_was_there_before_is_counted(database_url: str, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(FOLDER / "0001_forum.sql", first)

    def fill(tx: Transaction) -> None:
        tx.run(
            "INSERT INTO participants (id, language, consented_at, lead_minutes, delegation)"
            " VALUES (1, 'kk', 1, 10, 'abai'), (2, 'kk', 1, 10, NULL)"
        )
        for number, (author, anonymous) in enumerate([(1, 0), (1, 1), (2, 0), (None, 1), (None, 0)], start=1):
            tx.run(
                "INSERT INTO questions (session, author, message, anonymous, language, text, state, asked_at)"
                " VALUES ('opening', :author, :number, :anonymous, 'kk', 'Сұрақ', 'approved', 1)",
                author=author,
                number=number,
                anonymous=anonymous,
            )
            for person in range(number % 3):
                tx.run(
                    "INSERT INTO votes (question, person, created_at) VALUES (:number, :person, 1)",
                    number=number,
                    person=person,
                )

    before = await open_database(database_url, first)
    await before.write(fill)
    await before.close()
    database = await open_database(database_url)
    assert await database.read(line_oracle.drifted) == []
    assert [one.votes for one in await database.read(questions.every)] == [1, 2, 0, 1, 2]
    await database.close()
