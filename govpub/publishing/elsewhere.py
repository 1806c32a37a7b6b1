"""The screen on which the Web Master notes where else an item was posted."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing import procedure
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import appointed_as, signed_in
from govpub.publishing.views.request_form import RequestFormView
from govpub.roles import Role
from govpub.thai.fields import ThaiCharField, ThaiDateField
from govpub.thai.widgets import BuddhistDateInput


class PostedElsewhereForm(forms.Form):
    """Place, address and day."""

    place = ThaiCharField(
        label=_("Where it was posted"),
        max_length=255,
        help_text=_("For example the ministry's anti-corruption centre."),
    )
    link = forms.URLField(
        label=_("Link"), required=False, max_length=500, assume_scheme="https"
    )
    on = ThaiDateField(
        label=_("Date"), initial=timezone.localdate, widget=BuddhistDateInput
    )


class PostedElsewhereView(RequestFormView):
    """Asks for place, link and date, and records them as an act of the request."""

    form_class = PostedElsewhereForm
    page_title = _("Also posted elsewhere")
    done = _("Recorded where else it was posted.")
    submit = _("Record")

    def act(self, form: forms.BaseForm) -> None:
        procedure.record_posted_elsewhere(
            self.publication_request,
            by=signed_in(self.request),
            **form.cleaned_data,
        )


def offer_elsewhere(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    """The button on the review page, for the Web Master of what is public."""
    posted = request.status in {RequestStatus.SCHEDULED, RequestStatus.PUBLISHED}
    if not posted or not appointed_as(user, Role.WEBMASTER, request.site):
        return []
    address = reverse("govpub_publishing:elsewhere", args=[request.pk])
    return [{"url": address, "label": str(_("Also posted elsewhere"))}]
