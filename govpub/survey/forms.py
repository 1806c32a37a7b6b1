"""The forms a visitor fills in; real radio buttons, nothing that needs a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govpub.survey.enums import Level, Respondent
from govpub.survey.models import QuestionVersion, SurveyRound
from govpub.survey.models.comment import MAX_LENGTH
from govpub.survey.queries import asked_now
from govpub.survey.results import Wording
from govpub.thai.fields import ThaiCharField

NO_PERSONAL_DATA = gettext_lazy(
    "Please write no names, telephone numbers or health details, "
    "neither your own nor other people's."
)


class CommentField(ThaiCharField):
    """A browser sends a line end as two characters, but counts it as one."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n")
        return super().to_python(value)


def _comment_field() -> CommentField:
    return CommentField(
        label=gettext_lazy("Comment or suggestion"),
        required=False,
        max_length=MAX_LENGTH,
        help_text=NO_PERSONAL_DATA,
        widget=forms.Textarea(attrs={"rows": 4, "class": "gp-survey__comment"}),
    )


class AnswerForm(forms.Form):
    """The full form of a round: its questions, who answers, a comment."""

    respondent = forms.ChoiceField(
        label=gettext_lazy("You are"),
        required=False,
        choices=[("", gettext_lazy("I would rather not say")), *Respondent.choices],
    )
    comment = _comment_field()

    def __init__(self, round_: SurveyRound, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = list(asked_now(round_))
        for version in self.versions:
            self.fields[self._name(version)] = self._question(version)
        self.order_fields([self._name(v) for v in self.versions])

    @staticmethod
    def _name(version: QuestionVersion) -> str:
        # By wording, not by question: if the wording changes while the form is open,
        # the answer is asked again instead of being given to another question.
        return f"q{version.pk}"

    @staticmethod
    def _question(version: QuestionVersion) -> forms.TypedChoiceField:
        return forms.TypedChoiceField(
            label=str(version),
            choices=Level.choices,
            coerce=int,
            empty_value=None,
            required=version.is_overall,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please choose one of the five levels.")},
        )

    @property
    def overall(self) -> list[forms.BoundField]:
        """The required question."""
        return [self[self._name(v)] for v in self.versions if v.is_overall]

    @property
    def aspects(self) -> list[tuple[Wording, list[forms.BoundField]]]:
        """The other questions by aspect."""
        grouped: dict[Wording, list[forms.BoundField]] = {}
        for version in self.versions:
            if not version.is_overall:
                aspect = Wording(version.aspect_name, version.aspect_name_en)
                grouped.setdefault(aspect, []).append(self[self._name(version)])
        return list(grouped.items())

    @property
    def levels(self) -> dict[int, int]:
        """The level given to each wording; only after validation."""
        given = {v.pk: self.cleaned_data[self._name(v)] for v in self.versions}
        return {pk: level for pk, level in given.items() if level is not None}


class RatingForm(forms.Form):
    """One click under a page: a level, or whether the page was useful."""

    level = forms.TypedChoiceField(
        choices=Level.choices, coerce=int, empty_value=None, required=False
    )
    helpful = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self._says_nothing(cleaned):
            raise forms.ValidationError(_("Please choose one of the answers."))
        return cleaned

    @staticmethod
    def _says_nothing(cleaned: dict[str, Any]) -> bool:
        return cleaned.get("level") is None and cleaned.get("helpful") is None


class RatingCommentForm(forms.Form):
    """The optional comment after a rating."""

    comment = _comment_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
