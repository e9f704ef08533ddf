"""What nobody asked for gets a clear answer or quiet politeness, and the log stays calm."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from storage import conversations
from storage.conversations import Conversation
from tests.conftest import Forum, Running
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import said


@pytest.fixture(autouse=True)
def calm_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno > logging.WARNING]
    assert loud == []


@pytest.mark.parametrize(("language", "says"), [("kk", "мәзір"), ("ru", "меню"), ("en", "menu")])
async def test_every_kind_of_message_gets_an_answer(forum: Forum, language: str, says: str) -> None:
    person = await forum.telegram.person("Дина", language)
    for send in (person.sticker, person.voice, person.contact):
        await send()
        await person.sees(says)
    await person.location(43.3, 68.25)
    await person.sees(says)
    await person.send_photo(b"\x89PNG", "фото")
    await person.sees(says)
    await person.send_document(b"%PDF", "paper.pdf", "читайте")
    await person.sees(says)
    await person.send("/nosuchcommand")
    await person.sees("/help")
    await at_rest(forum)
    assert traces(forum.folder, person.id, "Дина") == []


async def test_a_forwarded_text_is_a_search_like_any_other(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.forward("открытие")
    await person.sees("🔍", "Торжественное открытие")


async def test_an_edited_message_that_was_no_question_is_passed_over(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    sent = await person.send("открытие")
    await person.sees("🔍")
    await person.edit(sent, "закрытие")
    await person.quiet()
    command = await person.send("/now")
    await person.sees("Далее")
    await person.edit(command, "/forget")
    await person.quiet()


async def test_a_form_that_cannot_be_read_any_more_is_closed(forum: Forum, running: Running) -> None:
    person = await forum.delegate("Дина", "ru")
    damaged = Conversation(f"{person.id}:{person.id}", person.id, "QuestionForm:text", {"session": 1})
    await forum.db.write(conversations.keep, damaged, forum.clock.seconds())
    await running.stop()
    forum.application = await running.start()
    await person.send("Когда закрытие?")
    await person.sees(said("refusal.stale"))
    await person.send("открытие")
    await person.sees("🔍", "Торжественное открытие")


OLD_BUTTONS = [
    "zz",
    "s:",
    "s:nope:",
    "s:nope:x.y.z",
    "d:bad:0",
    "d:20990101:0",
    "r:zz:0",
    "p:zzz:0",
    "pg:zzz",
    "q:zzz",
    "qa:zzz:1",
    "b:zzz:1:",
    "v:404:1:0",
    f"v:{10**25}:1:0",
    f"m1:{2**63}",
    "v:x:y:z",
    "f:nope:0",
    "m1:404",
    "me:404",
    "mw:404:1",
    "sl:7",
    "sn:xx",
    "sp:zzz",
    "l:xx:",
    "rd:nope",
    "go:zzz",
    "w::0",
    "kd:404:approve:-",
    "an:404:send",
    "a" * 64,
    "\u202eя:\x00:😀",
]


async def test_a_button_of_last_year_is_answered_and_changes_nothing(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await at_rest(forum)
    before = tables(forum.folder)
    message = (await person.last()).id
    for data in OLD_BUTTONS:
        answer = await person.press_data(data, message)
        assert answer.answered, data
        assert answer.text, data
        assert answer.alert, data
        assert "ошибка" not in answer.text, (data, answer.text)
    await at_rest(forum)
    assert {name: rows for name, rows in tables(forum.folder).items() if name != "inbox_mark"} == {
        name: rows for name, rows in before.items() if name != "inbox_mark"
    }


async def test_pages_beyond_the_end_are_the_last_and_before_the_start_the_first(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/agenda")
    shown = await person.sees("26 ноября")
    for data, label in (("d:20261126:999", "5/5"), ("d:20261126:-5", "1/5")):
        await person.press_data(data, shown.id)
        assert label in (await person.last()).buttons
    for data in ("my:99", "mq:99", "ps:99", "rp:99", "rl:-1", "qd:20261126:77", "w:форум:99"):
        answer = await person.press_data(data, shown.id)
        assert answer.answered
        assert not answer.alert


async def test_a_button_of_a_message_that_is_gone_gets_a_new_one(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.press_data("go:now", 9999)
    await person.sees("Далее")
    await person.press_data("s:opening:", 9999)
    await person.sees("Торжественное открытие", "🕒")


async def test_two_taps_at_once_show_one_screen(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.send("/agenda")
    shown = await person.sees("26 ноября")
    answers = await asyncio.gather(*(person.press_data("go:rooms", shown.id) for _ in range(4)))
    assert all(answer.answered and not answer.text for answer in answers)
    assert len([message for message in await person.messages() if message.from_bot]) == 1


async def test_a_burst_of_messages_is_answered_in_order(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    for word in ("/now", "/speakers", "/help", "открытие"):
        await person.send(word)
    for seen in ("Далее", "👤 Спикеры", "/settings", "🔍"):
        await person.sees(seen)


async def test_a_group_learns_nothing_and_is_pointed_to_the_private_chat(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    organizer = await forum.organizer()
    for admin in (True, False):
        chat = await forum.telegram.group("Ұйымдастырушылар", person, organizer, admin=admin)
        for text in ("/start@minber_bot", "/mydata@minber_bot", "/staff@minber_bot", "/my@minber_bot", "/start q_film"):
            await person.send(text, chat=chat)
            answer = await person.sees("t.me/", chat=chat)
            assert "Дина" not in answer.text
            assert answer.rows == []
        for text in ("/mydata", "/forget", "/start@other_bot", "открытие", "📅 Программа", "⚙️ Настройки"):
            await person.send(text, chat=chat)
        await person.quiet(chat=chat)
        for data in ("go:settings", "mq:0", "go:my", "fg:1", "go:now", "go:staff"):
            pressed = await person.press_data(data, answer.id, chat=chat)
            assert pressed.alert
        await person.quiet(chat=chat)
    assert len(tables(forum.folder)["participants"]) == 2
    assert tables(forum.folder)["conversations"] == []


@pytest.mark.parametrize("back", ["p.", "w.0.", "d.", "zz."])
async def test_a_card_opened_from_a_place_too_long_for_its_own_buttons_is_shown(forum: Forum, back: str) -> None:
    person = await forum.delegate("Дина", "ru")
    data = f"s:opening:{back}".ljust(64, "x")
    assert not (await person.press_data(data, (await person.last()).id)).alert
    card = await person.sees("Торжественное открытие", "🕒")
    await person.press("b:opening:1", card)
    await person.toast("Добавлено")


async def test_a_word_in_a_group_is_no_return_to_the_bot(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    group = await forum.telegram.group("Делегация", person)
    await person.block()
    await at_rest(forum)
    await person.send("/start@minber_bot", chat=group)
    await at_rest(forum)
    assert tables(forum.folder)["participants"][0]["blocked_at"] is not None


async def test_who_blocks_the_bot_in_the_middle_comes_back_to_it(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    await person.block()
    await at_rest(forum)
    assert tables(forum.folder)["participants"][0]["blocked_at"] is not None
    await person.start()
    await person.sees("👋")
    assert tables(forum.folder)["participants"][0]["blocked_at"] is None


async def test_a_guest_may_press_and_type_anything(forum: Forum) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.send("/agenda")
    shown = await guest.sees("26 November")
    for data in (
        "b:opening:1:",
        "q:opening",
        "qa:opening:1",
        "v:1:1:0",
        "rn",
        "rd:abai",
        "rs",
        "sl:5",
        "go:my",
        "go:ask",
    ):
        answer = await guest.press_data(data, shown.id)
        assert answer.answered, data
        assert "went wrong" not in answer.text, data
    for text in (
        "/my",
        "/ask",
        "/mydata",
        "/forget",
        "/cancel",
        "/moderate",
        "/announce",
        "/staff",
        "/stats",
        "/export",
    ):
        await guest.send(text)
    await at_rest(forum)
    assert traces(forum.folder, guest.id) == []
    assert not any("went wrong" in message.text for message in await guest.messages())
