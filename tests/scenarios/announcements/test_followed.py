"""Every open screen of an announcement follows it: the author's, the approver's, an onlooker's."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
from contextlib import closing

import aiohttp
import pytest

from storage import announcement_screens
from tests.conftest import TOKEN, Forum, Running
from tests.scenarios.announcements.announcing import announced, data, decided, draft, second_organizer, together
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import announce, now_in, outbox, said, until
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")


async def three(forum: Forum, languages: tuple[str, str, str] = ("ru", "ru", "ru")) -> tuple[Person, Person, Person]:
    """The author, who approves, and an onlooker; each has looked at all that came."""
    author = await forum.organizer(languages[0])
    approver = await second_organizer(forum, author, language=languages[1])
    onlooker = await second_organizer(forum, author, "Сауле", languages[2])
    for person in (author, approver, onlooker):
        await person.look_away()
    return author, approver, onlooker


async def put_forward(author: Person, text: str, language: str = "ru") -> Message:
    """Written and put forward; the screen on which that was done."""
    desk = await draft(author, text)
    await author.press("ad:1:confirm", desk)
    await author.press("an:1:send", desk)
    return await author.sees("№1", said("announcements.state_asked", language))


async def opened(person: Person, number: int = 1) -> Message:
    """The announcement's screen, opened from the list in a message of its own."""
    await person.look_away()
    await person.send("/announce")
    form = await person.sees("📣")
    await person.press("al:0", form)
    await person.press(f"ad:{number}:open", form)
    return await person.sees(f"№{number}")


async def all_see(people: tuple[Person, ...], *texts: str) -> list[Message]:
    return [await person.sees(*texts) for person in people]


def followed(forum: Forum) -> list[tuple[int, int, str]]:
    rows = tables(forum.folder)["announcement_screens"]
    return sorted((row["chat"], row["message"], row["asks"]) for row in rows)


async def test_who_wrote_who_approved_and_who_looks_on_see_it_go_each_in_their_language(
    approving: None, forum: Forum
) -> None:
    languages = ("kk", "ru", "en")
    author, approver, onlooker = everybody = await three(forum, languages)
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(3)]
    mine = await put_forward(author, "Втроём", "kk")
    card = await approver.sees("№1", said("announcements.state_asked"))
    other = await onlooker.sees("№1", said("announcements.state_asked", "en"))
    no = data(other, said("announcements.decline", "en"))
    async with forum.telegram.held(method="sendMessage", text="Втроём", next=6) as hold:
        await approver.press(said("announcements.approve"), card)
        await hold.reached(6)
        for person, language in zip(everybody, languages, strict=True):
            shown = await person.sees("0/6", said("announcements.decision_approved", language, name="Алия"))
            assert not shown.button("ay:1:")
    for person, message, language in zip(everybody, (mine, card, other), languages, strict=True):
        await person.sees(said("announcements.over", language, number=1), "6/6")
        assert "6/6" in (await now_in(person, message)).text
    for person in people:
        await person.sees("Втроём")
    late = await onlooker.press_data(no, other.id)
    assert late.text == decided("approved", "Алия", "en")


async def test_sent_back_it_is_over_on_every_card_and_the_next_card_is_a_new_one(approving: None, forum: Forum) -> None:
    author, approver, onlooker = await three(forum)
    mine = await put_forward(author, "Ещё раз")
    card, other = [await person.sees("№1", said("announcements.state_asked")) for person in (approver, onlooker)]
    await approver.press(said("announcements.decline"), card)
    for person in (approver, onlooker):
        shown = await person.sees(
            said("announcements.given_back", number=1), said("announcements.decision_declined", name="Алия")
        )
        assert not shown.button("ay:1:")
    await author.sees(said("announcements.state_draft"), said("announcements.decision_declined", name="Алия"))
    await until(lambda: followed(forum) == [(author.id, mine.id, "")])
    await forum.at(forum.clock.now() + dt.timedelta(seconds=30))
    await author.press("ad:1:confirm", mine)
    await author.press("an:1:send", mine)
    fresh = await onlooker.sees("№1", said("announcements.state_asked"))
    assert fresh.id != other.id
    assert said("announcements.given_back", number=1) in (await now_in(onlooker, other)).text
    await author.press("ad:1:back", mine)
    await onlooker.sees(
        said("announcements.given_back", number=1), said("announcements.decision_taken_back", name="Динара")
    )


