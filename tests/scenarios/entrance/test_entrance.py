"""Check-in at the door: a badge is scanned once, by the staff, whatever the queue does."""

from __future__ import annotations

import asyncio
import datetime as dt
import json

import pytest

from tests.conftest import Forum, fill_in, register
from tests.scenarios.entrance.doors import (
    code_of,
    here,
    open_entrance,
    own_badge,
    scan,
)
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import said
from tests.telegram import Person


async def staff_and_guest(forum: Forum) -> tuple[Person, Person, Person, str]:
    """An organizer, a moderator, a delegate and the code of the delegate's badge."""
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    guest = await forum.telegram.person("Айгүл", "kk", last_name="Серікқызы")
    await register(guest, "rd:abai")
    return organizer, moderator, guest, await own_badge(forum, guest)


async def test_a_scan_says_in_one_glance_who_has_come(forum: Forum) -> None:
    organizer, moderator, guest, code = await staff_and_guest(forum)
    assert len(code) == 16
    await moderator.look_away()
    await moderator.start(f"c_{code}")
    seen = await moderator.sees("✅", "Айгүл Серікқызы", "Область Абай", said("presence.count", here=1, people=3))
    assert [message.id for message in (await moderator.messages())[-2:]] == [seen.id - 1, seen.id]  # and nothing else
    assert here(forum) == {guest.id}
    await guest.quiet()

    await forum.at(forum.clock.now() + dt.timedelta(minutes=5))
    again = await scan(forum, organizer, code)
    assert said("presence.already", at="09:15") in again.text
    assert said("presence.by", name="Марат") in again.text
    assert "Айгүл Серікқызы" in again.text
    [row] = tables(forum.folder)["badges"]
    assert (row["used_by"], row["used_at"]) == (moderator.id, forum.clock.seconds() - 300)


@pytest.mark.parametrize("known", [True, False])
async def test_a_stranger_and_the_guest_themself_learn_nothing_and_change_nothing(forum: Forum, known: bool) -> None:
    _, _, guest, code = await staff_and_guest(forum)
    stranger = await forum.delegate("Ася", "ru")
    given = code if known else "x" * 16
    for person, language in ((stranger, "ru"), (guest, "kk")):
        message = await scan(forum, person, given)
        assert message.text == said("presence.show_it", language)
        assert message.buttons == []
    assert here(forum) == set()
    assert [row["used_at"] for row in tables(forum.folder)["badges"]] == [None]


