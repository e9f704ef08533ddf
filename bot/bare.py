"""aiogram's models without what nobody reads."""

from __future__ import annotations

from typing import Any, TypeVar

from aiogram import Bot
from aiogram.types.base import TelegramObject

Model = TypeVar("Model", bound=TelegramObject)


def bare(model: type[Model], bot: Bot | None = None, **fields: Any) -> Model:
    """A model of these fields, unchecked, that has no others: to ask for one is an AttributeError.

    As pydantic's own `model_construct` puts one together, but for the hundred fields that would be None.
    """
    made = model.__new__(model)
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", set(fields))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", {"_bot": bot})
    return made
