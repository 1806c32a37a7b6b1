from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

OVERALL = "overall"


def in_reader_language(thai: str, english: str) -> str:
    """The English wording for readers of another language, where there is one."""
    speaks_thai = (get_language() or "th").startswith("th")
    return thai if speaks_thai or not english else english


class Aspect(models.Model):
    """A group of questions (ด้าน) of one office, such as "content" or "design"."""

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office"),
    )
    name = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        verbose_name = _("survey aspect")
        verbose_name_plural = _("survey aspects")
        ordering = ["site", "position", "pk"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and give the questions under a changed name a new version."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            for question in self.questions.all():
                question.keep_wording()


class Question(models.Model):
    """A question of one office for one fiscal year, as its officers edit it.

    What was asked is kept in ``QuestionVersion``: a changed wording makes a new
    version, and every answer points to the version it was given to.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office"),
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year"), help_text=_("Buddhist Era, for example 2567.")
    )
    code = models.SlugField(
        _("code"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_-]*$")],
        help_text=_(
            "Small Latin letters. The same question keeps its code in every year; "
            "the one with the code “overall” is the required one."
        ),
    )
    aspect = models.ForeignKey(
        Aspect,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("aspect"),
        help_text=_("Empty for the overall question."),
    )
    text = models.CharField(_("question in Thai"), max_length=250)
    text_en = models.CharField(_("question in English"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    active = models.BooleanField(
        pgettext_lazy("survey question", "asked"),
        default=True,
        help_text=_("A question no longer asked keeps its answers."),
    )

    class Meta:
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")
        ordering = ["-fiscal_year", "aspect__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "code"],
                name="govpub_survey_question_code",
                violation_error_message=_("This fiscal year has this code already."),
            )
        ]

    def __str__(self) -> str:
        return in_reader_language(self.text, self.text_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the wording as a version if it is a new one."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.keep_wording()

    @property
    def is_overall(self) -> bool:
        return self.code == OVERALL

    def keep_wording(self) -> None:
        """Make a new version if the wording differs from the one in force."""
        aspect = self.aspect
        wording = {
            "text": self.text,
            "text_en": self.text_en,
            "aspect_name": aspect.name if aspect else "",
            "aspect_name_en": aspect.name_en if aspect else "",
        }
        current = self.versions.filter(superseded_at=None).first()
        if current and all(getattr(current, k) == v for k, v in wording.items()):
            return
        if current:
            current.superseded_at = timezone.now()
            current.save(update_fields=["superseded_at"])
        number = current.number + 1 if current else 1
        QuestionVersion.objects.create(question=self, number=number, **wording)


class QuestionVersion(models.Model):
    """One wording of a question; never edited, so old answers keep their question."""

    question = models.ForeignKey(
        Question,
        on_delete=models.CASCADE,
        related_name="versions",
        verbose_name=_("question"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question in Thai"), max_length=250)
    text_en = models.CharField(_("question in English"), max_length=250, blank=True)
    aspect_name = models.CharField(_("aspect in Thai"), max_length=120, blank=True)
    aspect_name_en = models.CharField(
        _("aspect in English"), max_length=120, blank=True
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True)

    class Meta:
        verbose_name = _("wording of a survey question")
        verbose_name_plural = _("wordings of survey questions")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="govpub_survey_version_number"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(superseded_at=None),
                name="govpub_survey_version_in_force",
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.text, self.text_en)

    @property
    def is_overall(self) -> bool:
        return self.question.code == OVERALL
