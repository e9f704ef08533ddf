"""How many questions there are of each state."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import APPROVED, LIVE

OFF_LINE, UNHEARD = "off_line", "unheard"  # among a session's counts by state, in addition to the states

BY_SESSION = """
    SELECT session, state, COUNT(*) AS questions, SUM(skipped) AS skipped, COUNT(unheard_at) AS unheard FROM questions
    GROUP BY session, state ORDER BY session, state
"""
BY_STATE = """
    SELECT CASE WHEN state IN ('pending', 'approved') AND unheard_at IS NOT NULL THEN 'no_time' ELSE state END AS shown,
           COUNT(*) AS questions
    FROM questions GROUP BY 1 ORDER BY 1
"""


def by_session(tx: Transaction) -> dict[str, dict[str, int]]:
    """Session code -> state -> how many; OFF_LINE is how many of those approved the chair took off the line, UNHEARD of
    how many that are pending or approved still the authors know that there was no time."""
    counts: dict[str, dict[str, int]] = {}
    for row in tx.rows(BY_SESSION):
        of_session = counts.setdefault(row["session"], {})
        of_session[row["state"]] = row["questions"]
        if row["state"] == APPROVED and row["skipped"]:
            of_session[OFF_LINE] = int(row["skipped"])
        if row["state"] in LIVE and row["unheard"]:
            of_session[UNHEARD] = of_session.get(UNHEARD, 0) + int(row["unheard"])
    return counts


def by_state(tx: Transaction) -> dict[str, int]:
    """`shown_state` -> how many."""
    return {row["shown"]: row["questions"] for row in tx.rows(BY_STATE)}
