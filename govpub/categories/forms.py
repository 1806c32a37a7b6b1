"""The editor's form for an item: lenient with drafts, exact with proposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.models import Page, Site

from govpub.publishing import rules
from govpub.publishing.content import attached_files, file_digest
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import Appointment, OfficeSettings
from govpub.publishing.periods import rule_for
from govpub.publishing.uploads import validate_stored_file
from govpub.roles import Role
from govpub.thai.text import normalise


class PublicationPageForm(WagtailAdminPageForm):
    """Saves whatever an officer has so far; proposes only what is complete.

    A proposal is checked here so that every message stands beside its field; the
    procedure checks the same once more when the proposal is made.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"] = _kind_field(self.instance)
        self.instance.editor_parent = self.parent_page
        rule = rule_for(self.instance, self.office)
        if "publish_until" in self.fields:
            field = self.fields["publish_until"]
            field.help_text = f"{field.help_text} {rule}"
            if self.instance.pk is None and not self.initial.get("publish_until"):
                self.initial["publish_until"] = rule.end(timezone.localdate())
        if self.instance.pk is None and self.office is not None:
            unit = self._unit_of_officer(self.office)
            self.initial["unit"] = self.initial.get("unit") or unit
            self.initial["source"] = self.initial.get("source") or unit

    @cached_property
    def office(self) -> Site | None:
        """The office whose website the page is, or is to be, on."""
        parent = self.parent_page or self.instance.get_parent()
        return parent.get_site() if parent else None

    @property
    def is_proposal(self) -> bool:
        """Saving a draft, and looking at a preview, put the exact checks off."""
        return not self.is_deferred_validation

    def _unit_of_officer(self, office: Site) -> str:
        appointments = Appointment.objects.in_force().filter(
            site=office, user=self.for_user
        )
        units = appointments.exclude(unit="").values_list("unit", flat=True)
        return units.first() or OfficeSettings.for_site(office).name

    def full_clean(self) -> None:
        """As always, but what no editor sends is refused whole, not a server error."""
        try:
            super().full_clean()
        except (MultiValueDictKeyError, ValueError) as error:
            raise BadRequest("Parts of the editor's form are missing.") from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = normalise(value)
            elif isinstance(value, StreamValue):
                cleaned[name] = _normalised_stream(value)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_proposal:
            return
        draft = self._as_it_would_be()
        errors = rules.form_errors(draft, self.office)
        for field, message in errors.items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, message)
        self._check_files(draft)
        try:
            self._check_procedure()
        except ProcedureError as error:
            self.add_error(None, error)

    def _as_it_would_be(self) -> Page:
        """The draft with the attachments of this form, which are not on it yet."""
        page = self.instance
        draft = type(page).from_serializable_data(
            page.serializable_data(), check_fks=False
        )
        draft.editor_parent = self.parent_page
        draft.attachments = [row.instance for row in self._kept_attachments()]
        return draft

    def _kept_attachments(self) -> list[forms.ModelForm]:
        formset = self.formsets["attachments"]
        return [
            row
            for row in formset.forms
            if row.is_valid()
            and row not in formset.deleted_forms
            and row.cleaned_data.get("document")
        ]

    def _check_files(self, draft: Page) -> None:
        """Every file is there, and of a kind and size that may be published."""
        rows = {row.instance.document: row for row in self._kept_attachments()}
        for file in attached_files(draft):
            try:
                file_digest(file)
                validate_stored_file(file)
            except ValidationError as error:
                if file in rows:
                    rows[file].add_error("document", error)
                else:
                    self.add_error(None, error)

    def _check_procedure(self) -> None:
        """What the act itself would refuse, said before anything is saved."""
        if self.office is None:
            raise ProcedureError(_("This page is not on the website of any office."))
        rules.require_role(self.for_user, (Role.OFFICER, Role.WEBMASTER), self.office)
        request = self.instance.open_request
        if request is not None and request.status != RequestStatus.RETURNED:
            raise ProcedureError(
                _("Request %(code)s for this information is still under way.")
                % {"code": request.code}
            )


def _kind_field(page: Page) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=page._meta.get_field("kind").verbose_name,
        choices=[("", "---------"), *page.kinds.choices],
        required=False,
    )


def _normalised_stream(value: StreamValue) -> StreamValue:
    return value.stream_block.to_python(_normalised(value.get_prep_value()))


def _normalised(data: Any) -> Any:
    if isinstance(data, str):
        return normalise(data)
    if isinstance(data, dict):
        return {key: _normalised(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_normalised(item) for item in data]
    return data
