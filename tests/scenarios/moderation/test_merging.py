"""Questions that say the same: merged by a moderator, followed by everybody whose they are."""

from __future__ import annotations

import asyncio

import pytest

from storage import session_desks
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, now_in, open_list, outbox, said, sessions
from tests.telegram import Message, Person

FIRST = "Бюджет қашан жарияланады?"
SECOND = "Қашан жарияланады бюджет, айтыңызшы?"
THIRD = "Бюджет жарияланатын күн қашан?"
OTHER = "Волонтёрлерге сертификат беріле ме?"


async def people(forum: Forum, *texts: str, language: str = "ru") -> tuple[Person, list[Person], str]:
    """A moderator who looks away, an author a question, and the session."""
    moderator = await forum.moderator(await forum.organizer())
    code = sessions(forum)[0].code
    authors = []
    for place, text in enumerate(texts, start=1):
        author = await forum.delegate(f"Автор{place}", language)
        assert await ask(author, code, text) == place
        authors.append(author)
    await moderator.sees(f"№{len(texts)}")
    return moderator, authors, code


async def merge(moderator: Person, number: int, target: int) -> Message:
    """Merge by the card's buttons."""
    await moderator.press(f"km:{number}:-")
    await moderator.press(f"jm:{number}:0:-")
    await moderator.press(f"jt:{number}:{target}:-")
    sure = await moderator.sees(said("merging.sure", number=number, target=target))
    answer = await moderator.press(f"jy:{number}:{target}:", sure)
    assert answer.text == said("merging.done", number=number, target=target)
    return await moderator.sees(said("questions.state_merged") + f" → №{target}")


def voters(forum: Forum, number: int) -> set[int]:
    return {row["person"] for row in tables(forum.folder)["votes"] if row["question"] == number}


def state(forum: Forum, number: int) -> tuple[str, int | None]:
    row = next(row for row in tables(forum.folder)["questions"] if row["number"] == number)
    return row["state"], row["merged_into"]


async def test_near_ones_are_offered_first_and_both_texts_are_read_before(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, OTHER, SECOND)
    await moderator.press("km:3:-")
    await moderator.press("jm:3:0:-")
    pick = await moderator.sees(said("merging.into", number=3))
    order = [pick.text.index(text) for text in (said("merging.near"), FIRST, said("merging.others"), OTHER)]
    assert order == sorted(order)
    assert [label[:2] for label in pick.buttons[:2]] == ["№1", "№2"]
    await moderator.press("jt:3:1:", pick)
    sure = await moderator.sees(FIRST, SECOND)
    await moderator.press(said("menu.back"), sure)
    await moderator.press("kc:3", pick)
    await moderator.sees("№3", SECOND, "Автор3")
    assert state(forum, 3) == ("pending", None)


async def test_votes_unite_as_people_and_every_author_hears_the_fate(forum: Forum) -> None:
    moderator, (one, two), code = await people(forum, FIRST, SECOND)
    voter = await forum.delegate("Дина", "ru")
    for number in (1, 2):
        await moderator.press(f"kd:{number}:approve")
    await voter.start(f"s_{code}")
    await voter.press(f"f:{code}:0")
    await voter.press("v:1:1")
    await voter.press("v:2:1")
    old = await voter.last()
    await two.look_away()
    await merge(moderator, 2, 1)
    assert voters(forum, 1) == {voter.id, two.id}
    await two.sees("№2", SECOND, said("questions.merged", number=1, votes=2), FIRST)
    feed = await voter.last()
    await voter.press("v:2:0", old)  # the old button takes one's voice back from the one that stays
    feed = await voter.sees("№1", FIRST)
    assert SECOND not in feed.text
    assert voters(forum, 1) == {two.id}
    await voter.press_data("v:2:1:0", feed.id)
    assert voters(forum, 1) == {voter.id, two.id}

    await one.look_away()
    await moderator.press("kd:1:asked")
    await one.sees("№1", said("questions.state_asked"))
    heard = await two.sees("№2", said("questions.state_asked"))
    assert said("questions.merged", number=1, votes=2) in heard.text
    await two.press("m1:2")
    await two.sees("№2", SECOND, said("questions.merged", number=1, votes=2), said("questions.state_asked"))


