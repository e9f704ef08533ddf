"""Another bot is given the database of a former one: its chats begin again, and what people did goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import StillClock
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from tests.conftest import TOKEN, Forum, Running
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import announce, ask, said
from tests.telegram import Person

OTHER_TOKEN = "4300000000:test-test-test-test-test-test"


@asynccontextmanager
async def bot(token: str, folder: Path, clock: StillClock, programme: Programme) -> AsyncIterator[Forum]:
    """A bot with this token on a Telegram of its own."""
    server = Rehearsal(token=token, clock=clock, zone=programme.forum.timezone)
    running = Running(await server.start(), folder, clock, programme, bot_token=token)
    try:
        async with running.open() as forum:
            yield forum
    finally:
        await running.stop()
        await server.stop()


async def write_as(forum: Forum, person: Person, message: int, text: str) -> None:
    """A message with an id of our choice."""
    user = {"id": person.id, "is_bot": False, "first_name": "Айгерім", "language_code": "kk"}
    chat = {"id": person.id, "type": "private", "first_name": "Айгерім"}
    date = int(forum.clock.now().timestamp())
    content = {"message_id": message, "date": date, "chat": chat, "from": user, "text": text}
    await forum.telegram.update({"message": content})


async def test_message_ids_of_a_former_bot_are_taken_for_nothing(
    tmp_path: Path, clock: StillClock, programme: Programme
) -> None:
    async with bot(TOKEN, tmp_path, clock, programme) as forum:
        organizer = await forum.organizer()
        delegate = await forum.delegate("Айгерім", "kk")
        await ask(delegate, "opening", "Бұрынғы боттағы сұрақ?")
        await announce(organizer, "Черновик прежнего бота")
        await at_rest(forum)
        former = tables(tmp_path)
        assert former["cards"] != []
    clock.move(dt.timedelta(minutes=2))
    async with bot(OTHER_TOKEN, tmp_path, clock, programme) as forum:
        organizer = await forum.telegram.person("Динара", "ru", id=organizer.id)
        delegate = await forum.telegram.person("Айгерім", "kk", id=delegate.id)
        assert tables(tmp_path)["cards"] == []
        await organizer.start()
        await organizer.sees("👋")
        await delegate.start("q_opening")
        await delegate.sees("✋")
        await write_as(forum, delegate, former["questions"][0]["message"], "Жаңа боттағы сұрақ?")
        await organizer.sees("№2", "Жаңа боттағы сұрақ?")
        await organizer.send("/announce")
        await organizer.sees("📣")
        await write_as(forum, organizer, former["announcements"][0]["message"], "Объявление нового бота")
        await organizer.sees(said("announcements.preview"))
        await at_rest(forum)
    async with bot(OTHER_TOKEN, tmp_path, clock, programme) as forum:
        await at_rest(forum)
    now = tables(tmp_path)
    assert [row["text"] for row in now["announcements"]] == ["Черновик прежнего бота", "Объявление нового бота"]
    assert [(row["number"], row["message"] is None) for row in now["questions"]] == [(1, True), (2, False)]
    assert [row["question"] for row in now["cards"]] == [2]  # a second start of the same bot leaves its ids alone
