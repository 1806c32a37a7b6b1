from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveyConfig(AppConfig):
    name = "govpub.survey"
    label = "govpub_survey"
    verbose_name = _("Satisfaction survey")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from govpub.survey.models import Aspect, Comment, Question, SurveyRound
        from govpub.survey.permissions import ANSWER, MANAGE, READ, DeskPolicy

        editable = {"view": READ, "add": MANAGE, "change": MANAGE}
        # A comment may hold personal data, so it can be deleted for good.
        inbox = {"view": READ | ANSWER, "change": ANSWER, "delete": MANAGE}
        for model, office, actions in (
            (Aspect, "site", editable),
            (Question, "site", editable),
            (SurveyRound, "site", editable),
            (Comment, "round__site", inbox),
        ):
            register_permission_policy(model, DeskPolicy(model, office, actions))
