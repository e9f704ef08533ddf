"""Change notices in the ledger, on both engines: who gets which difference, once, and when."""

from __future__ import annotations

from collections.abc import Sequence

from storage import bookmarks, deliveries, leases, notices, participants, programmes, questions, roles, told
from storage.database import Database, Transaction
from storage.deliveries import BLOCKED as REFUSED
from storage.deliveries import DROPPED, SENT, UNSURE, Delivery, Outcome
from storage.leases import PutBack
from storage.notices import Touched
from storage.told import Copy

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
    roles.grant(tx, OTHER, role="moderator", session="", granted_by=None, now=1)  # of all: where nobody is named
    roles.grant(tx, SPEAKS, role="speaker", session="a_b", granted_by=None, now=1)
    roles.grant(tx, OTHER, role="speaker", session="axb", granted_by=None, now=1)
    participants.block(tx, BLOCKED, 1)
    for _ in range(10):
        programmes.publish(tx, {}, source="x", published_by=None, now=1)


def publish(tx: Transaction, before: int, after: int, now: int, *touched: Touched) -> None:
    notices.extend(tx, KIND, after=after, now=now, due_at=now + 60, soon=SOON, longest=LONGEST)
    notices.note(tx, after, touched)
    notices.enqueue(tx, KIND, before, after=after, now=now)
    for one in touched:
        told.look_again(tx, MARKED, [one.session], due_at=one.due_at, now=now)


def leave(tx: Transaction, claimed: Sequence[Delivery], *sessions: str) -> None:
    """They are on their way, and speak of these."""
    for one in claimed:
        older, newer = map(int, one.thing.split(":"))
        told.tell(tx, one.id, older=older, newer=newer, sessions=sessions)


def send(tx: Transaction, now: int, *sessions: str, holder: str = "s") -> list[Delivery]:
    """Whatever is due arrives, and speaks of these."""
    claimed = leases.claim(tx, holder, now=now, until=now + 30, limit=9, lane=3)
    leave(tx, claimed, *sessions)
    leases.settle(tx, holder, [Outcome(one.id, SENT, [one.id]) for one in claimed], now)
    return claimed


def copies(tx: Transaction, person: int) -> list[Copy]:
    return told.of_person(tx, KIND, person)


def talk(due_at: int = NOW + 60, valid_until: int = 9000) -> Touched:
    return Touched("talk", frozenset(("a_b", "c")), due_at, valid_until)


def panel(due_at: int) -> Touched:
    return Touched("panel", frozenset(), due_at, 9500)


def rows(tx: Transaction, kind: str) -> list[tuple[str, int, str, int, int | None]]:
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
    assert await tables.read(notices.due, KIND, 2) == NOW + 10
    assert await tables.read(notices.untold_by, KIND) == dict.fromkeys((STARRED, ASKED, MODERATES, SPEAKS, OTHER), 1)


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
    await tables.write(leave, claimed, "talk")
    await tables.write(publish, 2, 3, NOW + 61, talk(NOW + 121))
    of_mine = [one[:3] for one in await tables.read(rows, KIND) if one[1] == mine.recipient]
    assert of_mine == [("1:2", mine.recipient, "claimed"), ("2:3", mine.recipient, "waiting")]
    marks = [one[:3] for one in await tables.read(rows, MARKED)]
    assert marks == [("1:2", mine.recipient, "waiting")]


async def test_a_mark_is_owed_again_with_each_publication_that_may_outdate_it(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    await tables.write(send, NOW + 60, "talk")
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
    assert await tables.read(copies, STARRED) == []
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
    await tables.write(send, NOW + 60, "talk")
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
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 221, None)}


async def test_a_mark_that_waits_waits_no_longer_however_late_it_is(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    await tables.write(send, NOW + 60, "talk")
    await tables.write(publish, 2, 3, NOW + 100, talk(NOW + 160, 9000))
    await tables.write(publish, 3, 4, NOW + 130, talk(NOW + 190, 9900))
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 160, None)}
    await tables.write(publish, 4, 5, NOW + 131, talk(NOW + 141, 9100))
    assert {one[2:] for one in await tables.read(rows, MARKED)} == {("waiting", NOW + 141, None)}


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


async def test_what_waits_is_one_for_each_whatever_was_put_back_between(tables: Database) -> None:
    """One that a flood put back after the next version, and one of that version: the next makes them one."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leave, claimed, "talk")
    await tables.write(publish, 2, 3, NOW + 61, talk(NOW + 121))
    assert await tables.read(notices.untold_by, KIND) == dict.fromkeys((STARRED, ASKED, MODERATES, SPEAKS), 2)
    await tables.write(leases.settle, "s", [PutBack(one.id) for one in claimed], NOW + 62)
    assert await tables.read(notices.untold_by, KIND) == dict.fromkeys((STARRED, ASKED, MODERATES, SPEAKS), 1)
    assert await tables.read(copies, STARRED) == [], "nothing has left"
    await tables.write(publish, 3, 4, NOW + 63)
    found = sorted((thing, state) for thing, person, state, _, _ in await tables.read(rows, KIND) if person == STARRED)
    assert found == [("1:4", "waiting"), ("2:3", "dropped")]


async def test_what_became_of_a_copy(tables: Database) -> None:
    """Known by its id; of nobody knows; not there at all."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = {
        one.recipient: one
        for one in await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    }
    await tables.write(leave, list(claimed.values()), "talk", "panel")
    [one] = await tables.read(copies, STARRED)
    assert (one.sessions, one.on_its_way, one.message, one.state) == (["talk", "panel"], True, None, told.TOLD)
    results: list[Outcome | PutBack] = [
        Outcome(claimed[STARRED].id, SENT, [71]),
        Outcome(claimed[ASKED].id, UNSURE),
        Outcome(claimed[SPEAKS].id, REFUSED),
        PutBack(claimed[MODERATES].id),
    ]
    await tables.write(leases.settle, "s", results, NOW + 60)
    known, unsure = await tables.read(copies, STARRED), await tables.read(copies, ASKED)
    assert [(one.message, one.on_its_way) for one in (*known, *unsure)] == [(71, False), (None, False)]
    assert await tables.read(copies, SPEAKS) == await tables.read(copies, MODERATES) == []
    assert await tables.read(told.report, KIND, 2) == told.Report(1, 0, 1, 1, 0)
    await tables.write(told.show, known, told.WITHDRAWN)
    assert [one.state for one in await tables.read(copies, STARRED)] == [told.WITHDRAWN]
    await tables.write(deliveries.delete, STARRED)
    assert await tables.read(copies, STARRED) == []


