"""The moderators' group as its people find and see it, in more than one test."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.methods.chats import RIGHTS
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said
from tests.telegram import Message, Person

OFFER, OPENED = said("group.offer"), said("group.opened")
NO_TOPICS = [right for right in RIGHTS if right != "can_manage_topics"]


async def group_of(forum: Forum, *members: Person, open_it: bool = True, topics: bool = True, **how: Any) -> int:
    """A group with the bot in it, by the first of the members; the desk opened by them."""
    chat = await forum.telegram.group("Модераторлар", *members, forum=topics, **how)
    if open_it:
        await members[0].sees(OFFER, chat=chat)
        await members[0].press("gd:open", chat=chat)
        await members[0].sees(OPENED, chat=chat)
    return chat


def topic_of(message: Message) -> int:
    return int(message.data.get("message_thread_id", 0))


def cards_in(person: Person, chat: int, text: str) -> list[Message]:
    return [message for message in person.shown(chat) if message.from_bot and text in message.text]


def journal_of_the_group(forum: Forum) -> list[str]:
    actions = [row["deed"] for row in tables(forum.folder)["audit"]]
    return [action for action in actions if action.startswith("group_")]


async def calls_of(forum: Forum, method: str, chat: int) -> list[Any]:
    calls = await forum.telegram.calls()
    return [call for call in calls if call["method"] == method and call["chat_id"] == str(chat)]
