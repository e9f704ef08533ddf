"""Questions to sessions: what was asked, and in what order it is dealt with.

pending -> approved | declined | merged -> asked | answered; withdrawn by the author while pending. Closed: there was no
time for it, and nobody deals with it any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage import boards, lines
from storage.database import Transaction
from storage.lines import BY_TIME, BY_VOTES
from storage.records import columns, reader

CHANNEL = "questions"  # notified when what a hall, a stage or a desk shows may have changed

PENDING, APPROVED, DECLINED = "pending", "approved", "declined"
ASKED, ANSWERED, WITHDRAWN, MERGED = "asked", "answered", "withdrawn", "merged"
CLOSED = "closed"
NO_TIME = "no_time"  # said of what is pending or approved still, when its session is over
LIVE = (PENDING, APPROVED)  # somebody has still to decide about them, or to ask them
PUBLIC = (APPROVED, ASKED, ANSWERED)  # whose text everybody may read


@dataclass(frozen=True, slots=True)
class Question:
    """`number` is what the author's receipt says. `author` is None once the author was forgotten. `unheard_at` is when
    those who care were told that there was no time for it, None while it has a chance."""

    number: int
    session: str
    author: int | None
    anonymous: bool
    language: str
    text: str
    state: str
    reason: str
    answer: str
    revision: int
    decided_by: int | None
    asked_at: int
    decided_at: int | None
    votes: int
    original: str = ""  # the author's own words, once a moderator corrected them
    merged_into: int | None = None
    postponed_at: int | None = None
    skipped: bool = False
    unheard_at: int | None = None

    @property
    def shown_state(self) -> str:
        """What is said of it where there is room for a word: its state, or NO_TIME."""
        return NO_TIME if self.state in LIVE and self.unheard_at is not None else self.state


record = reader(Question, anonymous=bool, skipped=bool)

QUESTION = f"SELECT {columns(Question)} FROM questions "
GET = QUESTION + "WHERE number = :number"
BY_MESSAGE = QUESTION + "WHERE author = :author AND message = :message"
OF_AUTHOR = QUESTION + "WHERE author = :author ORDER BY number DESC"
# The feed: what is still to be asked comes first, the most wanted on top; last what there was no time for.
FEED = (
    QUESTION
    + """
    WHERE session = :session AND state IN ('approved', 'asked', 'answered')
    ORDER BY CASE WHEN state <> 'approved' THEN 1 WHEN unheard_at IS NULL THEN 0 ELSE 2 END, votes DESC, number
"""
)
EVERY = QUESTION + "ORDER BY number"
OF_SESSION = QUESTION + "WHERE session = :session ORDER BY number"

# Ordered as numbers first, and read whole afterwards: the database need not sort thousands of rows for ten of them.
LINED_UP = {
    sorting: f"{QUESTION} JOIN ({numbers}) AS shown USING (number) {lines.BY_PLACE}"
    for sorting, numbers in lines.NUMBERS.items()
}
ASK = """
    INSERT INTO questions (session, author, message, anonymous, language, text, state, asked_at, side)
    VALUES (:session, CAST(:author AS BIGINT), :message, CAST(:anonymous AS BIGINT), :language, :text, 'pending', :now,
            CASE WHEN CAST(:anonymous AS BIGINT) = 1 THEN '?'
                 ELSE COALESCE((SELECT delegation FROM participants WHERE id = CAST(:author AS BIGINT)), '') END)
    ON CONFLICT (author, message) DO NOTHING
    RETURNING number
"""
# What the author writes again is in their own words.
EDIT = """
    UPDATE questions SET text = :text, original = '', revision = revision + 1
    WHERE number = :number AND author = :author AND state = 'pending'
"""
CORRECT = """
    UPDATE questions SET text = :text, original = :original, revision = revision + 1
    WHERE number = :number AND state IN ('pending', 'approved') AND revision = :read
