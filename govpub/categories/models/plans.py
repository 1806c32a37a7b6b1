from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField

from govpub.categories.downloads import DataTable, DownloadMixin
from govpub.categories.enums import Category, GeneralTopic, PlanKind
from govpub.categories.rows import ProjectBlock
from govpub.categories.spending import Line, Spending, quarter_names
from govpub.publishing.periods import LegalDate
from govpub.templatetags.charts import Chart

from .item import ItemPage


class PlanPage(DownloadMixin, ItemPage):  # type: ignore[django-manager-missing]
    """Category 1, topic 8: projects with their budget and what was spent of it."""

    category = Category.GENERAL
    topic = GeneralTopic.PLANS
    kinds = PlanKind
    kind_name = _("Kind")
    parent_page_types = ["govpub_categories.TopicPage"]
    details_template = "govpub/categories/details/plan.html"

    projects = StreamField(
        [("project", ProjectBlock())],
        verbose_name=_("plans, projects or expenses"),
        blank=True,
    )

    own_panels = ("projects",)

    class Meta:
        verbose_name = _("plan, project or budget")
        verbose_name_plural = _("plans, projects and budgets")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors()
        if self.fiscal_year is None:
            errors["fiscal_year"] = _now("Give the fiscal year.")
        if self.kind == PlanKind.BUDGET and not self.spending.has_budget:
            errors["projects"] = _now("Write at least one amount of the budget.")
        return errors

    @property
    def next_legal_date(self) -> LegalDate | None:
        """Plans and budget are those of the year under way, until its last day."""
        if self.year is None:
            return None
        words = _now("Official Information Act, section 9 (3)")
        return LegalDate(self.year.end, words)

    @cached_property
    def spending(self) -> Spending:
        """Its projects with totals and quarters."""
        return Spending.of(child.value for child in self.projects)

    @cached_property
    def shown(self) -> dict[str, bool]:
        """The columns of words in which any project says something."""
        words = ("target", "responsible", "when", "result")
        return {name: self.spending.has(name) for name in words}

    @property
    def words_columns(self) -> int:
        """How many columns of words stand before the amounts."""
        return 1 + sum(self.shown[name] for name in ("target", "responsible", "when"))

    @cached_property
    def chart(self) -> Chart | None:
        """Money spent in each quarter."""
        return self.spending.chart()

    def data_table(self) -> DataTable | None:
        if not self.projects:
            return None
        head = [
            _now("Plan, project or expense"),
            _now("For whom, how much"),
            _now("Responsible"),
            _now("When"),
            _now("Budget (baht)"),
            *quarter_names(),
            _now("Spent (baht)"),
            _now("Left (baht)"),
            _now("Spent (per cent)"),
            _now("Result"),
        ]
        return DataTable(head, [_row(line) for line in self.spending.lines])


def _row(line: Line) -> list:
    return [
        line.name,
        line.target,
        line.responsible,
        line.when,
        line.budget,
        *line.quarters,
        line.spent,
        line.left,
        line.percent,
        line.result,
    ]
