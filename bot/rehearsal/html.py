"""parse_mode=HTML: the tags Telegram knows, and its complaints about the others.

Behaviour and wording follow TDLib's parse_html (td/telegram/MessageEntity.cpp): offsets in the
complaints are bytes of the UTF-8 text, offsets of entities are UTF-16 units of the result, an
unknown or bare `&` is an ordinary character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.rehearsal.errors import bad_request
from bot.rehearsal.links import checked_link, linked_user
from bot.rehearsal.wire import Json, to_integer, utf8, utf16

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}

_STOP = re.compile(rb"[<&]")
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_TAG_END = re.compile(rb"[ \t\r\n\0\x0b>]")
_NOT_SPACE = re.compile(rb"[^ \t\r\n\0\x0b]")
_NAME_END = re.compile(rb"[ \t\r\n\0\x0b=>/\"']")
_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
EMOJI_ID = re.compile(r"0*[1-9][0-9]{0,18}")
DATE_FORMAT = re.compile(r"[rR]|[tTdDwW]*")


def _complaint(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    unix: int
    offset: int
    piece: int
    """Index into the pieces of the result where the tag began."""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text without tags and its entities. Raises ApiError as Telegram would."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(utf8(source)).parse()


class _Parser:
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.languages: dict[int, str] = {}
        """id() of a code entity -> its language, until a pre around it claims that."""

    def parse(self) -> tuple[str, list[Json]]:
        source, at = self.source, 0
        while at < len(source):
            stop = _STOP.search(source, at)
            end = stop.start() if stop else len(source)
            if end > at:
                self.add(source[at:end].decode())
                at = end
            elif source[at : at + 1] == b"&":
                char, at = self.reference(at)
                self.add(char or "&")
            elif source[at + 1 : at + 2] == b"/":
                at = self.end_tag(at)
            else:
                at = self.start_tag(at)
        if self.open:
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.pieces), self.entities

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16(text)

    def reference(self, at: int) -> tuple[str, int]:
        """The character a reference names and where it ends; ("", after the &) when it is none."""
        match = _REFERENCE.match(self.source, at)
        assert match is not None  # its shortest form is a bare &
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            char = _NAMED.get(name)
            return (char, match.end()) if char else ("", at + 1)
        digits, base = (hexadecimal, 16) if hexadecimal is not None else (decimal, 10)
        length = len(match.group().rstrip(b";"))
        code = int(digits, base) if digits and length < 10 else 0
        if code == 0 or code >= 0x10FFFF:
            return "", at + 1
        if 0xD800 <= code <= 0xDFFF:
            raise _complaint(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return chr(code), match.end()

    def skip_space(self, at: int) -> int:
        match = _NOT_SPACE.search(self.source, at)
        return match.start() if match else len(self.source)

    def start_tag(self, begin: int) -> int:
        source = self.source
        end = _TAG_END.search(source, begin + 1)
        if end is None:
            raise _complaint(f"Unclosed start tag at byte offset {begin}")
        at = end.start()
        tag = source[begin + 1 : at].decode().lower()
        if tag not in _TAGS:
            raise _complaint(f'Unsupported start tag "{tag}" at byte offset {begin}')
        found = _Open(tag, "", 0, self.offset, len(self.pieces))
        while True:
            at = self.skip_space(at)
            if source[at : at + 1] == b">":
                break
            at = self.attribute(found, begin, at)
        if tag == "span" and found.argument != "spoiler":
            raise _complaint(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(found)
        return at + 1

    def attribute(self, tag: _Open, begin: int, at: int) -> int:
        """Read one attribute into `tag`; where it ends."""
        source = self.source
        unclosed = f'Unclosed start tag "{tag.tag}" at byte offset {begin}'
        end = _NAME_END.search(source, at)
        stop = end.start() if end else len(source)
        name = source[at:stop].decode()
        if not name:
            raise _complaint(f'Empty attribute name in the tag "{tag.tag}" at byte offset {begin}')
        at = self.skip_space(stop)
        if source[at : at + 1] != b"=":
            if at >= len(source):
                raise _complaint(unclosed)
            if (tag.tag, name) == ("blockquote", "expandable"):
                tag.argument = "1"
            return at
        at = self.skip_space(at + 1)
        if at >= len(source):
            raise _complaint(unclosed)
        if source[at : at + 1] in (b"'", b'"'):
            value, at = self.quoted(at)
        else:
            token = _TOKEN.match(source, at)
            assert token is not None  # it matches nothing at all too
            value, start, at = token.group().decode().lower(), at, token.end()
            if source[at : at + 1] not in b" \t\r\n\0\x0b>":
                raise _complaint(f"Unexpected end of name token at byte offset {start}")
        if at >= len(source):
            raise _complaint(f"Unclosed start tag at byte offset {begin}")
        self.take(tag, name, value)
        return at

    def quoted(self, at: int) -> tuple[str, int]:
        source, quote = self.source, self.source[at : at + 1]
        pieces: list[bytes] = []
        at += 1
        while at < len(source) and source[at : at + 1] != quote:
            if source[at : at + 1] == b"&":
                char, at = self.reference(at)
                pieces.append(utf8(char or "&"))
            else:
                pieces.append(source[at : at + 1])
                at += 1
        return b"".join(pieces).decode(), min(at + 1, len(source))

    @staticmethod
    def take(tag: _Open, name: str, value: str) -> None:
        match tag.tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
                tag.argument = value
            case ("code", "class") if value.startswith("language-"):
                tag.argument = value[9:]
            case ("span", "class") if value.startswith("tg-"):
                tag.argument = value[3:]
            case ("blockquote", "expandable"):
                tag.argument = "1"
            case ("tg-time", "unix"):
                tag.unix = to_integer(value)
            case _:
                pass  # unknown attributes are let through

    def end_tag(self, begin: int) -> int:
        source = self.source
        if not self.open:
            raise _complaint(f"Unexpected end tag at byte offset {begin}")
        end = _TAG_END.search(source, begin + 2)
        stop = end.start() if end else len(source)
        name = source[begin + 2 : stop].decode().lower()
        at = self.skip_space(stop)
        if source[at : at + 1] != b">":
            raise _complaint(f"Unclosed end tag at byte offset {begin}")
        tag = self.open[-1]
        if name and name != tag.tag:
            raise _complaint(f'Unmatched end tag at byte offset {begin}, expected "</{tag.tag}>", found "</{name}>"')
        if self.offset > tag.offset:
            self.close(tag)
        self.open.pop()
        return at + 1

    def close(self, tag: _Open) -> None:
        span = {"offset": tag.offset, "length": self.offset - tag.offset}
        last = self.entities[-1] if self.entities else {}
        same_span = last.get("offset") == span["offset"] and last.get("length") == span["length"]
        match tag.tag:
            case "a":
                url = tag.argument or "".join(self.pieces[tag.piece :])
                self.add_link(span, url)
            case "pre":
                language = self.languages.pop(id(last), "") if same_span else ""
                if language:
                    last |= {"type": "pre", "language": language}
                else:
                    self.entities.append({"type": "pre", **span})
            case "code":
                if same_span and last["type"] == "pre" and "language" not in last and tag.argument:
                    last["language"] = tag.argument
                else:
                    entity = {"type": "code", **span}
                    if tag.argument:
                        self.languages[id(entity)] = tag.argument
                    self.entities.append(entity)
            case "blockquote":
                kind = "expandable_blockquote" if tag.argument else "blockquote"
                self.entities.append({"type": kind, **span})
            case "tg-emoji":
                if not EMOJI_ID.fullmatch(tag.argument):
                    raise _complaint("Invalid custom emoji identifier specified")
                self.entities.append({"type": "custom_emoji", **span, "custom_emoji_id": tag.argument})
            case "tg-time":
                if not DATE_FORMAT.fullmatch(tag.argument):
                    raise _complaint("Invalid date format used")
                if tag.unix > 0:
                    entity = {"type": "date_time", **span, "unix_time": tag.unix}
                    if tag.argument:
                        entity["date_time_format"] = tag.argument
                    self.entities.append(entity)
            case simple:
                self.entities.append({"type": _SIMPLE[simple], **span})

    def add_link(self, span: Json, url: str) -> None:
        """A mention of a user, a link, or nothing at all when the address is none."""
        user_id = linked_user(url)
        if user_id is not None:
            self.entities.append({"type": "text_mention", **span, "user": {"id": user_id}})
            return
        link = checked_link(url)
        if link is not None:
            self.entities.append({"type": "text_link", **span, "url": link})
