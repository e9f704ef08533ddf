"""Posters, read back from the PDF, and what their codes lead to."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import Forum
from tests.scenarios.entrance.doors import document, leads_to, open_entrance
from tests.scenarios.steps import moderator_of, said, sessions
from tests.telegram import Person


def start(forum: Forum) -> str:
    return f"https://t.me/{forum.application.hall.username}?start="


async def open_posters(organizer: Person) -> None:
    await open_entrance(organizer)
    await organizer.press("go:posters")
    await organizer.sees("🖼", said("posters.how"))


async def test_a_poster_of_a_session_says_it_in_three_languages(forum: Forum) -> None:
    organizer = await forum.organizer()
    session = sessions(forum)[0]
    await open_posters(organizer)
    await organizer.press("gpo:")
    await organizer.press(f"qrs:{session.code}")
    await organizer.sees(said("posters.which"), session.title.say("ru"))
    for leads, words in (("q", "posters.ask"), ("s", "posters.about")):
        name, [page] = await document(forum, organizer, f"qrf:{leads}:{session.code}", said("posters.caption", n=1))
        assert name == f"posters-{session.code}.pdf"
        for language in ("kk", "ru", "en"):
            assert session.title.say(language) in page.text
            assert said(words, language) in page.text
        assert f"{session.start:%d.%m.%Y · %H:%M}–{session.end:%H:%M}" in page.text
        assert f"{start(forum)}{leads}_{session.code}".removeprefix("https://") in page.text
        assert leads_to(page, f"{start(forum)}{leads}_{session.code}")


async def test_all_of_a_day_is_one_file(forum: Forum) -> None:
    organizer = await forum.organizer()
    date = forum.programme.days[0].date
    held = [one for one in sessions(forum) if one.day == date and not one.cancelled]
    await open_posters(organizer)
    _, pages = await document(forum, organizer, "qrf:sessions:", said("posters.caption", n=len(held)))
    assert [leads_to(page, f"{start(forum)}q_{one.code}") for page, one in zip(pages, held, strict=True)] == [
        True
    ] * len(held)
    rooms = [room for room in forum.programme.rooms if room.code in {one.room for one in held}]
    _, pages = await document(forum, organizer, "qrf:rooms:", said("posters.caption", n=len(rooms)))
    for page, room in zip(pages, rooms, strict=True):
        assert leads_to(page, f"{start(forum)}r_{room.code}")
        assert room.name.say("kk") in page.text
        for session in forum.programme.in_room(room.code):
            assert (f"{session.start:%H:%M}" in page.text) or session.day != date
    for data in ("qrf:sessions:20200101", "qrf:r:gone", "qrf:rooms:never", "qrf:zz:zz", "qrf:q:gone", "qr:never:0"):
        assert (await organizer.press_data(data, (await organizer.last()).id)).alert, data


async def test_the_entrance_has_its_own_poster(forum: Forum) -> None:
    organizer = await forum.organizer()
    await open_entrance(organizer)
    await organizer.press("go:checkin")
    link = (await organizer.sees("?start=p_")).text.split("https://t.me/")[1].split()[0]
    _, [page] = await document(forum, organizer, "qrf:p:", said("posters.caption", n=1))
    assert leads_to(page, f"https://t.me/{link}")


async def test_a_moderator_prints_for_their_session_only(forum: Forum) -> None:
    organizer = await forum.organizer()
    mine, other = sessions(forum)[:2]
    moderator = await moderator_of(forum, organizer, mine.code, "Марат")
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    await moderator.press_data(f"hs:{mine.code}", desk.id)
    await moderator.press("qrs:")
    shown = await moderator.sees(said("posters.which"))
    assert not [label for label in shown.buttons if mine.room and "Зал" in label and "🖨" in label]
    _, [page] = await document(forum, moderator, f"qrf:q:{mine.code}", said("posters.caption", n=1))
    assert leads_to(page, f"{start(forum)}q_{mine.code}")
    for data in (f"qrf:q:{other.code}", f"qrs:{other.code}"):
        assert (await moderator.press_data(data, shown.id)).text == said("refusal.not_moderator")
    for data in (f"qrf:r:{mine.room}", "qrf:p:", "qrf:sessions:20261126", "qr:20261126:0"):
        assert (await moderator.press_data(data, shown.id)).text == said("refusal.not_organizer"), data


@pytest.mark.parametrize("registered", [True, False])
async def test_a_rooms_code_leads_to_what_is_on_there(forum: Forum, registered: bool) -> None:
    session = next(one for one in sessions(forum) if one.room)
    assert session.room is not None
    await forum.at(session.start + dt.timedelta(minutes=1))
    person = await (forum.delegate("Ася", "ru") if registered else forum.telegram.person("Гость", "ru"))
    await person.start(f"r_{session.room}")
    if not registered:
        await person.press("осмотреться")
    shown = await person.sees("📍", said("posters.now"), session.title.say("ru"))
    following = next(
        one for one in forum.programme.in_room(session.room) if one.start >= session.end and not one.is_break
    )
    assert following.title.say("ru") in shown.text
    await person.press(f"s:{session.code}")
    await person.sees("🕒", session.title.say("ru"))
    if registered:
        await person.start(f"r_{session.room}")
        await person.press(f"q:{session.code}")
        await person.sees("✋")
        await person.start("r_gone")
        await person.sees(said("fallback.bad_link"))


async def test_between_sessions_a_rooms_code_leads_to_the_next_and_after_all_to_the_last(forum: Forum) -> None:
    held = [one for one in sessions(forum) if one.room == sessions(forum)[0].room and not one.cancelled]
    person = await forum.delegate("Ася", "ru")
    await forum.at(held[0].start - dt.timedelta(minutes=30))
    await person.start(f"r_{held[0].room}")
    shown = await person.sees("📍", said("posters.next"), held[0].title.say("ru"), held[1].title.say("ru"))
    assert said("posters.now") not in shown.text
    await forum.at(held[-1].end + dt.timedelta(hours=5))
    await person.look_away()
    await person.start(f"r_{held[0].room}")
    shown = await person.sees("📍", said("posters.over"), held[-1].title.say("ru"))
    assert f"q:{held[-1].code}" not in str(shown.data)
