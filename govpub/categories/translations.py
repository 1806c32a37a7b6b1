"""The same information in another language: a page of its own, with its own approval.

It stands beside its original in the tree of the office and is its translation in
Wagtail's sense: another locale, the same translation key.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from wagtail.models import Locale, Page

from govpub.categories.models import ItemPage


def ensure_languages() -> int:
    """A locale for each language the site speaks; returns how many were made now."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sum(Locale.objects.get_or_create(language_code=code)[1] for code in codes)


def languages_to_translate_into(page: Page) -> list[Locale]:
    """Those that the information does not exist in yet, not even as a draft."""
    present = ItemPage.objects.filter(translation_key=page.translation_key)
    return list(Locale.objects.exclude(pk__in=present.values("locale")))


@transaction.atomic
def begin_translation(page: ItemPage, locale: Locale, by: User) -> ItemPage:
    """A draft to translate, beside the original and with all that it says.

    It is proposed and approved like any other information. Gives the page that is
    there already, if there is one.
    """
    others = ItemPage.objects.filter(translation_key=page.translation_key)
    if present := others.filter(locale=locale).first():
        return present
    return page.specific.copy(
        to=page.get_parent(),
        update_attrs={"locale": locale, "slug": f"{page.slug}-{locale.language_code}"},
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=by,
        log_action="wagtail.copy_for_translation",
    )
