"""The watched address: set and ended by organizers; what a look at it comes to, for the draft and for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from bot.actions import outgoing
from bot.actions.publishing.drafts import take_in_hand
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme.changes import Change, to_json
from bot.programme.edits import Watched
from bot.who import Who
from storage import audit, deliveries, drafts, roles
from storage import programme_watches as watches
from storage.database import Transaction
from storage.programme_watches import Watch

PATIENCE = 3  # looks in a row that found nothing, before organizers are notified: a server restarts now and then

CHANGED, FAILING, WELL = "changed", "failing", "well"  # what organizers are notified of


@dataclass(frozen=True, slots=True)
class Version:
    """What stood at `address`: `document` the programme in it, `edit` what it does to the draft; else as storage's
    Watch has it."""

    address: str
    edit: Watched
    mark: str
    digest: str
    document: dict[str, Any]


def host_of(address: str) -> str:
    """Who serves it, as an organizer recognizes it."""
    return urlsplit(address).hostname or address


def watched(tx: Transaction, who: Who) -> Watch | None:
    need_organizer(who)
    return watches.get(tx)


def begin(tx: Transaction, who: Who, now: int, version: Version, *, revision: int, changes: Sequence[Change]) -> None:
    """Watch an address from the version on that stands there. Stale when the draft has changed since that revision."""
    need_organizer(who)
    into_draft(tx, version, revision, changes, now)
    watches.put(
        tx, version.address, mark=version.mark, digest=version.digest, taken=version.document, set_by=who.id, now=now
    )
    audit.note(tx, who.id, "watch_set", now)


def end(tx: Transaction, who: Who, now: int) -> bool:
    """Watch nothing any more; what came from there stays. False when nothing was watched."""
    need_organizer(who)
    ended = watches.end(tx)
    if ended:
        audit.note(tx, who.id, "watch_ended", now)
    return ended


def ask(tx: Transaction, who: Who) -> None:
    """Have it looked at at once, and not in some minutes."""
    need_organizer(who)
    if not watches.ask(tx):
        raise Stale("watch.ended_already")


def take(tx: Transaction, version: Version, revision: int, changes: Sequence[Change], now: int) -> None:
    """Put what is new into the draft, and notify the organizers. Stale as in `begin`; nothing when it was ended."""
    watch = watches.get(tx)
    if watch is None or watch.address != version.address:
        return
    into_draft(tx, version, revision, changes, now)
    watches.take(tx, version.address, mark=version.mark, digest=version.digest, taken=version.document, now=now)
    watches.well(tx, version.address, version.mark)
    if changes:
        notify_organizers(tx, CHANGED, now, records(changes))
    elif watch.told:
        notify_organizers(tx, WELL, now)


def into_draft(tx: Transaction, version: Version, revision: int, changes: Sequence[Change], now: int) -> None:
    if changes:
        take_in_hand(tx, revision)
        edit = replace(version.edit, changes=records(changes))
        drafts.add(tx, edit.what, detail=edit.detail(), changes=to_json(changes), made_by=None, now=now)


def same(tx: Transaction, address: str, mark: str, now: int) -> None:
    """The version that was taken last still stands there."""
    watch = watches.get(tx)
    if watch is None or watch.address != address or (watch.mark == mark and watch.fault is None):
        return
    watches.well(tx, address, mark)
    if watch.told:
        notify_organizers(tx, WELL, now)


def failed(tx: Transaction, address: str, fault: Mapping[str, Any], at_once: bool, now: int) -> None:
    """A look came to nothing: organizers are notified once, of some faults at once."""
    watch = watches.get(tx)
    if watch is None or watch.address != address:
        return
    grave = at_once or watch.failures + 1 >= PATIENCE
    watches.fail(tx, address, fault, watch.told or grave)
    if grave and not watch.told:
        notify_organizers(tx, FAILING, now)


def notify_organizers(tx: Transaction, what: str, now: int, changes: int = 0) -> None:
    news = outgoing.WatchNews(what, now, changes)
    outgoing.enqueue(tx, news, roles.organizers(tx), deliveries.LANE_ANSWER, now)


def records(changes: Sequence[Change]) -> int:
    """Of how many things something changes: of a session's three new fields one."""
    return len({(change.part, change.code) for change in changes})
