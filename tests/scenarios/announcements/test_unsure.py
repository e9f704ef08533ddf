"""What may stand in a chat although nobody knows its message: corrected and withdrawn by a message of its own."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import AsyncExitStack, closing

import pytest

from bot.delivery import ledger
from bot.texts import LANGUAGES, Translators
from storage import bots
from storage.database import Transaction
from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import PNG, announced, bot_messages, draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import announce, enrol_all, nothing_due, outbox, said, until
from tests.scenarios.test_faults import join
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")

CROWD = 60
LOST = 3  # answers: 5 %
OLD, NEW, NEWEST = "Обед в зале А", "Обед в зале Б", "Обед в зале В"


def sent_at(forum: Forum, language: str = "ru") -> str:
    started = tables(forum.folder)["announcements"][0]["started_at"]
    return Translators(forum.programme.forum.zone)[language].moment(started)


def correction_words(forum: Forum, language: str = "ru") -> str:
    return said("announcements.correction_words", language, at=sent_at(forum, language))


def withdrawal(forum: Forum, language: str = "ru") -> str:
    return said("announcements.withdrawn_before", language, at=sent_at(forum, language))


async def correct(organizer: Person, text: str) -> Message:
    """The screen that asked whether to carry it out."""
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send(text)
    asked = await organizer.sees(said("announcements.will_say"))
    await organizer.press("az:1:")
    return asked


def with_state(forum: Forum, state: str, kind: str = "announcement") -> set[int]:
    return {row["recipient"] for row in outbox(forum, kind) if row["state"] == state}


async def chats(forum: Forum, people: list[int]) -> dict[int, list[str]]:
    """What the bot says to each, without welcomes."""
    await forum.telegram.catch_up()
    found = {person: [one.text for one in forum.telegram.messages_of(person) if one.from_bot] for person in people}
    return {person: [text for text in texts if "Обед" in text or "🗑" in text] for person, texts in found.items()}


async def test_no_chat_keeps_the_wrong_text_and_the_report_counts_everybody(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = await join(forum.telegram, CROWD)
    await forum.db.write(enrol_all, people)
    unsure = set(people[:: CROWD // LOST])
    await announce(organizer, OLD)
    await press_and_lose(forum, organizer, "an:", OLD, *unsure)
    assert with_state(forum, "unsure") == unsure
    everybody = CROWD + 1
    await organizer.sees(f"{everybody}/{everybody}", said("announcements.unsure", count=LOST))

    asked = await correct(organizer, NEW)
    assert said("announcements.own_sure", count=LOST) in asked.text
    await organizer.sees(
        said("announcements.corrected", done=everybody, total=everybody, failed=0),
        said("announcements.own", count=LOST),
    )
    own = f"{correction_words(forum)}\n\n{NEW}"
    for person, texts in (await chats(forum, people)).items():
        assert texts == ([OLD, own] if person in unsure else [NEW])

    # What the message of its own became is known, so the next correction finds it.
    asked = await correct(organizer, NEWEST)
    assert "💬" not in asked.text
    await organizer.sees(said("announcements.corrected", done=everybody, total=everybody, failed=0))
    own = f"{correction_words(forum)}\n\n{NEWEST}"
    for person, texts in (await chats(forum, people)).items():
        assert texts == ([OLD, own] if person in unsure else [NEWEST])

    await organizer.press("ar:1:remove")
    await organizer.sees(said("announcements.own_sure", count=LOST))
    await organizer.press("ar:1:removal")
    await organizer.sees(
        said("announcements.removed", done=everybody, total=everybody, failed=0), said("announcements.own", count=LOST)
    )
    for person, texts in (await chats(forum, people)).items():
        assert texts == ([OLD, withdrawal(forum)] if person in unsure else [])


async def unsure_of(forum: Forum, organizer: Person, delegate: Person, text: str = OLD) -> None:
    """Announce it; the delegate has it, but the answer was lost."""
    await announce(organizer, text)
    await press_and_lose(forum, organizer, "an:", text, delegate.id)


async def press_and_lose(
    forum: Forum, organizer: Person, button: str, text: str, *people: int, method: str = "sendMessage"
) -> None:
    """Press the button; these people get what follows from it, and the answers of Telegram are lost."""
    async with AsyncExitStack() as holds:
        held = [
            await holds.enter_async_context(forum.telegram.held(method=method, chat=person, text=text, after=True))
            for person in people
        ]
        await organizer.press(button)
        for hold in held:
            await hold.reached()
            await hold.release(0)
    await nothing_due(forum)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_says_that_it_corrects_in_the_reader_s_language(forum: Forum, language: str) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", language)
    await unsure_of(forum, organizer, delegate)
    await correct(organizer, NEW)
    await delegate.sees(correction_words(forum, language), NEW)
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    await delegate.sees(withdrawal(forum, language))


async def test_a_correction_whose_answer_is_lost_too_is_corrected_by_another_message(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await unsure_of(forum, organizer, delegate)
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send(NEW)
    await organizer.sees(said("announcements.own_sure", count=1))
    await press_and_lose(forum, organizer, "az:1:", NEW, delegate.id)
    await organizer.sees(
        said("announcements.corrected", done=1, total=2, failed=0), said("announcements.repair_unsure", count=1)
    )
    await organizer.press("af:1:0")
    listed = await organizer.sees("✏️ Ася", said("announcements.fate_unsure"))
    assert "• Ася" in listed.text  # of the announcement itself it is not known either
    await organizer.press("ad:1:open")
    asked = await correct(organizer, NEWEST)
    assert said("announcements.own_sure", count=1) in asked.text
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
    words = correction_words(forum)
    assert (await chats(forum, [delegate.id]))[delegate.id] == [OLD, f"{words}\n\n{NEW}", f"{words}\n\n{NEWEST}"]


async def test_without_room_for_the_words_they_follow(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await unsure_of(forum, organizer, delegate)
    await correct(organizer, NEW.ljust(4090, "!"))
    await delegate.sees(NEW.ljust(4090, "!"))
    words = correction_words(forum)
    await delegate.sees(words)
    await correct(organizer, NEWEST)
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
    assert [one.text for one in await bot_messages(delegate)][-3:] == [OLD, NEWEST, words]


async def test_a_caption_says_it_too(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_photo(PNG, OLD)
    desk = await organizer.sees("📣", "№")
    await organizer.press("ad:1:confirm", desk)
    await press_and_lose(forum, organizer, "an:", OLD, delegate.id, method="sendPhoto")
    await organizer.press("ar:1:correct")
    await organizer.send_photo(PNG, NEW)
    await organizer.press("az:1:")
    await delegate.sees(correction_words(forum), NEW)


async def test_an_album_is_corrected_and_withdrawn_too(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_album("old", ("photo", PNG, OLD), ("photo", PNG, "План этажа"))
    desk = await organizer.sees("📣", "×2")
    await organizer.press("ad:1:confirm", desk)
    await press_and_lose(forum, organizer, "an:", "", delegate.id, method="sendMediaGroup")
    for at, text in enumerate((NEW, NEWEST)):
        await organizer.press("ar:1:correct")
        await organizer.sees(said("announcements.form_correction", number=1))
        await organizer.send_album(text, ("photo", PNG, text), ("photo", PNG, f"План {at}"))
        await organizer.sees(said("announcements.will_say"), text)
        await forum.telegram.idle()
        await organizer.press("az:1:")
        await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
        expected = [OLD, "План этажа", f"{correction_words(forum)}\n\n{text}", f"План {at}"]
        assert [one.text for one in await bot_messages(delegate)][-4:] == expected
    await forum.at(forum.clock.now() + dt.timedelta(hours=49))
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    await delegate.sees(withdrawal(forum))
    withdrawn = [OLD, "План этажа", said("announcements.withdrawn_words"), "", withdrawal(forum)]
    assert [one.text for one in await bot_messages(delegate)][-5:] == withdrawn


async def test_in_quiet_hours_a_correction_comes_at_once_and_without_sound(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await unsure_of(forum, organizer, delegate)
    night = forum.clock.now().astimezone(forum.programme.forum.zone).replace(hour=23, minute=30)
    await forum.at(night)
    await correct(organizer, NEW)
    await delegate.sees(correction_words(forum), NEW)
    assert [row["error"] for row in outbox(forum, "announcement-edit")] == ["", ""]


async def test_who_blocked_the_bot_meanwhile_gets_it_when_they_come_back(forum: Forum) -> None:
    organizer, left, away = await forum.organizer(), await forum.delegate("Ушёл"), await forum.delegate("Ася", "ru")
    await announced(forum, organizer, OLD, 3)
    for person in (left, away):
        await person.block()
    await correct(organizer, NEW)
    await organizer.sees(said("announcements.corrected", done=1, total=3, failed=2))
    await organizer.press("af:1:0")
    await organizer.sees("✏️ Ася", said("announcements.fate_blocked"))
    await organizer.press("ad:1:open")
    await until(lambda: tables(forum.folder)["announcements"][0]["finished_at"] is not None)
    await nothing_due(forum)
    await left.unblock()
    await left.start()
    await left.sees(NEW)
    assert OLD not in [one.text for one in await bot_messages(left)]
    await organizer.sees(said("announcements.corrected", done=2, total=3, failed=1))  # by itself, though it was over
    await forum.at(forum.clock.now() + dt.timedelta(hours=49))
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    await organizer.sees(said("announcements.removed", done=2, total=3, failed=1))
    await away.unblock()
    await away.start()
    await away.sees(said("announcements.withdrawn_words"))
    await nothing_due(forum)
    await organizer.press("ad:1:open")
    await organizer.sees(said("announcements.removed", done=3, total=3, failed=0))


async def test_what_another_bot_sent_is_corrected_and_withdrawn_by_messages_of_their_own(forum: Forum) -> None:
    """The copies stand in chats in which this bot can change nothing."""
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    report = await announced(forum, organizer, OLD, 2)
    await another_bot(forum)
    for text in (NEW, NEWEST):
        await organizer.press("ad:1:open", report)
        asked = await correct(organizer, text)
        assert said("announcements.own_sure", count=2) in asked.text
        await delegate.sees(correction_words(forum), text)
        done = said("announcements.corrected", done=2, total=2, failed=0)
        report = await organizer.sees(done, said("announcements.own", count=2))
        await another_bot(forum)
    await organizer.press("ad:1:open", report)
    await organizer.press("ar:1:remove")
    await organizer.sees(said("announcements.own_sure", count=2))
    await organizer.press("ar:1:removal")
    await delegate.sees(withdrawal(forum))
    await organizer.sees(said("announcements.removed", done=2, total=2, failed=0))


async def another_bot(forum: Forum) -> None:
    await nothing_due(forum)
    await forum.db.write(bots.serve, 1)
    await forum.db.write(bots.serve, 2)


async def test_a_correction_of_another_version_forgets_nobody(forum: Forum) -> None:
    organizer, away = await forum.organizer(), await forum.delegate("Ася", "ru")
    reader = await forum.delegate("Айгерім", "kk")
    desk = await draft(organizer, OLD)
    await organizer.press_data("av:1:ru:name", desk.id)
    await organizer.press_data("av:1:kk:write", desk.id)
    await organizer.send("Түскі ас")
    desk = await organizer.sees("📣", "№")
    await organizer.press_data("ad:1:confirm", desk.id)
    await organizer.press("an:")
    await organizer.sees("3/3")
    await reader.sees("Түскі ас")
    await away.sees(OLD)
    await away.block()
    for language, text, done in (("ru", NEW, 1), ("kk", "Түскі ас ауысты", 2)):
        await organizer.press("ar:1:correct")
        await organizer.press(f"av:1:{language}:correct")
        await organizer.send(text)
        await organizer.sees(text, said("announcements.will_say"))
        await organizer.press("az:1:")
        await organizer.sees(said("announcements.corrected", done=done, total=done + 1, failed=1))
    await reader.sees("Түскі ас ауысты")
    await organizer.press("af:1:0")
    await organizer.sees("✏️ Ася", said("announcements.fate_blocked"))


async def test_what_was_stopped_after_a_crash_is_withdrawn_where_it_may_have_arrived(forum: Forum) -> None:
    """The claim of a dead process, paused and stopped before it was sent again."""
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announced(forum, organizer, OLD, 2)

    def lose(tx: Transaction) -> None:
        tx.run("UPDATE announcements SET state = 'paused', finished_at = NULL WHERE number = 1")
        tx.run(
            "UPDATE deliveries SET state = 'held', lost = 1, message = NULL, messages = ''"
            " WHERE kind = 'announcement' AND recipient = :person",
            person=delegate.id,
        )

    await forum.db.write(lose)
    await organizer.press("ah:1:stop")
    await organizer.press("ar:1:stop")
    await organizer.sees(said("announcements.stopped", number=1), said("announcements.unsure", count=1))
    await organizer.press("ar:1:remove")
    await organizer.sees(said("announcements.own_sure", count=1))
    await organizer.press("ar:1:removal")
    await delegate.sees(withdrawal(forum))


async def test_what_could_not_be_written_down_before_a_stop_is_counted_and_corrected(
    forum: Forum, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was sent, and nobody knows that any more: it is sent again, and counted as perhaps there twice."""
    monkeypatch.setattr(ledger, "LAST", 0.2)
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announce(organizer, OLD)
    await forum.db.write(
        lambda tx: tx.run(
            "CREATE TRIGGER broken BEFORE UPDATE ON deliveries WHEN NEW.state = 'sent'"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    )
    await organizer.press("an:")
    await delegate.sees(OLD)
    await running.stop()
    assert with_state(forum, "claimed") == {organizer.id, delegate.id}
    with closing(sqlite3.connect(forum.folder / "forum.db")) as connection:
        connection.execute("DROP TRIGGER broken")
    await running.start()
    await organizer.sees("2/2", said("announcements.twice", count=2))
    assert (await chats(forum, [delegate.id]))[delegate.id] == [OLD, OLD]
    await correct(organizer, NEW)
    await delegate.sees(correction_words(forum))
    assert (await chats(forum, [delegate.id]))[delegate.id] == [OLD, NEW, f"{correction_words(forum)}\n\n{NEW}"]


async def test_a_clean_stop_loses_nothing(forum: Forum, running: Running) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announce(organizer, OLD)
    await forum.telegram.flood(on=True, retry_after=25)
    await organizer.press("an:")
    await forum.telegram.called(error_code=429)
    await running.stop()
    await forum.telegram.flood(on=False)
    await running.start()
    report = await organizer.sees("2/2")
    assert said("announcements.twice", count=1).split(":")[0] not in report.text
    assert {row["lost"] for row in outbox(forum, "announcement")} == {0}
    await delegate.sees(OLD)


async def test_a_location_too_old_to_be_deleted_is_withdrawn_by_a_message(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.location(51.1, 71.4)
    desk = await organizer.sees("📣", "№")
    await organizer.press("ad:1:confirm", desk)
    await organizer.press("an:")
    await organizer.sees("2/2")
    await forum.at(forum.clock.now() + dt.timedelta(hours=48))
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    await delegate.sees(withdrawal(forum))
