from __future__ import annotations

from wagtail import hooks

from govpub.jobs import RecurringJob
from govpub.survey.jobs import ROUNDS
from govpub.survey.panels import feedback_button
from govpub.survey.sections import item_footer, statistics_section
from govpub.survey.viewsets import SurveyGroup

hooks.register("register_govpub_statistics_section", statistics_section, order=20)
hooks.register("register_govpub_item_footer", item_footer)
hooks.register("register_page_header_buttons", feedback_button)


@hooks.register("register_govpub_job")
def survey_rounds_job() -> RecurringJob:
    return ROUNDS


@hooks.register("register_admin_viewset")
def survey_admin() -> SurveyGroup:
    return SurveyGroup()
