"""Announcements: draft -> (asked ->) scheduled | sending <-> paused -> sent, or cancelled on the way."""

from __future__ import annotations

from dataclasses import dataclass

from storage import announcement_screens
from storage.database import Transaction
from storage.records import columns, reader

CHANNEL = "announcements"  # notified when what one says, or how far one is, has changed

DRAFT, ASKED, SCHEDULED, SENDING, PAUSED = "draft", "asked", "scheduled", "sending", "paused"
DONE, CANCELLED = "sent", "cancelled"


@dataclass(frozen=True, slots=True)
class Announcement:
    """`text` is the beginning of what it says, Telegram HTML: what it is called in lists. Times are epoch seconds.

    `audience` is JSON (bot.actions.announcements.audience). It goes out at `send_at`, or with the session `send_with`;
    at once when neither is set. `expires_at` moves with the end of the session `expires_with`, if there is one.
    `said_by` says from whom it is (bot.actions.announcements.signing), "" when it does not.
    `revision` grows with each correction. `started_at` is None until its sending began; from then on it is under way
    until `finished_at`, and again while it is repaired. `withdrawn_at` says it was deleted again.
    """

    number: int
    author: int | None
    text: str
    state: str
    recipients: int
    created_at: int
    confirmed_at: int | None
    audience: str = "{}"
    urgent: bool = False
    send_at: int | None = None
    send_with: str = ""
    expires_at: int | None = None
    revision: int = 1
    approved_by: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
    withdrawn_at: int | None = None
    expires_with: str = ""
    said_by: str = ""


record = reader(Announcement, urgent=bool)


ANNOUNCEMENT = f"SELECT {columns(Announcement)} FROM announcements "
GET = ANNOUNCEMENT + "WHERE number = :number"
BY_MESSAGE = ANNOUNCEMENT + "WHERE author = :author AND message = :message"
# What has begun and was not yet reported as finished: a sending, or a repair of one.
RUNNING = ANNOUNCEMENT + "WHERE started_at IS NOT NULL AND finished_at IS NULL ORDER BY number"
WAITING_FOR_TIME = ANNOUNCEMENT + "WHERE state = 'scheduled' ORDER BY number"
COMING = ANNOUNCEMENT + "WHERE state IN ('asked', 'scheduled') ORDER BY number"
OF_AUTHOR = ANNOUNCEMENT + "WHERE author = :author ORDER BY number"
# Somebody else's draft is nobody's business yet; what was dropped before it went out is nobody's any more.
LISTED = (
    ANNOUNCEMENT
    + """
    WHERE (state <> 'draft' OR author = :person) AND (state <> 'cancelled' OR started_at IS NOT NULL)
    ORDER BY number DESC
"""
)
VALID = (
    ANNOUNCEMENT
    + """
    WHERE started_at IS NOT NULL AND state IN ('sending', 'paused', 'sent') AND withdrawn_at IS NULL
      AND (expires_at IS NULL OR expires_at > :now)
    ORDER BY started_at DESC, number DESC
"""
)
# What says something of the programme by itself, and was not dropped or deleted.
CLAIMING = (
    ANNOUNCEMENT
    + """
    WHERE withdrawn_at IS NULL AND (state <> 'cancelled' OR started_at IS NOT NULL)
      AND number IN (SELECT announcement FROM announcement_parts WHERE kind <> 'location' AND place <> '')
    ORDER BY number
"""
)
# One begun by the bot for a version of the programme has its number, negative, in the place of a message's.
OF_VERSION = (
    ANNOUNCEMENT
    + """
    WHERE (state <> 'cancelled' OR started_at IS NOT NULL)
      AND (message = :message OR number IN (SELECT announcement FROM announcement_parts WHERE position = :message))
    ORDER BY number
"""
)
LET_GO = """
    UPDATE announcements SET message = NULL
    WHERE author = :author AND message = :message AND state = 'cancelled' AND started_at IS NULL
"""
DRAFT_NEW = """
    INSERT INTO announcements (author, message, text, state, created_at, said_by)
    VALUES (:author, :message, :text, 'draft', :now, :said_by)
    ON CONFLICT (author, message) DO NOTHING
"""
SET_TEXT = "UPDATE announcements SET text = :text WHERE number = :number"
SET_AUDIENCE = "UPDATE announcements SET audience = :audience WHERE number = :number AND state = 'draft'"
SET_URGENT = "UPDATE announcements SET urgent = :urgent WHERE number = :number AND state = 'draft'"
SET_SAID_BY = "UPDATE announcements SET said_by = :said_by WHERE number = :number AND state = 'draft'"
SET_EXPIRY = """
    UPDATE announcements SET expires_at = :expires_at, expires_with = :expires_with
    WHERE number = :number AND state = 'draft'
"""
MOVE_EXPIRY = "UPDATE announcements SET expires_at = :expires_at WHERE number = :number"
ENDING_WITH_SESSIONS = (
    ANNOUNCEMENT
    + """
    WHERE expires_with <> '' AND withdrawn_at IS NULL AND state <> 'cancelled'
      AND (started_at IS NULL OR expires_at > :now)
    ORDER BY number
"""
)
SET_TIME = """
    UPDATE announcements SET send_at = :send_at, send_with = :send_with WHERE number = :number AND state = 'draft'
"""
# Every step names the state before it: of two taps, or two organizers at once, one takes it.
CONFIRM = """
    UPDATE announcements SET state = :state, confirmed_at = :now WHERE number = :number AND state = 'draft'
"""
APPROVE = """
    UPDATE announcements SET state = 'scheduled', approved_by = :person WHERE number = :number AND state = 'asked'
"""
# Those asked already may still decide by the request they have, which names the moment.
HOLD = """
    UPDATE announcements SET confirmed_at = CASE WHEN state = 'asked' THEN confirmed_at ELSE CAST(:now AS BIGINT) END,
           state = 'asked', approved_by = NULL
    WHERE number = :number AND state IN ('asked', 'scheduled')
"""
# The message is of its former author's chat.
ADOPT = "UPDATE announcements SET author = :person, message = NULL WHERE number = :number"
BACK = """
    UPDATE announcements SET state = 'draft', approved_by = NULL
    WHERE number = :number AND state IN ('asked', 'scheduled')
"""
START = """
    UPDATE announcements SET state = 'sending', recipients = :recipients, started_at = :now
    WHERE number = :number AND state = 'scheduled'
"""
DROP = """
    UPDATE announcements SET state = 'cancelled' WHERE number = :number AND state IN ('draft', 'asked', 'scheduled')
"""
STOP = "UPDATE announcements SET state = 'cancelled' WHERE number = :number AND state IN ('sending', 'paused')"
PAUSE = "UPDATE announcements SET state = 'paused' WHERE number = :number AND state = 'sending'"
RESUME = "UPDATE announcements SET state = 'sending' WHERE number = :number AND state = 'paused'"
BEGIN_AGAIN = "UPDATE announcements SET finished_at = NULL WHERE number = :number"
REVISE = "UPDATE announcements SET revision = revision + 1, text = :text WHERE number = :number RETURNING revision"
WITHDRAW = """
    UPDATE announcements SET withdrawn_at = :now,
           state = CASE WHEN state IN ('sending', 'paused') THEN 'cancelled' ELSE state END
    WHERE number = :number AND withdrawn_at IS NULL AND started_at IS NOT NULL
"""
FINISH = """
    UPDATE announcements SET finished_at = :now, state = CASE WHEN state = 'sending' THEN 'sent' ELSE state END
    WHERE number = :number AND finished_at IS NULL
"""
# What never went out is the author's own; what is on its way, or was sent, the forum's.
ERASE = "DELETE FROM announcements WHERE number = :number AND author IS NULL AND state = 'draft'"
ERASE_UNSENT = """
    DELETE FROM announcements WHERE author = :person AND started_at IS NULL AND state IN ('draft', 'cancelled')
"""
FORGET_AUTHOR = "UPDATE announcements SET author = NULL WHERE author = :person"
FORGET_APPROVER = "UPDATE announcements SET approved_by = NULL WHERE approved_by = :person"


