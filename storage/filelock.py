"""One process for each database file, by a lock that the system drops when its holder dies, however it dies."""

import os
import sys
from pathlib import Path

from storage.contract import DatabaseInUse

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        # flock and not lockf: its lock belongs to the opened file, so a second open in this process is
        # refused too, and closing some other descriptor of the file does not drop it.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Holds `<database>.lock` from the moment it is made until `release`; the empty file itself stays.

    (Removing it would let two processes hold two files of one name.)
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _try_lock(self._descriptor)
        except OSError as error:
            self.release()
            raise DatabaseInUse(
                f"{database} is in use by another process (it holds {path.name}); stop that one first"
            ) from error

    def release(self) -> None:
        """Let the next one in. Safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
