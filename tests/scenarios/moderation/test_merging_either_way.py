"""A card names another open question like it: read there, merged with one tap, in either direction, and undone."""

from __future__ import annotations

import asyncio

import pytest

from bot.actions.questions.questions import cards_changed, found
from bot.views.buttons import meaning_of
from bot.who import MODERATOR
from storage import roles, session_desks
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.moderation.groups import cards_in, group_of
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, now_in, open_list, outbox, said, sessions, vote
from tests.telegram import Message, Person

FIRST = "Бюджет қашан жарияланады?"
SECOND = "Қашан жарияланады бюджет, айтыңызшы?"
THIRD = "Бюджет жарияланатын күн қашан?"
OTHER = "Волонтёрлерге сертификат беріле ме?"
LANGUAGES = ("kk", "ru", "en")


async def people(forum: Forum, *texts: str, language: str = "ru") -> tuple[Person, list[Person], str]:
    """A moderator who looks away, an author a question, and the session."""
    moderator = await forum.moderator(await forum.organizer(language), language=language)
    code = sessions(forum)[0].code
    authors = []
    for place, text in enumerate(texts, start=1):
        author = await forum.delegate(f"Автор{place}", language)
        assert await ask(author, code, text) == place
        authors.append(author)
    await moderator.sees(f"№{len(texts)}")
    await forum.telegram.idle()
    return moderator, authors, code


async def card(person: Person, number: int, chat: int | None = None) -> Message:
    """The question's card as it stands when all has come."""
    await person.telegram.idle()
    return [one for one in await person.messages(chat) if one.text.startswith(f"№{number} ")][-1]


def state(forum: Forum, number: int) -> tuple[str, int | None]:
    row = next(row for row in tables(forum.folder)["questions"] if row["number"] == number)
    return row["state"], row["merged_into"]


def like(number: int, language: str = "ru") -> str:
    return said("merging.like", language, number=number)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_both_cards_show_both_texts_and_one_tap_merges(forum: Forum, language: str) -> None:
    moderator, _, _ = await people(forum, FIRST, OTHER, SECOND, language=language)
    earlier, later = await card(moderator, 1), await card(moderator, 3)
    for one, twin, label in ((earlier, 3, "merging.join"), (later, 1, "merging.yes")):
        assert like(twin, language) in one.text
        assert FIRST in one.text
        assert SECOND in one.text
        assert one.button(said(label, language, number=3, target=1))
    assert "🧩" not in (await card(moderator, 2)).text
    answer = await moderator.press(said("merging.yes", language, number=3, target=1), later)
    assert answer.text == said("merging.done", language, number=3, target=1)
    assert state(forum, 3) == ("merged", 1)
    earlier = await now_in(moderator, earlier)
    assert like(3, language) not in earlier.text
    assert not earlier.button("jy:")
    assert said("moderation.merged", language, n=1) in earlier.text
    assert f"{said('questions.state_merged', language)} → №1" in (await now_in(moderator, later)).text


async def test_on_the_card_of_the_one_that_stays_the_card_stays_and_the_merge_is_undone_there(forum: Forum) -> None:
    moderator, (_, two), _ = await people(forum, FIRST, SECOND)
    await two.look_away()
    first = await card(moderator, 1)
    await moderator.press(said("merging.join", number=2), first)
    await two.sees("№2", said("questions.merged", number=1, votes=1))
    await nothing_due(forum)
    touches = [row["thing"] for row in outbox(forum, "card-change") if row["thing"].startswith("1:x")]
    assert touches[-1].endswith(f":{first.id}"), "the way back is not covered by what the other cards are told"
    first = await now_in(moderator, first)
    assert first.text.startswith("№1 ")
    assert first.button("kd:1:approve")
    answer = await moderator.press(said("undo.of", number=2), first)
    assert answer.text == said("undo.done", number=2)
    assert state(forum, 2) == ("pending", None)
    assert (await now_in(moderator, first)).text.startswith("№1 ")
    assert like(2) in (await now_in(moderator, first)).text
    assert like(1) in (await card(moderator, 2)).text
    await two.sees("№2", said("undo.author"), said("questions.state_pending"))


