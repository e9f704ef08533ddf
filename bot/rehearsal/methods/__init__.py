"""The Bot API's methods, one family a file; importing this fills the registry."""

from bot.rehearsal.methods import (
    chats,
    copying,
    deleting,
    editing,
    intake,
    media,
    profile,
    sending,
    topics,
)
from bot.rehearsal.methods.registry import METHODS, Method

__all__ = [
    "METHODS",
    "Method",
    "chats",
    "copying",
    "deleting",
    "editing",
    "intake",
    "media",
    "profile",
    "sending",
    "topics",
]