async def test_after_a_crash_there_may_be_two(tables: Database) -> None:
    """The second has an id; the first has none, whatever its delivery says by now."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "dead", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leave, claimed, "talk")
    await tables.write(leases.release_all)
    assert {person for person, _ in (await tables.read(notices.untold_by, KIND)).items()} == {
        STARRED,
        ASKED,
        MODERATES,
        SPEAKS,
    }
    [first] = await tables.read(copies, STARRED)
    assert (first.message, first.on_its_way) == (None, False)
    # A sender that lets go of it before it leaves again does not forget what may have left before.
    again = await tables.write(leases.claim, "new", now=NOW + 61, until=NOW + 90, limit=9, lane=3)
    await tables.write(leases.settle, "new", [PutBack(one.id) for one in again], NOW + 61)
    assert len(await tables.read(copies, STARRED)) == 1
    await tables.write(send, NOW + 62, "talk", holder="new")
    first, second = await tables.read(copies, STARRED)
    assert (first.message, second.message is None) == (None, False)
    assert await tables.read(told.report, KIND, 2) == told.Report(4, 0, 0, 0, 4)
    assert await tables.read(told.report, KIND, 3) == told.Report(0, 0, 0, 0, 0)


async def test_an_orderly_end_leaves_nothing_unknown(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    claimed = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=9, lane=3)
    await tables.write(leave, claimed, "talk")
    await tables.write(leases.release, "s")
    assert await tables.read(copies, STARRED) == []


async def test_whoever_is_back_has_all_looked_at_again(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    await tables.write(send, NOW + 60, "talk")
    await tables.write(participants.block, STARRED, NOW + 70)
    await tables.write(told.look_again, MARKED, ["talk"], due_at=NOW + 80, now=NOW + 80)
    assert STARRED not in {person for _, person, _, _, _ in await tables.read(rows, MARKED)}
    await tables.write(participants.unblock, STARRED)
    await tables.write(told.look_again_for, MARKED, STARRED, NOW + 90)
    assert [one[2:4] for one in await tables.read(rows, MARKED) if one[1] == STARRED] == [("waiting", NOW + 90)]


async def test_whoever_dropped_the_star_is_still_looked_after(tables: Database) -> None:
    """What concerns them now is another thing than what they were told."""
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    await tables.write(send, NOW + 60, "talk")
    await tables.write(bookmarks.remove, STARRED, "talk")
    await tables.write(publish, 2, 3, NOW + 100, talk(NOW + 160))
    assert ("1:2", STARRED) in {(thing, person) for thing, person, _, _, _ in await tables.read(rows, MARKED)}
    assert ("2:3", STARRED) not in {(thing, person) for thing, person, _, _, _ in await tables.read(rows, KIND)}


async def test_what_is_undone_in_time_is_dropped_claimed_or_not(tables: Database) -> None:
    await tables.write(people)
    await tables.write(publish, 1, 2, NOW, talk())
    [one] = await tables.write(leases.claim, "s", now=NOW + 60, until=NOW + 90, limit=1, lane=3)
    await tables.write(notices.withdraw, KIND, [STARRED, ASKED], NOW + 61)
    await tables.write(leases.settle, "s", [Outcome(one.id, SENT, [7])], NOW + 62)
    states = {person: state for _, person, state, _, _ in await tables.read(rows, KIND)}
    assert (states[STARRED], states[ASKED], states[SPEAKS]) == (DROPPED, DROPPED, "waiting")


async def test_who_moderates_all_stands_in_where_nobody_is_named(tables: Database) -> None:
    """And where there is anything to ask."""
    await tables.write(people)
    assert OTHER not in await tables.read(notices.people, "talk", ())
    await tables.write(bookmarks.remove, OTHER, "panel")
    assert OTHER in await tables.read(notices.people, "panel", ())
    assert OTHER not in await tables.read(notices.people, "panel", (), False)
    assert (await tables.read(notices.ties, OTHER)).all_but == frozenset(("talk",))
    assert (await tables.read(notices.ties, STARRED)).all_but is None
    await tables.write(participants.block, MODERATES, 5)
    assert OTHER in await tables.read(notices.people, "talk", ()), "the one who is named cannot be reached"
    lunch = Touched("lunch", frozenset(), NOW, 9000, asked=False)
    await tables.write(publish, 1, 2, NOW, lunch)
    assert await tables.read(rows, KIND) == []
    await tables.write(publish, 2, 3, NOW, talk())
    assert OTHER in {person for _, person, _, _, _ in await tables.read(rows, KIND)}
