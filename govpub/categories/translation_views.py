"""The way to a translation from the editor of an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from govpub.categories.models import ItemPage
from govpub.categories.translations import (
    begin_translation,
    languages_to_translate_into,
)
from govpub.publishing.permissions import signed_in


def is_item(page: Page) -> bool:
    """Whether it is information; lists know only the part that all pages have."""
    return page.pk is not None and issubclass(page.specific_class or Page, ItemPage)


def may_translate(user: User, page: Page) -> bool:
    """Whoever may write something at that place of the tree may also translate it."""
    return page.get_parent().permissions_for_user(user).can_add_subpage()


class TranslateView(WagtailAdminTemplateMixin, TemplateView):
    """Says what a translation is before it begins the draft."""

    template_name = "govpub/categories/admin/translate.html"
    page_title = _("Translate")
    header_icon = "globe"
    _show_breadcrumbs = True

    @cached_property
    def item(self) -> ItemPage:
        return get_object_or_404(ItemPage, pk=self.kwargs["pk"])

    @cached_property
    def locale(self) -> Locale:
        """The language asked for; the item's own is no translation."""
        locale = get_object_or_404(Locale, language_code=self.kwargs["language"])
        if locale.pk == self.item.locale_id:
            raise Http404
        return locale

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_translate(signed_in(request), self.item):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = begin_translation(self.item, self.locale, signed_in(request))
        text = _now("A draft to translate has been made. Propose it when it is done.")
        messages.success(request, text)
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's templates know a ``locale`` of their own.
        return super().get_context_data(item=self.item, wanted=self.locale, **kwargs)


def offer_translation(page: Page, user: User) -> Iterator[Button]:
    """A button for each language the item does not exist in."""
    if not is_item(page) or not may_translate(user, page):
        return
    for locale in languages_to_translate_into(page):
        name = locale.language_info["name_translated"]
        yield Button(
            _now("Translate into %(language)s") % {"language": name},
            reverse("govpub_translate", args=[page.pk, locale.language_code]),
            icon_name="globe",
            priority=65,
        )
