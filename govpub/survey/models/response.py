from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.survey.enums import AnswerStatus, Level, Respondent
from govpub.survey.models.question import QuestionVersion
from govpub.survey.models.round import SurveyRound


class Response(models.Model):
    """One visitor's answer to the full form; a later one replaces it.

    ``visitor`` is a keyed hash of address and browser. Its key is the salt of the
    round: nobody can compute it again once the round is closed.
    """

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.PROTECT,
        related_name="responses",
        verbose_name=_("round"),
    )
    visitor = models.CharField(_("visitor"), max_length=64, editable=False)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=AnswerStatus,
        default=AnswerStatus.COUNTED,
    )
    reasons = models.JSONField(_("why it was kept apart"), default=list, blank=True)
    respondent = models.CharField(
        _("kind of respondent"), max_length=10, choices=Respondent, blank=True
    )
    seconds = models.PositiveIntegerField(
        _("seconds between form and answer"), null=True
    )
    first_at = models.DateTimeField(_("first answered"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"))
    replaced = models.PositiveIntegerField(_("times replaced"), default=0)

    class Meta:
        verbose_name = _("survey response")
        verbose_name_plural = _("survey responses")
        ordering = ["-answered_at", "-pk"]
        indexes = [models.Index(fields=["round", "status", "answered_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "visitor"],
                condition=models.Q(status=AnswerStatus.COUNTED),
                name="govpub_survey_one_counted",
            ),
            models.UniqueConstraint(
                fields=["round", "visitor"],
                condition=models.Q(status=AnswerStatus.HELD),
                name="govpub_survey_one_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} #{self.pk}"


class Answer(models.Model):
    """The level a response gives to one wording of one question."""

    response = models.ForeignKey(
        Response,
        on_delete=models.CASCADE,
        related_name="answers",
        verbose_name=_("response"),
    )
    version = models.ForeignKey(
        QuestionVersion,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("question"),
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "version"], name="govpub_survey_one_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)),
                name="govpub_survey_answer_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.level}"


class Tally(models.Model):
    """How many counted answers a wording has at one level in one round.

    Kept in the transaction of each answer, so that results never read the answers.
    """

    round = models.ForeignKey(
        SurveyRound,
        on_delete=models.CASCADE,
        related_name="tallies",
        verbose_name=_("round"),
    )
    version = models.ForeignKey(
        QuestionVersion,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("question"),
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    count = models.PositiveIntegerField(_("answers"), default=0)

    class Meta:
        verbose_name = _("survey tally")
        verbose_name_plural = _("survey tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version", "level"], name="govpub_survey_one_tally"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} = {self.level}: {self.count}"
