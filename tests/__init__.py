"""Everything is tested with aiogram imported as run_bot.py imports it."""

from bot.fast_import import import_aiogram

import_aiogram()
