"""/announce: written, seen, confirmed, followed, and had by each person once."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from storage.roles import ALL_SESSIONS, grant
from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import STAFF_BUTTONS
from tests.scenarios.second_reader import missing, tables
from tests.scenarios.steps import announce, enrol_all, outbox, said, until
from tests.telegram import Message, Person, Telegram

STRANGER = 123_456  # registered once, but Telegram knows no such chat


pytestmark = pytest.mark.usefixtures("quick_reports")


def copies(person: Person, text: str) -> list[Message]:
    return [message for message in person.shown() if message.from_bot and message.text == text]


async def written_with(telegram: Telegram, person: Person, text: str, entities: list[dict[str, Any]]) -> None:
    """A message formatted in the field of a Telegram app, as the server would hand it to the bot."""
    sender = {"id": person.id, "is_bot": False, "first_name": "Динара", "language_code": "ru"}
    message = {
        "message_id": 900_000,
        "date": 1_795_000_000,
        "from": sender,
        "chat": {"id": person.id, "type": "private", "first_name": "Динара"},
        "text": text,
        "entities": entities,
    }
    await telegram.update({"message": message})


async def test_what_is_seen_before_is_what_everybody_gets(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    text = "Автобус 🚌 в 18:30 <b>&amp; ждёт</b>\nКарта и код\nЦитата"
    at = len("Автобус 🚌".encode("utf-16-le")) // 2
    entities = [
        {"type": "bold", "offset": 0, "length": at},
        {"type": "italic", "offset": 8, "length": at - 8},
        {"type": "spoiler", "offset": at + 1, "length": 7},
        {"type": "text_link", "offset": text.index("Карта") + 1, "length": 5, "url": "https://example.kz/?a=1&b=2"},
        {"type": "code", "offset": text.index("код") + 1, "length": 3},
        {"type": "blockquote", "offset": text.index("Цитата") + 1, "length": 6},
    ]
    await organizer.send("/announce")
    await organizer.sees("📣")
    await written_with(forum.telegram, organizer, text, entities)
    await organizer.sees("👇")
    preview = await organizer.sees(text)
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    received = await delegate.sees(text)
    assert received.text == preview.text == text

    def marks(message: Message) -> list[tuple[Any, ...]]:
        found = [(e["type"], e["offset"], e["length"], e.get("url")) for e in message.entities]
        return sorted(found, key=str)

    wanted = sorted(((e["type"], e["offset"], e["length"], e.get("url")) for e in entities), key=str)
    assert marks(preview) == marks(received) == wanted


async def test_the_longest_message_of_all_with_formatting(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    text = ("<&>" * 1366)[:4096]
    await organizer.send("/announce")
    await organizer.sees("📣")
    await written_with(forum.telegram, organizer, text, [{"type": "bold", "offset": 0, "length": 4096}])
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    received = await delegate.sees("<&>")
    assert received.text == text
    assert [(e["type"], e["length"]) for e in received.entities] == [("bold", 4096)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_only_who_wants_it_is_counted_and_gets_it(forum: Forum, language: str) -> None:
    organizer, one, other = await forum.organizer(language), await forum.delegate("Ася"), await forum.delegate("Ира")
    muted, gone = await forum.delegate("Тишь"), await forum.delegate("Ушёл")
    await muted.send("/settings")
    await muted.press("sm:1")
    await gone.block()
    guest = await forum.telegram.person("Гость")
    await guest.start()
    unfinished = await forum.telegram.person("Бақыт")
    await unfinished.start()
    await unfinished.press("c:")
    for person in (muted, gone, guest, unfinished):
        await person.look_away()
    question = await announce(organizer, "Обед переносится")
    assert question.text.startswith(said("announcements.confirm", language, n=3))
    await organizer.press("an:1:send")
    for person in (one, other, organizer):
        await person.sees("Обед переносится")
    await organizer.sees("3/3", said("announcements.delivered", language, count=3))
    for person in (muted, gone, guest, unfinished):
        await person.quiet()


async def test_confirmed_twice_it_is_sent_once(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "Только один раз")
    answers = await asyncio.gather(*(organizer.press_data("an:1:send", question.id) for _ in range(3)))
    assert sorted(answer.text for answer in answers) == ["", *[said("announcements.already")] * 2]
    await organizer.sees("2/2", said("announcements.delivered", count=2))
    assert (await organizer.press_data("an:1:cancel", question.id)).text == said("announcements.already")
    await delegate.look_away()
    assert len(copies(delegate, "Только один раз")) == 1


async def test_a_draft_that_is_dropped_reaches_nobody(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await delegate.look_away()
    question = await announce(organizer, "Передумаю")
    for _ in range(2):
        assert (await organizer.press_data("an:1:cancel", question.id)).text == ""
    await organizer.sees(said("announcements.cancelled"))
    assert (await organizer.press_data("an:1:send", question.id)).text == said("announcements.gone")
    await organizer.send("/announce")
    await organizer.press("x")
    await organizer.sees(said("form.cancelled"))
    await organizer.send("Каратау")  # a search again, no draft
    await organizer.sees("Каратау")
    await delegate.quiet()
    assert outbox(forum, "announcement") == []


async def test_a_sticker_is_refused_with_words_and_the_form_stays(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.sticker()
    await organizer.sees(said("announcements.text_only"))
    await organizer.send("Всё-таки текстом")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees("1/1")


async def test_a_draft_belongs_to_who_wrote_it_and_to_organizers_only(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await forum.delegate("Алия", "ru")
    await helper.start(await forum.invitation(organizer, "si:organizer:"))
    await helper.sees("🗝")
    question = await announce(organizer, "Моё")
    assert (await helper.press_data("an:1:send", question.id)).text == said("announcements.gone")
    await helper.send("/announce")
    await helper.sees("📣")
    await organizer.press_data(f"sr:{helper.id}:organizer::1", question.id)
    await helper.sees(said("staff.ended", what=said("staff.organizer")))
    await helper.send("Уже не организатор")
    await helper.sees(said("refusal.not_organizer"))
    await helper.send("Каратау")
    await helper.sees("Каратау")


async def test_the_report_runs_and_counts_who_got_it_who_blocked_and_what_failed(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(3)]
    await forum.db.write(enrol_all, [STRANGER], forum.clock.seconds())
    question = await announce(organizer, "Кому дойдёт")
    async with forum.telegram.held(method="sendMessage", text="Кому дойдёт", next=5) as hold:
        await organizer.press("an:1:send", question)
        await organizer.sees(said("announcements.running", number=1), "0/5", said("announcements.waiting", count=5))
        await hold.reached(5)
        await people[2].block()  # while it is on its way to them
    report = await organizer.sees(said("announcements.over", number=1), "5/5")
    for key, count in (("delivered", 3), ("blocked", 1), ("failed", 1)):
        assert said(f"announcements.{key}", count=count) in report.text
    assert "🕓" not in report.text
    for person in people[:2]:
        await person.look_away()
        assert len(copies(person, "Кому дойдёт")) == 1


async def test_while_it_is_young_its_speed_is_of_the_seconds_it_has_run(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "Поздно вечером")
    async with forum.telegram.held(method="sendMessage", chat=delegate.id) as hold:
        await organizer.press("an:1:send", question)
        await hold.reached()
        await organizer.sees("1/2", said("announcements.pace", speed="1.0", minutes=1))
        for seconds, speed in ((4, "0.2"), (6, "0.1")):
            await forum.at(forum.clock.now() + dt.timedelta(seconds=seconds))
            await organizer.sees("1/2", said("announcements.pace", speed=speed, minutes=1))


async def test_the_report_goes_on_by_itself_after_a_reading_that_failed(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await organizer.press_data("sq:off", 1)
    night = forum.clock.now().astimezone(forum.programme.forum.zone).replace(hour=22, minute=0)
    await forum.at(night)
    question = await announce(organizer, "До утра")
    await organizer.press("an:1:send", question)
    await organizer.sees("1/2")
    with missing(forum.folder, "announcement_parts"):
        await until(lambda: any("progress of announcements" in record.message for record in caplog.records))
    await delegate.block()
    await forum.at(night + dt.timedelta(hours=9))
    await organizer.sees("2/2", said("announcements.blocked", count=1))


async def test_a_dropped_connection_is_not_repeated_and_stands_in_the_report(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "Дошло ли")
    await delegate.look_away()
    await forum.telegram.fault(method="sendMessage", next=1, status=0, after=True)
    await organizer.press("an:1:send", question)
    await organizer.sees("2/2", said("announcements.delivered", count=1), said("announcements.unsure", count=1))
    await delegate.look_away()
    assert len(copies(delegate, "Дошло ли")) == 1
    assert sorted(row["state"] for row in outbox(forum, "announcement")) == ["sent", "unsure"]


async def test_it_goes_on_after_a_restart_and_nobody_gets_it_twice(running: Running) -> None:
    """Stopped in the middle: what was on its way is finished, the rest goes out after the start."""
    running.settings["messages_per_second"] = 20
    async with running.open() as forum:
        organizer = await forum.organizer()
        people = [await forum.telegram.person(f"Делегат {number}") for number in range(15)]
        for person in people:
            await person.start()
            await person.sees("/privacy")
        await forum.db.write(enrol_all, [person.id for person in people], forum.clock.seconds())
        question = await announce(organizer, "Один раз каждому")
        await organizer.press("an:1:send", question)
        await until(lambda: sum(row["state"] == "sent" for row in outbox(forum, "announcement")) >= 5)
        await running.stop()
        states = [row["state"] for row in outbox(forum, "announcement")]
        assert set(states) == {"sent", "waiting"}
        await running.start()
        await organizer.sees("16/16", said("announcements.delivered", count=16), timeout=10)
        await forum.telegram.idle()
        await forum.telegram.catch_up()
        for person in people:
            assert len(copies(person, "Один раз каждому")) == 1
        [report] = [message for message in organizer.shown() if message.id == question.id]
        assert "16/16" in report.text


async def test_the_report_catches_up_when_telegram_was_out_of_reach(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    question = await announce(organizer, "Отчёт догонит")
    await forum.telegram.fault(method="editMessageText", next=2, status=502)
    await organizer.press("an:1:send", question)
    await delegate.sees("Отчёт догонит")
    await organizer.sees("2/2", said("announcements.delivered", count=2), timeout=10)


async def test_an_organizer_who_leaves_takes_no_announcement_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await forum.delegate("Алия", "ru")
    delegate = await forum.delegate()
    now = forum.clock.seconds()
    await forum.db.write(grant, helper.id, role="organizer", session=ALL_SESSIONS, granted_by=organizer.id, now=now)
    forum.application.people.changed(helper.id)
    question = await announce(helper, "Последнее слово")
    async with forum.telegram.held(method="sendMessage", text="Последнее слово", next=3) as hold:
        await helper.press("an:1:send", question)
        await hold.reached(3)
        await helper.press_data("fg:1", question.id)
    await delegate.sees("Последнее слово")
    await forum.telegram.idle()


async def test_no_delegate_does_anything_with_its_buttons(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await announce(organizer, "Черновик")
    await forum.telegram.idle()
    before = tables(forum.folder)["announcements"]
    for data in [data for values in STAFF_BUTTONS.values() for data in values]:
        answer = await delegate.press_data(data, (await delegate.last()).id)
        assert (answer.text, answer.alert) == (said("refusal.not_organizer", "kk"), True), data
    assert tables(forum.folder)["announcements"] == before
