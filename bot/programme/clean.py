"""Foreign words made fit for Telegram: clean() keeps markup, plain() and unmarked() keep none.

Telegram refuses a whole message for one tag that it does not know or that is not closed
(https://core.telegram.org/bots/api#html-style), so whatever comes in, only a balanced handful of tags
goes out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bot.programme.markdown import to_html
from bot.programme.tags import BREAKS, INLINE, KNOWN, LITERAL, SILENT

# Lengths are bounded, so that no text can make a match slow.
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})"
    r"(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}'){0,2000})?/?)>"
)
_BLOCKS = re.compile(r"<\s{0,9}/?\s{0,9}(?:p|br|div|ul|ol|li|h[1-6]|table|tr|hr)\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|tg://|mailto:|tel:)[^\s]", re.IGNORECASE)

_VERBATIM = re.compile(r"\s*<tg>(.*)</tg>\s*", re.DOTALL)
_STRICT_TAG = re.compile(
    r"</(?P<end>b|i|u|s|a|code|pre|blockquote)>|<(?P<name>b|i|u|s|code|pre|blockquote)>"
    r"|<a href=\"(?P<href>[^\"<>\s]{1,2000})\">"
)
_MARKS = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot);)")

# Control characters, lone surrogates, soft hyphens, zero-width and bidirectional marks. A zero-width joiner
# stays only where it glues an emoji together.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_NEWLINES = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACES = re.compile(r"[ \t\n]+")
_BLANKS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """HTML or Markdown of any origin as HTML for Telegram, whole: it shortens nothing and never raises.

    Out come b, i, u, s, a, code, pre and blockquote, balanced, with links to http, https, tg, mailto and tel;
    lists as "•" or their numbers, headings in bold, at most one blank line in a row. A text without block
    tags is read as Markdown, a text with them as HTML. What stands between <tg> and </tg> and is Telegram's HTML
    already is taken as it stands: written() writes so what would otherwise read as something else.
    """
    text = _without_comments(_seen(text))
    if verbatim := _VERBATIM.fullmatch(text):
        text = verbatim[1]
        if is_clean(text):
            return text
    if not _BLOCKS.search(text):
        text = to_html(text)
    writer = _Writer()
    for end, name, rest, words in _tokens(text):
        if not name:
            writer.words(html.unescape(words))
        elif end:
            writer.close(name)
        else:
            writer.open(name, rest)
    return writer.finish()


def written(markup: str) -> str:
    """A source for files from which clean() makes this cleaned text again: itself, if that will do."""
    return markup if clean(markup) == markup else f"<tg>{markup}</tg>"


def is_clean(text: str) -> bool:
    """Whether a text is of the kind that clean() writes: the tags it knows, balanced, and everything else escaped."""
    stack: list[str] = []
    for tag in _STRICT_TAG.finditer(text):
        if tag["end"]:
            if not stack or stack.pop() != tag["end"]:
                return False
            continue
        name = tag["name"] or "a"
        if name in stack or any(outer in LITERAL for outer in stack):
            return False
        if name == "a" and not _ADDRESS.match(tag["href"]):
            return False
        stack.append(name)
    return not stack and not _MARKS.search(_STRICT_TAG.sub("", text)) and text == _seen(text)


def plain(text: str) -> str:
    """One line of words as they are, without what cannot be seen: titles, names, offices."""
    return " ".join(_seen(text).split())


def unmarked(markup: str) -> str:
    """The words of a cleaned text: for calendars and for the search."""
    return html.unescape(_TAG.sub("", markup))


def _seen(text: str) -> str:
    return _UNSEEN.sub("", _NEWLINES.sub("\n", text))


def _without_comments(text: str) -> str:
    """Without HTML comments. One that is never closed is words, as an arrow drawn in a text is."""
    if "<!--" not in text:
        return text
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + len("-->")
    return "".join([*parts, text[at:]])


def _tokens(text: str) -> Iterator[tuple[bool, str, str, str]]:
    """(is an end tag, name, attributes, "") for a tag, (False, "", "", words) for what stands between."""
    at = 0
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name not in KNOWN:
            continue
        if tag.start() > at:
            yield False, "", "", text[at : tag.start()]
        yield bool(tag["end"]), name, tag["rest"], ""
        at = tag.end()
    if at < len(text):
        yield False, "", "", text[at:]


class _Writer:
    """Writes tokens out, late: a tag or a break waits until there is a word for it, so nothing is empty."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # tag, its opening as written
        self._written = 0  # how many of them are written already
        self._breaks = 0  # 1 a line break, 2 a blank line
        self._space = ""  # what has to stand before the next word of this line
        self._lists: list[int | None] = []  # an ordered list counts, the others are None
        self._silent = ""

    def open(self, name: str, rest: str) -> None:
        if self._silent:
            return
        if name in SILENT:
            self._silent = name
        elif name in ("ul", "ol"):
            self._break(1 if self._lists else 2)
            self._lists.append(0 if name == "ol" else None)
        elif name == "li":
            self._item()
        elif name == "br":
            self._break(min(2, self._breaks + 1))
        elif name in ("td", "th"):
            if not self._breaks:
                self._space = " | "
        else:
            self._break(BREAKS.get(name, 0))
            self._start(name, rest)

    def close(self, name: str) -> None:
        if self._silent:
            if name == self._silent:
                self._silent = ""
            return
        if name in ("li", "ul", "ol"):
            self._space = ""  # the mark of an item without words
        if name in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._break(1 if self._lists else 2)
            return
        if name in INLINE:
            self._finish(INLINE[name])
        self._break(BREAKS.get(name, 0))

    def words(self, words: str) -> None:
        # Entities may have brought what _seen() took out of the source.
        words = _seen(words)
        if self._silent:
            return
        if any(tag == "pre" for tag, _ in self._open):
            self._write(words.strip("\n") if words.strip() else "")
            return
        words = _SPACES.sub(" ", words)
        if words.startswith(" ") and not self._breaks:
            self._space = self._space or " "
        stripped = words.strip(" ")
        if stripped:
            self._write(stripped)
            self._space = " " if words.endswith(" ") else ""

    def finish(self) -> str:
        while self._open:
            self._finish(self._open[-1][0])
        lines = "".join(self._out).split("\n")
        return _BLANKS.sub("\n\n", "\n".join(line.rstrip() for line in lines))

    def _item(self) -> None:
        self._break(1)
        depth = max(0, min(3, len(self._lists) - 1))
        mark = "•"
        if self._lists and (count := self._lists[-1]) is not None:
            self._lists[-1] = count + 1
            mark = f"{count + 1}."
        self._space = "\u00a0" * (2 * depth) + mark + " "

    def _break(self, size: int) -> None:
        if size and not self._space.strip(" "):  # after a list's mark the item's own paragraph goes on
            # A blank line would tear a list apart.
            self._breaks = max(self._breaks, min(size, 1) if self._lists else size)
            self._space = ""

    def _start(self, name: str, rest: str) -> None:
        tag = INLINE.get(name)
        opened = [open_tag for open_tag, _ in self._open]
        if tag is None or tag in opened or any(open_tag in LITERAL for open_tag in opened):
            return
        opening = f"<{tag}>"
        if tag == "a":
            href = _href(rest)
            if not href:
                return
            opening = f'<a href="{html.escape(href)}">'
        self._open.append((tag, opening))

    def _finish(self, tag: str) -> None:
        """Closes a tag and what was opened inside it and forgotten; a tag that is not open does not matter."""
        if tag not in (open_tag for open_tag, _ in self._open):
            return
        while self._open:
            last, _ = self._open.pop()
            if len(self._open) < self._written:
                self._written -= 1
                self._out.append(f"</{last}>")
            if last == tag:
                return

    def _write(self, words: str) -> None:
        if not words:
            return
        if self._out:
            self._out.append("\n" * self._breaks)
        # Spaces and list marks stand before a tag that opens here: a link does not begin with a space.
        if self._space.strip(" ") or (self._out and not self._breaks):
            self._out.append(self._space)
        self._breaks, self._space = 0, ""
        self._out += [opening for _, opening in self._open[self._written :]]
        self._written = len(self._open)
        self._out.append(html.escape(words, quote=False))


def _href(rest: str) -> str:
    match = _HREF.search(rest)
    if not match:
        return ""
    href = _seen(html.unescape(match[1] or match[2] or match[3] or "")).strip().replace(" ", "%20")
    return href if _ADDRESS.match(href) else ""
