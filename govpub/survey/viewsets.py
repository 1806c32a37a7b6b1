"""The tables of the survey in the admin, each kept to the person's own offices."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from govpub.survey.admin_forms import CommentForm, OfficeForm, QuestionForm, RoundForm
from govpub.survey.held_views import HeldViewSet
from govpub.survey.models import Aspect, Comment, Question, SurveyRound
from govpub.survey.report_views import ReportViewSet


class OwnRecordsMixin:
    """A list of the records of the person's offices."""

    def get_base_queryset(self) -> QuerySet[Model]:
        return self.permission_policy.instances_user_has_permission_for(  # type: ignore[attr-defined]
            self.request.user,  # type: ignore[attr-defined]
            "view",
        )


class OwnRecordMixin:
    """One record, 404 unless it belongs to one of the person's offices."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.user_has_permission_for_instance("view", found):  # type: ignore[attr-defined]
            raise Http404
        return found


class IndexView(OwnRecordsMixin, generic.IndexView):
    pass


class EditView(OwnRecordMixin, generic.EditView):
    pass


class DeleteView(OwnRecordMixin, generic.DeleteView):
    pass


class HistoryView(OwnRecordMixin, history.HistoryView):
    pass


class UsageView(OwnRecordMixin, usage.UsageView):
    pass


class OfficeViewSet(ModelViewSet):
    """A table of one office."""

    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView
    copy_view_enabled = False
    add_to_reference_index = False


class AspectViewSet(OfficeViewSet):
    """The groups of questions."""

    model = Aspect
    icon = "list-ul"
    menu_label = _("Aspects")
    list_display = ["name", "name_en", "position"]
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
        "fiscal_year",
        "aspect",
        "position",
        BooleanColumn("active"),
    ]
    list_filter = ["fiscal_year", "active"]
    search_fields = ["text", "text_en", "code"]
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


class PagePanel(FieldPanel):
    """The page a comment is about; a comment on the whole website has none."""

    def format_value_for_display(self, value: Model | None) -> str:
        return str(value) if value else "–"


class CommentEditView(EditView):
    """Keeps who dealt with a comment, and when."""

    def save_instance(self) -> Comment:
        comment = self.form.instance
        comment.handled_by = self.request.user
        comment.handled_at = timezone.now()
        return super().save_instance()


class CommentViewSet(OfficeViewSet):
    """The inbox of comments."""

    model = Comment
    icon = "comment"
    menu_label = _("Comments")
    edit_view_class = CommentEditView
    list_display = [
        "__str__",
        "status",
        "page",
        BooleanColumn("kept_apart", label=_("Kept apart")),
        "written_at",
    ]
    list_filter = ["status"]
    search_fields = ["text", "reply"]
    edit_handler = ObjectList(
        [
            FieldPanel("text", read_only=True),
            PagePanel("page", read_only=True),
            FieldPanel("written_at", read_only=True),
            FieldPanel("status"),
            FieldPanel("reply"),
            FieldPanel("hidden_reason"),
        ],
        base_form_class=CommentForm,
    )


class SurveyGroup(ViewSetGroup):
    """The survey in the admin's menu."""

    menu_label = _("Satisfaction survey")
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
