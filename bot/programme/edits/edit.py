"""What every edit of the draft is: it applies itself, and it is stored as `what` and `detail` of a step."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Self, get_type_hints

from bot.programme.model import Programme

_READERS: dict[Any, Callable[[str], Any]] = {dt.date: dt.date.fromisoformat, dt.datetime: dt.datetime.fromisoformat}


@dataclass(frozen=True, slots=True)
class Edit(ABC):
    """The positional fields are stored with the step, by their names and in their order, and its words say them. The
    keyword-only ones are what applying it takes besides: they are not stored, since a step keeps what it changed.

    Drafts hold `what` and the positional fields: never rename them.
    """

    what: ClassVar[str]

    @abstractmethod
    def apply(self, programme: Programme) -> Programme:
        """Another programme, as whole as this one. Raises Stale and BadInput."""

    def detail(self) -> dict[str, Any]:
        """What is stored, as JSON can keep it."""
        values = ((one.name, getattr(self, one.name)) for one in fields(self) if not one.kw_only)
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values}

    @classmethod
    def read(cls, detail: Mapping[str, Any]) -> Self | None:
        """The edit of a stored step, for its words: it cannot be applied, nothing keyword-only is known of it. None
        when the step lacks something."""
        types = get_type_hints(cls)
        stored = {one.name: one for one in fields(cls) if not one.kw_only}
        if any(name not in detail and one.default is MISSING for name, one in stored.items()):
            return None
        values = {name: _value(types[name], detail[name]) for name in stored if name in detail}
        make: Callable[..., Self] = cls
        return make(**values, **{one.name: None for one in fields(cls) if one.kw_only})


def _value(kind: Any, stored: Any) -> Any:
    read = _READERS.get(kind)
    return read(stored) if read else stored
