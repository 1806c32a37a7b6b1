from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from govpub.survey.enums import BandScheme, RoundLength


@register_setting(icon="form")
class SurveySettings(BaseSiteSetting):
    """What an office decides about its satisfaction survey.

    Whoever may change these settings of an office may also work with its survey: its
    questions, rounds, comments and reports; who may view them may read all that.
    """

    scheme = models.CharField(
        _("how a mean is read"),
        max_length=1,
        choices=BandScheme,
        default=BandScheme.A,
        help_text=_("Counts for open rounds; a closed round keeps the one it had."),
    )
    round_length = models.CharField(
        _("rounds"),
        max_length=10,
        choices=RoundLength,
        default=RoundLength.YEAR,
        help_text=_("Opened and closed by the scheduler."),
    )
    rate_pages = models.BooleanField(_("a small rating under every page"), default=True)

    class Meta:
        verbose_name = _("satisfaction survey settings")
        verbose_name_plural = _("satisfaction survey settings")
        permissions = [
            ("answer_surveysettings", "Can answer and release comments of the survey")
        ]