async def test_staff_do_not_let_themselves_in(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await scan(forum, organizer, await own_badge(forum, organizer))
    assert message.text == said("presence.show_it")
    assert here(forum) == set()


async def test_a_guest_who_is_not_registered_is_told_after_registration(forum: Forum) -> None:
    *_, code = await staff_and_guest(forum)
    passer_by = await forum.telegram.person("Прохожий", "ru")
    await passer_by.start(f"c_{code}")
    await passer_by.press("осмотреться")
    await passer_by.sees("/start")
    await fill_in(passer_by, "rd:abai")
    await passer_by.sees(said("presence.show_it"))
    assert here(forum) == set()


async def test_two_scanners_at_once_let_in_once(forum: Forum) -> None:
    organizer, moderator, _, code = await staff_and_guest(forum)
    await organizer.look_away()
    await moderator.look_away()
    await asyncio.gather(organizer.start(f"c_{code}"), moderator.start(f"c_{code}"))
    await forum.telegram.idle()
    first, second = [(await person.last()).text for person in (organizer, moderator)]
    assert sorted(("✅" in first, "✅" in second)) == [False, True]
    assert sorted(("⚠️" in first, "⚠️" in second)) == [False, True]


async def test_a_wrong_scan_is_taken_back_with_one_tap_by_who_made_it(forum: Forum) -> None:
    organizer, moderator, guest, code = await staff_and_guest(forum)
    other = await forum.moderator(organizer, "Ержан")
    scanned = await scan(forum, moderator, code)
    seen = await scan(forum, other, code)
    assert seen.buttons == []  # not theirs to take back
    data = f"ck:{guest.id}:{forum.clock.seconds()}"
    assert (await other.press_data(data, seen.id)).text == said("refusal.not_organizer")
    assert here(forum) == {guest.id}
    await moderator.press(said("presence.take_back"), scanned)
    await moderator.sees(said("presence.taken_back", name="Айгүл Серікқызы"))
    assert here(forum) == set()
    assert (await moderator.press_data(data, scanned.id)).text == said("presence.taken_back_already")

    await forum.at(forum.clock.now() + dt.timedelta(minutes=1))
    assert "✅" in (await scan(forum, other, code)).text
    # The old button is about the old scan.
    assert (await moderator.press_data(data, scanned.id)).text == said("presence.taken_back_already")
    assert here(forum) == {guest.id}
    assert "arrival_taken_back" in {row["deed"] for row in tables(forum.folder)["audit"]}
    assert traces(forum.folder, "Айгүл") == ["participants.name"]


async def test_who_said_so_themselves_stays_when_a_scan_is_taken_back(forum: Forum) -> None:
    organizer, _, guest, code = await staff_and_guest(forum)
    await open_entrance(organizer)
    await organizer.press("go:checkin")
    link = await organizer.sees("?start=p_")
    await guest.start(link.text.split("?start=")[1].split()[0])
    await guest.sees(said("presence.here", "kk"))
    await forum.at(forum.clock.now() + dt.timedelta(minutes=10))
    scanned = await scan(forum, organizer, code)
    assert "✅" in scanned.text
    await organizer.press(said("presence.take_back"), scanned)
    await organizer.sees("👤", said("presence.here_since", at="26 ноября, 09:15"))
    assert here(forum) == {guest.id}


async def test_a_lost_badge_is_void_at_once_and_who_is_here_stays(forum: Forum) -> None:
    organizer, moderator, guest, code = await staff_and_guest(forum)
    await scan(forum, moderator, code)
    await organizer.look_away()
    await open_entrance(organizer)
    await organizer.press("go:find")
    await organizer.sees("🔍")
    await organizer.send("айгул сер")  # without Kazakh characters
    await organizer.sees(said("presence.found"))
    await organizer.press("Айгүл")
    await organizer.sees("👤", "Айгүл Серікқызы", said("presence.by", name="Марат"))
    await organizer.press("bdr:")
    await organizer.sees("?", "Айгүл")
    assert code_of(forum, guest) == code
    await organizer.press(said("badges.reissue_yes"))
    assert (await organizer.toast()).text == said("badges.reissued")
    fresh = code_of(forum, guest)
    assert fresh != code
    assert (await scan(forum, moderator, code)).text == said("presence.no_such_badge")
    assert said("presence.already", at="09:15") in (await scan(forum, moderator, fresh)).text
    assert await own_badge(forum, guest) == fresh
    assert traces(forum.folder, code) == []


async def test_who_comes_without_a_badge_is_found_by_name_and_let_in(forum: Forum) -> None:
    organizer = await forum.organizer()
    guest = await forum.delegate("Нұрлан", "kk")
    await open_entrance(organizer)
    await organizer.press("go:find")
    await organizer.sees("🔍")
    await organizer.sticker()
    await organizer.sees(said("moderation.text_only"))
    for typed, words in (
        ("никто", "presence.found_nobody"),
        ("...", "presence.found_nobody"),
        ("nurl", "presence.found"),
    ):
        await organizer.send(typed)
        await organizer.sees(said(words))
    await organizer.press("ckf:")
    await organizer.sees("👤", said("presence.not_here"))
    await organizer.press("cki:")
    seen = await organizer.sees("✅", "Нұрлан")
    assert here(forum) == {guest.id}
    assert said("presence.next") in seen.buttons
    await organizer.press(said("presence.take_back"), seen)
    await organizer.sees("👤", said("presence.not_here"))
    assert here(forum) == set()


async def test_who_is_here_by_delegation(forum: Forum) -> None:
    organizer, moderator, guest, code = await staff_and_guest(forum)
    await scan(forum, moderator, code)
    entrance = await open_entrance(organizer)
    assert said("presence.count", here=1, people=3) in entrance.text
    await organizer.press("go:present")
    listed = await organizer.sees("👥", said("presence.count", here=1, people=3))
    names = {one.code: one.name.say("ru") for one in forum.programme.delegations}
    assert f"● {names['abai']} — 1/1" in listed.text
    assert f"○ {names['shymkent']} — 0/2" in listed.text
    assert here(forum) == {guest.id}
    await guest.send("/forget")
    await guest.press("fg:1")
    await at_rest(forum)
    await organizer.press("ckp:0")
    refreshed = await organizer.sees("👥", said("presence.count", here=0, people=2))
    assert names["abai"] not in refreshed.text


async def test_a_badge_is_in_my_data_and_goes_with_forget(forum: Forum) -> None:
    _, moderator, guest, code = await staff_and_guest(forum)
    await scan(forum, moderator, code)
    for person, key in ((guest, "badge"), (moderator, "let_in")):
        await person.send("/mydata")
        file = (await person.sees("/forget")).document
        assert file is not None
        data = json.loads(await forum.telegram.file(file["file_id"]))
        assert data[key]
        assert str((moderator if person is guest else guest).id) not in json.dumps(data[key])
    await moderator.send("/forget")
    await moderator.press("fg:1")
    await at_rest(forum)
    [row] = tables(forum.folder)["badges"]
    assert (row["person"], row["used_by"]) == (guest.id, None)
    assert here(forum) == {guest.id}
    await guest.send("/forget")
    await guest.press("fg:1")
    await at_rest(forum)
    assert tables(forum.folder)["badges"] == []
    assert traces(forum.folder, code, guest.id) == []


async def test_a_moderator_reads_at_the_entrance_how_to_scan_and_all_else_is_for_organizers(forum: Forum) -> None:
    organizer, moderator, guest, code = await staff_and_guest(forum)
    opened = await open_entrance(moderator)
    assert said("presence.count", here=0, people=3) in opened.text
    assert said("presence.how") in opened.text
    assert said("presence.without_badge") in opened.text
    assert opened.buttons == [said("presence.again")]
    await scan(forum, moderator, code)
    await moderator.press(said("presence.again"), opened)
    await moderator.sees("🎫", said("presence.count", here=1, people=3))
    await guest.look_away()
    await guest.send("/entrance")
    refused = await guest.sees(said("refusal.not_moderator", "kk"))
    assert (await guest.press_data("go:entrance", refused.id)).text == said("refusal.not_moderator", "kk")
    for person, language in ((moderator, "ru"), (guest, "kk")):
        for where in ("present", "find", "checkin", "badges", "posters"):
            answer = await person.press_data(f"go:{where}", refused.id)
            assert answer.text == said("refusal.not_organizer", language)
    assert said("presence.moderators_too") in (await open_entrance(organizer)).text
    stranger = await forum.telegram.person("Гость", "ru")
    await stranger.send("/badge")
    await stranger.sees("Здравствуйте")
    assert len(tables(forum.folder)["badges"]) == 1


async def test_the_picture_on_the_phone_is_the_code_on_the_badge(forum: Forum) -> None:
    person = await forum.delegate("Айгерім", "kk")
    await person.send("/settings")
    await person.press(said("badges.own", "kk"))
    shown = await person.sees("🪪", "Айгерім", said("badges.own_how", "kk"))
    assert "photo" in shown.data
    await person.press("go:settings")
    await person.sees("⚙️")
