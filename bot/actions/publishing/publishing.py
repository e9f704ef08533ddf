"""Publishing the draft, undoing that, and the versions that were published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.actions import outgoing
from bot.actions.agenda.runs import marks
from bot.actions.paging import in_range
from bot.actions.publishing import drafts, gone, hanging, notices
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.hanging import NONE, NOTHING, Hanging, Moved
from bot.actions.publishing.notices import NOBODY, Reach, Report
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme import edits
from bot.programme.concerns import Concern, begun
from bot.programme.differences import RecordChange, SessionChange, record_changes, session_changes
from bot.programme.model import Programme
from bot.who import Who
from storage import audit, heirs, participants, programmes
from storage import drafts as steps
from storage import notices as ledger
from storage.database import Transaction
from storage.programmes import Version

DRAFT = "draft"  # the source of a version that is no file's
PAGE = 5  # versions


@dataclass(frozen=True, slots=True)
class Published:
    """`people` will be notified of it, the first at `due_at` (epoch seconds; None when nobody is); `moved` to the heirs
    of what went away, and `back` to what has come back."""

    version: Version
    people: int
    due_at: int | None
    moved: Moved = NONE
    back: Moved = NONE


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing the draft would mean: `changes` for people to read, the sessions' first, whom they would reach,
    the `names` of those who made the steps, by id, what is rarely meant, what hangs on what goes away, and what comes
    back with what comes."""

    draft: Draft
    changes: Sequence[SessionChange | RecordChange]
    reach: Reach
    names: Mapping[int, str]
    concerns: Sequence[Concern]
    hanging: Hanging = NOTHING
    back: Moved = NONE


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version without its document. `by` is "" for the bot itself, and for anyone who has erased their data since."""

    version: Version
    by: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """The newest first."""

    versions: Sequence[NamedVersion]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, the number of the one before the older, and the outcome of the newer one's notices."""

    older: NamedVersion
    newer: NamedVersion
    before: int | None
    report: Report = NOBODY


def publish(tx: Transaction, who: Who, now: int, draft: Draft, quiet: bool) -> Published:
    """Make the draft the next version, empty it, and enqueue the news for those it concerns; when `quiet`, for nobody
    new.

    Stale when the draft is not the one that was seen. The second tap of a nervous thumb gets what the first one did.
    """
    need_organizer(who)
    if not draft.changes:
        raise Stale("publishing.nothing")
    newest = programmes.newest_number(tx)
    if not steps.move_on(tx, draft.revision) or newest != draft.base:
        raise Stale("draft.moved_on")
    steps.delete_all(tx)
    restores = brought_back(tx, draft)
    edit = only_edit(draft)
    source = edit.file if isinstance(edit, edits.Import) and edit.file else DRAFT
    chosen = hanging.open_heirs(tx, draft.programme, now)
    heirs.drop_all(tx)
    origin = _Origin(source, len(draft.steps), restores, quiet, chosen)
    return _store(tx, who, now, draft.base, held=draft.published, programme=draft.programme, origin=origin)


def brought_back(tx: Transaction, draft: Draft) -> int | None:
    """The older version that the draft equals. Its step alone does not say so: when another version was published since
    the step was made, the draft is no longer that older one."""
    edit = only_edit(draft)
    number = edit.version if isinstance(edit, edits.Restore) else None
    version = None if number is None else programmes.get(tx, number)
    return number if version is not None and version.document == draft.programme.to_document() else None


def published_by(tx: Transaction, who: Who, base: int, revision: int) -> Published | None:
    """What the person published from this draft, when nothing has happened since."""
    newest = programmes.briefly(tx, programmes.newest_number(tx))
    if newest is None or steps.revision(tx) != revision + 1 or programmes.before(tx, newest.number) != base:
        return None
    return published(tx, newest.number) if newest.published_by == who.id else None


def before(tx: Transaction, who: Who, number: int) -> int:
    """The version before one that can be undone: the newest. Stale otherwise."""
    need_organizer(who)
    older = programmes.before(tx, number)
    if older is None or programmes.newest_number(tx) != number:
        raise Stale("publishing.not_newest")
    return older


def undo(
    tx: Transaction, who: Who, now: int, number: int, *, programme: Programme, older: int, former: Programme
) -> Published:
    """Publish `former`, which was version `older`, again in the place of `number`, the newest; the draft is kept.

    Anyone not yet notified of it never is; anyone who was reads that all is as before. What came quietly goes quietly.
    """
    if before(tx, who, number) != older:
        raise Stale("publishing.not_newest")
    drafts.take_in_hand(tx, steps.revision(tx))
    undone = programmes.briefly(tx, number)
    quiet = undone is not None and undone.quiet
    return _store(
        tx, who, now, number, held=programme, programme=former, origin=_Origin(DRAFT, 0, restores=older, quiet=quiet)
    )


