"""Rehearsal: a local Telegram, with the Bot API over HTTP and a chat page in the browser.

An organizer tries the whole bot here without a token or internet, and the tests drive the real bot
through it. It imports nothing of the bot's, and any Bot API client can talk to it.
"""

from bot.rehearsal.clock import Clock
from bot.rehearsal.people import PersonSpec
from bot.rehearsal.server import Rehearsal
from bot.rehearsal.world import Moment

__all__ = ["Clock", "Moment", "PersonSpec", "Rehearsal"]