"""
TEXTS = "SELECT number, text FROM questions WHERE session = :session AND state = :state"
PUBLIC_TEXTS = """
    SELECT number, text FROM questions
    WHERE session = :session AND state IN ('approved', 'asked', 'answered') AND (author IS NULL OR author <> :author)
"""
WITHDRAW = """
    UPDATE questions SET state = 'withdrawn', revision = revision + 1, decided_at = :now
    WHERE number = :number AND author = :author AND state = 'pending'
"""
# The state a decision expects stands in the statement: of two simultaneous presses one touches no row.
DECIDE = """
    UPDATE questions SET state = :state, reason = :reason, answer = :answer, revision = revision + 1,
           decided_by = :moderator, decided_at = :now
    WHERE number = :number AND state = :expected
"""
# What the chair does with an approved question: later, not today, and back in line.
PUT_OFF = """
    UPDATE questions SET postponed_at = :now, skipped = 0, revision = revision + 1
    WHERE number = :number AND state = 'approved' AND revision = :read
"""
SKIP = """
    UPDATE questions SET skipped = 1, revision = revision + 1
    WHERE number = :number AND state = 'approved' AND skipped = 0 AND revision = :read
"""
PUT_BACK = """
    UPDATE questions SET postponed_at = :postponed_at, skipped = :skipped, revision = revision + 1
    WHERE number = :number AND state = 'approved' AND revision = :read
"""
SKIPPED = QUESTION + "WHERE session = :session AND state = 'approved' AND skipped = 1 ORDER BY number"
# UNION, not UNION ALL: it would end even if a chain closed.
MERGED_IN = """
    WITH RECURSIVE fellows AS (
        SELECT number FROM questions WHERE merged_into = :number
        UNION
        SELECT questions.number FROM questions JOIN fellows ON questions.merged_into = fellows.number
    )
    SELECT COUNT(*) FROM questions JOIN fellows ON questions.number = fellows.number WHERE questions.state = 'merged'
"""
FELLOWS = """
    WITH RECURSIVE fellows AS (
        SELECT number FROM questions WHERE merged_into = :number
        UNION
        SELECT questions.number FROM questions JOIN fellows ON questions.merged_into = fellows.number
    )
    SELECT number FROM fellows ORDER BY number
"""
COUNT_OF_AUTHOR = """
    SELECT COALESCE(SUM(CASE WHEN asked_at > :since THEN 1 ELSE 0 END), 0) AS lately,
           COALESCE(SUM(CASE WHEN session = :session AND state <> 'withdrawn' THEN 1 ELSE 0 END), 0) AS there
    FROM questions WHERE author = :author
"""
COUNT_PUBLIC = """
    SELECT COUNT(*) FROM questions WHERE session = :session AND state IN ('approved', 'asked', 'answered')
"""
COUNT_HEARD = """
    SELECT COUNT(*) FROM questions WHERE author = :author AND anonymous = 0 AND state IN ('asked', 'answered')
"""
COUNT_READY = """
    SELECT COUNT(*) FROM questions WHERE session = :session AND state = 'approved' AND skipped = 0
"""
COUNT_SKIPPED = """
    SELECT COUNT(*) FROM questions WHERE session = :session AND state = 'approved' AND skipped = 1
"""
DECIDED_BY = "SELECT number, state, decided_at FROM questions WHERE decided_by = :person ORDER BY number"
CLOSE_OPEN = """
    UPDATE questions SET state = 'withdrawn', revision = revision + 1, decided_at = :now
    WHERE author = :author AND state IN ('pending', 'approved', 'merged')
"""
# What was asked aloud stays in the forum's record, without its author; of the rest the words go too.
BLANK = "UPDATE questions SET text = '', reason = '' WHERE author = :author AND state NOT IN ('asked', 'answered')"
# The record says what was asked; how the author had put it before a moderator corrected it is theirs alone.
FORGET_AUTHOR = """
    UPDATE questions SET author = NULL, message = NULL, anonymous = 1, original = '', side = '?' WHERE author = :author
