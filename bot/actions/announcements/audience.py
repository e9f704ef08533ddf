"""Who an announcement is for, as organizers put it together and as the database keeps it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from bot.errors import Stale
from bot.programme.text import LANGUAGES
from bot.who import MODERATOR, ORGANIZER, SPEAKER
from storage.audiences import Condition

DELEGATE = "delegate"  # anyone who is neither moderator nor organizer
ROLES = (DELEGATE, SPEAKER, MODERATOR, ORGANIZER)
LISTS = ("languages", "delegations", "roles", "sessions")
PRESENT = "present"
MOST = 40  # choices in one list: as many as an organizer can survey


def read(kept: str) -> Condition:
    """The condition that `write` kept."""
    found = json.loads(kept)
    lists = {name: tuple(found.get(name, ())) for name in LISTS}
    return Condition(**lists, present=found.get(PRESENT))


def write(condition: Condition) -> str:
    """JSON with what is asked and nothing else: {"languages": ["kk"], "present": true}."""
    kept = {name: getattr(condition, name) for name in LISTS if getattr(condition, name)}
    if condition.present is not None:
        kept[PRESENT] = condition.present
    return json.dumps(kept, ensure_ascii=False)


def toggled(condition: Condition, kind: str, value: str, wanted: bool) -> Condition:
    """With or without one choice: `kind` is one of LISTS, or PRESENT with "1" (came) or "0" (did not)."""
    if kind == PRESENT:
        return replace(condition, present=(value == "1") if wanted else None)
    known = {"languages": LANGUAGES, "roles": ROLES}.get(kind)
    if kind not in LISTS or (known is not None and value not in known):
        raise Stale("refusal.stale")
    chosen = [one for one in getattr(condition, kind) if one != value]
    if wanted and len(chosen) < MOST:
        chosen.append(value)
    changed: dict[str, Any] = {kind: tuple(chosen)}
    return replace(condition, **changed)


def everybody(condition: Condition) -> bool:
    return condition.present is None and not any(getattr(condition, name) for name in LISTS)
