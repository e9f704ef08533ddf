"""The organizers' board: what it says is so a moment after somebody has acted, in one message, without a sound."""

from __future__ import annotations

import asyncio
import datetime as dt

import aiohttp
import pytest

from bot.actions.publishing import watches
from bot.delivery import board as delivery
from bot.views.staff.way_back import MOST
from storage import participants, programme_watches
from storage.deliveries import UNSURE
from tests.conftest import TOKEN, Forum, Running
from tests.scenarios.announcements.announcing import draft, second_organizer
from tests.scenarios.moderation.groups import NO_TOPICS, group_of
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.staff.boards import edits, followed, looks, now_says, open_board
from tests.scenarios.steps import announce, ask, at, now_in, outbox, said, sessions, until
from tests.telegram import Person

CALM = said("board.calm")
OPENING = "opening"


@pytest.fixture(autouse=True)
def quick_boards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A board is brought up to date more often than a person needs it."""
    monkeypatch.setattr(delivery, "EVERY", 0.1)
    monkeypatch.setattr(delivery, "SETTLE", 0.05)


def slow_boards(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing is edited again, however much happens."""
    monkeypatch.setattr(delivery, "EVERY", 3600.0)


def review(count: int, oldest: str, language: str = "ru") -> str:
    return said("board.review", language, count=count, oldest=oldest)


async def arrive(forum: Forum, *people: Person) -> None:
    """People come in one after the other, each in a transaction of its own."""
    for person in people:
        await forum.db.write(participants.arrive, person.id, forum.clock.seconds())


def here(count: int, people: int, language: str = "ru") -> str:
    return said("presence.count", language, here=count, people=people)


