"""What people do: write, press, edit, block, start. The chat page and the tests come in here."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.rehearsal import formatted
from bot.rehearsal.doors.exchange import Given, door, read, require
from bot.rehearsal.errors import ApiError, DoorError
from bot.rehearsal.methods import media
from bot.rehearsal.methods.chats import tell_membership
from bot.rehearsal.people import Chat, Person, PersonSpec
from bot.rehearsal.updates import CALLBACK_LIFE
from bot.rehearsal.wire import Json, Params, utf16
from bot.rehearsal.world import World

UPLOADED = ("Photo", "Video", "Audio", "Document")
CAPTION = frozenset(("caption", "caption_entities"))
EDITABLE = frozenset(("text", *(kind.lower() for kind in UPLOADED)))
CONTENT = EDITABLE | CAPTION | {"entities"}
PRESS_WAIT = 60.0
"""Longest a press may wait for its answer, seconds."""


class Doors:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/people", door(self.people)),
            web.post("/api/send", door(self.send)),
            web.post("/api/press", door(self.press)),
            web.post("/api/edit", door(self.edit)),
            web.post("/api/language", door(self.language)),
            web.post("/api/block", door(self.block)),
            web.post("/api/start", door(self.start)),
        ]

    async def people(self, request: web.Request) -> Json:
        given = await read(request)
        person = self._world.add_person(
            PersonSpec(
                first_name=given.text("first_name", required=True),
                last_name=given.text("last_name"),
                username=given.text("username").removeprefix("@") or None,
                language_code=given.text("language_code"),
                role=given.text("role"),
                id=given.integer("id"),
                started=bool(given.values.get("started")),
            )
        )
        return self._world.person_page(person)

    # messages

    async def send(self, request: web.Request) -> Json:
        given = await read(request)
        person, chat = self._where(given)
        content = self._content(given, person)
        replied = given.integer("reply_to")
        if replied is not None:
            message = chat.messages.get(replied)
            if message is None:
                raise DoorError(f"there is no message {replied} to reply to")
            content["reply_to_message"] = {k: v for k, v in message.items() if k != "reply_to_message"}
        topic = given.integer("topic")
        if topic is not None:
            if topic not in chat.topics:
                raise DoorError(f"there is no topic {topic}", 404)
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if given.values.get("forward"):
            content["forward_origin"] = {
                "type": "hidden_user",
                "sender_user_name": "Somebody",
                "date": int(self._world.now()) - 60,
            }
        return self._write(person, chat, content)

    def _where(self, given: Given) -> tuple[Person, Chat]:
        """Who does something, and in which chat (the private one by default)."""
        person = self._world.person(given.integer("person"))
        chat_id = given.integer("chat")
        chat = self._world.chats.get(person.id if chat_id is None else chat_id)
        if chat is None or chat.migrated_to or (chat.id != person.id and person.id not in chat.members):
            raise DoorError(f"{person.first_name} is not in chat {chat_id}", 404)
        if chat.private and person.blocked:
            raise DoorError(f"{person.first_name} has blocked the bot and cannot write to it")
        return person, chat

    def _content(self, given: Given, person: Person) -> Json:
        """The message's own fields, from whichever of them the person sent."""
        files = self._world.files
        kind = next((kind for kind in UPLOADED if kind.lower() in given.files), None)
        if kind is not None:
            upload = given.files[kind.lower()]
            stored = files.put(kind, name=upload.name, mime=upload.mime, data=upload.data)
            shown = media.content(self._world, kind, stored, Params({}, {}))
            return {**shown, **self._caption(given.text("caption")), **self._album(given)}
        if given.values.get("sticker"):
            stored = files.put("Sticker", name="sticker.webp", mime="image/webp", data=b"sticker")
            shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**stored.as_json(), **shape, "emoji": "👍"}}
        if given.values.get("voice"):
            stored = files.put("Voice", name="voice.ogg", mime="audio/ogg", data=b"OggS")
            return {"voice": {**stored.as_json(), "duration": 3, "mime_type": "audio/ogg"}}
        if given.values.get("contact"):
            contact: Json = {"phone_number": "+77010000000", "first_name": person.first_name}
            if person.last_name:
                contact["last_name"] = person.last_name
            return {"contact": {**contact, "user_id": person.id}}
        if isinstance(given.values.get("location"), dict):
            point = given.values["location"]
            require(point, "latitude", "longitude")
            return {"location": {k: float(point[k]) for k in ("latitude", "longitude")}}
        return self._text(given.text("text"))

    @staticmethod
    def _caption(text: str) -> Json:
        text, entities = formatted.finish(text, [], allow_empty=True)
        if utf16(text) > formatted.MAX_CAPTION:
            raise DoorError(f"a caption holds {formatted.MAX_CAPTION} characters at most")
        found: Json = {"caption": text} if text else {}
        return {**found, **({"caption_entities": entities} if entities else {})}

    @staticmethod
    def _album(given: Given) -> Json:
        """Telegram hands over an album as messages of their own with one name in common, which the door is given."""
        return {"media_group_id": given.text("album")} if given.text("album") else {}

    def _text(self, text: str) -> Json:
        """What a person's client sends: cleaned, with what Telegram finds in it."""
        try:
            text, entities = formatted.finish(text, [])
        except ApiError:
            raise DoorError("there is nothing to send") from None
        if utf16(text) > formatted.MAX_TEXT:
            raise DoorError(f"a message holds {formatted.MAX_TEXT} characters at most")
        return {"text": text, **({"entities": entities} if entities else {})}

    def _write(self, person: Person, chat: Chat, content: Json) -> Json:
        message = self._world.new_message(chat, person.as_user(), content)
        if chat.private:
            self._use_keyboard(person, content.get("text"))
            if not person.started:
                person.started = True
        if chat.private or self._bot_hears(chat, message):
            self._world.updates.add("message", message)
        return message

    def _use_keyboard(self, person: Person, text: str | None) -> None:
        """A one-time keyboard goes when its button was pressed; a forced reply when one was given."""
        keyboard = person.keyboard
        used = (
            keyboard is not None
            and keyboard.get("one_time_keyboard")
            and any(button["text"] == text for row in keyboard["keyboard"] for button in row)
        )
        if not used and person.force_reply is None:
            return
        if used:
            person.keyboard = person.keyboard_from = None
        person.force_reply = None
        self._world.tell_person(person)

    def _bot_hears(self, chat: Chat, message: Json) -> bool:
        """Privacy mode: a bot that is not an administrator gets commands, mentions and replies to it."""
        if chat.bot_status == "administrator":
            return True
        if chat.bot_status != "member":
            return False
        bot = self._world.profile.user
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]
        text = message.get("text", "")
        return replied or text.startswith("/") or f"@{bot['username']}".lower() in text.lower()

    async def edit(self, request: web.Request) -> Json:
        given = await read(request)
        person, chat = self._where(given)
        message = chat.messages.get(given.integer("message_id") or 0)
        own = message is not None and message["from"]["id"] == person.id
        if message is None or not own or not EDITABLE & message.keys():
            raise DoorError("only one's own text, caption or file can be edited")
        if given.files:
            said, former = self._content(given, person), CONTENT
        elif "text" in message:
            said, former = self._text(given.text("text")), CONTENT
        else:
            said, former = self._caption(given.text("text")), CAPTION
        kept = {name: value for name, value in message.items() if name not in former}
        edited = {**kept, **said, "edit_date": int(self._world.now())}
        self._world.edit_message(chat, edited)
        if chat.private or self._bot_hears(chat, edited):
            self._world.updates.add("edited_message", edited)
        return edited

    # buttons

    async def press(self, request: web.Request) -> Json:
        given = await read(request)
        person, chat = self._where(given)
        message_id = given.integer("message_id") or 0
        message = chat.messages.get(message_id)
        data = given.values.get("data")
        if data is None:
            data = self._data(message, given)
        callback = self._world.press(person)
        # A message the bot can no longer have is "inaccessible": date 0 and nothing else.
        gone = {"message_id": message_id, "chat": self._world.chat_json(chat), "date": 0}
        pressed = {"person": person.id, "chat_id": chat.id, "message_id": message_id, "data": str(data)}
        self._world.events.add("press", **pressed)
        query: Json = {
            "id": callback.id,
            "from": person.as_user(),
            "chat_instance": str(chat.id * 7919),
            "data": str(data),
            "message": as_now(message, chat) or gone,
        }
        self._world.updates.add("callback_query", query, life=CALLBACK_LIFE)
        wait = given.number("wait")
        if wait is None:
            return {"query_id": callback.id}
        try:
            answer = await asyncio.wait_for(asyncio.shield(callback.answered), min(wait, PRESS_WAIT))
        except TimeoutError:
            answer = {"text": "", "show_alert": False, "url": ""}
            return {"query_id": callback.id, "answered": False, **answer}
        return {"query_id": callback.id, "answered": True, **answer}

    @staticmethod
    def _data(message: Json | None, given: Given) -> str:
        """The callback data of the button in a row and column."""
        row, column = given.integer("row"), given.integer("column")
        rows = (message or {}).get("reply_markup", {}).get("inline_keyboard", [])
        if row is None or column is None or not 0 <= row < len(rows) or not 0 <= column < len(rows[row]):
            raise DoorError("there is no such button")
        data = rows[row][column].get("callback_data")
        if data is None:
            raise DoorError("this button does not go to the bot")
        return str(data)

    # oneself

    async def language(self, request: web.Request) -> Json:
        given = await read(request)
        person = self._world.person(given.integer("person"))
        person.language_code = given.text("language_code")
        self._world.tell_person(person)
        return self._world.person_page(person)

    async def block(self, request: web.Request) -> Json:
        given = await read(request)
        person = self._world.person(given.integer("person"))
        self._set_blocked(person, bool(given.values.get("blocked")))
        return self._world.person_page(person)

    def _set_blocked(self, person: Person, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        person.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        chat, none = self._world.chats[person.id], frozenset[str]()
        tell_membership(self._world, chat, person.as_user(), (old, none), (new, none))
        self._world.tell_person(person)

    async def start(self, request: web.Request) -> Json:
        given = await read(request)
        person = self._world.person(given.integer("person"))
        self._set_blocked(person, False)
        text = f"/start {given.text('payload')}".strip()
        return self._write(person, self._world.chats[person.id], self._text(text))


def as_now(message: Json | None, chat: Chat) -> Json | None:
    """What a message quotes comes with a press as it is now: edited, and not at all when it was deleted."""
    if message is None or "reply_to_message" not in message:
        return message
    quoted = chat.messages.get(message["reply_to_message"]["message_id"])
    bare = {name: value for name, value in message.items() if name != "reply_to_message"}
    if quoted is None:
        return bare
    return bare | {"reply_to_message": {name: value for name, value in quoted.items() if name != "reply_to_message"}}
