"""The moderators' group, and its topic for each session: at most one group holds the desk."""

from __future__ import annotations

from dataclasses import dataclass

from storage import boards
from storage.database import Transaction
from storage.records import columns, reader

CHANNEL = "desk-groups"  # notified when a topic is to be made or renamed


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """`forum`: it has topics. `fault` says what the bot lacks, "" when the desk works; `language` is the opener's at
    first."""

    chat: int
    title: str
    forum: bool
    language: str
    opened_by: int | None
    opened_at: int
    fault: str


record = reader(DeskGroup, forum=bool)


@dataclass(frozen=True, slots=True)
class DeskTopic:
    """`thread` is Telegram's message_thread_id, `name` what the topic was last called by us."""

    session: str
    thread: int
    name: str


topic_record = reader(DeskTopic)

CURRENT = f"SELECT {columns(DeskGroup)} FROM desk_groups ORDER BY opened_at DESC, chat LIMIT 1"
OPEN = """
    INSERT INTO desk_groups (chat, title, forum, language, opened_by, opened_at, fault)
    VALUES (:chat, :title, :forum, :language, :person, :now, :fault)
    ON CONFLICT (chat) DO UPDATE
    SET title = excluded.title, forum = excluded.forum, language = excluded.language,
        opened_by = excluded.opened_by, opened_at = excluded.opened_at, fault = excluded.fault
"""
CLOSE = "DELETE FROM desk_groups WHERE chat = :chat"
# It touches a row only when something changes: so organizers are notified of a fault once.
SET_STANDING = """
    UPDATE desk_groups SET fault = :fault, forum = :forum
    WHERE chat = :chat AND (fault <> :fault OR forum <> :forum)
"""
SPEAK = "UPDATE desk_groups SET language = :language WHERE chat = :chat AND language <> :language"
TOPICS = f"SELECT {columns(DeskTopic)} FROM desk_topics WHERE chat = :chat ORDER BY session"
THREAD = "SELECT thread FROM desk_topics WHERE chat = :chat AND session = :session"
PUT_TOPIC = """
    INSERT INTO desk_topics (chat, session, thread, name) VALUES (:chat, :session, :thread, :name)
    ON CONFLICT (chat, session) DO UPDATE SET thread = excluded.thread, name = excluded.name
"""
# One statement: of two instances that want to make it at once, one does.
BEGIN_TOPIC = """
    INSERT INTO topics_in_making (chat, session, until) VALUES (:chat, :session, :until)
    ON CONFLICT (chat, session) DO UPDATE SET until = excluded.until WHERE topics_in_making.until <= :now
"""
END_TOPIC = "DELETE FROM topics_in_making WHERE chat = :chat AND session = :session"
RENAME_TOPIC = "UPDATE desk_topics SET name = :name WHERE chat = :chat AND thread = :thread"
DROP_TOPIC = "DELETE FROM desk_topics WHERE chat = :chat AND thread = :thread RETURNING session"
LIFT_CARDS = """
    DELETE FROM cards
    WHERE chat = :chat AND question IN (SELECT number FROM questions WHERE session = :session)
"""
# Those that somebody still has to decide or to ask.
LIVE = "SELECT number, session FROM questions WHERE state IN ('pending', 'approved') ORDER BY number"
WANTING = """
    SELECT DISTINCT session FROM questions
    WHERE state IN ('pending', 'approved') AND NOT EXISTS (
        SELECT 1 FROM desk_topics WHERE desk_topics.chat = :chat AND desk_topics.session = questions.session
    )
    ORDER BY session
"""
MOVE_GROUP = "UPDATE desk_groups SET chat = :chat WHERE chat = :former"
MOVE_TOPICS = "UPDATE desk_topics SET chat = :chat WHERE chat = :former"
OPENED_BY = "SELECT title, opened_at FROM desk_groups WHERE opened_by = :person ORDER BY opened_at"
FORGET = "UPDATE desk_groups SET opened_by = NULL WHERE opened_by = :person"