@pytest.mark.parametrize("end", ["decline", "answer", "withdraw", "forget"])
async def test_the_hint_goes_with_the_question_it_names(forum: Forum, end: str) -> None:
    moderator, (one, _), _ = await people(forum, FIRST, SECOND)
    first, second = await card(moderator, 1), await card(moderator, 2)
    if end == "decline":
        await moderator.press("kd:1:decline", first)
        await moderator.press("kr:1:none", first)
    elif end == "answer":
        await moderator.press("kd:1:answer", first)
        await moderator.send("Ертең")
    elif end == "withdraw":
        await one.press("m1:1")
        await one.press("mw:1:0")
        await one.press("mw:1:1")
    else:
        await one.send("/forget")
        await one.press("fg:1")
    second = await now_in(moderator, second)
    assert like(1) not in second.text
    assert FIRST not in second.text
    assert not second.button("jy:")
    if end == "decline":
        await moderator.press("ku:", await now_in(moderator, first))
        assert like(1) in (await now_in(moderator, second)).text
        assert like(2) in (await now_in(moderator, first)).text


async def test_the_hint_goes_when_one_of_the_two_is_carried_to_another_session(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND)
    second, now = await card(moderator, 2), forum.clock.seconds()

    def carry(tx: Transaction, session: str) -> None:
        tx.run("UPDATE questions SET session = :session, revision = revision + 1 WHERE number = 1", session=session)
        cards_changed(tx, found(tx, 1), now)

    here, there = (one.code for one in sessions(forum)[:2])
    await forum.db.write(carry, there)
    await nothing_due(forum)
    assert like(1) not in (await now_in(moderator, second)).text
    assert like(2) not in (await card(moderator, 1)).text
    await forum.db.write(carry, here)
    await nothing_due(forum)
    assert like(1) in (await now_in(moderator, second)).text
    assert like(2) in (await card(moderator, 1)).text


async def test_an_approved_question_is_merged_with_a_waiting_one_and_stays(forum: Forum) -> None:
    moderator, _, code = await people(forum, FIRST, SECOND, OTHER)
    voter = await forum.delegate("Дина", "ru")
    second = await card(moderator, 2)
    await moderator.press("kd:2:approve", second)
    await vote(voter, code, 2)
    second = await now_in(moderator, second)
    assert like(1) in second.text
    assert second.button(said("merging.join", number=1)), "what the hall reads stays, though it came later"
    assert (await card(moderator, 1)).button(said("merging.yes", target=2))
    await moderator.press("km:2:-", second)
    await moderator.press("jm:2:0:-", second)
    pick = await now_in(moderator, second)
    assert FIRST in pick.text
    assert OTHER in pick.text
    await moderator.press("jt:2:1:-", second)
    sure = await now_in(moderator, second)
    assert said("merging.read_in_hall", number=2) in sure.text
    assert [one for one in sure.buttons if "№" in one] == [said("merging.stays", number=2)]
    await moderator.press(said("merging.stays", number=2), sure)
    assert state(forum, 1) == ("merged", 2)
    assert state(forum, 2) == ("approved", None)
    voices = {row["person"] for row in tables(forum.folder)["votes"] if row["question"] == 2}
    assert voices == {voter.id, next(row["author"] for row in tables(forum.folder)["questions"] if row["number"] == 1)}
    shown = await now_in(moderator, second)
    assert shown.text.startswith("№2 ")
    await moderator.press("jd:", shown)
    assert state(forum, 1) == ("pending", None)


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("stays", [1, 2])
async def test_of_two_either_stays(forum: Forum, approved: bool, stays: int) -> None:
    moderator, authors, code = await people(forum, FIRST, SECOND)
    voter = await forum.delegate("Дина", "ru")
    if approved:
        for number in (1, 2):
            await moderator.press(f"kd:{number}:approve")
            await vote(voter, code, number)
        await forum.db.write(session_desks.put_on_stage, code, 3 - stays, 1)
    shown = await card(moderator, 1)
    await moderator.press("km:1:-", shown)
    await moderator.press("jm:1:0:-", shown)
    await moderator.press("jt:1:2:-", shown)
    sure = await moderator.sees(said("merging.sure", number=1, target=2), FIRST, SECOND)
    assert sure.button(said("merging.stays", number=3 - stays))
    await moderator.press(said("merging.stays", number=stays), sure)
    goes = 3 - stays
    assert state(forum, goes) == ("merged", stays)
    voices = {row["person"] for row in tables(forum.folder)["votes"] if row["question"] == stays}
    assert voices == {authors[goes - 1].id} | ({voter.id} if approved else set())
    if approved:
        assert [row["on_stage"] for row in tables(forum.folder)["session_desks"]] == [stays]
    undone = await moderator.press(said("undo.of", number=goes) if stays == 1 else "ku:", await now_in(moderator, sure))
    assert undone.text == said("undo.done", number=goes)
    assert state(forum, goes) == ("approved" if approved else "pending", None)


