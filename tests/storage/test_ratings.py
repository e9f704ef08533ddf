"""Who is asked about a session, and what is kept of the answers, on both engines."""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions import outgoing
from bot.actions.agenda import ratings as actions
from bot.programme.estimates import NO_RUNS
from bot.programme.model import Day, Forum, Programme, Session, Text
from storage import bookmarks, participants, questions, ratings, roles
from storage.database import Database, Transaction, open_database
from tests.examples import examples

BEGINS, UNTIL, NOW = 10_000, 90_000, 10_500
DUE = "SELECT thing, recipient, due_at, valid_until FROM deliveries WHERE kind = 'rating' ORDER BY due_at, id"


def join(tx: Transaction, *people: int) -> None:
    for person in people:
        participants.consent(tx, person, "kk", 10, 1)
        participants.register(tx, person, 1)


def enqueue(tx: Transaction, session: str = "panel", *speakers: str) -> int:
    return ratings.enqueue(
        tx,
        outgoing.RatingRequest.kind,
        session=session,
        speakers=speakers,
        begins=BEGINS,
        per_second=2,
        valid_until=UNTIL,
        now=NOW,
    )


def due(tx: Transaction) -> list[tuple[str, int, int, int]]:
    return [(row["thing"], row["recipient"], row["due_at"], row["valid_until"]) for row in tx.rows(DUE)]