def get(tx: Transaction, number: int) -> Announcement | None:
    row = tx.row(GET, number=number)
    return None if row is None else record(row)


def draft(tx: Transaction, author: int, message: int, text: str, now: int, *, said_by: str = "") -> Announcement:
    """A draft begun with that message of the author's; the same message twice is one draft."""
    tx.run(DRAFT_NEW, author=author, message=message, text=text, now=now, said_by=said_by)
    row = tx.row(BY_MESSAGE, author=author, message=message)
    assert row is not None
    return record(row)


def draft_of_version(tx: Transaction, author: int, version: int, now: int, *, said_by: str = "") -> Announcement:
    """A draft of what that version of the programme brings; one of the author's that was dropped does not count."""
    tx.run(LET_GO, author=author, message=-version)
    return draft(tx, author, -version, "", now, said_by=said_by)


def of_version(tx: Transaction, version: int) -> Announcement | None:
    """The first announcement of what that version brings, whoever made it."""
    row = tx.row(OF_VERSION, message=-version)
    return None if row is None else record(row)


def claiming(tx: Transaction) -> list[Announcement]:
    return [record(row) for row in tx.rows(CLAIMING)]


def set_text(tx: Transaction, number: int, text: str) -> None:
    tx.notify(CHANNEL)
    tx.run(SET_TEXT, number=number, text=text)


def set_audience(tx: Transaction, number: int, audience: str) -> bool:
    """This and the next four: of a draft only; False when it is no draft any more."""
    tx.notify(CHANNEL)
    return tx.run(SET_AUDIENCE, number=number, audience=audience) == 1


def set_urgent(tx: Transaction, number: int, urgent: bool) -> bool:
    tx.notify(CHANNEL)
    return tx.run(SET_URGENT, number=number, urgent=int(urgent)) == 1


