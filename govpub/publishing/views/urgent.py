"""The two screens of an urgent case: what was said, and its confirmation in writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govpub.publishing import urgent
from govpub.publishing.enums import RequestStatus, Step
from govpub.publishing.models import Appointment, PublicationRequest, Round
from govpub.publishing.permissions import may_confirm, may_record_verbally, signed_in
from govpub.publishing.review_notices import ReviewNotice
from govpub.publishing.views.request_form import RequestFormView
from govpub.roles import Role
from govpub.thai.dates import thai_datetime
from govpub.thai.fields import ThaiDateTimeField
from govpub.thai.widgets import BuddhistDateTimeInput


class PermitVerballyForm(forms.Form):
    """Who gave the permission, when, and why it could not wait."""

    given_by = forms.ModelChoiceField(
        label=_("Permission given by"), queryset=Appointment.objects.none()
    )
    given_at = ThaiDateTimeField(
        label=_("Date and time of the permission"),
        initial=timezone.now,
        widget=BuddhistDateTimeInput,
    )
    words = forms.CharField(
        label=_("Why it could not wait"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class PermitVerballyView(RequestFormView):
    form_class = PermitVerballyForm
    page_title = _("Record verbal permission")
    done = _("Recorded. The head has been asked to confirm it in writing.")
    submit = _("Record verbal permission")

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form = super().get_form(form_class)
        heads = Appointment.objects.in_force().filter(
            site=self.publication_request.site, role=Role.HEAD
        )
        form.fields["given_by"].queryset = heads.select_related("user")
        form.fields["given_by"].label_from_instance = _name_and_position
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.publication_request.current_round.digest}

    def act(self, form: forms.BaseForm) -> None:
        answers = dict(form.cleaned_data)
        answers["words"] = answers["words"].replace("\r\n", "\n")
        urgent.permit_verbally(
            self.publication_request, by=signed_in(self.request), **answers
        )


def _name_and_position(head: Appointment) -> str:
    name = head.user.get_full_name() or head.user.get_username()
    return f"{name} ({head.position})"


class ConfirmForm(forms.Form):
    words = forms.CharField(
        label=_("Reasons or remarks"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class ConfirmView(RequestFormView):
    form_class = ConfirmForm
    template_name = "govpub/publishing/admin/confirm.html"
    page_title = _("Confirm verbal permission")
    submit = ""

    @property
    def done(self) -> Any:
        if self.request.POST.get("act") == "refuse":
            return _("Not confirmed: it is no longer on the website.")
        return _("Confirmed in writing.")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.publication_request.current_round.digest}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        permission = self.publication_request.act_of(Step.VERBAL)
        given_at = permission and datetime.fromisoformat(permission.details["given_at"])
        return super().get_context_data(
            permission=permission, given_at=given_at, **kwargs
        )

    def act(self, form: forms.BaseForm) -> None:
        request, by = self.publication_request, signed_in(self.request)
        words = form.cleaned_data["words"].replace("\r\n", "\n")
        if self.request.POST.get("act") == "refuse":
            urgent.refuse_confirmation(request, by=by, words=words)
        else:
            urgent.confirm(request, by=by, words=words, seen=form.cleaned_data["seen"])


def offer_urgent(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    """The buttons on the review page, for those whose turn it is."""
    offered = []
    if may_record_verbally(user, request):
        address = reverse("govpub_publishing:verbal", args=[request.pk])
        offered.append({"url": address, "label": gettext("Record verbal permission")})
    if may_confirm(user, request):
        address = reverse("govpub_publishing:confirm", args=[request.pk])
        offered.append({"url": address, "label": gettext("Confirm verbal permission")})
    return offered


def flag_unconfirmed(
    user: User, rounds: Sequence[Round]
) -> dict[int, list[ReviewNotice]]:
    """Above every decision: that it was allowed by word of mouth only, so far."""
    flagged = {}
    for round_ in rounds:
        request = round_.request
        if request.confirm_by is None or request.status == RequestStatus.ENDED:
            continue
        title = gettext("Allowed verbally; to be confirmed in writing by %(at)s.") % {
            "at": thai_datetime(request.confirm_by)
        }
        flagged[round_.pk] = [ReviewNotice(title, serious=True)]
    return flagged
