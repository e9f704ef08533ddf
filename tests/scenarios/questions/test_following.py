"""Following a question without asking or voting: whoever cares, hears, and reads no more than everybody may."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.actions import outgoing
from bot.actions.questions import telling
from bot.delivery.sender import SPARE, places_at
from storage import followers
from storage.database import Transaction
from tests.conftest import Forum, Running, fill_in
from tests.scenarios.moderation.test_merging import merge
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, enrol_all, nothing_due, outbox, said, sessions, until, vote
from tests.telegram import Message, Person

TEXT = "Когда примут закон об НПО?"
NEAR = "Подскажите, закон об НПО — когда его примут?"
OTHER = "Сколько мест в общежитии для волонтёров?"
LANGUAGES = ("kk", "ru", "en")
YOU_FOLLOW = said("following.you_follow")


async def approved(forum: Forum, *texts: str) -> tuple[Person, Person, str]:
    """A moderator, the author of these questions, all of them approved, and their session."""
    moderator, author = await forum.moderator(await forum.organizer()), await forum.delegate("Автор", "ru")
    code = sessions(forum)[0].code
    for number, text in enumerate(texts, start=1):
        assert await ask(author, code, text) == number
        await moderator.sees(f"№{number}")
        await moderator.press(f"kd:{number}:approve")
        await forum.telegram.clock(by=60)
    await author.look_away()
    return moderator, author, code


async def open_from_feed(person: Person, code: str, number: int) -> Message:
    await person.start(f"s_{code}")
    await person.press(f"f:{code}:0")
    await person.press(f"fo:{number}:0")
    return await person.sees(f"№{number}")


async def follow(person: Person, code: str, number: int, language: str = "ru") -> Message:
    await open_from_feed(person, code, number)
    answer = await person.press(said("following.follow", language))
    assert answer.text == said("following.followed", language)
    shown = await person.sees(f"№{number}", said("following.told", language))
    await person.look_away()
    return shown


async def follower(forum: Forum, code: str, *numbers: int, name: str = "Дина", language: str = "ru") -> Person:
    person = await forum.delegate(name, language)
    for number in numbers:
        await follow(person, code, number, language)
    return person


async def decline(moderator: Person, number: int) -> None:
    await moderator.press(f"kd:{number}:decline")
    await moderator.press(f"kr:{number}:rude")


async def forget(person: Person) -> None:
    await person.send("/forget")
    await person.press("fg:1")
    await person.sees(said("privacy.forgotten"))
    await person.look_away()


def follows(forum: Forum) -> list[tuple[int, int]]:
    return sorted((row["question"], row["person"]) for row in tables(forum.folder)["followers"])


def fates(forum: Forum, person: Person) -> list[str]:
    return [row["thing"] for row in outbox(forum, "fate") if row["recipient"] == person.id]


# whoever added their voice


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_added_a_voice_instead_hears_and_may_stop(forum: Forum, language: str) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await forum.delegate("Дина", language)
    await person.start(f"q_{code}")
    await person.sees("✋")
    await person.send(NEAR)
    offer = await person.sees(said("likeness.asked", language))
    await asyncio.gather(*(person.press_data("ja:1", offer.id) for _ in range(3)))
    added = await person.sees(said("likeness.voice_added", language, number=1), said("following.told", language))
    assert follows(forum) == [(1, person.id)]

    await moderator.press("kd:1:asked")
    news = await person.sees(said("following.fate", language, number=1), said("questions.state_asked", language), TEXT)
    assert said("following.you_follow", language) in news.text
    assert news.buttons == [said("following.open", language), said("following.stop", language)]
    assert "Автор" not in news.text
    await person.press(said("following.stop", language), added)
    await person.sees("№1", TEXT)
    await person.look_away()
    await moderator.press("kd:1:answer")
    await moderator.send("В апреле")
    await nothing_due(forum)
    await person.quiet()
    assert follows(forum) == []
    assert [(row["question"], row["person"]) for row in tables(forum.folder)["votes"]] == [(1, person.id)]


async def test_a_question_alike_is_followed_without_a_voice_and_one_s_own_still_waits(forum: Forum) -> None:
    await approved(forum, TEXT)
    person = await forum.delegate("Дина", "ru")
    await person.start(f"q_{sessions(forum)[0].code}")
    await person.sees("✋")
    await person.send(NEAR)
    offer = await person.sees(said("likeness.asked"))
    for _ in range(2):
        answer = await person.press(said("following.follow_number", number=1), offer)
        assert answer.text == said("following.followed")
    assert follows(forum) == [(1, person.id)]
    assert tables(forum.folder)["votes"] == []
    await person.press(said("likeness.send_anyway"), offer)
    await person.sees("🧾", "№2", NEAR)


# anyone who reads it


@pytest.mark.parametrize("language", LANGUAGES)
async def test_anyone_who_reads_it_follows_it_and_stops(forum: Forum, language: str) -> None:
    moderator, _, code = await approved(forum, TEXT, OTHER)
    person = await forum.delegate("Дина", language)
    shown = await open_from_feed(person, code, 2)
    assert OTHER in shown.text
    assert said("following.told", language) not in shown.text
    assert len(shown.rows) == 3
    assert (await person.press(said("following.follow", language))).text == said("following.followed", language)
    shown = await person.sees("№2", said("following.told", language))
    assert follows(forum) == [(2, person.id)]
    assert tables(forum.folder)["votes"] == []
    await person.press(said("likeness.to_feed", language), shown)
    feed = await person.sees("№1", "№2")
    assert feed.text.count("· 🔔") == 1
    assert "👍 0 · 🔔" in feed.text
    assert len(feed.rows) <= 8

    await moderator.press("kd:2:asked")
    await person.sees(said("following.fate", language, number=2), said("questions.state_asked", language))
    news = await person.last()
    await person.press(said("following.open", language), news)
    shown = await person.sees("№2", OTHER, said("following.told", language))
    assert (await person.press(said("following.stop", language), shown)).text == said("following.stopped", language)
    assert follows(forum) == []


async def test_a_vote_on_the_question_s_own_screen(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT)
    person = await forum.delegate("Дина", "ru")
    await open_from_feed(person, code, 1)
    assert (await person.press(said("following.vote"))).text == said("questions.voted")
    shown = await person.sees("№1", "1 голос")
    assert follows(forum) == []  # a vote is no following
    assert (await person.press(said("following.vote_back"), shown)).text == said("questions.unvoted")
    assert tables(forum.folder)["votes"] == []


async def test_following_moves_no_order_and_no_votes(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT, OTHER)
    person = await follower(forum, code, 2)
    await person.start(f"s_{code}")
    await person.press(f"f:{code}:0")
    feed = await person.sees(TEXT, OTHER)
    assert feed.text.index(TEXT) < feed.text.index(OTHER)
    assert [(row["number"], row["votes"]) for row in tables(forum.folder)["questions"]] == [(1, 0), (2, 0)]


async def test_many_taps_at_once_are_one_following(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT)
    person = await forum.delegate("Дина", "ru")
    shown = await open_from_feed(person, code, 1)
    await asyncio.gather(*(person.press_data("fw:1:1:0", shown.id) for _ in range(5)))
    assert follows(forum) == [(1, person.id)]


async def test_a_guest_registers_first_and_then_follows(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT)
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start(f"s_{code}")
    await guest.press(said("registration.look"))
    await guest.press(f"f:{code}:0")
    await guest.press("fo:1:0", await guest.sees(TEXT))
    await guest.press(said("following.follow"), await guest.sees("№1", TEXT))
    await guest.sees("/privacy", said("registration.to_follow"))
    assert follows(forum) == []
    await fill_in(guest)
    await guest.sees("№1", TEXT, said("following.told"))
    assert follows(forum) == [(1, guest.id)]


async def test_a_guest_who_only_looks_around_reads_it(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT)
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start(f"s_{code}")
    await guest.press(said("registration.look"))
    await guest.press(f"f:{code}:0")
    await guest.press("fo:1:0", await guest.sees(TEXT))
    await guest.press(said("following.follow"), await guest.sees("№1", TEXT))
    await guest.sees("/privacy")
    await guest.press(said("registration.look"))
    await guest.sees("№1", TEXT)
    assert follows(forum) == []


@pytest.mark.parametrize("payload", ["f_", "f_x", "f_-1", "f_1", "f_" + "9" * 40])
async def test_nobodys_link_makes_one_follow(forum: Forum, payload: str) -> None:
    await approved(forum, TEXT)
    person = await forum.delegate("Дина", "ru")
    await person.start(payload)
    await person.sees(said("fallback.bad_link"))
    assert follows(forum) == []


# my questions


@pytest.mark.parametrize("language", LANGUAGES)
async def test_they_stand_among_my_questions_with_a_mark(forum: Forum, language: str) -> None:
    _, _, code = await approved(forum, TEXT, OTHER)
    person = await follower(forum, code, 1, language=language)
    assert await ask(person, code, "Будет ли перевод на жестовый язык?") == 3
    await follow(person, code, 2, language)
    await person.send("/questions")
    listed = await person.sees(said("questions.mine", language), said("following.mark", language))
    assert [label.partition(" ")[0] for label in listed.buttons] == ["№3", "🔔", "🔔"]
    assert listed.buttons[0].startswith("№3 Будет ли перевод")
    assert "🔔 №2" in listed.text
    assert "🔔 №3" not in listed.text
    assert "Автор" not in listed.text
    await person.press("🔔 №1", listed)
    shown = await person.sees("№1", TEXT, said("following.told", language))
    await person.press(said("menu.back", language), shown)
    await person.sees(said("questions.mine", language))


async def test_the_list_of_both_turns_its_pages(forum: Forum) -> None:
    _, _, code = await approved(forum, TEXT, OTHER)
    person = await follower(forum, code, 1, 2)
    for number in range(3, 7):
        await ask(person, code, f"Свой вопрос номер {number}")
        await forum.telegram.clock(by=60)
    await person.send("/questions")
    listed = await person.sees(said("questions.mine"))
    assert listed.buttons == [*(f"№{one} Свой вопрос номер {one}" for one in (6, 5, 4, 3)), "‹", "1/2", "›"]
    await person.press("›", listed)
    shown = (await person.sees(said("questions.mine"))).buttons
    assert [label[:4] for label in shown] == ["🔔 №2", "🔔 №1", "‹", "2/2", "›"]


# what may be read


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_a_declined_one_the_words_that_were_public_and_the_reason(forum: Forum, language: str) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1, language=language)
    await decline(moderator, 1)
    news = await person.sees(TEXT, said("questions.state_declined", language), said("reason.rude", language))
    assert "Автор" not in news.text
    await person.press(said("following.open", language), news)
    shown = await person.sees(TEXT, said("questions.state_declined", language))
    other = await forum.delegate("Чужой", language)
    opened = await other.press_data("fo:1:0", (await other.last()).id)
    assert opened.text == said("questions.no_such_question", language)
    await person.press(said("following.stop", language), shown)
    await person.sees(said("following.stopped_all", language, number=1))
    assert (await person.press_data("fw:1:1:-1", shown.id)).text == said("questions.no_such_question", language)
    assert follows(forum) == []


async def test_what_its_author_words_again_while_it_waits_is_for_nobody_else(forum: Forum) -> None:
    moderator, author, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    await moderator.press("ku:")
    await author.sees(said("undo.author"))
    await author.send("/questions")
    await author.press("m1:1")
    await author.press("me:1")
    await author.send("Секретные новые слова")
    await author.sees(said("questions.edited", number=1))
    await person.send("/questions")
    listed = await person.sees("🔔 №1", said("following.not_shown"))
    assert "Секретные" not in listed.text
    await person.press("🔔 №1", listed)
    assert "Секретные" not in (await person.sees("№1", said("questions.state_pending"))).text
    await decline(moderator, 1)
    news = await person.sees("№1", said("questions.state_declined"))
    assert "Секретные" not in news.text
    assert said("following.not_shown") in news.text


async def test_nothing_in_a_follower_s_chat_names_who_asked(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Заурбек", "ru")
    code = sessions(forum)[0].code
    await author.start(f"q_{code}")
    await author.press("qa:")
    await author.send(TEXT)
    await moderator.sees("№1")
    await moderator.press("kd:1:approve")
    person = await follower(forum, code, 1)
    await moderator.press("kd:1:asked")
    news = await person.sees(said("questions.state_asked"))
    await person.press("fo:", news)
    await person.sees("№1", said("following.told"))
    await person.send("/questions")
    await person.sees("🔔 №1")
    for message in await person.messages():
        for sign in ("Заурбек", str(author.id), said("questions.anonymous")):
            assert sign not in message.text
    await person.send("/mydata")
    await person.sees("")
    assert [one["question"] for one in await my_data(person)] == [1]


async def my_data(person: Person) -> list[dict[str, int]]:
    await person.telegram.idle()
    sent = next(message for message in reversed(await person.messages()) if "document" in message.data)
    found: list[dict[str, int]] = json.loads(await person.telegram.file(sent.data["document"]["file_id"]))["following"]
    return found


# news that does not hold any more


@pytest.mark.parametrize("language", LANGUAGES)
async def test_news_taken_back_is_corrected_where_it_stands(forum: Forum, language: str) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1, language=language)
    stopped = await follower(forum, code, 1, name="Ержан")
    await moderator.press("kd:1:asked")
    news = await person.sees(said("questions.state_asked", language))
    other = await stopped.sees(said("questions.state_asked"))
    await stopped.press(said("following.stop"), other)
    await moderator.press("ku:")
    corrected = await person.sees(said("following.taken_back", language), said("questions.state_approved", language))
    assert corrected.id == news.id
    if said("undo.author", language) != said("following.taken_back", language):
        assert said("undo.author", language) not in corrected.text
    assert corrected.buttons == [said("following.open", language), said("following.stop", language)]
    corrected = await stopped.sees(said("following.taken_back"))  # who stopped has nothing false, and no news of it
    assert corrected.id == other.id
    assert corrected.buttons == []


async def test_a_wording_corrected_by_a_moderator_reaches_them_and_so_does_its_undo(forum: Forum) -> None:
    moderator, author, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    await moderator.press("km:1:-")
    await moderator.press(said("editing.open"))
    await moderator.send("Когда будет принят закон об НПО?")
    news = await person.sees(said("following.corrected", number=1), "Когда будет принят закон об НПО?")
    assert TEXT not in news.text  # how its author had put it is theirs
    await author.sees(said("editing.told", number=1))
    await moderator.press("ku:")
    corrected = await person.sees(said("following.taken_back"), TEXT)
    assert corrected.id == news.id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_they_hear_that_it_was_carried_and_that_there_was_no_time_for_it(forum: Forum, language: str) -> None:
    _, author, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1, language=language)
    now = forum.clock.seconds()

    def no_time(tx: Transaction) -> None:
        tx.run("UPDATE questions SET unheard_at = :now", now=now)
        telling.tell(tx, outgoing.Unheard(1, now), now)

    await forum.db.write(telling.tell, outgoing.Carried(1, 2), now)
    own, title = await author.sees(said("questions.carried", number=1)), said("questions.carried", language, number=1)
    news = await person.sees("🔔", title, TEXT, said("following.you_follow", language))
    assert (own.buttons, news.buttons[-1]) == ([said("questions.open_mine")], said("following.stop", language))
    await forum.db.write(no_time)
    own, title = await author.sees(said("questions.unheard", number=1)), said("questions.unheard", language, number=1)
    news = await person.sees("🔔", title, said("following.you_follow", language))
    assert YOU_FOLLOW not in own.text
    assert news.buttons[-1] == said("following.stop", language)


# merged, twice, and apart again


async def test_who_follows_two_that_are_merged_hears_each_news_once(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT, NEAR, OTHER)
    both = await follower(forum, code, 1, 2, name="Оба")
    first = await follower(forum, code, 1, name="Первый")
    third = await follower(forum, code, 3, name="Третий")
    await merge(moderator, 2, 1)
    await both.sees("№2", said("questions.merged", number=1, votes=0), TEXT)
    await nothing_due(forum)
    await both.quiet()
    await first.quiet()
    await moderator.press("kd:1:asked")
    await both.sees("№1", said("questions.state_asked"))
    await first.sees("№1", said("questions.state_asked"))
    await nothing_due(forum)
    await both.quiet()
    await first.quiet()
    await third.quiet()
    # Stopped of the one, of both: they are one question now.
    await both.press(said("following.stop"), await both.last())
    assert follows(forum) == [(1, first.id), (3, third.id)]


async def test_a_question_merged_twice_is_followed_to_the_last_and_back(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT, NEAR, OTHER)
    person = await follower(forum, code, 1)
    await merge(moderator, 1, 2)
    await person.sees("№1", said("questions.merged", number=2, votes=0))
    card = await merge(moderator, 2, 3)
    news = await person.sees("№1", said("questions.merged", number=3, votes=0), OTHER)
    await moderator.press("ku:", card)
    corrected = await person.sees(said("following.taken_back"), said("questions.merged", number=2, votes=0))
    assert corrected.id == news.id
    await moderator.press("km:1:-")
    await moderator.press("ju:1")
    await person.sees("№1", TEXT, said("questions.state_approved"))
    await person.look_away()
    await moderator.press("kd:2:asked")
    await nothing_due(forum)
    await person.quiet()
    await moderator.press("kd:1:asked")
    await person.sees("№1", said("questions.state_asked"))


async def test_who_became_an_author_by_a_merge_is_told_once_as_the_author(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    assert await ask(person, code, OTHER) == 2
    await moderator.sees("№2")
    await merge(moderator, 2, 1)
    await person.sees("№2", said("questions.merged", number=1, votes=1))
    await moderator.press("kd:1:asked")
    news = await person.sees(said("questions.fate", number=2), said("questions.state_asked"))
    assert YOU_FOLLOW not in news.text
    await nothing_due(forum)
    await person.quiet()


# what may stand in the way


async def test_nobody_follows_their_own(forum: Forum) -> None:
    _, author, code = await approved(forum, TEXT)
    await open_from_feed(author, code, 1)
    own = await author.last()
    assert own.button(said("following.follow")) is None
    assert (await author.press_data("fw:1:1:0", own.id)).text == said("following.own")
    await author.press_data("ja:1", own.id)
    assert follows(forum) == []


async def test_who_stops_before_it_is_sent_is_sent_nothing(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT, OTHER)
    person = await follower(forum, code, 1, 2)
    async with forum.telegram.held(method="sendMessage", chat=person.id) as hold:
        await moderator.press("kd:1:asked")
        await hold.reached()
        await moderator.press("kd:2:asked")
        await forum.db.write(followers.unfollow, 2, person.id)
    await person.sees("№1", said("questions.state_asked"))
    await nothing_due(forum)
    await person.quiet()
    assert [row["state"] for row in outbox(forum, "fate") if row["recipient"] == person.id] == ["sent", "dropped"]


async def test_who_is_forgotten_is_sent_nothing_and_follows_nothing(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    await forget(person)
    assert follows(forum) == []
    await moderator.press("kd:1:asked")
    await nothing_due(forum)
    await person.quiet()


async def test_who_blocked_the_bot_holds_nobody_up_and_comes_back_to_what_is_true(forum: Forum) -> None:
    moderator, _, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1, name="Блок")
    other = await follower(forum, code, 1)
    await moderator.press("kd:1:asked")
    news = await person.sees(said("questions.state_asked"))
    await other.sees(said("questions.state_asked"))
    await person.block()
    await moderator.press("ku:")
    await other.sees(said("following.taken_back"))
    await nothing_due(forum)
    await person.unblock()
    await person.start()
    corrected = await person.sees(said("following.taken_back"))
    assert corrected.id == news.id
    assert follows(forum) == sorted([(1, person.id), (1, other.id)])


async def test_when_its_author_erases_it_they_hear_that_it_is_withdrawn(forum: Forum) -> None:
    _, author, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    await forget(author)
    news = await person.sees("№1", said("questions.state_withdrawn"), said("following.not_shown"))
    assert TEXT not in news.text
    await person.press(said("following.stop"), news)
    await person.sees(said("following.stopped_all", number=1))


async def test_when_the_author_of_a_merged_one_erases_it_they_follow_what_stands_for_it(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    one, two = await forum.delegate("Один", "ru"), await forum.delegate("Два", "ru")
    code = sessions(forum)[0].code
    for number, (author, text) in enumerate(((one, TEXT), (two, OTHER)), start=1):
        assert await ask(author, code, text) == number
        await moderator.sees(f"№{number}")
        await moderator.press(f"kd:{number}:approve")
    person = await follower(forum, code, 1)
    await merge(moderator, 1, 2)
    await person.sees("№1", said("questions.merged", number=2, votes=1))
    await forget(one)
    assert follows(forum) == [(2, person.id)]
    await moderator.press("kd:2:asked")
    await person.sees("№2", OTHER, said("questions.state_asked"))
    await nothing_due(forum)
    await person.quiet()


async def test_when_its_author_takes_it_back_they_hear_it(forum: Forum) -> None:
    moderator, author, code = await approved(forum, TEXT)
    person = await follower(forum, code, 1)
    await moderator.press("ku:")
    await author.sees(said("undo.author"))
    await author.send("/questions")
    await author.press("m1:1")
    await author.press("mw:1:0")
    await author.press("mw:1:1")
    await person.sees("№1", said("questions.state_withdrawn"))
    await nothing_due(forum)
    assert fates(forum, author)[-1] != fates(forum, person)[-1]  # who did it need not be told


# five hundred

MANY = 500
PER_SECOND = 200


async def crowd(forum: Forum, count: int) -> list[Person]:
    """Registered people who follow question 1."""
    people = [await forum.telegram.person(f"Делегат {number}", "ru", started=True) for number in range(count)]

    def write(tx: Transaction) -> None:
        enrol_all(tx, [person.id for person in people])
        for person in people:
            followers.follow(tx, 1, person=person.id, now=1)

    await forum.db.write(write)
    for person in people:
        forum.application.people.changed(person.id)
    return people


def heard(person: Person) -> int:
    return sum(YOU_FOLLOW in message.text for message in person.shown())


async def test_five_hundred_are_told_behind_what_others_wait_for(running: Running) -> None:
    running.settings["messages_per_second"] = PER_SECOND
    async with running.open() as forum:
        moderator, author, code = await approved(forum, TEXT)
        second = await forum.delegate("Второй", "ru")
        assert await ask(second, code, OTHER) == 2
        await moderator.sees("№2")
        reader = await forum.delegate("Дина", "ru")
        people = await crowd(forum, MANY)
        await second.look_away()
        async with forum.telegram.held(method="sendMessage", text=YOU_FOLLOW, next=MANY) as hold:
            await moderator.press("kd:1:asked")
            await hold.reached(places_at(PER_SECOND))
            await forum.telegram.clock(by=1)  # the sender looks again, and takes what places there are
            await hold.reached(places_at(PER_SECOND) + SPARE)
            # All places are taken by those who follow it, and none of them has heard: nobody waits behind them.
            await author.sees("№1", said("questions.state_asked"))
            await moderator.press("kd:2:approve")
            await second.sees("№2", said("questions.state_approved"))
            await follow(reader, code, 1)
            await vote(reader, code, 2)
            told = [row for row in outbox(forum, "fate") if row["thing"].startswith("1:")]
            assert len(told) == MANY + 2  # its approval, and once for each who cares
            assert sum(row["state"] == "sent" for row in told) == 2
        await until(lambda: sum(row["state"] == "sent" for row in outbox(forum, "fate")) == MANY + 3)
        await forum.telegram.catch_up()
        assert [heard(person) for person in people] == [1] * MANY
        assert [(row["number"], row["votes"]) for row in tables(forum.folder)["questions"]] == [(1, 0), (2, 1)]
        lanes = {row["recipient"]: row["lane"] for row in outbox(forum, "fate")}
        assert lanes[author.id] < min(lanes[person.id] for person in people)


async def test_five_hundred_are_told_once_each_over_a_restart(running: Running) -> None:
    running.settings["messages_per_second"] = PER_SECOND
    async with running.open() as forum:
        moderator, _, _ = await approved(forum, TEXT)
        people = await crowd(forum, MANY)
        await moderator.press("kd:1:asked")
        await until(lambda: sum(row["state"] == "sent" for row in outbox(forum, "fate")) > MANY // 4)
        await running.stop()
        left = sum(row["state"] != "sent" for row in outbox(forum, "fate"))
        assert left > MANY // 4
        await running.start()
        await until(lambda: all(row["state"] == "sent" for row in outbox(forum, "fate")))
        await forum.telegram.catch_up()
        assert [heard(person) for person in people] == [1] * MANY
