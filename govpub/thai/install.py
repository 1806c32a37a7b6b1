"""Teaches Django and Wagtail to read and write Thai, once, when the apps are ready.

The form fields go in by Wagtail's own register. Some changes are patches, because
there is no hook for them:

* ``DateFormat.o`` prints the Buddhist year while Thai is spoken, so that the Thai
  formats of ``govpub.thai.formats`` reach every ``|date`` of the admin;
* the filters of Wagtail's listings and reports, and its dialog for schedules, get the
  same date picker as its forms;
* what is searched for in the admin is repaired as what is saved was;
* the lists of the admin are in Thai order where they are alphabetical;
* comparisons of text are cut where Thai is, not between a consonant and its vowel;
* the fields for which Wagtail left the label to Django, which makes one of the field's
  English name, get labels that can be translated;
* what Wagtail's choosers say is in the language of the reader, not of the import.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.dateformat import DateFormat
from django.utils.translation import gettext_lazy as _

from wagtail.admin import compare
from wagtail.admin.forms import choosers, search
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import publishing_panel
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminTimeInput
from wagtail.fields import RichTextField

from . import fields, filters, ordering
from .diff import diff_text
from .era import shown_year, speaks_thai
from .widgets import BuddhistDateInput, BuddhistDateTimeInput

# (model field, form field, more for the form field)
FORM_FIELDS: list[tuple[type[models.Field], type[forms.Field], dict[str, Any]]] = [
    (models.DateField, fields.ThaiDateField, {"widget": BuddhistDateInput}),
    (models.DateTimeField, fields.ThaiDateTimeField, {"widget": BuddhistDateTimeInput}),
    (models.TimeField, fields.ThaiTimeField, {"widget": AdminTimeInput}),
    (models.IntegerField, fields.ThaiIntegerField, {}),
    (models.DecimalField, fields.ThaiDecimalField, {}),
    (models.FloatField, fields.ThaiFloatField, {}),
    (models.CharField, fields.ThaiCharField, {}),
    (models.TextField, fields.ThaiCharField, {"widget": AdminAutoHeightTextInput}),
    (RichTextField, fields.ThaiCharField, {}),
]

LABELS: list[tuple[type[forms.Form], str, Any]] = [
    (LoginForm, "password", _("Password")),
    (choosers.ExternalLinkChooserForm, "link_text", _("Link text")),
    (choosers.AnchorLinkChooserForm, "link_text", _("Link text")),
    (choosers.EmailLinkChooserForm, "link_text", _("Link text")),
    (choosers.EmailLinkChooserForm, "email_address", _("E-mail address")),
    (choosers.EmailLinkChooserForm, "subject", _("Subject of the e-mail")),
    (choosers.EmailLinkChooserForm, "body", _("Text of the e-mail")),
    (choosers.PhoneLinkChooserForm, "link_text", _("Link text")),
    (choosers.PhoneLinkChooserForm, "phone_number", _("Phone number")),
]

# Wagtail chooses the language of these once, when it is imported.
CHOOSER_LABELS = {
    "choose_one_text": _("Choose"),
    "choose_another_text": _("Choose another"),
    "edit_item_text": _("Edit"),
    "search_tab_label": _("Search"),
    "create_action_label": _("Create"),
}

_iso_week_year = DateFormat.o


def install() -> None:
    """Called by ``GovpubConfig.ready``; a second call changes nothing."""
    DateFormat.o = _year_as_people_count_it  # type: ignore[method-assign]
    filters.install()
    ordering.install()
    publishing_panel.AdminDateTimeInput = BuddhistDateTimeInput
    compare.diff_text = diff_text
    for form in (search.SearchForm, choosers.SearchFilterMixin):
        # Forms derived from these share the field, so it is changed, not exchanged.
        form.base_fields["q"].__class__ = fields.ThaiCharField
    for name, label in CHOOSER_LABELS.items():
        setattr(ChooserViewSet, name, label)
    for form, name, label in LABELS:
        form.base_fields[name].label = label
    for db_field, form_field, options in FORM_FIELDS:
        register_form_field_override(
            db_field,
            override={"form_class": form_field, **options},
            # An e-mail address is a CharField too, but keeps its own form field.
            exact_class=form_field is fields.ThaiCharField,
        )


def _year_as_people_count_it(self: DateFormat) -> int:
    return shown_year(int(self.Y())) if speaks_thai() else _iso_week_year(self)
