"""The agenda on a phone: now and next, days, rooms, cards, bookmarks, calendar files."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from icalendar import Calendar, Event

from bot.programme.model import Programme
from tests.conftest import Forum
from tests.scenarios.agenda.congress import congress, with_hard_cases
from tests.scenarios.second_reader import tables
from tests.telegram import Message, Person


@pytest.fixture
def programme() -> Programme:
    return with_hard_cases()


async def card(forum: Forum, person: Person, code: str) -> Message:
    session = forum.programme.session(code)
    assert session is not None
    await person.start(f"s_{code}")
    return await person.sees(session.title.say("ru"), "🕒")


async def test_now_and_next_follow_the_clock(forum: Forum, programme: Programme) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.send("/now")
    await guest.sees("Сейчас идёт", "Регистрация участников", "через 15 минут", "Презентация книги", "Ұлы дала")
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    await guest.send("/now")
    await guest.sees("Сейчас идёт", "10:10–10:30 🔴 Торжественное открытие", "🔴 Параллельная", "через 20 минут")
    await forum.at(programme.sessions[-1].end)
    await guest.send("/now")
    await guest.sees("Сейчас ничего не идёт", "Форум завершён")
    await forum.at(opening.start - dt.timedelta(days=3))
    await guest.send("/now")
    await guest.sees("26 ноября, четверг, 09:00")


async def test_walking_the_agenda_edits_one_message(forum: Forum, programme: Programme) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.send("/agenda")
    first = await guest.sees("📅 Thursday, 26 November", "\n09:00–10:00 🔴")
    for press, seen in (
        ("›", "2/6"),
        ("d:20261127:0", "27 November"),
        ("go:rooms", "Rooms"),
        ("r:uly-dala:0", "📅 Thursday, 26 November"),
        ("s:opening:r.uly-dala.0", "10:10–10:30"),
        ("Back", "📅 Thursday, 26 November"),
        ("go:now", "On now"),
        ("s:registration:now", "🕒"),
        ("Back", "On now"),
        ("go:days", "26 November"),
    ):
        await guest.press(press)
        shown = await guest.last()
        assert shown.id == first.id
        assert seen in shown.text or seen in shown.buttons
    assert len([message for message in await guest.messages() if message.from_bot]) == 1


def first_day(programme: Programme) -> dt.date:
    return programme.days[0].date


async def test_a_day_opens_where_the_forum_is(forum: Forum, programme: Programme) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    dialogue = programme.session("dialogue")
    assert dialogue is not None
    await forum.at(dialogue.start)
    await guest.send("/agenda")
    await guest.sees("🔴", "открытый диалог")
    await forum.at(dialogue.start + dt.timedelta(days=30))
    await guest.send("/agenda")
    await guest.sees("27 ноября")


async def test_cards_of_every_awkward_kind(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    shown = await card(forum, person, "cancelled")
    assert "❌ Сессия отменена" in shown.text
    assert not any("В мою программу" in label or "Задать" in label for label in shown.buttons)
    shown = await card(forum, person, "bare")
    assert "📍" not in shown.text
    assert "20:00–21:00" in shown.text
    shown = await card(forum, person, "night")
    assert "26 ноября, четверг, 23:30–01:00" in shown.text
    shown = await card(forum, person, "crowd")
    assert "Спикер 11" in shown.text
    assert "и ещё 28 человек" in shown.text
    shown = await card(forum, person, "long")
    assert shown.text.endswith("…")
    assert len(shown.text) > 3900
    shown = await card(forum, person, "lunch-1")
    assert not any("⭐" in label and "Моя" not in label for label in shown.buttons)


async def test_bookmarks_survive_a_double_tap_and_show_clashes(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    shown = await card(forum, person, "opening")
    await asyncio.gather(*(person.press_data("b:opening:1:", shown.id) for _ in range(3)))
    await person.toast("Напомню за 10 мин")
    await person.press("✓ В моей программе")
    await person.toast("Убрано")
    await person.press("В мою программу")
    shown = await card(forum, person, "clash")
    await person.press("b:clash:1", shown)
    await person.send("/my")
    mine = await person.sees("Моя программа", "Торжественное открытие", "Параллельная встреча")
    assert "⚠️ Пересекаются по времени: 10:10 «Параллельная встреча» и 10:10 «Торжественное" in mine.text
    assert {(row["person"], row["session"]) for row in tables(forum.folder)["bookmarks"]} == {
        (person.id, "opening"),
        (person.id, "clash"),
    }
    await person.press("s:clash:my.0")
    await person.press("✓ В моей программе")
    await person.press("Назад")
    mine = await person.sees("Торжественное открытие")
    assert "⚠️" not in mine.text


async def test_what_has_begun_can_be_starred_but_promises_no_reminder(forum: Forum, programme: Programme) -> None:
    person = await forum.delegate("Дина", "ru")
    opening = programme.session("opening")
    assert opening is not None
    await forum.at(opening.start + dt.timedelta(minutes=1))
    await card(forum, person, "opening")
    answer = await person.press("В мою программу")
    assert answer.text == "Добавлено в вашу программу"
    assert (await person.press_data("b:lunch-1:1:", 1)).alert
    assert (await person.press_data("b:cancelled:1:", 1)).alert
    assert [row["session"] for row in tables(forum.folder)["bookmarks"]] == ["opening"]


async def test_calendar_files_open_in_a_calendar(forum: Forum, programme: Programme) -> None:
    person = await forum.delegate("Дина", "ru")
    for code in ("night", "opening"):
        shown = await card(forum, person, code)
        await person.press(f"b:{code}:1", shown)
    await person.send("/my")
    await person.press("i:my")
    events = await calendar(forum, person, "my-agenda.ics")
    assert [str(event["SUMMARY"]) for event in events] == ["Торжественное открытие форума", "Вечер до утра"]
    night = events[1]
    session = programme.session("night")
    assert session is not None
    assert (night.start, night.end) == (session.start.astimezone(dt.UTC), session.end.astimezone(dt.UTC))
    assert str(night["URL"]).startswith("https://t.me/")
    await person.send("О форуме")
    await person.press("i:all")
    events = await calendar(forum, person, "forum.ics")
    assert len(events) == len(programme.sessions)
    assert [str(event["STATUS"]) for event in events if event["UID"] == "cancelled@minber"] == ["CANCELLED"]


async def calendar(forum: Forum, person: Person, name: str) -> list[Event]:
    message = await person.sees("календар")
    document = message.document
    assert document is not None
    assert document["file_name"] == name
    events = Calendar.from_ical(await forum.telegram.file(document["file_id"])).walk("VEVENT")
    return [event for event in events if isinstance(event, Event)]


class TestCongress:
    """Nine hundred sessions in thirty rooms."""

    @pytest.fixture
    def programme(self) -> Programme:
        return congress()

    async def test_every_session_of_a_day_is_reached_by_turning_pages(self, forum: Forum, programme: Programme) -> None:
        guest = await forum.telegram.person("Guest", "en")
        await guest.send("/agenda")
        await guest.sees("26 November")
        codes: list[str] = []
        pages = -(-len(programme.of_day(first_day(programme))) // 4)
        for page in range(pages):
            shown = await guest.last()
            assert f"{page + 1}/{pages}" in shown.buttons
            codes += [
                button["callback_data"].split(":")[1]
                for row in shown.rows
                for button in row
                if button["callback_data"].startswith("s:")
            ]
            await guest.press("›")
        assert codes == [session.code for session in programme.of_day(first_day(programme))]
        assert f"1/{pages}" in (await guest.last()).buttons
        await guest.press("»")
        assert f"11/{pages}" in (await guest.last()).buttons
        await guest.press("s:")
        await guest.press("Back")
        assert f"11/{pages}" in (await guest.last()).buttons

    async def test_what_a_list_leaves_out_is_said_and_every_room_is_reached(
        self, forum: Forum, programme: Programme
    ) -> None:
        guest = await forum.telegram.person("Guest", "en")
        await guest.send("/now")
        shown = await guest.sees("Next")
        assert "1/8" in shown.buttons
        await guest.press("›", shown)
        assert "2/8" in (await guest.last()).buttons
        await guest.press("go:rooms")
        found: set[str] = set()
        for _ in range(3):
            found |= set((await guest.last()).buttons)
            await guest.press("›")
        assert {room.name.say("en") for room in programme.rooms} <= found
        await guest.press("‹")
        await guest.press("Hall A1")
        shown = await guest.last()
        assert shown.text.startswith("📍 Hall A1")
        assert shown.text.count("Hall A1") == 1

    async def test_my_agenda_of_many_pages_goes_back_to_its_page(self, forum: Forum, programme: Programme) -> None:
        person = await forum.delegate("Dina", "en")
        for session in programme.sessions[:20]:
            await person.press_data(f"b:{session.code}:1:", 1)
        await person.send("/my")
        shown = await person.sees("My agenda", "⚠️", "more overlaps")
        assert "1/5" in shown.buttons
        await person.press("›")
        await person.press("s:")
        await person.press("Back")
        assert "2/5" in (await person.last()).buttons
