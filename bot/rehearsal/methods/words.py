"""Text and caption fields of a message, from a call's parameters."""

from __future__ import annotations

from bot.rehearsal import formatted
from bot.rehearsal.errors import bad_request
from bot.rehearsal.wire import Json, Params, utf16
from bot.rehearsal.world import World


def text_fields(world: World, params: Params) -> Json:
    """`text` and `entities`: 1 to 4096 UTF-16 units after parsing. Raises ApiError.

    TDLib counts code points before it sends; what the server counts is not published, so this takes
    the narrower reading.
    """
    if not params.text("text"):
        raise bad_request("Message text is empty")
    text, entities = formatted.finish(*formatted.read(params, "text"))
    if utf16(text) > formatted.MAX_TEXT:
        raise bad_request("Message is too long")
    entities = _with_people(world, entities)
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_fields(world: World, params: Params) -> Json:
    """`caption` and `caption_entities`: up to 1024 UTF-16 units, {} without one. Raises ApiError."""
    parsed = formatted.read(params, "caption", "caption_entities")
    text, entities = formatted.finish(*parsed, allow_empty=True)
    if utf16(text) > formatted.MAX_CAPTION:
        raise bad_request("Message caption is too long")
    if not text:
        return {}
    entities = _with_people(world, entities)
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def _with_people(world: World, entities: list[Json]) -> list[Json]:
    """Mentions by id name the person; those of strangers vanish, as Telegram lets them."""
    if not any(entity["type"] == "text_mention" for entity in entities):
        return entities
    found: list[Json] = []
    for entity in entities:
        if entity["type"] == "text_mention":
            person = world.people.get(entity["user"]["id"])
            if person is None:
                continue
            entity = {**entity, "user": person.as_user()}
        found.append(entity)
    return found