async def test_in_a_list_the_next_comes_after_the_one_that_goes_and_what_stays_has_still_to_be_read(
    forum: Forum,
) -> None:
    moderator, _, code = await people(forum, FIRST, OTHER, SECOND, THIRD)
    shown = await open_list(moderator, code)
    assert shown.text.startswith("№1 ")
    await moderator.press("jy:3:1:", shown)
    shown = await now_in(moderator, shown)
    assert shown.text.startswith("№1 ")
    assert like(4) in shown.text
    await moderator.press("kd:1:approve", shown)
    await moderator.press("kn:", await now_in(moderator, shown))
    shown = await now_in(moderator, shown)
    assert shown.text.startswith("№4 ")
    await moderator.press("jy:4:1:", shown)
    shown = await now_in(moderator, shown)
    assert shown.text.startswith("№2 ")
    await moderator.press(said("undo.of", number=4), shown)
    assert state(forum, 4) == ("pending", None)


async def test_what_changed_since_it_was_read_is_read_again(forum: Forum) -> None:
    moderator, (one, _), _ = await people(forum, FIRST, SECOND)
    second = await card(moderator, 2)
    data = next(key["callback_data"] for row in second.rows for key in row if key["callback_data"].startswith("jy:"))
    await one.edit((await one.messages())[-2], THIRD)
    await forum.telegram.idle()
    assert THIRD in (await now_in(moderator, second)).text
    answer = await moderator.press_data(data, second.id)
    assert answer.alert
    assert answer.text == said("moderation.read_again")
    sure = await now_in(moderator, second)
    assert THIRD in sure.text
    assert state(forum, 2) == ("pending", None)
    await moderator.press(said("merging.stays", number=1), sure)
    assert state(forum, 2) == ("merged", 1)


async def test_what_another_works_on_is_left_to_them(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND)
    other, code = await forum.delegate("Ержан", "ru"), sessions(forum)[0].code
    await forum.db.write(roles.grant, other.id, role=MODERATOR, session=code, granted_by=None, now=1)
    forum.application.people.changed(other.id)
    second = await card(moderator, 2)
    await open_list(other, code)
    await other.press("kn:")
    await forum.telegram.idle()
    answer = await moderator.press("jy:2:1:", second)
    assert answer.alert
    assert "Ержан" in answer.text
    assert state(forum, 2) == ("pending", None)


async def test_merged_twice_is_merged_once(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND)
    second = await card(moderator, 2)
    key = second.button("jy:")
    assert key is not None
    answers = await asyncio.gather(*(moderator.press_data(key["callback_data"], second.id) for _ in range(4)))
    assert {answer.text for answer in answers} == {said("merging.done", number=2, target=1)}
    assert len([row for row in tables(forum.folder)["audit"] if row["deed"] == "merge"]) == 1


