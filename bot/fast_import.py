"""Imports aiogram without building all of its models at once.

aiogram 3.31 declares its 440 types and methods to be built when they are first used, and then builds every one of
them while it is imported, since the names their annotations mean are known to that loop alone: 3 seconds and
100 MB, nearly all for types no bot meets (docs/benchmarks.md; aiogram's issues 1876 and 1891). Here the loop
builds nothing, and the names are put where pydantic looks for them when a type is first used: into the modules
of the types. The types are the same to the last field, which tests/test_fast_import.py holds true.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel

log = logging.getLogger(__name__)

KNOWN = "3.31."  # the versions it has been looked at with
PACKAGE = "aiogram"


@cache  # asked again, it answers the same and warns of nothing
def import_aiogram() -> bool:
    """To be called before anything else imports aiogram. False when it is imported the plain way, and why is in
    the log: another did so already, it is another version, or it has changed within this one."""
    if PACKAGE in sys.modules:
        return slow("it was imported before")
    if not (found := version(PACKAGE)).startswith(KNOWN):
        return slow(f"its version is {found}, not {KNOWN}x")
    try:
        with nothing_built():
            types = importlib.import_module(f"{PACKAGE}.types")
        name_everything(types)
        # The keyboard too: bot.views.screen makes it unvalidated, and only validation builds a type by itself.
        for needed in (types.Update, types.Message, types.InlineKeyboardMarkup):
            needed.model_rebuild()
    except Exception as error:
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
        importlib.import_module(PACKAGE)
        return slow(repr(error))
    return True


def slow(reason: str) -> bool:
    log.warning("aiogram is imported the slow way, which takes a second and 100 MB more: %s", reason)
    return False


@contextmanager
def nothing_built() -> Iterator[None]:
    """Within it `model_rebuild` does nothing, so that models stay as deferred as they are declared."""
    kept = vars(BaseModel)["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda cls, **_: None)  # type: ignore[method-assign, assignment]  # put back below
    try:
        yield
    finally:
        BaseModel.model_rebuild = kept  # type: ignore[method-assign]  # as it was


def name_everything(types: Any) -> None:
    """Make every type's annotations mean in its own module what they mean to aiogram's loop."""
    default = importlib.import_module(f"{PACKAGE}.client.default").Default
    names = {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal, "Default": default}
    names |= {name: getattr(types, name) for name in types.__all__}
    inside = f"{types.__name__}."
    for module in [module for name, module in sys.modules.items() if name.startswith(inside)]:
        for name, meaning in names.items():
            vars(module).setdefault(name, meaning)
