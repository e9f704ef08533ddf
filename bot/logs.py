"""Logging: one line an event, as text or as JSON, and never a token in it."""

from __future__ import annotations

import json
import logging
import re
from typing import TextIO

# The token stands in every address of the Bot API, and so in the errors of an HTTP client.
# No \b before the id: in "/bot4200000000:..." there is none.
TOKEN = re.compile(r"(?<!\d)(\d{5,}):[A-Za-z0-9_-]{20,}")

# These log every single update and job at INFO.
QUIET = ("aiogram.event", "apscheduler", "aiosqlite")


class Redacting(logging.Formatter):
    """Text lines in which a token is cut down to the bot's id."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1:***", super().format(record))


class Json(Redacting):
    """One JSON object a line: time, level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return TOKEN.sub(r"\1:***", json.dumps(line, ensure_ascii=False))


def set_up(level: str, shape: str, stream: TextIO | None = None) -> None:
    """`level` as in the settings; `shape` is "text" or "json"; `stream` is stderr when None."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json() if shape == "json" else Redacting("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
