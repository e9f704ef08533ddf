"""What people do with a group: make it, bring the bot in, change its rights, upgrade it, delete a topic."""

from __future__ import annotations

from aiohttp import web

from bot.rehearsal import formatted
from bot.rehearsal.doors.exchange import Given, door, read
from bot.rehearsal.errors import DoorError
from bot.rehearsal.methods.chats import RIGHTS, set_standing
from bot.rehearsal.methods.topics import remove_topic
from bot.rehearsal.people import Chat, Person
from bot.rehearsal.wire import Json
from bot.rehearsal.world import World

STATUSES = ("administrator", "member", "left", "kicked")


class GroupDoors:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/groups", door(self.groups)),
            web.post("/api/groups/bot", door(self.bot)),
            web.post("/api/groups/settings", door(self.settings)),
            web.post("/api/groups/upgrade", door(self.upgrade)),
            web.post("/api/groups/delete-topic", door(self.delete_topic)),
        ]

    async def groups(self, request: web.Request) -> Json:
        """Make a group of people and add the bot ("admin": false for an ordinary member, "bot": false not at all)."""
        given = await read(request)
        members = given.values.get("members")
        if not isinstance(members, list) or not members:
            raise DoorError("a group needs members")
        people = [self._world.person(member) for member in members]
        forum, admin = bool(given.values.get("forum")), bool(given.values.get("admin", True))
        chat = self._world.add_group(
            given.text("title", required=True),
            [person.id for person in people],
            forum=forum,
            supergroup=forum or admin,
        )
        if given.values.get("bot", True):
            self._bring_in(chat, people[0], "administrator" if admin else "member", self._rights(given), None)
        return chat.as_page()

    @staticmethod
    def _rights(given: Given) -> frozenset[str]:
        """All of an administrator's unless some are named."""
        named = given.values.get("rights")
        if named is None:
            return frozenset(RIGHTS)
        if not isinstance(named, list) or not set(named) <= set(RIGHTS):
            raise DoorError(f"the rights are some of {', '.join(RIGHTS)}")
        return frozenset(named)

    def _bring_in(self, chat: Chat, by: Person, status: str, rights: frozenset[str], payload: str | None) -> None:
        """Add the bot, by a t.me/<bot>?startgroup=<payload> link when there is one."""
        world, bot = self._world, self._world.profile.user
        set_standing(world, chat, by.as_user(), status, rights)
        joined = world.new_message(chat, by.as_user(), {"new_chat_members": [bot]})
        world.updates.add("message", joined)
        if payload is not None:
            self._start(chat, by, payload)

    def _start(self, chat: Chat, by: Person, payload: str) -> None:
        text, entities = formatted.finish(f"/start@{self._world.profile.user['username']} {payload}".strip(), [])
        message = self._world.new_message(chat, by.as_user(), {"text": text, "entities": entities})
        self._world.updates.add("message", message)

    async def bot(self, request: web.Request) -> Json:
        """Add the bot, change its rights or remove it; with "payload" as the link startgroup does."""
        given = await read(request)
        person, chat = self._who_and_where(given)
        status, payload = given.text("status", required=True), given.values.get("payload")
        if status not in STATUSES:
            raise DoorError(f"the bot is one of {', '.join(STATUSES)}")
        there = chat.bot_status in ("administrator", "member")
        rights = self._rights(given)
        if status in ("left", "kicked"):
            if there:
                self._world.new_message(chat, person.as_user(), {"left_chat_member": self._world.profile.user})
            set_standing(self._world, chat, person.as_user(), status, frozenset())
        elif not there:
            self._bring_in(chat, person, status, rights, None if payload is None else str(payload))
        else:
            set_standing(self._world, chat, person.as_user(), status, rights)
            if payload is not None:
                self._start(chat, person, str(payload))
        return chat.as_page()

    async def settings(self, request: web.Request) -> Json:
        """Switch topics on or off ("forum"), let only administrators write ("silent"). Topics make a supergroup."""
        given = await read(request)
        person, chat = self._who_and_where(given)
        if "forum" in given.values:
            if given.values["forum"] and chat.type == "group":
                chat = self._upgrade(person, chat)
            chat.is_forum = bool(given.values["forum"])
        if "silent" in given.values:
            chat.silent = bool(given.values["silent"])
        self._world.tell_chat(chat)
        return chat.as_page()

    async def upgrade(self, request: web.Request) -> Json:
        """The group becomes a supergroup; the supergroup. With "told": false the bot is not notified."""
        given = await read(request)
        person, chat = self._who_and_where(given)
        if chat.type != "group":
            raise DoorError(f"{chat.title} is a supergroup already")
        return self._upgrade(person, chat, bool(given.values.get("told", True))).as_page()

    def _upgrade(self, person: Person, group: Chat, told: bool = True) -> Chat:
        """Another chat with another id. The old messages stay behind: no bot can edit them any more."""
        world = self._world
        chat = world.add_group(group.title, group.members, forum=False, supergroup=True)
        chat.bot_status, chat.bot_rights, chat.silent = group.bot_status, group.bot_rights, group.silent
        last = world.new_message(group, person.as_user(), {"migrate_to_chat_id": chat.id})
        first = world.new_message(chat, person.as_user(), {"migrate_from_chat_id": group.id})
        group.migrated_to = chat.id
        if told and chat.bot_status in ("administrator", "member"):
            world.updates.add("message", last)
            world.updates.add("message", first)
        world.tell_chat(group)
        world.tell_chat(chat)
        return chat

    async def delete_topic(self, request: web.Request) -> Json:
        given = await read(request)
        _, chat = self._who_and_where(given)
        topic = chat.topics.get(given.integer("topic") or 0)
        if topic is None:
            raise DoorError("there is no such topic", 404)
        remove_topic(self._world, chat, topic)
        return chat.as_page()

    def _who_and_where(self, given: Given) -> tuple[Person, Chat]:
        person = self._world.person(given.integer("person"))
        chat = self._world.chats.get(given.integer("chat") or 0)
        if chat is None or chat.private or chat.migrated_to or person.id not in chat.members:
            raise DoorError(f"{person.first_name} is in no such group", 404)
        return person, chat
