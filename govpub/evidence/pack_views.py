"""Asking for a pack in the admin, watching it grow, taking it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.evidence.models import EvidencePack, PackState
from govpub.evidence.permissions import office_read_in, offices_read_by
from govpub.publishing.permissions import signed_in
from govpub.thai.dates import FiscalYear
from govpub.thai.fields import ThaiIntegerField


class PackForm(forms.ModelForm):
    """Which year, which quarter, with or without the files."""

    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All year")), (1, "1"), (2, "2"), (3, "3"), (4, "4")],
    )

    class Meta:
        model = EvidencePack
        fields = ["fiscal_year", "quarter", "attachments"]
        field_classes = {"fiscal_year": ThaiIntegerField}

    def clean_fiscal_year(self) -> int:
        year = self.cleaned_data["fiscal_year"]
        if not 2500 <= year <= 2700:
            text = _("Give the fiscal year in the Buddhist Era, e.g. 2567.")
            raise forms.ValidationError(text)
        return year


class PacksView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "govpub/evidence/admin/packs.html"
    page_title = _("Evidence packs")
    header_icon = "download"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        packs = list(EvidencePack.objects.filter(site=office_read_in(self.request))[:9])
        initial = {"fiscal_year": FiscalYear.current().be}
        return super().get_context_data(
            packs=packs,
            under_way=any(pack.is_under_way for pack in packs),
            **{"form": PackForm(initial=initial), **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PackForm(request.POST)
        if not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=422)
        pack = form.save(commit=False)
        pack.site, pack.asked_by = office_read_in(request), signed_in(request)
        pack.save()
        return redirect("govpub_evidence_admin:packs")


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The finished pack, for people of its office."""
    mine = EvidencePack.objects.filter(site__in=offices_read_by(signed_in(request)))
    pack = get_object_or_404(mine, pk=pk, state=PackState.READY)
    try:
        stream = pack.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(stream, as_attachment=True, filename=pack.name)
