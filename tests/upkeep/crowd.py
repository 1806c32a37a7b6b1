"""Many published items at once, written straight into the tables.

For tests and benchmarks of the scheduler, where going through the whole procedure for
each item would take most of the time. What is written is what the procedure writes, but
without the acts before the end.
"""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from wagtail.models import Page, Revision

from govpub.categories.models import ItemPage, NewsPage
from govpub.publishing.content import content_digest, full_digest
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import PublicationRequest, Round
from tests.drafts import category, draft_news

YEAR = 2400  # a fiscal year in which nobody else counts


def due_news(site, officer, number, *, first=1):
    """``number`` published news whose period ended yesterday; their requests."""
    yesterday = timezone.localdate() - timedelta(days=1)
    template = draft_news(site, officer, publish_until=yesterday)
    parent = Page.objects.get(pk=category(site, 8).pk)
    pages = _pages(template, parent, number, first)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=ContentType.objects.get_for_model(NewsPage),
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk),
            object_str=page.title,
            content=json.loads(
                json.dumps(page.serializable_data(), cls=DjangoJSONEncoder)
            ),
            user=officer,
            created_at=timezone.now(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.live_revision_id = page.latest_revision_id = revision.pk
        page.live = True
    Page.objects.bulk_update(pages, ["live", "live_revision", "latest_revision"], 500)
    return _requests(site, officer, pages, revisions, yesterday, first)


def _plain(content):
    """As the database gives it back: dates are words."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def _pages(template, parent, number, first):
    """Copies of the template below ``parent``, row by row of each of its tables."""
    start = parent.numchild
    base = Page.objects.bulk_create(
        Page(
            title=f"{template.title} {first + index}",
            draft_title=template.title,
            slug=f"due-{first + index}",
            url_path=f"{parent.url_path}due-{first + index}/",
            path=Page._get_path(parent.path, parent.depth + 1, start + 1 + index),
            depth=parent.depth + 1,
            content_type=template.content_type,
            locale_id=parent.locale_id,
            owner=template.owner,
            live=False,
        )
        for index in range(number)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=start + number)
    fields = {
        field.attname: getattr(template, field.attname)
        for model in (ItemPage, NewsPage)
        for field in model._meta.local_fields
        if not field.primary_key
    }
    made = []
    for row in base:
        page = NewsPage(pk=row.pk, page_ptr_id=row.pk, itempage_ptr_id=row.pk)
        for field in Page._meta.concrete_fields:
            setattr(page, field.attname, getattr(row, field.attname))
        for name, value in fields.items():
            setattr(page, name, value)
        # "raw" saves the rows of one table only: that of the class.
        values = {
            field.attname: getattr(page, field.attname)
            for field in ItemPage._meta.local_fields
        }
        ItemPage(pk=row.pk, **values).save_base(raw=True)
        page.save_base(raw=True)
        made.append(page)
    return made


def _requests(site, officer, pages, revisions, until, first):
    now = timezone.now()
    requests = PublicationRequest.objects.bulk_create(
        PublicationRequest(
            site=site,
            fiscal_year=YEAR,
            number=first + index,
            page_id=page.pk,
            officer=officer,
            status=RequestStatus.PUBLISHED,
            topic=page.title,
            publish_until=until,
            published_at=now,
        )
        for index, page in enumerate(pages)
    )
    Round.objects.bulk_create(
        Round(
            request=request,
            number=1,
            revision=revision,
            content=revision.content,
            content_digest=content_digest(revision.content),
            digest=full_digest(revision, {}),
            form={},
        )
        for request, revision in zip(requests, revisions, strict=True)
    )
    return requests
