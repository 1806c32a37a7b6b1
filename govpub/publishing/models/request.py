from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import swapper
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision, Site

from govpub.conf import conf
from govpub.publishing.enums import IN_REVIEW, OPEN, Outcome, RequestStatus, Step
from govpub.publishing.models.record import Record


class NumberSeries(models.Model):
    """The last request number an office gave in a fiscal year."""

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of request numbers")
        verbose_name_plural = _("series of request numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year"], name="govpub_one_series_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.last_number}/{self.fiscal_year}"

    @classmethod
    def next_number(cls, site: Site, fiscal_year: int) -> int:
        """The next number without gap or duplicate; call inside a transaction."""
        cls.objects.get_or_create(site=site, fiscal_year=fiscal_year)
        series = cls.objects.select_for_update().get(site=site, fiscal_year=fiscal_year)
        series.last_number += 1
        series.save(update_fields=["last_number"])
        return series.last_number


def is_overdue(now: datetime | None = None) -> Q:
    """That the next step of a request should have been done by now."""
    return Q(due_at__lt=now or timezone.now())


def is_due_soon(now: datetime | None = None) -> Q:
    """That the next step of a request is due shortly, but not overdue yet."""
    now = now or timezone.now()
    soon = now + timedelta(minutes=conf.DUE_SOON_MINUTES)
    return Q(due_at__gte=now, due_at__lte=soon)


class PublicationRequestQuerySet(models.QuerySet["PublicationRequest"]):
    def open(self) -> PublicationRequestQuerySet:
        """Requests in which somebody still has to do something."""
        return self.filter(status__in=OPEN)

    def showing(self, page: int, revision: int | None) -> PublicationRequestQuerySet:
        """The request by whose newest round this revision of the page is public.

        An earlier round of the same request was refused, or told back.
        """
        rounds = Round.objects.filter(request=OuterRef("pk")).order_by("-number")
        return self.alias(approved=Subquery(rounds.values("revision")[:1])).filter(
            page=page, status=RequestStatus.PUBLISHED, approved=revision
        )

    def in_review(self) -> PublicationRequestQuerySet:
        """Requests on which the head or the Web Master has to decide."""
        return self.filter(status__in=IN_REVIEW)

    def overdue(self, now: datetime | None = None) -> PublicationRequestQuerySet:
        """Requests whose next step should have been done by now."""
        return self.filter(is_overdue(now))

    def due_soon(self, now: datetime | None = None) -> PublicationRequestQuerySet:
        """Requests whose next step is due shortly, but not overdue yet."""
        return self.filter(is_due_soon(now))

    def to_confirm(self) -> PublicationRequestQuerySet:
        """Requests allowed verbally that the head has not confirmed in writing."""
        return self.exclude(confirm_by=None)

    def lapsed(self, now: datetime | None = None) -> PublicationRequestQuerySet:
        """Those of them whose time for it is over."""
        return self.filter(confirm_by__lt=now or timezone.now())

    def period_over(self, day: date | None = None) -> PublicationRequestQuerySet:
        """Published requests whose publication period has ended."""
        day = day or timezone.localdate()
        over = self.filter(status=RequestStatus.PUBLISHED, publish_until__lt=day)
        return over.filter(Q(kept_until=None) | Q(kept_until__lt=day))

    def kept_up(self, day: date | None = None) -> PublicationRequestQuerySet:
        """Published requests that stay up while a longer period is decided."""
        day = day or timezone.localdate()
        return self.filter(status=RequestStatus.PUBLISHED, kept_until__gte=day)

    def period_begun(self, day: date | None = None) -> PublicationRequestQuerySet:
        """Checked requests whose day of publication has come."""
        day = day or timezone.localdate()
        return self.filter(
            Q(publish_until=None) | Q(publish_until__gte=day),
            status=RequestStatus.SCHEDULED,
            publish_from__lte=day,
        )

    def period_missed(self, day: date | None = None) -> PublicationRequestQuerySet:
        """Checked requests whose whole period passed before anything put them up."""
        day = day or timezone.localdate()
        return self.filter(status=RequestStatus.SCHEDULED, publish_until__lt=day)


