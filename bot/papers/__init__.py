"""Files to take away: the questions as a spreadsheet, a document to print, a table for machines."""

from bot.papers.files import KINDS, Paper, make

__all__ = ["KINDS", "Paper", "make"]
