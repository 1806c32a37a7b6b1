from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govpub.survey.enums import AnswerStatus, CommentStatus
from govpub.survey.models.page_rating import PAGE, PageRating
from govpub.survey.models.response import Response
from govpub.survey.models.round import SurveyRound

MAX_LENGTH = 1000


def about(rating: PageRating | None) -> str:
    """What a comment is about that came with this rating, or with none."""
    return rating.title if rating else gettext("The whole website")


class Comment(models.Model):
    """What a visitor wrote; public only after an officer has released it."""

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("round"),
    )
    response = models.ForeignKey(
        Response,
        on_delete=models.SET_NULL,
        null=True,
        related_name="comments",
        verbose_name=_("survey response"),
    )
    rating = models.ForeignKey(
        PageRating,
        on_delete=models.SET_NULL,
        null=True,
        related_name="comments",
        verbose_name=_("page rating"),
    )
    page = models.ForeignKey(
        PAGE,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    text = models.TextField(_("comment"), max_length=MAX_LENGTH)
    status = models.CharField(
        _("status"), max_length=10, choices=CommentStatus, default=CommentStatus.NEW
    )
    reply = models.TextField(
        _("the office's answer"),
        max_length=2000,
        blank=True,
        help_text=_("Shown under a released comment."),
    )
    hidden_reason = models.CharField(_("reason for hiding"), max_length=250, blank=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )

    class Meta:
        verbose_name = _("survey comment")
        verbose_name_plural = _("survey comments")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["round", "status"])]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def about(self) -> str:
        """Title of the page it is about, or the whole website."""
        return about(self.rating)

    about.fget.short_description = _("About")  # type: ignore[attr-defined]

    @property
    def kept_apart(self) -> bool:
        """Whether the answer it came with waits for review or was left out."""
        source = self.response or self.rating
        return bool(source and source.status != AnswerStatus.COUNTED)
