"""What a message that waits in the outbox is stored as: its kind, and the thing it is about.

things.json holds every form there is. THINGS is all that ties it to the functions of today.
"""

from __future__ import annotations

from bot.actions import letters
from tests.golden.expected import check

# As today's functions make them: each thing there is, by its kind, and what is read from it.
THINGS: dict[str, list[tuple[str, object, object]]] = {
    letters.FATE: [(letters.revision_of(12, 3), letters.number_and_revision, (12, 3))],
    letters.EDITED: [(letters.revision_of(12, 3), letters.number_and_revision, (12, 3))],
    letters.CARD: [("12", int, 12)],
    letters.CARD_CHANGE: [
        (letters.revision_of(12, 3), letters.number_of_change, 12),
        (letters.late_change_of(12, 3, 480), letters.passed_over_by, None),
        (letters.touch_of(12, "4f0a1b2c", None), letters.passed_over_by, None),
        (letters.touch_of(12, "4f0a1b2c", 480), letters.passed_over_by, 480),
        (letters.claim_end_of(12, 1795000000), letters.end_of_claim, 1795000000),
    ],
    letters.CARD_UNFOLDED: [(letters.unfolded_in(12, 480, "4f0a1b2c"), letters.number_and_message, (12, 480))],
    letters.CORRECTION: [
        (letters.correction_of("fate", "12:3"), letters.corrected_by, ("fate", "12:3")),
        (letters.correction_of("edited", "12:3"), letters.corrected_by, ("edited", "12:3")),
    ],
    letters.REMINDER: [
        (letters.start_of("opening", 1795000000), letters.session_and_start, ("opening", 1795000000)),
        (letters.start_of("at@home", 1795000000), letters.session_and_start, ("at@home", 1795000000)),
    ],
    letters.RATING: [("opening", str, "opening")],
    letters.CHANGE: [(letters.between(5, 7), letters.versions_of, (5, 7))],
    letters.CHANGE_MARK: [(letters.between(5, 7), letters.versions_of, (5, 7))],
    letters.ANNOUNCEMENT: [("7", int, 7)],
    letters.ANNOUNCEMENT_EDIT: [(letters.revision_of(7, 2), letters.number_and_revision, (7, 2))],
    letters.ANNOUNCEMENT_DELETE: [("7", int, 7)],
    letters.APPROVAL: [(letters.revision_of(7, 1795000000), letters.number_and_revision, (7, 1795000000))],
    letters.CORRECTION_APPROVAL: [
        (letters.correction_put_forward(7, "kk", "9f3a01c2"), letters.put_forward, (7, "kk", "9f3a01c2")),
        (letters.correction_put_forward(7, "", "9f3a01c2"), letters.put_forward, (7, "", "9f3a01c2")),
    ],
    letters.ANNOUNCEMENT_NEWS: [
        (letters.news_of(7, "declined", 1795000000), letters.number_and_news, (7, "declined")),
    ],
    letters.DESK_CARD: [
        (letters.cards_in(12, 480) + "9f3a01c2", letters.number_and_thread, (12, 480)),
        (letters.cards_in(12, 0) + "9f3a01c2", letters.number_and_thread, (12, 0)),
    ],
    letters.DESK_OFFER: [(letters.offer_in("ru", 1795000000), letters.language_of_offer, "ru")],
    letters.DESK_MOVED: [(letters.moved_at(1795000000), int, 1795000000)],
    letters.DESK_NEWS: [
        (letters.desk_news("removed", 1795000000, "Mods @ 2: б"), letters.what_and_title, ("removed", "Mods @ 2: б")),
        (letters.desk_news("removed", 1795000000, ""), letters.what_and_title, ("removed", "")),
    ],
    letters.SLOT: [(letters.start_of("opening", 1795000000), letters.session_and_start, ("opening", 1795000000))],
    letters.WATCH_NEWS: [
        (letters.watch_news("changed", 1795000000, 3), letters.what_and_changes, ("changed", 3)),
        (letters.watch_news("failing", 1795000000), letters.what_and_changes, ("failing", 0)),
    ],
    letters.ROLE_ENDED: [
        (letters.role_until("moderator", "opening", 1795000000), letters.role_and_session, ("moderator", "opening")),
        (letters.role_until("organizer", "", 1795000000), letters.role_and_session, ("organizer", "")),
        (letters.role_until("moderator", "at@home", 1795000000), letters.role_and_session, ("moderator", "at@home")),
    ],
}


def test_things_of_messages_are_written_as_they_were() -> None:
    check("things", {kind: [thing for thing, _, _ in things] for kind, things in THINGS.items()})


def test_things_of_messages_are_read_as_they_were() -> None:
    for things in THINGS.values():
        for thing, read, meant in things:
            assert callable(read)
            assert read(thing) == meant, thing


def test_every_kind_of_message_is_here() -> None:
    kinds = [value for name, value in vars(letters).items() if name.isupper() and isinstance(value, str)]
    assert sorted(kinds) == sorted(THINGS)
