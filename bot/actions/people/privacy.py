"""Everything about one person: shown to them, or erased."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.actions.outgoing import ChangeNotice
from bot.actions.questions.following import left_by_author
from bot.actions.questions.questions import cards_changed, cards_touched, release_merged
from bot.errors import Stale
from storage import (
    announcement_parts,
    announcement_screens,
    announcements,
    audit,
    badges,
    boards,
    bookmarks,
    cards,
    claims,
    conversations,
    deliveries,
    desk_groups,
    drafts,
    followers,
    hall_keys,
    heirs,
    mutes,
    participants,
    programme_watches,
    programmes,
    questions,
    ratings,
    roles,
    session_desks,
    session_runs,
    stages,
    stop_words,
    told,
    typed_messages,
    votes,
)
from storage.announcements import Announcement
from storage.database import Transaction
from storage.questions import APPROVED, MERGED, PENDING


def everything(tx: Transaction, person: int) -> dict[str, Any]:
    """All that is stored about the person, as plain data; times are epoch seconds.

    Nobody else is named in it: not the moderator who decided, not the organizer who invited.
    """
    profile = participants.get(tx, person)
    stage = stages.in_chat(tx, person)
    return {
        "profile": None if profile is None else asdict(profile),
        "badge": own_badge(tx, person),
        "let_in": badges.let_in_by(tx, person),
        "agenda": bookmarks.of_person(tx, person),
        "stars_moved": [{"from": session, "to": heir} for session, heir in heirs.stars_of(tx, person).items()],
        "questions": [without(asdict(one), "decided_by") for one in questions.of_author(tx, person)],
        "votes": [{"question": number, "at": at} for number, at in votes.of_person(tx, person)],
        "following": [{"question": number, "at": at} for number, at in followers.of_person(tx, person)],
        "open_form": [{"form": one.state, "data": one.data} for one in conversations.of_person(tx, person)],
        "messages": deliveries.of_person(tx, person),
        "told_of_changes": [
            {"versions": [one.older, one.newer], "sessions": one.sessions, "state": one.state}
            for one in told.of_person(tx, ChangeNotice.kind, person)
        ],
        "organizer_by_settings": roles.is_chief(tx, person),
        "roles": [without(asdict(one), "granted_by") for one in roles.of_person(tx, person)],
        "role_deeds": roles.actions_by(tx, person),
        "decisions": [
            {"question": number, "state": state, "decided_at": at}
            for number, state, at in questions.decided_by(tx, person)
        ],
        "question_cards": [
            {"message": message, "question": question} for message, question in cards.of_chat(tx, person)
        ],
        "hall_screens": [{"place": place, "private_since": at} for place, at in hall_keys.made_by(tx, person)],
        "sessions_marked": [{"session": session, "at": at} for session, at in session_runs.marked_by(tx, person)],
        "working_on": [{"question": one.question, "until": one.until} for one in claims.of_person(tx, person)],
        "muted_by_question": [
            {"question": number, "session": scope, "at": at} for number, scope, at in mutes.of_person(tx, person)
        ],
        "mutes": [{"question": number, "session": scope, "at": at} for number, scope, at in mutes.made_by(tx, person)],
        "deeds": [
            {"deed": one.deed, "question": one.question, "session": one.session, "at": one.at}
            for one in audit.of_person(tx, person)
        ],
        "desk_groups": [{"title": title, "opened_at": at} for title, at in desk_groups.opened_by(tx, person)],
        "announcement_screens": [
            {"message": one.message, "announcement": one.announcement}
            for one in announcement_screens.in_chat(tx, person)
        ],
        "boards": [{"message": one.message} for one in boards.in_chat(tx, person)],
        "announcements": [announced_by(tx, one) for one in announcements.of_author(tx, person)],
        "ratings": [asdict(one) for one in ratings.of_person(tx, person)],
        "stage_notes": [
            {"session": session, "note": note, "at": at} for session, note, at in session_desks.notes_by(tx, person)
        ],
        "stage_message": None if stage is None else asdict(stage),
        "stop_words": [{"word": word, "at": at} for word, at in stop_words.added_by(tx, person)],
        "typed_messages": [
            {"message": one.message, "became": one.kind, "data": json.loads(one.thing), "at": one.at}
            for one in typed_messages.of_person(tx, person)
        ],
        "draft_steps": [{"step": what, "at": at} for what, at in drafts.of_person(tx, person)],
        "watched_addresses": [{"address": one, "at": at} for one, at in programme_watches.set_by(tx, person)],
        "programmes": [{"version": number, "at": at} for number, at in programmes.published_by(tx, person)],
    }


def own_badge(tx: Transaction, person: int) -> dict[str, Any] | None:
    badge = badges.get(tx, person)
    return None if badge is None else without(asdict(badge), "used_by")


def announced_by(tx: Transaction, announcement: Announcement) -> dict[str, Any]:
    kept = without(asdict(announcement), "approved_by")
    return kept | {"parts": [asdict(part) for part in announcement_parts.of(tx, announcement.number)]}


def without(record: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}


def nothing_stored(*, chief: bool) -> Stale:
    """There is nothing to show or to erase; the id of an organizer whom the settings name is kept all the same."""
    return Stale("privacy.only_in_settings" if chief else "privacy.nothing_stored")


def forget(tx: Transaction, person: int, now: int) -> None:
    """Erase the person. What they asked aloud stays in the forum's record without its author, and the id of an
    organizer by the settings for as long as these name it."""
    if participants.get(tx, person) is None:
        raise nothing_stored(chief=roles.is_chief(tx, person))
    open_questions = [one.number for one in questions.of_author(tx, person) if one.state in (PENDING, APPROVED, MERGED)]
    asked = [one.number for one in questions.of_author(tx, person)]
    questions.forget(tx, person, now)
    votes.forget(tx, person)
    for number in open_questions:
        question = questions.get(tx, number)
        assert question is not None
        cards_changed(tx, question, now)
        release_merged(tx, number, now)
        left_by_author(tx, question, now)
    announcements.forget(tx, person)
    audit.forget(tx, person, asked)
    badges.forget(tx, person)
    boards.delete(tx, person)
    bookmarks.delete(tx, person)
    cards.delete(tx, person)
    freed = claims.of_person(tx, person)
    claims.forget(tx, person)
    for claim in freed:
        cards_touched(tx, claim.question, now)
    conversations.delete(tx, person)
    deliveries.delete(tx, person)
    desk_groups.forget(tx, person)
    drafts.forget(tx, person)
    followers.forget(tx, person)
    hall_keys.forget(tx, person)
    heirs.forget(tx, person)
    mutes.forget(tx, person)
    participants.delete(tx, person)
    programme_watches.forget(tx, person)
    programmes.forget(tx, person)
    ratings.forget(tx, person)
    roles.forget(tx, person)
    session_desks.forget(tx, person)
    session_runs.forget(tx, person)
    stages.delete(tx, person)
    stop_words.forget(tx, person)
    typed_messages.forget(tx, person)
