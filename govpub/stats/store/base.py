"""What a store of visits must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod

from govpub.stats.hits import Hit
from govpub.stats.models import Loss


class NotKept(Exception):
    """A hit could not be kept, and why; the visitor is answered all the same."""

    def __init__(self, reason: Loss.Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Store(ABC):
    """Keeps hits during requests, and turns them into numbers when it is drained."""

    @abstractmethod
    def append(self, hit: Hit) -> None:
        """Keep one hit, without waiting for anybody; ``NotKept`` if it cannot."""

    @abstractmethod
    def salt(self, moment: float) -> bytes:
        """The salt of the day of a Unix ``moment``, the same in every process."""

    @abstractmethod
    def drain(self) -> int:
        """Count what was kept, exactly once; the number of hits counted."""

    @abstractmethod
    def online(self, site_id: int) -> int:
        """People (คน) who opened something in the last five minutes."""