async def test_nobody_reads_a_text_that_is_not_public(forum: Forum) -> None:
    moderator, (_, two), _ = await people(forum, FIRST, SECOND)
    await two.look_away()
    await merge(moderator, 2, 1)
    news = await two.sees("№2", said("questions.merged", number=1, votes=1), said("questions.state_pending"))
    assert FIRST not in news.text
    await moderator.press("kd:1:decline")
    await moderator.press("kr:1:rude")
    news = await two.sees("№2", said("questions.state_declined"), said("reason.rude"))
    assert FIRST not in news.text


async def test_a_chain_follows_the_last_and_the_cards_say_how_many(forum: Forum) -> None:
    moderator, (one, two, three), _ = await people(forum, FIRST, SECOND, THIRD)
    await merge(moderator, 1, 2)
    await merge(moderator, 2, 3)
    await moderator.telegram.idle()  # the three cards follow in any order
    third = next(one for one in await moderator.messages() if one.text.startswith("№3"))
    assert said("moderation.merged", n=2) in third.text
    assert voters(forum, 3) == {one.id, two.id}
    for author in (one, two, three):
        await author.look_away()
    await moderator.press("kd:3:approve")
    for number, author in enumerate((one, two, three), start=1):
        await author.sees(f"№{number}", said("questions.state_approved"))
        await author.quiet()


async def test_a_merge_is_undone_and_its_news_corrected(forum: Forum) -> None:
    moderator, (_, two), _ = await people(forum, FIRST, SECOND)
    for number in (1, 2):
        await moderator.press(f"kd:{number}:approve")
    await two.look_away()
    card = await merge(moderator, 2, 1)
    message = await two.sees("№2", said("questions.merged", number=1, votes=1))
    await moderator.press("ku:", card)
    await moderator.sees("№2", f"{said('questions.state_approved')} · Марат")
    corrected = await two.sees("№2", said("questions.state_approved"))
    assert corrected.id == message.id
    assert state(forum, 2) == ("approved", None)
    assert voters(forum, 1) == set()


async def test_the_stage_goes_on_with_what_stays(forum: Forum) -> None:
    moderator, _, code = await people(forum, FIRST, SECOND)
    for number in (1, 2):
        await moderator.press(f"kd:{number}:approve")
    await forum.db.write(session_desks.put_on_stage, code, 2, 1)
    await merge(moderator, 2, 1)
    assert [row["on_stage"] for row in tables(forum.folder)["session_desks"]] == [1]


async def test_what_the_hall_reads_does_not_vanish_into_what_it_may_not_read(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND, OTHER)
    for number in (1, 2):
        await moderator.press(f"kd:{number}:approve")
    await moderator.press("km:1:-")
    await moderator.press("jm:1:0:-")
    pick = await moderator.sees(said("merging.into", number=1), SECOND, OTHER)
    await moderator.press_data("jt:1:3:-", pick.id)
    sure = await moderator.sees(said("merging.read_in_hall", number=1), FIRST, OTHER)
    assert sure.button(said("merging.stays", number=1))
    assert not sure.button(said("merging.stays", number=3))
    assert (await moderator.press_data("jy:1:3:2:1:-", pick.id)).text == said("merging.other_way", number=3)
    assert state(forum, 1) == ("approved", None)


async def test_at_the_desk_the_next_card_has_the_way_back_from_a_merge(forum: Forum) -> None:
    moderator, _, code = await people(forum, FIRST, OTHER, SECOND)
    card = await open_list(moderator, code)
    await moderator.press("km:1:w", card)
    await moderator.press("jm:1:0:w", card)
    await moderator.press("jt:1:3:w", card)
    await moderator.press("jy:1:3:", card)
    following = await now_in(moderator, card)
    assert OTHER in following.text
    await moderator.press(said("undo.of", number=1), following)
    assert FIRST in (await now_in(moderator, card)).text
    assert state(forum, 1) == ("pending", None)


