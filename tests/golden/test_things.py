"""What a message that waits in the outbox is stored as: its kind, and the thing it is about.

things.json holds every form there is. MESSAGES is all that ties it to the classes of today.
"""

from __future__ import annotations

from bot.actions import outgoing
from bot.actions.codec import OutgoingMessage
from bot.actions.outgoing import CardChange
from tests.golden.expected import check

MESSAGES: list[OutgoingMessage] = [
    outgoing.Fate(12, 3),
    outgoing.Edited(12, 3),
    outgoing.Carried(12, 4),
    outgoing.Unheard(12, 1795000000),
    outgoing.Card(12),
    CardChange.to_revision(12, 3),
    CardChange.to_revision(12, 3, 480),
    CardChange.touch(12, "4f0a1b2c"),
    CardChange.touch(12, "4f0a1b2c", 480),
    CardChange.claim_end(12, 1795000000),
    outgoing.CardUnfolded(12, 480, "4f0a1b2c"),
    outgoing.Correction.to(outgoing.Fate(12, 3)),
    outgoing.Correction.to(outgoing.Edited(12, 3)),
    outgoing.Correction.to(outgoing.Carried(12, 4)),
    outgoing.Correction.to(outgoing.Unheard(12, 1795000000)),
    outgoing.StandsAgain(12, 1795000000),
    outgoing.Reminder("opening", 1795000000),
    outgoing.Reminder("at@home", 1795000000),
    outgoing.LeftOver("opening", 1795000000, 1795003600),
    outgoing.RatingRequest("opening"),
    outgoing.ChangeNotice(5, 7),
    outgoing.ChangeMark(5, 7),
    outgoing.ChangeWord(5, 7),
    outgoing.StarMoved("opening", 1795000000),
    outgoing.StarMoved("at@home", 1795000000),
    outgoing.Announcement(7),
    outgoing.AnnouncementEdit(7, 2),
    outgoing.AnnouncementDelete(7),
    outgoing.Approval(7, 1795000000),
    outgoing.EditApproval(7, "kk", "9f3a01c2"),
    outgoing.EditApproval(7, "", "9f3a01c2"),
    outgoing.AnnouncementNews(7, "declined", 1795000000),
    outgoing.DeskCard(12, 480, "9f3a01c2"),
    outgoing.DeskCard(12, 0, "9f3a01c2"),
    outgoing.DeskOffer("ru", 1795000000),
    outgoing.DeskMoved(1795000000),
    outgoing.DeskLeft("kk", 1795000000),
    outgoing.DeskNews("removed", 1795000000, "Mods @ 2: б"),
    outgoing.DeskNews("removed", 1795000000, ""),
    outgoing.Slot("opening", 1795000000),
    outgoing.WatchNews("changed", 1795000000, 3),
    outgoing.WatchNews("failing", 1795000000, 0),
    outgoing.RoleEnded("moderator", "opening", 1795000000),
    outgoing.RoleEnded("organizer", "", 1795000000),
    outgoing.RoleEnded("moderator", "at@home", 1795000000),
]


def test_things_of_messages_are_written_as_they_were() -> None:
    things: dict[str, list[str]] = {}
    for message in MESSAGES:
        things.setdefault(message.kind, []).append(message.thing)
    check("things", things)


def test_things_of_messages_are_read_as_they_were() -> None:
    for message in MESSAGES:
        assert outgoing.of(message.kind, message.thing) == message, message.thing


def test_every_kind_of_message_is_here() -> None:
    assert {type(message) for message in MESSAGES} == set(outgoing.MESSAGES)
