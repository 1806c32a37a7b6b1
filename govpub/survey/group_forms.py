"""The permissions of the survey in the form of a group, besides that to change it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.settings.forms import SitePermissionForm

from govpub.survey.models import SurveySettings


class SurveyPermissionForm(SitePermissionForm):
    """The offices for which a group has one permission on the survey."""

    settings_model = SurveySettings
    icon = "form"
    codename: ClassVar[str]
    heading: ClassVar[Promise]

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = kwargs.get("prefix") or f"govpub_survey_{self.codename}"
        super().__init__(*args, instance=instance, **kwargs)
        # Wagtail's form is about changing; this one is about something else.
        self.permission = Permission.objects.get(
            content_type__app_label="govpub_survey", codename=self.codename
        )
        if instance and instance.pk is not None:
            given = self.get_existing_permissions().select_related("site")
            self.initial["sites"] = [found.site for found in given]

    def as_admin_panel(self) -> str:
        return render_to_string(
            self.template_name,
            {
                "heading": self.heading,
                "form": self,
                "panel_id": f"govpub-survey-{self.codename}",
            },
        )


class ReadersForm(SurveyPermissionForm):
    codename = "view_surveysettings"
    heading = _("Reading the satisfaction survey")


class AnswerersForm(SurveyPermissionForm):
    codename = "answer_surveysettings"
    heading = _("Answering and releasing comments of the survey")
