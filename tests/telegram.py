"""The people's side of Telegram, for tests: write, tap, press and look, over the rehearsal's doors.

    telegram = await Telegram.connect(url)
    aigerim = await telegram.person("Айгерім", language="kk")
    await aigerim.start()
    await aigerim.sees("Қош келдіңіз")
    await aigerim.press("Келісемін")

Everything goes over HTTP and nothing is known of the bot: a test asserts what a person sees. A
failure shows the person's screen.
"""

# ruff: noqa: ASYNC109 - how long a person looks is part of what a test says

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Self

import aiohttp

from tests.person import TIMEOUT, Person
from tests.screen import Answer, Json, Message

__all__ = ["Answer", "Message", "Person", "Telegram"]


class Hold:
    """Calls that Telegram takes its time with. Made by Telegram.held()."""

    def __init__(self, telegram: Telegram, number: int) -> None:
        self._telegram = telegram
        self._number = number

    async def calls(self, at_least: int = 0, timeout: float = 0) -> list[Json]:
        """What is held now; waits until it is so many."""
        held: list[Json] = await self._telegram.get("held", hold=self._number, calls=at_least, wait=timeout)
        return held

    async def reached(self, calls: int = 1, timeout: float = TIMEOUT) -> None:
        """Wait until so many calls are held."""
        held = await self.calls(calls, timeout)
        assert len(held) >= calls, f"{calls} calls were to be held, and are: {held}"

    async def release(self, status: int | None = None) -> None:
        """Let them go on, or fail (500, 502, or 0 to drop the connection)."""
        await self._telegram.post("release", hold=self._number, status=status)