async def test_a_question_is_split_off_later_as_it_was(forum: Forum) -> None:
    moderator, (_, two), _ = await people(forum, FIRST, SECOND)
    for number in (1, 2):
        await moderator.press(f"kd:{number}:approve")
    card = await merge(moderator, 2, 1)
    await two.look_away()
    await moderator.press("km:2:-", card)
    answer = await moderator.press("ju:2", card)
    assert answer.text == said("merging.apart_done", number=2)
    await two.sees("№2", said("questions.state_approved"))
    assert state(forum, 2) == ("approved", None)
    assert voters(forum, 1) == set()
    again = await moderator.press_data("ju:2:-", card.id)
    assert again.text == said("merging.apart_done", number=2)
    assert [row["deed"] for row in tables(forum.folder)["audit"] if row["question"] == 2][-1] == "unmerge"


@pytest.mark.parametrize("decision", ["decline", "asked"])
async def test_nothing_is_merged_into_what_was_decided_meanwhile(forum: Forum, decision: str) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND)
    await moderator.press("kd:1:approve")
    await moderator.press("km:2:-")
    await moderator.press("jm:2:0:-")
    await moderator.press("jt:2:1:-")
    sure = await moderator.sees(said("merging.sure", number=2, target=1))
    data = next(button["callback_data"] for row in sure.rows for button in row if button["callback_data"][:2] == "jy")
    await moderator.press(f"kd:1:{decision}")
    if decision == "decline":
        await moderator.press("kr:1:none")
    answer = await moderator.press_data(data, sure.id)
    assert answer.alert
    assert answer.text == said("merging.cannot_stay", number=1)
    assert state(forum, 2) == ("pending", None)


async def test_of_two_who_merge_at_once_one_does(forum: Forum) -> None:
    moderator, _, _ = await people(forum, FIRST, SECOND, THIRD)
    card = await moderator.last()
    presses = [(3, 1), (3, 2)] * 5
    await asyncio.gather(*(moderator.press_data(f"jy:{a}:{b}:1:1:-", card.id) for a, b in presses))
    await forum.telegram.idle()
    assert state(forum, 3)[0] == "merged"
    assert len([row for row in tables(forum.folder)["audit"] if row["deed"] == "merge"]) == 1
    assert len([row for row in outbox(forum, "fate") if row["thing"].startswith("3:")]) == 1


async def test_when_what_stays_is_taken_back_the_others_wait_again(forum: Forum) -> None:
    moderator, (one, two), _ = await people(forum, FIRST, SECOND)
    await merge(moderator, 2, 1)
    await one.press("m1:1")
    await one.press("me:1")
    assert (await one.toast(said("questions.stands_for_others"))).alert
    await two.look_away()
    await one.press("mw:1:0")
    await one.press("mw:1:1")
    await two.sees("№2", said("questions.state_pending"))
    await moderator.sees("№2", SECOND)
    assert state(forum, 2) == ("pending", None)


async def test_who_is_forgotten_leaves_the_others_their_questions(forum: Forum) -> None:
    moderator, (one, two, three), _ = await people(forum, FIRST, SECOND, THIRD)
    await merge(moderator, 1, 2)
    await merge(moderator, 2, 3)
    await two.send("/forget")
    await two.press("fg:1")
    await two.sees(said("privacy.forgotten"))
    assert state(forum, 1) == ("pending", None)
    assert voters(forum, 3) == set()
    row = next(row for row in tables(forum.folder)["questions"] if row["number"] == 2)
    assert (row["text"], row["author"]) == ("", None)
    await one.sees("№1", said("questions.state_pending"))
    assert three.id
