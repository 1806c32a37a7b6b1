"""The inbox of comments: list, spreadsheet, and what becomes of each."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from govpub.survey.admin_forms import CommentForm
from govpub.survey.models import Comment, PageRating, SurveyRound
from govpub.survey.models.comment import about
from govpub.survey.office_views import EditView, IndexView, OfficeViewSet
from govpub.survey.permissions import ANSWER, READ, offices_of
from govpub.survey.reports import comments_table, download
from govpub.thai.spreadsheet import write_csv, write_xlsx


def _rounds_of(request: HttpRequest | None) -> QuerySet[SurveyRound]:
    rounds = SurveyRound.objects.all()
    if request is None:
        return rounds.none()
    return rounds.filter(site__in=offices_of(request.user, READ | ANSWER))


class CommentFilterSet(WagtailFilterSet):
    """By what became of them, and by the rounds of the person's own offices."""

    round = ModelChoiceFilter(label=_("Round"), queryset=_rounds_of)

    class Meta:
        model = Comment
        fields = ["status", "round"]


class CommentIndexView(IndexView):
    """The list, newest first; also as a spreadsheet of what the filters leave."""

    list_export = ("text",)  # switches the buttons on; the columns are our own

    def get_base_queryset(self) -> QuerySet[Model]:
        found = super().get_base_queryset()
        return found.select_related("round", "rating__page", "response", "handled_by")

    def as_spreadsheet(
        self, queryset: QuerySet[Comment], spreadsheet_format: str
    ) -> HttpResponse:
        table = comments_table(queryset)
        if spreadsheet_format == self.FORMAT_CSV:
            return download(write_csv(table).encode(), "survey-comments.csv")
        sheets = {str(_("Comments")): table}
        return download(write_xlsx(sheets), "survey-comments.xlsx")


class CommentEditView(EditView):
    """Keeps who dealt with a comment, and when."""

    def save_instance(self) -> Comment:
        comment = self.form.instance
        comment.handled_by = self.request.user
        comment.handled_at = timezone.now()
        return super().save_instance()


def _standing(comment: Comment) -> str:
    """The status, and whether the answer it came with is kept apart."""
    status = comment.get_status_display()
    apart = gettext("kept apart")
    return f"{status}, {apart}" if comment.kept_apart else status


class AboutPanel(FieldPanel):
    """The page whose rating a comment came with, or else the whole website."""

    def format_value_for_display(self, value: PageRating | None) -> str:
        return about(value)


class CommentViewSet(OfficeViewSet):
    """The inbox of comments."""

    model = Comment
    icon = "comment"
    menu_label = _("Comments")
    index_view_class = CommentIndexView
    edit_view_class = CommentEditView
    list_display = [
        "__str__",
        Column("status", label=_("Status"), accessor=_standing, sort_key="status"),
        Column("about", label=_("About")),
        "written_at",
    ]
    filterset_class = CommentFilterSet
    list_per_page = 50
    inspect_view_fields = [
        "text",
        "about",
        "written_at",
        "status",
        "reply",
        "hidden_reason",
    ]
    search_fields = ["text", "reply"]
    edit_handler = ObjectList(
        [
            FieldPanel("text", read_only=True),
            AboutPanel("rating", heading=_("About"), read_only=True),
            FieldPanel("written_at", read_only=True),
            FieldPanel("status"),
            FieldPanel("reply"),
            FieldPanel("hidden_reason"),
        ],
        base_form_class=CommentForm,
    )
