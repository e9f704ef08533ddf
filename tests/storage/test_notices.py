"""Change notices in the ledger, on both engines: who gets which difference, once, and when."""

from __future__ import annotations

from storage import bookmarks, deliveries, leases, notices, participants, questions, roles
from storage.database import Database, Transaction
from storage.deliveries import SENT, Outcome
from storage.leases import PutBack
from storage.notices import Touched

KIND, MARKED = "change", "change-mark"
NOW, SOON, LONGEST = 1000, 10, 300
STARRED, ASKED, MODERATES, SPEAKS, BLOCKED, OTHER = 1, 2, 3, 4, 5, 6
ROWS = "SELECT kind, thing, recipient, state, due_at, valid_until FROM deliveries ORDER BY recipient, id"


def people(tx: Transaction) -> None:
    for person in (STARRED, ASKED, MODERATES, SPEAKS, BLOCKED, OTHER):
        participants.consent(tx, person, "kk", 10, 1)
        participants.register(tx, person, 1)
    bookmarks.add(tx, STARRED, "talk", 1)
    bookmarks.add(tx, STARRED, "panel", 1)
    bookmarks.add(tx, BLOCKED, "talk", 1)
    bookmarks.add(tx, OTHER, "panel", 1)
    questions.ask(tx, "talk", author=ASKED, message=1, anonymous=True, language="kk", text="?", now=1)
    roles.grant(tx, MODERATES, role="moderator", session="talk", granted_by=None, now=1)
    roles.grant(tx, OTHER, role="moderator", session="", granted_by=None, now=1)  # of all: not notified of each
    roles.grant(tx, SPEAKS, role="speaker", session="a_b", granted_by=None, now=1)
    roles.grant(tx, OTHER, role="speaker", session="axb", granted_by=None, now=1)
    participants.block(tx, BLOCKED, 1)


def publish(tx: Transaction, before: int, after: int, now: int, *touched: Touched) -> None:
    notices.extend(tx, KIND, before=before, after=after, due_at=now + 60, soon=SOON, longest=LONGEST)
    notices.note(tx, after, touched)
    notices.enqueue(tx, KIND, before, after=after, now=now)
    for thing in notices.things(tx, KIND):
        first, last = map(int, thing.split(":"))
        notices.mark(tx, KIND, mark=MARKED, thing=thing, first=first, last=last, version=after, now=now)


def talk(due_at: int = NOW + 60, valid_until: int = 9000) -> Touched:
    return Touched("talk", frozenset(("a_b", "c")), due_at, valid_until)


def panel(due_at: int) -> Touched:
    return Touched("panel", frozenset(), due_at, 9500)


def rows(tx: Transaction, kind: str) -> list[tuple[str, int, str, int, int]]:
    wanted = ("thing", "recipient", "state", "due_at", "valid_until")
    return [tuple(row[name] for name in wanted) for row in tx.rows(ROWS) if row["kind"] == kind]


async def test_those_whom_it_concerns_are_owed_it_each_once(tables: Database) -> None:
    await tables.write(people)
    assert await tables.read(notices.people, "talk", ("a_b", "c")) == {STARRED, ASKED, MODERATES, SPEAKS}
    await tables.write(publish, 1, 2, NOW, talk(), panel(NOW + 10))
    found = await tables.read(rows, KIND)
    assert found == [
        ("1:2", STARRED, "waiting", NOW + 10, 9500),  # in time for the first, until the last
        ("1:2", ASKED, "waiting", NOW + 60, 9000),
        ("1:2", MODERATES, "waiting", NOW + 60, 9000),
        ("1:2", SPEAKS, "waiting", NOW + 60, 9000),
        ("1:2", OTHER, "waiting", NOW + 10, 9500),
    ]
    assert await tables.read(notices.waiting_for, KIND, 2) == (5, NOW + 10)


async def test_what_waits_tells_of_the_newer_one_too(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 6, 7, NOW, talk())
    await tables.write(publish, 7, 9, NOW + 30, panel(NOW + 90))
    by_person = {person: (thing, due) for thing, person, _, due, _ in await tables.read(rows, KIND)}
    assert by_person[STARRED] == ("6:9", NOW + 90)
    assert by_person[ASKED] == ("6:9", NOW + 90)
    assert by_person[OTHER] == ("7:9", NOW + 90)
    await tables.write(publish, 9, 10, NOW + 290)
    by_person = {person: (thing, due) for thing, person, _, due, _ in await tables.read(rows, KIND)}
    assert by_person[ASKED] == ("6:10", NOW + LONGEST)
    assert by_person[OTHER] == ("7:10", NOW + 30 + LONGEST)


async def test_what_is_being_sent_stays_what_it_is(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=1, lane=3)
    [mine] = claimed
    await tables.write(publish, 2, 3, NOW + 61, talk(NOW + 121))
    of_mine = [one[:3] for one in await tables.read(rows, KIND) if one[1] == mine.recipient]
    assert of_mine == [("1:2", mine.recipient, "claimed"), ("2:3", mine.recipient, "waiting")]
    marks = [one[:3] for one in await tables.read(rows, MARKED)]
    assert marks == [("1:2", mine.recipient, "waiting")]


