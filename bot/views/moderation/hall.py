"""The hall's screen as its moderator sees it: where it is, and who may see it. The page itself is bot.web's."""

from __future__ import annotations

from bot.actions.moderation.hall import HallLinks
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import Button, button
from bot.views.entrance.buttons import PosterOf
from bot.views.moderation.buttons import DeskSession, HallPrivate
from bot.views.screen import Row, Screen, cut, screen

LOCAL = ("http://127.", "http://localhost", "http://[::1]")  # addresses that other computers do not find us at
COPY_MAX = 256  # characters (Bot API, CopyTextButton.text)


def links(t: Translator, programme: Programme, found: HallLinks, web_address: str, organizer: bool) -> Screen:
    """The addresses of the screens that show a session. `web_address` is "" when the bot serves no pages."""
    session = found.session
    head = f"🖥 <b>{t('hall.title')}</b>\n<i>{cut(t.say(session.title), 300)}</i>"
    back = [button(t.plain("moderation.to_session"), DeskSession(session=session.code))]
    poster = [button(t.plain("posters.get"), PosterOf(session=session.code))]
    if not web_address:
        return screen(f"{head}\n\n{t('hall.not_served')}", poster, back)
    own = address(web_address, place=session.code, key=found.session_key)
    parts = [head, part(t, t("hall.of_session"), url=own, key=found.session_key)]
    opens = [opener(t.plain("hall.open_session"), own)]
    doors: list[Row] = [[switch(t, session.code, False, found.session_key)]]
    room = programme.room(session.room) if session.room else None
    if room is not None and not found.room_known:
        parts.append(t("hall.room_private", room=cut(t.say(room.name), 100)))
    elif room is not None:
        its = address(web_address, place=room.code, key=found.room_key)
        name = t("hall.of_room", room=cut(t.say(room.name), 100))
        parts.append(part(t, name, url=its, key=found.room_key))
        opens.append(opener(t.plain("hall.open_room"), its))
        doors += [[switch(t, session.code, True, found.room_key)]] if organizer else []
    parts.append(t("hall.hint", mark="&" if found.session_key else "?"))
    if web_address.startswith(LOCAL):
        parts.append(t("hall.local"))
    return screen(
        "\n\n".join(parts),
        *([one] for one in opens),
        *doors,
        poster,
        back,
    )


def address(web_address: str, *, place: str, key: str) -> str:
    return f"{web_address}/hall/{place}" + (f"?key={key}" if key else "")


def part(t: Translator, name: str, *, url: str, key: str) -> str:
    return f"{name}\n{escape(url)}\n{t('hall.is_private' if key else 'hall.is_public')}"


def opener(label: str, url: str) -> Button:
    """A button that opens the screen; Telegram is sure to take https only, else it copies the address."""
    if url.startswith("https://"):
        return {"text": f"🖥 {label}", "url": url}
    return {"text": f"📋 {label}", "copy_text": {"text": url[:COPY_MAX]}}


def switch(t: Translator, session: str, room: bool, key: str) -> Button:
    if room:
        word = t.plain("hall.make_room_public" if key else "hall.make_room_private")
    else:
        word = t.plain("hall.make_public" if key else "hall.make_private")
    return button(word, HallPrivate(session=session, room=int(room), wanted=int(not key)))
