"""What a person has on the screen: messages, and answers to pressed buttons."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
NUMBER = re.compile("№\u00a0?|#(?=\\d)|No\\.\u00a0(?=\\d)")


def read(text: str) -> str:
    """As one reads it: which words stay together at the end of a line is not seen, and "#5" and "No. 5" are "№5".

    That the signs are right is for tests/test_words.py.
    """
    return NUMBER.sub("№", text).replace("\u00a0", " ")


class Answer(dict[str, Any]):
    """What came back for a pressed button: text, show_alert, url, answered."""

    @property
    def text(self) -> str:
        return read(str(self["text"]))

    @property
    def alert(self) -> bool:
        return bool(self["show_alert"])

    @property
    def answered(self) -> bool:
        return bool(self.get("answered", True))


class Message:
    """One message as a person has it on the screen."""

    def __init__(self, data: Json) -> None:
        self.data = data

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """Text or caption as one reads it; "" when there is neither."""
        return read(self.as_sent)

    @property
    def as_sent(self) -> str:
        """Every character of it: entities count by these."""
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        return list(self.data.get("entities") or self.data.get("caption_entities") or [])

    @property
    def from_bot(self) -> bool:
        return bool(self.data["from"]["is_bot"])

    @property
    def edited(self) -> bool:
        return "edit_date" in self.data

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard."""
        return list(self.data.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[str]:
        return [read(button["text"]) for row in self.rows for button in row]

    @property
    def document(self) -> Json | None:
        found: Json | None = self.data.get("document")
        return found

    @property
    def photo(self) -> Json | None:
        sizes = self.data.get("photo")
        return sizes[-1] if sizes else None

    def button(self, label: str) -> Json | None:
        """The button with this label (exact first, else containing it) or whose callback data begins so."""
        every = [button for row in self.rows for button in row]
        for fits in (
            lambda b: read(b["text"]) == read(label),
            lambda b: b.get("callback_data") == label,
            lambda b: ":" in label and b.get("callback_data", "").startswith(label),
            lambda b: read(label) in read(b["text"]),
        ):
            for button in every:
                if fits(button):
                    return button
        return None

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.text!r} {self.buttons}>"
