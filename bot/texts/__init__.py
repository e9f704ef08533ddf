"""The bot's own words: one gettext catalogue a language, compiled in memory at start."""

from bot.programme.text import LANGUAGES
from bot.texts.translator import Html, Translator, Translators, escape, language_for

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "Html", "Translator", "Translators", "escape", "language_for"]

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""What each of LANGUAGES calls itself."""
