"""Records, described once: by a dataclass whose fields have the names of the columns it is read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from storage.database import Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def columns(kind: type[DataclassInstance]) -> str:
    """As a SELECT or an INSERT lists them."""
    return ", ".join(field.name for field in fields(kind))


def parameters(kind: type[DataclassInstance]) -> str:
    """As the VALUES of an INSERT list them, in the order of the columns; `values` gives them."""
    return ", ".join(f":{field.name}" for field in fields(kind))


def values(record: DataclassInstance) -> dict[str, Any]:
    """By column, as they are: what the database keeps in another form is to be converted."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def reader(kind: type[R], **conversions: Callable[[Any], object]) -> Callable[[Row], R]:
    """What makes a record of a row, which may have more columns; `conversions` are for what is kept in another form.

    Positions, because a list may have thousands of rows: `kind(**row)` takes half as long again.
    """
    names = [field.name for field in fields(kind)]
    converted = [(names.index(name), convert) for name, convert in conversions.items()]
    make: Callable[..., R] = kind
    pick = itemgetter(*names)  # a tuple: no record has one field alone

    def record(row: Row) -> R:
        found = list(pick(row))
        for position, convert in converted:
            found[position] = convert(found[position])
        return make(*found)

    return record


def or_empty(text: str | None) -> str:
    """A conversion: "" for what nobody has said."""
    return text or ""
