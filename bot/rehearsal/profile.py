"""What the bot says about itself: commands, names, descriptions and menu buttons."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.people import Chat, Person
from bot.rehearsal.wire import Json

Scope = tuple[Any, ...]

DEFAULT: Scope = ("default",)
ALL_PRIVATE: Scope = ("all_private_chats",)
ALL_GROUPS: Scope = ("all_group_chats",)
ALL_ADMINS: Scope = ("all_chat_administrators",)


class Profile:
    def __init__(self, user: Json) -> None:
        self.user = user
        self.commands: dict[tuple[Scope, str], list[Json]] = {}
        """By scope and language code ("" = every language)."""
        self.texts: dict[tuple[str, str], str] = {("name", ""): str(user["first_name"])}
        """By kind (name, description, short_description) and language code."""
        self.menu: Json = {"type": "commands"}
        self.menus: dict[int, Json] = {}

    def text(self, kind: str, language: str) -> str:
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def commands_for(self, person: Person, chat: Chat | None = None) -> list[Json]:
        """The commands this person sees in this chat (their private one when None).

        Telegram takes the first scope that has any, the narrowest first, and in each the person's
        language before the empty one (core.telegram.org/bots/api#determining-list-of-commands).
        """
        if chat is None or chat.private:
            scopes: tuple[Scope, ...] = (("chat", person.id), ALL_PRIVATE, DEFAULT)
        else:
            scopes = (("chat_member", chat.id, person.id), ("chat", chat.id), ALL_GROUPS, DEFAULT)
        language = person.language_code.split("-")[0]
        for scope in scopes:
            for code in (language, ""):
                found = self.commands.get((scope, code))
                if found is not None:
                    return found
        return []

    def as_page(self) -> Json:
        """`descriptions`: by language code, as each person's Telegram shows its own before START."""
        return {
            "id": self.user["id"],
            "first_name": self.text("name", ""),
            "username": self.user["username"],
            "description": self.text("description", ""),
            "descriptions": {code: text for (kind, code), text in self.texts.items() if kind == "description"},
            "short_description": self.text("short_description", ""),
        }
