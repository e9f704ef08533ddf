"""Who works on a question: one at a time, seen by all, for two minutes."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.actions.moderation.cards import card_touched
from bot.actions.moderation.claims import LASTS
from bot.actions.questions.questions import found
from bot.delivery.carrier import card_sent
from storage import cards
from storage.deliveries import SENT, Outcome
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, claims_end, nothing_due, now_in, open_list, outbox, said, sessions
from tests.telegram import Person


def claimed_until(forum: Forum) -> str:
    """When a claim of now is over, as a card says it."""
    over = forum.clock.now() + dt.timedelta(seconds=LASTS)
    return over.astimezone(forum.programme.forum.zone).strftime("%H:%M")


def holder(forum: Forum, number: int = 1) -> int | None:
    return next((row["moderator"] for row in tables(forum.folder)["claims"] if row["question"] == number), None)


async def two_moderators(forum: Forum) -> tuple[Person, Person]:
    organizer = await forum.organizer()
    return await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия", "kk")


async def test_opening_a_question_at_the_desk_holds_off_the_others_and_says_who(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Кімде бұл сұрақ?")
    card = await other.sees("Кімде бұл сұрақ?")
    opened = await open_list(one, code)
    assert said("claims.held", by="Марат", until=claimed_until(forum)) in opened.text
    held_by = said("claims.held", "kk", by="Марат", until=claimed_until(forum))
    await other.sees("Кімде бұл сұрақ?", held_by)
    for data in ("kd:1:approve:-", "kd:1:decline:-", "kd:1:answer:-"):
        refused = await other.press_data(data, card.id)
        assert (refused.text, refused.alert) == (held_by, True)
    assert tables(forum.folder)["questions"][0]["state"] == "pending"
    await one.press("kd:1:approve:w", opened)
    await other.sees("Кімде бұл сұрақ?", said("questions.state_approved", "kk") + " · Марат")
    assert holder(forum) is None


async def test_after_two_minutes_the_question_is_everybodys_and_the_cards_say_so(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Екі минут өтті ме?")
    opened = await open_list(one, code)
    await other.sees("👀", "Марат")
    await claims_end(forum)
    freed = await other.sees("Екі минут өтті ме?")
    assert "👀" not in freed.text
    assert "👀" not in (await now_in(one, opened)).text
    assert (await other.press("kd:1:approve", freed)).text == said("moderation.done_approve", "kk", number=1)


async def test_a_step_of_its_holder_begins_the_two_minutes_anew(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Ұзақ ойланамын ба?")
    opened = await open_list(one, code)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=LASTS - 20))
    await one.press("kd:1:decline:w", opened)
    reasons = await now_in(one, opened)
    assert reasons.button("kr:1:rude:w")  # its own change of cards has not covered them
    await forum.at(forum.clock.now() + dt.timedelta(seconds=60))
    card = await other.sees("Ұзақ ойланамын ба?", "Марат")
    assert (await other.press_data("kd:1:approve:-", card.id)).alert
    assert (await now_in(one, opened)).button("kr:1:rude:w")  # nor has the end of the first two minutes
    await one.press("kr:1:rude:w", opened)
    await other.sees(said("questions.state_declined", "kk") + " · Марат")


async def test_the_list_passes_over_what_others_hold_and_says_when_that_is_all(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other, third = [await forum.moderator(organizer, name) for name in ("Марат", "Алия", "Дана")]
    code = sessions(forum)[0].code
    delegate = await forum.delegate()
    for word in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, word)
    first = await open_list(one, code)
    assert "Бірінші" in first.text
    second = await open_list(other, code)
    assert "Екінші" in second.text
    empty = await open_list(third, code)
    assert empty.text == said("claims.all_held")
    await one.press("ks:", first)  # back to the session: the question is let go of
    await third.press("kn:", empty)
    assert "Бірінші" in (await now_in(third, empty)).text
    assert holder(forum, 1) == third.id


async def test_going_on_lets_go_of_what_was_passed_over(forum: Forum) -> None:
    one, _ = await two_moderators(forum)
    code = sessions(forum)[0].code
    delegate = await forum.delegate()
    for word in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, word)
    desk = await open_list(one, code)
    await one.press("kn:", desk)
    await one.sees("Екінші сұрақ")
    assert (holder(forum, 1), holder(forum, 2)) == (None, one.id)


async def test_taking_leaving_and_taking_over(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    await ask(await forum.delegate(), sessions(forum)[0].code, "Кто возьмётся?")
    cards = [await person.sees("Кто возьмётся?") for person in (one, other)]
    await one.press("km:1", cards[0])
    assert (await one.press("kw:1:take", cards[0])).text == said("claims.done_take")
    held_by = said("claims.held", by="Марат", until=claimed_until(forum))
    await other.sees(held_by)
    await other.press("km:1", cards[1])
    assert (await now_in(other, cards[1])).button("kw:") is None  # nothing that they may do about it
    assert (await other.press_data("kw:1:leave:-", cards[1].id)).text == held_by
    assert (await other.press_data("kw:1:take:-", cards[1].id)).text == held_by
    assert (await other.press_data("kw:1:over:-", cards[1].id)).text == said("refusal.not_organizer")
    assert holder(forum) == one.id

    await open_list(organizer, sessions(forum)[0].code)  # held: the organizer looks at the card another way
    shown = await organizer.last()
    await organizer.press_data("kc:1:-", shown.id)
    await organizer.press_data("kw:1:over:-", shown.id)
    assert holder(forum) == organizer.id
    await one.sees(said("claims.held", by="Динара", until=claimed_until(forum)))
    assert [row["deed"] for row in tables(forum.folder)["audit"] if row["question"]] == ["take_over"]
    await organizer.press_data("kw:1:leave:-", shown.id)
    freed = await one.sees("Кто возьмётся?")
    assert "👀" not in freed.text
    assert (await one.press("kd:1:approve", freed)).text == said("moderation.done_approve", number=1)


async def test_of_many_who_take_it_at_once_one_has_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.moderator(organizer, f"М{number}") for number in range(3)]
    await ask(await forum.delegate(), sessions(forum)[0].code, "Кому достанется?")
    cards = [await person.sees("Кому достанется?") for person in people]
    presses = [
        person.press_data("kw:1:take:-", card.id) for person, card in zip(people, cards, strict=True) for _ in range(5)
    ]
    answers = await asyncio.gather(*presses)
    took = [answer for answer in answers if answer.text == said("claims.done_take")]
    assert len(took) == 5  # all of one person
    assert len(tables(forum.folder)["claims"]) == 1
    winner = next(person for person in people if person.id == holder(forum))
    held_by = said("claims.held", by=winner.data["first_name"], until=claimed_until(forum))
    assert {answer.text for answer in answers} == {said("claims.done_take"), held_by}


async def test_words_typed_when_another_holds_the_question_are_not_lost(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    code = sessions(forum)[0].code
    author = await forum.delegate("Ася", "ru")
    await ask(author, code, "Кто ответит?")
    await one.press("kd:1:answer")
    await claims_end(forum)
    opened = await open_list(other, code)
    await one.look_away()
    await one.send("Отвечу я.")
    await one.sees(said("claims.held", by="Алия", until=claimed_until(forum)))
    await other.press("ks:", opened)
    await one.send("Отвечу я.")
    await one.sees(said("moderation.done_answer", number=1))
    await author.sees("Отвечу я.")


async def test_a_claim_let_go_of_leaves_no_letter_to_send(forum: Forum) -> None:
    """The end of a claim that is over already changes no card: not a call for it."""
    one, _ = await two_moderators(forum)
    code = sessions(forum)[0].code
    await ask(await forum.delegate(), code, "Артық хат бола ма?")
    opened = await open_list(one, code)
    await one.press("kd:1:approve:w", opened)
    await claims_end(forum)
    ends = [row["message"] for row in outbox(forum, "card-change") if ":u" in row["thing"]]
    assert ends
    assert set(ends) == {None}


async def test_what_others_do_beside_a_question_leaves_an_open_menu_under_the_thumb(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Мәзірім қайда кетті?")
    card = await one.sees("Мәзірім қайда кетті?")
    await one.press("km:1:-", card)
    await other.press("km:1:-")
    await other.press("kw:1:take")
    await other.sees("👀", "Алия")
    assert (await now_in(one, card)).button("je:1:-")
    await one.press("jl:1:-", card)
    await other.press("km:1:-")
    await other.press("kw:1:leave")
    assert (await now_in(one, card)).button("jb:1:")  # nor are the labels, to which the menu led, covered
    await one.press(said("menu.back"), card)
    assert (await now_in(one, card)).button("kd:1:approve")
    await other.press("km:1:-")
    await other.press("kw:1:take")
    assert "Алия" in (await now_in(one, card)).text  # closed, the card follows again


async def test_an_open_menu_makes_room_for_what_the_question_has_become(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Не шешілді екен?")
    card = await one.sees("Не шешілді екен?")
    await one.press("km:1:-", card)
    await other.press("kd:1:approve")
    shown = await now_in(one, card)
    assert said("questions.state_approved") + " · Алия" in shown.text
    assert shown.button("kd:1:asked")
    await one.press("km:1:-", card)
    await claims_end(forum)
    await other.press("km:1:-")
    await other.press("kw:1:take")
    assert (await now_in(one, card)).button("je:1:-")


async def test_what_others_do_beside_a_question_does_not_cover_the_reasons_of_a_decline(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Себебін таңдап үлгерем бе?")
    card = await one.sees("Себебін таңдап үлгерем бе?")
    await one.press("kd:1:decline", card)
    await other.press("km:1:-")
    await other.press("kv:1:1")
    assert (await now_in(one, card)).button("kr:1:rude")
    await claims_end(forum)
    await one.press("kr:1:rude", card)
    assert said("questions.state_declined") in (await now_in(one, card)).text


async def test_a_card_pressed_before_its_arrival_was_written_down_is_what_the_press_made_of_it(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Тым жылдам бастым ба?")
    card = await one.sees("Тым жылдам бастым ба?")
    await forum.telegram.idle()
    await one.press("km:1:-", card)
    sent = Outcome(0, SENT, (card.id,))
    await forum.db.write(
        card_sent,
        "",
        sent=sent,
        chat=one.id,
        question=await forum.db.read(found, 1),
        new=True,
        now=forum.clock.seconds(),
    )
    await other.press("km:1:-")
    await other.press("kw:1:take")
    await other.sees("👀", "Алия")
    assert (await now_in(one, card)).button("je:1:-")


@pytest.mark.parametrize(("press", "opened"), [("km:1:-", "je:1:-"), ("kd:1:decline", "kr:1:rude")])
async def test_what_was_opened_while_a_change_of_the_card_was_on_its_way_is_shown_again(
    forum: Forum, press: str, opened: str
) -> None:
    moderator, _ = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Кім бұрын жетеді?")
    card = await moderator.sees("Кім бұрын жетеді?")
    async with a_change_on_its_way(forum, moderator):
        await moderator.press(press, card)
    await nothing_due(forum)
    assert (await now_in(moderator, card)).button(opened)
    assert len(outbox(forum, "card-unfolded")) == 1


async def test_the_next_card_of_the_desk_is_shown_again_when_a_change_of_the_last_came_late(forum: Forum) -> None:
    moderator, _ = await two_moderators(forum)
    code = sessions(forum)[0].code
    author = await forum.delegate()
    for text in ("Бірінші кім?", "Екінші кім?"):
        await ask(author, code, text)
    desk = await open_list(moderator, code)
    await claims_end(forum)
    await forum.db.write(lambda tx: cards.delete(tx, moderator.id))
    await forum.db.write(cards.place, moderator.id, message=desk.id, question=1, revision=1, desk="w")
    async with a_change_on_its_way(forum, moderator):
        await moderator.press("kn:", desk)
    await nothing_due(forum)
    assert "Екінші кім?" in (await now_in(moderator, desk)).text


@asynccontextmanager
async def a_change_on_its_way(forum: Forum, moderator: Person) -> AsyncIterator[None]:
    """Something other than question 1 changes, and Telegram takes its time with the moderator's changed card."""
    await forum.telegram.idle()
    await forum.db.write(lambda tx: cards.delete(tx, next(c for c in cards.chats(tx, 1) if c != moderator.id)))
    async with forum.telegram.held(method="editMessageText", chat=moderator.id) as hold:
        await forum.db.write(card_touched, 1, forum.clock.seconds())
        await hold.reached()
        yield
