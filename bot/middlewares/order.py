"""What stands around every handler, and in which order: the first that is named is the outermost."""

from __future__ import annotations

from aiogram import Dispatcher

from bot.middlewares.albums import AlbumsMiddleware
from bot.middlewares.answers import AnswersMiddleware
from bot.middlewares.context import ContextMiddleware
from bot.middlewares.forms import ClaimsMiddleware, FormsMiddleware
from bot.middlewares.kept import KeptMiddleware
from bot.middlewares.menu_words import MenuWordsMiddleware
from bot.middlewares.rated import RatedMiddleware
from bot.middlewares.taps import TapsMiddleware
from bot.middlewares.typed import TypedMiddleware
from bot.middlewares.unread import UnreadMiddleware
from bot.middlewares.way_back import WayBackMiddleware


def surround(dispatcher: Dispatcher, context: ContextMiddleware, taps: TapsMiddleware) -> None:
    dispatcher.update.outer_middleware(context)
    _around_all(dispatcher)
    _around_the_handler(dispatcher, taps)


def _around_all(dispatcher: Dispatcher) -> None:
    """Also where no handler takes the event."""
    message, edited, press = dispatcher.message, dispatcher.edited_message, dispatcher.callback_query
    # Sees the form before and after all that follows, and its offer stands under all that is answered.
    for observer in (message, press):
        observer.outer_middleware(KeptMiddleware())
    # A typed label leaves a form as its key does; and the new keyboard comes with a refusal too.
    message.outer_middleware(MenuWordsMiddleware())
    for observer in (message, edited, press):
        observer.outer_middleware(AnswersMiddleware())
        observer.outer_middleware(UnreadMiddleware())
    # What becomes of an edit may be refused.
    message.outer_middleware(TypedMiddleware(edits=False))
    edited.outer_middleware(TypedMiddleware(edits=True))


def _around_the_handler(dispatcher: Dispatcher, taps: TapsMiddleware) -> None:
    message, press = dispatcher.message, dispatcher.callback_query
    # A tap that does not count changes nothing that the others know.
    press.middleware(taps)
    press.middleware(WayBackMiddleware())
    for observer in (message, press):
        observer.middleware(ClaimsMiddleware())  # around what closes a form: it sees both ends
        observer.middleware(RatedMiddleware())
    # An album's other pictures are no messages of their own, so they close no form.
    message.middleware(AlbumsMiddleware())
    message.middleware(FormsMiddleware())
