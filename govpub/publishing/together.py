"""Work on many items: what follows each of them alike is done once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_later = ContextVar("govpub_followed_up_later", default=False)


@contextmanager
def followed_up_later() -> Iterator[None]:
    """Within it nobody is told of what is done, and Wagtail's search index rests.

    Whoever uses it follows up on all items together, also if it was interrupted.
    """
    before = _later.set(True)
    try:
        yield
    finally:
        _later.reset(before)


def is_followed_up_later() -> bool:
    """Whether somebody will follow up on what is being done now."""
    return _later.get()