async def test_of_two_decisions_at_once_one_counts_and_both_see_it(approving: None, forum: Forum) -> None:
    author, approver, onlooker = await three(forum)
    await put_forward(author, "Кто первый")
    card, other = [await person.sees("№1", said("announcements.state_asked")) for person in (approver, onlooker)]
    yes, no = data(card, said("announcements.approve")), data(other, said("announcements.decline"))
    answers = await together(approver.press_data(yes, card.id), onlooker.press_data(no, other.id))
    approved = answers[0] == said("announcements.toast_approved")
    won = ("approved", "Алия") if approved else ("declined", "Сауле")
    assert decided(*won) in answers
    words = said(f"announcements.decision_{won[0]}", name=won[1])
    await forum.telegram.idle()
    for person, message in ((approver, card), (onlooker, other)):
        shown = await now_in(person, message)
        assert words in shown.text
        assert not shown.button("ay:1:")


async def act_on(person: Person, act: str) -> None:
    """Whoever stops a sending is asked first."""
    if act == "stop":
        await person.press("ah:1:stop")
    await person.press(f"ar:1:{act}")


async def test_pause_resume_stop_and_removal_are_seen_on_every_screen(forum: Forum) -> None:
    author, helper, onlooker = await three(forum)
    everybody = (author, helper, onlooker)
    await announce(author, "Пауза")
    async with forum.telegram.held(method="sendMessage", text="Пауза", next=3) as hold:
        await author.press("an:1:send")
        await author.sees("0/3")
        screens = [await opened(person) for person in (helper, onlooker)]
        await hold.reached(3)
        for presser, act, words in (
            (helper, "pause", "paused"),
            (onlooker, "resume", "running"),
            (author, "pause", "paused"),
            (helper, "stop", "stopped"),
        ):
            await act_on(presser, act)
            await all_see(everybody, said(f"announcements.{words}", number=1))
    asked = [await now_in(person, message) for person, message in zip((helper, onlooker), screens, strict=True)]
    await helper.press("ar:1:remove", asked[0])
    await onlooker.press("ar:1:remove", asked[1])
    for person in (helper, onlooker):
        await person.sees("?")
    await helper.press("ar:1:removal", asked[0])
    for shown in await all_see(everybody, said("announcements.withdrawn", number=1)):
        assert not shown.button("ar:1:")


async def test_a_correction_sent_back_by_one_is_over_on_the_other_s_card(approving: None, forum: Forum) -> None:
    author, approver, onlooker = await three(forum)
    await put_forward(author, "Обед в 13:00")
    await approver.press(said("announcements.approve"))
    await author.sees("3/3")
    await author.press("ar:1:correct")
    await author.sees(said("announcements.form_correction", number=1))
    await author.send("Обед в 14:00")
    mine = await author.sees("Обед в 13:00", "Обед в 14:00")
    await author.press("az:1:", mine)
    cards = [await person.sees("Обед в 13:00", "Обед в 14:00") for person in (approver, onlooker)]
    await onlooker.press("at:1:", cards[1])
    words = said("announcements.decision_correction_declined", name="Сауле")
    for person, message in ((author, mine), (approver, cards[0]), (onlooker, cards[1])):
        await person.sees(said("announcements.over", number=1), words)
        shown = await now_in(person, message)
        assert words in shown.text
        assert not (shown.button("az:1:"))
        assert not (shown.button("at:1:"))


async def test_a_message_that_shows_something_else_is_left_alone(forum: Forum) -> None:
    author, helper, onlooker = await three(forum)
    await announce(author, "Дальше")
    async with forum.telegram.held(method="sendMessage", text="Дальше", next=3) as hold:
        await author.press("an:1:send")
        await author.sees("0/3")
        listed, settings = await opened(helper), await opened(onlooker)
        await hold.reached(3)
        await helper.press("al:0", listed)
        await onlooker.press_data("go:settings", settings.id)
        await forum.telegram.idle()
        former = [(await now_in(helper, listed)).text, (await now_in(onlooker, settings)).text]
        await author.press("ar:1:pause")
        await author.sees(said("announcements.paused", number=1))
        await author.press("ar:1:resume")
    await author.sees("3/3", said("announcements.over", number=1))
    await forum.telegram.idle()
    assert [(await now_in(helper, listed)).text, (await now_in(onlooker, settings)).text] == former
    await until(lambda: {chat for chat, _, _ in followed(forum)} == {author.id})


