"""A second tap of the same person: it is told nothing, least of all that somebody else was faster."""

from __future__ import annotations

from bot.who import Who
from storage import audit
from storage.database import Transaction


def just_did(
    tx: Transaction, who: Who, *actions: str, session: str = "", question: int | None = None, **detail: object
) -> bool:
    """Whether the last thing that the person did about the session is one of the actions, about this question and with
    these details."""
    return any(
        one.deed in actions and one.question == question and detail.items() <= one.detail.items()
        for one in audit.latest(tx, who.id, session, 1)
    )
