"""The organizer edits the very message that an announcement was made of: until it is sent the edit counts, afterwards
it is offered as a correction."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import PNG, bot_messages, second_organizer
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, until
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")

LANGUAGES = ("kk", "ru", "en")


async def typed(organizer: Person, text: str) -> Message:
    """Begin an announcement with that message."""
    await organizer.send("/announce")
    await organizer.sees("📣")
    message = await organizer.send(text)
    await organizer.sees("📣", "№1")
    await organizer.look_away()
    return message


async def send_out(organizer: Person, people: int = 2) -> None:
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees(f"{people}/{people}")
    await organizer.look_away()


def parts(forum: Forum) -> list[tuple[str, str]]:
    rows = tables(forum.folder)["announcement_parts"]
    return sorted((row["language"], row["text"]) for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_until_it_is_sent_the_edit_counts(forum: Forum, language: str) -> None:
    organizer, delegate = await forum.organizer(language), await forum.delegate()
    message = await typed(organizer, "Обед в зале А")
    await organizer.edit(message, "Обед в зале <Б>")
    await organizer.sees(said("edited.counted", language))
    await organizer.sees("Обед в зале <Б>")  # exactly what will be sent
    await organizer.sees("№1", "Обед в зале <Б>")
    before = [one.id for one in await bot_messages(organizer)]
    await organizer.edit(message, "Обед в зале <Б>")  # the same again, as Telegram sends it for a link's preview
    await forum.telegram.idle()
    # Nothing is said of it; the older card may follow only now.
    assert [one.id for one in await bot_messages(organizer)] == before
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await delegate.sees("Обед в зале <Б>")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_afterwards_the_edit_is_offered_as_a_correction(forum: Forum, language: str) -> None:
    organizer, delegate = await forum.organizer(language), await forum.delegate()
    message = await typed(organizer, "Обед в зале А")
    await send_out(organizer)
    await delegate.sees("Обед в зале А")
    await forum.at(forum.clock.now() + dt.timedelta(days=3))
    await organizer.edit(message, "Обед в зале Б")
    await organizer.sees(said("edited.staged", language, number=1))
    await organizer.sees("Обед в зале А", "Обед в зале Б")
    await delegate.quiet()
    assert parts(forum) == [("", "Обед в зале А"), ("+", "Обед в зале Б")]
    await organizer.look_away()
    await organizer.edit(message, "Обед в зале В")
    await organizer.sees(said("edited.counted", language))
    await organizer.sees("Обед в зале А", "Обед в зале В")
    await organizer.press("az:1:")
    assert (await delegate.sees("Обед в зале В")).edited
    assert parts(forum) == [("", "Обед в зале В")]


async def test_the_captions_of_an_album_are_edited_each_in_its_place(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await organizer.send("/announce")
    await organizer.sees("📣")
    album = await organizer.send_album("way", ("photo", PNG, "Зал"), ("video", b"mp4", ""), ("photo", PNG, "Вход"))
    await organizer.sees("№1", "×3")
    await organizer.look_away()
    await organizer.edit(album[2], "Вход со двора")
    await organizer.sees(said("edited.counted"))
    assert [text for _, text in parts(forum)] == ["", "Вход со двора", "Зал"]
    await organizer.look_away()
    await organizer.edit(album[1], "")
    await organizer.quiet()
    await send_out(organizer)
    await organizer.edit(album[0], "Зал Б")
    await organizer.sees(said("edited.staged", number=1))
    await organizer.press("az:1:")
    await delegate.sees("Зал Б")
    assert [one.text for one in await bot_messages(delegate)][-3:] == ["Зал Б", "", "Вход со двора"]


async def test_another_file_takes_the_place_of_the_one_that_was_sent(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    message = await organizer.send_photo(PNG, "План")
    await organizer.sees("№1")
    await organizer.look_away()
    before = tables(forum.folder)["announcement_parts"][0]["file"]
    await organizer.edit_file(message, "photo", PNG + b" ", "План")
    await organizer.sees(said("edited.counted"))
    after = tables(forum.folder)["announcement_parts"][0]
    assert (after["text"], after["file"] != before) == ("План", True)


async def test_what_was_put_forward_or_approved_is_asked_about_again(approving: None, forum: Forum) -> None:
    author = await forum.organizer()
    second = await second_organizer(forum, author)
    message = await typed(author, "Обед в 13:00")
    await author.press("ad:1:confirm")
    await author.press("an:1:send")
    old = await second.sees("Обед в 13:00")
    former = old.button(said("announcements.approve"))
    assert former is not None
    await forum.at(forum.clock.now() + dt.timedelta(minutes=1))
    await author.edit(message, "Обед в 14:00")
    await author.sees(said("edited.counted_asked"))
    new = await second.sees("Обед в 14:00")
    # The old message follows by itself; the press was on its way before.
    answer = await second.press_data(former["callback_data"], old.id)
    assert answer.text == said("announcements.not_now")
    assert tables(forum.folder)["announcements"][0]["state"] == "asked"
    await second.press(said("announcements.approve"), new)
    await author.sees(said("announcements.over", number=1))
    await author.edit(message, "Обед в 15:00")
    await author.sees(said("edited.staged", number=1))


async def test_a_scheduled_one_stays_scheduled_and_says_the_new_thing(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    message = await typed(organizer, "Через полчаса")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:30")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees(said("announcements.state_scheduled"))
    await organizer.edit(message, "Через полчаса, в зале Б")
    await organizer.sees(said("edited.counted"))
    assert tables(forum.folder)["announcements"][0]["state"] == "scheduled"
    await forum.at(forum.clock.now() + dt.timedelta(minutes=31))
    await delegate.sees("Через полчаса, в зале Б")


async def test_a_time_that_was_typed_is_edited(forum: Forum) -> None:
    organizer = await forum.organizer()
    await typed(organizer, "Позже")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:typed")
    when = await organizer.send("27.11.2026 18:00")
    await organizer.sees("№1", "18:00")
    await organizer.edit(when, "27.11.2026 19:30")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("№1", "19:30")
    await organizer.look_away()
    await organizer.edit(when, "когда-нибудь")
    await organizer.sees(said("announcements.bad_time"))
    assert "19:30" in (await organizer.screen())
    await organizer.press("aw:1:")
    await organizer.press("aw:1:now")
    await organizer.look_away()
    await organizer.edit(when, "27.11.2026 20:00")
    await organizer.sees(said("edited.replaced"))


async def test_bad_input_gets_the_answer_it_gets_when_typed_and_the_former_stays(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await typed(organizer, "Правильно")
    await organizer.edit(message, "/now")
    await organizer.sees(said("announcements.text_only"))
    assert parts(forum) == [("", "Правильно")]
    await organizer.look_away()
    await organizer.edit(message, "/now")  # the same once more is not answered once more
    await organizer.quiet()
    await organizer.edit(message, "Правильно")  # back to what counts: nothing to say
    await organizer.quiet()


async def test_what_reaches_nobody_any_more_says_what_to_do(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await typed(organizer, "Ошибка")
    await send_out(organizer, 1)
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    await organizer.sees(said("announcements.withdrawn", number=1))
    await organizer.edit(message, "Не ошибка")
    await organizer.sees(said("edited.announcement_over", number=1))
    assert parts(forum) == [("", "Ошибка")]


async def test_who_lost_the_role_changes_nothing_by_an_edit(forum: Forum) -> None:
    organizer = await forum.organizer()
    second = await second_organizer(forum, organizer)
    message = await typed(second, "Моё")
    await forum.db.write(lambda tx: tx.run("DELETE FROM roles WHERE person = :person", person=second.id))
    forum.application.people.changed(second.id)
    await second.edit(message, "Чужое")
    await second.sees(said("refusal.not_organizer"))
    assert parts(forum) == [("", "Моё")]


async def test_a_message_that_something_else_replaced_changes_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await typed(organizer, "Первое")
    await organizer.press("av:1::write")
    await organizer.send("Второе")
    await organizer.sees("№1", "Второе")
    await organizer.edit(message, "Третье")
    await organizer.sees(said("edited.replaced"))
    assert parts(forum) == [("", "Второе")]


async def test_an_edit_of_a_message_that_became_nothing_is_not_answered(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    nothing = await organizer.sticker()
    await organizer.sees(said("announcements.text_only"))
    search = await organizer.send("/now")
    await organizer.look_away()
    await organizer.edit(search, "/my")
    await organizer.quiet()
    assert nothing.id not in {row["message"] for row in tables(forum.folder)["typed_messages"]}


async def test_a_correction_that_was_put_forward_is_edited_and_must_be_put_forward_again(
    approving: None, forum: Forum
) -> None:
    author = await forum.organizer()
    second = await second_organizer(forum, author)
    await typed(author, "Обед в 13:00")
    await author.press("ad:1:confirm")
    await author.press("an:1:send")
    await second.press(said("announcements.approve"))
    await author.sees(said("announcements.over", number=1))
    await author.press_data("ar:1:correct", (await author.last()).id)
    await author.look_away()
    message = await author.send("Обед в 14:00")
    await author.press("az:1:", await author.sees("Обед в 13:00", "Обед в 14:00"))
    old = await second.sees("Обед в 14:00")
    await author.edit(message, "Обед в 15:00")
    await author.sees(said("edited.counted"))
    changed = await author.sees("Обед в 13:00", "Обед в 15:00")
    assert (await second.press("az:1:", old)).text == said("announcements.not_now")
    await author.press("az:1:", changed)
    await second.press("az:1:", await second.sees("Обед в 15:00"))
    await until(lambda: parts(forum) == [("", "Обед в 15:00")])


async def test_an_edit_while_another_correction_waits_does_not_take_its_place(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await typed(organizer, "Обед в зале А")
    await send_out(organizer, 1)
    await organizer.press_data("ar:1:correct", (await organizer.last()).id)
    await organizer.send("Обед в зале Б")
    await organizer.sees(said("announcements.will_say"))
    await organizer.edit(message, "Обед в зале В")
    await organizer.sees(said("edited.announcement_sent", number=1))
    shown = await organizer.sees(said("announcements.staged_there"))
    assert parts(forum) == [("", "Обед в зале А"), ("+", "Обед в зале Б")]
    await organizer.press("ag:1:", shown)
    await organizer.sees("Обед в зале А", "Обед в зале Б")


async def test_the_time_of_a_scheduled_one_is_edited_and_it_stays_scheduled(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await typed(organizer, "Позже")
    await organizer.press("aw:1:")
    await organizer.press("aw:1:typed")
    when = await organizer.send("27.11.2026 18:00")
    await organizer.sees("№1", "18:00")
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees(said("announcements.state_scheduled"))
    await organizer.edit(when, "27.11.2026 17:00")
    await organizer.sees(said("edited.counted"))
    await organizer.sees(said("announcements.state_scheduled"), "17:00")
    await forum.at(dt.datetime(2026, 11, 27, 17, 1, tzinfo=forum.programme.forum.zone))
    await delegate.sees("Позже")
    await organizer.edit(when, "27.11.2026 19:00")
    await organizer.sees(said("announcements.already"))
