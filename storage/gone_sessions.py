"""Sessions that have left the programme: what they were, for all that still hangs on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction
from storage.programmes import packed
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class GoneSession:
    """`document` is the session as it last was in the programme, None when no version has it; `gone_at` is in epoch
    seconds."""

    code: str
    document: Mapping[str, Any] | None
    gone_at: int


record = reader(GoneSession, document=lambda kept: None if kept is None else json.loads(kept))

EVERYTHING = f"SELECT {columns(GoneSession)} FROM gone_sessions ORDER BY gone_at DESC, code"
LEAVE = """
    INSERT INTO gone_sessions (code, document, gone_at) VALUES (:code, :document, :gone_at)
    ON CONFLICT (code) DO UPDATE SET document = excluded.document, gone_at = excluded.gone_at
"""
COME_BACK = "DELETE FROM gone_sessions WHERE code = :code"
# What people asked, starred, moderate, rated or did there.
NAMED = """
    SELECT session FROM questions UNION SELECT session FROM bookmarks UNION SELECT session FROM ratings
    UNION SELECT session FROM roles WHERE role = 'moderator' AND session <> ''
    UNION SELECT session FROM invitations WHERE role = 'moderator' AND session <> ''
"""


def everything(tx: Transaction) -> list[GoneSession]:
    """Those that left last first."""
    return [record(row) for row in tx.rows(EVERYTHING)]


def leave(tx: Transaction, sessions: Iterable[GoneSession]) -> None:
    tx.many(
        LEAVE,
        [
            {
                "code": one.code,
                "document": None if one.document is None else packed(one.document),
                "gone_at": one.gone_at,
            }
            for one in sessions
        ],
    )


def come_back(tx: Transaction, codes: Iterable[str]) -> None:
    tx.many(COME_BACK, [{"code": code} for code in codes])


def named(tx: Transaction) -> frozenset[str]:
    """Codes of all sessions that people have to do with, in the programme or not."""
    return frozenset(row["session"] for row in tx.rows(NAMED))
