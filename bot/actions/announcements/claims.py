"""What words that the bot put together say of the programme, and whether that is still so.

It is kept in the `place` of the part that says it, and goes where the part goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bot.actions.announcements.wording import STAGED
from bot.programme.model import Programme
from storage.announcement_parts import Part

LOCATION = "location"
BEFORE, SESSIONS = "before", "sessions"


def of(before: int, programme: Programme, codes: Iterable[str]) -> str:
    """When and where these sessions are, as a part keeps it, and the number of the version that people know."""
    kept = {BEFORE: before, SESSIONS: {code: held(programme, code) for code in codes}}
    return json.dumps(kept, ensure_ascii=False)


def held(programme: Programme, code: str) -> list[Any] | None:
    """Start and end in epoch seconds, the hall's code and name; None for what does not take place."""
    session = programme.session(code)
    if session is None or session.cancelled:
        return None
    room = programme.room(session.room) if session.room else None
    name = room.name.to_document() if room else ""
    return [int(session.start.timestamp()), int(session.end.timestamp()), session.room or "", name]


def before(part: Part) -> int | None:
    """The version that people knew; None for what says nothing of the programme by itself."""
    return None if part.kind == LOCATION or not part.place else int(json.loads(part.place)[BEFORE])


def sessions(part: Part) -> dict[str, list[Any] | None]:
    """What it says of which sessions, by their codes, as `held` has it."""
    if part.kind == LOCATION or not part.place:
        return {}
    found: dict[str, list[Any] | None] = json.loads(part.place)[SESSIONS]
    return found


def holds(part: Part, programme: Programme, now: float) -> bool:
    """Whether all is as it says. What it says of sessions that are over misleads nobody any more."""
    return not any(
        differs(said, held(programme, code)) and max(end(said), end(held(programme, code))) > now
        for code, said in sessions(part).items()
    )


def differs(said: list[Any] | None, is_so: list[Any] | None) -> bool:
    """A hall that got another code, or another name, is where it was."""
    if said is None or is_so is None:
        return said is not is_so
    return said[:2] != is_so[:2] or (said[2] != is_so[2] and said[3] != is_so[3])


def end(one: list[Any] | None) -> float:
    return float(one[1]) if one else 0


def untrue(parts: Sequence[Part], programme: Programme, now: float) -> tuple[str, ...]:
    """The languages of the versions that say what is not so (any more); without corrections not confirmed."""
    wrong = (part.language for part in parts if not holds(part, programme, now))
    return tuple(dict.fromkeys(one for one in wrong if not one.startswith(STAGED)))


def handed_on(old: Sequence[Part], new: Part, programme: Programme, now: float) -> str:
    """What `new`, written by hand in the place of `old`, keeps of what that says: an author who changes words that are
    true changes their wording, and one who changes what is not true any more knows better."""
    if new.kind == LOCATION:
        return new.place
    return next((part.place for part in old if sessions(part) and holds(part, programme, now)), "")
