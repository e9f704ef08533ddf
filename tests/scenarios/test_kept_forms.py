"""A form that is left by a key, a command or another form is kept and offered again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.programme.model import Programme
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import draft
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, claims_end, publish, said, star

QUESTION = "Когда примут новый закон?"


def texts(forum: Forum) -> list[tuple[str, int]]:
    return [(row["text"], row["anonymous"]) for row in tables(forum.folder)["questions"]]


@pytest.mark.parametrize("away", ["📅\u00a0Программа", "/now", "/start", "🔴 Сейчас"])
async def test_a_question_is_gone_on_with_as_it_was(forum: Forum, away: str) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.press("qa:")
    await person.send(away)
    offer = await person.sees(said("kept.question"), "Торжественное открытие")
    await person.press(said("kept.go_on"), offer)
    await person.sees(said("questions.form_anonymous"))
    await person.send(QUESTION)
    await person.sees("🧾", "№1")
    assert texts(forum) == [(QUESTION, 1)]


async def test_what_is_typed_after_leaving_is_no_question(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    await person.sees(said("kept.question"))
    await person.send("Когда примут новый закон")
    await person.sees("")
    assert texts(forum) == []


async def test_it_outlives_a_word_that_is_looked_for_and_can_be_discarded(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    offer = await person.sees(said("kept.question"))
    await person.send("открытие")
    await person.press(said("kept.discard"), offer)
    await person.sees(said("kept.discarded"))
    await at_rest(forum)
    assert tables(forum.folder)["conversations"] == []
    answer = await person.press_data(f"mk:1:{int(forum.clock.seconds())}", offer.id)
    assert answer.text == said("kept.gone")


async def test_the_latest_only_is_kept(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    await person.send("/now")
    first = await person.sees(said("kept.question"))
    await forum.at(forum.clock.now() + dt.timedelta(minutes=1))
    await person.send("/settings")
    await person.press("sp:name")
    await person.send("/now")
    second = await person.sees(said("kept.name"))
    assert (await person.press(said("kept.go_on"), first)).text == said("kept.gone")
    await person.press(said("kept.go_on"), second)
    await person.send("Дина Ахметова")
    await person.sees("Дина Ахметова")


async def test_cancel_drops_what_is_kept_and_says_so(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    await person.sees(said("kept.question"))
    await person.send("/cancel")
    await person.sees(said("form.cancelled"))
    await at_rest(forum)
    assert tables(forum.folder)["conversations"] == []


async def test_cancel_in_an_open_form_offers_nothing(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.sees("✋")
    await person.send("/cancel")
    await person.sees(said("form.cancelled"))
    await person.quiet()


async def test_a_question_that_waited_for_a_decision_comes_back_with_its_words(forum: Forum) -> None:
    first, person = await forum.delegate("Ержан", "ru"), await forum.delegate("Дина", "ru")
    await ask(first, "opening", QUESTION)
    await forum.db.write(approve_first)
    await person.start("q_opening")
    await person.sees("✋")
    await person.send(QUESTION)
    await person.sees(said("likeness.hint"))
    await person.send("/now")
    offer = await person.sees(said("kept.question"), QUESTION)
    await person.press(said("kept.go_on"), offer)
    waiting = await person.sees(said("kept.typed_before"), QUESTION)
    await person.press(said("likeness.send_anyway"), waiting)
    await person.sees("🧾", "№2")


def approve_first(tx: Transaction) -> None:
    tx.run("UPDATE questions SET state = 'approved' WHERE number = 1")


async def test_a_session_that_is_gone_says_so_and_gives_nothing_to_fill_in(forum: Forum, programme: Programme) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    offer = await person.sees(said("kept.question"))
    opening = programme.session("opening")
    assert opening is not None
    await publish(forum, replace(opening, cancelled=True))
    await person.press(said("kept.go_on"), offer)
    await person.sees("🚫")
    await at_rest(forum)
    assert tables(forum.folder)["conversations"] == []


async def test_after_a_day_it_is_kept_no_more(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    offer = await person.sees(said("kept.question"))
    await forum.at(forum.clock.now() + dt.timedelta(hours=25))
    assert (await person.press(said("kept.go_on"), offer)).text == said("kept.gone")
    await at_rest(forum)
    assert tables(forum.folder)["conversations"] == []


async def test_the_reason_of_a_decline_is_kept_and_its_claim_taken_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await forum.delegate("Дина", "ru")
    await ask(author, "opening", QUESTION)
    card = await organizer.sees("№1", QUESTION)
    await organizer.press("kd:1:decline", card)
    await organizer.press("kr:1:own", card)
    await organizer.look_away()
    await organizer.send("/now")
    offer = await organizer.sees(said("kept.decision", number=1))
    await at_rest(forum)
    assert tables(forum.folder)["claims"] == []
    await organizer.press(said("kept.go_on"), offer)
    assert [row["question"] for row in tables(forum.folder)["claims"]] == [1]
    await organizer.send("Это уже обсуждали.")
    await author.sees("Это уже обсуждали.")


async def test_somebody_else_at_the_question_is_named_and_the_reason_stays_kept(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, other = await forum.moderator(organizer), await forum.moderator(organizer, "Ержан")
    author = await forum.delegate("Дина", "ru")
    await ask(author, "opening", QUESTION)
    await other.press("kd:1:decline", await other.sees("№1", QUESTION))
    await other.press("kr:1:own")
    await other.look_away()
    await other.send("/now")
    offer = await other.sees(said("kept.decision", number=1))
    await at_rest(forum)
    await moderator.press("kd:1:decline")
    assert "Марат" in ((await other.press(said("kept.go_on"), offer)).text or "")
    await claims_end(forum)
    await other.press(said("kept.go_on"), offer)
    await other.send("Это уже обсуждали.")
    await author.sees("Это уже обсуждали.")


async def test_a_comment_on_a_session_is_gone_on_with_by_the_press_that_began_it(
    forum: Forum, programme: Programme
) -> None:
    opening = programme.session("opening")
    assert opening is not None
    person = await forum.delegate("Дина", "ru")
    await star(person, opening)
    await forum.at(opening.end + dt.timedelta(minutes=11))
    await person.press_data("rt:opening:5", 1)
    await person.press("rtw:opening")
    await person.look_away()
    await person.send("/now")
    offer = await person.sees(said("kept.rating"), "Торжественное открытие")
    await person.press(said("kept.go_on"), offer)
    await person.send("Очень полезно.")
    await person.sees("Очень полезно.")


async def test_a_form_in_whose_place_another_is_opened_is_kept_and_one_beside_a_list_stays_open(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/settings")
    settings = await person.sees("⚙️")
    await person.start("q_opening")
    await person.sees("✋")
    await person.press("sp:delegation", settings)
    await forum.telegram.idle()
    assert said("kept.question") not in await person.screen()
    await person.press_data("sp:name", settings.id)
    await person.sees(said("kept.question"))


async def test_the_text_of_an_announcement_is_gone_on_with(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send("/now")
    offer = await organizer.sees(said("kept.announcement"))
    await organizer.press(said("kept.go_on"), offer)
    await organizer.send("Обед в час дня")
    await organizer.sees("📣", "№")


async def test_the_name_of_an_office_is_gone_on_with(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, "Автобус 18:30")
    await organizer.press("aj:1:")
    await organizer.press("ajo:1::write")
    await organizer.send("/now")
    offer = await organizer.sees(said("kept.office"))
    await organizer.press(said("kept.go_on"), offer)
    await organizer.send("Секретариат форума")
    await organizer.sees("№1", said("from_whom.line", name="Секретариат форума"))


async def test_forget_takes_it_along_and_mydata_has_it(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.send("/now")
    await person.sees(said("kept.question"))
    await person.send("/mydata")
    file = await person.sees(said("privacy.mydata_caption"))
    stored = await forum.telegram.file(file.data["document"]["file_id"])
    assert b"QuestionForm:text" in stored
    await person.send("/forget")
    await person.press("fg:1")
    await at_rest(forum)
    assert tables(forum.folder)["conversations"] == []


async def test_words_that_a_form_takes_no_more_are_given_back(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await ask(person, "opening", QUESTION)
    await person.send("/questions")
    await person.press("m1:1")
    await person.press("me:1")
    await forum.db.write(approve_first)
    await person.look_away()
    await person.send("Когда же примут новый закон?")
    await person.sees(said("kept.given_back"))
    await person.sees("Когда же примут новый закон?")
