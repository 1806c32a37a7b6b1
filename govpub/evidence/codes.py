"""The code by which anybody who holds a form finds what the office says of it.

``2567-12-1-K7QW9X2M``: fiscal year, number, round, and eight characters that follow
from the frozen record. Who has not got the form cannot guess them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from wagtail.models import Site

from govpub.publishing.models import Round
from govpub.thai.digits import to_arabic_digits

# Without I, L, O and U, which people read as something else (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")
_CODE = re.compile(r"(\d{4})-(\d{1,7})-(\d{1,4})-([0-9A-Z]{8})")


@dataclass(frozen=True)
class Code:
    """A code as it was typed: which round it speaks of, and its check characters."""

    fiscal_year: int
    number: int
    round: int
    check: str


def code_of(round_: Round) -> str:
    """The code printed on the form of a round."""
    request = round_.request
    number = f"{request.fiscal_year}-{request.number}-{round_.number}"
    return f"{number}-{check_of(round_)}"


def check_of(round_: Round) -> str:
    """Eight characters (40 bits) over what was frozen when it was proposed."""
    said = [round_.pk, round_.digest, round_.form, round_.proposed_at.isoformat()]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def read_code(text: str) -> Code | None:
    """A code as people type it: small letters, Thai digits, spaces, O for 0."""
    plain = "".join(to_arabic_digits(text).upper().split())[:40]
    plain = plain.replace("\u2013", "-").translate(_MISREAD)
    match = _CODE.fullmatch(plain)
    if match is None:
        return None
    year, number, round_, check = match.groups()
    return Code(int(year), int(number), int(round_), check)


def find_round(site: Site, code: Code) -> Round | None:
    """The round of this office with exactly this code."""
    round_ = (
        Round.objects.filter(
            request__site=site,
            request__fiscal_year=code.fiscal_year,
            request__number=code.number,
            number=code.round,
        )
        .select_related("request__site")
        .first()
    )
    return round_ if round_ and check_of(round_) == code.check else None