"""
FORGET_MODERATOR = "UPDATE questions SET decided_by = NULL WHERE decided_by = :person"


def get(tx: Transaction, number: int) -> Question | None:
    row = tx.row(GET, number=number)
    return None if row is None else record(row)


def by_message(tx: Transaction, author: int, message: int) -> Question | None:
    """The question that came in with this message of the author's chat."""
    row = tx.row(BY_MESSAGE, author=author, message=message)
    return None if row is None else record(row)


def of_author(tx: Transaction, author: int) -> list[Question]:
    return [record(row) for row in tx.rows(OF_AUTHOR, author=author)]


def feed(tx: Transaction, session: str) -> list[Question]:
    """What everybody may read: approved (most votes first), then asked and answered."""
    return [record(row) for row in tx.rows(FEED, session=session)]


def ready(tx: Transaction, session: str, sorting: str, limit: int, offset: int = 0) -> list[Question]:
    """Those approved and not yet asked, in one of lines.SORTINGS: the desk's, the stage's and the hall's order."""
    return line(tx, session, state=APPROVED, sorting=sorting, limit=limit, offset=offset)


def waiting(tx: Transaction, session: str, sorting: str, limit: int, offset: int = 0) -> list[Question]:
    """Those that wait for a moderator. Nobody can vote for them yet, so by votes they stand by time."""
    return line(tx, session, state=PENDING, sorting=sorting or BY_TIME, limit=limit, offset=offset)


def line(tx: Transaction, session: str, *, state: str, sorting: str, limit: int, offset: int) -> list[Question]:
    wanted = LINED_UP.get(sorting, LINED_UP[BY_VOTES])
    rows = tx.rows(wanted, session=session, state=state, limit=limit, offset=offset, deep=limit + offset)
    return [record(row) for row in rows]


def next_ready(tx: Transaction, session: str, *, sorting: str, after: int, moderator: int, now: int) -> int | None:
    """The number after `after` (0: the first) among `ready` that nobody other than `moderator` has claimed.

    After the last comes the first again; None when there is none.
    """
    return lines.following(tx, session, state=APPROVED, sorting=sorting, after=after, moderator=moderator, now=now)


def next_waiting(tx: Transaction, session: str, *, sorting: str, after: int, moderator: int, now: int) -> int | None:
    """As `next_ready`, among `waiting`."""
    return lines.following(
        tx, session, state=PENDING, sorting=sorting or BY_TIME, after=after, moderator=moderator, now=now
    )


def postpone(tx: Transaction, number: int, *, read: int, now: int) -> bool:
    """Put an approved question behind the others. False when it is not at the revision that was `read`."""
    tx.notify(CHANNEL)
    return tx.run(PUT_OFF, number=number, read=read, now=now) == 1


def skip(tx: Transaction, number: int, read: int) -> bool:
    """Take an approved question off today's line; it stays approved. False as for `postpone`."""
    tx.notify(CHANNEL)
    return tx.run(SKIP, number=number, read=read) == 1


def put_back(tx: Transaction, number: int, read: int, postponed_at: int | None = None, skipped: bool = False) -> bool:
    """Back in line as never put off, or as it was put off before. False as for `postpone`."""
    tx.notify(CHANNEL)
    return tx.run(PUT_BACK, number=number, read=read, postponed_at=postponed_at, skipped=int(skipped)) == 1


def skipped(tx: Transaction, session: str) -> list[Question]:
    """Those the chair took off today's line, oldest first."""
    return [record(row) for row in tx.rows(SKIPPED, session=session)]


def fellows(tx: Transaction, number: int) -> list[int]:
    """The numbers of all questions that were merged into this one, directly or by way of others."""
    return [row["number"] for row in tx.rows(FELLOWS, number=number)]


def count_merged_in(tx: Transaction, number: int) -> int:
    """How many of its `fellows` are merged still: those of a forgotten author are withdrawn."""
    return int(tx.value(MERGED_IN, number=number))


def every(tx: Transaction) -> list[Question]:
    return [record(row) for row in tx.rows(EVERY)]


