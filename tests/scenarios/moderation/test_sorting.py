"""One order of a session's questions, chosen at its desk."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, said, sessions
from tests.telegram import Message, Person


async def desk_of(moderator: Person, code: str) -> Message:
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    await moderator.press(f"ks:{code}", desk)
    return await moderator.sees(said("questions.state_pending"))


async def test_the_desk_goes_through_its_list_in_the_order_chosen(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    code = sessions(forum)[0].code
    heard, new = await forum.delegate("Бұрынғы", "ru"), await forum.delegate("Жаңа", "ru")
    await ask(heard, code, "Первый вопрос о бюджете")
    await moderator.press("kd:1:answer")
    await moderator.sees("№1")
    await moderator.send("Ответ дан")
    await ask(heard, code, "Второй вопрос о дорогах")
    await ask(new, code, "Третий вопрос о школах")
    await moderator.sees("Третий вопрос", "🌱")
    desk = await desk_of(moderator, code)
    await moderator.press("jp:", desk)
    await moderator.sees(said("sorting.hint"))
    assert (await moderator.press(f"js:{code}:first", desk)).text == said("sorting.done")
    chosen = next(one for one in await moderator.messages() if one.id == desk.id)
    assert "✓ " + said("sorting.first") in chosen.buttons
    await moderator.press("ks:", desk)
    await moderator.press("kn:", desk)
    await moderator.sees("№3", "Третий вопрос")
    await moderator.press("kn:", desk)
    await moderator.sees("№2", "Второй вопрос")


async def test_an_order_is_one_for_all_of_the_session_and_of_no_other(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия", "kk")
    first, second = (session.code for session in sessions(forum)[:2])
    author = await forum.delegate("Автор", "ru")
    await ask(author, first, "Вопрос первой сессии")
    await ask(author, second, "Вопрос второй сессии")
    desk = await desk_of(one, first)
    await one.press("jp:", desk)
    await one.press(f"js:{first}:delegation", desk)
    for code, ticked in ((first, "sorting.delegation"), (second, "sorting.votes")):
        answer = await other.press_data(f"jp:{code}", (await other.last()).id)
        assert answer.answered
        assert "✓ " + said(ticked, "kk") in (await other.last()).buttons
    assert [(row["session"], row["sorting"]) for row in tables(forum.folder)["session_desks"]] == [
        (first, "delegation")
    ]


@pytest.mark.parametrize("data", ["js:{code}:nonsense", "js:nowhere:time", "jp:nowhere"])
async def test_the_oldest_button_still_answers(forum: Forum, data: str) -> None:
    moderator = await forum.moderator(await forum.organizer())
    code = sessions(forum)[0].code
    answer = await moderator.press_data(data.format(code=code), (await moderator.last()).id)
    assert answer.alert
    assert tables(forum.folder)["session_desks"] == []


async def test_only_the_session_s_moderators_choose(forum: Forum) -> None:
    organizer = await forum.organizer()
    first, second = (session.code for session in sessions(forum)[:2])
    elsewhere = await moderator_of(forum, organizer, second, "Иван")
    for data in (f"js:{first}:time", f"jp:{first}", f"jf:{first}", f"jg:{first}:x:0"):
        answer = await elsewhere.press_data(data, (await elsewhere.last()).id)
        assert (answer.text, answer.alert) == (said("refusal.not_moderator"), True)
