"""An organizer's board as they see it, in more than one test."""

from __future__ import annotations

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import now_in, said
from tests.telegram import Message, Person


async def open_board(person: Person, language: str = "ru") -> Message:
    """The board in a message of its own, at the end of the chat."""
    await person.look_away()
    await person.send("/board")
    board = await person.sees(said("board.title", language), said("board.as_of", language, at=""))
    await person.look_away()
    return board


SETTLE = 0.3  # seconds: longer than the tests' boards wait between two edits


async def looks(forum: Forum) -> None:
    """The keeper looks, and what it edits has come."""
    await forum.application.boards.look()
    await forum.telegram.idle(settle=SETTLE)


async def edits(forum: Forum, person: Person) -> int:
    """How many edits in the person's chat Telegram has carried out or refused."""
    calls = await forum.telegram.calls()
    return sum(call["method"] == "editMessageText" and call["chat_id"] == str(person.id) for call in calls)


def followed(forum: Forum) -> list[tuple[int, int, int]]:
    rows = tables(forum.folder)["boards"]
    return sorted((row["chat"], row["message"], row["former"]) for row in rows)


async def now_says(person: Person, board: Message) -> str:
    return (await now_in(person, board)).text
