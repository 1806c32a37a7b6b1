from __future__ import annotations

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.survey.enums import AnswerStatus, Level
from govpub.survey.models.round import SurveyRound

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")
LONGEST_ADDRESS = 200


def _address() -> models.CharField:
    return models.CharField(
        _("address"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Of a page of the program, such as the search; else empty."),
    )


def _one_address(name: str, *fields: str, **more: str) -> models.UniqueConstraint:
    """One row for each page of the program; pages of Wagtail have no address."""
    return models.UniqueConstraint(
        fields=["round", "address", *fields],
        condition=~models.Q(address="") & models.Q(**more),
        name=name,
    )


class PageRating(models.Model):
    """What one visitor said of one page in one round; a later word replaces it."""

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.PROTECT,
        related_name="page_ratings",
        verbose_name=_("round"),
    )
    page = models.ForeignKey(
        PAGE,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    address = _address()
    title = models.CharField(_("title of the page"), max_length=255, blank=True)
    visitor = models.CharField(_("visitor"), max_length=64, editable=False)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=AnswerStatus,
        default=AnswerStatus.COUNTED,
    )
    reasons = models.JSONField(_("why it was kept apart"), default=list, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True)
    helpful = models.BooleanField(_("found it useful"), null=True)
    first_at = models.DateTimeField(_("first answered"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("page rating")
        verbose_name_plural = _("page ratings")
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "page", "visitor"],
                condition=models.Q(status=AnswerStatus.COUNTED),
                name="govpub_survey_one_page_counted",
            ),
            models.UniqueConstraint(
                fields=["round", "page", "visitor"],
                condition=models.Q(status=AnswerStatus.HELD),
                name="govpub_survey_one_page_held",
            ),
            _one_address(
                "govpub_survey_one_place_counted",
                "visitor",
                status=AnswerStatus.COUNTED,
            ),
            _one_address(
                "govpub_survey_one_place_held", "visitor", status=AnswerStatus.HELD
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__range=(1, 5)),
                name="govpub_survey_page_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.level}"


class PageTally(models.Model):
    """Frequencies of the counted ratings of one page in one round."""

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.CASCADE,
        related_name="page_tallies",
        verbose_name=_("round"),
    )
    page = models.ForeignKey(
        PAGE,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    address = _address()
    page_title = models.CharField(_("title of the page"), max_length=255)
    level_1 = models.PositiveIntegerField(Level.LOWEST.label, default=0)
    level_2 = models.PositiveIntegerField(Level.LOW.label, default=0)
    level_3 = models.PositiveIntegerField(Level.MODERATE.label, default=0)
    level_4 = models.PositiveIntegerField(Level.HIGH.label, default=0)
    level_5 = models.PositiveIntegerField(Level.HIGHEST.label, default=0)
    useful = models.PositiveIntegerField(_("found it useful"), default=0)
    not_useful = models.PositiveIntegerField(_("did not find it useful"), default=0)

    class Meta:
        verbose_name = _("page tally")
        verbose_name_plural = _("page tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "page"], name="govpub_survey_one_page_tally"
            ),
            _one_address("govpub_survey_one_place_tally"),
        ]

    def __str__(self) -> str:
        return self.page_title

    @property
    def counts(self) -> dict[int, int]:
        """Ratings per level, best first."""
        return {level: getattr(self, f"level_{level}") for level in (5, 4, 3, 2, 1)}
