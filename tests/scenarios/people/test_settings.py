"""Language, reminders, announcements and one's profile."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.programme.model import Programme
from tests.conftest import Forum
from tests.scenarios.second_reader import Rows, tables


def row(forum: Forum, person: int) -> dict[str, object]:
    rows: Rows = tables(forum.folder)["participants"]
    return next(one for one in rows if one["id"] == person)


async def test_the_language_changes_everything_at_once(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/settings")
    await person.sees("Настройки", "Имя: Дина", "Город Шымкент")
    await person.press("English")
    await person.sees("Settings", "Shymkent")
    await person.sees("Welcome, Дина")
    await person.telegram.idle()
    await person.telegram.catch_up()
    assert "📅 Agenda" in person.keys
    assert {"command": "agenda", "description": "Agenda"} in person.data["commands"]
    assert row(forum, person.id)["language"] == "en"
    await person.send("📅 Программа")  # a key of the old keyboard, still on another phone
    await person.sees("26 November")


@pytest.mark.parametrize("minutes", [5, 15, 30])
async def test_the_reminder_comes_as_early_as_was_chosen(forum: Forum, programme: Programme, minutes: int) -> None:
    opening = programme.session("opening")
    assert opening is not None
    person = await forum.delegate("Дина", "ru")
    await person.send("/settings")
    await person.press(f"sl:{minutes}")
    await person.sees("Напоминания", f"за {minutes} минут")
    await person.press_data("b:opening:1:", 1)
    await person.look_away()
    await forum.at(opening.start - dt.timedelta(minutes=minutes, seconds=5))
    await person.quiet()
    await forum.at(opening.start - dt.timedelta(minutes=minutes))
    await person.sees("⏰", f"через {minutes} минут", "Торжественное открытие")


async def test_off_is_off(forum: Forum, programme: Programme) -> None:
    opening = programme.session("opening")
    assert opening is not None
    organizer, person = await forum.organizer(), await forum.delegate("Дина", "ru")
    await person.send("/settings")
    await person.press("sl:0")
    await person.sees("Напоминания: выключены")
    await person.press("Без объявлений")
    await person.sees("Объявления: выключены")
    answer = await person.press_data("b:opening:1:", 1)
    assert answer.text == "Добавлено в вашу программу"
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send("Обед в 13:00")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees("Обед в 13:00")
    await person.look_away()
    await forum.at(opening.start - dt.timedelta(minutes=1))
    await person.quiet()
    assert not any("Обед" in message.text for message in await person.messages())
    assert (row(forum, person.id)["lead_minutes"], row(forum, person.id)["muted"]) == (0, 1)
    await person.press("Получать объявления")
    await person.sees("Объявления: вкл")


async def test_the_profile_is_changed_and_a_form_can_be_left(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/settings")
    settings = await person.sees("Настройки")
    await person.press("✏️ Имя")
    await person.press("Назад")
    await person.send("открытие")  # the form is closed: this is a search again
    await person.sees("🔍")
    await person.press("✏️ Имя", settings)
    await person.send("🙂")
    await person.sees("имя и фамилию")
    await person.voice()
    await person.sees("имя и фамилию")
    await person.send("Дина <i>Ахметова</i>")
    await person.sees("Имя: Дина <i>Ахметова</i>")
    await person.press("✏️ Организация")
    await person.send("Фонд & Ко")
    await person.sees("Организация: Фонд & Ко")
    await person.press("✏️ Делегация")
    await person.press("rd:abai")
    await person.sees("Делегация: Область Абай")
    assert [row(forum, person.id)[name] for name in ("name", "organization", "delegation")] == [
        "Дина <i>Ахметова</i>",
        "Фонд & Ко",
        "abai",
    ]
    await person.press("✏️ Организация")
    await person.press("Без организации")
    await person.sees("Организация: —")
    assert row(forum, person.id)["organization"] is None


async def test_a_guest_has_a_language_only(forum: Forum) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.send("/settings")
    shown = await guest.sees("Choose your language")
    await guest.press("Қазақша")
    await guest.sees("Тілді таңдаңыз")
    for data in ("sl:5", "sm:1", "sp:name", "sp:no_organization"):
        await guest.press_data(data, shown.id)
        await guest.sees("/privacy")
    assert tables(forum.folder)["participants"] == []
