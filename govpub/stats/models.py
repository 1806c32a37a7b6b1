"""What is kept of the visits: numbers by the hour, the day and the month."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from . import words


class Kind(models.TextChoices):
    """What a number is about."""

    SITE = "site", _("Whole website")
    PAGE = "page", _("Page")
    ADDRESS = "address", _("Other address")
    CATEGORY = "category", _("Category")
    DOWNLOAD = "download", _("Download")
    LINK = "link", _("Link to another website")
    SEARCH = "search", _("Search")
    SEARCH_IN_VAIN = "vain", _("Search that found nothing")
    REFERRER = "referrer", _("Website visitors came from")
    DEVICE = "device", _("Device")
    LANGUAGE = "language", _("Language of the browser")
    COUNTRY = "country", _("Country")
    BOT = "bot", _("Robots")


# A person is a visitor of these; of the others only views are counted.
VISITED_KINDS = frozenset(
    {Kind.SITE, Kind.PAGE, Kind.ADDRESS, Kind.CATEGORY, Kind.DOWNLOAD}
)
# Counted by the hour too, before the hours are given up.
HOURLY_KINDS = frozenset({Kind.SITE, Kind.PAGE, Kind.ADDRESS, Kind.CATEGORY})
# Their keys come from outside, so that there may be too many of them.
OPEN_KINDS = frozenset(
    {
        Kind.ADDRESS,
        Kind.LINK,
        Kind.SEARCH,
        Kind.SEARCH_IN_VAIN,
        Kind.REFERRER,
        Kind.LANGUAGE,
    }
)


class Subject(models.Model):
    """Something that is counted at one office: the site, a page, a search term.

    ``key`` is the number of a page, document or category, a path, a domain, a term, or
    empty. ``label`` is its name when it was first counted, for when it is gone.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("site"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=300, blank=True)
    label = models.CharField(_("name"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("subject of the statistics")
        verbose_name_plural = _("subjects of the statistics")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "key"], name="govpub_stats_one_subject"
            )
        ]

    def __str__(self) -> str:
        if self.kind == Kind.DEVICE:
            return words.device(self.key)
        if self.kind == Kind.LANGUAGE:
            return words.language(self.key)
        return self.label or self.key or self.get_kind_display()


class Count(models.Model):
    """``views`` (ครั้ง) and ``visitors`` (คน) of a subject during some time."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="+", verbose_name=_("subject")
    )
    views = models.PositiveBigIntegerField(_("views"), default=0)
    visitors = models.PositiveBigIntegerField(_("visitors"), default=0)

    class Meta:
        abstract = True
        default_permissions = ()


class HourlyCount(Count):
    """Numbers of one hour, given up after ``GOVPUB_STATS_HOURLY_DAYS``."""

    hour = models.DateTimeField(_("hour"))

    class Meta(Count.Meta):
        verbose_name = _("hourly count")
        verbose_name_plural = _("hourly counts")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "hour"], name="govpub_stats_one_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.hour}: {self.views}"


class DailyCount(Count):
    """Numbers of one day in Bangkok; ``visitors`` are different people of that day."""

    day = models.DateField(_("day"))

    class Meta(Count.Meta):
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "day"], name="govpub_stats_one_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.day}: {self.views}"


class MonthlyCount(Count):
    """Sums of the days of one month; whoever came on two days is in it twice."""

    month = models.DateField(_("first day of the month"))

    class Meta(Count.Meta):
        verbose_name = _("monthly count")
        verbose_name_plural = _("monthly counts")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "month"], name="govpub_stats_one_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.month}: {self.views}"


class Visitor(models.Model):
    """That somebody was here today: a hash nobody can resolve, dropped after the day.

    ``hours`` has one bit for each hour of the day in which the visitor came.
    """

    day = models.DateField(_("day"))
    visitor = models.BigIntegerField(_("visitor"))
    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="+", verbose_name=_("subject")
    )
    hours = models.IntegerField(_("hours"))
    last_seen = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("visitor of the day")
        verbose_name_plural = _("visitors of the day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "visitor", "subject"], name="govpub_stats_one_visitor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.visitor:x}"


class Drained(models.Model):
    """How far a file of hits has been counted; written together with the numbers."""

    name = models.CharField(_("name"), max_length=200, primary_key=True)
    offset = models.PositiveBigIntegerField(_("octets counted"), default=0)
    at = models.DateTimeField(_("last drained"), auto_now=True)

    class Meta:
        verbose_name = _("drained file")
        verbose_name_plural = _("drained files")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.offset}"


class Loss(models.Model):
    """Visits of one day that could not be counted, and why, for the operator."""

    class Reason(models.TextChoices):
        SPOOL = "spool", _("No room on the disk for visits not yet counted")
        STORE = "store", _("The store of visits did not answer")
        DAMAGED = "damaged", _("A record was damaged")
        ERROR = "error", _("An error while counting")

    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    hits = models.PositiveBigIntegerField(_("visits lost"), default=0)

    class Meta:
        verbose_name = _("loss")
        verbose_name_plural = _("losses")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "reason"], name="govpub_stats_one_loss"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_reason_display()}: {self.hits}"


class LogImport(models.Model):
    """How far a web server's log has been counted.

    It is known by its content, not by its name, so that a log that was renamed,
    compressed, cut off or has grown is recognised: ``head`` is the fingerprint of its
    first request, ``digest`` that of its first ``lines`` lines, both without addresses.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("site"),
    )
    head = models.CharField(_("fingerprint of the beginning"), max_length=64)
    digest = models.CharField(_("fingerprint"), max_length=64)
    lines = models.PositiveBigIntegerField(_("lines"))
    bad_lines = models.PositiveBigIntegerField(_("bad lines"), default=0)
    at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("imported log")
        verbose_name_plural = _("imported logs")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["site", "head"], name="govpub_stats_one_log"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lines} ({self.at:%Y-%m-%d})"


@register_setting(icon="view")
class StatisticsSettings(BaseSiteSetting):
    """What an office decides about its statistics."""

    opening_views = models.PositiveBigIntegerField(
        _("views taken over"),
        default=0,
        help_text=_("The number shown by the office's old counter."),
    )
    opening_visitors = models.PositiveBigIntegerField(
        _("visitors taken over"),
        default=0,
        help_text=_("Only if the old counter told people from views."),
    )
    counting_since = models.DateField(
        _("counting since"),
        null=True,
        blank=True,
        help_text=_("When the old counter began; empty: when this one began."),
    )
    count_editors = models.BooleanField(
        _("count signed-in people too"),
        default=False,
        help_text=_("Usually the office's own people should not raise its numbers."),
    )
    live_since = models.DateField(
        _("this counter began"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("visitor statistics")
        verbose_name_plural = _("visitor statistics")
