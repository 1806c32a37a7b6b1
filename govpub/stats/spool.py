"""Where hits wait to be counted: one file a process, one append a hit.

What was appended belongs to the kernel: killing the process loses nothing, and no
process ever waits for another. Whoever drains asks the operating system whether the
writer of a file still lives, never a process number that may be another's by now.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed, which is enough.
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".hits"
SEGMENT_BYTES = 1 << 20
RETRY_SECONDS = 1.0


class SpoolFull(OSError):
    """The hits waiting to be counted have filled the room they were given."""


class Segment(FileIO):
    """A file that one process appends to; closed when nobody holds it any more.

    It is never closed by hand: another thread may be about to write to it, and the
    number of the file would meanwhile belong to something else.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "xb", opener=_private)
        self.written = 0
        if fcntl:
            fcntl.flock(self.fileno(), fcntl.LOCK_SH)

    def append(self, line: bytes) -> None:
        """One system call; ``OSError`` when the line did not fit on the disk."""
        if self.write(line) != len(line):
            self.written = SEGMENT_BYTES  # nothing is added behind a torn line.
            raise OSError("The disk is full.")
        self.written += len(line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_APPEND, 0o600)


class Spool:
    """The folder of the segments of this computer."""

    def __init__(self, directory: Path, room: int, node: str) -> None:
        self.directory = directory
        self.node = node
        self._room = room
        self._segment: Segment | None = None
        self._closed_until = 0.0

    def append(self, line: bytes) -> None:
        """Keep a line; ``OSError``, at once, when that is impossible."""
        segment = self._segment
        if segment is None or segment.written >= SEGMENT_BYTES:
            segment = self._segment = self._open()
        segment.append(line)

    def _open(self) -> Segment:
        """A new segment. After a refusal the disk is left alone for a second."""
        if time.monotonic() < self._closed_until:
            raise SpoolFull("No room for visits; trying again soon.")
        try:
            return self._new_segment()
        except OSError:
            self._closed_until = time.monotonic() + RETRY_SECONDS
            raise

    def _new_segment(self) -> Segment:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.size() + SEGMENT_BYTES > self._room:
            raise SpoolFull("The visits not yet counted fill their room.")
        while True:
            name = f"{self.node}.{os.getpid()}.{secrets.token_hex(8)}{SUFFIX}"
            segment = Segment(self.directory / name)
            # A drainer may have taken the empty file for an abandoned one.
            if os.fstat(segment.fileno()).st_nlink:
                return segment

    def size(self) -> int:
        """Octets of all segments, counted or not, until they are removed."""
        return sum(size for _, size in self._sizes())

    def segments(self) -> list[Path]:
        """The segments of this computer, in a fixed order."""
        return sorted(path for path, _ in self._sizes())

    def _sizes(self) -> Iterator[tuple[Path, int]]:
        for path in self.directory.glob(f"*{SUFFIX}"):
            try:
                yield path, path.stat().st_size
            except FileNotFoundError:
                continue  # removed by a drainer meanwhile.


def read_lines(path: Path, offset: int, limit: int) -> tuple[list[bytes], int]:
    """Whole lines from ``offset`` on, about ``limit`` octets; and where they end."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(limit)
    except FileNotFoundError:
        return [], offset
    end = data.rfind(b"\n") + 1
    return data[:end].split(b"\n")[:-1], offset + end


def remove_if_abandoned(path: Path, offset: int) -> bool:
    """Remove a segment that is read up to ``offset`` and that nobody writes any more.

    What is behind the last whole line was torn; nobody was answered for it.
    """
    try:
        with path.open("rb") as file:
            if fcntl:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.seek(offset)
            if b"\n" in file.read():
                return False
            if fcntl:
                path.unlink()
                return True
        path.unlink()
    except OSError:  # it has a writer, or is gone already.
        return False
    return True
