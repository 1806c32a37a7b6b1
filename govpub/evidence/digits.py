"""Which digits an office writes on which of its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from govpub.thai.digits import with_arabic_digits

Kind = Literal["form", "memo", "report"]
Composed = TypeVar("Composed")


def in_arabic(paper: Mapping[str, Any], kind: Kind) -> bool:
    """Whether the office wants 0 to 9 on this kind of paper.

    ``paper`` are the frozen words of the form; what was frozen before there was a
    choice stays in Thai digits.
    """
    return not paper.get("thai_digits", {}).get(kind, True)


def as_written(paper: Mapping[str, Any], kind: Kind, composed: Composed) -> Composed:
    """A paper that was composed in Thai digits, as the office wants this kind of it."""
    return with_arabic_digits(composed) if in_arabic(paper, kind) else composed
