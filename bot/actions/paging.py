"""Pages of long lists."""

from __future__ import annotations


def in_range(page: int, *, count: int, size: int) -> tuple[int, int]:
    """The page, from 0, that is there nearest to the wanted one; how many pages `count` things fill, at least one."""
    pages = max(1, -(-count // size))
    return min(max(page, 0), pages - 1), pages
