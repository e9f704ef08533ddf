"""Sending files: photos, documents, albums and the rest; getting them back."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.errors import bad_request
from bot.rehearsal.files import MAX_DOWNLOAD, StoredFile
from bot.rehearsal.methods.registry import method
from bot.rehearsal.methods.sending import admit, deliver, draft, place
from bot.rehearsal.methods.words import caption_fields
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World

MAX_ALBUM = 10


def content(world: World, kind: str, stored: StoredFile, options: Params) -> Json:
    """The message fields of a file of a kind ("Photo", "Document"...), without its caption."""
    if kind == "Photo":
        found: Json = {"photo": stored.as_photo()}
        if options.flag("has_spoiler"):
            found["has_media_spoiler"] = True
        return found
    value = {**stored.as_json(), **_about(kind, stored, options)}
    found = {kind.lower(): value}
    if kind == "Animation":
        # Old clients know animations as documents, so Telegram sends both.
        found["document"] = {**stored.as_json(), "file_name": stored.name, "mime_type": stored.mime}
    return found


def _about(kind: str, stored: StoredFile, options: Params) -> Json:
    width, height = stored.size or (0, 0)
    frame = {
        "width": options.integer("width") or width,
        "height": options.integer("height") or height,
    }
    named = {"file_name": stored.name, "mime_type": stored.mime}
    duration = {"duration": max(0, options.integer("duration"))}
    match kind:
        case "Document":
            return named
        case "Video" | "Animation":
            return {**frame, **duration, **named}
        case "Voice":
            return {**duration, "mime_type": stored.mime}
        case "Audio":
            tags = {k: options.text(k) for k in ("performer", "title") if options.has(k)}
            return {**duration, **tags, **named}
        case _:
            sticker = {"type": "regular", "is_animated": False, "is_video": False}
            emoji = {"emoji": options.text("emoji")} if options.has("emoji") else {}
            return {**sticker, "width": width or 512, "height": height or 512, **emoji}


def _send(world: World, params: Params, kind: str) -> Json:
    field = kind.lower()
    stored = world.files.accept(params, params.text(field), field=field, kind=kind)
    fields = content(world, kind, stored, params)
    if kind != "Sticker":
        fields |= caption_fields(world, params)
    return deliver(world, draft(world, params), fields)


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Json:
    return _send(world, params, "Photo")


@method("sendDocument")
def send_document(world: World, params: Params) -> Json:
    return _send(world, params, "Document")


@method("sendVideo")
def send_video(world: World, params: Params) -> Json:
    return _send(world, params, "Video")


@method("sendAnimation")
def send_animation(world: World, params: Params) -> Json:
    return _send(world, params, "Animation")


@method("sendAudio")
def send_audio(world: World, params: Params) -> Json:
    return _send(world, params, "Audio")


@method("sendVoice")
def send_voice(world: World, params: Params) -> Json:
    return _send(world, params, "Voice")


@method("sendSticker")
def send_sticker(world: World, params: Params) -> Json:
    return _send(world, params, "Sticker")


KINDS = {
    "photo": "Photo",
    "document": "Document",
    "video": "Video",
    "animation": "Animation",
    "audio": "Audio",
}


def input_media(world: World, params: Params, given: Any) -> tuple[str, Json]:
    """(kind, message fields with caption) of one InputMedia. Raises ApiError."""
    if not isinstance(given, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    options = Params(given, params.files)
    kind = KINDS.get(options.text("type").lower())
    if kind is None:
        raise bad_request("Can't parse InputMedia: media type must be one of the supported")
    if not options.has("media"):
        raise bad_request("Can't parse InputMedia: media not found")
    stored = world.files.accept(options, options.text("media"), field=kind.lower(), kind=kind)
    fields = content(world, kind, stored, options)
    fields |= caption_fields(world, options)
    return kind, fields


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[Json]:
    items = params.items("media")
    if items is None:
        raise bad_request("Expected an Array of InputMedia")
    if not items:
        raise bad_request("There are no messages to send")
    if len(items) > MAX_ALBUM:
        raise bad_request("Too many messages to send as an album")
    read = [input_media(world, params, item) for item in items]
    kinds = {kind for kind, _ in read}
    if "Animation" in kinds:
        raise bad_request("Invalid message content type")
    for kind in ("Audio", "Document"):
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")
    target = draft(world, Params({k: v for k, v in params.values.items() if k != "reply_markup"}))
    for _ in read:
        admit(world, target.chat)
    album = {"media_group_id": str(world.next_album())} if len(read) > 1 else {}
    return [place(world, target, {**fields, **album}) for _, fields in read]


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.as_json(), "file_path": stored.path}
