"""Who is one person today, without a cookie and without knowing who it is.

A visitor is a keyed hash of address and browser. The key, the salt of the day, is
random, lives outside the database, is replaced at midnight in Bangkok and destroyed;
from then on nobody, the office included, can link the hashes to anything.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path

from .bangkok import day_number

SALT_BYTES = 32
_PREFIX = "salt-"


def visitor_hash(salt: bytes, site: int, address: str, user_agent: str) -> int:
    """A number of 63 bits, never 0; the same person has another at each office."""
    digest = blake2b(
        f"{_household(address)}\0{user_agent}".encode("utf-8", "replace"),
        digest_size=8,
        key=salt,
        person=site.to_bytes(8, "little"),
    ).digest()
    return int.from_bytes(digest, "little") >> 1 or 1


def _household(address: str) -> str:
    """An IPv6 address without its second half, which a device changes every day."""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.split("%")[0])
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped) if mapped else parsed.packed[:8].hex()


class DailySalt:
    """The salt of the day, fetched once a day by each process."""

    def __init__(self, fetch: Callable[[int], bytes]) -> None:
        self._fetch = fetch
        self._held: tuple[int, bytes] = (-1, b"")

    def at(self, moment: float) -> bytes:
        day = day_number(moment)
        held_day, salt = self._held
        if day != held_day:
            salt = self._fetch(day)
            self._held = (day, salt)
        return salt


class SaltFile:
    """One small file a day, shared by the processes of one computer."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def fetch(self, day: int) -> bytes:
        """The salt of ``day``, made by whoever asks first; older ones are destroyed."""
        path = self._directory / f"{_PREFIX}{day}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make(path)
            self.destroy_before(day)
            return path.read_bytes()

    def _make(self, path: Path) -> None:
        """Written aside, then linked: no process ever reads half a salt."""
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SALT_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:  # another process was first; its salt is the one.
            _shred(draft)
        else:
            draft.unlink()

    def destroy_before(self, day: int) -> None:
        """Overwrite and remove the salts of the days before ``day``."""
        for path in self._directory.glob(f"{_PREFIX}*"):
            if int(path.name.removeprefix(_PREFIX).partition(".")[0]) < day:
                _shred(path)


def _shred(path: Path) -> None:
    try:
        with path.open("r+b") as file:
            file.write(bytes(SALT_BYTES))
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        pass  # another process was first.
