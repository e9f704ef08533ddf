"""A form that is left by a press in the moderators' group is kept too: what is typed is typed in the private chat."""

from __future__ import annotations

import datetime as dt

from tests.conftest import Forum
from tests.scenarios.moderation.groups import cards_in, group_of
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, said

FIRST, SECOND = "Когда примут новый закон?", "Кто финансирует проекты молодых?"


async def test_a_form_in_whose_place_the_group_opens_another_is_offered_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer)
    author = await forum.delegate("Дина", "ru")
    await ask(author, "opening", FIRST)
    await ask(author, "opening", SECOND)
    await organizer.sees(SECOND, chat=chat)
    await organizer.start("q_opening")
    await organizer.sees("✋")
    await organizer.press("gc:1:answer", cards_in(organizer, chat, FIRST)[0], chat=chat)
    question = await organizer.sees(said("kept.question"))
    await forum.at(forum.clock.now() + dt.timedelta(seconds=5))
    await organizer.press("gc:2:answer", cards_in(organizer, chat, SECOND)[0], chat=chat)
    first = await organizer.sees(said("kept.decision", number=1))
    await at_rest(forum)
    assert [row["question"] for row in tables(forum.folder)["claims"]] == [2]
    assert (await organizer.press(said("kept.go_on"), question)).text == said("kept.gone")
    await organizer.send("Ответ на второй вопрос.")
    await author.sees("Ответ на второй вопрос.")
    await organizer.press(said("kept.go_on"), first)
    await organizer.send("Ответ на первый вопрос.")
    await author.sees("Ответ на первый вопрос.")
