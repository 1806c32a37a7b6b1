from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.roles import Role


class RoleGroup(models.Model):
    """The Django group whose permissions an office gives to one of its roles."""

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    given = models.JSONField(
        _("rights given by set-up"),
        default=list,
        editable=False,
        help_text=_("What people took away again is not given a second time."),
    )

    class Meta:
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of roles")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "role"], name="govpub_one_group_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.get_role_display()})"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date | None = None) -> AppointmentQuerySet:
        """Those that count on ``day`` (default: today in Bangkok)."""
        day = day or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
            user__is_active=True,
        )

    def of(
        self, user: User | AnonymousUser, role: Role, site: Site
    ) -> Appointment | None:
        """By which ``user`` acts today as ``role``; own before acting."""
        return self.of_any(user, (role,), site)

    def of_any(
        self, user: User | AnonymousUser, roles: Sequence[Role], site: Site
    ) -> Appointment | None:
        """The same for several roles, the first of them that the person holds."""
        if not user.is_authenticated:
            return None
        held = self.in_force().filter(user_id=user.pk, role__in=roles, site=site)
        return min(
            held.order_by("acting", "pk"),
            key=lambda appointment: roles.index(Role(appointment.role)),
            default=None,
        )


class Appointment(models.Model):
    """A person holds a role of an office for a time, alone or as acting.

    Being superuser gives no role: who decides must have been appointed.
    """

    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="govpub_appointments",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    position = models.CharField(
        _("position"), max_length=255, help_text=_("As printed below the signature.")
    )
    unit = models.CharField(_("unit"), max_length=255, blank=True)
    acting = models.BooleanField(
        _("acting"),
        default=False,
        help_text=_("The person acts for the holder of the position."),
    )
    order_number = models.CharField(
        _("number of the appointment order"), max_length=100, blank=True
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    # Or Wagtail would refuse to delete the person without saying why (RecordsAreKept).
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["site", "role", "acting", "pk"]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        sync_groups(self.site)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        sync_groups(self.site)
        return deleted


def sync_groups(site: Site) -> None:
    """Make the members of the office's role groups those appointed today."""
    for role_group in RoleGroup.objects.filter(site=site).select_related("group"):
        appointed = Appointment.objects.in_force().filter(
            site=site, role=role_group.role
        )
        role_group.group.user_set.set(appointed.values_list("user", flat=True))
