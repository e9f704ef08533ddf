"""All callback data, as the views' pages of buttons declare it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

from aiogram.filters.callback_data import CallbackData

from bot import views
from bot.views import buttons

PAGES: dict[str, tuple[ModuleType, ...]] = {"": (buttons,)} | {
    package.name: tuple(
        importlib.import_module(f"bot.views.{package.name}.{page.name}")
        for page in pkgutil.iter_modules([str(Path(views.__path__[0]) / package.name)])
        if page.name.endswith("buttons")
    )
    for package in pkgutil.iter_modules(views.__path__)
    if package.ispkg
}
"""The pages of each package, by the package's name; "" is the page that no subject owns."""


def declared_on(pages: tuple[ModuleType, ...]) -> dict[str, type[CallbackData]]:
    """The classes of these pages by their names."""
    return {
        name: one
        for page in pages
        for name, one in inspect.getmembers(page, inspect.isclass)
        if issubclass(one, CallbackData) and one.__module__ == page.__name__
    }


CLASSES = sorted((one for page in PAGES.values() for one in declared_on(page).values()), key=lambda one: one.__name__)
