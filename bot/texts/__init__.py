"""The bot's own words: one gettext catalogue a language, compiled in memory at start."""

from bot.programme.text import LANGUAGES
from bot.texts.translator import Html, Translator, Translators, escape, language_for

__all__ = ["LANGUAGES", "Html", "Translator", "Translators", "escape", "language_for"]
