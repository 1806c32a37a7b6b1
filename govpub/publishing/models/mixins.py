from __future__ import annotations

from datetime import date
from typing import Any

import swapper
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.locks import BaseLock
from wagtail.models import (
    PageManager,
    PagePermissionTester,
    PageQuerySet,
    PageViewRestriction,
    Revision,
)
from wagtail.url_routing import RouteResult

from govpub.publishing.enums import RequestStatus
from govpub.publishing.models.request import PublicationRequest, Round
from govpub.publishing.periods import LegalDate
from govpub.publishing.together import is_followed_up_later


class PublicationTester(PagePermissionTester):
    """Nobody, superusers included, publishes, hides or moves past the procedure."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only a draft that was never proposed; everything else is a record."""
        if PublicationRequest.objects.filter(page=self.page.pk).exists():
            return False
        return super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        if PublicationRequest.objects.filter(page=self.page.pk).exists():
            return False
        return super().can_move()


class StructuralTester(PagePermissionTester):
    """Pages of the site's frame: made by the set-up, not edited in the admin."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class StructuralPageMixin(models.Model):
    """For pages that carry no content of their own, only lists of approved pages."""

    is_frame = True

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return StructuralTester(user, self)


def controlled_types() -> list[ContentType]:
    """The kinds of pages that are under the procedure."""
    models_ = [
        model
        for model in apps.get_models()
        if issubclass(model, PublicationMixin) and not model._meta.proxy
    ]
    return list(ContentType.objects.get_for_models(*models_).values())


def is_below_hidden(page: Any) -> bool:
    """Whether a page above it is under the procedure and not public."""
    if _stands_in_the_frame(page):
        return False
    above = page.get_ancestors().filter(content_type__in=controlled_types())
    return any(not parent.is_public for parent in above.specific())


def _stands_in_the_frame(page: Any) -> bool:
    """Whether all above it is known, without asking, to be the frame of the site."""
    while page.depth > 2:  # above the home page there is only the root of the tree
        page = getattr(page, "_cached_parent_obj", None)
        if not isinstance(page, StructuralPageMixin):
            return False
    return True


def outside_hidden_branches(pages: PageQuerySet) -> PageQuerySet:
    """``pages`` without those below a page that is under the procedure and not public.

    Such pages seldom have any below them, so this is mostly one short question.
    """
    parents = swapper.load_model("wagtailcore", "Page").objects.filter(
        numchild__gt=0, content_type__in=controlled_types()
    )
    for parent in parents.specific():
        if not parent.is_public:
            pages = pages.exclude(path__startswith=parent.path, depth__gt=parent.depth)
    return pages


class PublicationQuerySet(PageQuerySet):
    def in_period(self, day: date | None = None) -> PublicationQuerySet:
        """Live ones whose period ``day`` (default: today in Bangkok) lies in."""
        day = day or timezone.localdate()
        lapsed = PublicationRequest.objects.filter(
            status=RequestStatus.PUBLISHED
        ).lapsed()
        in_period = self.live().filter(
            Q(publish_from=None) | Q(publish_from__lte=day),
            Q(publish_until=None)
            | Q(publish_until__gte=day)
            | Q(pk__in=PublicationRequest.objects.kept_up(day).values("page")),
        )
        return in_period.exclude(pk__in=lapsed.values("page"))

    def public(self, day: date | None = None) -> PublicationQuerySet:
        """What a citizen may see on ``day`` (default: today in Bangkok).

        Does not depend on the scheduler having run: a page outside its period is
        left out although it is still marked live.
        """
        return outside_hidden_branches(self.in_period(day))

    def knowing_translations(self) -> PublicationQuerySet:
        """With ``is_translated``, so that most pages need not ask for translations."""
        others = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key")
        )
        return self.annotate(is_translated=Exists(others.exclude(pk=OuterRef("pk"))))

    def once_each(self, language: str | None = None) -> PublicationQuerySet:
        """Each piece of information once, in the reader's language if it has that.

        A translation stands beside its original in the tree; a list that a reader in
        ``language`` (default: the active one) looks at names one of the two.
        """
        code = language or get_language() or settings.LANGUAGE_CODE
        translated = self.model._default_manager.in_period().filter(
            locale__language_code=code, translation_key=OuterRef("translation_key")
        )
        return self.exclude(~Q(locale__language_code=code) & Exists(translated))


PublicationManager = PageManager.from_queryset(PublicationQuerySet)


class PublicationMixin(models.Model):
    """The fields of the official request form, for any page under the procedure.

    Together with the page's title (หัวข้อ) they are what the officer fills in, the
    head allows and the public sees. A page class may set ``may_have_no_end``.
    """

    may_have_no_end = False
    # Telephone numbers and e-mail addresses are what such a page is there for.
    publishes_contacts = False

    unit = models.CharField(_("name of the unit"), max_length=255, blank=True)
    document_date = models.DateField(
        _("date of the form"), default=timezone.localdate, blank=True, null=True
    )
    summary = models.TextField(
        _("details of the information"),
        blank=True,
        help_text=_("In short; or attach documents."),
    )
    external_link = models.URLField(_("external link"), max_length=500, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    personal_data_reason = models.TextField(
        _("why personal data is published"),
        blank=True,
        help_text=_("Only where it cannot be left out; by which law or duty."),
    )
    publish_from = models.DateField(
        _("publish from"),
        null=True,
        blank=True,
        help_text=_("Empty means: as soon as it is allowed."),
    )
    publish_until = models.DateField(
        _("publish until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it is public."),
    )

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return PublicationTester(user, self)

    def clean(self) -> None:
        super().clean()
        begin, end = self.publish_from, self.publish_until
        if begin and end and end < begin:
            raise ValidationError(
                {"publish_until": _("The period ends before it begins.")}
            )

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The address of an item keeps being asked after it is taken down.

        Who answers, and what, decide the hooks ``before_serve_page``.
        """
        if path_components or self.live:  # type: ignore[attr-defined]
            return super().route(request, path_components)  # type: ignore[misc]
        return RouteResult(self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail's, by paths instead of first asking for the pages above."""
        path, step = self.path, self.steplen  # type: ignore[attr-defined]
        above = [path[:end] for end in range(step, len(path) + 1, step)]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=above) | Q(page__aliases__path__in=above)
        ).distinct()

    def get_indexed_instance(self) -> Any:
        """For Wagtail's search; nothing while all are indexed together later."""
        if is_followed_up_later():
            return None
        return super().get_indexed_instance()  # type: ignore[misc]

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a draft; an autosave never writes over what was proposed.

        Wagtail reverts to an older version without a look at the lock.
        """
        if kwargs.get("log_action") == "wagtail.revert":
            self._require_unlocked(kwargs.get("user"))
        if Round.objects.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        return super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def _require_unlocked(self, user: User | None) -> None:
        lock = self.get_lock()
        if user is not None and lock is not None and lock.for_user(user):
            raise PermissionDenied(strip_tags(lock.get_message(user)))

    def get_lock(self) -> BaseLock | None:
        """Under review for everybody, also for a person who had locked it himself."""
        task = self.current_workflow_task  # type: ignore[attr-defined]
        if task is not None:
            return task.lock_class(self, task)
        return super().get_lock()  # type: ignore[misc]

    def is_in_period(self, day: date | None = None) -> bool:
        """Whether ``day`` (default: today in Bangkok) lies in the period."""
        day = day or timezone.localdate()
        begun = self.publish_from is None or self.publish_from <= day
        return begun and (
            self.publish_until is None
            or day <= self.publish_until
            or PublicationRequest.objects.kept_up(day).filter(page=self.pk).exists()
        )

    @property
    def is_public(self) -> bool:
        """Live, within its period, and exactly what was approved was published."""
        if not (self.live and self.is_in_period()):  # type: ignore[attr-defined]
            return False
        request = self.published_request
        if request is None or request.has_lapsed:
            return False
        return not self._is_below_hidden

    @cached_property
    def _is_below_hidden(self) -> bool:
        # Asked several times while one page is made.
        return is_below_hidden(self)

    @cached_property
    def published_request(self) -> PublicationRequest | None:
        """The request by whose approval the page is public now."""
        return PublicationRequest.objects.showing(
            self.pk,
            self.live_revision_id,  # type: ignore[attr-defined]
        ).first()

    @cached_property
    def public_translations(self) -> list[Any]:
        """The same information in other languages, as far as it is public."""
        if not getattr(self, "is_translated", True):
            return []
        others = type(self)._default_manager.in_period()  # type: ignore[attr-defined]
        others = others.filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        return list(others.exclude(pk=self.pk).select_related("locale"))

    def in_language(self, code: str) -> Any:
        """Its public translation into the language, and else itself."""
        for other in self.public_translations:
            if other.locale.language_code == code:
                return other
        return self

    @cached_property
    def open_request(self) -> PublicationRequest | None:
        """The request that is still under way, if any."""
        return PublicationRequest.objects.open().filter(page=self.pk).first()

    @property
    def retention_key(self) -> tuple[str, str]:
        """Category and kind by which the office's retention table knows it."""
        return "", ""

    @property
    def next_legal_date(self) -> LegalDate | None:
        """By when a law asks that somebody looks at it again, if one does."""
        return None

    def own_form_errors(self) -> dict[str, str]:
        """What this kind of page also needs before it is proposed, by field name."""
        return {}

    def get_form_snapshot(self) -> dict[str, Any]:
        """The form's fields as plain data, to be frozen in a round."""
        return {
            "unit": self.unit,
            "document_date": _iso(self.document_date),
            "topic": self.title,  # type: ignore[attr-defined]
            "summary": self.summary,
            "external_link": self.external_link,
            "remark": self.remark,
            "personal_data_reason": self.personal_data_reason,
            "publish_from": _iso(self.publish_from),
            "publish_until": _iso(self.publish_until),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
