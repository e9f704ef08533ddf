"""From whom an announcement is: a line below it, in its reader's language, within what Telegram takes."""

from __future__ import annotations

import pytest

from bot.actions.announcements import signing
from bot.programme.text import Text
from bot.texts import LANGUAGES
from bot.texts.length import CAPTION_LIMIT, TEXT_LIMIT, units
from storage import announcements
from storage.announcement_parts import Part
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import PNG, announced, bot_messages, draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import nothing_due, said
from tests.telegram import Person

OFFICE = {"kk": "Форум хатшылығы", "ru": "Секретариат форума", "en": "The forum’s secretariat"}
THREE_LINES = "\n".join(OFFICE.values())


def line(language: str, office: bool = False) -> str:
    """As a reader of the language reads it."""
    name = OFFICE[language] if office else said("from_whom.the_organizers", language)
    return said("from_whom.line", language, name=name)


async def from_organizers(organizer: Person) -> None:
    await organizer.press("aj:1:")
    await organizer.press("aj:1:organizers")
    await organizer.telegram.idle()


async def from_an_office(organizer: Person, number: int = 1) -> None:
    await organizer.press(f"aj:{number}:")
    await organizer.press(f"ajo:{number}::write")
    await organizer.send(THREE_LINES)
    await organizer.telegram.idle()


async def send_out(organizer: Person) -> None:
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")