async def test_a_mark_is_owed_again_with_each_publication_that_may_outdate_it(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leases.settle, "s", [Outcome(one.id, SENT, [one.id]) for one in claimed], NOW + 60)
    await tables.write(publish, 2, 3, NOW + 100, panel(NOW + 160))
    assert await tables.read(rows, MARKED) == []  # of what it said nothing has changed
    await tables.write(publish, 3, 4, NOW + 200, talk(NOW + 260))
    assert len(await tables.read(rows, MARKED)) == 4

    def drop(tx: Transaction) -> None:
        deliveries.withdraw(tx, MARKED, "1:2", NOW + 261)

    await tables.write(drop)
    await tables.write(publish, 4, 5, NOW + 300, talk(NOW + 360))
    assert {(state, due) for _, _, state, due, _ in await tables.read(rows, MARKED)} == {("waiting", NOW + 360)}


async def test_what_concerns_a_person_is_read_back(tables: Database) -> None:
    await tables.write(people)
    ties = await tables.read(notices.ties, STARRED)
    assert ties.sessions == {"talk", "panel"}
    assert not ties.speakers
    assert (await tables.read(notices.ties, ASKED)).sessions == {"talk"}
    assert (await tables.read(notices.ties, SPEAKS)).speakers == {"a_b"}
    await tables.write(publish, 1, 2, NOW, talk())
    assert await tables.read(notices.waits, KIND, STARRED) == NOW + 60
    assert await tables.read(notices.last_notified, KIND, STARRED) is None
    assert await tables.read(notices.notified_since, KIND, STARRED, NOW) == ["1:2"]


async def test_what_a_sender_sent_late_is_not_taken_for_the_newer_news(tables: Database) -> None:
    """Its lease had run out, and what it held was extended before it said that it was sent."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "slow", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leases.renew, "other", NOW + 91, NOW + 200)
    await tables.write(publish, 2, 3, NOW + 91, talk(NOW + 151))
    await tables.write(leases.settle, "slow", [Outcome(one.id, SENT, [one.id]) for one in claimed], NOW + 92)
    found = {(thing, state) for thing, _, state, _, _ in await tables.read(rows, KIND)}
    assert found == {("1:3", "waiting")}


async def test_a_mark_on_its_way_is_owed_again_by_what_is_published_meanwhile(tables: Database) -> None:
    """What it says may have been put together before: that it went out is not the end of it."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leases.settle, "s", [Outcome(one.id, SENT, [one.id]) for one in claimed], NOW + 60)
    await tables.write(publish, 2, 3, NOW + 100, talk(NOW + 160))
    await tables.write(deliveries.withdraw, KIND, "2:3", NOW + 160)
    marks = await tables.write(leases.claim, "s", now=NOW + 161, until=NOW + 190, limit=9, lane=3)
    assert {one.thing for one in marks} == {"1:2"}
    assert len(marks) == 4

    await tables.write(publish, 3, 4, NOW + 161, talk(NOW + 221, 9900))
    late: list[Outcome | PutBack] = [
        Outcome(marks[0].id, SENT, [7]),
        PutBack(marks[1].id, NOW + 999, "a flood", tried=True),
    ]
    await tables.write(leases.settle, "s", late, NOW + 162)
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 221, 9900)}


async def test_a_mark_that_waits_waits_no_longer_and_is_worth_as_long_as_the_last_of_it(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leases.settle, "s", [Outcome(one.id, SENT, [one.id]) for one in claimed], NOW + 60)
    await tables.write(publish, 2, 3, NOW + 100, talk(NOW + 160, 9000))
    await tables.write(publish, 3, 4, NOW + 130, talk(NOW + 190, 9900))
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 160, 9900)}
    await tables.write(publish, 4, 5, NOW + 131, talk(NOW + 141, 9100))
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 141, 9900)}


async def test_what_was_put_back_goes_with_the_newer_one(tables: Database) -> None:
    """A flood had it wait again, just after the next version: one message of both, with the newer one's patience."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(publish, 2, 3, NOW + 61, talk(NOW + 121, 9900))
    await tables.write(leases.settle, "s", [PutBack(one.id) for one in claimed], NOW + 62)
    [mine, other] = (await tables.write(leases.claim, "s", now=NOW + 63, until=NOW + 90, limit=9, lane=3))[:2]
    assert [(one.thing, one.claimed) for one in await tables.read(notices.untold, KIND, mine)] == [
        ("1:2", True),
        ("2:3", False),
    ]
    await tables.write(
        notices.notify_together, KIND, delivery=mine, thing="1:3", due_at=NOW + 121, valid_until=9900, now=NOW + 63
    )
    of_mine = [one for one in await tables.read(rows, KIND) if one[1] == mine.recipient]
    assert of_mine == [
        ("1:3", mine.recipient, "waiting", NOW + 121, 9900),
        ("2:3", mine.recipient, "dropped", NOW + 121, 9900),
    ]
    # What its sender says of the former claim does not count, and nobody else's is touched.
    await tables.write(leases.settle, "s", [Outcome(mine.id, "dropped")], NOW + 64)
    assert [one for one in await tables.read(rows, KIND) if one[1] == mine.recipient] == of_mine
    assert ("1:2", other.recipient, "claimed") in [one[:3] for one in await tables.read(rows, KIND)]
    again = await tables.write(leases.claim, "s", now=NOW + 121, until=NOW + 150, limit=9, lane=3)
    [mine] = [one for one in again if one.recipient == mine.recipient]
    assert [one.thing for one in await tables.read(notices.untold, KIND, mine)] == ["1:3"]