class PublicationRequest(models.Model):
    """The dossier of one proposal (คำขอเผยแพร่): its number, rounds and acts."""

    # By these it is known from the first proposal on.
    GIVEN_ONCE = ("site_id", "fiscal_year", "number", "page_id", "opened_at")

    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    number = models.PositiveIntegerField(_("number"))
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.PROTECT,
        related_name="publication_requests",
        verbose_name=_("page"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    status = models.CharField(
        _("state"), max_length=20, choices=RequestStatus, db_index=True
    )
    topic = models.CharField(_("topic"), max_length=255)
    section = models.CharField(_("category"), max_length=255, blank=True)
    unit = models.CharField(_("name of the unit"), max_length=255, blank=True)
    publish_from = models.DateField(_("publish from"), null=True)
    publish_until = models.DateField(_("publish until"), null=True)
    # While a longer period is being decided, if the office keeps it up meanwhile.
    kept_until = models.DateField(_("kept up until"), null=True)
    verify_by = models.DateField(_("to be verified by"), null=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    # Of the step that comes next; ``govpub.publishing.clock`` sets both.
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True, db_index=True)
    # Allowed verbally: until then the head has to confirm it in writing.
    confirm_by = models.DateTimeField(_("to be confirmed by"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    verified_at = models.DateTimeField(_("last verified"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = PublicationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication request")
        verbose_name_plural = _("publication requests")
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "number"],
                name="govpub_request_number",
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(status__in=sorted(OPEN)),
                name="govpub_one_open_request_per_page",
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(status=RequestStatus.PUBLISHED),
                name="govpub_one_published_request_per_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.topic}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self._require_same_name()
        super().save(*args, **kwargs)

    def _require_same_name(self) -> None:
        given = type(self).objects.filter(pk=self.pk).values(*self.GIVEN_ONCE).first()
        if given and any(getattr(self, name) != given[name] for name in given):
            raise TypeError("Number and page of a request are never changed.")

    @property
    def code(self) -> str:
        """The number people quote, e.g. ``12/2567``."""
        return f"{self.number}/{self.fiscal_year}"

    @property
    def current_round(self) -> Round:
        """The newest round; earlier ones are never edited."""
        if "rounds" in getattr(self, "_prefetched_objects_cache", {}):
            return max(self.rounds.all(), key=lambda round_: round_.number)
        return self.rounds.latest("number")

    @property
    def is_in_review(self) -> bool:
        return self.status in IN_REVIEW

    @property
    def has_lapsed(self) -> bool:
        """Allowed verbally, and not confirmed in writing in time."""
        return self.confirm_by is not None and self.confirm_by < timezone.now()

    @property
    def is_overdue(self) -> bool:
        """Whether the next step should have been done by now."""
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def acts(self) -> models.QuerySet[Act]:
        """Everything that was done, oldest first, over all rounds."""
        return Act.objects.filter(round__request=self).select_related("round")

    def act_of(self, step: Step) -> Act | None:
        """The last act of a step in the newest round, as the form shows it."""
        return self.current_round.acts.filter(step=step).last()


class Round(Record):
    """One proposal of a dossier: exactly this revision, with these form fields."""

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("publication request"),
    )
    number = models.PositiveSmallIntegerField(_("round"))
    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("revision"),
    )
    # SHA-256 over the page's content; and over that plus the attachments' bytes.
    content_digest = models.CharField(_("digest of the content"), max_length=64)
    digest = models.CharField(_("digest of the content and attachments"), max_length=64)
    form = models.JSONField(
        _("request form"), help_text=_("The form's fields as they were proposed.")
    )
    # A copy, because Wagtail may write into a revision that exists already.
    content = models.JSONField(
        _("content"), help_text=_("The page's content exactly as it was proposed.")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "number"], name="govpub_round_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.code} ({self.number})"

    def as_proposed(self) -> Any:
        """The page with exactly the content that was proposed."""
        return self.request.page.specific.with_content_json(self.content)


class Act(Record):
    """One thing somebody did in the procedure; written once, never changed.

    Name, position and unit are those of the moment, so they survive the person.
    """

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="acts", verbose_name=_("round")
    )
    step = models.CharField(_("step"), max_length=20, choices=Step)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    person = models.CharField(_("name"), max_length=255)
    position = models.CharField(_("position"), max_length=255, blank=True)
    unit = models.CharField(_("unit"), max_length=255, blank=True)
    acting = models.BooleanField(_("acting"), default=False)
    order_number = models.CharField(_("order number"), max_length=100, blank=True)
    words = models.TextField(_("reasons or remarks"), blank=True)
    details = models.JSONField(
        _("details"),
        default=dict,
        blank=True,
        help_text=_("What was confirmed, or where else it was posted."),
    )
    waiting_since = models.DateTimeField(_("waiting since"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    working_seconds = models.PositiveIntegerField(
        _("working time in seconds"),
        default=0,
        help_text=_("By the office hours and holidays of the moment."),
    )
    target_minutes = models.PositiveIntegerField(_("target time in minutes"), null=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} – {self.person}"

    @property
    def acknowledged(self) -> bool:
        """Whether the head also signed ทราบ, the first box of the memo's decision."""
        return bool(self.details.get("acknowledged"))

    @property
    def minutes(self) -> float:
        """How long the step took, in minutes of elapsed time."""
        return (self.at - self.waiting_since).total_seconds() / 60

    @property
    def given_at(self) -> datetime | None:
        """When the head gave the verbal permission that this act records."""
        said = self.details.get("given_at")
        return datetime.fromisoformat(said) if said else None

    @property
    def working_minutes(self) -> float:
        """How long the step took while the office was open, in minutes."""
        return self.working_seconds / 60

    @property
    def within_target(self) -> bool | None:
        """Whether it kept its target in working time; ``None`` if it has none."""
        if self.target_minutes is None:
            return None
        return self.working_minutes <= self.target_minutes