def set_said_by(tx: Transaction, number: int, said_by: str) -> bool:
    tx.notify(CHANNEL)
    return tx.run(SET_SAID_BY, number=number, said_by=said_by) == 1


def set_expiry(tx: Transaction, number: int, expires_at: int | None, expires_with: str) -> bool:
    tx.notify(CHANNEL)
    return tx.run(SET_EXPIRY, number=number, expires_at=expires_at, expires_with=expires_with) == 1


def move_expiry(tx: Transaction, number: int, expires_at: int) -> None:
    tx.notify(CHANNEL)
    tx.run(MOVE_EXPIRY, number=number, expires_at=expires_at)


def ending_with_sessions(tx: Transaction, now: int) -> list[Announcement]:
    """Those that hold until a session ends, and have not ended yet."""
    return [record(row) for row in tx.rows(ENDING_WITH_SESSIONS, now=now)]


def erase(tx: Transaction, number: int) -> None:
    """Delete a draft that nobody owns."""
    tx.notify(CHANNEL)
    tx.run(ERASE, number=number)


def set_time(tx: Transaction, number: int, send_at: int | None, send_with: str) -> bool:
    tx.notify(CHANNEL)
    return tx.run(SET_TIME, number=number, send_at=send_at, send_with=send_with) == 1


def confirm(tx: Transaction, number: int, *, state: str, chat: int, message: int | None, now: int) -> bool:
    """A draft becomes SCHEDULED, or ASKED for a second organizer's approval; the message follows it."""
    tx.notify(CHANNEL)
    if tx.run(CONFIRM, number=number, state=state, now=now) != 1:
        return False
    if message is not None:
        announcement_screens.place(tx, chat, message, number)
    return True


def approve(tx: Transaction, number: int, person: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(APPROVE, number=number, person=person) == 1


def hold(tx: Transaction, number: int, now: int) -> bool:
    """Let one that has not begun wait to be approved."""
    tx.notify(CHANNEL)
    return tx.run(HOLD, number=number, now=now) == 1


def adopt(tx: Transaction, number: int, person: int) -> None:
    """Let it be that person's own."""
    tx.run(ADOPT, number=number, person=person)


def back(tx: Transaction, number: int) -> bool:
    """From asked or scheduled to a draft again."""
    tx.notify(CHANNEL)
    return tx.run(BACK, number=number) == 1


def start(tx: Transaction, number: int, *, recipients: int, now: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(START, number=number, recipients=recipients, now=now) == 1


def drop(tx: Transaction, number: int) -> bool:
    """Give up what has not begun."""
    tx.notify(CHANNEL)
    return tx.run(DROP, number=number) == 1


def stop(tx: Transaction, number: int) -> bool:
    """End a sending before its end."""
    tx.notify(CHANNEL)
    return tx.run(STOP, number=number) == 1


def pause(tx: Transaction, number: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(PAUSE, number=number) == 1


def resume(tx: Transaction, number: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(RESUME, number=number) == 1


def begin_again(tx: Transaction, number: int) -> None:
    """It is under way, until it is finished (again)."""
    tx.notify(CHANNEL)
    tx.run(BEGIN_AGAIN, number=number)


def follow(tx: Transaction, number: int, chat: int, message: int | None) -> None:
    """It is under way, until it is finished (again), and this message follows it as well."""
    begin_again(tx, number)
    if message is not None:
        announcement_screens.place(tx, chat, message, number)


def revise(tx: Transaction, number: int, text: str) -> int:
    """It says something else from now on: its new revision."""
    tx.notify(CHANNEL)
    return int(tx.value(REVISE, number=number, text=text))


def withdraw(tx: Transaction, number: int, now: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(WITHDRAW, number=number, now=now) == 1


def finish(tx: Transaction, number: int, now: int) -> bool:
    return tx.run(FINISH, number=number, now=now) == 1


def running(tx: Transaction) -> list[Announcement]:
    return [record(row) for row in tx.rows(RUNNING)]


def scheduled(tx: Transaction) -> list[Announcement]:
    return [record(row) for row in tx.rows(WAITING_FOR_TIME)]


def coming(tx: Transaction) -> list[Announcement]:
    """Those that wait for approval or for their time."""
    return [record(row) for row in tx.rows(COMING)]


def of_author(tx: Transaction, author: int) -> list[Announcement]:
    return [record(row) for row in tx.rows(OF_AUTHOR, author=author)]


def listed(tx: Transaction, person: int) -> list[Announcement]:
    """What an organizer may know of, the newest first."""
    return [record(row) for row in tx.rows(LISTED, person=person)]


def valid(tx: Transaction, now: int) -> list[Announcement]:
    """Those that have gone out and still hold, the newest first."""
    return [record(row) for row in tx.rows(VALID, now=now)]


def forget(tx: Transaction, person: int) -> None:
    """Drafts go. What was announced stays announced, without the names of those who wrote, approved or watched it."""
    tx.notify(CHANNEL)
    for statement in (ERASE_UNSENT, FORGET_AUTHOR, FORGET_APPROVER):
        tx.run(statement, person=person)
    announcement_screens.delete(tx, person)
