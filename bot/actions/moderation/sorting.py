"""The order of a session's questions: one for its desk, its stage and its hall."""

from __future__ import annotations

from bot.actions.rights import need_moderator
from bot.errors import Stale
from bot.who import Who
from storage import session_desks
from storage.database import Transaction
from storage.lines import SORTINGS


def of(tx: Transaction, who: Who, session: str) -> str:
    """One of storage.lines.SORTINGS."""
    need_moderator(who, session)
    return session_desks.get(tx, session).sorting


def choose(tx: Transaction, who: Who, session: str, sorting: str) -> str:
    """Put the session's questions in another order, for everybody who deals with them."""
    need_moderator(who, session)
    if sorting not in SORTINGS:
        raise Stale("refusal.stale")
    session_desks.set_sorting(tx, session, sorting)
    return sorting
