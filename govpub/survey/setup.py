"""Setting a survey up, and answering it as a visitor would, for the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wagtail.models import Site

from govpub.survey.actions import Submission, record_answer
from govpub.survey.forms import AnswerForm
from govpub.survey.models import Aspect, Question, Response, SurveyRound, SurveySettings
from govpub.survey.models.question import OVERALL
from govpub.survey.queries import open_round
from govpub.survey.rounds import keep_rounds
from govpub.survey.visitors import identify
from govpub.thai.dates import FiscalYear

# aspect -> questions: (code, Thai, English)
Questions = list[tuple[str, str, str]]
DEFAULT_OVERALL = (
    OVERALL,
    "โดยรวมแล้ว ท่านพึงพอใจต่อเว็บไซต์นี้เพียงใด",
    "Overall, how satisfied are you with this website?",
)
DEFAULT_ASPECTS: dict[tuple[str, str], Questions] = {
    ("ด้านเนื้อหา", "Content"): [
        (
            "content",
            "เนื้อหาถูกต้อง ครบถ้วน และตรงกับความต้องการ",
            "The content is correct, complete and what I needed",
        )
    ],
    ("ด้านความเป็นปัจจุบัน", "Currency"): [
        ("currency", "ข้อมูลเป็นปัจจุบัน", "The information is up to date")
    ],
    ("ด้านการออกแบบ", "Design"): [
        (
            "design",
            "การออกแบบสวยงาม อ่านง่าย",
            "The design is pleasant and easy to read",
        )
    ],
    ("ด้านความง่ายในการใช้และค้นหา", "Ease of use and search"): [
        ("ease", "ใช้งานและค้นหาข้อมูลได้ง่าย", "It is easy to use and to search")
    ],
    ("ด้านความเร็ว", "Speed"): [("speed", "แสดงผลได้รวดเร็ว", "Pages appear quickly")],
}


@transaction.atomic
def ensure_survey(site: Site) -> list[str]:
    """Give an office the default questions and the round of today, if it has none.

    Safe to call again: what people have changed, added or switched off stays. Returns
    a line for each thing made.
    """
    SurveySettings.for_site(site)
    made = []
    if not Question.objects.filter(site=site).exists():
        _make_default_questions(site)
        made.append(f"{site}: default survey questions")
    return made + keep_rounds(site, timezone.localdate())


def _make_default_questions(site: Site) -> None:
    year = FiscalYear.current().be
    _make_question(site, year, None, DEFAULT_OVERALL, 0)
    for position, (name, questions) in enumerate(DEFAULT_ASPECTS.items(), start=1):
        aspect = Aspect.objects.create(
            site=site, name=name[0], name_en=name[1], position=position
        )
        for place, question in enumerate(questions):
            _make_question(site, year, aspect, question, place)


def _make_question(
    site: Site,
    year: int,
    aspect: Aspect | None,
    question: tuple[str, str, str],
    position: int,
) -> None:
    code, text, text_en = question
    Question.objects.create(
        site=site,
        fiscal_year=year,
        aspect=aspect,
        code=code,
        text=text,
        text_en=text_en,
        position=position,
    )


def answer_as_visitor(
    site: Site,
    *,
    address: str,
    agent: str,
    levels: Mapping[str, int],
    respondent: str = "",
    comment: str = "",
    answered_at: datetime | None = None,
) -> Response:
    """Answer the open round as a visitor with this address and browser would.

    ``levels`` maps codes of questions to levels. Goes through the visitors' form and
    the same record; raises ``ValueError`` if the form would refuse it.
    """
    round_ = open_round(site)
    if round_ is None:
        raise ValueError(f"{site} has no open survey round")
    form = AnswerForm(round_, _as_posted(round_, levels, respondent, comment))
    if not form.is_valid():
        raise ValueError(form.errors.as_json())
    return record_answer(
        round_,
        Submission(
            visitor=identify(round_, address=address, agent=agent).key,
            levels=form.levels,
            respondent=form.cleaned_data["respondent"],
            comment=form.cleaned_data["comment"],
            answered_at=answered_at or timezone.now(),
        ),
    )


def _as_posted(
    round_: SurveyRound, levels: Mapping[str, int], respondent: str, comment: str
) -> dict[str, str]:
    fields = {"respondent": respondent, "comment": comment}
    for version in AnswerForm(round_).versions:
        if version.question.code in levels:
            fields[f"q{version.pk}"] = str(levels[version.question.code])
    return fields
