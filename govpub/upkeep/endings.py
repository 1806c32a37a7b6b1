"""What remains of an item after its end: the notice, the evidence, the archive."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from govpub.publishing import ledger, rules
from govpub.publishing.enums import Outcome, RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import Act, PublicationRequest, RoundFile
from govpub.publishing.together import is_followed_up_later
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from govpub.upkeep.models import Ending, EndKind, RetentionRule, UpkeepSettings


def note_ending(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """With every act that takes something down: what the public is told from now on."""
    if act.outcome != Outcome.TAKEN_DOWN or request.published_at is None:
        return
    ending = getattr(request, "ending", None) or ending_of(request)
    if is_followed_up_later():
        ending.told_at = None
    if ending.pk is None or ending.told_at is None:
        ending.save()


def ending_of(request: PublicationRequest) -> Ending:
    """How it ended, as far as the procedure knows; not saved."""
    today, until = timezone.localdate(), request.publish_until
    over = until is not None and until < today
    last_day = until if until and over else today
    return Ending(
        request=request,
        kind=EndKind.OVER if over else EndKind.TAKEN_DOWN,
        ended_on=last_day,
        keep_files_until=evidence_date(request, last_day),
    )


def evidence_date(request: PublicationRequest, last_day: date) -> date | None:
    """Until when the office keeps the documents of what ended on ``last_day``.

    The row of its kind in the retention table says so, or else the office's rule.
    """
    years = _years_by_kind(request)
    if years is None:
        years = 1 if UpkeepSettings.of(request.site).keep_files else 0
    return FiscalYear(FiscalYear.of(last_day).be + years).end if years else None


def _years_by_kind(request: PublicationRequest) -> int | None:
    rules = RetentionRule.objects.filter(site=request.site)
    if not rules.exclude(keep_files_years=None).exists():
        return None  # most offices; then nobody need ask what kind it is
    category, kind = request.page.specific.retention_key
    rule = RetentionRule.objects.covering(request.site, category, kind)
    return rule.keep_files_years if rule else None


@transaction.atomic
def keep_documents(
    request: PublicationRequest, *, by: User, until: date | None, words: str
) -> Ending:
    """The Web Master sets until when its documents stay reachable; none: no longer."""
    rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_reasons(words)
    if until is not None and until < timezone.localdate():
        raise ProcedureError(_("This day is over."))
    ending = Ending.objects.select_for_update().filter(request=request).first()
    if ending is None or ending.kind == EndKind.REMOVED:
        raise ProcedureError(_("Only what has ended and was not removed has them."))
    before, ending.keep_files_until = ending.keep_files_until, until
    ending.save(update_fields=["keep_files_until"])
    ledger.append(
        request.site,
        "ending.documents",
        {
            "account": by.get_username(),
            "request": request.code,
            "before": before.isoformat() if before else "",
            "until": until.isoformat() if until else "",
            "words": words,
        },
    )
    return ending


def the_end_of(page: Page) -> Ending | None:
    """How the item at this address ended; nothing if it was never public.

    Also when no scheduler has run since.
    """
    requests = PublicationRequest.objects.filter(page=page.pk).select_related(
        "ending", "site"
    )
    ended = requests.filter(
        Q(status=RequestStatus.ENDED, published_at__isnull=False)
        | Q(pk__in=PublicationRequest.objects.period_over().values("pk"))
    )
    request = ended.order_by("-published_at", "-pk").first()
    if request is None:
        return None
    found: Ending | None = getattr(request, "ending", None)
    return found or ending_of(request)


def kept_files(ending: Ending) -> list[Any]:
    """The documents that can be opened from the notice, as they were approved."""
    if not ending.files_are_kept:
        return []
    kept = RoundFile.objects.filter(round=ending.request.current_round)
    return [row.document for row in kept.select_related("document") if row.document_id]


def is_kept_as_evidence(file: Any) -> bool:
    """Whether a document belongs to something that ended and is still shown for it."""
    if not isinstance(file, get_document_model()):
        return False
    rows = RoundFile.objects.of(file).filter(
        round__request__status__in=[RequestStatus.ENDED, RequestStatus.PUBLISHED]
    )
    pages = Page.objects.filter(pk__in=rows.values("round__request__page"))
    endings = [the_end_of(page) for page in pages]
    return any(file in kept_files(ending) for ending in endings if ending)


# --- The archive ----------------------------------------------------------------


def archived(site: Site) -> QuerySet[Any]:
    """What was public and is no more, with ``last_day``; not what was removed."""
    today = timezone.localdate()
    closed = TruncDate("closed_at")
    over = When(publish_until__lt=Coalesce(closed, today), then=F("publish_until"))
    requests = PublicationRequest.objects.filter(
        site=site, published_at__isnull=False
    ).filter(
        Q(status=RequestStatus.ENDED)
        | Q(pk__in=PublicationRequest.objects.period_over().values("pk"))
    )
    back = PublicationRequest.objects.filter(status=RequestStatus.PUBLISHED).filter(
        Q(publish_until=None) | Q(publish_until__gte=today)
    )
    return (
        requests.exclude(ending__kind=EndKind.REMOVED)
        .exclude(page__in=back.values("page"))
        .annotate(last_day=Case(over, default=closed, output_field=DateField()))
    )


def archived_in(site: Site, year: FiscalYear) -> QuerySet[Any]:
    """What ended in a fiscal year, the newest first."""
    ended = archived(site).filter(last_day__range=(year.start, year.end))
    return ended.select_related("page").order_by("-last_day", "-pk")


def archive_years(site: Site) -> list[FiscalYear]:
    """The fiscal years in which something ended, the newest first."""
    days = archived(site).order_by().values_list("last_day", flat=True).distinct()
    return sorted({FiscalYear.of(day) for day in days}, reverse=True)
