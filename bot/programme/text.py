"""A text of the organizers: one string for everybody, or one a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("kk", "ru", "en")

# Characters that a text may have in a language. What is shown is cut to what Telegram takes, but what is far beyond
# that stands in the wrong cell, or is not a programme. pretalx takes 200 for a title, frab 255; the longest abstracts
# of great congresses have some ten thousand.
LONGEST_NAME = 300  # a title, a name, an office
LONGEST_HINT = 1_000  # a way, an address
LONGEST_MARKUP = 50_000  # a description, an abstract, a page
LONGEST_LINK = 2_000  # a photo's address; browsers and servers agree on about as much

# Whoever cannot have their own language gets the one they are likeliest to read: Kazakh and Russian readers
# share most of the audience, English readers are likelier to know Russian than Kazakh.
_FALLBACKS = {"kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en"), "en": ("en", "ru", "kk")}
_EVERY = ""  # the language of a text that is the same for all


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Text:
    """Text("x") is for everybody; Text({"kk": "…", "ru": "…"}) answers in the language asked for.

    Empty variants are dropped, so a text is false exactly when it has nothing to say in any language.
    Raises ValueError for a language that is not in LANGUAGES.
    """

    variants: tuple[tuple[str, str], ...]  # (language, words) in the order of LANGUAGES; ("", words) for all

    def __init__(self, words: str | Mapping[str, str] = "") -> None:
        variants: tuple[tuple[str, str], ...] = ()
        if isinstance(words, str):
            variants = ((_EVERY, words),) if words else ()
        else:
            if unknown := set(words) - set(LANGUAGES):
                raise ValueError(f"unknown languages: {', '.join(sorted(unknown))}")
            variants = tuple((code, words[code]) for code in LANGUAGES if words.get(code))
        object.__setattr__(self, "variants", variants)

    def __repr__(self) -> str:
        return f"Text({self.to_document()!r})"

    def __bool__(self) -> bool:
        return bool(self.variants)

    def say(self, language: str) -> str:
        """The words in `language`, else in the nearest language there is; "" when there are none."""
        return self._nearest(language)[1]

    def language_said(self, language: str) -> str | None:
        """The language say() answers in; None when the text is one for all, or empty."""
        return self._nearest(language)[0] or None

    def has(self, language: str) -> bool:
        """False when say() has to fall back to another language, so that a view can mark it.

        A one-string text has every language, and an empty text has nothing that could be missing.
        """
        return self.language_said(language) in (None, language)

    def all(self) -> str:
        """Every variant, a line each: what a search looks through."""
        return "\n".join(words for _, words in self.variants)

    def to_document(self) -> str | dict[str, str]:
        """What JSON keeps of it: a string or a map; Text(document) brings it back."""
        if not self.variants:
            return ""
        if self.variants[0][0] == _EVERY:
            return self.variants[0][1]
        return dict(self.variants)

    def _nearest(self, language: str) -> tuple[str, str]:
        if not self.variants:
            return (_EVERY, "")
        if len(self.variants) == 1:
            return self.variants[0]
        words = dict(self.variants)
        order = _FALLBACKS.get(language, LANGUAGES)
        return next((code, words[code]) for code in order if code in words)
