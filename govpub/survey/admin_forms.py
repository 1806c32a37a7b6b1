"""The forms of the survey in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from govpub.survey.enums import CommentStatus, Respondent, RoundStatus
from govpub.survey.models import Aspect, SurveyRound
from govpub.survey.page_queries import ELSEWHERE
from govpub.survey.permissions import MANAGE, offices_of
from govpub.survey.queries import shown_rounds
from govpub.thai.dates import FiscalYear
from govpub.thai.fields import ThaiDateField
from govpub.thai.widgets import BuddhistDateInput


class OfficeForm(WagtailAdminModelForm):
    """Offers only the offices with which the person works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_of(self.for_user, MANAGE)
        self.fields["site"].queryset = offices
        if not self.instance.pk:
            self.initial.setdefault("site", offices.first())
        if "aspect" in self.fields:
            aspects = Aspect.objects.filter(site__in=offices)
            self.fields["aspect"].queryset = aspects
        if "fiscal_year" in self.fields:
            self.fields["fiscal_year"].min_value = 2400
            self.initial.setdefault("fiscal_year", FiscalYear.current().be)

    def clean_fiscal_year(self) -> int:
        year = self.cleaned_data["fiscal_year"]
        if not 2500 <= year <= 2700:
            raise ValidationError(_("Please write the year in the Buddhist Era."))
        return year


class QuestionForm(OfficeForm):
    """An aspect belongs to the same office as its question."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        aspect = cleaned.get("aspect")
        if aspect and aspect.site != cleaned.get("site"):
            self.add_error("aspect", _("This aspect belongs to another office."))
        return cleaned


class RoundForm(OfficeForm):
    """Without days of its own a round covers its period; rounds do not overlap."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "closes_on"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Empty: as the period has it.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.is_closed:
            raise ValidationError(_("A closed round stays as it is."))
        if self.errors:
            return cleaned
        self._fill_in_days(cleaned)
        others = SurveyRound.objects.filter(
            site=cleaned["site"],
            opens_on__lte=cleaned["closes_on"],
            closes_on__gte=cleaned["opens_on"],
        ).exclude(pk=self.instance.pk)
        if overlapping := others.exclude(status=RoundStatus.CLOSED).first():
            message = _("These days overlap with the round “%(round)s”.")
            raise ValidationError(message % {"round": overlapping})
        return cleaned

    @staticmethod
    def _fill_in_days(cleaned: dict[str, Any]) -> None:
        year = FiscalYear(cleaned["fiscal_year"])
        period = cleaned["period"]
        span = year.quarters()[period - 1] if period else year
        cleaned["opens_on"] = cleaned["opens_on"] or span.start
        cleaned["closes_on"] = cleaned["closes_on"] or span.end


class CommentForm(WagtailAdminModelForm):
    """What becomes of a comment; hiding one needs a reason, answering one an answer."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        status = cleaned.get("status")
        if status == CommentStatus.HIDDEN and not cleaned.get("hidden_reason"):
            self.add_error("hidden_reason", _("Please say why it is hidden."))
        if status == CommentStatus.ANSWERED and not cleaned.get("reply"):
            self.add_error("reply", _("Please write the answer."))
        return cleaned


class ReportFilter(forms.Form):
    """What a report covers; without a choice, all of the latest round."""

    round = forms.ModelChoiceField(
        label=gettext_lazy("Round"),
        queryset=SurveyRound.objects.none(),
        required=False,
        empty_label=gettext_lazy("The latest"),
    )
    respondent = forms.ChoiceField(
        label=gettext_lazy("Kind of respondent"),
        required=False,
        choices=[("", gettext_lazy("All")), *Respondent.choices],
    )
    section = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    first_day = ThaiDateField(
        label=gettext_lazy("First day"), required=False, widget=BuddhistDateInput
    )
    last_day = ThaiDateField(
        label=gettext_lazy("Last day"), required=False, widget=BuddhistDateInput
    )

    def __init__(self, site: Site, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = shown_rounds(site)  # type: ignore[attr-defined]
        pages = site.root_page.get_children().order_by("path")
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(pk), title) for pk, title in pages.values_list("pk", "title")),
            (ELSEWHERE, _("Home page and other pages")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first day."))
        return cleaned

    @property
    def narrows(self) -> bool:
        """Whether it asks for a part of the answers only."""
        return self._asks_for("respondent", "first_day", "last_day")

    @property
    def narrows_pages(self) -> bool:
        """Whether it asks for a part of the ratings of pages only."""
        return self._asks_for("first_day", "last_day")

    def _asks_for(self, *names: str) -> bool:
        return any(self.cleaned_data.get(name) for name in names)
