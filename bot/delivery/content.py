"""What an announcement says, as calls of the Bot API: sent, or put in the place of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo

from bot.actions.announcements.signing import APART, carrier, limit
from bot.actions.announcements.wording import language_for, version
from bot.texts import Html, escape
from bot.texts.length import units, visible
from bot.texts.translator import MARKS
from storage.announcement_parts import Part

Calls = list[TelegramMethod[Any]]
Media = InputMediaAudio | InputMediaDocument | InputMediaPhoto | InputMediaVideo

MEDIA: dict[str, type[Media]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


def read_by(parts: Sequence[Part], reader: str, line: str = "") -> list[Part]:
    """The version for a reader of that language, with the line that says from whom it is; one that stands in for theirs
    says so, where there is room."""
    words = version(parts, language_for(parts, reader))
    return marked(words, signed(words, line), reader)


def signed(parts: list[Part], line: str) -> list[Part]:
    """With the line below the words. An announcement that has no room for its line is not let go: what was sent before
    it had one stays as it was."""
    at = carrier(parts)
    if not line or at is None:
        return parts
    part = parts[at]
    text = Html(f"{part.text}{APART if part.text else ''}<i>{escape(line)}</i>")
    if units(visible(text)) > limit(part):
        return parts
    return [*parts[:at], replace(part, text=text), *parts[at + 1 :]]


def marked(words: Sequence[Part], parts: list[Part], reader: str) -> list[Part]:
    """The mark of the language stands before its first `words`, not before a line alone."""
    for at, part in enumerate(words):
        if part.text and part.language not in ("", reader):
            text = Html(f"<i>[{MARKS[part.language]}]</i> {parts[at].text}")
            if units(visible(text)) <= limit(part):
                return [*parts[:at], replace(part, text=text), *parts[at + 1 :]]
            break
    return parts


def sent(chat: int, parts: Sequence[Part]) -> Calls:
    """One call: an album is one too."""
    if len(parts) > 1:
        return [SendMediaGroup(chat_id=chat, media=[media(part) for part in parts])]
    return [single(chat, part) for part in parts]


def single(chat: int, part: Part) -> TelegramMethod[Any]:
    match part.kind:
        case "photo":
            return SendPhoto(chat_id=chat, photo=part.file, caption=part.text or None)
        case "video":
            return SendVideo(chat_id=chat, video=part.file, caption=part.text or None)
        case "document":
            return SendDocument(chat_id=chat, document=part.file, caption=part.text or None)
        case "audio":
            return SendAudio(chat_id=chat, audio=part.file, caption=part.text or None)
        case "voice":
            return SendVoice(chat_id=chat, voice=part.file, caption=part.text or None)
        case "location":
            latitude, longitude = part.place.split(",")
            return SendLocation(chat_id=chat, latitude=float(latitude), longitude=float(longitude))
        case _:
            return SendMessage(chat_id=chat, text=part.text)


def media(part: Part) -> Media:
    return MEDIA[part.kind](media=part.file, caption=part.text or None)


def corrected(chat: int, parts: Sequence[Part], words: Html) -> Calls:
    """As a message of its own that says with these words that it is a correction, where there is no room behind it."""
    led = led_by(parts, words)
    return [*sent(chat, parts), SendMessage(chat_id=chat, text=words)] if led is None else sent(chat, led)


def corrected_again(chat: int, messages: Sequence[int], parts: Sequence[Part], words: Html) -> Calls:
    """What came of `corrected` made to say something else."""
    led = led_by(parts, words) if len(messages) == len(parts) else None
    return edited(chat, messages[: len(parts)], parts if led is None else led)


def led_by(parts: Sequence[Part], words: Html) -> list[Part] | None:
    """The parts with these words before the first; None where they have no room."""
    first, *others = parts
    text = Html(f"{words}\n\n{first.text}" if first.text else words)
    if first.kind == "location" or units(visible(text)) > limit(first):
        return None
    return [replace(first, text=text), *others]


def edited(chat: int, messages: Sequence[int], parts: Sequence[Part]) -> Calls:
    """Each message made to say what its part says; none when they are not as many."""
    if len(messages) != len(parts):
        return []
    calls = [edit(chat, message, part) for message, part in zip(messages, parts, strict=True)]
    return [call for call in calls if call is not None]


def edit(chat: int, message: int, part: Part) -> TelegramMethod[Any] | None:
    if part.kind == "text":
        return EditMessageText(chat_id=chat, message_id=message, text=part.text)
    if part.kind == "voice":
        return EditMessageCaption(chat_id=chat, message_id=message, caption=part.text or None)
    if part.kind in MEDIA:
        return EditMessageMedia(chat_id=chat, message_id=message, media=media(part))
    return None
