"""The lines a session's questions stand in, and the orders in which they are dealt with.

A line is what the session has in one state; what the chair put off comes last, what they skipped is not in it. Every
order reads its line from the beginning through an index, so that its head costs the same however long the line is.
"""

from __future__ import annotations

from storage.database import Row, Transaction

# "" is what nobody has chosen yet, and the same as BY_VOTES.
BY_VOTES, BY_TIME, FIRST_TIMERS, BY_DELEGATION = "", "time", "first", "delegation"
SORTINGS = (BY_VOTES, BY_TIME, FIRST_TIMERS, BY_DELEGATION)

# An anonymous question is nobody's: neither its author's other questions nor their delegation move it or are moved by
# it, or its place would reveal whose it is.
IN_LINE = "questions.session = :session AND questions.state = :state AND questions.skipped = 0"
PUT_OFF = "COALESCE(questions.postponed_at, 0)"  # written as the indexes have it
PAGE = "LIMIT :limit OFFSET :offset"

VOTES_LINE = f"""
    SELECT questions.number, {PUT_OFF} AS put_off, 0 AS turn, questions.votes AS voices FROM questions
    WHERE {IN_LINE} ORDER BY {PUT_OFF}, questions.votes DESC, questions.number {PAGE}
"""
TIME_LINE = f"""
    SELECT questions.number, {PUT_OFF} AS put_off, 0 AS turn, 0 AS voices FROM questions
    WHERE {IN_LINE} ORDER BY {PUT_OFF}, questions.number {PAGE}
"""
# Somebody's first: no question of theirs has been heard at the forum, and none of theirs stands before it here.
SOMEBODYS_FIRST = """
    questions.anonymous = 0 AND questions.author IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM questions AS heard WHERE heard.author = questions.author AND heard.anonymous = 0
                    AND heard.state IN ('asked', 'answered'))
    AND NOT EXISTS (SELECT 1 FROM questions AS own WHERE own.author = questions.author AND own.anonymous = 0
                    AND own.session = questions.session AND own.state = questions.state AND own.skipped = 0
                    AND own.number < questions.number)
"""
# Both kinds by votes, each only as far as the page can reach; of those put off, few as they are, all.
FIRST_LINE = f"""
    SELECT * FROM (
        SELECT questions.number, 0 AS put_off, 0 AS turn, questions.votes AS voices FROM questions
        WHERE {IN_LINE} AND {PUT_OFF} = 0 AND {SOMEBODYS_FIRST}
        ORDER BY questions.votes DESC, questions.number LIMIT :deep
    ) AS newcomers
    UNION ALL
    SELECT * FROM (
        SELECT questions.number, 0 AS put_off, 1 AS turn, questions.votes AS voices FROM questions
        WHERE {IN_LINE} AND {PUT_OFF} = 0 AND NOT ({SOMEBODYS_FIRST})
        ORDER BY questions.votes DESC, questions.number LIMIT :deep
    ) AS others
    UNION ALL
    SELECT questions.number, {PUT_OFF} AS put_off, CASE WHEN {SOMEBODYS_FIRST} THEN 0 ELSE 1 END AS turn,
           questions.votes AS voices
    FROM questions WHERE {IN_LINE} AND {PUT_OFF} > 0
    ORDER BY put_off, turn, voices DESC, number {PAGE}
"""
# Delegations take turns, the anonymous as one more. Whoever was heard in this session has had that turn: otherwise
# the first of the line, once asked, would make room for the next of the same delegation. Each side is followed from
# its first question to the next, only as far as the page can reach. (Subqueries where joins would do: PostgreSQL
# expects many turns and would read the whole table for them.)
IN_SIDE = IN_LINE.replace("questions", "later") + " AND later.side = turns.side"
LATER_OFF, THIS_OFF = PUT_OFF.replace("questions", "later"), PUT_OFF.replace("questions", "this")
TURNS_LINE = f"""
    WITH RECURSIVE sides (side) AS (
        SELECT MIN(questions.side) FROM questions WHERE {IN_LINE}
        UNION ALL
        SELECT (SELECT MIN(questions.side) FROM questions WHERE {IN_LINE} AND questions.side > sides.side)
        FROM sides WHERE side IS NOT NULL
    ),
    turns (side, number, nth) AS (
        SELECT sides.side, (
            SELECT questions.number FROM questions WHERE {IN_LINE} AND questions.side = sides.side
            ORDER BY {PUT_OFF}, questions.votes DESC, questions.number LIMIT 1
        ), 1
        FROM sides WHERE sides.side IS NOT NULL
        UNION ALL
        SELECT turns.side, (
            SELECT COALESCE(
                (SELECT later.number FROM questions AS later WHERE {IN_SIDE} AND {LATER_OFF} = {THIS_OFF}
                 AND later.votes = this.votes AND later.number > this.number ORDER BY later.number LIMIT 1),
                (SELECT later.number FROM questions AS later WHERE {IN_SIDE} AND {LATER_OFF} = {THIS_OFF}
                 AND later.votes < this.votes ORDER BY later.votes DESC, later.number LIMIT 1),
                (SELECT later.number FROM questions AS later WHERE {IN_SIDE} AND {LATER_OFF} > {THIS_OFF}
                 ORDER BY {LATER_OFF}, later.votes DESC, later.number LIMIT 1)
            ) FROM questions AS this WHERE this.number = turns.number
        ), turns.nth + 1
        FROM turns WHERE turns.number IS NOT NULL AND turns.nth < :deep
    ),
    had (side, heard) AS (
        SELECT questions.side, COUNT(*) FROM questions
        WHERE questions.session = :session AND questions.skipped = 0
          AND questions.state IN ('asked', 'answered', CASE WHEN :state = 'pending' THEN 'approved' ELSE 'asked' END)
        GROUP BY questions.side
    )
    SELECT turns.number, (SELECT {PUT_OFF} FROM questions WHERE questions.number = turns.number) AS put_off,
           COALESCE(had.heard, 0) + turns.nth AS turn,
           (SELECT questions.votes FROM questions WHERE questions.number = turns.number) AS voices
    FROM turns LEFT JOIN had ON had.side = turns.side WHERE turns.number IS NOT NULL
    ORDER BY put_off, turn, voices DESC, turns.number {PAGE}
"""
# By sorting, the numbers of a page; `deep` is the page's end. Whoever reads on from them orders again BY_PLACE.
NUMBERS = {BY_VOTES: VOTES_LINE, BY_TIME: TIME_LINE, FIRST_TIMERS: FIRST_LINE, BY_DELEGATION: TURNS_LINE}
BY_PLACE = "ORDER BY shown.put_off, shown.turn, shown.voices DESC, number"
STANDS = f"SELECT COUNT(*) FROM questions WHERE {IN_LINE} AND questions.number = :number"
HEADS = {
    sorting: f"""
        SELECT shown.number, shown.put_off, CASE WHEN EXISTS (
            SELECT 1 FROM claims WHERE claims.question = shown.number AND claims.moderator <> :moderator
            AND claims.until > :now
        ) THEN 1 ELSE 0 END AS held
        FROM ({numbers}) AS shown {BY_PLACE}
    """
    for sorting, numbers in NUMBERS.items()
}
FURTHER = 4  # times as far into the line with each look


def following(
    tx: Transaction, session: str, *, state: str, sorting: str, after: int, moderator: int, now: int
) -> int | None:
    """The number after `after` in the line that nobody other than `moderator` has claimed; after the last comes the
    first.

    A question that has left the line left its place too: those asked after it come next when the line goes by time,
    else the first of all.
    """
    heads = HEADS.get(sorting, HEADS[BY_VOTES])
    stands = bool(tx.value(STANDS, session=session, state=state, number=after))
    left = after if sorting == BY_TIME and not stands else 0
    deep = 1
    while True:
        rows = tx.rows(
            heads, session=session, state=state, moderator=moderator, now=now, limit=deep, offset=0, deep=deep
        )
        found = free_behind(rows, after if stands else 0, left)
        if found is not None:
            return found
        if len(rows) < deep:
            return next((row["number"] for row in rows if not row["held"]), None)
        deep *= FURTHER


def free_behind(rows: list[Row], after: int, left: int) -> int | None:
    """The first that nobody holds: behind `after`, if not 0, and not before the place that `left` had by time."""
    reached = not after
    for row in rows:
        before = row["number"] < left and not row["put_off"]
        if reached and not before and not row["held"]:
            return int(row["number"])
        reached = reached or row["number"] == after
    return None
