"""The survey in the admin's menu: its screens and the tables of its questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup

from govpub.survey.admin_forms import OfficeForm, QuestionForm, RoundForm
from govpub.survey.held_views import HeldViewSet
from govpub.survey.inbox import CommentViewSet
from govpub.survey.models import Aspect, Question, SurveyRound
from govpub.survey.office_views import OfficeViewSet
from govpub.survey.report_views import ReportViewSet


class AspectViewSet(OfficeViewSet):
    """The groups of questions."""

    model = Aspect
    icon = "list-ul"
    menu_label = _("Aspects")
    list_display = ["__str__", "position"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("site", "name", "name_en", "position")],
        base_form_class=OfficeForm,
    )


class QuestionViewSet(OfficeViewSet):
    """The questions of each fiscal year."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        "text",
        Column("fiscal_year", label=_("Year"), sort_key="fiscal_year"),
        "aspect",
        "position",
        BooleanColumn("active", label=pgettext_lazy("survey question", "asked")),
    ]
    list_filter = ["fiscal_year", "active"]
    search_fields = ["text", "text_en", "code"]
    inspect_view_fields_exclude = ["id", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "site",
                "fiscal_year",
                "aspect",
                "text",
                "text_en",
                "code",
                "position",
                "active",
            )
        ],
        base_form_class=QuestionForm,
    )


class RoundViewSet(OfficeViewSet):
    """The rounds; the scheduler opens and closes them."""

    model = SurveyRound
    icon = "date"
    menu_label = _("Rounds")
    list_display = ["__str__", "status", "opens_on", "closes_on"]
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in ("site", "fiscal_year", "period", "opens_on", "closes_on")
        ],
        base_form_class=RoundForm,
    )


class SurveyGroup(ViewSetGroup):
    """The survey in the admin's menu."""

    menu_label = _("Satisfaction")
    menu_icon = "form"
    menu_order = 160
    items = (
        ReportViewSet("govpub_survey_report"),
        CommentViewSet("govpub_survey_comments"),
        HeldViewSet("govpub_survey_held"),
        QuestionViewSet("govpub_survey_questions"),
        AspectViewSet("govpub_survey_aspects"),
        RoundViewSet("govpub_survey_rounds"),
    )
