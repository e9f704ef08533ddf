"""Half-typed forms: aiogram's FSM storage, in memory and on disk.

A change is not written when it is made but together with the end of the update that made it (see
bot.inbound), in one transaction: an update handled again after a crash finds the form as it was before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import DEFAULT_DESTINY, BaseStorage, StateType, StorageKey

from storage.conversations import Conversation


class Dialogues(BaseStorage):
    """All open forms. Chats are handled in order (bot.inbound.lanes), so no lock is needed."""

    def __init__(self, kept: Iterable[Conversation] = ()) -> None:
        self._open = {one.key: one for one in kept}
        self._changed: dict[int, dict[str, Conversation]] = {}

    def changes(self, chat: int) -> list[Conversation]:
        """What changed in the chat's forms since the last call: to be written with the update's end."""
        return list(self._changed.pop(chat, {}).values())

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        self._put(key, name, self._get(key).data)

    async def get_state(self, key: StorageKey) -> str | None:
        return self._get(key).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._put(key, self._get(key).state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self._get(key).data)

    async def close(self) -> None:
        """Nothing to close: the database belongs to the application."""

    def _get(self, key: StorageKey) -> Conversation:
        name = _name(key)
        return self._open.get(name) or Conversation(name, key.user_id, None, {})

    def _put(self, key: StorageKey, state: str | None, data: dict[str, Any]) -> None:
        conversation = Conversation(_name(key), key.user_id, state, data)
        if state is None and not data:
            if self._open.pop(conversation.key, None) is None:
                return
        else:
            self._open[conversation.key] = conversation
        self._changed.setdefault(key.chat_id, {})[conversation.key] = conversation


def _name(key: StorageKey) -> str:
    topic = f":{key.thread_id}" if key.thread_id else ""
    beside = "" if key.destiny == DEFAULT_DESTINY else f":{key.destiny}"
    return f"{key.chat_id}:{key.user_id}{topic}{beside}"
