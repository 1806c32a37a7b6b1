"""The fixed vocabularies of the survey; codes are stored, labels are shown."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """The five levels of a Thai satisfaction scale, best first."""

    HIGHEST = 5, pgettext_lazy("satisfaction", "Highest")
    HIGH = 4, pgettext_lazy("satisfaction", "High")
    MODERATE = 3, pgettext_lazy("satisfaction", "Moderate")
    LOW = 2, pgettext_lazy("satisfaction", "Low")
    LOWEST = 1, pgettext_lazy("satisfaction", "Lowest")


class BandScheme(models.TextChoices):
    """How a mean is read as a level; offices use one or the other."""

    A = "A", _("A: 4.51 / 3.51 / 2.51 / 1.51")
    B = "B", _("B: equal widths of 0.80 (4.21 / 3.41 / 2.61 / 1.81)")


class Period(models.IntegerChoices):
    """What a round covers: a whole fiscal year or one quarter of it."""

    YEAR = 0, _("Whole fiscal year")
    Q1 = 1, _("Quarter 1 (October to December)")
    Q2 = 2, _("Quarter 2 (January to March)")
    Q3 = 3, _("Quarter 3 (April to June)")
    Q4 = 4, _("Quarter 4 (July to September)")


class RoundLength(models.TextChoices):
    """How long the rounds are that the scheduler makes for an office."""

    YEAR = "year", _("One round each fiscal year")
    QUARTER = "quarter", _("One round each quarter")


class RoundStatus(models.TextChoices):
    """A round is planned, then open, then closed for good."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Taking answers")
    CLOSED = "closed", _("Closed, results frozen")


class Respondent(models.TextChoices):
    """Who says so, if they wish to say."""

    PUBLIC = "public", _("Member of the public")
    CLIENT = "client", _("Person who uses the office's services")
    OFFICIAL = "official", _("Government official")
    BUSINESS = "business", _("Private sector")
    STUDENT = "student", _("Student")
    OTHER = "other", _("Other")


class AnswerStatus(models.TextChoices):
    """Only counted answers are in the results; none is thrown away."""

    COUNTED = "counted", _("Counted")
    HELD = "held", _("Kept apart for review")
    SET_ASIDE = "set_aside", _("Reviewed and left out")

    @classmethod
    def of(cls, reasons: Collection[str]) -> AnswerStatus:
        """Where an answer with these reasons for suspicion goes."""
        return cls.HELD if reasons else cls.COUNTED


class Suspicion(models.TextChoices):
    """Why an answer was kept apart."""

    HONEYPOT = "honeypot", _("The field that people cannot see was filled in")
    TOO_FAST = "too_fast", _("Sent faster than a person can answer")
    BUSY_NETWORK = "busy_network", _("Many answers from one network in a short time")
    NO_ORIGIN = "no_origin", _("The browser did not say which page it came from")


class CommentStatus(models.TextChoices):
    """Where a comment stands; the public sees released ones only."""

    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered, not public")
    RELEASED = "released", _("Released to the public")
    HIDDEN = "hidden", _("Hidden")
