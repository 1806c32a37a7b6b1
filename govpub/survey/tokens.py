"""Signed, timed tokens: which form this is and when it was handed out.

A token is not secret and not for one use: the page around it may be cached and shown to
many. What keeps a replay harmless is that a visitor counts once.
"""

from __future__ import annotations

import time

from django.core import signing

SALT = "govpub.survey.form"
MAX_LENGTH = 1000  # a long Thai title is in it


class TokenRefused(Exception):
    """The token was made up, changed, or handed out for another form."""


class TokenExpired(TokenRefused):
    """The token is ours, but it is too old."""


def issue(purpose: str) -> str:
    """A token for one purpose, such as ``"round:7"``, handed out now."""
    return signing.dumps([purpose, int(time.time())], salt=SALT, compress=True)


def age_of(token: str, purpose: str, *, max_age: int) -> int:
    """Seconds since the token was handed out; raises ``TokenRefused``."""
    found, handed_out = read(token)
    if found != purpose:
        raise TokenRefused(purpose)
    age = int(time.time()) - handed_out
    if age > max_age:
        raise TokenExpired(purpose)
    return age


def read(token: str) -> tuple[str, int]:
    """Purpose and time of a token of ours, however old; raises ``TokenRefused``."""
    if len(token) > MAX_LENGTH:
        raise TokenRefused("too long")
    try:
        purpose, handed_out = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise TokenRefused("not ours") from error
    return str(purpose), int(handed_out)