def of_session(tx: Transaction, session: str) -> list[Question]:
    return [record(row) for row in tx.rows(OF_SESSION, session=session)]


def ask(
    tx: Transaction, session: str, *, author: int, message: int, anonymous: bool, language: str, text: str, now: int
) -> int | None:
    """Store a question and return its number; None when this message brought one already."""
    tx.notify(boards.CHANNEL)
    number: int | None = tx.value(
        ASK,
        session=session,
        author=author,
        message=message,
        anonymous=int(anonymous),
        language=language,
        text=text,
        now=now,
    )
    return number


def edit(tx: Transaction, number: int, author: int, text: str) -> bool:
    """Change the author's own pending question. False when it is no longer theirs to change."""
    tx.notify(CHANNEL)
    return tx.run(EDIT, number=number, author=author, text=text) == 1


def correct(tx: Transaction, number: int, text: str, original: str, read: int) -> bool:
    """Change the words of a pending or approved question as a moderator; `original` are the author's own, "" when
    `text` is theirs again. False when it is not at the revision that was `read`."""
    tx.notify(CHANNEL)
    return tx.run(CORRECT, number=number, text=text, original=original, read=read) == 1


def texts(tx: Transaction, session: str, state: str) -> dict[int, str]:
    """The texts of the session's questions in this state, by their numbers."""
    return {row["number"]: row["text"] for row in tx.rows(TEXTS, session=session, state=state)}


def public_texts(tx: Transaction, session: str, author: int) -> dict[int, str]:
    """What everybody may read in the session's feed but has not asked themselves (`author`), by number."""
    return {row["number"]: row["text"] for row in tx.rows(PUBLIC_TEXTS, session=session, author=author)}


def withdraw(tx: Transaction, number: int, *, author: int, now: int) -> bool:
    tx.notify(CHANNEL)
    return tx.run(WITHDRAW, number=number, author=author, now=now) == 1


def decide(
    tx: Transaction,
    number: int,
    *,
    expected: str,
    state: str,
    moderator: int,
    now: int,
    reason: str = "",
    answer: str = "",
) -> bool:
    """Move a question from the state the moderator saw. False when somebody was faster."""
    tx.notify(CHANNEL)
    touched = tx.run(
        DECIDE,
        number=number,
        expected=expected,
        state=state,
        moderator=moderator,
        now=now,
        reason=reason,
        answer=answer,
    )
    return touched == 1


def count_of_author(tx: Transaction, author: int, since: int, session: str) -> tuple[int, int]:
    """How many the author has asked after `since` (epoch seconds), and in the session, the withdrawn ones left out."""
    row = tx.row(COUNT_OF_AUTHOR, author=author, since=since, session=session)
    assert row is not None
    return int(row["lately"]), int(row["there"])


def count_heard(tx: Transaction, author: int) -> int:
    """How many of the author's questions were asked or answered; anonymous ones are not counted."""
    return int(tx.value(COUNT_HEARD, author=author))


def count_ready(tx: Transaction, session: str) -> int:
    """How many `ready` has."""
    return int(tx.value(COUNT_READY, session=session))


def count_skipped(tx: Transaction, session: str) -> int:
    """How many `skipped` has."""
    return int(tx.value(COUNT_SKIPPED, session=session))


def count_public(tx: Transaction, session: str) -> int:
    """How many `feed` would show."""
    return int(tx.value(COUNT_PUBLIC, session=session))


def decided_by(tx: Transaction, person: int) -> list[tuple[int, str, int]]:
    """What the person decided as a moderator: (question, its state, epoch seconds)."""
    return [(row["number"], row["state"], row["decided_at"]) for row in tx.rows(DECIDED_BY, person=person)]


def forget(tx: Transaction, person: int, now: int) -> None:
    """Take the person out of questions."""
    tx.notify(CHANNEL)
    tx.run(CLOSE_OPEN, author=person, now=now)
    tx.run(BLANK, author=person)
    tx.run(FORGET_AUTHOR, author=person)
    tx.run(FORGET_MODERATOR, person=person)
