"""Everything the rehearsal remembers: people, chats, messages, and what happens to them.

One object, no globals. It knows nothing of HTTP: methods/ change it for the bot, doors.py for the
people, and both hear of each other only through the update queue and the event log.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.rehearsal.clock import Clock
from bot.rehearsal.errors import DoorError, bad_request, forbidden, migrated
from bot.rehearsal.events import EventLog
from bot.rehearsal.files import Files
from bot.rehearsal.flood import Flood
from bot.rehearsal.people import Chat, Person, PersonSpec
from bot.rehearsal.profile import Profile
from bot.rehearsal.updates import CALLBACK_LIFE, UpdateQueue
from bot.rehearsal.webhook import Webhook
from bot.rehearsal.wire import Json

FIRST_PERSON = 700_000_001
CALLBACKS_KEPT = 10_000
SMALL_TOWN = 200
"""Up to so many people each change of the commands is reported person by person; a larger crowd (a load
test, nobody watches it on a page) sees it with the next state."""

Moment = tuple[str | Mapping[str, str], datetime]
"""A point of time with its label, or with one for each language of the page."""
Moments = Callable[[], Iterable[Moment]]


@dataclass(slots=True)
class Callback:
    """A pressed button that waits for answerCallbackQuery."""

    id: str
    person: int
    pressed_at: float
    answered: asyncio.Future[Json] = field(repr=False)


class World:
    def __init__(
        self,
        *,
        bot_id: int,
        username: str,
        name: str,
        clock: Clock,
        zone: str,
        moments: Moments | None,
        flood_limits: bool,
    ) -> None:
        self.id = secrets.token_hex(8)
        """Tells a page that it is in another world than before."""
        self.tour: Json | None = None
        self.clock = clock
        self.zone = zone
        self.moments = moments
        self.profile = Profile({"id": bot_id, "is_bot": True, "first_name": name, "username": username})
        self.events = EventLog()
        self.updates = UpdateQueue(self.now)
        self.webhook = Webhook(self.updates, self.now)
        self.files = Files(bot_id)
        self.flood = Flood(flood_limits)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        self._last_message = 0
        self._last_callback = bot_id << 20
        self._last_group = 0
        self._last_album = bot_id << 10

    # time

    def now(self) -> float:
        """Unix seconds by the rehearsal's clock."""
        return self.clock.now().timestamp()

    def clock_page(self) -> Json:
        moments = list(self.moments()) if self.moments else []
        return {
            "now": self.now(),
            "zone": self.zone,
            "moments": [{"label": label, "at": at.timestamp()} for label, at in moments],
        }

    # people and chats

    def add_person(self, spec: PersonSpec) -> Person:
        person_id = spec.id if spec.id is not None else FIRST_PERSON + len(self.people)
        while spec.id is None and person_id in self.people:
            person_id += 1
        if person_id in self.people or person_id <= 0:
            raise DoorError(f"there is a person {person_id} already")
        person = Person(person_id, spec.first_name, spec.last_name, spec.username, spec.language_code, spec.role)
        person.started = spec.started
        self.people[person_id] = person
        self.chats[person_id] = Chat(person_id, "private")
        self.tell_person(person)
        return person

    def add_group(self, title: str, members: list[int], *, forum: bool, supergroup: bool) -> Chat:
        """A group without the bot (methods.chats.set_standing brings it in); only supergroups have topics."""
        self._last_group += 1
        chat = Chat(
            -1_001_000_000_000 - self._last_group if supergroup else -4_000_000 - self._last_group,
            "supergroup" if supergroup else "group",
            title,
            list(dict.fromkeys(members)),
            bot_status="left",
            is_forum=forum and supergroup,
        )
        self.chats[chat.id] = chat
        self.tell_chat(chat)
        return chat

    def tell_chat(self, chat: Chat) -> None:
        self.events.add("chat", chat=chat.as_page())

    def person(self, person_id: object) -> Person:
        """For the people's doors. Raises DoorError 404."""
        person = self.people.get(person_id) if isinstance(person_id, int) else None
        if person is None:
            raise DoorError(f"there is no person {person_id}", 404)
        return person

    def chat_json(self, chat: Chat) -> Json:
        """The Bot API's Chat, as it stands in a message."""
        if chat.private:
            return self.people[chat.id].as_chat()
        found: Json = {"id": chat.id, "title": chat.title, "type": chat.type}
        if chat.is_forum:
            found["is_forum"] = True
        return found

    def find_chat(self, chat_id: str) -> Chat:
        """The chat a method names. Raises ApiError like the server's check_chat.

        A bot knows a person only after they wrote to it or share a group with it.
        """
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(chat_id))
        except ValueError:
            chat = None
        if chat is None or (chat.private and not self._knows(self.people[chat.id])):
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def _knows(self, person: Person) -> bool:
        return person.started or any(person.id in chat.members for chat in self.chats.values() if not chat.private)

    def check_reachable(self, chat: Chat) -> None:
        """Raise 403 when the person of this private chat does not take the bot's messages."""
        if not chat.private:
            return
        person = self.people[chat.id]
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def person_page(self, person: Person) -> Json:
        return {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "role": person.role,
            "blocked": person.blocked,
            "chat_id": person.id,
            "commands": self.profile.commands_for(person),
            "keyboard": person.keyboard,
            "keyboard_from": person.keyboard_from,
            "force_reply": person.force_reply,
        }

    def tell_person(self, person: Person) -> None:
        self.events.add("person", person=self.person_page(person))

    def tell_commands(self) -> None:
        if len(self.people) <= SMALL_TOWN:
            for person in self.people.values():
                self.tell_person(person)

    # messages

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Number, date and keep a message; notify the page. `content` is everything else in it."""
        self._last_message += 1
        message: Json = {
            "message_id": self._last_message,
            "from": sender,
            "chat": self.chat_json(chat),
            "date": int(self.now()),
            **content,
        }
        chat.keep(message)
        self.events.add("message", chat_id=chat.id, message=message)
        return message

    def next_album(self) -> int:
        self._last_album += 1
        return self._last_album

    def edit_message(self, chat: Chat, message: Json) -> Json:
        """Put `message` in place of the one with its number; notify the page."""
        chat.messages[message["message_id"]] = message
        self.events.add("edit", chat_id=chat.id, message=message)
        return message

    def delete_messages(self, chat: Chat, message_ids: list[int]) -> None:
        for message_id in message_ids:
            chat.forget(message_id)
        self.events.add("delete", chat_id=chat.id, message_ids=message_ids)

    # buttons

    def press(self, person: Person) -> Callback:
        self._last_callback += 1
        callback = Callback(str(self._last_callback), person.id, self.now(), asyncio.get_running_loop().create_future())
        self.callbacks[callback.id] = callback
        if len(self.callbacks) > CALLBACKS_KEPT:
            del self.callbacks[next(iter(self.callbacks))]
        return callback

    def take_callback(self, query_id: str) -> Callback:
        """The callback to answer, once. It grows old by the rehearsal's clock, so moving that
        clock makes yesterday's spinner as dead as it would be. Raises ApiError."""
        callback = self.callbacks.pop(query_id, None)
        if callback is None or self.now() - callback.pressed_at > CALLBACK_LIFE:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return callback
