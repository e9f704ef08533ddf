"""reply_markup: read, checked and refused as Telegram does.

Telegram cuts rather than refuses: empty buttons are skipped, a row ends at 12 buttons and a keyboard
at 300 (td/telegram/ReplyMarkup.cpp); the 100 of the documentation is refused by the server.
"""

from __future__ import annotations

from typing import Any

from bot.rehearsal.errors import bad_request
from bot.rehearsal.links import checked_link, link_fault, linked_user
from bot.rehearsal.wire import Json, Params, utf8

ROW = 12
TOTAL = 300
INLINE_TOTAL = 100
DATA_BYTES = 64
COPY_TEXT = 256
PLACEHOLDER = 64
STYLES = ("", "default", "primary", "danger", "success")


def read(params: Params, *, private: bool, inline_only: bool = False) -> Json | None:
    """The keyboard of a call, None when there is none. Raises ApiError."""
    try:
        value = params.json("reply_markup")
    except ValueError:
        raise bad_request("Can't parse reply keyboard markup JSON object") from None
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    markup = _read(value, private)
    if inline_only and markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def _read(value: Json, private: bool) -> Json | None:
    # The real server looks at both arrays, and the reply keyboard wins when both are there.
    keyboard = _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    plain = _cut([[_plain_button(button, private) for button in row] for row in keyboard])
    pressed = _cut([[_inline_button(button, private) for button in row] for row in inline])
    if plain:
        markup: Json = {"keyboard": plain}
        for flag in ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective"):
            if value.get(flag):
                markup[flag] = True
        return markup | _placeholder(value)
    if pressed:
        if sum(map(len, pressed)) > INLINE_TOTAL:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": pressed}
    if value.get("remove_keyboard"):
        return {"remove_keyboard": True}
    if value.get("force_reply"):
        return {"force_reply": True} | _placeholder(value)
    return None


def _placeholder(value: Json) -> Json:
    text = value.get("input_field_placeholder")
    return {"input_field_placeholder": str(text)[:PLACEHOLDER]} if text else {}


def _rows(value: Json, field: str, complaint: str) -> list[list[Any]]:
    rows = value.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return rows


def _cut(rows: list[list[Json | None]]) -> list[list[Json]]:
    kept: list[list[Json]] = []
    total = 0
    for row in rows:
        buttons = [button for button in row if button is not None][: min(ROW, TOTAL - total)]
        total += len(buttons)
        if buttons:
            kept.append(buttons)
    return kept


def _style(button: Json, kind: str) -> Json:
    style = str(button.get("style") or "").lower()
    if style not in STYLES:
        raise bad_request(f"Can't parse {kind}: Invalid button style specified")
    found: Json = {"style": style} if style not in ("", "default") else {}
    if button.get("icon_custom_emoji_id"):
        found["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    return found


def _plain_button(button: Any, private: bool) -> Json | None:
    if isinstance(button, str):
        return {"text": button} if button else None
    if not isinstance(button, dict):
        raise bad_request("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    text = _text(button, "keyboard button")
    style = _style(button, "keyboard button")
    if not text and not style.get("icon_custom_emoji_id"):
        return None
    found: Json = {"text": text, **style}
    requests = {
        "request_contact": "Phone number",
        "request_location": "Location",
        "request_poll": "Poll",
        "request_users": "Users",
        "request_chat": "Chats",
    }
    for field, wanted in requests.items():
        if button.get(field):
            if not private:
                verb = "can be requested in private chats only"
                raise bad_request(f"{wanted} {verb}")
            found[field] = button[field]
    if isinstance(button.get("web_app"), dict):
        if not private:
            raise bad_request("Web App buttons can be used in private chats only")
        found["web_app"] = {"url": _url(str(button["web_app"].get("url") or ""), "Keyboard button Web App", True)}
    return found


def _inline_button(button: Any, private: bool) -> Json | None:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = _text(button, "inline keyboard button")
    found: Json = {"text": text, **_style(button, "inline keyboard button")}
    found |= _action(button, private)
    return found if text or "icon_custom_emoji_id" in found else None


def _text(button: Json, kind: str) -> str:
    text = button.get("text")
    if text is None:
        raise bad_request(f"Can't parse {kind}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request(f'Can\'t parse {kind}: Field "text" must be of type String')
    return text.strip()


def _action(button: Json, private: bool) -> Json:
    """What the button does, in the order in which the server looks for it."""
    if button.get("url"):
        url = str(button["url"])
        user_id = linked_user(url)
        if user_id is not None:
            return {"url": f"tg://user?id={user_id}"}
        return {"url": _url(url, "Inline keyboard button", False)}
    if button.get("callback_data"):
        data = button["callback_data"]
        if not isinstance(data, str):
            raise bad_request('Can\'t parse inline keyboard button: Field "callback_data" must be of type String')
        if len(utf8(data)) > DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    for field in ("switch_inline_query", "switch_inline_query_current_chat"):
        if field in button:
            return {field: str(button[field] or "")}
    for field in ("switch_inline_query_chosen_chat", "login_url", "callback_game", "pay", "disabled"):
        if button.get(field) is not None:
            return {field: button[field]}
    if isinstance(button.get("web_app"), dict):
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        return {
            "web_app": {"url": _url(str(button["web_app"].get("url") or ""), "Inline keyboard button Web App", True)}
        }
    if isinstance(button.get("copy_text"), dict):
        text = str(button["copy_text"].get("text") or "")
        if not 1 <= len(text) <= COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": text}}
    raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _url(url: str, whose: str, https_only: bool) -> str:
    fault = link_fault(url, https_only=https_only)
    if fault is not None:
        raise bad_request(f"{whose} URL '{url}' is invalid: {fault}")
    return checked_link(url) or url
