"""What a typed message became, and versions that a change left behind, on both engines."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import became
from bot.actions.announcements import behind
from storage import announcement_parts, announcements, behind_versions, bots, participants, typed_messages
from storage.announcement_parts import Part
from storage.database import Database, Transaction

PERSON, OTHER = 700_000_001, 700_000_002
NOTE = became.ChairNote("opening", "Пять «минут»: 5")


def consented(tx: Transaction) -> None:
    for person in (PERSON, OTHER):
        participants.consent(tx, person, "ru", 10, 1)


async def test_a_message_is_remembered_turned_seen_and_forgotten(tables: Database) -> None:
    await tables.write(consented)
    for person in (PERSON, OTHER):
        await tables.write(became.remember, person, 5, NOTE, seen="a", now=10)
    typed = await tables.read(typed_messages.get, PERSON, 5)
    assert typed is not None
    assert (became.of(typed.kind, typed.thing), typed.seen, typed.at) == (NOTE, "a", 10)
    other = replace(NOTE, kept="Десять")
    await tables.write(became.remember, PERSON, 5, other, seen="b", now=11)
    await tables.write(typed_messages.see, PERSON, 5, "c")
    await tables.write(became.turn, PERSON, 6, NOTE)  # one that nobody remembers
    [typed] = await tables.read(typed_messages.of_person, PERSON)
    assert (became.of(typed.kind, typed.thing), typed.seen, typed.at) == (other, "c", 11)
    await tables.write(became.turn, PERSON, 5, became.StopWords("а\nб"))
    [typed] = await tables.read(typed_messages.of_person, PERSON)
    assert became.of(typed.kind, typed.thing) == became.StopWords("а\nб")
    await tables.write(typed_messages.forget, PERSON)
    assert await tables.read(typed_messages.get, PERSON, 5) is None
    assert await tables.read(typed_messages.get, OTHER, 5) is not None


async def test_nobody_without_consent_is_remembered_and_nothing_for_ever(tables: Database) -> None:
    await tables.write(became.remember, PERSON, 5, NOTE, seen="a", now=10)
    assert await tables.read(typed_messages.of_person, PERSON) == []
    await tables.write(consented)
    await tables.write(became.remember, PERSON, 5, NOTE, seen="a", now=10)
    await tables.write(became.remember, OTHER, 5, NOTE, seen="a", now=10)
    later = 10 + became.KEPT_FOR
    await tables.write(became.remember, PERSON, 6, NOTE, seen="a", now=later)
    assert [one.message for one in await tables.read(typed_messages.of_person, PERSON)] == [5, 6]
    await tables.write(became.remember, PERSON, 7, NOTE, seen="a", now=later + 1)
    assert [one.message for one in await tables.read(typed_messages.of_person, PERSON)] == [6, 7]
    assert len(await tables.read(typed_messages.of_person, OTHER)) == 1


async def test_another_bots_messages_have_become_nothing(tables: Database) -> None:
    await tables.write(consented)
    await tables.write(bots.serve, 1)
    await tables.write(became.remember, PERSON, 5, NOTE, seen="a", now=10)
    await tables.write(bots.serve, 1)
    assert len(await tables.read(typed_messages.of_person, PERSON)) == 1
    await tables.write(bots.serve, 2)
    assert await tables.read(typed_messages.of_person, PERSON) == []


def announced(tx: Transaction, *languages: str) -> int:
    """A draft with a version in each of these; two with as many are one."""
    number = announcements.draft(tx, PERSON, len(languages), "Lunch", 1).number
    for language in languages:
        announcement_parts.put(tx, number, Part(language, 10, "text", "Lunch"))
    return number


async def test_versions_are_behind_until_they_catch_up(tables: Database) -> None:
    number = await tables.write(announced, "kk", "ru", "en")
    other = await tables.write(announced, "kk")
    await tables.write(behind.changed, number, "ru")
    assert await tables.read(behind.of, number) == ("kk", "en")
    assert await tables.read(behind_versions.numbers) == {number}
    await tables.write(behind.changed, number, "en")  # it catches up: the Russian one is not behind of it
    assert await tables.read(behind.of, number) == ("kk",)
    await tables.write(behind.changed, number, "ru")
    assert await tables.read(behind.of, number) == ("kk", "en")
    await tables.write(announcement_parts.drop, number, "kk")
    assert await tables.read(behind.of, number) == ("en",)
    await tables.write(behind_versions.clear, number)
    assert await tables.read(behind_versions.numbers) == frozenset()
    await tables.write(behind.changed, other, "kk")  # the only one
    assert await tables.read(behind.of, other) == ()


async def test_what_was_proposed_leaves_others_behind_until_it_is_sent_back(tables: Database) -> None:
    number = await tables.write(announced, "kk", "ru", "en")
    await tables.write(behind.proposed, number, "ru")
    await tables.write(behind.proposed, number, "ru")
    assert await tables.read(behind.of, number) == ("kk", "en")
    await tables.write(behind.sent_back, number, "ru")
    assert await tables.read(behind.of, number) == ()
    await tables.write(behind.proposed, number, "ru")
    await tables.write(behind.changed, number, "kk")  # carried out before the other: it has caught up
    await tables.write(behind.changed, number, "ru")
    assert await tables.read(behind.of, number) == ("kk", "en")


async def test_an_erased_draft_takes_its_versions_behind_with_it(tables: Database) -> None:
    number = await tables.write(announced, "kk", "ru")
    await tables.write(behind.changed, number, "ru")
    await tables.write(announcements.forget, PERSON)
    assert await tables.read(behind_versions.numbers) == frozenset()


async def test_one_part_says_something_else_in_its_place(tables: Database) -> None:
    number = await tables.write(announced, "kk", "ru")
    await tables.write(announcement_parts.change, number, Part("ru", 10, "photo", "Обед", "file"))
    assert await tables.read(announcement_parts.of, number) == (
        Part("kk", 10, "text", "Lunch"),
        Part("ru", 10, "photo", "Обед", "file"),
    )
