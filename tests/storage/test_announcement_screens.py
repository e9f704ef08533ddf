"""Which messages follow an announcement, on both engines."""

from __future__ import annotations

from storage import announcement_screens as screens
from storage import announcements, bots
from storage.announcement_screens import ITSELF, LEFT, MOST, REMOVE, SEND, WRITE, AnnouncementScreen
from storage.announcements import SCHEDULED
from storage.database import Database, Transaction

CHAT, OTHER = 1, 2


async def test_a_message_shows_what_was_shown_in_it_last(tables: Database) -> None:
    await tables.write(screens.place, CHAT, 10, 1)
    await tables.write(screens.place, CHAT, 10, 2, REMOVE)
    found = AnnouncementScreen(CHAT, 10, 2, REMOVE)
    assert await tables.read(screens.every) == [found]
    await tables.write(screens.turn, found, ITSELF)
    assert await tables.read(screens.get, CHAT, 10) == AnnouncementScreen(CHAT, 10, 2)
    await tables.write(screens.turn, AnnouncementScreen(CHAT, 10, 1), REMOVE)  # it shows another one by now
    assert await tables.read(screens.get, CHAT, 10) == AnnouncementScreen(CHAT, 10, 2)
    assert await tables.write(screens.lift, CHAT, 10)
    assert not await tables.write(screens.lift, CHAT, 10)
    assert await tables.read(screens.get, CHAT, 10) is None


async def test_of_a_chat_s_screens_the_last_few_follow(tables: Database) -> None:
    for message in range(1, MOST + 3):
        await tables.write(screens.place, CHAT, message, 1)
    await tables.write(screens.place, OTHER, 1, 1)
    await tables.write(screens.place, CHAT, 3, 1)  # it was opened again
    shown = {one.message: one.asks for one in await tables.read(screens.in_chat, CHAT)}
    assert shown == {1: LEFT, 2: LEFT} | dict.fromkeys(range(3, MOST + 3), ITSELF)
    assert next(one.message for one in await tables.read(screens.in_chat, CHAT)) == 3
    await tables.write(screens.place, CHAT, 1, 1)
    shown = {one.message: one.asks for one in await tables.read(screens.in_chat, CHAT)}
    assert [message for message, asks in shown.items() if asks == LEFT] == [4, 2]


async def test_it_is_told_with_what_it_is_about(tables: Database) -> None:
    heard: list[str] = []
    tables.listen(announcements.CHANNEL, lambda: heard.append("news"))
    await tables.write(screens.place, CHAT, 10, 1)
    assert heard


async def test_what_is_begun_again_is_under_way_and_followed(tables: Database) -> None:
    def sent(tx: Transaction) -> int:
        number = announcements.draft(tx, CHAT, 10, "Lunch", 1).number
        announcements.confirm(tx, number, state=SCHEDULED, chat=CHAT, message=11, now=2)
        announcements.start(tx, number, recipients=1, now=3)
        announcements.finish(tx, number, 4)
        return number

    number = await tables.write(sent)
    assert await tables.read(announcements.running) == []
    await tables.write(announcements.follow, number, OTHER, 20)
    assert [one.number for one in await tables.read(announcements.running)] == [number]
    assert await tables.read(screens.every) == [
        AnnouncementScreen(CHAT, 11, number),
        AnnouncementScreen(OTHER, 20, number),
    ]


async def test_a_person_forgotten_and_another_bot_leave_nothing(tables: Database) -> None:
    await tables.write(bots.serve, 1)
    for chat in (CHAT, OTHER):
        await tables.write(screens.place, chat, 10, 1)
    await tables.write(announcements.forget, CHAT)
    assert [one.chat for one in await tables.read(screens.every)] == [OTHER]
    assert await tables.write(bots.serve, 2)
    assert await tables.read(screens.every) == []


async def test_the_cards_of_an_announcement_in_a_chat_are_those_of_which_the_lowest_is_enough(tables: Database) -> None:
    for message, asks in enumerate((ITSELF, SEND, WRITE, REMOVE, "+kk:0123456789abcdef"), start=1):
        await tables.write(screens.place, CHAT, message, 1, asks)
    await tables.write(screens.place, CHAT, 7, 2)
    await tables.write(screens.place, OTHER, 8, 1)
    assert await tables.read(screens.cards, CHAT, 1) == [3, 2, 1]
