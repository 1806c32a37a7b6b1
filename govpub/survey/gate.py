"""What every answer passes before it is read: size, origin, token, flood."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from govpub.survey import tokens
from govpub.survey.models import SurveyRound
from govpub.survey.origin import Origin, origin_of
from govpub.survey.throttle import Flood, count_from, suspicions
from govpub.survey.visitors import visitor_of

LARGEST_BODY = 32 * 1024  # a thousand Thai letters take nine

UNREADABLE = (
    SuspiciousOperation,
    BadRequest,
    MultiPartParserError,
    UnreadablePostError,
)
DAY = 24 * 60 * 60


class Refused(Exception):
    """The request is not taken; ``status`` is the HTTP status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Kind:
    """A form: what its token is for, how old it may be, how fast a person can be."""

    name: str
    max_age: int
    least_seconds: int


@dataclass(frozen=True)
class Passed:
    """An answer that may be taken; with ``reasons`` it is kept apart for review."""

    visitor: str
    seconds: int
    reasons: list[str]


def posted(request: HttpRequest) -> QueryDict:
    """The fields of a form from one of our pages. Raises ``Refused``."""
    _check_size(request.META.get("CONTENT_LENGTH") or "0")
    if origin_of(request) is Origin.FOREIGN:
        raise Refused(403)
    try:
        return request.POST
    except UNREADABLE as error:
        raise Refused(400) from error


def _check_size(announced: str) -> None:
    if not announced.isdecimal():
        raise Refused(400)
    if int(announced[:9]) > LARGEST_BODY:
        raise Refused(413)


def let_through(
    request: HttpRequest, round_: SurveyRound, kind: Kind, purpose: str
) -> Passed:
    """Check the token and look for signs of abuse.

    Raises ``Refused`` for a flood and ``tokens.TokenRefused``.
    """
    fields = posted(request)
    token = fields.get("token", "")
    seconds = tokens.age_of(token, purpose, max_age=kind.max_age)
    visitor = visitor_of(request, round_)
    try:
        network = count_from(visitor.network, kind.name)
    except Flood as error:
        raise Refused(429) from error
    reasons = suspicions(
        origin=origin_of(request),
        honeypot=fields.get("website", ""),
        seconds=seconds,
        least=kind.least_seconds,
        network=network,
    )
    return Passed(visitor.key, seconds, reasons)
