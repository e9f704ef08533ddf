"""A person at the door: what they do and what they see. Made by tests.telegram.Telegram."""

# ruff: noqa: ASYNC109 - how long a person looks is part of what a test says

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tests.screen import Answer, Json, Message, read

if TYPE_CHECKING:
    from tests.telegram import Telegram

T = TypeVar("T")

TIMEOUT = 20.0
"""Seconds to wait for what should come, by default."""
_SLICE = 0.5
MIMES = {"photo": "image/png", "video": "video/mp4", "audio": "audio/mpeg", "document": "application/octet-stream"}


class Person:
    """Somebody with the bot's chat open. Methods take the private chat unless given `chat`."""

    def __init__(self, telegram: Telegram, data: Json) -> None:
        self.telegram = telegram
        self.data = data
        self._new: dict[tuple[int, int], None] = {}
        """(chat, message) of what came or changed and was not looked at yet, in order."""
        self._answers: list[Answer] = []

    @property
    def id(self) -> int:
        return int(self.data["id"])

    @property
    def commands(self) -> list[str]:
        return [command["command"] for command in self.data["commands"]]

    def hear(self, answer: Answer) -> None:
        """An answer to one of the presses came (called by Telegram)."""
        self._answers.append(answer)

    def notice(self, chat_id: int, message_id: int) -> None:
        """A message came or changed (called by Telegram)."""
        self._new.pop((chat_id, message_id), None)
        self._new[(chat_id, message_id)] = None

    # doing

    async def _send(self, chat: int | None, **content: object) -> Message:
        data = await self.telegram.post("send", person=self.id, chat=chat, **content)
        return Message(data)

    async def send(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> Message:
        return await self._send(chat, text=text, reply_to=reply_to)

    async def start(self, payload: str | None = None) -> Message:
        """Press START, with the payload of a deep link."""
        return Message(await self.telegram.post("start", person=self.id, payload=payload))

    async def sticker(self) -> Message:
        return await self._send(None, sticker=True)

    async def voice(self) -> Message:
        return await self._send(None, voice=True)

    async def contact(self) -> Message:
        return await self._send(None, contact=True)

    async def location(self, latitude: float, longitude: float) -> Message:
        return await self._send(None, location={"latitude": latitude, "longitude": longitude})

    async def forward(self, text: str) -> Message:
        """Send a text as forwarded from somebody hidden."""
        return await self._send(None, text=text, forward=True)

    async def send_photo(self, data: bytes, caption: str = "", name: str = "photo.png") -> Message:
        return await self._upload("photo", data, name, caption=caption)

    async def send_video(self, data: bytes, caption: str = "", name: str = "video.mp4") -> Message:
        return await self._upload("video", data, name, caption=caption)

    async def send_audio(self, data: bytes, caption: str = "", name: str = "audio.mp3") -> Message:
        return await self._upload("audio", data, name, caption=caption)

    async def send_document(
        self, data: bytes, name: str, caption: str = "", mime: str = "application/octet-stream"
    ) -> Message:
        return await self._upload("document", data, name, mime, caption=caption)

    async def send_album(self, album: str, *files: tuple[str, bytes, str]) -> list[Message]:
        """Files sent together: kind (photo, video, audio, document), bytes and caption. The name `album` is unique."""
        return [
            await self._upload(kind, data, f"{at}.{kind}", caption=caption, album=album)
            for at, (kind, data, caption) in enumerate(files)
        ]

    async def _upload(self, kind: str, data: bytes, name: str, mime: str = "", **fields: str) -> Message:
        fields["person"] = str(self.id)
        return Message(await self.telegram.upload(fields, kind, name, data, mime or MIMES[kind]))

    async def edit(self, message: Message, text: str) -> Message:
        """Edit a text of one's own, or the caption of a file."""
        return Message(await self.telegram.post("edit", person=self.id, message_id=message.id, text=text))

    async def edit_file(self, message: Message, kind: str, data: bytes, caption: str = "", name: str = "") -> Message:
        """Put another file in the place of one's own."""
        fields = {"person": str(self.id), "message_id": str(message.id), "caption": caption}
        name = name or f"other.{kind}"
        return Message(await self.telegram.upload(fields, kind, name, data, MIMES[kind], path="edit"))

    async def language(self, code: str) -> None:
        """Change the language of this person's Telegram."""
        self.data = await self.telegram.post("language", person=self.id, language_code=code)

    async def block(self) -> None:
        self.data = await self.telegram.post("block", person=self.id, blocked=True)

    async def unblock(self) -> None:
        self.data = await self.telegram.post("block", person=self.id, blocked=False)

    async def press(
        self,
        label: str,
        message: Message | None = None,
        *,
        chat: int | None = None,
        timeout: float = TIMEOUT,
        seen: bool = True,
    ) -> Answer:
        """Press an inline button by label (a part of it will do) or callback data.

        Takes the newest message that shows it, waiting for it to come; returns the bot's answer to
        the press (`answered` is False when none came in time). `seen` as in press_data.
        """

        def look() -> tuple[Message, Json] | None:
            shown = self.shown(chat)
            if message is not None:
                shown = [m for m in shown if m.id == message.id]
            for candidate in reversed(shown):
                button = candidate.button(label)
                if button is not None:
                    return candidate, button
            return None

        where, button = await self._until(look, timeout, f"no button {label!r} on the screen")
        assert "callback_data" in button, f"button {button} does not go to the bot"
        return await self.press_data(button["callback_data"], where.id, chat=chat, timeout=timeout, seen=seen)

    async def press_data(
        self, data: str, message_id: int, *, chat: int | None = None, timeout: float = TIMEOUT, seen: bool = True
    ) -> Answer:
        """Press a button by its data, also one of a message that is long gone; not `seen`: at once, as a second tap."""
        if seen:
            await self.telegram.linger()
        answer = await self.telegram.post(
            "press", person=self.id, chat=chat, message_id=message_id, data=data, wait=timeout
        )
        return Answer(answer)

    async def tap(self, label: str, *, timeout: float = TIMEOUT) -> Message:
        """Tap a key of the reply keyboard (a part of its label will do): sends its text."""

        def look() -> str | None:
            keyboard = self.data["keyboard"] or {"keyboard": []}
            keys = [button["text"] for row in keyboard["keyboard"] for button in row]
            shown = read(label)
            return next((k for k in keys if read(k) == shown), None) or next(
                (k for k in keys if shown in read(k)), None
            )

        return await self.send(await self._until(look, timeout, f"no key {label!r} on the keyboard"))

    # looking

    @property
    def keys(self) -> list[str]:
        """The reply keyboard's keys now shown."""
        keyboard = self.data["keyboard"] or {"keyboard": []}
        return [read(button["text"]) for row in keyboard["keyboard"] for button in row]

    def shown(self, chat: int | None = None) -> list[Message]:
        """What stands in the chat as far as was caught up, oldest first."""
        return self.telegram.messages_of(self.id if chat is None else chat)

    async def messages(self, chat: int | None = None) -> list[Message]:
        await self.telegram.catch_up()
        return self.shown(chat)

    async def last(self, chat: int | None = None) -> Message:
        """The newest message of the bot."""
        found = [message for message in await self.messages(chat) if message.from_bot]
        assert found, f"the bot has written nothing\n{self._screen(chat)}"
        return found[-1]

    async def newest(self, label: str, *, timeout: float = TIMEOUT) -> Message:
        """Wait until the newest message of the bot shows a button with this label (a part will do) or data."""

        def look() -> Message | None:
            found = [message for message in self.shown() if message.from_bot]
            return found[-1] if found and found[-1].button(label) else None

        return await self._until(look, timeout, f"no button {label!r} on the newest message")

    async def buttons(self, chat: int | None = None) -> list[str]:
        """Labels of all inline buttons on the screen."""
        return [label for message in await self.messages(chat) for label in message.buttons]

    async def sees(self, *texts: str, chat: int | None = None, timeout: float = TIMEOUT) -> Message:
        """Wait for a bot message, new or edited since last seen here, that contains every text.

        Messages before it count as seen then. Fails with the screen as text.
        """
        chat_id = self.id if chat is None else chat

        def look() -> Message | None:
            shown = {message.id: message for message in self.shown(chat)}
            for key in list(self._new):
                message = shown.get(key[1]) if key[0] == chat_id else None
                if message is None or not message.from_bot:
                    continue
                if all(read(text) in message.text for text in texts):
                    self._see_until(key)
                    return message
            return None

        wanted = " and ".join(map(repr, texts))
        return await self._until(look, timeout, f"{self.data['first_name']} does not see {wanted}", chat)

    def _see_until(self, last: tuple[int, int]) -> None:
        for key in list(self._new):
            if key[0] == last[0]:
                del self._new[key]
            if key == last:
                return

    async def gone(self, message: Message, *, timeout: float = TIMEOUT) -> None:
        """Wait until a message is deleted."""

        def look() -> bool | None:
            return all(shown.id != message.id for shown in self.shown()) or None

        await self._until(look, timeout, f"{message} is still there")

    async def toast(self, text: str = "", *, timeout: float = TIMEOUT) -> Answer:
        """Wait for the next callback answer (toast or alert) that says something with `text`."""

        def look() -> Answer | None:
            for number, answer in enumerate(self._answers):
                if answer.text and read(text) in answer.text:
                    del self._answers[: number + 1]
                    return answer
            return None

        return await self._until(look, timeout, f"no answer with {text!r} came")

    async def quiet(self, *, chat: int | None = None, timeout: float = TIMEOUT) -> None:
        """The bot rests and nothing new of it was left unseen in this chat."""
        await self.telegram.idle(timeout)
        await self.telegram.catch_up()
        chat_id = self.id if chat is None else chat
        shown = {message.id: message for message in self.shown(chat)}
        fresh = [shown[m] for c, m in self._new if c == chat_id and m in shown and shown[m].from_bot]
        assert not fresh, f"{self.data['first_name']} expected silence, but: {fresh}\n{self._screen(chat)}"

    async def look_away(self, *, timeout: float = TIMEOUT) -> None:
        """Let the bot come to rest and take everything on the screen as seen."""
        await self.telegram.idle(timeout)
        await self.telegram.catch_up()
        self._new.clear()
        self._answers.clear()

    async def screen(self, chat: int | None = None) -> str:
        """What is on the screen now, as readable text."""
        await self.telegram.catch_up()
        return self._screen(chat)

    def _screen(self, chat: int | None = None) -> str:
        return "\n".join(self._lines(chat))

    def _lines(self, chat: int | None) -> Iterator[str]:
        yield f"--- the screen of {self.data['first_name']} ---"
        for message in self.shown(chat)[-20:]:
            who = "bot" if message.from_bot else message.data["from"]["first_name"]
            kind = next((k for k in ("photo", "document", "sticker", "voice", "location") if k in message.data), "")
            edited = " (edited)" if message.edited else ""
            yield f"#{message.id} {who}{edited}: {f'[{kind}] ' if kind else ''}{message.text}"
            for row in message.rows:
                yield "    " + " ".join(f"[{button['text']}]" for button in row)
        keyboard = self.data["keyboard"]
        if keyboard:
            for row in keyboard["keyboard"]:
                yield "  " + " ".join(f"<{button['text']}>" for button in row)

    async def _until(self, look: Callable[[], T | None], seconds: float, fault: str, chat: int | None = None) -> T:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        await self.telegram.catch_up()
        while (found := look()) is None:
            left = end - loop.time()
            if left <= 0:
                raise AssertionError(f"{fault} within {seconds:g} s\n{self._screen(chat)}")
            await self.telegram.catch_up(min(left, _SLICE))
        return found
