"""What the outbox writes about a changed programme: to each the difference between two versions that is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.methods import SendMessage

from bot.actions.outgoing import ChangeMark, ChangeNotice, ChangeWord
from bot.actions.publishing import notices
from bot.actions.publishing.notices import LONGEST, News, concerned, outdates
from bot.clock import Clock
from bot.delivery.rendered import Later, Rendered, Requeued, Send, screen_edited
from bot.programme.differences import HELD, TIME, SessionChange, session_change, session_changes
from bot.texts import Translator
from bot.versions import Versions
from bot.views.publishing import notices as views
from storage import notices as ledger
from storage import programmes, told
from storage.database import Database
from storage.deliveries import Delivery
from storage.notices import Ties
from storage.told import REPLACED, RESTORED, TOLD, WITHDRAWN, Copy

KEPT = 32  # differences between two versions: five thousand notices in a row are about one
AFTER = 1  # seconds from a newer notice to the mark on the older


class Notices:
    """Renders notices, and their corrections in people's chats."""

    def __init__(self, db: Database, versions: Versions, clock: Clock) -> None:
        self._db = db
        self._versions = versions
        self._clock = clock
        self._found: dict[ChangeNotice, tuple[SessionChange, ...]] = {}

    async def change(self, notice: ChangeNotice, delivery: Delivery, t: Translator) -> Rendered:
        """Where there is more news for the person by now, it waits again, as one message with all of it."""
        now = self._clock.seconds()
        ties, copies = await self._db.read(notices.facts, delivery.recipient)
        changes = [one for one in concerned(ties, await self._between(notice)) if one.over_at > now]
        if not changes:
            return None
        former = former_to(copies, delivery.id)
        news = [News(one, await self._is_again(one, former, notice.after)) for one in in_order(changes, now)]
        news = await self._with_what_is_left(news, delivery.recipient)
        if not await self._db.write(notices.leave, notice, delivery, [one.change.code for one in news], now):
            return Requeued()
        screen = views.change(t, news)
        call = SendMessage(chat_id=delivery.recipient, text=screen.text, reply_markup=screen.keyboard)
        return Send([call], needed_by=needed_by(changes, now))

    async def mark(self, mark: ChangeMark, person: int, t: Translator) -> Rendered:
        """Let what the person was told show what holds: after the newer message, for that may yet be undone, unless
        that is put off for long."""
        now = self._clock.seconds()
        notice = ChangeNotice(mark.before, mark.after)
        due = await self._db.read(ledger.waits, notice.kind, person)
        ties, copies = await self._db.read(notices.facts, person)
        mine = of_notice(copies, notice)
        if any(one.on_its_way for one in mine):
            return Later(now + AFTER, "after the newer one")
        if due is not None and due <= now + LONGEST:
            return Later(max(now, due) + AFTER, "after the newer one")
        shown = await self._with_what_is_left(await self._shown(notice, mine, copies, ties), person)
        known = [one for one in mine if one.message is not None]
        state = state_of(shown, mine)
        if state == TOLD:
            return None
        if needs_word(mine, shown, state):
            await self._db.write(notices.correct, notice, person, now)
        await self._db.write(told.show, known, state)
        screen = views.change(t, shown) if state == RESTORED else views.outdated(t, shown)
        edits = [screen_edited(person, one.message, screen) for one in known if one.message is not None]
        return Send(edits) if edits else None

    async def word(self, word: ChangeWord, delivery: Delivery, t: Translator) -> Rendered:
        """What holds, as a message of its own: nobody knows the id of the one that says otherwise."""
        notice = ChangeNotice(word.before, word.after)
        ties, copies = await self._db.read(notices.facts, delivery.recipient)
        mine = of_notice(copies, notice)
        shown = await self._with_what_is_left(await self._shown(notice, mine, copies, ties), delivery.recipient)
        if not needs_word(mine, shown, state_of(shown, mine)):
            return None
        # What a newer message says stands above this one by now: "see the newer message" would lead nowhere.
        shown = [one for one in shown if one.state != REPLACED]
        state = state_of(shown, mine)
        codes = [one.change.code for one in shown]
        if not await self._db.write(notices.leave_word, notice, delivery, codes, state):
            return Requeued()
        screen = views.change(t, shown) if state in (TOLD, RESTORED) else views.outdated(t, shown)
        call = SendMessage(
            chat_id=delivery.recipient, text=screen.text, reply_markup=screen.keyboard, disable_notification=True
        )
        return Send([call])

    async def _shown(
        self, notice: ChangeNotice, mine: Sequence[Copy], copies: Sequence[Copy], ties: Ties
    ) -> list[News]:
        """What the notice is to show, in the order in which it told it."""
        if not mine:
            return []
        newest = await self._db.read(programmes.newest_number)
        since = {one.code: one for one in await self._between(ChangeNotice(notice.after, newest))}
        newer = [one for one in copies if one.message is not None and one.number > mine[-1].number]
        holding = [one for copy in newer for one in await self._holding(copy, ties, newest)]
        former = former_to(copies, mine[0].delivery)
        shown = []
        for said in {one.code: one for copy in reversed(mine) for one in await self._said(copy, ties)}.values():
            change = since.get(said.code)
            later = [one for one in holding if one.code == said.code]
            state = TOLD if change is None or not outdates(said, change) else WITHDRAWN
            if any(covers(one, said) for one in later):
                state = REPLACED
            moved = change is not None and TIME in change.told and not any(TIME in one.told for one in later)
            again = await self._is_again(said, former, notice.after)
            shown.append(News(said, again, state, change, moved))
        return shown

    async def _with_what_is_left(self, news: Sequence[News], person: int) -> list[News]:
        """What happens to the person's questions and stars at removed sessions."""
        if not any(notices.goes(one.change) for one in news):
            return list(news)
        left = await self._db.read(notices.left, person)
        programme = await self._versions.get(await self._db.read(programmes.newest_number))
        return [left.at(one, programme) for one in news]

    async def _said(self, copy: Copy, ties: Ties) -> list[SessionChange]:
        """What the copy says, in its order."""
        changes = await self._between(ChangeNotice(copy.older, copy.newer))
        if copy.sessions is None:
            return concerned(ties, changes)
        by_code = {one.code: one for one in changes}
        return [by_code[code] for code in copy.sessions if code in by_code]

    async def _holding(self, copy: Copy, ties: Ties, newest: int) -> list[SessionChange]:
        """What can be read in the copy and holds."""
        since = {one.code: one for one in await self._between(ChangeNotice(copy.newer, newest))}
        said = (await self._said(copy, ties))[: views.SHOWN]
        return [one for one in said if one.code not in since or not outdates(one, since[one.code])]

    async def covers_start(self, person: int, session: str, since: int) -> bool:
        """Whether a notice that the person gets now, or got since then (epoch seconds), says when the session starts:
        whoever has just read that it begins in five minutes is not reminded of it, nor of speaking there."""
        for thing in await self._db.read(ledger.notified_since, ChangeNotice.kind, person, since):
            changes = await self._between(ChangeNotice.parse(thing))
            if any(one.code == session and TIME in one.told for one in changes):
                return True
        return False

    async def _between(self, notice: ChangeNotice) -> tuple[SessionChange, ...]:
        """What differs between its versions."""
        found = self._found.get(notice)
        if found is None:
            found = session_changes(await self._versions.get(notice.before), await self._versions.get(notice.after))
            if len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[notice] = found
        return found

    async def _is_again(self, change: SessionChange, former: ChangeNotice | None, after: int) -> bool:
        """Whether the person's last notice is taken back: the session is as it was before that."""
        if former is None:
            return False
        if all(one.code != change.code or not one.told for one in await self._between(former)):
            return False
        first, now = await self._versions.get(former.before), await self._versions.get(after)
        return not session_change(first, now, first.session(change.code), now.session(change.code)).told