def said_by(forum: Forum) -> list[str]:
    return [row["said_by"] for row in tables(forum.folder)["announcements"]]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_reads_it_in_their_language_and_the_card_says_it(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    readers = {one: await forum.delegate("Ася", one) for one in LANGUAGES}
    shown = await draft(organizer, "Автобус 18:30")
    assert said("from_whom.none", language) in shown.text
    await organizer.press(said("from_whom.open", language))
    await organizer.sees(said("from_whom.how", language))
    await organizer.press(said("from_whom.organizers", language))
    await organizer.sees("№1", line(language))
    await organizer.press("ad:1:preview")
    await organizer.sees(f"Автобус 18:30\n\n{line(language)}")
    await send_out(organizer)
    for one, reader in readers.items():
        assert (await reader.sees("Автобус 18:30")).text == f"Автобус 18:30\n\n{line(one)}"
        await reader.send("/news")
        await reader.press("ao:1")
        assert (await reader.sees("Автобус 18:30")).text == f"Автобус 18:30\n\n{line(one)}"


async def test_an_office_is_named_once_and_chosen_again(forum: Forum) -> None:
    organizer, english = await forum.organizer(), await forum.delegate("John", "en")
    await draft(organizer, "Обед")
    await from_an_office(organizer)
    assert line("ru", office=True) in (await organizer.last()).text
    await organizer.press("aj:1:")
    assert (await organizer.newest("aj:1:organizers")).button("● Секретариат")
    await organizer.press("ad:1:open")
    await send_out(organizer)
    assert (await english.sees("Обед")).text == f"Обед\n\n{line('en', office=True)}"
    await draft(organizer, "Ужин")
    await organizer.press("aj:2:")
    await organizer.press("Секретариат", await organizer.newest("aj:2:organizers"))
    assert line("ru", office=True) in (await organizer.sees("№2", "🏢")).text


async def test_what_new_ones_begin_with_is_one_tap(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Первое")
    await from_an_office(organizer)
    await organizer.press("aj:1:")
    await organizer.press("ajo:1::default")
    await organizer.telegram.idle()
    assert said("from_whom.for_all") not in (await organizer.newest("aj:1:organizers")).buttons
    assert line("ru", office=True) in (await draft(organizer, "Второе")).text
    await organizer.press("aj:2:")
    await organizer.press("aj:2:none")
    await organizer.sees("№2", said("from_whom.none"))
    assert [bool(one) for one in said_by(forum)] == [True, False]


async def test_an_office_leaves_the_list_and_stays_where_it_is_said(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед")
    await from_an_office(organizer)
    await organizer.press("aj:1:")
    await organizer.press("🗑", await organizer.newest("aj:1:organizers"))
    await organizer.sees(said("from_whom.drop_sure", name=OFFICE["ru"]))
    await organizer.press(said("from_whom.drop_yes"))
    await organizer.sees(said("from_whom.how"))
    assert "Секретариат" not in str((await organizer.last()).buttons)
    assert line("ru", office=True) in signing.line(said_by(forum)[0], "ru")
    answer = await organizer.press_data("aj:1:0123abcd", (await organizer.last()).id)
    assert answer.text == said("from_whom.office_gone")


async def test_no_more_offices_than_a_screen_holds(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед")
    for number in range(6):
        await organizer.press("aj:1:")
        await organizer.press("ajo:1::write")
        await organizer.send(f"Отдел {number}")
        await organizer.sees("№1", f"Отдел {number}")
    await organizer.press("aj:1:")
    await organizer.telegram.idle()
    shown = await organizer.newest("aj:1:organizers")
    assert len(shown.rows) <= 8
    assert [f"Отдел {number}" in str(shown.buttons) for number in range(6)] == [False] * 2 + [True] * 4


@pytest.mark.parametrize("typed", ["А" * 101, "🏛🏛🏛", "1\n2\n3\n4", "   "])
async def test_what_is_no_name_is_refused_and_the_form_stays(forum: Forum, typed: str) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед")
    await organizer.press("aj:1:")
    await organizer.press("ajo:1::write")
    await organizer.telegram.idle()
    if typed.strip():
        await organizer.send(typed)
    else:
        await organizer.sticker()
    await organizer.telegram.idle()
    assert said_by(forum) == [""]
    await organizer.send("Секретариат")
    await organizer.sees("№1", said("from_whom.line", name="Секретариат"))


async def test_the_message_that_named_an_office_is_edited(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Обед")
    await organizer.press("aj:1:")
    await organizer.press("ajo:1::write")
    typed = await organizer.send("Секретариатт")
    await organizer.sees("№1", "Секретариатт")
    await organizer.edit(typed, "Секретариат")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("№1", said("from_whom.line", name="Секретариат"))
    assert "Секретариатт" not in said_by(forum)[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_is_as_long_as_telegram_takes_with_its_line(forum: Forum, language: str) -> None:
    organizer, delegate = await forum.organizer(language), await forum.delegate("Ася", language)
    longest = max(units(line(one)) for one in LANGUAGES)
    fits = "😀" * ((TEXT_LIMIT - 2 - longest) // 2)
    await draft(organizer, fits + "😀😀")
    await from_organizers(organizer)
    over = units(fits) + 4 + 2 + longest - TEXT_LIMIT
    assert said("card.too_long", language, count=over) in (await organizer.last()).text
    await organizer.press("ad:1:confirm")
    answer = await organizer.press("an:1:send")
    assert answer.text == said("from_whom.no_room", language, over=over)
    await organizer.press("ad:1:open")
    await organizer.press("av:1::write")
    await organizer.send(fits)
    await organizer.telegram.idle()
    assert "⚠️" not in (await organizer.last()).text
    await send_out(organizer)
    received = await delegate.sees("😀")
    assert received.text == f"{fits}\n\n{line(language)}"
    assert units(received.text) <= TEXT_LIMIT


async def test_a_caption_is_too_and_a_photo_without_words_has_the_line_alone(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_photo(PNG, "Я" * CAPTION_LIMIT)
    await organizer.sees("№1")
    await from_organizers(organizer)
    longest = max(units(line(one)) for one in LANGUAGES)
    assert said("card.too_long", count=longest + 2) in (await organizer.last()).text
    await organizer.press("av:1::write")
    await organizer.send_photo(PNG)
    await organizer.telegram.idle()
    await send_out(organizer)
    await delegate.sees(line("ru"))
    [photo] = [one for one in await bot_messages(delegate) if "photo" in one.data]
    assert photo.text == line("ru")


async def test_an_album_has_it_once_and_a_place_on_the_map_not_at_all(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_album("way", ("photo", PNG, ""), ("photo", PNG, "Вход"), ("photo", PNG, "Зал"))
    await organizer.sees("№1", "×3")
    await from_organizers(organizer)
    await organizer.press("av:1:en:write")
    await organizer.location(42.3, 69.6)
    await organizer.sees("№1", said("card.no_line"))
    english = await forum.delegate("John", "en")
    await send_out(organizer)
    await delegate.sees("Вход")
    photos = [one for one in await bot_messages(delegate) if "photo" in one.data]
    assert [one.text for one in photos] == ["", f"Вход\n\n{line('ru')}", "Зал"]
    await nothing_due(forum)
    assert any("location" in one.data for one in await bot_messages(english))
    assert line("en") not in "".join(one.text for one in await bot_messages(english))


async def test_the_mark_of_another_language_stands_before_words_and_the_line_in_ones_own(forum: Forum) -> None:
    organizer, english = await forum.organizer(), await forum.delegate("John", "en")
    await draft(organizer, "Обед")
    await organizer.press("av:1::open")
    await organizer.press("av:1:ru:name")
    await organizer.press("ad:1:open")
    await from_organizers(organizer)
    await send_out(organizer)
    assert (await english.sees("Обед")).text == f"[рус] Обед\n\n{line('en')}"


async def test_a_correction_keeps_its_line_and_is_as_long_as_fits(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await draft(organizer, "Обед в 14:00")
    await from_organizers(organizer)
    await send_out(organizer)
    got = await delegate.sees("Обед в 14:00")
    await nothing_due(forum)
    await organizer.press("ar:1:correct")
    await organizer.send("Я" * TEXT_LIMIT)
    await organizer.sees(said("announcements.will_say"))
    longest = max(units(line(one)) for one in LANGUAGES)
    assert (await organizer.press("az:1:")).text == said("from_whom.no_room", over=longest + 2)
    await organizer.press_data("ar:1:correct", (await organizer.last()).id)
    await organizer.send("Обед в 15:00")
    await organizer.sees("Обед в 15:00", said("announcements.will_say"))
    await organizer.press("av:1::staged")
    await organizer.sees(f"Обед в 15:00\n\n{line('ru')}")
    await organizer.press("az:1:")
    corrected = await delegate.sees("Обед в 15:00")
    assert (corrected.id, corrected.text) == (got.id, f"Обед в 15:00\n\n{line('ru')}")


async def test_what_was_sent_before_gets_no_line_with_a_correction(forum: Forum) -> None:
    """New announcements begin with a line by now; this one was sent without, and reads as it did."""
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await announced(forum, organizer, "Обед в 14:00", 2)
    await draft(organizer, "Другое")
    await from_an_office(organizer, 2)
    await organizer.press("aj:2:")
    await organizer.press("ajo:2::default")
    await organizer.telegram.idle()
    await organizer.press_data("ar:1:correct", (await organizer.last()).id)
    await organizer.send("Обед в 15:00")
    await organizer.press("az:1:")
    assert (await delegate.sees("Обед в 15:00")).text == "Обед в 15:00"


async def test_only_the_author_of_a_draft_chooses_and_not_after_it_went(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await draft(organizer, "Обед")
    for data in ("aj:1:organizers", "ajo:1::write", "ajo:1::default", "ajo:1:0123abcd:drop"):
        assert (await delegate.press_data(data, (await delegate.last()).id)).alert
    await send_out(organizer)
    await nothing_due(forum)
    answer = await organizer.press_data("aj:1:organizers", (await organizer.last()).id)
    assert answer.text == said("announcements.already")
    assert said_by(forum) == [""]


def test_it_is_measured_by_the_longest_line_of_its_readers() -> None:
    kept = signing.write(Text({"kk": "Кімнен: хатшылық", "ru": "От кого: секретариат"}))
    everybody = [Part("", 1, "text", "я" * TEXT_LIMIT)]
    assert signing.over(kept, everybody) == {"": 2 + len("От кого: секретариат")}
    kazakh = [*everybody, Part("kk", 2, "text", "я" * TEXT_LIMIT)]
    assert signing.over(kept, kazakh)["kk"] == 2 + len("Кімнен: хатшылық")
    assert signing.over(kept, [Part("", 1, "text", "<b>" + "&amp;" * (TEXT_LIMIT - 30) + "</b>")]) == {}
    assert signing.over("", everybody) == {}


async def test_a_draft_only_changes_its_line(forum: Forum) -> None:
    def choose(tx: Transaction) -> tuple[bool, bool]:
        number = announcements.draft(tx, 1, 7, "x", 1).number
        first = announcements.set_said_by(tx, number, '"A"')
        announcements.drop(tx, number)
        return first, announcements.set_said_by(tx, number, '"B"')

    assert await forum.db.write(choose) == (True, False)
