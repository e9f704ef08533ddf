"""Who an announcement is for, on both engines: the count, the enqueue and the single question agree."""

from __future__ import annotations

import pytest

from storage import announced, audiences, bookmarks, deliveries, leases, participants, roles
from storage.announced import OwnCorrection
from storage.audiences import Condition
from storage.database import Database, Transaction
from storage.deliveries import BLOCKED, FAILED, SENT, UNSURE, Outcome

CHIEF = 9

# id: language, delegation, starred session, role, here, muted, blocked
PEOPLE = {
    1: ("kk", "north", "opening", "", True, False, False),
    2: ("ru", "north", "", "", False, False, False),
    3: ("ru", "nor_h", "opening", "moderator", False, False, False),
    4: ("en", "south", "", "organizer", True, True, False),
    5: ("kk", "south", "closing", "", False, False, True),
    6: ("en", "west", "", "speaker", False, False, False),
    CHIEF: ("kk", None, "", "", False, False, False),
}


@pytest.fixture
async def database(tables: Database) -> Database:
    await tables.write(people)
    return tables


def people(tx: Transaction) -> None:
    for person, (language, delegation, session, role, here, muted, blocked) in PEOPLE.items():
        participants.consent(tx, person, language, 10, 1)
        if delegation:
            participants.set_delegation(tx, person, delegation)
        participants.register(tx, person, 1)
        participants.set_muted(tx, person, muted)
        if here:
            participants.arrive(tx, person, 2)
        if blocked:
            participants.block(tx, person, 2)
        if session:
            bookmarks.add(tx, person, session, 1)
        if role:
            roles.grant(tx, person, role=role, session="", granted_by=None, now=1)
    participants.consent(tx, 77, "kk", 10, 1)  # never finished the registration
    roles.name_chiefs(tx, {CHIEF})


CONDITIONS = {
    "everybody": (Condition(), {1, 2, 3, 4, 5, 6, CHIEF}),
    "language": (Condition(languages=("kk", "en")), {1, 4, 5, 6, CHIEF}),
    "delegation": (Condition(delegations=("nor_h",)), {3}),  # an underscore is no wildcard
    "starred": (Condition(sessions=("opening", "gone")), {1, 3}),
    "here": (Condition(present=True), {1, 4}),
    "not here": (Condition(present=False), {2, 3, 5, 6, CHIEF}),
    "delegates": (Condition(roles=("delegate",)), {1, 2, 5, 6}),  # who speaks is a delegate all the same
    "speakers": (Condition(roles=("speaker",)), {6}),
    "staff": (Condition(roles=("moderator", "organizer")), {3, 4, CHIEF}),
    "and": (Condition(languages=("kk",), delegations=("north", "south"), present=True), {1}),
    "nobody": (Condition(languages=("en",), roles=("moderator",)), set()),
}


@pytest.mark.parametrize("name", CONDITIONS)
async def test_counted_owed_and_asked_one_by_one_it_is_the_same_people(database: Database, name: str) -> None:
    condition, wanted = CONDITIONS[name]
    reach = await database.read(audiences.count, condition)
    assert (reach.people, reach.blocked, reach.muted) == (len(wanted), len(wanted & {5}), len(wanted & {4}))
    for person in (*PEOPLE, 77):
        assert await database.read(audiences.includes, condition, person) == (person in wanted)
    for thing, urgent, left_out in (("1", False, {4, 5}), ("2", True, {5})):
        enqueued = await database.write(
            audiences.enqueue, condition, kind="announcement", thing=thing, now=10, valid_until=None, urgent=urgent
        )
        assert enqueued == reach.gets(urgent) == len(wanted - left_out)
        assert (
            await database.write(
                audiences.enqueue, condition, kind="announcement", thing=thing, now=11, valid_until=None, urgent=urgent
            )
            == 0
        )


async def test_a_repair_is_owed_to_who_has_it_in_that_language_and_nobody_else(database: Database) -> None:
    await database.write(
        audiences.enqueue, Condition(), kind="announcement", thing="7", now=10, valid_until=None, urgent=False
    )
    claimed = await database.write(
        leases.claim, "holder", now=10, until=100, limit=10, lane=deliveries.LANE_ANNOUNCEMENT
    )
    ids = {one.recipient: one.id for one in claimed}
    outcomes = [Outcome(ids[1], SENT, [481, 482]), Outcome(ids[2], SENT, [30]), Outcome(ids[3], "failed", error="x")]
    await database.write(leases.settle, "holder", outcomes, 20)
    enqueued = await database.write(
        announced.enqueue_for_served, "announcement-edit", thing="7:2", about="7", languages=("kk",), now=30
    )
    assert enqueued == 2  # person 1, and the chief, who is being served
    assert await database.read(announced.served, "7", 1) == ([481, 482], 20)
    assert await database.read(announced.served, "7", 3) == ([], 0)
    everybody = ("kk", "ru", "en")
    assert await database.read(announced.count_served, "7", everybody, 19) == (4, 0)
    assert await database.read(announced.count_served, "7", everybody, 20) == (4, 2)
    assert await database.read(announced.count_served, "7", ("kk",), 20) == (2, 1)
    tallies = await database.read(announced.tallies, "7", "7:2", 19)
    assert dict(tallies["announcement"].states) == {"sent": 2, "failed": 1, "claimed": 2}
    assert tallies["announcement"].recent == 3
    assert tallies["announcement-edit"].open == 2