# Who has one


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_an_organizer_opens_it_by_command_and_from_the_organizers_screen(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    board = await open_board(organizer, language)
    assert said("board.calm", language) in board.text
    assert here(0, 1, language) in board.text
    assert len(board.rows) <= MOST
    await organizer.send("/staff")
    staff = await organizer.sees("🗝")
    await organizer.press(said("board.open", language), staff)
    await organizer.sees(said("board.calm", language))
    assert followed(forum)[-1] == (organizer.id, staff.id, 0)


async def test_nobody_else_has_one_and_is_told_who_may(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate("Ася", "ru")
    for person in (moderator, delegate):
        await person.look_away()
        await person.send("/board")
        message = await person.sees(said("refusal.not_organizer"))
        for data in ("ob", "obd"):
            answer = await person.press_data(data, message.id)
            assert (answer.text, answer.alert) == (said("refusal.not_organizer"), True)
        assert "board" not in person.commands
    assert followed(forum) == []


# What it says


async def test_a_question_waits_from_its_asking_to_the_decision(forum: Forum) -> None:
    organizer, author = await forum.organizer(), await forum.delegate()
    board = await open_board(organizer)
    await ask(author, OPENING, "Қашан басталады?")
    shown = await organizer.sees(review(1, "09:15"))
    assert shown.id == board.id
    assert CALM not in shown.text
    await forum.at(at(forum, "09:20"))
    await ask(author, sessions(forum)[3].code, "Тағы бір сұрақ бар ма?")
    shown = await organizer.sees(review(2, "09:15"))
    assert shown.button("go:desk")
    await organizer.press("kd:1:approve")
    shown = await organizer.sees(review(1, "09:20"))
    assert shown.button(f"ks:{sessions(forum)[3].code}")
    await organizer.press("kd:2:decline")
    await organizer.press("kr:2:none")
    await organizer.sees(said("board.title"), CALM)


async def test_what_has_no_answer_when_its_session_is_over(forum: Forum) -> None:
    organizer, author = await forum.organizer(), await forum.delegate()
    session = sessions(forum)[0]
    await ask(author, session.code, "Үлгереміз бе?")
    board = await open_board(organizer)
    assert review(1, "09:15") in board.text
    await forum.at(session.end + dt.timedelta(seconds=1))
    shown = await organizer.sees(said("board.left", count=1, sessions=1))
    assert said("board.review_key", count=1) not in shown.buttons
    await organizer.press(said("board.left_key", count=1), shown)
    await organizer.sees(said("left.title"))


async def test_who_comes_and_who_registers_is_counted(forum: Forum) -> None:
    organizer = await forum.organizer()
    await open_board(organizer)
    people = [await forum.delegate(name, "ru") for name in ("Ася", "Берік")]
    await organizer.sees(here(0, 3))
    await arrive(forum, people[0])
    await organizer.sees(here(1, 3))
    await people[1].send("/forget")
    await people[1].press("fg:1")
    await organizer.sees(here(1, 2))


async def test_a_hall_that_is_late_is_named_until_it_has_caught_up(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:19"))
    board = await open_board(organizer)
    await organizer.send("/now")
    now = await organizer.sees("10:10")
    await organizer.press(f"rnm:{OPENING}:start", now)
    shown = await organizer.sees(said("board.late"), "+9", "≈10:39")
    assert shown.id == board.id
    await organizer.press(f"rnp:{OPENING}", shown)
    page = await organizer.sees("≈10:39")
    assert page.id == board.id
    await organizer.press("rnu:", page)
    await forum.telegram.idle()
    assert "≈10:39" not in await now_says(organizer, board)
    await organizer.press(said("board.back"), board)
    await organizer.sees(said("board.title"), CALM)


async def test_the_draft_s_steps_and_whose_they_are(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer, "Алия")
    await open_board(organizer)
    for person in (organizer, helper):
        await person.send("/programme")
        desk = await person.sees("🗂")
        await person.press_data(f"pes:{OPENING}:time:0", desk.id)
        await person.press("peh:", desk)
    shown = await organizer.sees("Динара 1", "Алия 1")
    assert said("programme.steps", n=2) in shown.text
    await organizer.press("go:draft", shown)
    await organizer.sees(said("draft.comes"))
    assert (await now_in(organizer, shown)).button("ob")


async def test_what_is_scheduled_with_its_time_and_whom_it_is_for(forum: Forum) -> None:
    organizer = await forum.organizer()
    await open_board(organizer)
    await draft(organizer, "Автобусы у входа")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:30")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    shown = await organizer.sees(said("board.coming"), "09:45", said("audience.everybody"), "Автобусы у входа")
    assert shown.button("ad:1:open")
    await organizer.press("ad:1:back")
    await organizer.sees(said("board.title"), CALM)


async def test_what_waits_for_approval_leads_there_and_back(approving: None, forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer, "Алия")
    board = await open_board(helper)
    await announce(organizer, "Обед в 13:00")
    await organizer.press("an:1:send")
    shown = await helper.sees(said("board.waits"), "Обед в 13:00")
    assert shown.id == board.id
    await helper.press(said("board.approve_key", count=1), shown)
    await forum.telegram.idle()
    opened = await now_in(helper, board)
    assert said("announcements.state_asked") in opened.text
    assert opened.button("ob")
    await helper.press("ay:1:", opened)
    await until(lambda: tables(forum.folder)["announcements"][0]["finished_at"] is not None)
    await forum.telegram.idle()
    opened = await now_in(helper, board)
    assert "2/2" in opened.text
    await helper.press(said("board.back"), opened)
    await forum.telegram.idle()
    assert CALM in await now_says(helper, board)


async def test_a_message_of_which_nobody_knows_whether_it_arrived(forum: Forum) -> None:
    organizer = await forum.organizer()
    delegate = await forum.delegate("Ася", "ru")
    await open_board(organizer)
    await announce(organizer, "Дойдёт ли?")
    async with forum.telegram.held(method="sendMessage", chat=delegate.id, after=True) as hold:
        await organizer.press("an:1:send")
        await hold.reached()
        await hold.release(0)
    await until(lambda: any(row["state"] == UNSURE for row in outbox(forum, "announcement")))
    shown = await organizer.sees(said("board.failed"), said("board.lost", failed=0, unsure=1, last="09:15"))
    assert shown.button("go:outbox")


async def test_a_watched_address_that_fails_until_it_does_not(forum: Forum) -> None:
    organizer = await forum.organizer()
    address, now = "https://schedule.kz/forum.xml", forum.clock.seconds()
    await forum.db.write(programme_watches.put, address, mark="", digest="", taken={}, set_by=organizer.id, now=now)
    await open_board(organizer)
    fault = {"key": "watch.status", "fields": {"status": 500}}
    await forum.db.write(watches.failed, address, fault, at_once=False, now=now)
    shown = await organizer.sees(said("board.watch_fails", host="schedule.kz"))
    assert shown.button("go:watch")
    await forum.db.write(watches.same, address, "", now)
    await organizer.sees(said("board.title"), CALM)


async def test_a_group_in_which_the_bot_lacks_a_right(forum: Forum) -> None:
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer)
    await open_board(organizer)
    await forum.telegram.standing(organizer, chat, "administrator", NO_TOPICS)
    shown = await organizer.sees("Модераторлар: " + said("group.lacks_topics"), said("board.failed"))
    assert shown.button("go:group")
    await forum.telegram.standing(organizer, chat, "administrator")
    await organizer.sees(said("board.title"), CALM)


# How often


async def test_ten_who_come_at_once_make_one_edit(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SETTLE", 1.0)
    organizer = await forum.organizer()
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(10)]
    await open_board(organizer)
    await looks(forum)
    before = await edits(forum, organizer)
    await arrive(forum, *people)
    await organizer.sees(here(10, 11))
    await looks(forum)
    assert await edits(forum, organizer) == before + 1


async def test_what_says_nothing_new_is_not_edited(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    board = await open_board(organizer)
    await looks(forum)
    before = await edits(forum, organizer)
    for _ in range(29):
        await forum.at(forum.clock.now() + dt.timedelta(minutes=1))
        await looks(forum)
    await delegate.start(f"s_{OPENING}")
    await delegate.press(f"b:{OPENING}:1:")
    await looks(forum)
    assert await edits(forum, organizer) == before
    assert said("board.as_of", at="09:15") in await now_says(organizer, board)
    await arrive(forum, delegate)
    await organizer.sees(here(1, 2), said("board.as_of", at="09:44"))
    assert await edits(forum, organizer) == before + 1


async def test_it_is_edited_no_sooner_than_it_may_be(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    slow_boards(monkeypatch)
    board = await open_board(organizer)
    before = await edits(forum, organizer)
    await arrive(forum, delegate)
    await looks(forum)
    assert await edits(forum, organizer) == before
    assert here(0, 2) in await now_says(organizer, board)
    monkeypatch.setattr(delivery, "EVERY", 0.1)
    await looks(forum)
    assert here(1, 2) in await now_says(organizer, board)


async def test_it_makes_no_sound_and_no_message(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await open_board(organizer)
    shown = len([one for one in await organizer.messages() if one.from_bot])
    rows = len(tables(forum.folder)["deliveries"])
    await arrive(forum, delegate)
    await organizer.sees(here(1, 2))
    assert len([one for one in await organizer.messages() if one.from_bot]) == shown
    assert len(tables(forum.folder)["deliveries"]) == rows


# When Telegram is slow, or refuses


async def test_what_happens_during_an_edit_comes_with_the_next(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(4)]
    await open_board(organizer)
    await looks(forum)
    before = await edits(forum, organizer)
    async with forum.telegram.held(method="editMessageText", chat=organizer.id) as hold:
        await arrive(forum, people[0])
        await hold.reached()
        await arrive(forum, *people[1:])
        await looks(forum)
    await organizer.sees(here(4, 5))
    await looks(forum)
    assert await edits(forum, organizer) == before + 2


async def test_a_chat_that_is_held_up_holds_up_no_other(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer, "Алия", "en")
    delegate = await forum.delegate("Ася", "ru")
    for person, language in ((organizer, "ru"), (helper, "en")):
        await open_board(person, language)
    async with forum.telegram.held(method="editMessageText", chat=organizer.id) as hold:
        await arrive(forum, delegate)
        await hold.reached()
        await helper.sees(here(1, 3, "en"))
    await organizer.sees(here(1, 3))


async def test_after_a_refusal_for_a_while_it_is_shown_later(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await open_board(organizer)
    await looks(forum)
    before = await edits(forum, organizer)
    await forum.telegram.flood(next=1, retry_after=1)
    await arrive(forum, delegate)
    await organizer.sees(here(1, 2))
    assert await edits(forum, organizer) == before + 2


async def test_a_chat_that_takes_nothing_for_an_hour_is_not_tried_meanwhile(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.delegate(name, "ru") for name in ("Ася", "Берік", "Сауле")]
    await open_board(organizer)
    await looks(forum)
    before = await edits(forum, organizer)
    await forum.telegram.flood(next=1, retry_after=3600)
    for person in people:
        await arrive(forum, person)
        await looks(forum)
    assert await edits(forum, organizer) == before + 1


async def test_what_did_not_arrive_is_shown_with_the_next_try(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await open_board(organizer)
    await forum.telegram.fault(method="editMessageText", next=2, status=502)
    await arrive(forum, delegate)
    await organizer.sees(here(1, 2))


async def test_one_that_was_deleted_is_followed_no_more(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    board = await open_board(organizer)
    async with aiohttp.ClientSession() as session:
        gone = {"chat_id": organizer.id, "message_id": board.id}
        await session.post(f"{forum.url}/bot{TOKEN}/deleteMessage", data=gone)
    await arrive(forum, delegate)
    await until(lambda: followed(forum) == [])
    await organizer.look_away()
    await organizer.send("/board")
    await organizer.sees(here(1, 2))


async def test_whoever_has_blocked_the_bot_is_left_alone_until_they_are_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.delegate(name, "ru") for name in ("Ася", "Берік")]
    board = await open_board(organizer)
    await organizer.block()
    await arrive(forum, people[0])
    await until(lambda: any(row["blocked_at"] for row in tables(forum.folder)["participants"]))
    before = await edits(forum, organizer)
    await arrive(forum, people[1])
    await looks(forum)
    assert await edits(forum, organizer) == before
    await organizer.unblock()
    await organizer.send("/menu")
    shown = await organizer.sees(here(2, 3))
    assert shown.id == board.id


# One for each


async def test_opened_anew_the_older_one_says_that_it_has_moved_on(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    former = await open_board(organizer)
    await organizer.press(said("board.below"), former)
    left = await organizer.sees(said("board.moved_on"))
    assert (left.id, left.rows) == (former.id, [])
    await until(lambda: len(followed(forum)) == 1)
    await arrive(forum, delegate)
    shown = await organizer.sees(here(1, 2))
    assert shown.id > former.id
    assert followed(forum) == [(organizer.id, shown.id, 0)]
    again = await open_board(organizer)
    await until(lambda: followed(forum) == [(organizer.id, again.id, 0)])
    assert said("board.moved_on") in await now_says(organizer, shown)


async def test_a_second_tap_on_the_way_down_makes_no_other(forum: Forum) -> None:
    organizer = await forum.organizer()
    former = await open_board(organizer)
    for seen in (True, False, False):
        await organizer.press_data("obd", former.id, seen=seen)
    await until(lambda: len(followed(forum)) == 1)
    await forum.telegram.idle()
    shown = [one for one in await organizer.messages() if one.from_bot and one.id >= former.id]
    assert len(shown) == 2
    assert followed(forum) == [(organizer.id, shown[-1].id, 0)]
    await organizer.press("obd", shown[-1])
    await until(lambda: followed(forum)[0][1] > shown[-1].id)


async def test_two_organizers_read_it_each_in_their_language(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    helper = await second_organizer(forum, organizer, "Алия", "en")
    delegate = await forum.delegate("Ася", "ru")
    await open_board(organizer, "kk")
    await open_board(helper, "en")
    await ask(delegate, OPENING, "Когда начнётся?")
    await organizer.sees(review(1, "09:15", "kk"))
    await helper.sees(review(1, "09:15", "en"))
    await helper.send("/settings")
    await helper.press("sn:ru")
    await helper.sees(said("board.title"), review(1, "09:15"))


async def test_a_role_that_ends_takes_its_board_along(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer, "Алия")
    board = await open_board(helper)
    assert "board" in helper.commands
    await organizer.press_data(f"sr:{helper.id}:organizer::1", 1)
    shown = await helper.sees(said("board.ended"))
    assert (shown.id, shown.rows) == (board.id, [])
    await until(lambda: followed(forum) == [])
    assert (await helper.press_data("ob", board.id)).alert


async def test_after_a_restart_it_goes_on_where_it_was(running: Running) -> None:
    async with running.open() as forum:
        organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
        board = await open_board(organizer)
        await looks(forum)
        before = await edits(forum, organizer)
        await running.stop()
        forum.application = await running.start()
        await looks(forum)
        assert await edits(forum, organizer) == before
        await arrive(forum, delegate)
        shown = await organizer.sees(here(1, 2))
        assert shown.id == board.id


async def test_who_forgets_leaves_no_board_behind(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer, "Алия")
    board = await open_board(helper)
    await helper.send("/mydata")
    message = await helper.sees("/forget")
    assert message.document is not None
    assert f'"message": {board.id}'.encode() in await forum.telegram.file(message.document["file_id"])
    await open_board(organizer)
    await organizer.press_data("fg:1", 1)  # who is an organizer by the settings stays one
    await helper.press_data("fg:1", 1)
    await at_rest(forum)
    assert followed(forum) == []
    assert traces(forum.folder, helper.id) == []


# What is opened from it


async def test_an_edit_on_its_way_never_covers_what_was_opened_after_it(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    board = await open_board(organizer)
    async with forum.telegram.held(method="editMessageText", chat=organizer.id) as hold:
        await arrive(forum, delegate)
        await hold.reached()
        pressing = asyncio.create_task(organizer.press_data("go:stats", board.id))
    await pressing
    await looks(forum)
    assert said("stats.title") in await now_says(organizer, board)
    assert followed(forum) == []
    await ask(delegate, OPENING, "Изменит ли это статистику?")
    await looks(forum)
    assert said("stats.title") in await now_says(organizer, board)


async def test_a_press_that_came_to_nothing_leaves_it_followed(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    board = await open_board(organizer)
    await looks(forum)
    await forum.telegram.fault(method="editMessageText", next=1, status=502)
    await organizer.press("go:stats", board)
    await arrive(forum, delegate)
    shown = await organizer.sees(here(1, 2))
    assert shown.id == board.id


DESTINATIONS = ("go:entrance", "go:stats", "ym:", "go:outbox")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_all_that_it_opens_leads_back_also_from_further_on(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    board = await open_board(organizer, language)
    for data in DESTINATIONS:
        await organizer.press(data, board)
        await organizer.press(said("board.back", language), board)
        await forum.telegram.idle()
        assert said("board.calm", language) in await now_says(organizer, board)
    await organizer.press("go:entrance", board)
    await organizer.press("go:badges", board)
    await organizer.press("ob", board)
    await forum.telegram.idle()
    assert said("board.calm", language) in await now_says(organizer, board)
    await organizer.send("/outbox")
    alone = await organizer.sees(said("outbox.title", language))
    assert alone.button("ob") is None
