"""Where in a TOML source a key stands: tomllib does not say, and an organizer needs the line."""

from __future__ import annotations

import re

# Nothing is given back once it is taken (++): to try all ways of sharing out spaces takes hours.
_HEADER = re.compile(r"\s*+(\[\[?+)([A-Za-z0-9_.\s-]++)\]\]?+\s*+(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")
_LAST_STEP = re.compile(r"(?:\.[^.\[\]]+|\[\d+\])$")


class Lines:
    """Finds the line of a path such as "days[0].sessions[3].start", counted from 1.

    It reads headers and keys at the start of a line, which is how people write TOML; a path it has not seen
    (inside an inline table or an array) is answered with the line of the nearest thing around it.
    """

    def __init__(self, source: str) -> None:
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        table = ""
        quotes = ""  # the kind of multi-line string that is open
        for number, line in enumerate(source.split("\n"), 1):
            if quotes:
                if line.count(quotes) % 2:
                    quotes = ""
                continue
            if header := _HEADER.match(line):
                table = self._open(header[2], is_list=header[1] == "[[")
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                name = re.sub(r"\s", "", key[1])
                self._lines.setdefault(f"{table}.{name}" if table else name, number)
            quotes = next((q for q in ('"""', "'''") if line.count(q) % 2), "")

    def locate(self, path: str) -> tuple[str, int | None]:
        """A path is a place that an editor of TOML understands; the line is given besides."""
        return path, self.of(path)

    def named(self, path: str, name: str) -> str:
        return name

    def of(self, path: str) -> int | None:
        while path:
            if path in self._lines:
                return self._lines[path]
            shorter = _LAST_STEP.sub("", path)
            path = shorter if shorter != path else ""
        return None

    def _open(self, dotted: str, *, is_list: bool) -> str:
        """The path of the table that a header opens, with the numbers of the lists on the way."""
        path = ""
        steps = [step.strip() for step in dotted.split(".")]
        for place, step in enumerate(steps):
            path = f"{path}.{step}" if path else step
            if is_list and place == len(steps) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = f"{path}[{self._counts[path]}]"
        return path
