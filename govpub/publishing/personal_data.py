"""Finds what looks like personal data in a text: for the officer, and for the head.

Patterns find what has a form: national identification numbers (with their check
digit), telephone and bank account numbers, e-mail addresses. Names and health data
have none; reading what one publishes stays a duty.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.thai.digits import to_arabic_digits


class PersonalData(models.TextChoices):
    """What kind of personal data it looks like."""

    NATIONAL_ID = "national_id", _("national identification number")
    PHONE = "phone", _("telephone number")
    BANK_ACCOUNT = "bank_account", _("bank account number")
    EMAIL = "email", _("e-mail address")


@dataclass(frozen=True)
class Finding:
    """One place that looks like personal data; ``masked`` shows only its ends."""

    kind: PersonalData
    masked: str
    # Title of the attachment it was found in; empty for the page itself.
    file: str = ""


# A number is not part of a longer one, nor of a decimal or a date.
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[.,/-])", r"(?![\d/]|[.,-]\d)"
_GAP = r"[ -]?"
_NATIONAL_ID = re.compile(
    _BEFORE + rf"\d{_GAP}\d{{4}}{_GAP}\d{{5}}{_GAP}\d{{2}}{_GAP}\d" + _AFTER
)
_BANK_ACCOUNT = re.compile(_BEFORE + r"\d{3}[ -]\d[ -]\d{5}[ -]\d" + _AFTER)
_PHONE = re.compile(
    _BEFORE
    + r"(?:\+66[ -]?|0)(?:"
    + r"[689]\d[ -]?\d{3}[ -]?\d{4}"  # mobile
    + r"|2[ -]?\d{3}[ -]?\d{4}"  # Bangkok and around it
    + r"|[3-57]\d[ -]?\d{3}[ -]?\d{3}"  # other provinces
    + ")"
    + _AFTER
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PATTERNS = (
    (PersonalData.NATIONAL_ID, _NATIONAL_ID),
    (PersonalData.BANK_ACCOUNT, _BANK_ACCOUNT),
    (PersonalData.PHONE, _PHONE),
    (PersonalData.EMAIL, _EMAIL),
)


def find(text: str, known: Collection[str] = (), file: str = "") -> list[Finding]:
    """What looks like personal data in ``text``, each once, in its order.

    ``known`` are the office's own telephone numbers and addresses, which it publishes
    by duty.
    """
    own = {_bare(value) for value in known if value}
    found: dict[tuple[PersonalData, str], Finding] = {}
    for kind, match in _matches(to_arabic_digits(text)):
        if _bare(match) not in own:
            found.setdefault((kind, _bare(match)), Finding(kind, mask(match), file))
    return list(found.values())


def _matches(text: str) -> Iterator[tuple[PersonalData, str]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind != PersonalData.NATIONAL_ID or is_national_id(match.group()):
                yield kind, match.group()


def is_national_id(number: str) -> bool:
    """Whether thirteen digits carry the check digit of a national identification."""
    digits = [int(char) for char in number if char.isdigit()]
    if len(digits) != 13:
        return False
    total = sum(digit * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == digits[12]


def _bare(value: str) -> str:
    """Digits of a number, or an address in small letters: to compare with."""
    if "@" in value:
        return value.strip().lower()
    digits = re.sub(r"\D", "", to_arabic_digits(value))
    return "0" + digits[2:] if digits.startswith("66") and len(digits) > 9 else digits


def mask(value: str) -> str:
    """Its two first and two last characters; the rest would be one more leak."""
    return f"{value[:2]}{'•' * (len(value) - 4)}{value[-2:]}"
