"""What a machine can see of an item before a person verifies it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from govpub.publishing.content import attached_files
from govpub.publishing.models import PublicationMixin
from govpub.thai.dates import thai_date
from govpub.upkeep.models import VerificationCall

OLD = timedelta(days=2 * 365)
LINK_TO_NOTHING = gettext_noop("A link leads to a page that is not there any more.")
LINK_TO_HIDDEN = gettext_noop(
    "A link leads to “%(title)s”, which is not on the website."
)


def findings(page: Any) -> list[str]:
    """Sentences for the person who verifies; none means that nothing was found.

    Apps add theirs by the hook ``register_govpub_findings``: ``(page) -> sentences``.
    """
    return [
        *_missing_files(page),
        *_pictures_without_words(page),
        *_broken_links(page),
        *(strip_tags(str(text)) for text in page.own_form_errors().values()),
        *_age(page),
        *_asked_for(page),
        *_of_other_apps(page),
    ]


def _missing_files(page: Any) -> list[str]:
    return [
        _("The file “%(title)s” is missing.") % {"title": file.title}
        for file in attached_files(page)
        if not file.file.storage.exists(file.file.name)
    ]


def _pictures_without_words(page: Any) -> list[str]:
    """Pictures in the text that say nothing to people who cannot see them."""
    blocks = getattr(getattr(page, "body", None), "raw_data", ())
    return [
        _("A picture in the text has no description.")
        for block in blocks
        if isinstance(value := block.get("value"), dict)
        and value.get("image")
        and not value.get("alternative")
    ]


def _broken_links(page: Any) -> list[str]:
    """Links to pages of the office that are not there for the public."""
    linked = ReferenceIndex.objects.filter(
        base_content_type__model="page",
        object_id=str(page.pk),
        to_content_type__model="page",
    ).values_list("to_object_id", flat=True)
    keys = {int(key) for key in linked if key != str(page.pk)}
    targets = {one.pk: one for one in Page.objects.filter(pk__in=keys).specific()}
    found = []
    for key in sorted(keys):
        target = targets.get(key)
        if target is None:
            found.append(_(LINK_TO_NOTHING))
        elif not _is_shown(target):
            found.append(_(LINK_TO_HIDDEN) % {"title": target.title})
    return found


def speaks_of_broken_link(finding: str) -> bool:
    """Whether a finding, in whatever language it was kept, is about a broken link."""
    return any(pattern.fullmatch(finding) for pattern in _broken_link_sentences())


@cache
def _broken_link_sentences() -> list[re.Pattern[str]]:
    patterns = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            for sentence in (LINK_TO_NOTHING, LINK_TO_HIDDEN):
                pieces = map(re.escape, _(sentence).split("%(title)s"))
                patterns.append(re.compile(".*".join(pieces), re.DOTALL))
    return patterns


def _is_shown(page: Any) -> bool:
    return page.is_public if isinstance(page, PublicationMixin) else page.live


def _age(page: Any) -> list[str]:
    found = []
    today = timezone.localdate()
    if page.document_date and today - page.document_date > OLD:
        found.append(
            _("It is from %(day)s, more than two years ago.")
            % {"day": thai_date(page.document_date)}
        )
    legal = page.next_legal_date
    if legal is not None:
        words = (
            _("By law a look at it is due by %(day)s (%(law)s).")
            if legal.day >= today
            else _("By law a look at it was due by %(day)s (%(law)s).")
        )
        found.append(words % {"day": thai_date(legal.day), "law": legal.law})
    return found


def _asked_for(page: Any) -> list[str]:
    """What visitors' ratings gave reason to ask, and nobody has looked at yet."""
    open_ = VerificationCall.objects.filter(request__page=page.pk, closed_at=None)
    return [
        _("Visitors rate it low: %(mean)s out of 5, %(n)s ratings.")
        % {"mean": call.mean, "n": call.ratings}
        for call in open_
    ]


def _of_other_apps(page: Any) -> list[str]:
    return [
        str(sentence)
        for look in hooks.get_hooks("register_govpub_findings")
        for sentence in look(page)
    ]