async def test_whoever_may_have_it_is_repaired_and_counted_as_such(database: Database) -> None:
    """Sent, sent perhaps twice, unsure, lost and waiting again; not who was not reached."""
    await database.write(
        audiences.enqueue, Condition(), kind="announcement", thing="7", now=10, valid_until=None, urgent=True
    )
    await database.write(leases.claim, "dead", now=10, until=100, limit=2, lane=deliveries.LANE_ANNOUNCEMENT)
    await database.write(leases.release_all)  # persons 1 and 2
    claimed = await database.write(leases.claim, "h", now=10, until=100, limit=9, lane=deliveries.LANE_ANNOUNCEMENT)
    ids = {one.recipient: one.id for one in claimed}
    results: list[Outcome | leases.PutBack] = [
        Outcome(ids[1], SENT, [481]),
        leases.PutBack(ids[2]),
        Outcome(ids[3], UNSURE, error="x"),
        Outcome(ids[4], SENT, [30]),
        Outcome(ids[6], FAILED),
        Outcome(ids[CHIEF], BLOCKED),
    ]
    await database.write(leases.settle, "h", results, 20)
    everybody = ("kk", "ru", "en")
    assert await database.read(announced.count_served, "7", everybody, 20) == (4, 2)
    assert await database.read(announced.count_doubtful, "7", "7:", everybody) == (3, 3)
    tallies = await database.read(announced.tallies, "7", "7:2", 10)
    assert (tallies["announcement"].twice, tallies["announcement"].states[UNSURE]) == (1, 1)

    for revision in (2, 12):  # of 70:2 and the like nothing is counted
        await database.write(
            announced.enqueue_for_served,
            "announcement-edit",
            thing=f"7:{revision}",
            about="7",
            languages=everybody,
            now=30,
        )
    await database.write(
        deliveries.put, "announcement-edit", thing="70:2", recipients=[2], lane=deliveries.LANE_ANNOUNCEMENT, now=30
    )
    await database.write(leases.settle, "h", [], 30)
    edits = await database.read(edit_ids)
    assert {person for person, _ in edits} == {1, 2, 3, 4}
    await database.write(take, edits)
    results = [
        Outcome(edits[1, "7:2"], SENT, [481, 500]),  # changed, and sent as a message of its own
        Outcome(edits[2, "70:2"], SENT, [501]),
        Outcome(edits[3, "7:2"], UNSURE, error="x"),
        Outcome(edits[4, "7:2"], SENT, [30], changed=True),
    ]
    await database.write(leases.settle, "h", results, 40)
    assert await database.read(announced.count_doubtful, "7", "7:", everybody) == (3, 2)
    assert await database.read(announced.own_corrections, "7:", 1) == [OwnCorrection([481, 500], 40, sure=True)]
    assert await database.read(announced.own_corrections, "7:", 2) == []
    assert await database.read(announced.own_corrections, "7:", 3) == [OwnCorrection([], 40, sure=False)]
    assert await database.read(announced.own_corrections, "7:", 4) == []
    tallies = await database.read(announced.tallies, "7", "7:2", 10)
    assert (tallies["announcement-edit"].own, tallies["announcement-edit"].states[SENT]) == (1, 2)
    failures = await database.read(announced.failures, "7", "7:2", 9, 0)
    assert [(one.kind, one.state) for one in failures] == [
        ("announcement", UNSURE),
        ("announcement", FAILED),
        ("announcement", BLOCKED),
        ("announcement-edit", UNSURE),
    ]
    # Of several corrections the newest counts.
    tallies = await database.read(announced.tallies, "7", "7:", 10)
    assert dict(tallies["announcement-edit"].states) == {"claimed": 4}
    failures = await database.read(announced.failures, "7", "7:", 9, 0)
    assert {one.kind for one in failures} == {"announcement"}


async def test_what_a_blocked_person_missed_is_tried_again_when_they_come_back(database: Database) -> None:
    for kind in ("announcement", "announcement-edit"):
        await database.write(deliveries.put, kind, thing="7", recipients=[1, 2], lane=0, now=10)
    for _ in range(2):
        claimed = await database.write(leases.claim, "h", now=10, until=100, limit=9, lane=0)
        outcomes = [Outcome(one.id, BLOCKED, error="blocked") for one in claimed]
        await database.write(leases.settle, "h", outcomes, 20)
    await database.write(deliveries.take_up, 1, ("announcement-edit", "announcement-delete"), 30)
    assert await database.read(deliveries.report_of_kind, "announcement") == {BLOCKED: 2}
    assert await database.read(deliveries.report_of_kind, "announcement-edit") == {BLOCKED: 1, "waiting": 1}


def edit_ids(tx: Transaction) -> dict[tuple[int, str], int]:
    rows = tx.rows("SELECT id, recipient, thing FROM deliveries WHERE kind = 'announcement-edit'")
    return {(row["recipient"], row["thing"]): row["id"] for row in rows}


def take(tx: Transaction, edits: dict[tuple[int, str], int]) -> None:
    for one in edits.values():
        tx.run("UPDATE deliveries SET state = 'claimed', holder = 'h' WHERE id = :id", id=one)
