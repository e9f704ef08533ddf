"""Sessions that leave the programme and come back: what they were is kept, for all that still hangs on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.programme.model import Programme, Session
from storage import gone_sessions, programmes
from storage.database import Transaction
from storage.gone_sessions import GoneSession


def note(tx: Transaction, held: Programme, programme: Programme, now: int) -> None:
    """With the version that takes the place of `held`."""
    left = [one for one in held.sessions if programme.session(one.code) is None]
    gone_sessions.leave(tx, [GoneSession(one.code, one.to_document(), now) for one in left])
    gone_sessions.come_back(tx, [one.code for one in programme.sessions if held.session(one.code) is None])


def remembered(tx: Transaction, programme: Programme) -> Programme:
    """The newest version with the sessions that have left it (`Programme.gone`), those that left last first."""
    known = gone_sessions.everything(tx)
    lost = gone_sessions.named(tx) - {one.code for one in programme.sessions} - {one.code for one in known}
    if lost:  # they left before this was kept
        found = looked_up(tx, lost)
        gone_sessions.leave(tx, found)
        known = sorted((*known, *found), key=lambda one: -one.gone_at)
    zone = programme.forum.zone
    gone = [
        Session.from_document(one.document, zone)
        for one in known
        if one.document is not None and programme.session(one.code) is None
    ]
    return replace(programme, gone=tuple(gone)) if gone or programme.gone else programme


def looked_up(tx: Transaction, codes: Collection[str]) -> list[GoneSession]:
    """What these sessions were in the last versions that have them."""
    wanted, found = set(codes), []
    version = programmes.newest(tx)
    gone_at = 0 if version is None else version.published_at
    while version is not None and wanted:
        for session in version.document.get("sessions", ()):
            if session["code"] in wanted:
                wanted.discard(session["code"])
                found.append(GoneSession(session["code"], session, gone_at))
        gone_at, older = version.published_at, programmes.before(tx, version.number)
        version = None if older is None else programmes.get(tx, older)
    return [*found, *(GoneSession(code, None, gone_at) for code in sorted(wanted))]