async def test_an_edit_on_its_way_never_covers_what_was_opened_after_it(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announce(author, "В пути")
    async with forum.telegram.held(method="sendMessage", text="В пути", next=3) as sending:
        await author.press("an:1:send")
        await author.sees("0/3")
        screen = await opened(helper)
        await sending.reached(3)
        async with forum.telegram.held(method="editMessageText", chat=helper.id, next=1) as hold:
            await author.press("ar:1:pause")
            await hold.reached()
            pressing = asyncio.create_task(helper.press_data("al:0", screen.id))
            await author.sees(said("announcements.paused", number=1))  # the other's chat does not wait for it
            await author.press("ad:1:open")
        await pressing
        await forum.telegram.idle()
        assert said("announcements.title") in (await now_in(helper, screen)).text
        await author.press("ar:1:resume")


async def test_a_chat_that_telegram_holds_up_holds_up_no_other(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announce(author, "Без задержки")
    async with forum.telegram.held(method="sendMessage", text="Без задержки", next=3) as sending:
        await author.press("an:1:send")
        await author.sees("0/3")
        screen = await opened(helper)
        await sending.reached(3)
        async with forum.telegram.held(method="editMessageText", chat=helper.id) as hold:
            await author.press("ar:1:pause")
            await hold.reached()
            for act, words in (("resume", "running"), ("pause", "paused"), ("stop", "stopped")):
                await act_on(author, act)
                await author.sees(said(f"announcements.{words}", number=1))
        await until_shows(helper, screen, said("announcements.stopped", number=1))


async def test_what_telegram_did_not_take_is_shown_a_moment_later(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announced(forum, author, "Не с первого раза", 3)
    screen = await opened(helper)
    await author.press("ar:1:remove")
    await forum.telegram.idle()
    await forum.telegram.fault(method="editMessageText", next=2, status=502)
    await author.press("ar:1:removal")
    await until_shows(helper, screen, said("announcements.withdrawn", number=1))


async def test_a_press_that_came_to_nothing_leaves_the_screen_followed(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announced(forum, author, "Осталось как было", 3)
    screen = await opened(helper)
    await author.press("ar:1:remove")
    await forum.telegram.idle()
    await forum.telegram.fault(method="editMessageText", next=1, status=502)
    await helper.press("al:0", screen)
    assert "3/3" in (await now_in(helper, screen)).text
    await author.press("ar:1:removal")
    await until_shows(helper, screen, said("announcements.withdrawn", number=1))


async def test_who_presses_a_request_before_its_answer_has_come_is_left_where_they_went(
    approving: None, forum: Forum
) -> None:
    author, approver, _ = await three(forum)
    words = said("announcements.state_asked")
    async with forum.telegram.held(method="sendMessage", chat=approver.id, text=words, after=True) as hold:
        mine = await put_forward(author, "Раньше ответа")
        card = await approver.sees("№1", words)
        await hold.reached()
        await approver.press("al:0", card)
        await approver.sees(said("announcements.title"))
    await until(lambda: all(row["state"] == "sent" for row in outbox(forum, "announcement-approval")))
    await author.press("ad:1:back", mine)
    await author.sees(said("announcements.state_draft"))
    await forum.telegram.idle()
    assert said("announcements.title") in (await now_in(approver, card)).text


async def test_who_blocked_the_bot_sees_the_end_when_they_are_back(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announced(forum, author, "Туда и обратно", 3)
    screen = await opened(helper)
    await forum.telegram.idle()
    await helper.block()
    await author.press("ar:1:remove")
    await author.press("ar:1:removal")
    await author.sees(said("announcements.withdrawn", number=1))
    await until(lambda: any(row["blocked_at"] for row in tables(forum.folder)["participants"]))
    await until(lambda: tables(forum.folder)["announcements"][0]["finished_at"] is not None)
    await forum.telegram.idle()
    await helper.unblock()
    await helper.send("/menu")
    await until_shows(helper, screen, said("announcements.withdrawn", number=1))


async def test_a_screen_that_is_gone_and_a_role_that_ended_are_followed_no_more(forum: Forum) -> None:
    author, helper, onlooker = await three(forum)
    await announced(forum, author, "Ушли", 3)
    gone, former = await opened(helper), await opened(onlooker)
    async with aiohttp.ClientSession() as session:
        await session.post(f"{forum.url}/bot{TOKEN}/deleteMessage", data={"chat_id": helper.id, "message_id": gone.id})
    await author.press_data(f"sr:{onlooker.id}:organizer::1", 1)
    await onlooker.sees(said("staff.ended", what=said("staff.organizer")))
    await author.press("ar:1:remove")
    await author.press("ar:1:removal")
    await author.sees(said("announcements.withdrawn", number=1))
    await until(lambda: {chat for chat, _, _ in followed(forum)} == {author.id})
    assert said("announcements.over", number=1) in (await now_in(onlooker, former)).text


async def test_who_is_forgotten_leaves_no_screen_behind(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announced(forum, author, "Забудут", 3)
    await opened(helper)
    assert {chat for chat, _, _ in followed(forum)} == {author.id, helper.id}
    await helper.press_data("fg:1", 1)
    await until(lambda: {chat for chat, _, _ in followed(forum)} == {author.id})


async def test_the_last_few_screens_of_a_chat_follow_and_the_others_say_that_they_do_not(forum: Forum) -> None:
    author, helper, _ = await three(forum)
    await announce(author, "Много экранов")
    async with forum.telegram.held(method="sendMessage", text="Много экранов", next=3) as hold:
        await author.press("an:1:send")
        await author.sees("0/3")
        await hold.reached(3)
        screens = [await opened(helper) for _ in range(announcement_screens.MOST + 1)]
        await helper.sees(said("announcements.left", number=1))
        await author.press("ar:1:pause")
        for message in screens[1:]:
            await until_shows(helper, message, said("announcements.paused", number=1))
        assert said("announcements.left", number=1) in (await now_in(helper, screens[0])).text
        await author.press("ar:1:resume")


async def until_shows(person: Person, message: Message, words: str) -> None:
    async with asyncio.timeout(20):
        while words not in (await now_in(person, message)).text:  # noqa: ASYNC110 - it is somebody else's edit
            await asyncio.sleep(0.05)


async def test_after_a_restart_it_goes_on_for_all_of_them(running: Running) -> None:
    running.settings["messages_per_second"] = 10
    async with running.open() as forum:
        author, helper, onlooker = await three(forum)
        people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(12)]
        await announce(author, "И после")
        await author.press("an:1:send")
        screens = [await opened(person) for person in (helper, onlooker)]
        await until(lambda: sum(row["state"] == "sent" for row in outbox(forum, "announcement")) >= 2)
        await running.stop()
        assert any(row["state"] == "waiting" for row in outbox(forum, "announcement"))
        await running.start()
        for person in (author, helper, onlooker):
            await person.sees(said("announcements.over", number=1), "15/15", timeout=30)
        for person, message in zip((helper, onlooker), screens, strict=True):
            assert "15/15" in (await now_in(person, message)).text
        assert len(people) == 12


async def test_what_a_press_of_the_last_run_opens_is_not_edited_back(running: Running) -> None:
    """The press was taken in, and the process ended before it was handled."""
    async with running.open() as forum:
        author = await forum.organizer("ru")
        screen = await announced(forum, author, "Погашено", 1)
        await author.look_away()
        await running.stop()
        press = {
            "id": "1",
            "from": {"id": author.id, "is_bot": False, "first_name": "x"},
            "chat_instance": "1",
            "data": "al:0",
            "message": {
                "message_id": screen.id,
                "date": 1,
                "chat": {"id": author.id, "type": "private"},
                "text": screen.text,
            },
        }
        body = json.dumps({"update_id": 1, "callback_query": press})
        with closing(sqlite3.connect(forum.folder / "forum.db")) as database, database:
            database.execute("INSERT INTO inbox (update_id, body, received_at) VALUES (1, ?, 0)", (body,))
        await running.start()
        await author.sees(said("announcements.listing"))
        assert said("announcements.listing") in (await now_in(author, screen)).text
        assert followed(forum) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_in_quiet_hours_it_says_who_sleeps_and_until_when(forum: Forum, language: str) -> None:
    author = await forum.organizer(language)
    await author.press_data("sq:off", 1)
    early, late = await forum.delegate("Ранний"), await forum.delegate("Поздний")
    await late.press_data("sq:23-8", 1)
    night = forum.clock.now().astimezone(forum.programme.forum.zone).replace(hour=23, minute=30)
    await forum.at(night)
    await announce(author, "Ночью")
    await author.press("an:1:send")
    report = await author.sees(
        said("announcements.asleep_only", language, number=1),
        "1/3",
        said("announcements.asleep_until", language, count=2, first="07:00", last="08:00"),
    )
    assert "⚡" not in report.text
    await forum.at(night + dt.timedelta(hours=8))
    await early.sees("Ночью")
    await author.sees(
        "2/3",
        said("announcements.asleep_only", language, number=1),
        said("announcements.asleep", language, count=1, first="08:00"),
    )
    await forum.at(night + dt.timedelta(hours=9))
    await late.sees("Ночью")
    over = await author.sees(said("announcements.over", language, number=1), "3/3")
    assert "🌙" not in over.text
