"""Date fields of the admin: shown in the reader's era, stored as ISO dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.utils import translation

from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from govpub.thai import fields
from govpub.thai.fields import ThaiDateField, ThaiDateTimeField
from govpub.thai.widgets import BuddhistDateInput, BuddhistDateTimeInput

LEAP_DAY = date(2024, 2, 29)


class Form(forms.Form):
    day = ThaiDateField(widget=BuddhistDateInput)
    at = ThaiDateTimeField(widget=BuddhistDateTimeInput, required=False)


@pytest.fixture(params=["th", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    "typed", ["2567-02-29", "๒๙/๒/๒๕๖๗", "29 ก.พ. 2567", "2024-02-29"]
)
def test_both_eras_and_digit_sets_are_accepted(language, typed):
    form = Form({"day": typed, "at": f"{typed} 14:05"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == LEAP_DAY
    assert form.cleaned_data["at"] == datetime(2024, 2, 29, 7, 5, tzinfo=UTC)


def test_an_impossible_date_is_refused_with_the_reason_and_kept_as_typed():
    with translation.override("th"):
        form = Form({"day": "2566-02-29"})
        assert form.errors["day"] == ["ไม่มีวันที่ 29 กุมภาพันธ์ ในปี พ.ศ. 2566"]
        assert 'value="2566-02-29"' in str(form["day"])


@pytest.mark.parametrize("field", ["day", "at"])
def test_nonsense_is_refused_and_kept_as_typed(language, field):
    form = Form({"day": "29/2/2567", field: "พรุ่งนี้"})
    assert list(form.errors) == [field]
    assert 'value="พรุ่งนี้"' in str(form[field])


def test_a_missing_date_is_asked_for():
    assert list(Form({"day": ""}).errors) == ["day"]


def test_an_unchanged_date_counts_as_unchanged():
    initial = {"day": LEAP_DAY, "at": datetime(2024, 2, 29, 7, 5, tzinfo=UTC)}
    with translation.override("th"):
        form = Form({"day": "29/02/2567", "at": "29/02/2567 14:05"}, initial=initial)
        assert not form.has_changed()


def test_a_date_is_shown_in_the_readers_era():
    widget = BuddhistDateInput()
    for language, shown in (("th", "29/02/2567"), ("en", "2024-02-29")):
        with translation.override(language):
            assert f'value="{shown}"' in widget.render("day", LEAP_DAY)
            # as handed on by a form that failed for another reason
            assert f'value="{shown}"' in widget.render("day", "2024-02-29")


def test_the_picker_counts_buddhist_years_and_never_rewrites_what_was_typed():
    for widget in (BuddhistDateInput(), BuddhistDateTimeInput()):
        with translation.override("th"):
            assert widget.get_config()["yearOffset"] == 543
            assert widget.get_config()["validateOnBlur"] is False
        with translation.override("en"):
            assert "yearOffset" not in widget.get_config()
            assert widget.get_config()["validateOnBlur"] is False


def test_admin_forms_have_it_without_asking():
    class UserForm(WagtailAdminModelForm):
        class Meta(WagtailAdminModelForm.Meta):
            model = get_user_model()
            fields = ["last_login"]

    field = UserForm().fields["last_login"]
    assert isinstance(field, ThaiDateTimeField)
    assert isinstance(field.widget, BuddhistDateTimeInput)


def test_filters_of_listings_and_reports_have_it_too():
    widget = DateRangePickerWidget()
    data = {"when_from": "๑/๑๐/๒๕๖๖", "when_to": "30 ก.ย. 2567"}
    assert widget.value_from_datadict(data, {}, "when") == ["2023-10-01", "2024-09-30"]


class Numbers(forms.Form):
    whole = fields.ThaiIntegerField(min_value=1)
    exact = fields.ThaiDecimalField(max_digits=5, decimal_places=2)
    rough = fields.ThaiFloatField()


def test_thai_numerals_are_numbers():
    form = Numbers({"whole": "๑๒", "exact": "๔.๕๑", "rough": "๑๓.๗๕"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "whole": 12,
        "exact": Decimal("4.51"),
        "rough": 13.75,
    }
    assert 'type="text"' in str(form["whole"])
    assert 'inputmode="decimal"' in str(form["whole"])


def test_numbers_keep_their_limits():
    form = Numbers({"whole": "๐", "exact": "๔.๕๑๒", "rough": "สิบ"})
    assert list(form.errors) == ["whole", "exact", "rough"]


def test_text_is_repaired_and_text_that_shows_nothing_is_missing():
    field = fields.ThaiCharField()
    assert field.clean("นํ้า\u200bใจ ") == "น้ำใจ"
    with pytest.raises(forms.ValidationError):
        field.clean("\u200b\u3164")


def test_admin_forms_read_numbers_and_text_and_leave_the_rest_alone():
    class SiteForm(WagtailAdminModelForm):
        class Meta(WagtailAdminModelForm.Meta):
            model = Site
            fields = ["site_name", "port"]

    class UserForm(WagtailAdminModelForm):
        class Meta(WagtailAdminModelForm.Meta):
            model = get_user_model()
            fields = ["email", "first_name"]

    assert type(SiteForm().fields["site_name"]) is fields.ThaiCharField
    assert type(SiteForm().fields["port"]) is fields.ThaiIntegerField
    assert type(UserForm().fields["email"]) is forms.EmailField