class Telegram:
    """A connection to the rehearsal. Use `async with`, or close() it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session = aiohttp.ClientSession()
        self._people: dict[int, Person] = {}
        self._messages: dict[int, dict[int, Json]] = {}
        self._seq = 0
        self._follow = asyncio.Lock()
        self.linger: Callable[[], Awaitable[object]] = partial(self.clock, by=1)
        """Lets the second pass that people take to see what they press."""

    @classmethod
    async def connect(cls, url: str) -> Self:
        telegram = cls(url)
        try:
            state = await telegram.get("state")
        except BaseException:
            await telegram.close()
            raise
        telegram._seq = state["seq"]
        for chat_id, messages in state["messages"].items():
            telegram._messages[int(chat_id)] = {m["message_id"]: m for m in messages}
        for data in state["people"]:
            telegram._people[data["id"]] = Person(telegram, data)
        return telegram

    async def close(self) -> None:
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # plain doors

    async def get(self, path: str, **query: object) -> Any:
        wanted = {key: str(value) for key, value in query.items()}
        async with self._session.get(f"{self.url}/api/{path}", params=wanted) as answer:
            return await self._read(answer)

    async def post(self, path: str, **body: object) -> Any:
        given = {key: value for key, value in body.items() if value is not None}
        async with self._session.post(f"{self.url}/api/{path}", json=given) as answer:
            return await self._read(answer)

    async def upload(
        self, fields: Json, name: str, filename: str, data: bytes, mime: str, *, path: str = "send"
    ) -> Any:
        form = aiohttp.FormData()
        for key, value in fields.items():
            form.add_field(key, str(value))
        form.add_field(name, data, filename=filename, content_type=mime)
        async with self._session.post(f"{self.url}/api/{path}", data=form) as answer:
            return await self._read(answer)

    @staticmethod
    async def _read(answer: aiohttp.ClientResponse) -> Any:
        value = json.loads(await answer.read())
        assert answer.status == 200, f"{answer.url.path}: {value}"
        return value

    async def file(self, file_id: str) -> bytes:
        async with self._session.get(f"{self.url}/api/file/{file_id}") as answer:
            assert answer.status == 200, f"no file {file_id}"
            return await answer.read()

    # people

    async def person(
        self,
        first_name: str,
        language: str = "ru",
        *,
        last_name: str = "",
        username: str | None = None,
        role: str = "",
        id: int | None = None,
        started: bool = False,
    ) -> Person:
        data = await self.post(
            "people",
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language,
            role=role,
            id=id,
            started=started,
        )
        person = self._people[data["id"]] = Person(self, data)
        return person

    def known(self, first_name: str) -> Person:
        """A person who was there from the start, and has not looked yet at what was written to them before."""
        for person in self._people.values():
            if person.data["first_name"] == first_name:
                for message in self.messages_of(person.id):
                    person.notice(person.id, message.id)
                return person
        raise AssertionError(f"nobody is called {first_name}")

    async def group(
        self,
        title: str,
        *members: Person,
        forum: bool = False,
        admin: bool = True,
        bot: bool = True,
        rights: list[str] | None = None,
    ) -> int:
        """Make a group, with the bot in it; its chat id. `rights` are the bot's as its administrator, all if None."""
        ids = [member.id for member in members]
        chat = await self.post("groups", title=title, members=ids, forum=forum, admin=admin, bot=bot, rights=rights)
        return int(chat["id"])

    async def standing(
        self, person: Person, chat: int, status: str, rights: list[str] | None = None, payload: str | None = None
    ) -> None:
        """The person adds the bot to their group, changes its rights there or removes it ("left", "kicked")."""
        await self.post("groups/bot", person=person.id, chat=chat, status=status, rights=rights, payload=payload)

    async def upgrade(self, person: Person, chat: int, *, told: bool = True) -> int:
        """Make a supergroup of the group; its id. Not `told`: the bot misses the news."""
        return int((await self.post("groups/upgrade", person=person.id, chat=chat, told=told))["id"])

    async def delete_topic(self, person: Person, chat: int, topic: int) -> None:
        await self.post("groups/delete-topic", person=person.id, chat=chat, topic=topic)

    async def topics(self, chat: int) -> dict[str, int]:
        """The names of a group's topics and their ids, in the order of their making."""
        [found] = [one for one in (await self.get("state"))["chats"] if one["id"] == chat]
        return {topic["name"]: topic["id"] for topic in found["topics"]}

    # directing

    async def clock(self, *, by: float | None = None, to: float | str | None = None) -> Json:
        """Move the clock by seconds, or to a unix time or an ISO one."""
        page: Json = await self.post("clock", by=by, to=to)
        return page

    async def flood(self, *, on: bool | None = None, next: int | None = None, retry_after: int = 1) -> None:
        """Answer 429 to every send until off, or to the `next` ones."""
        await self.post("flood", on=on, next=next, retry_after=retry_after)

    async def fault(
        self,
        *,
        method: str = "",
        next: int = 1,
        status: int | None = None,
        after: bool = False,
        delay: float = 0,
    ) -> None:
        """Let the next calls fail (500, 502, or 0 to drop the connection) or only come late."""
        await self.post("fault", method=method, next=next, status=status, after=after, delay=delay)

    @asynccontextmanager
    async def held(
        self, *, method: str = "", chat: int | None = None, text: str = "", next: int = 1, after: bool = False
    ) -> AsyncIterator[Hold]:
        """Hold the next calls with this method, chat and text until the block ends, or they are released in it.

        `after`: they take effect, and only the answer waits. A bot that does nothing else meanwhile is idle.
        """
        number = (await self.post("hold", method=method, chat=chat, text=text, next=next, after=after))["hold"]
        hold = Hold(self, number)
        try:
            yield hold
        finally:
            await hold.release()

    async def update(self, update: Json) -> int:
        """Queue an update just as it is."""
        return int((await self.post("update", **update))["update_id"])

    async def idle(self, timeout: float = TIMEOUT, settle: float = 0.03) -> None:
        """Wait until the bot has confirmed every update and makes no call for `settle` seconds, held ones aside."""
        rests = await self.get("idle", wait=timeout, settle=settle)
        assert rests is True, "the bot is still busy, or nobody takes its updates"

    async def calls(self) -> list[Json]:
        """The Bot API calls still in the log, oldest first (getUpdates aside)."""
        events = (await self.get("events", since=0, wait=0))["events"]
        return [event for event in events if event["type"] == "call"]

    async def called(self, **fields: object) -> Json:
        """Wait for a Bot API call that has these fields in the log."""
        seq = 0
        async with asyncio.timeout(TIMEOUT):
            while True:
                answer = await self.get("events", since=seq, wait=TIMEOUT)
                for event in answer["events"]:
                    if event["type"] == "call" and fields.items() <= event.items():
                        found: Json = event
                        return found
                seq = answer["seq"]

    # following

    async def catch_up(self, wait: float = 0) -> None:
        """Take in what happened; wait up to so many seconds for anything new."""
        async with self._follow:
            answer = await self.get("events", since=self._seq, wait=wait)
            for event in answer["events"]:
                if event["seq"] > self._seq:
                    self._seq = event["seq"]
                    self._take(event)

    def _take(self, event: Json) -> None:
        match event["type"]:
            case "message" | "edit":
                message = event["message"]
                self._messages.setdefault(event["chat_id"], {})[message["message_id"]] = message
                for person in self._people.values():
                    person.notice(event["chat_id"], message["message_id"])
            case "delete":
                for message_id in event["message_ids"]:
                    self._messages.get(event["chat_id"], {}).pop(message_id, None)
            case "person" if event["person"]["id"] in self._people:
                self._people[event["person"]["id"]].data = event["person"]
            case "answer" if event["person"] in self._people:
                self._people[event["person"]].hear(Answer(event))
            case _:
                pass

    def messages_of(self, chat_id: int) -> list[Message]:
        return [Message(data) for data in self._messages.get(chat_id, {}).values()]
