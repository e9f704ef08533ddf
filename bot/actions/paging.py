"""Pages of long lists."""

from __future__ import annotations


def in_range(page: int, *, count: int, size: int) -> tuple[int, int]:
    """The existing page, from 0, nearest to the wanted one; how many pages `count` things fill, at least one."""
    pages = max(1, -(-count // size))
    return min(max(page, 0), pages - 1), pages
