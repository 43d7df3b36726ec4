"""The generation as the processes of one node share it: a few bytes of a file, which the kernel keeps in memory.

It is read with ``pread``: as quick as a mapping (under a microsecond), but a file that somebody empties or deletes is
noticed, where touching a mapping of it would kill the process.
"""

from __future__ import annotations

import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LAYOUT = struct.Struct("<QQQ")


@dataclass(frozen=True)
class State:
    """What the file says.

    ``number`` is the generation. ``counted`` is the database's count of public changes, and ``shared`` the number in
    Redis, that it takes into account.
    """

    number: int
    counted: int = 0
    shared: int = 0


class GenerationFile:
    """The file at ``path``; made when it is missing, made anew when it is no longer what we wrote."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def state(self) -> State:
        """What the file says now. ``OSError`` where it can be neither read nor made."""
        return State(*LAYOUT.unpack(self._read()))

    def number(self) -> int:
        """The generation alone."""
        return int.from_bytes(self._read()[:8], "little")

    def raise_number(self, *, counted: int | None = None, shared: int | None = None) -> int:
        """Raise the generation by one and return it; note what it takes into account, where that is given."""
        with self._locked() as descriptor:
            before = self._written(descriptor)
            after = State(
                before.number + 1,
                before.counted if counted is None else counted,
                before.shared if shared is None else shared,
            )
            os.pwrite(descriptor, LAYOUT.pack(after.number, after.counted, after.shared), 0)
        return after.number

    def is_in_place(self) -> bool:
        """Whether the file that we have open is the one that stands at the path."""
        if self.descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self.descriptor), self.path.stat())
        except OSError:
            return False

    def reopen(self) -> None:
        """Look at the path again. The descriptor before stays open a moment for threads that are reading from it."""
        before, self.descriptor = self.descriptor, self._open()
        if before is not None:
            with suppress(OSError):
                os.close(before)

    def _read(self) -> bytes:
        if self.descriptor is not None:
            with suppress(OSError):
                content = os.pread(self.descriptor, LAYOUT.size, 0)
                if len(content) == LAYOUT.size:
                    return content
        self.reopen()
        return os.pread(self.descriptor, LAYOUT.size, 0)

    def _open(self) -> int:
        """A descriptor of a file that is whole."""
        with self._locked() as descriptor:
            self._written(descriptor)
        return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The file, opened for this once: a lock belongs to an opened file, which threads and forks share."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    @staticmethod
    def _written(descriptor: int) -> State:
        """The state in a locked file. One that is empty or too short begins with the microseconds since 1970: higher
        than any number that a file before it can have reached."""
        content = os.pread(descriptor, LAYOUT.size, 0)
        if len(content) == LAYOUT.size:
            return State(*LAYOUT.unpack(content))
        first = State(time.time_ns() // 1000)
        os.pwrite(descriptor, LAYOUT.pack(first.number, first.counted, first.shared), 0)
        return first
