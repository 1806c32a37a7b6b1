"""What follows when many items end at once: one notice a person, one look at the index.

Each item ends in a transaction of its own, which marks its ending as not told of yet.
So what an interrupted pass did not come to, the next one does.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from wagtail.models import Site
from wagtail.search.backends import get_search_backends

from govpub.publishing.enums import Outcome, Step
from govpub.publishing.letters import Letter, write_letters
from govpub.publishing.models import Act, PublicationRequest
from govpub.publishing.notices import tell_of
from govpub.upkeep.models import Ending

logger = logging.getLogger("govpub.upkeep")

CHUNK = 200
LISTED = 100  # of one person's items; how many more there are is said


def follow_up() -> None:
    """Index and tell of whatever ended and nobody was told of."""
    untold = Ending.objects.filter(told_at=None)
    sites = set(untold.values_list("request__site", flat=True).distinct())
    for site in Site.objects.filter(pk__in=sites).order_by("pk"):
        _follow_up_at(site)


@transaction.atomic
def _follow_up_at(site: Site) -> None:
    # Whoever sets the moment tells of them; another scheduler finds none left.
    now = timezone.now()
    Ending.objects.filter(told_at=None, request__site=site).update(told_at=now)
    ours = PublicationRequest.objects.filter(ending__told_at=now, site=site)
    counts: Counter[int] = Counter()
    listed: dict[int, list[int]] = defaultdict(list)
    last = 0
    while chunk := list(
        ours.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "page", "page__content_type", "officer")[:CHUNK]
    ):
        _index((model, page) for _key, page, model, _officer in chunk)
        proposers = _proposers(key for key, *_rest in chunk)
        for key, _page, _model, officer in chunk:
            for user in filter(None, {officer, *proposers[key]}):
                counts[user] += 1
                if len(listed[user]) < LISTED:
                    listed[user].append(key)
        last = chunk[-1][0]
    _tell(site, counts, listed)


def _index(pages: Iterable[tuple[int, int]]) -> None:
    """Tell Wagtail's search, model by model, that these pages are not live."""
    for model_key, group in groupby(sorted(pages), key=itemgetter(0)):
        model: Any = ContentType.objects.get_for_id(model_key).model_class()
        if model is None:
            continue
        some = list(
            model.get_indexed_objects().filter(pk__in=[page for _model, page in group])
        )
        for backend in get_search_backends(with_auto_update=True):
            try:
                backend.add_bulk(model, some)
            except Exception:
                if not backend.catch_indexing_errors:
                    raise
                # A search server that is down stops nothing, as in Wagtail.
                logger.exception("The search index was not updated")


def _proposers(requests: Iterable[int]) -> dict[int, set[int | None]]:
    """Who proposed the round that ended, by request."""
    found: dict[int, set[int | None]] = defaultdict(set)
    ended = Act.objects.filter(outcome=Outcome.TAKEN_DOWN, round__request__in=requests)
    proposals = Act.objects.filter(step=Step.PROPOSE, round__in=ended.values("round"))
    for request, user in proposals.values_list("round__request", F("user")):
        found[request].add(user)
    return found


def _tell(site: Site, counts: Counter[int], listed: dict[int, list[int]]) -> None:
    users = get_user_model().objects.filter(pk__in=counts, is_active=True)
    for user in users.select_related("wagtail_userprofile").order_by("pk"):
        keys = listed[user.pk]
        requests = PublicationRequest.objects.in_bulk(keys)
        if counts[user.pk] == 1:
            request = requests[keys[0]]
            act = request.acts.filter(outcome=Outcome.TAKEN_DOWN).latest("at")
            tell_of(request, act, [user])
            continue
        named = [requests[key] for key in keys]
        write_letters(site, [user], partial(_letter, named, counts[user.pk]))


def _letter(requests: list[PublicationRequest], count: int) -> Letter:
    subject = ngettext(
        "The publication period of %(n)s item is over; it was taken down",
        "The publication period of %(n)s items is over; they were taken down",
        count,
    ) % {"n": count}
    context = {
        "requests": requests,
        "more": count - len(requests),
        "address": settings.WAGTAILADMIN_BASE_URL
        + reverse("govpub_publishing:index")
        + "?view=all&status=ended",
    }
    return Letter(subject, render_to_string("govpub/upkeep/mail/ended.txt", context))