def current(tx: Transaction) -> DeskGroup | None:
    """The group that holds the desk, working or not."""
    row = tx.row(CURRENT)
    return None if row is None else record(row)


def open_group(
    tx: Transaction, chat: int, *, title: str, forum: bool, language: str, person: int, now: int, fault: str = ""
) -> None:
    """The desk is in this group from now on. Topics it had for the desk before are still known."""
    tx.notify(CHANNEL)
    tx.run(OPEN, chat=chat, title=title, forum=int(forum), language=language, person=person, now=now, fault=fault)


def close(tx: Transaction, chat: int) -> bool:
    tx.notify(boards.CHANNEL)
    return tx.run(CLOSE, chat=chat) == 1


def set_standing(tx: Transaction, chat: int, fault: str, forum: bool) -> bool:
    """What the bot lacks there, and whether it has topics. False when it was so already."""
    tx.notify(CHANNEL)
    return tx.run(SET_STANDING, chat=chat, fault=fault, forum=int(forum)) == 1


def speak(tx: Transaction, chat: int, language: str) -> bool:
    """The language of all that is written there. False when it was so already."""
    tx.notify(CHANNEL)
    return tx.run(SPEAK, chat=chat, language=language) == 1


def topics(tx: Transaction, chat: int) -> list[DeskTopic]:
    return [topic_record(row) for row in tx.rows(TOPICS, chat=chat)]


def thread(tx: Transaction, chat: int, session: str) -> int | None:
    """The session's topic in the group, None while it has none."""
    found: int | None = tx.value(THREAD, chat=chat, session=session)
    return found


def put_topic(tx: Transaction, chat: int, session: str, thread: int, name: str) -> None:
    tx.run(PUT_TOPIC, chat=chat, session=session, thread=thread, name=name)


def begin_topic(tx: Transaction, chat: int, session: str, now: int, until: int) -> bool:
    """Reserve the making of the topic `until` then. False while another has, and when it is made already."""
    begun = tx.run(BEGIN_TOPIC, chat=chat, session=session, now=now, until=until) == 1
    if begun and thread(tx, chat, session) is not None:
        end_topic(tx, chat, session)
        return False
    return begun


def end_topic(tx: Transaction, chat: int, session: str) -> None:
    """The topic is made, or could not be."""
    tx.run(END_TOPIC, chat=chat, session=session)


def rename_topic(tx: Transaction, chat: int, thread: int, name: str) -> None:
    tx.run(RENAME_TOPIC, chat=chat, thread=thread, name=name)


def drop_topic(tx: Transaction, chat: int, thread: int) -> bool:
    """The topic is gone, with every card in it. False when it was not known, or is known to be gone already."""
    session: str | None = tx.value(DROP_TOPIC, chat=chat, thread=thread)
    if session is None:
        return False
    tx.notify(CHANNEL)
    tx.run(LIFT_CARDS, chat=chat, session=session)
    return True


def live(tx: Transaction) -> list[tuple[int, str]]:
    """The questions that wait for a decision or to be asked, as (number, session), oldest first."""
    return [(row["number"], row["session"]) for row in tx.rows(LIVE)]


def wanting(tx: Transaction, chat: int) -> list[str]:
    """The sessions whose live questions have no topic in the group yet."""
    return [row["session"] for row in tx.rows(WANTING, chat=chat)]


def move(tx: Transaction, former: int, chat: int) -> bool:
    """The group became a supergroup with another id. False when it does not hold the desk."""
    tx.run(MOVE_TOPICS, former=former, chat=chat)
    return tx.run(MOVE_GROUP, former=former, chat=chat) == 1


def opened_by(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """The groups in which the person opened the desk that is there now: (title, epoch seconds)."""
    return [(row["title"], row["opened_at"]) for row in tx.rows(OPENED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
