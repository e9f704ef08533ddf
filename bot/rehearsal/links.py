"""Addresses: which ones Telegram takes in links and buttons (td/telegram/LinkManager.cpp)."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_USER = re.compile(r"tg:(?://)?user\?(?:.*&)?id=([0-9]{1,18})", re.IGNORECASE)
_APP = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_APP_HOST = re.compile(r"[A-Za-z0-9_-]+")


def linked_user(url: str) -> int | None:
    """The person a tg://user?id=... address names."""
    match = _USER.match(url)
    return int(match.group(1)) if match else None


def link_fault(url: str, *, https_only: bool = False) -> str | None:
    """What is wrong with an address, in Telegram's words; None when it is fine."""
    app = _APP.match(url)
    if app:
        if https_only:
            return "Only HTTPS links are allowed"
        host = re.split(r"[/?#]", url[app.end() :], maxsplit=1)[0]
        return None if _APP_HOST.fullmatch(host) else "Unallowed characters in URL host"
    parts = _split(url)
    if parts is None:
        return "Unsupported URL protocol" if "://" in url else "URL host is empty"
    if https_only and parts.scheme != "https":
        return "Only HTTPS links are allowed"
    host = parts.hostname or ""
    if not host:
        return "URL host is empty"
    if "." not in host and ":" not in host:
        return "Wrong HTTP URL"
    return None


def checked_link(url: str) -> str | None:
    """The address as Telegram keeps it: with a scheme and a path; None when it is not one."""
    if link_fault(url) is not None:
        return None
    if _APP.match(url):
        return url
    parts = _split(url)
    assert parts is not None  # link_fault has looked
    path = parts.path or "/"
    return parts._replace(path=path).geturl()


def _split(url: str) -> SplitResult | None:
    if "://" not in url:
        url = f"http://{url}"
    if any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is not a number
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None
