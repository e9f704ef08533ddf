"""Text with entities: read from a call, cleaned and completed as Telegram does before sending."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from bot.rehearsal import autolinks
from bot.rehearsal.errors import bad_request
from bot.rehearsal.html import DATE_FORMAT, parse_html
from bot.rehearsal.links import checked_link, linked_user
from bot.rehearsal.wire import Json, Params, utf8, utf16

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BYTES = 1 << 15
"""Bytes before parsing (telegram-bot-api/Client.cpp, get_formatted_text)."""

Formatted = tuple[str, list[Json]]

# Control characters become spaces; carriage returns, direction overrides and a few combining
# lines vanish (td/telegram/misc.cpp, clean_input_string).
_TO_SPACE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_VANISHING = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
# What alone makes a text empty (td/telegram/misc.cpp, strip_empty_characters).
_INVISIBLE = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)
_AUTOMATIC = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}
_PLAIN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "blockquote",
    "expandable_blockquote",
}
_MERGING = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_SOLID = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
"""Entities inside which Telegram looks for nothing more."""


def read(params: Params, field: str, entities_field: str = "entities") -> Formatted:
    """Text of a parameter after parse_mode and entities, not yet cleaned. Raises ApiError."""
    text = params.text(field)
    return read_values(text, params.text("parse_mode"), params.items(entities_field))


def read_values(text: str, parse_mode: str, entities: object) -> Formatted:
    if len(text) > MAX_BYTES // 4 and len(utf8(text)) > MAX_BYTES:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if text and mode not in ("", "none"):
        if mode == "html":
            return parse_html(text)
        if mode in ("markdown", "markdownv2"):
            raise bad_request("this rehearsal reads parse_mode HTML and entities, not Markdown")
        raise bad_request("Unsupported parse_mode")
    if not isinstance(entities, list):
        return text, []
    found = (_read_entity(entity) for entity in entities)
    return text, [entity for entity in found if entity is not None]


def _read_entity(entity: object) -> Json | None:
    """One given entity, checked; None for the kinds Telegram finds by itself."""
    if not isinstance(entity, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    for field in ("offset", "length"):
        if field not in entity:
            raise bad_request(f"Can't parse MessageEntity: Can't find field \"{field}\"")
    try:
        span = {"offset": int(entity["offset"]), "length": int(entity["length"])}
    except (TypeError, ValueError, OverflowError):
        raise bad_request('Can\'t parse MessageEntity: Field "offset" must be a valid Number') from None
    kind = str(entity.get("type"))
    if kind in _AUTOMATIC:
        return None
    if kind in _PLAIN:
        return {"type": kind, **span}
    if kind == "pre":
        language = entity.get("language")
        return {"type": "pre", **span, **({"language": str(language)} if language else {})}
    if kind == "text_link":
        url = str(entity.get("url") or "")
        user_id = linked_user(url)
        if user_id is not None:
            return {"type": "text_mention", **span, "user": {"id": user_id}}
        link = checked_link(url)
        return {"type": "text_link", **span, "url": link} if link else None
    if kind == "text_mention":
        user = entity.get("user")
        if not isinstance(user, dict) or not isinstance(user.get("id"), int):
            raise bad_request("Can't parse MessageEntity: Can't find field \"user\"")
        return {"type": "text_mention", **span, "user": {"id": user["id"]}}
    if kind == "custom_emoji":
        return {"type": kind, **span, "custom_emoji_id": str(entity.get("custom_emoji_id"))}
    if kind == "date_time":
        if not DATE_FORMAT.fullmatch(str(entity.get("date_time_format") or "")):
            raise bad_request("Can't parse MessageEntity: Invalid date-time format specified")
        if not isinstance(entity.get("unix_time"), int) or entity["unix_time"] <= 0:
            raise bad_request("Invalid date specified")
        extra = {k: entity[k] for k in ("unix_time", "date_time_format") if entity.get(k)}
        return {"type": kind, **span, **extra}
    raise bad_request("Can't parse MessageEntity: Unsupported type specified")


def finish(text: str, entities: list[Json], *, allow_empty: bool = False) -> Formatted:
    """Clean, trim and complete a text as the server does on sending.

    Raises ApiError for nothing visible left and for entities that do not fit the text.
    """
    indexed = _to_characters(text, entities) if entities else []
    text = _TO_SPACE.sub(" ", text)
    if _VANISHING.search(text):
        kept = [0, *accumulate(0 if _VANISHING.match(char) else 1 for char in text)]
        text = _VANISHING.sub("", text)
        indexed = [(kept[start], kept[end], entity) for start, end, entity in indexed]
    if _INVISIBLE.fullmatch(text):
        if allow_empty:
            return "", []
        raise bad_request("Text must be non-empty")
    right = len(text.rstrip(" \n"))
    first = min((start for start, _, _ in indexed), default=len(text))
    left = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[left:right]
    spans = [
        (start - left, min(end, right) - left, entity) for start, end, entity in indexed if min(end, right) > start
    ]
    spans = _without_inner(_merged(spans))
    solid = [(start, end) for start, end, entity in spans if entity["type"] in _SOLID]
    edges = [(start, end) for start, end, entity in spans if entity["type"] not in _SOLID]
    for kind, start, end in autolinks.find(text):
        if any(start < e and s < end for s, e in solid):
            continue
        if any(s < start < e < end or start < s < end < e for s, e in edges):
            continue
        spans.append((start, end, {"type": kind}))
    return text, _to_utf16(text, spans)


_Span = tuple[int, int, Json]


def _merged(spans: list[_Span]) -> list[_Span]:
    """Two bolds that touch or overlap are one, as Telegram makes them."""
    done: list[_Span] = []
    reach: dict[str, int] = {}
    for start, end, entity in sorted(spans, key=lambda span: (span[0], -span[1])):
        kind = entity["type"]
        if kind in _MERGING and kind in reach and done[reach[kind]][1] >= start:
            previous = done[reach[kind]]
            done[reach[kind]] = (previous[0], max(previous[1], end), previous[2])
            continue
        if kind in _MERGING:
            reach[kind] = len(done)
        done.append((start, end, entity))
    return done


def _without_inner(spans: list[_Span]) -> list[_Span]:
    """Code cannot hold or share other formatting; only a quote may be around it."""
    code = [(start, end) for start, end, entity in spans if entity["type"] in ("code", "pre")]
    if not code:
        return spans
    return [
        span
        for span in spans
        if span[2]["type"] in ("code", "pre", "blockquote", "expandable_blockquote")
        or not any(span[0] < end and start < span[1] for start, end in code)
    ]


def _to_characters(text: str, entities: list[Json]) -> list[_Span]:
    """Entities with their UTF-16 spans turned into character spans; checks that they fit."""
    units = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    spans: list[_Span] = []
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        for name, value in (("offset", offset), ("length", length)):
            if not 0 <= value <= 1_000_000:
                raise bad_request(f"Receive an entity with incorrect {name} {value}")
        if length == 0:
            continue
        if offset >= units[-1]:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > units[-1]:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {offset + length}"
            )
        start, end = bisect_left(units, offset), bisect_left(units, offset + length)
        if units[start] != offset:
            position = len(utf8(text[:start]))
            raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at byte offset {position}")
        if units[end] != offset + length:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol "
                f"at byte offset {len(utf8(text[:end]))}"
            )
        spans.append((start, end, entity))
    return spans


def _to_utf16(text: str, spans: list[_Span]) -> list[Json]:
    spans.sort(key=lambda span: (span[0], -span[1]))
    if utf16(text) == len(text):
        return [{**entity, "offset": start, "length": end - start} for start, end, entity in spans]
    units = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    return [{**entity, "offset": units[start], "length": units[end] - units[start]} for start, end, entity in spans]
