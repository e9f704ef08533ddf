"""The organizers' boards and what they count, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage import (
    announcements,
    boards,
    bots,
    deliveries,
    desk_groups,
    drafts,
    leases,
    participants,
    presence,
    programme_watches,
    questions,
    roles,
)
from storage.announcements import ASKED, SCHEDULED
from storage.boards import BoardMessage, Drafted, Lost, Open
from storage.database import Database, Transaction
from storage.deliveries import FAILED, SENT, UNSURE, Outcome
from storage.presence import Attendance
from storage.questions import APPROVED, DECLINED, PENDING

CHAT, OTHER = 1, 2


async def test_a_chat_has_one_board_and_those_it_left_behind(tables: Database) -> None:
    await tables.write(boards.place, CHAT, 10, "a")
    await tables.write(boards.place, OTHER, 10, "a")
    await tables.write(boards.place, CHAT, 20, "b")
    assert await tables.read(boards.every) == [
        BoardMessage(CHAT, 10, "a", former=True),
        BoardMessage(CHAT, 20, "b"),
        BoardMessage(OTHER, 10, "a"),
    ]
    await tables.write(boards.say, CHAT, 20, "c")
    assert await tables.read(boards.get, CHAT, 20) == BoardMessage(CHAT, 20, "c")
    await tables.write(boards.place, CHAT, 10, "d")  # the older one is opened again
    assert await tables.read(boards.in_chat, CHAT) == [BoardMessage(CHAT, 10, "d"), BoardMessage(CHAT, 20, "c", True)]


async def test_what_shows_something_else_is_lifted_and_can_be_put_back(tables: Database) -> None:
    await tables.write(boards.place, CHAT, 10, "a")
    await tables.write(boards.place, CHAT, 20, "b")
    for shown in await tables.read(boards.every):
        assert await tables.write(boards.lift, shown.chat, shown.message)
        assert not await tables.write(boards.lift, shown.chat, shown.message)
        assert await tables.read(boards.get, shown.chat, shown.message) is None
        await tables.write(boards.put_back, shown)
        assert await tables.read(boards.get, shown.chat, shown.message) == shown
    await tables.write(boards.say, CHAT, 30, "nothing")  # it shows no board
    assert len(await tables.read(boards.every)) == 2


async def test_a_person_forgotten_and_another_bot_leave_none(tables: Database) -> None:
    await tables.write(bots.serve, 1)
    for chat in (CHAT, OTHER):
        await tables.write(boards.place, chat, 10, "a")
    await tables.write(boards.delete, CHAT)
    assert [one.chat for one in await tables.read(boards.every)] == [OTHER]
    assert await tables.write(bots.serve, 2)
    assert await tables.read(boards.every) == []


def ask(tx: Transaction, session: str, message: int, now: int, state: str = PENDING) -> int:
    number = questions.ask(tx, session, author=CHAT, message=message, anonymous=False, language="ru", text="?", now=now)
    assert number is not None
    if state != PENDING:
        questions.decide(tx, number, expected=PENDING, state=state, moderator=OTHER, now=now)
    return number


async def test_open_questions_by_session_with_the_oldest_that_waits(tables: Database) -> None:
    assert await tables.read(boards.open_questions) == []
    for session, message, now, state in (
        ("opening", 1, 50, APPROVED),
        ("opening", 2, 70, PENDING),
        ("opening", 3, 60, PENDING),
        ("film", 4, 10, APPROVED),
        ("talk", 5, 10, DECLINED),
    ):
        await tables.write(ask, session, message, now, state)
    assert await tables.read(boards.open_questions) == [Open("film", 0, 1, None), Open("opening", 2, 3, 60)]


async def test_who_has_put_what_into_the_draft(tables: Database) -> None:
    def write(tx: Transaction, made_by: int | None) -> None:
        assert drafts.move_on(tx, drafts.revision(tx))
        drafts.add(tx, "shift", detail={}, changes=[], made_by=made_by, now=1)

    await tables.write(participants.consent, CHAT, "ru", 10, 1)
    await tables.write(participants.set_name, CHAT, "Динара")
    for made_by in (OTHER, CHAT, None, CHAT):
        await tables.write(write, made_by)
    assert await tables.read(boards.drafted) == [
        Drafted(CHAT, "Динара", 2),
        Drafted(OTHER, "", 1),
        Drafted(None, "", 1),
    ]


async def test_what_failed_lately_is_counted_and_what_arrived_is_not(tables: Database) -> None:
    assert await tables.read(boards.lost, 0) == Lost(0, 0, 0)

    def settled(tx: Transaction, person: int, state: str, now: int) -> None:
        deliveries.put(tx, "reminder", thing="x", recipients=[person], lane=0, now=now)
        [claimed] = leases.claim(tx, "me", now=now, until=now + 60, limit=1, lane=3)
        leases.settle(tx, "me", [Outcome(claimed.id, state, [7])], now)

    for person, (state, now) in enumerate(((FAILED, 10), (FAILED, 40), (SENT, 60), (UNSURE, 50)), start=1):
        await tables.write(settled, person, state, now)
    assert await tables.read(boards.lost, 0) == Lost(2, 1, 50)
    assert await tables.read(boards.lost, 10) == Lost(1, 1, 50)
    assert await tables.read(boards.lost, 50) == Lost(0, 0, 0)


async def test_who_is_here_of_all_who_are_registered(tables: Database) -> None:
    assert await tables.read(presence.total) == Attendance(0, 0)
    for person in (1, 2, 3):
        await tables.write(participants.consent, person, "ru", 10, 1)
    for person in (1, 2):
        await tables.write(participants.register, person, 2)
    for person in (2, 3):
        await tables.write(participants.arrive, person, 3)  # the third is not registered
    assert await tables.read(presence.total) == Attendance(1, 2)


async def test_announcements_that_are_to_come(tables: Database) -> None:
    def put_forward(tx: Transaction, message: int, state: str) -> int:
        number = announcements.draft(tx, CHAT, message, "Lunch", 1).number
        if state:
            announcements.confirm(tx, number, state=state, chat=CHAT, message=None, now=2)
        return number

    numbers = [await tables.write(put_forward, at, state) for at, state in enumerate((SCHEDULED, "", ASKED))]
    assert [one.number for one in await tables.read(announcements.coming)] == [numbers[0], numbers[2]]


def settle_failed(tx: Transaction) -> None:
    leases.settle(tx, "me", [Outcome(1, FAILED)], 1)


NEWS: dict[str, Callable[[Transaction], object]] = {
    "a question": lambda tx: ask(tx, "opening", 1, 1),
    "registered": lambda tx: participants.register(tx, CHAT, 1),
    "arrived": lambda tx: participants.arrive(tx, CHAT, 1),
    "not here after all": lambda tx: presence.leave(tx, CHAT, 1),
    "forgotten": lambda tx: participants.delete(tx, CHAT),
    "another language": lambda tx: participants.set_language(tx, CHAT, "kk"),
    "a role ended": lambda tx: roles.revoke(tx, CHAT, "organizer", ""),
    "failed": settle_failed,
    "watched well": lambda tx: programme_watches.well(tx, "https://a.kz", ""),
    "watched in vain": lambda tx: programme_watches.fail(tx, "https://a.kz", {}, told=False),
    "watched no more": programme_watches.end,
    "a desk closed": lambda tx: desk_groups.close(tx, -1),
}


@pytest.mark.parametrize("what", NEWS)
async def test_what_only_boards_show_is_told_to_them(tables: Database, what: str) -> None:
    heard: list[str] = []
    tables.listen(boards.CHANNEL, lambda: heard.append(what))
    await tables.write(NEWS[what])
    assert heard == [what]


async def test_what_arrives_is_no_news_for_them(tables: Database) -> None:
    heard: list[str] = []
    tables.listen(boards.CHANNEL, lambda: heard.append("news"))
    await tables.write(leases.settle, "me", [Outcome(1, SENT, [7])], 1)
    await tables.write(leases.claim, "me", now=1, until=60, limit=1, lane=3)
    assert heard == []
