"""People in no delegation of the programme: who they are instead.

They stand where a delegation's code stands, so whatever counts, lists or takes turns by delegation has them too. A
programme's codes are made of a-z, 0-9, "_" and "-" (readers.table.CODE): none can be one of these.
"""

from __future__ import annotations

GUEST, PRESS, INTERNATIONAL, OTHER = OUTSIDE = ("*guest", "*press", "*international", "*other")


def kind_of(code: str) -> str:
    """ "*guest" as "guest"."""
    return code.removeprefix("*")
