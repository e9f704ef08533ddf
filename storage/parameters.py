"""`:name` parameters, SQLite's own notation, in the notations PostgreSQL wants."""

import re
from collections.abc import Callable
from functools import lru_cache

# First what holds a colon that names no parameter: literals, quoted names, comments, casts.
_TOKEN = re.compile(
    r"'(?:[^']|'')*' | \"(?:[^\"]|\"\")*\" | --[^\n]* | /\*.*?\*/ | :: | :(?P<name>[A-Za-z_]\w*) | %",
    re.VERBOSE | re.DOTALL,
)


def _replace(sql: str, named: Callable[[str], str], other: Callable[[str], str]) -> str:
    return _TOKEN.sub(lambda token: named(token["name"]) if token["name"] else other(token[0]), sql)


@lru_cache(maxsize=2048)  # the statements are constants of the code, a few hundred of them
def to_pyformat(sql: str) -> str:
    """`:name` as `%(name)s`, and a literal % doubled, wherever it stands: psycopg looks into literals too."""
    return _replace(sql, "%({})s".format, lambda text: text.replace("%", "%%"))


def to_numbered(sql: str) -> tuple[str, list[str]]:
    """`:name` as `$1`, `$2` …, with the names in that order; a repeated name keeps its number."""
    names: list[str] = []

    def number(name: str) -> str:
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _replace(sql, number, str), names
