"""What a hall's screen shows, over HTTP, as its browser gets it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bot.texts import LANGUAGES
from storage import lines, questions, session_desks
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, vote
from tests.web.conftest import Screens, approved

EIGHT = {
    "Асан": ("Ауыз су қашан келеді?", "Жер учаскелерін кім бөледі?", "Орман өртіне не істейміз?"),
    "Үсен": ("Мектепке автобус бола ма?", "Интернет неге баяу?", "Жастарға жұмыс табыла ма?"),
    "Қасен": ("Музей жөндеуден қашан өтеді?", "Емхана кезегі азая ма?"),
}
MARKUP = "<script>alert('сәлем')</script> & <b>жуан</b>?"


async def test_a_screen_follows_the_hall(screens: Screens) -> None:
    """From the invitation to ask, over votes that change the order, to the question on stage."""
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    author, voter = await forum.delegate("Айгерім"), await forum.delegate("Болат", "en")
    async with screens.stream(session.code) as screen:
        assert (await screen.state())["view"] == "empty"
        first = await approved(author, moderator, session.code, "Бұл жоба қашан аяқталады?")
        await screen.until("list", first)
        second = await approved(author, moderator, session.code, "Есеп қайда жарияланады?")
        await screen.until("list", first, second)
        await vote(voter, session.code, second)
        state = await screen.until("list", second, first)
        assert [one["votes"] for one in state["list"]] == [1, 0]
        await screens.put_on_stage(session.code, first)
        state = await screen.until("stage", second)
        assert state["stage"]["text"] == "Бұл жоба қашан аяқталады?"
        assert "Айгерім" in state["stage"]["by"]
        assert "Шымкент" in state["stage"]["by"]


async def test_the_page_says_all_without_any_script(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Айгерім")
    number = await approved(author, moderator, session.code, "Бұл жоба қашан аяқталады?")
    await approved(author, moderator, session.code, "Есеп қайда жарияланады?")
    await screens.put_on_stage(session.code, number)
    for language in LANGUAGES:
        status, page = await screens.page(session.code, lang=language)
        assert status == 200
        assert f'<html lang="{language}">' in page
        for text in ("Бұл жоба қашан аяқталады?", "Есеп қайда жарияланады?", said("hall.stage", language)):
            assert text in page
        assert session.title.say(language) in page


async def test_what_people_write_is_text_and_nothing_else(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    number = await approved(await forum.delegate("<i>Айгерім</i>"), moderator, session.code, MARKUP)
    await screens.put_on_stage(session.code, number)
    _, page = await screens.page(session.code)
    assert "alert(" in page
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert (await screens.state(session.code))["stage"]["text"] == MARKUP


async def test_an_anonymous_author_is_nowhere(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Гүлнұр", last_name="Тасқынбаева")
    await author.start(f"q_{session.code}")
    await author.press(f"qa:{session.code}:1")
    await author.send("Неге бұл туралы ешкім айтпайды?")
    receipt = await author.sees("🧾")
    number = int(receipt.text.split("№")[1].split()[0])
    await moderator.sees("Неге бұл туралы")
    await moderator.press(f"kd:{number}:approve")
    async with screens.stream(session.code) as screen:
        listed = await screen.until("list", number)
        await screens.put_on_stage(session.code, number)
        staged = await screen.until("stage")
    _, page = await screens.page(session.code)
    for shown in (json.dumps([listed, staged], ensure_ascii=False), page):
        assert "Неге бұл туралы" in shown
        for trace in ("Гүлнұр", "Тасқынбаева", "Шымкент", str(author.id)):
            assert trace not in shown


async def test_no_browser_is_let_out_of_the_page(screens: Screens) -> None:
    for path in (f"hall/{screens.session.code}", f"hall/{screens.session.code}/state", "hall/nowhere", "hall.js"):
        async with screens.http.get(f"{screens.url}/{path}") as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "*" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in answer.headers


async def test_an_address_without_a_screen_says_so_in_three_languages(screens: Screens) -> None:
    pause = next(one for one in screens.forum.programme.sessions if one.is_break)
    for place in ("nowhere", pause.code, "%3Cscript%3E"):
        status, page = await screens.page(place)
        assert status == 404
        for language in LANGUAGES:
            assert said("hall.missing", language) in page
        async with screens.http.get(f"{screens.url}/hall/{place}/events") as answer:
            assert answer.status == 404


async def test_time_alone_changes_a_screen(screens: Screens) -> None:
    session = screens.session
    async with screens.stream(session.code) as screen:
        before = await screen.state()
        assert said("hall.soon") in before["words"]["ru"]["when"]
        await screens.during(session)
        during = await screen.state()
        assert said("hall.soon") not in during["words"]["ru"]["when"]
        await screens.forum.at(session.end)
        assert (await screen.until("over"))["words"]["en"]["message"] == said("hall.over", "en")


async def test_a_room_shows_what_is_on_in_it_and_else_what_comes_next(screens: Screens) -> None:
    programme = screens.forum.programme
    room, held = next(
        (one.code, found)
        for one in programme.rooms
        if len(found := [s for s in programme.in_room(one.code) if not (s.is_break or s.cancelled)]) > 1
    )
    first, second = held[:2]
    await screens.during(first)
    async with screens.stream(room) as screen:
        assert (await screen.state())["words"]["kk"]["title"] == first.title.say("kk")
        await screens.forum.at(first.end)
        after = await screen.state()
        assert after["words"]["kk"]["title"] == second.title.say("kk")
        await screens.forum.at(held[-1].end + dt.timedelta(hours=1))
        assert (await screen.until("over"))["words"]["kk"]["title"] == held[-1].title.say("kk")


async def test_a_session_that_runs_over_its_time_stays_while_something_is_on_stage(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    number = await approved(await forum.delegate(), moderator, session.code, "Бұл жоба қашан аяқталады?")
    await screens.put_on_stage(session.code, number)
    await forum.at(session.end)
    state = await screens.state(session.code)
    assert (state["view"], state["stage"]["number"]) == ("stage", number)
    await forum.at(session.end + dt.timedelta(hours=2, minutes=1))
    assert (await screens.state(session.code))["view"] == "over"


@pytest.mark.parametrize("state", [questions.DECLINED, questions.WITHDRAWN])
async def test_what_is_no_longer_public_is_not_on_stage(screens: Screens, state: str) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    number = await approved(await forum.delegate(), moderator, session.code, "Бұл жоба қашан аяқталады?")
    await screens.put_on_stage(session.code, number)
    await forum.db.write(
        questions.decide,
        number,
        expected=questions.APPROVED,
        state=state,
        moderator=moderator.id,
        now=forum.clock.seconds(),
    )
    found = await screens.state(session.code)
    assert (found["view"], found["stage"], found["list"]) == ("empty", None, [])


async def test_five_lead_and_the_others_are_counted(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    numbers = []
    for name, asked in EIGHT.items():
        author = await forum.delegate(name)
        numbers += [await approved(author, moderator, session.code, text) for text in asked]
    state = await screens.state(session.code)
    assert [one["number"] for one in state["list"]] == numbers[:5]
    assert state["words"]["ru"]["more"] == said("hall.more", "ru", 3)
    await screens.put_on_stage(session.code, numbers[0])
    state = await screens.state(session.code)
    assert [one["number"] for one in state["list"]] == numbers[1:4]
    assert state["words"]["ru"]["more"] == said("hall.more", "ru", 4)
    skipped = tables(forum.folder)["questions"][1]
    await forum.db.write(questions.skip, numbers[1], skipped["revision"])
    assert [one["number"] for one in (await screens.state(session.code))["list"]] == numbers[2:5]


async def test_the_list_stands_in_the_desks_order_and_says_so(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    await screens.during(session)
    moderator = await forum.moderator(await forum.organizer())
    author, voter = await forum.delegate("Айгерім"), await forum.delegate("Болат")
    first = await approved(author, moderator, session.code, "Бұл жоба қашан аяқталады?")
    second = await approved(author, moderator, session.code, "Есеп қайда жарияланады?")
    await vote(voter, session.code, second)
    async with screens.stream(session.code) as screen:
        by_votes = await screen.until("list", second, first)
        await forum.db.write(session_desks.set_sorting, session.code, lines.BY_TIME)
        by_time = await screen.until("list", first, second)
    assert by_votes["words"]["ru"]["leading"] == said("hall.leading")
    assert by_time["words"]["ru"]["leading"] == said("hall.line")
