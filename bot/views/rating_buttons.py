"""The callback data of organizers' buttons about ratings and the pictures of /stats; the rules stand in buttons.py."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class RatingsPage(CallbackData, prefix="rtl"):
    """`order` is one of bot.actions.ratings.ORDERS."""

    order: str
    page: int


class SessionRatings(CallbackData, prefix="rts"):
    """One session's, with the words on the page; `order` and `list_page` are of the list it was opened from."""

    session: str
    page: int
    order: str
    list_page: int


class RatingsPicture(CallbackData, prefix="rtp"):
    order: str
    page: int


class RatingsFile(CallbackData, prefix="rtf"):
    pass


class RegistrationsPicture(CallbackData, prefix="spr"):
    pass
