"""Expectations in plain files, so that a change of what is stored or public is a line in a diff."""

from __future__ import annotations

import json
import os
from difflib import unified_diff
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "expected"


def check(name: str, found: Any) -> None:
    """What is found is what the file says, to the byte. With GOLDEN=write in the environment the file is written
    instead: only where another form is wanted on purpose."""
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    file = FOLDER / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    expected = file.read_text(encoding="utf-8")
    difference = unified_diff(expected.splitlines(), text.splitlines(), file.name, "found", lineterm="")
    assert text == expected, "\n".join(difference)
