"""Files to take away: the questions as a spreadsheet, a document to print, a table for machines; posters, badges."""

from bot.papers.badges import badge_sheet, phone_badge
from bot.papers.files import KINDS, Paper, make
from bot.papers.posters import poster_pages

__all__ = ["KINDS", "Paper", "badge_sheet", "make", "phone_badge", "poster_pages"]
