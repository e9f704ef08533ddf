"""The programme as schedule.json, for other programs, and for this one without any loss."""

from __future__ import annotations

import json

from bot.programme.model import Programme
from bot.programme.writers.frab import conference


def write_frab_json(programme: Programme, language: str) -> bytes:
    schedule = {"version": "1.0", "conference": conference(programme, language)}
    document = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "minber", "version": "1"},
        "schedule": schedule,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
