"""The bot's own words: one gettext catalogue a language, compiled in memory at start."""

from bot.texts.translator import LANGUAGES, Html, Translator, Translators, escape, language_for

__all__ = ["LANGUAGES", "Html", "Translator", "Translators", "escape", "language_for"]
