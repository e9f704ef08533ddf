"""How an outgoing message is stored: its fields as the `thing` of its row of the outbox, and back."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Self

READ = {"int": int, "int | None": int, "str": str}  # by a field's annotation


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """The fields of a class, joined by its separator, are the `thing`; a field at the end that is None is left out.

    Only the last text among the fields may hold the separator itself.
    """

    kind: ClassVar[str]
    separator: ClassVar[str] = ":"

    @property
    def thing(self) -> str:
        values = (getattr(self, field.name) for field in fields(self))
        return self.separator.join(str(value) for value in values if value is not None)

    @classmethod
    def parse(cls, thing: str) -> Self:
        """ValueError when it is not a thing of this kind."""
        own, parts = fields(cls), thing.split(cls.separator)
        texts = [position for position, field in enumerate(own) if field.type == "str"]
        if texts and len(parts) > len(own):
            last, end = texts[-1], texts[-1] + len(parts) - len(own) + 1
            parts[last:end] = [cls.separator.join(parts[last:end])]
        required = sum(field.default is MISSING for field in own)
        if not required <= len(parts) <= len(own):
            raise ValueError(f"{thing!r} is no thing of the kind {cls.kind!r}")
        values: list[Any] = [READ[str(field.type)](part) for field, part in zip(own, parts, strict=False)]
        return cls(*values)

    @classmethod
    def beginning(cls, *values: int) -> str:
        """How the things of all messages begin that have these values in their first fields."""
        return "".join(f"{value}{cls.separator}" for value in values)
