"""People and chats, as the bot sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.rehearsal.wire import Json

MESSAGES_KEPT = 2_000
"""Messages kept a chat; an older one is to the bot as if it had been deleted."""


@dataclass(slots=True, kw_only=True)
class PersonSpec:
    """A person to begin with. `role` is a label for the chat page; `id` is chosen when None; who has `started` opened
    the bot some day before, so that it may write to them."""

    first_name: str
    language_code: str
    role: str = ""
    last_name: str = ""
    username: str | None = None
    id: int | None = None
    started: bool = False


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str
    username: str | None
    language_code: str
    role: str
    started: bool = False
    """Has written to the bot in private, so the bot may write to them."""
    blocked: bool = False
    keyboard: Json | None = None
    """The reply keyboard now shown in the private chat."""
    keyboard_from: int | None = None
    """The message that brought it: a client remembers of that one whether it was folded."""
    force_reply: int | None = None

    def as_user(self) -> Json:
        """The Bot API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def as_chat(self) -> Json:
        """The Bot API's Chat of the private chat with this person."""
        chat: Json = {"id": self.id, "first_name": self.first_name, "type": "private"}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(slots=True)
class Topic:
    """A forum topic of a supergroup."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    closed: bool = False


@dataclass(slots=True)
class Chat:
    id: int
    type: str
    """private, group or supergroup"""
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_status: str = "administrator"
    """The bot in a group: administrator, member, left or kicked."""
    bot_rights: frozenset[str] = frozenset()
    """Of the bot as an administrator: names as in ChatAdministratorRights."""
    silent: bool = False
    """Only administrators may write."""
    migrated_to: int | None = None
    """The supergroup that a group has become: this chat is closed to the bot."""
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    """By message_id, oldest first. A message is replaced, never changed in place, so that an update
    already queued keeps what it said."""
    plain_keyboards: set[int] = field(default_factory=set)
    """Bot messages sent with a reply keyboard: Telegram does not let them be edited."""
    pinned: list[int] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.type == "private"

    def keep(self, message: Json) -> None:
        self.messages[message["message_id"]] = message
        if len(self.messages) > MESSAGES_KEPT:
            self.forget(next(iter(self.messages)))

    def forget(self, message_id: int) -> None:
        del self.messages[message_id]
        self.plain_keyboards.discard(message_id)
        if message_id in self.pinned:
            self.pinned.remove(message_id)

    def as_page(self) -> Json:
        return {
            "id": self.id,
            "type": self.type,
            "title": self.title,
            "is_forum": self.is_forum,
            "members": self.members,
            "topics": [{"id": topic.id, "name": topic.name} for topic in self.topics.values()],
            "bot_status": self.bot_status,
            "bot_rights": sorted(self.bot_rights),
            "migrated_to": self.migrated_to,
        }
