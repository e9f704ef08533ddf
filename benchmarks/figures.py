"""Figures of repeated rounds: a median, with how far the rounds were apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, a value a round."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    def shown(self, digits: int = 2, unit: str = "") -> str:
        """ "1.23 (1.20 .. 1.31) ms"; one round has no spread to show."""
        spread = f" ({min(self.values):.{digits}f}..{max(self.values):.{digits}f})" if len(self.values) > 1 else ""
        return f"{self.middle:.{digits}f}{spread}{unit and ' '}{unit}"


def ratio(ours: Figure, base: Figure) -> Figure:
    """Round by round, for what disturbs a round disturbs both sides of it."""
    return Figure(tuple(one / other for one, other in zip(ours.values, base.values, strict=True)))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
