"""Announcements: draft -> sending -> sent, or cancelled."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Row, Transaction

DRAFT, SENDING, DONE, CANCELLED = "draft", "sending", "sent", "cancelled"


@dataclass(frozen=True, slots=True)
class Announcement:
    """`text` is Telegram HTML as the organizer formatted it; `report_message` shows the progress in their chat."""

    number: int
    author: int | None
    text: str
    state: str
    recipients: int
    created_at: int
    confirmed_at: int | None
    report_message: int | None


ANNOUNCEMENT = """
    SELECT number, author, text, state, recipients, created_at, confirmed_at, report_message FROM announcements
"""
GET = ANNOUNCEMENT + "WHERE number = :number"
BY_MESSAGE = ANNOUNCEMENT + "WHERE author = :author AND message = :message"
RUNNING = ANNOUNCEMENT + "WHERE state = 'sending' ORDER BY number"
OF_AUTHOR = ANNOUNCEMENT + "WHERE author = :author ORDER BY number"
DRAFT_NEW = """
    INSERT INTO announcements (author, message, text, state, created_at)
    VALUES (:author, :message, :text, 'draft', :now)
    ON CONFLICT (author, message) DO NOTHING
"""
# Only a draft can be confirmed: two taps on the button send one announcement.
CONFIRM = """
    UPDATE announcements SET state = 'sending', recipients = :recipients, confirmed_at = :now,
           report_message = :report_message
    WHERE number = :number AND state = 'draft'
"""
CANCEL = "UPDATE announcements SET state = 'cancelled' WHERE number = :number AND state = 'draft'"
FINISH = "UPDATE announcements SET state = 'sent' WHERE number = :number AND state = 'sending'"
FORGET = "UPDATE announcements SET author = NULL WHERE author = :person"


def record(row: Row) -> Announcement:
    return Announcement(
        number=row["number"],
        author=row["author"],
        text=row["text"],
        state=row["state"],
        recipients=row["recipients"],
        created_at=row["created_at"],
        confirmed_at=row["confirmed_at"],
        report_message=row["report_message"],
    )


def get(tx: Transaction, number: int) -> Announcement | None:
    row = tx.row(GET, number=number)
    return None if row is None else record(row)


def draft(tx: Transaction, author: int, message: int, text: str, now: int) -> Announcement:
    """Keep what the organizer wrote in that message; the same message twice is one draft."""
    tx.run(DRAFT_NEW, author=author, message=message, text=text, now=now)
    row = tx.row(BY_MESSAGE, author=author, message=message)
    assert row is not None
    return record(row)


def confirm(tx: Transaction, number: int, recipients: int, report_message: int, now: int) -> bool:
    touched = tx.run(CONFIRM, number=number, recipients=recipients, report_message=report_message, now=now)
    return touched == 1


def cancel(tx: Transaction, number: int) -> bool:
    return tx.run(CANCEL, number=number) == 1


def finish(tx: Transaction, number: int) -> bool:
    return tx.run(FINISH, number=number) == 1


def running(tx: Transaction) -> list[Announcement]:
    return [record(row) for row in tx.rows(RUNNING)]


def of_author(tx: Transaction, author: int) -> list[Announcement]:
    return [record(row) for row in tx.rows(OF_AUTHOR, author=author)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
