"""In a person's own account: the picture of the signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.account import BaseSettingsPanel

from govpub.evidence.models import SignaturePicture
from govpub.evidence.permissions import offices_read_by


class SignatureForm(forms.ModelForm):
    """Give a new picture, or take back all of one's pictures."""

    forget = forms.BooleanField(
        label=_("Delete my pictures; papers then say in words who signed"),
        required=False,
    )

    class Meta:
        model = SignaturePicture
        fields = ["file"]
        widgets = {"file": forms.FileInput}

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        self.user = instance
        kwargs["instance"] = SignaturePicture(user=instance)
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        if not SignaturePicture.objects.filter(user=instance).exists():
            del self.fields["forget"]

    def save(self, commit: bool = True) -> SignaturePicture | None:
        if self.cleaned_data.get("forget"):
            for picture in SignaturePicture.objects.filter(user=self.user):
                picture.delete()
        if self.cleaned_data.get("file"):
            return super().save(commit)
        return None


class SignaturePanel(BaseSettingsPanel):
    name = "govpub_signature"
    title = _("Picture of my signature")
    help_text = _(
        "For the office's own copies of forms that you sign after today. "
        "The public never sees it: public forms say in words who signed, and when."
    )
    order = 700
    form_class = SignatureForm

    def is_active(self) -> bool:
        return offices_read_by(self.user).exists()