async def test_who_starred_or_asked_is_owed_one_request_few_a_second(tables: Database) -> None:
    def prepare(tx: Transaction) -> None:
        join(tx, *range(1, 8))
        for person in (1, 2, 3):
            bookmarks.add(tx, person, "panel", 1)
        questions.ask(tx, "panel", author=3, message=1, anonymous=False, language="kk", text="Неге?", now=1)
        questions.ask(tx, "panel", author=4, message=1, anonymous=True, language="kk", text="Қалай?", now=1)
        withdrawn = questions.ask(
            tx, "panel", author=5, message=1, anonymous=False, language="kk", text="Қашан?", now=1
        )
        assert withdrawn is not None
        questions.withdraw(tx, withdrawn, author=5, now=2)
        bookmarks.add(tx, 6, "other", 1)

    await tables.write(prepare)
    assert not await tables.read(ratings.asked, outgoing.RatingRequest.kind, "panel")
    assert await tables.write(enqueue) == 4
    assert await tables.read(due) == [("panel", person, BEGINS + (person - 1) // 2, UNTIL) for person in (1, 2, 3, 4)]
    assert await tables.read(ratings.asked, outgoing.RatingRequest.kind, "panel")
    assert not await tables.read(ratings.asked, outgoing.RatingRequest.kind, "other")
    assert await tables.write(enqueue) == 0
    assert [await tables.read(ratings.wanted, person, "panel", ()) for person in (1, 5, 6)] == [True, False, False]


async def test_speakers_the_muted_the_blocked_and_the_unregistered_are_not_asked(tables: Database) -> None:
    def prepare(tx: Transaction) -> None:
        join(tx, *range(1, 8))
        participants.consent(tx, 8, "kk", 10, 1)
        for person in range(1, 9):
            bookmarks.add(tx, person, "panel", 1)
        for person, code in ((1, "a_b"), (2, "axb"), (3, "b"), (4, "long-a_b")):
            roles.grant(tx, person, role="speaker", session=code, granted_by=None, now=1)
        roles.grant(tx, 5, role="moderator", session="a_b", granted_by=None, now=1)
        participants.set_muted(tx, 6, True)
        participants.block(tx, 7, 1)

    await tables.write(prepare)
    assert await tables.write(enqueue, "panel", "a_b", "b") == 3
    assert sorted(person for _, person, _, _ in await tables.read(due)) == [2, 4, 5]
    assert not await tables.read(ratings.wanted, 1, "panel", ("a_b", "b"))
    assert await tables.read(ratings.wanted, 1, "panel", ("b",))


async def test_stars_are_one_a_person_and_the_word_outlives_a_change(tables: Database) -> None:
    def rate(tx: Transaction) -> None:
        assert not ratings.set_word(tx, "panel", 1, "Жақсы")
        ratings.rate(tx, "panel", 1, stars=3, now=100)
        assert ratings.set_word(tx, "panel", 1, "Жақсы")
        ratings.rate(tx, "panel", 1, stars=5, now=200)
        ratings.rate(tx, "panel", 2, stars=5, now=100)
        ratings.rate(tx, "other", 1, stars=1, now=300)

    await tables.write(rate)
    assert await tables.read(ratings.of_person, 1) == [
        ratings.Rating("panel", 5, "Жақсы", 200),
        ratings.Rating("other", 1, "", 300),
    ]
    assert await tables.read(ratings.counts) == {"other": {1: 1}, "panel": {5: 2}}
    assert await tables.read(ratings.words) == {"panel": [(5, "Жақсы")]}
    assert await tables.write(ratings.remove, "panel", 2)
    assert not await tables.write(ratings.remove, "panel", 2)
    await tables.write(ratings.forget, 1)
    assert await tables.read(ratings.counts) == {}


ZONE = ZoneInfo("Asia/Almaty")
MORNING = dt.datetime(2026, 11, 26, 9, tzinfo=ZONE)
PLAN = tuple(
    Session(
        f"s{number}",
        "talk",
        Text("x"),
        MORNING + dt.timedelta(hours=number),
        MORNING + dt.timedelta(hours=number + 1),
        MORNING.date(),
    )
    for number in range(4)
)


class Step(NamedTuple):
    """The clock goes to `minute` after the morning, and the session is `moved` by minutes from its first plan."""

    minute: int
    session: int
    moved: int
    cancelled: bool


STEPS = st.lists(
    st.builds(Step, st.integers(0, 1800), st.integers(0, 3), st.integers(-60, 600), st.booleans()), max_size=25
)


@settings(max_examples=examples(40), deadline=None)
@given(STEPS)
def test_nobody_is_asked_twice_or_too_early_however_clock_and_programme_move(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(move_about(Path(folder), steps))


async def move_about(folder: Path, steps: list[Step]) -> None:
    database = await open_database(str(folder / "forum.db"))
    try:
        plan = list(PLAN)

        def prepare(tx: Transaction) -> None:
            join(tx, 1, 2)
            for session in PLAN:
                bookmarks.add(tx, 1, session.code, 1)

        await database.write(prepare)
        known: list[tuple[str, int, int, int]] = []
        for step in steps:
            shift = dt.timedelta(minutes=step.moved)
            first = PLAN[step.session]
            plan[step.session] = replace(
                first, start=first.start + shift, end=first.end + shift, cancelled=step.cancelled
            )
            programme = Programme(Forum(Text("x"), timezone=str(ZONE)), (Day(MORNING.date()),), sessions=tuple(plan))
            now = int((MORNING + dt.timedelta(minutes=step.minute)).timestamp())
            following = await database.write(actions.look, programme, NO_RUNS, 30, now)
            assert following is None or following > now
            enqueued = await database.read(due)
            for thing, person, due_at, _ in set(enqueued) - set(known):
                session = programme.session(thing)
                assert session is not None
                assert not session.cancelled
                assert person == 1
                assert due_at == session.end.timestamp() + actions.DELAY
                assert due_at <= now < session.end.timestamp() + actions.WINDOW
            assert set(known) <= set(enqueued)
            assert len({thing for thing, *_ in enqueued}) == len(enqueued)
            over = [
                one.end.timestamp() for one in plan if not one.cancelled and one.code not in {k for k, *_ in enqueued}
            ]
            assert not [end for end in over if end + actions.DELAY <= now < end + actions.WINDOW]
            known = enqueued
    finally:
        await database.close()
