from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from govpub.editor import add_side_panel

from .collector import record_search
from .evidence import usage
from .panels import PageNumbersPanel, add_dashboard_panel
from .permissions import ReadersForm, may_read, view_permission
from .reports import StatisticsReportView
from .rollup import drain_job, tidy_job
from .sections import footer_block, statistics_section
from .served import mark_page
from .subject_view import SubjectView

# Last, so that it runs only when nothing else refused to serve the page.
hooks.register("on_serve_page", mark_page, order=1000)
hooks.register("register_govpub_search_listener", record_search)
hooks.register("register_govpub_job", drain_job)
hooks.register("register_govpub_job", tidy_job)
hooks.register("register_govpub_statistics_section", statistics_section, order=10)
hooks.register("register_govpub_evidence", usage, order=10)
hooks.register("register_govpub_footer_block", footer_block)
hooks.register("register_permissions", view_permission)
hooks.register("register_group_permission_panel", lambda: ReadersForm)
hooks.register("construct_homepage_panels", add_dashboard_panel)
add_side_panel(PageNumbersPanel)


class StatisticsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def statistics_menu_item() -> MenuItem:
    return StatisticsMenuItem(
        _("Visitor statistics"),
        reverse("govpub_statistics_report"),
        name="govpub-statistics",
        icon_name="view",
        order=100,
    )


@hooks.register("register_admin_urls")
def statistics_report_urls() -> list[URLPattern]:
    report = StatisticsReportView
    return [
        path("reports/statistics/", report.as_view(), name="govpub_statistics_report"),
        path(
            "reports/statistics/results/",
            report.as_view(results_only=True),
            name="govpub_statistics_report_results",
        ),
        path(
            "reports/statistics/<int:pk>/",
            SubjectView.as_view(),
            name="govpub_statistics_subject",
        ),
    ]
