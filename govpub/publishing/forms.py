"""Forms with which decisions are made."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from govpub.publishing.checklist import CHECKS
from govpub.thai.text import is_blank

REASON_PRESETS = (
    _("It is not related to the office's mission."),
    _("The file type is not allowed."),
    _("The information is incomplete or incorrect."),
    _("It contains personal data."),
)


def compose_reasons(presets: Sequence[str], words: str) -> str:
    """The chosen usual reasons, one a line, and below them what was written.

    ``presets`` are places in ``REASON_PRESETS``; what is none is left out.
    """
    chosen = [
        str(reason)
        for place, reason in enumerate(REASON_PRESETS)
        if str(place) in presets
    ]
    if not chosen:
        return words
    return "\n".join([*chosen, words] if not is_blank(words) else chosen)


def validate_reasons(text: str) -> None:
    """Refuse reasons that nobody could read."""
    if is_blank(text):
        raise forms.ValidationError(_("Write the reasons."), code="unreadable")


class ReasonsForm(forms.Form):
    """Reasons for not allowing, or for telling back; kept exactly as written."""

    comment = forms.CharField(
        label=_("Reasons"),
        error_messages={"required": _("Write the reasons.")},
        strip=False,
        validators=[validate_reasons],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RemarkForm(forms.Form):
    """An optional remark on a decision."""

    comment = forms.CharField(
        label=_("Remark (optional)"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChecklistForm(RemarkForm):
    """The Web Master's three confirmations, all needed, and an optional remark."""

    accurate = forms.BooleanField(label=CHECKS["accurate"])
    complete = forms.BooleanField(label=CHECKS["complete"])
    current = forms.BooleanField(label=CHECKS["current"])

    field_order = [*CHECKS, "comment"]
