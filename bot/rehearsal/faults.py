"""Bad weather on purpose: server errors, dropped connections and delays for the next calls."""

from __future__ import annotations

from dataclasses import dataclass

ONLY_LATE = -1
"""The status of a call that does not fail."""


@dataclass(slots=True)
class Fault:
    method: str
    """Lower-case method name; "" meets every method but getUpdates."""
    left: int
    status: int
    """500 or 502 answer with that; 0 drops the connection without an answer."""
    after: bool
    """True: the call takes effect first, only its answer is lost."""
    delay: float
    """Seconds before anything else happens. A fault with status ONLY_LATE is only the delay."""


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, counted down; None mostly."""
        for fault in self._faults:
            if fault.method == method or (not fault.method and method != "getupdates"):
                fault.left -= 1
                if fault.left <= 0:
                    self._faults.remove(fault)
                return fault
        return None
