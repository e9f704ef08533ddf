"""Files up and down, kept in memory."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass

from bot.rehearsal.errors import bad_request
from bot.rehearsal.wire import Json, Params

MAX_DOWNLOAD = 20 * 1024 * 1024
"""getFile refuses more (core.telegram.org/bots/api#getfile)."""
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MEMORY = 256 * 1024 * 1024
"""When all files together exceed this, the oldest go; their file_id then names nothing."""


@dataclass(slots=True, frozen=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    """What Telegram calls it: Photo, Document, Video, Voice, Audio, Animation, Sticker."""
    name: str
    mime: str
    data: bytes
    size: tuple[int, int] | None
    """Width and height in pixels, when the bytes are a picture."""

    @property
    def path(self) -> str:
        return f"{self.kind.lower()}s/{self.unique_id}{_extension(self.name)}"

    def as_json(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def as_photo(self) -> list[Json]:
        """Telegram's list of sizes; the rehearsal does not resample, so there is one."""
        width, height = self.size or (0, 0)
        return [{**self.as_json(), "width": width, "height": height}]


def _extension(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    return dot + extension if stem and extension.isalnum() else ""


class Files:
    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}
        self._total = 0

    def put(self, kind: str, *, name: str, mime: str, data: bytes) -> StoredFile:
        """Keep a file. The same bytes of the same kind get the same file_id back."""
        digest = hashlib.sha256(b"%d %s %s " % (self._bot_id, kind.encode(), name.encode()) + data).digest()
        file_id = "BQAD" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = self._files.get(file_id)
        if known is not None:
            return known
        stored = StoredFile(
            file_id,
            base64.urlsafe_b64encode(digest[:9]).decode(),
            kind,
            name,
            mime,
            data,
            picture_size(data),
        )
        self._files[file_id] = self._paths[stored.path] = stored
        self._total += len(data)
        while self._total > MEMORY and len(self._files) > 1:
            oldest = self._files.pop(next(iter(self._files)))
            self._paths.pop(oldest.path, None)
            self._total -= len(oldest.data)
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._paths.get(path)

    def accept(self, params: Params, value: str, *, field: str, kind: str) -> StoredFile:
        """The file a method was given: an upload (in `field` or attach://name) or a known file_id.

        Raises ApiError with Telegram's text. Addresses are refused as if they could not be loaded:
        a rehearsal has no internet.
        """
        upload = params.files.get(value.removeprefix("attach://") if value else field)
        if upload is None and not value.startswith("attach://"):
            upload = params.files.get(field)
        if upload is not None:
            if not upload.data:
                raise bad_request("file must be non-empty")
            if len(upload.data) > MAX_UPLOAD:
                raise bad_request("file is too big")
            stored = self.put(kind, name=upload.name, mime=upload.mime, data=upload.data)
            if kind == "Photo":
                _check_photo(stored)
            return stored
        if not value:
            raise bad_request(f"there is no {kind.lower()} in the request")
        if value.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        known = self.get(value)
        if known is None:
            raise bad_request("wrong remote file identifier specified: Wrong string length")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind} as {kind}")
        return known


def _check_photo(photo: StoredFile) -> None:
    if photo.size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = photo.size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if len(photo.data) > MAX_PHOTO:
        raise bad_request("file is too big")


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the header of a PNG, JPEG, GIF or WebP (VP8X); None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    elif data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    elif data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X" and len(data) >= 30:
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
    else:
        return None
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the start-of-frame, which holds height and width (ITU T.81, B.2.2)."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