def former_to(copies: Sequence[Copy], delivery: int) -> ChangeNotice | None:
    """The notice that the person was sent before this one; copies of the same are not."""
    own = next((at for at, one in enumerate(copies) if one.delivery == delivery), len(copies))
    former = [one for one in copies[:own] if not one.own]
    return ChangeNotice(former[-1].older, former[-1].newer) if former else None


def of_notice(copies: Sequence[Copy], notice: ChangeNotice) -> list[Copy]:
    return [one for one in copies if (one.older, one.newer) == (notice.before, notice.after)]


def covers(newer: SessionChange, said: SessionChange) -> bool:
    """Whether the newer message says all that was said of the session."""
    return bool(HELD & {*newer.told}) or {*said.told} <= {*newer.told}


def state_of(shown: Sequence[News], mine: Sequence[Copy]) -> str:
    """What the copies of a notice are to show; TOLD where they show what they said, and always did."""
    shown = shown[: views.SHOWN]
    states = {one.state for one in shown}
    if WITHDRAWN in states:
        return WITHDRAWN
    if REPLACED in states:
        return REPLACED
    moved = any(one.since is not None and TIME in one.since.told for one in shown)  # the buttons say when they begin
    return RESTORED if moved or any(one.state != TOLD for one in mine) else TOLD


def needs_word(mine: Sequence[Copy], shown: Sequence[News], state: str) -> bool:
    """Whether what may stand there without a known id is to be corrected by a message of its own. It is while it does
    not hold, unless one is there; a newer message that says what holds is one too."""
    unknown = [one for one in mine if one.message is None]
    corrected = any(one.own and one.message is not None and one.number > unknown[-1].number for one in mine if unknown)
    if not unknown or corrected:
        return False
    if any(one.state == WITHDRAWN or (one.moved and one.state == TOLD) for one in shown):
        return True
    return state != REPLACED and any(one.own for one in unknown)


def in_order(changes: Sequence[SessionChange], now: float) -> list[SessionChange]:
    """What is to be known first stands first."""
    return sorted(changes, key=lambda one: (first_start(one, now), one.code))


def needed_by(changes: Sequence[SessionChange], now: float) -> int:
    return int(min(first_start(one, now) for one in changes))


def first_start(change: SessionChange, now: float) -> float:
    """The first start, old or new, that is still to come; of what is on, its end."""
    return min((start for start in change.starts if start > now), default=change.over_at)
