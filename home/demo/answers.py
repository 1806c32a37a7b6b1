"""Answers of made-up visitors to the satisfaction survey, through the real form.

To the round that is open, and to a quarter of last year that is closed: for the trend.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from wagtail.models import Site

from govpub.categories.models import ItemPage
from govpub.survey.enums import Respondent, RoundStatus
from govpub.survey.models import Question, SurveyRound
from govpub.survey.queries import asked_now, open_round
from govpub.survey.rating import rate_page
from govpub.survey.rounds import close_now, open_now
from govpub.survey.setup import answer_as_visitor
from govpub.survey.subjects import of_page
from govpub.survey.visitors import identify
from govpub.thai.dates import FiscalYear

ANSWERS, ANSWERS_BEFORE = 46, 38
RATINGS = 60
BROWSER = "Mozilla/5.0 (demo)"
# How often a level is chosen, best first.
LEVELS, WEIGHTS = (5, 4, 3, 2, 1), (44, 36, 14, 4, 2)
COMMENTS = (
    "หาแบบคำขอข้อมูลข่าวสารเจอง่าย ขอบคุณค่ะ",
    "อยากให้มีตารางหน่วยแพทย์เคลื่อนที่ของทุกตำบล",
    "ตัวหนังสืออ่านง่ายบนโทรศัพท์",
    "ขอให้ปรับปรุงข้อมูลวัคซีนทุกเดือน",
    "อยากให้ลงข้อมูลงบประมาณเป็นไฟล์ตารางทุกไตรมาส",
)


def answer_survey(site: Site) -> int:
    """Answer the open round and rate public pages; how many answered the form."""
    chance = Random(2567)  # noqa: S311
    round_ = open_round(site)
    if round_ is None:
        return 0
    codes = [version.question.code for version in asked_now(round_)]
    _answer_last_quarter(round_)
    for number in range(ANSWERS):
        answer_as_visitor(
            site,
            address=_address(number),
            agent=BROWSER,
            levels=dict(zip(codes, _levels(chance, len(codes)), strict=True)),
            respondent=chance.choice(Respondent.values),
            comment=COMMENTS[number // 9] if number % 9 == 4 else "",
            answered_at=timezone.now() - timedelta(hours=chance.randrange(480)),
        )
    pages = list(ItemPage.objects.public().descendant_of(site.root_page))
    for number in range(RATINGS):
        rate_page(
            round_,
            of_page(chance.choice(pages)),
            identify(round_, address=_address(number), agent=BROWSER).key,
            level=_levels(chance, 1)[0],
            helpful=chance.random() < 0.9,
        )
    return ANSWERS


def _answer_last_quarter(current: SurveyRound) -> None:
    """The last quarter of the fiscal year before, answered and closed in its time."""
    chance, site = Random(2566), current.site  # noqa: S311
    year = FiscalYear(current.fiscal_year - 1)
    last = year.quarters()[-1]
    for question in Question.objects.filter(site=site, fiscal_year=current.fiscal_year):
        question.pk = None
        question._state.adding = True
        question.fiscal_year = year.be
        question.save()
    # One round is open at a time.
    _be(current, RoundStatus.PLANNED)
    ended = SurveyRound.objects.create(
        site=site,
        fiscal_year=year.be,
        period=last.number,
        opens_on=last.start,
        closes_on=last.end,
    )
    open_now(ended)
    codes = [version.question.code for version in asked_now(ended)]
    for number in range(ANSWERS_BEFORE):
        answer_as_visitor(
            site,
            address=_address(number),
            agent=BROWSER,
            levels=dict(zip(codes, _levels(chance, len(codes)), strict=True)),
            answered_at=_noon(last.start + timedelta(days=2 * number)),
        )
    close_now(ended)
    SurveyRound.objects.filter(pk=ended.pk).update(
        opened_at=_noon(last.start), closed_at=_noon(last.end)
    )
    _be(current, RoundStatus.OPEN)


def _be(round_: SurveyRound, status: RoundStatus) -> None:
    SurveyRound.objects.filter(pk=round_.pk).update(status=status)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _address(number: int) -> str:
    """An address of the range set apart for examples (RFC 5737)."""
    return f"198.51.100.{number + 1}"


def _levels(chance: Random, number: int) -> list[int]:
    return chance.choices(LEVELS, WEIGHTS, k=number)