def only_edit(draft: Draft) -> edits.Edit | None:
    """The edit of a draft's only step: one that brings a whole programme says where the version comes from."""
    return edits.read(draft.steps[0].what, draft.steps[0].detail) if len(draft.steps) == 1 else None


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a publication takes away, and what comes back with it; false when nothing hangs on it."""

    hanging: Hanging
    back: Moved

    def __bool__(self) -> bool:
        return bool(self.hanging or self.back)


def undoing(tx: Transaction, who: Who, *, programme: Programme, former: Programme) -> Undoing:
    need_organizer(who)
    hangs = hanging.count(tx, hanging.going(programme, former))
    return Undoing(hangs, hanging.to_bring_back(tx, programme, former))


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a version comes from: what the list of versions calls it, how many steps led to it, which it brings
    back; and what of it goes to which heirs."""

    source: str
    steps: int
    restores: int | None
    quiet: bool
    heirs: Mapping[str, str] = field(default_factory=dict)


def _store(
    tx: Transaction, who: Who, now: int, base: int, *, held: Programme, programme: Programme, origin: _Origin
) -> Published:
    changes = session_changes(held, programme)
    back = hanging.bring_back(tx, who, now, hanging.coming(held, programme))
    whom = notices.audience(tx, changes, programme, now)
    number = programmes.publish(
        tx,
        programme.to_document(),
        source=origin.source,
        published_by=who.id,
        now=now,
        restores=origin.restores,
        steps=origin.steps,
        quiet=origin.quiet,
    )
    programmes.note_people(tx, number, whom.reach.waiting if origin.quiet else whom.reach.people)
    gone.note(tx, held, programme, now)
    going = [one.code for one, _ in hanging.going(held, programme)]
    said = set() if origin.quiet else {one.code for one in notices.news(changes, now)}
    moved = [
        hanging.move(tx, who, now, one, origin.heirs[one], noticed=one in said) for one in going if one in origin.heirs
    ]
    hanging.heard_again(tx, programme, now, hanging.coming(held, programme))
    hanging.tell_later(tx, now, [one for one in going if one not in said])
    hanging.mark_cards(tx, now, [*going, *hanging.coming(held, programme)], number)
    notices.enqueue(tx, base, after=number, changes=changes, whom=whom, quiet=origin.quiet, now=now)
    detail: dict[str, Any] = {"version": number, "steps": origin.steps, "quiet": origin.quiet}
    audit.note(tx, who.id, "published" if origin.restores is None else "restored", now, detail=detail)
    return replace(published(tx, number), moved=sum(moved, NONE), back=back)


def published(tx: Transaction, number: int) -> Published:
    version = programmes.briefly(tx, number)
    assert version is not None
    due_at = ledger.due(tx, outgoing.ChangeNotice.kind, number) if version.people else None
    return Published(version, version.people, due_at)


def versions(tx: Transaction, who: Who, page: int) -> VersionsPage:
    """The page is brought into range."""
    need_organizer(who)
    page, pages = in_range(page, count=programmes.count(tx), size=PAGE)
    found = [named(tx, one) for one in programmes.page(tx, PAGE, page * PAGE)]
    return VersionsPage(found, page, pages)


def two(tx: Transaction, who: Who, number: int, other: int) -> Pair:
    """Two versions; 0 stands for the newest, and beside a version itself for the one before it. Stale when there is no
    such version."""
    need_organizer(who)
    newest = programmes.newest_number(tx)
    older, newer = sorted((number or newest, other or newest))
    if older == newer:
        older = programmes.before(tx, newer) or newer
    pair = programmes.briefly(tx, older), programmes.briefly(tx, newer)
    if pair[0] is None or pair[1] is None:
        raise Stale("refusal.stale")
    return Pair(named(tx, pair[0]), named(tx, pair[1]), programmes.before(tx, older), notices.report(tx, newer))


def named(tx: Transaction, version: Version) -> NamedVersion:
    return NamedVersion(version, participants.name_of(tx, version.published_by))


def preview(tx: Transaction, who: Who, now: int, draft: Draft, concerns: Sequence[Concern]) -> Preview:
    need_organizer(who)
    concerns = (*begun(draft.published, draft.programme, marks(tx)), *concerns)
    changes = session_changes(draft.published, draft.programme)
    makers = {one.made_by for one in draft.steps if one.made_by is not None}
    names = {one: participants.name_of(tx, one) for one in makers}
    records = record_changes(draft.published, draft.programme, draft.changes)
    reach = notices.audience(tx, changes, draft.programme, now).reach
    hangs = hanging.of_draft(tx, who, now, draft)
    back = hanging.to_bring_back(tx, draft.published, draft.programme)
    return Preview(draft, (*changes, *records), reach, names, concerns, hangs, back)