async def in_group(forum: Forum, *texts: str) -> tuple[Person, Person, int]:
    """The organizer, a moderator, and their group with the cards of these questions, of which a delegate is a member
    too."""
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    author = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, moderator, author)
    for text in texts:
        await ask(author, sessions(forum)[0].code, text)
        await moderator.sees(text, chat=chat)
    await forum.telegram.idle()
    return organizer, moderator, chat


async def test_in_the_group_one_tap_merges_and_the_cards_follow(forum: Forum) -> None:
    organizer, moderator, chat = await in_group(forum, FIRST, SECOND, THIRD)
    first = await card(moderator, 1, chat)
    assert like(2) in first.text
    assert SECOND in first.text
    answer = await moderator.press(said("merging.arrow", number=2, target=1), first, chat=chat)
    assert answer.text == said("merging.done", number=2, target=1)
    assert state(forum, 2) == ("merged", 1)
    first = await card(moderator, 1, chat)
    assert like(3) in first.text
    assert said("moderation.merged", n=1) in first.text
    second = await card(moderator, 2, chat)
    await organizer.press("gc:2:undo", second, chat=chat)
    assert state(forum, 2) == ("pending", None)
    assert like(1) in (await card(moderator, 2, chat)).text
    assert len(cards_in(moderator, chat, FIRST)) == 3, "each names the first"


async def test_in_the_group_which_stays_is_chosen_in_the_private_chat(forum: Forum) -> None:
    _, moderator, chat = await in_group(forum, FIRST, SECOND)
    await moderator.look_away()
    answer = await moderator.press(said("merging.choose"), await card(moderator, 1, chat), chat=chat)
    assert answer.text == said("group.more_privately", number=1)
    sure = await moderator.sees(said("merging.sure", number=1, target=2), FIRST, SECOND)
    await moderator.press(said("merging.stays", number=2), sure)
    assert state(forum, 1) == ("merged", 2)
    assert f"{said('questions.state_merged')} → №2" in (await card(moderator, 1, chat)).text


async def test_in_the_group_only_who_moderates_merges_and_only_what_was_read(forum: Forum) -> None:
    _, moderator, chat = await in_group(forum, FIRST, SECOND)
    stranger = forum.telegram.known("Ася")
    second = await card(moderator, 2, chat)
    key = second.button("jc:merge")
    assert key is not None
    data = key["callback_data"]
    assert (await stranger.press_data(data, second.id, chat=chat)).text == said("refusal.not_moderator")
    for forged in ("jc:merge:2:1:7:1", "jc:merge:1:2:1:9"):
        answer = await moderator.press_data(forged, second.id, chat=chat)
        assert (answer.text, answer.alert) == (said("moderation.read_again"), True)
    assert (await moderator.press_data("jc:other:2:1:1:1", second.id, chat=chat)).text == said("refusal.stale")
    assert (await moderator.press_data("jc:merge:2:99:1:1", second.id, chat=chat)).alert
    assert (await moderator.press_data("jc:merge:2:2:1:1", second.id, chat=chat)).alert
    assert state(forum, 2) == ("pending", None)
    assert meaning_of(data) is not None


async def test_delegation_stands_on_every_card_but_an_anonymous_one_s(forum: Forum) -> None:
    moderator, _, code = await people(forum, FIRST, OTHER)
    hidden = await forum.delegate("Құпия", "ru")
    await hidden.start(f"q_{code}")
    await hidden.press("qa:")
    await hidden.sees(said("questions.form_anonymous"))
    await hidden.send("Аты жоқ сұрақ қайда?")
    await hidden.sees("🧾")
    named, unnamed = await card(moderator, 1), await card(moderator, 3)
    delegation = "Город Шымкент"
    assert f"Автор1, {delegation}" in named.text
    assert delegation not in unnamed.text
    assert said("questions.anonymous") in unnamed.text
    assert delegation in (await open_list(moderator, code)).text
