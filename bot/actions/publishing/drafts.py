"""The draft of the next version: organizers add steps to it, take the last one back, or throw it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.again import just_did
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme.changes import Change, apply, diff, from_json, to_json
from bot.programme.edits import Edit
from bot.programme.model import Programme
from bot.who import Who
from storage import audit, drafts, heirs, programmes
from storage.database import Transaction
from storage.drafts import Step


@dataclass(frozen=True, slots=True)
class Stored:
    """The draft as it is stored: steps upon version `base`; whoever changes it names `revision`."""

    base: int
    revision: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """`programme` is version `base`, as `published` has it, with all steps made; without steps it is that version."""

    base: int
    revision: int
    published: Programme
    programme: Programme
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]


def stored(tx: Transaction, who: Who) -> Stored:
    need_organizer(who)
    return read(tx)


def read(tx: Transaction) -> Stored:
    """The draft without asking who wants it: for the bot itself."""
    return Stored(programmes.newest_number(tx), drafts.revision(tx), drafts.steps(tx))


def add(tx: Transaction, who: Who, now: int, revision: int, *, edit: Edit, changes: Sequence[Change]) -> None:
    """One more step: the edit, and what it changed. Stale when the draft has changed since that revision."""
    need_organizer(who)
    take_in_hand(tx, revision)
    drafts.add(tx, edit.what, detail=edit.detail(), changes=to_json(changes), made_by=who.id, now=now)


def take_back(tx: Transaction, who: Who, now: int, revision: int, *, number: int) -> Step | None:
    """Take the last step back, whoever made it; only the last, for later steps may rest on the others. None for the
    second tap of the same person."""
    need_organizer(who)
    if just_did(tx, who, "draft_step_back", step=number, revision=revision):
        return None
    steps = drafts.steps(tx)
    if not steps or steps[-1].number != number:
        raise Stale("draft.moved_on")
    take_in_hand(tx, revision)
    drafts.delete(tx, number)
    if len(steps) == 1:
        heirs.drop_all(tx)
    detail = {"what": steps[-1].what, "step": number, "revision": revision}  # numbers are given again
    audit.note(tx, who.id, "draft_step_back", now, detail=detail)
    return steps[-1]


def discard(tx: Transaction, who: Who, now: int, revision: int) -> int | None:
    """Throw the draft away. Returns how many steps it had; None for the second tap of the same person."""
    need_organizer(who)
    if just_did(tx, who, "draft_discarded", revision=revision):
        return None
    take_in_hand(tx, revision)
    heirs.drop_all(tx)
    gone = drafts.delete_all(tx)
    if gone:
        audit.note(tx, who.id, "draft_discarded", now, detail={"steps": gone, "revision": revision})
    return gone


def take_in_hand(tx: Transaction, revision: int) -> None:
    if not drafts.move_on(tx, revision):
        raise Stale("draft.moved_on")


def whole(published: Programme, stored: Stored) -> Draft:
    steps = [change for step in stored.steps for change in from_json(step.changes)]
    programme = apply(published, steps) if steps else published
    return Draft(stored.base, stored.revision, published, programme, stored.steps, diff(published, programme))
