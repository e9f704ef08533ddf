"""What organizers see of the ratings: numbers, words and pictures, and nobody's name."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image
from python_calamine import CalamineWorkbook

from bot.actions import outgoing
from bot.actions.agenda import ratings
from bot.programme.model import Session
from storage import ratings as records
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, sessions, star
from tests.telegram import Message, Person


async def rated(forum: Forum, session: Session, *given: tuple[int, str], start: int = 9000) -> None:
    """So many stars and words of people who are in the hall, but not in this test."""

    def put(tx: Transaction) -> None:
        for person, (stars, word) in enumerate(given, start):
            records.rate(tx, session.code, person, stars=stars, now=1)
            records.set_word(tx, session.code, person, word)

    await forum.db.write(put)


async def picture(forum: Forum, message: Message) -> Image.Image:
    assert message.photo is not None
    return Image.open(io.BytesIO(await forum.telegram.file(message.photo["file_id"])))


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    counted = image.convert("RGB").getcolors(1 << 20)
    assert counted is not None
    return {colour for _, colour in counted if isinstance(colour, tuple)}


async def open_ratings(organizer: Person) -> Message:
    await organizer.send("/stats")
    shown = await organizer.sees("📊")
    await organizer.press("rtl:p:0", shown)
    return await organizer.sees(said("ratings.title", organizer.data["language_code"]))


async def test_three_people_rate_and_the_organizer_reads_it_without_their_names(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    session = sessions(forum)[0]
    people = [await forum.delegate(name, "ru") for name in ("Сергей", "Ольга", "Тимур")]
    for person in people:
        await star(person, session)
    await forum.at(session.end)
    await organizer.send("/stats")
    await organizer.press("rtl:p:0")
    await organizer.sees(said("ratings.no_results", "en"))
    await forum.telegram.clock(by=ratings.DELAY)
    for person, stars in zip(people, (5, 4, 2), strict=True):
        request = await person.sees(said("ratings.how"))
        await person.press(f"rt:{session.code}:{stars}", request)
        await person.sees(said("ratings.thanks", stars=stars))
    await people[2].press("rtw:")
    await people[2].sees("✍️")
    await people[2].send("Было душно")
    await people[2].sees("Было душно")

    listed = await open_ratings(organizer)
    assert said("ratings.count", "en", n=3) in listed.text
    assert listed.buttons[0].startswith("3.7 (3) · ")
    await organizer.press(f"rts:{session.code}:0:p:0", listed)
    shown = await organizer.sees(said("ratings.mean", "en", mean="3.7", most=5), "Было душно")
    assert shown.id == listed.id
    assert "5 ████████████ 1\n4 ████████████ 1\n3 0\n2 ████████████ 1\n1 0" in shown.text
    for person in people:
        assert person.data["first_name"] not in shown.text
        assert str(person.id) not in shown.text
    await organizer.press("rtl:p:0", shown)
    await organizer.sees(said("ratings.legend", "en", fewest=3))
    await organizer.press("go:stats")
    await organizer.sees("📊")


async def test_of_fewer_than_three_only_the_number_is_shown(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    session = sessions(forum)[0]
    await rated(forum, session, (1, "Скучно"), (5, ""))
    listed = await open_ratings(organizer)
    assert listed.buttons[0].startswith("2 · ")
    await organizer.press("rts:", listed)
    shown = await organizer.sees(said("ratings.too_few", fewest=3))
    assert "Скучно" not in shown.text
    assert "█" not in shown.text
    await organizer.press_data("rtf", shown.id)
    sheet = await organizer.sees(said("ratings.file_caption"))
    assert sheet.document is not None
    rows = read(await forum.telegram.file(sheet.document["file_id"]))
    assert rows[1][3:] == [2, "", "", "", "", "", "", ""]
    await organizer.press_data("rtp:p:0", shown.id)
    assert "(2)" in (await organizer.sees("(2)")).text

    await rated(forum, session, (3, "Нормально"), start=9100)
    await organizer.press_data(f"rts:{session.code}:0:p:0", shown.id)
    assert "Скучно" in (await organizer.sees("3,0", "Нормально")).text


def read(content: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()]


async def test_the_list_turns_sorts_and_becomes_a_picture_and_a_sheet(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    held = sessions(forum)[:12]
    for number, session in enumerate(held):
        await rated(forum, session, *[(1 + number % 5, f"Пікір {number}.{one}") for one in range(3)])
    listed = await open_ratings(organizer)
    assert next(label for label in listed.buttons if " (3) · " in label).startswith("1,0 (3)")
    await organizer.press("rtl:m:0", listed)
    best = await organizer.sees(said("ratings.title", "kk"))
    marks = [label[:3] for label in best.buttons if " (3) · " in label]
    assert marks == ["5,0", "5,0", "4,0", "4,0", "3,0"]
    await organizer.press("rtp:m:0", best)
    photo = await organizer.sees("5,0", "3,0")
    image = await picture(forum, photo)
    assert image.size[0] == 1280
    assert image.size[1] > 5 * 100
    assert len(colours(image)) > 10  # characters have soft edges: a picture without words has a handful
    await organizer.press("rtl:m:1", best)
    last = await organizer.sees(said("ratings.title", "kk"))
    assert [label[:3] for label in last.buttons if " (3) · " in label] == ["3,0", "2,0", "2,0", "2,0", "1,0"]
    await organizer.press("rtf", last)
    sheet = await organizer.sees(said("ratings.file_caption", "kk"))
    assert sheet.document is not None
    heads, *rows = read(await forum.telegram.file(sheet.document["file_id"]))
    assert heads == said("ratings.columns", "kk").split("|")
    assert [row[1] for row in rows] == [session.title.say("kk") for session in held]
    assert rows[1][3:] == [3, 2, 0, 0, 0, 3, 0, "2 · Пікір 1.0\n2 · Пікір 1.1\n2 · Пікір 1.2"]


async def test_words_do_not_stand_in_the_order_in_which_they_came(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    session = sessions(forum)[0]
    words = [(3, "Яркий финал"), (3, "А звук плохой"), (5, "Спасибо"), *[(1, f"Слово {one}") for one in range(4)]]
    await rated(forum, session, *words)
    listed = await open_ratings(organizer)
    await organizer.press("rts:", listed)
    shown = await organizer.sees("Спасибо")
    places = [shown.text.index(word) for word in ("Спасибо", "А звук плохой", "Яркий финал", "Слово 0")]
    assert places == sorted(places)
    await organizer.press(f"rts:{session.code}:1:p:0", shown)
    assert "Слово 3" in (await organizer.sees("Слово 2")).text


async def test_ratings_of_a_session_that_is_gone_are_still_there(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    gone = replace(sessions(forum)[0], code="gone")
    await rated(forum, gone, *[(4, "")] * 3)
    listed = await open_ratings(organizer)
    await organizer.press("4,0 (3) · gone", listed)
    shown = await organizer.sees("4,0")
    for data in ("rtp:p:0", "rtf"):
        assert not (await organizer.press_data(data, shown.id)).alert


async def test_registrations_become_two_pictures_with_their_numbers_in_words(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    await forum.delegate("Айгерім", "kk")
    await organizer.send("/stats")
    shown = await organizer.sees("📊")
    await organizer.press("spr", shown)
    delegations = await organizer.sees(said("stats.by_delegation", "en"), "City of Shymkent: 2")
    growth = await organizer.sees(said("stats.over_time", "en"), ": 2")
    for message in (delegations, growth):
        image = await picture(forum, message)
        assert image.size[0] == 1280
        assert len(colours(image)) > 10


async def test_nothing_of_it_is_for_anybody_else(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    moderator, delegate = await forum.moderator(organizer), await forum.delegate("Айгерім", "ru")
    session = sessions(forum)[0]
    await rated(forum, session, *[(2, "Тайное слово")] * 3)
    for person in (moderator, delegate):
        for data in ("rtl:p:0", f"rts:{session.code}:0:p:0", "rtp:p:0", "rtf", "spr", "go:stats"):
            await person.press_data(data, 1)
            await person.toast(said("refusal.not_organizer"))
        assert "Тайное слово" not in await person.screen()
    assert all(row["kind"] != outgoing.RatingRequest.kind for row in tables(forum.folder)["deliveries"])
