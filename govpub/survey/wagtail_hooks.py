from __future__ import annotations

from wagtail import hooks

from govpub.editor import add_side_panel
from govpub.jobs import RecurringJob
from govpub.survey.evidence import satisfaction
from govpub.survey.group_forms import AnswerersForm, ReadersForm
from govpub.survey.jobs import ROUNDS
from govpub.survey.panels import SatisfactionPanel
from govpub.survey.sections import page_foot, statistics_section
from govpub.survey.viewsets import SurveyGroup

hooks.register("register_govpub_evidence", satisfaction, order=20)
hooks.register("register_govpub_statistics_section", statistics_section, order=20)
hooks.register("register_govpub_page_foot", page_foot)
hooks.register("register_group_permission_panel", lambda: ReadersForm)
hooks.register("register_group_permission_panel", lambda: AnswerersForm)
add_side_panel(SatisfactionPanel)


@hooks.register("register_govpub_job")
def survey_rounds_job() -> RecurringJob:
    return ROUNDS


@hooks.register("register_admin_viewset")
def survey_admin() -> SurveyGroup:
    return SurveyGroup()
