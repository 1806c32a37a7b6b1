"""Which digits an office writes on which of its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from govpub.thai.digits import with_arabic_digits

Kind = Literal["form", "memo", "report"]
Composed = TypeVar("Composed")


def as_written(paper: Mapping[str, Any], kind: Kind, composed: Composed) -> Composed:
    """A paper that was composed in Thai digits, as the office wants this kind of it.

    ``paper`` are the frozen words of the form; what was frozen before there was a
    choice stays in Thai digits.
    """
    if paper.get("thai_digits", {}).get(kind, True):
        return composed
    return with_arabic_digits(composed)
