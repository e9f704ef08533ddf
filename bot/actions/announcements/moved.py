"""Telling everybody registered that a day or a hall is moved: an announcement that is worded already, and what becomes
of it when the programme changes again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.actions.announcements import claims, signing
from bot.actions.announcements.announcements import get, need_draft, own, seen
from bot.actions.announcements.wording import STAGED, headline, version
from bot.actions.rights import need_organizer
from bot.errors import BadInput, Stale
from bot.programme.model import Programme
from bot.programme.moves import Move, moves
from bot.programme.text import LANGUAGES
from bot.who import Who
from storage import announcement_parts, announcements, audiences, participants, programmes
from storage.announcement_parts import Part
from storage.announcements import DRAFT, Announcement
from storage.audiences import Condition
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Offer:
    """What a publication moves as a whole, and how many are registered; the announcement made of it, if there is one;
    those delivered that say what is not so any more."""

    moves: Sequence[Move]
    registered: int
    made: Announcement | None
    untrue: Sequence[Announcement]


@dataclass(frozen=True, slots=True)
class Words:
    """What to say in each language, and what that says of the programme of version `number` (see `claims`)."""

    number: int
    texts: Mapping[str, str]
    claims: str

    def part(self, language: str, prefix: str = "") -> Part:
        # The position of a message by hand is its id: what the bot says has none.
        return Part(prefix + language, -self.number, "text", self.texts[language], place=self.claims)


def offer(tx: Transaction, who: Who, now: int, *, before: Programme, after: Programme, version: int) -> Offer:
    """Of the change from one programme to the other, which is `version` once it is published."""
    need_organizer(who)
    registered = audiences.count(tx, Condition()).people
    moved = moves(before, after, now)
    made = made_of(tx, version, spoken_codes(moved)) if version else None
    return Offer(moved, registered, made, untrue(tx, after, now))


def spoken_codes(moved: Sequence[Move]) -> set[str]:
    return {change.code for move in moved for change in move.changes}


def made_of(tx: Transaction, version: int, codes: Set[str]) -> Announcement | None:
    """The announcement of what that version moves; also one of an earlier version that is not sent yet and speaks of
    the same sessions: worded again, it says all."""
    found = announcements.of_version(tx, version)
    if found is not None:
        return found
    unsent = (one for one in announcements.claiming(tx) if one.started_at is None)
    return next((one for one in unsent if codes & {*said(announcement_parts.of(tx, one.number))}), None)


def said(parts: Sequence[Part]) -> list[str]:
    """The codes of all sessions that they speak of."""
    return list(dict.fromkeys(code for part in parts for code in claims.sessions(part)))


def untrue(tx: Transaction, programme: Programme, now: int) -> list[Announcement]:
    """Those delivered, at least to some, that say what is not so by this programme."""
    begun = [one for one in announcements.claiming(tx) if one.started_at is not None]
    return [one for one in begun if claims.untrue(announcement_parts.of(tx, one.number), programme, now)]


def draft(tx: Transaction, who: Who, now: int, version: int, words: Words | None) -> Announcement:
    """The announcement of what that version moves: the one there is, or a new draft for everybody registered.

    `words` are None when nothing is moved any more. Stale for what another organizer has as a draft.
    """
    need_organizer(who)
    made = made_of(tx, version, set() if words is None else {*claims.sessions(words.part(LANGUAGES[0]))})
    if made is not None:
        if made.state == DRAFT and made.author != who.id:
            raise Stale("moving.of_another", name=participants.name_of(tx, made.author))
        return made
    need_newest(tx, words)
    if words is None:
        raise Stale("moving.nothing")
    number = announcements.draft_of_version(tx, who.id, version, now, said_by=signing.default(tx)).number
    word(tx, number, words, LANGUAGES)
    return get(tx, number)


def again(tx: Transaction, who: Who, now: int, number: int, words: Words | None) -> None:
    """Word a draft by the programme of now, in the languages in which the bot did."""
    need_draft(own(tx, who, number))
    need_newest(tx, words)
    if words is None:
        raise BadInput("moving.as_before")
    parts = announcement_parts.of(tx, number)
    languages = [part.language for part in parts if claims.sessions(part)]
    for language in languages:
        announcement_parts.drop(tx, number, language)
    word(tx, number, words, languages)


def word(tx: Transaction, number: int, words: Words, languages: Sequence[str]) -> None:
    for language in languages:
        announcement_parts.put(tx, number, words.part(language))
    announcements.set_text(tx, number, headline(announcement_parts.of(tx, number)))


def stage(tx: Transaction, who: Who, now: int, number: int, *, words: Words, programme: Programme) -> Sequence[str]:
    """Stage a correction of each version that says what is not so any more; the languages. What is no text can only
    be corrected by hand."""
    announcement = seen(tx, who, number)
    if announcement.started_at is None or announcement.withdrawn_at is not None:
        raise Stale("announcements.gone")
    need_newest(tx, words)
    parts = announcement_parts.of(tx, number)
    wrong = claims.untrue(parts, programme, now)
    languages = [one for one in wrong if [part.kind for part in version(parts, one)] == ["text"] and one in LANGUAGES]
    if not languages:
        raise Stale("moving.is_true" if not wrong else "moving.by_hand")
    for language in languages:
        announcement_parts.drop(tx, number, STAGED + language)
        announcement_parts.put(tx, number, words.part(language, STAGED))
    return languages


def need_newest(tx: Transaction, words: Words | None) -> None:
    """Stale when there is a newer version than the words are of."""
    if words is not None and words.number != programmes.newest_number(tx):
        raise Stale("draft.moved_on")


@dataclass(frozen=True, slots=True)
class About:
    """The version that people knew before the announcement, and the codes of all sessions that it speaks of."""

    announcement: Announcement
    before: int
    sessions: Sequence[str]


def about(tx: Transaction, who: Who, number: int) -> About:
    """Stale for one that says nothing of the programme by itself."""
    announcement = seen(tx, who, number)
    parts = [part for part in announcement_parts.of(tx, number) if claims.sessions(part)]
    known = [one for one in map(claims.before, parts) if one is not None]
    if not known:
        raise Stale("refusal.stale")
    return About(announcement, min(known), said(parts))


def need_true(tx: Transaction, who: Who, now: int, number: int, programme: Programme) -> None:
    """Refuse to go on with a sending that says what is not so."""
    seen(tx, who, number)
    if claims.untrue(announcement_parts.of(tx, number), programme, now):
        raise Stale("moving.paused")
